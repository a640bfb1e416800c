"""The law of order: whatever is interleaved, `seq` counts 1, 2, 3 … in each conversation, and replies are single."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from bot.domain.errors import BotError
from bot.store import Database, conversations
from bot.store.tables import conversations as table

Make = Callable[..., Any]
NAMES = ("a", "b")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("say", "reply", "reply_stale", "say_and_fail")),
        st.sampled_from(NAMES),
        st.integers(min_value=0, max_value=5),
    ),
    max_size=25,
)


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_seq_has_no_hole_however_messages_and_replies_are_interleaved(
    tmp_path: Path, start: Make, say: Make, reply: Make, steps: list[tuple[str, str, int]]
) -> None:
    asyncio.run(play(tmp_path, start, say, reply, steps))


async def play(
    tmp_path: Path, start: Make, say: Make, reply: Make, steps: list[tuple[str, str, int]]
) -> None:
    db = await Database.open(f"sqlite+aiosqlite:///{tmp_path / 'law.db'}")
    try:
        async with db.write() as conn:
            run = await conn.scalar(select(func.count()).select_from(table))
            names = {name: f"{name}{run}" for name in NAMES}
            for name in NAMES:
                await start(conn, names[name], visitor_id=f"v-{names[name]}")
        results = await asyncio.gather(
            *(step(db, say, reply, kind, names[name], number) for kind, name, number in steps),
            return_exceptions=True,
        )
        assert all(result is None or isinstance(result, BotError | Planned) for result in results), results
        for name in names.values():
            async with db.read() as conn:
                said = await conversations.messages(conn, name)
                found = await conversations.find(conn, name)
            assert [message.seq for message in said] == list(range(1, len(said) + 1))
            assert found.head_seq == len(said)
            replied = [message.in_reply_to for message in said if message.in_reply_to]
            assert len(replied) == len(set(replied))
            keys = [message.client_message_id for message in said if message.client_message_id]
            assert len(keys) == len(set(keys))
    finally:
        await db.close()


class Planned(Exception):
    """A failure in the middle of a transaction."""


async def step(db: Database, say: Make, reply: Make, kind: str, name: str, number: int) -> None:
    async with db.write() as conn:
        match kind:
            case "say":
                await say(conn, name, f"k{number}")
            case "say_and_fail":
                await say(conn, name, f"k{number}")
                raise Planned
            case "reply":
                await reply(conn, name, f"m-{name}-k{number}")
            case _:
                await reply(conn, name, f"m-{name}-k{number}", version=1)
