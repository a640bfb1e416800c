"""Two processes with one database: whichever hears the visitor, there is one conversation, whole and in order."""

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack

import pytest

from bot.domain.answer import Answer
from bot.domain.conversation import Author
from bot.store import Database
from tests.chat.conversations import documentation
from tests.chat.test_cut_off import Room
from tests.worlds import BOTH_WORLDS

pytestmark = [pytest.mark.slow, BOTH_WORLDS]

LINES = (
    "Do you ship to France?",
    "We are 40 people",
    "our budget is 30k a year",
    "thanks",
    "What does it cost?",
)


@pytest.fixture
async def rooms(url: str) -> AsyncIterator[list[Room]]:
    async with AsyncExitStack() as stack:
        opened = [await Database.open(url) for _ in range(2)]
        for db in opened:
            stack.push_async_callback(db.close)
        yield [Room(db, documentation, name) for name, db in zip("ab", opened, strict=True)]


async def settle(rooms: list[Room]) -> None:
    for room in rooms:
        await room.settle()


async def test_what_a_visitor_says_in_two_places_at_once_is_one_conversation(rooms: list[Room]) -> None:
    chance = random.Random(11)
    sent = [(f"k{number}", chance.choice(LINES)) for number in range(40)]
    doubled = sent + chance.sample(sent, 12)
    chance.shuffle(doubled)

    async def send(key: str, text: str) -> None:
        await asyncio.sleep(chance.uniform(0, 0.5))  # the order of arrival is the experiment
        await chance.choice(rooms).say(key, text)

    await asyncio.gather(*(send(key, text) for key, text in doubled))
    await settle(rooms)

    messages = await rooms[0].messages()
    said = [m for m in messages if m.author is Author.VISITOR]
    replies = [m for m in messages if m.author is Author.BOT]
    assert [m.seq for m in messages] == list(range(1, len(messages) + 1))
    assert sorted(m.client_message_id or "" for m in said) == sorted(key for key, _ in sent)
    assert [m.in_reply_to for m in replies] == [m.message_id for m in said]
    assert "failed" not in {m.kind for m in replies}


async def test_what_a_dead_process_left_open_is_answered_before_what_comes_later(rooms: list[Room]) -> None:
    dead, alive = rooms
    dead.talk.begin_turn = lambda *_: None  # type: ignore[method-assign]  # it dies before any turn begins
    first = await dead.say("k1", "Do you ship to France?")
    second = await dead.say("k2", "What does it cost?")

    third = await alive.say("k3", "thanks")
    await alive.settle()

    replied = [m.in_reply_to for m in await alive.messages() if m.author is Author.BOT]
    assert replied == [first.message_id, second.message_id, third.message_id]


async def test_what_was_left_open_and_fails_has_its_own_apology_and_what_comes_later_its_answer(
    url: str,
) -> None:
    async def broken(question: str, history: Sequence[tuple[str, str]], locale: str | None = None) -> Answer:
        if "France" in question:
            raise OSError("the index is gone")
        return await documentation(question, history, locale)

    db = await Database.open(url)
    dead, alive = Room(db, broken, "a"), Room(db, broken, "b")
    dead.talk.begin_turn = lambda *_: None  # type: ignore[method-assign]  # it dies before any turn begins
    first = await dead.say("k1", "Do you ship to France?")

    second = await alive.say("k2", "What does it cost?")
    await alive.settle()

    replies = [(m.in_reply_to, m.kind) for m in await alive.messages() if m.author is Author.BOT]
    assert replies == [(first.message_id, "failed"), (second.message_id, "faq")]
    await db.close()
