"""How many questions a day may hold is a visitor's, whichever conversation and process they are asked in."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.conversation import Author, SiteId, VisitorId
from bot.store import Database, leads, put_questions, visitors
from bot.web.sessions import bring_questions, token_hash
from tests.chat.conversations import documentation, voice_of
from tests.chat.test_cut_off import NOON, VISITOR, Room
from tests.worlds import BOTH_WORLDS

pytestmark = [pytest.mark.slow, BOTH_WORLDS]

DAY = timedelta(days=1)
NEW, STRANGER = VisitorId("v2"), VisitorId("v3")
LINES = ("Do you ship to France?", "I don't know", "How do you charge it?", "no idea", "What does it cost?")


@pytest.fixture
async def rooms(url: str) -> AsyncIterator[list[Room]]:
    """Two processes with one database and a playbook of two questions a day."""
    voice = voice_of("bant")
    voice = replace(voice, playbook=replace(voice.playbook, max_questions_a_day=2))
    async with AsyncExitStack() as stack:
        opened = [await Database.open(url) for _ in range(2)]
        for db in opened:
            stack.push_async_callback(db.close)
        yield [Room(db, documentation, name, voice) for name, db in zip("ab", opened, strict=True)]


async def asked(room: Room, visitor: VisitorId) -> int:
    """Let a visitor be helped and count the questions that they are put."""
    for number, line in enumerate(LINES):
        await room.say(f"{visitor}{number}", line, visitor)
        await room.settle()
    return sum(bool(m.asked) for m in await room.messages(visitor) if m.author is Author.BOT)


async def begin_anew(room: Room, visitor: VisitorId, *, site: str = "harbour") -> None:
    """Open a session for a new visitor who leaves the session of the first."""
    async with room.db.write() as connection:
        await visitors.create_session(
            connection, token_hash=b"new" + visitor.encode(), site_id=SiteId("harbour"), visitor_id=visitor,
            now=NOON, expires_at=NOON + DAY,
        )  # fmt: skip
    await bring_questions(room.db, visitor, site, leaving="left", now=NOON)


@pytest.fixture
async def one_was_asked(rooms: list[Room]) -> list[Room]:
    async with rooms[0].db.write() as connection:
        await visitors.create_session(
            connection, token_hash=token_hash("left"), site_id=SiteId("harbour"), visitor_id=VISITOR, now=NOON,
            expires_at=NOON + DAY,
        )  # fmt: skip
    assert await asked(rooms[0], VISITOR) == 2
    return rooms


async def test_who_begins_anew_is_not_asked_all_over_again(one_was_asked: list[Room]) -> None:
    _, elsewhere = one_was_asked
    await begin_anew(elsewhere, NEW)

    assert await asked(elsewhere, NEW) == 0
    assert await asked(elsewhere, STRANGER) == 2


async def test_only_the_times_of_a_day_go_along(one_was_asked: list[Room]) -> None:
    room, _ = one_was_asked
    await begin_anew(room, NEW)
    async with room.db.read() as connection:
        same_day = await put_questions.put_since(connection, NEW, NOON - DAY)
        next_day = await put_questions.put_since(connection, NEW, NOON)

    assert (same_day, next_day) == ([NOON, NOON], [])


@pytest.mark.parametrize("why", ["erased", "another site"])
async def test_of_who_is_forgotten_and_of_other_sites_nothing_goes_along(
    one_was_asked: list[Room], why: str
) -> None:
    room, _ = one_was_asked
    if why == "erased":
        async with room.db.write() as connection:
            await leads.erase_visitor(connection, VISITOR, at=NOON)
    await begin_anew(room, NEW, site="harbour" if why == "erased" else "elsewhere")

    assert await asked(room, NEW) == 2
