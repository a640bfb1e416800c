"""A process that is killed loses nothing that it had told anybody, and doubles nothing."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from bot.store import Database, conversations

TALK = """
import asyncio, sys
from datetime import UTC, datetime
from bot.domain.conversation import Reply
from bot.store import Database, conversations
async def main(url):
    now = datetime(2026, 3, 2, tzinfo=UTC)
    db = await Database.open(url)
    async with db.write() as conn:
        if await conversations.find(conn, "c1") is None:
            await conversations.start(conn, conversation_id="c1", site_id="s", visitor_id="v", now=now)
        head = (await conversations.find(conn, "c1")).head_seq
    for n in range(head, head + 10_000):
        async with db.write() as conn:
            said = await conversations.accept(conn, conversation_id="c1", message_id=f"m{n}", client_message_id=f"k{n}",
                                              text="Hello " * 50, body_hash="h", at=now)
        print(said.message_id, said.seq, flush=True)
        async with db.write() as conn:
            await conversations.add_reply(conn, conversation_id="c1", expected_version=None, in_reply_to=f"m{n}",
                                          message_id=f"r{n}", reply=Reply(text="Hi", kind="greeting"), at=now)
asyncio.run(main(sys.argv[1]))
"""
KILLS = 6


@pytest.mark.slow
async def test_killed_at_random_points_no_accepted_message_is_lost_or_doubled(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'foyer.db'}"
    chance = random.Random(7)
    accepted: dict[str, int] = {}

    for _ in range(KILLS):
        accepted |= talk_until_killed(url, lines=chance.randint(1, 60))

    db = await Database.open(url)
    async with db.read() as conn:
        said = await conversations.messages(conn, "c1", limit=100_000)
        waiting = {message_id for _, message_id in await conversations.unanswered(conn)}
    await db.close()
    stored = {message.message_id: message.seq for message in said}
    replied = {message.in_reply_to for message in said}
    visitors = {message.message_id for message in said if message.client_message_id}
    assert accepted.items() <= stored.items()
    assert [message.seq for message in said] == list(range(1, len(said) + 1))
    assert waiting == visitors - replied


def talk_until_killed(url: str, *, lines: int) -> dict[str, int]:
    process = subprocess.Popen([sys.executable, "-c", TALK, url], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    heard = [process.stdout.readline() for _ in range(lines)]
    process.kill()
    heard += process.stdout.readlines()
    process.wait(timeout=90)
    process.stdout.close()
    whole = (line.split() for line in heard if line.endswith("\n"))
    return {message_id: int(seq) for message_id, seq in whole}
