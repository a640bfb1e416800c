"""A turn has one outcome, whoever goes away and whatever fails meanwhile."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from bot.assemble.simulation import tell_nobody
from bot.bus import MemoryBus
from bot.chat.deciding import AnswerQuestion, Desk
from bot.chat.said import Said
from bot.chat.talk import Opening, Talk
from bot.chat.turn import Turns
from bot.chat.voice import Voice
from bot.domain.answer import Answer
from bot.domain.conversation import Author, ConversationStatus, Message, SiteId, VisitorId
from bot.store import Database, conversations
from bot.store.conversations import Accepted
from tests.chat.conversations import documentation, voice_of

pytestmark = pytest.mark.slow

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
VISITOR = VisitorId("v1")


class Room:
    """A talk on a database of its own, as one process has it."""

    def __init__(
        self, db: Database, answer: AnswerQuestion, name: str = "", voice: Voice | None = None
    ) -> None:
        self.db = db
        numbers = count(1)
        desk = Desk(voice=voice or voice_of("bant"), answer=answer, tell=tell_nobody)
        new_id: Callable[[str], str] = lambda prefix: f"{prefix}{name}{next(numbers)}"  # noqa: E731
        turns = Turns(db=db, desk_of=lambda _: desk, clock=lambda: NOON, new_id=new_id)
        self.talk = Talk(db=db, bus=MemoryBus(), turns=turns, clock=lambda: NOON, new_id=new_id)

    async def say(
        self, key: str, text: str = "Do you ship to France?", visitor: VisitorId = VISITOR, **more: object
    ) -> Accepted:
        return await self.talk.say(
            Said(client_message_id=key, text=text),
            site_id=SiteId("harbour"),
            visitor_id=visitor,
            opening=Opening(),
            **more,  # type: ignore[arg-type]
        )

    async def settle(self) -> None:
        """Wait until nothing runs any more."""
        while self.talk._running:
            await self.talk.drain(timeout_s=10)

    async def messages(self, visitor: VisitorId = VISITOR) -> list[Message]:
        async with self.db.read() as connection:
            conversation = await conversations.find_open(connection, visitor)
            if conversation is None:
                return []
            return await conversations.messages(connection, conversation.conversation_id, limit=1_000)

    async def unanswered(self) -> list[str]:
        messages = await self.messages()
        replied = {message.in_reply_to for message in messages}
        return [m.text for m in messages if m.author is Author.VISITOR and m.message_id not in replied]


@asynccontextmanager
async def room(tmp_path: Path, answer: AnswerQuestion = documentation) -> AsyncIterator[Room]:
    db = await Database.open(f"sqlite+aiosqlite:///{tmp_path / 'foyer.db'}")
    try:
        yield Room(db, answer)
    finally:
        await db.close()


async def test_a_message_is_answered_although_its_sender_could_not_be_told(tmp_path: Path) -> None:
    async def is_gone(_: Accepted) -> None:
        raise ConnectionError("the sender is gone")

    async with room(tmp_path) as opened:
        with pytest.raises(ConnectionError):
            await opened.say("k1", on_accepted=is_gone)
        await opened.settle()

        assert [message.author for message in await opened.messages()] == [Author.VISITOR, Author.BOT]


async def test_an_operator_who_takes_over_before_the_turn_begins_is_not_talked_over(tmp_path: Path) -> None:
    async with room(tmp_path) as opened:

        async def take_over(accepted: Accepted) -> None:
            async with opened.db.write() as connection:
                await conversations.set_status(
                    connection, accepted.conversation_id, ConversationStatus.WAITING
                )

        await opened.say("k1", on_accepted=take_over)
        await opened.settle()

        assert [message.author for message in await opened.messages()] == [Author.VISITOR]


async def test_a_caller_cancelled_at_any_moment_leaves_nothing_unanswered(tmp_path: Path) -> None:
    chance = random.Random(7)
    async with room(tmp_path) as opened:
        for number in range(80):
            saying = asyncio.create_task(opened.say(f"k{number}", "thanks"))
            await asyncio.sleep(chance.uniform(0, 0.006))
            saying.cancel()
            await asyncio.gather(saying, return_exceptions=True)
        await opened.settle()

        assert await opened.unanswered() == []
        seqs = [message.seq for message in await opened.messages()]
        assert seqs == list(range(1, len(seqs) + 1))


async def test_a_turn_that_fails_ends_with_an_apology_and_the_next_one_works(tmp_path: Path) -> None:
    async def broken(question: str, history: Sequence[tuple[str, str]], locale: str | None = None) -> Answer:
        if "France" in question:
            raise OSError("the index is gone")
        return await documentation(question, history, locale)

    async with room(tmp_path, broken) as opened:
        await opened.say("k1", "Do you ship to France?")
        await opened.say("k2", "What does it cost?")
        await opened.settle()

        replies = [message for message in await opened.messages() if message.author is Author.BOT]
        assert [(reply.kind, reply.degraded) for reply in replies] == [("failed", True), ("faq", False)]
        assert "index" not in replies[0].text


async def test_accepting_does_not_wait_for_answers(tmp_path: Path) -> None:
    let_go = asyncio.Event()

    async def slow(question: str, history: Sequence[tuple[str, str]], locale: str | None = None) -> Answer:
        await let_go.wait()
        return await documentation(question, history, locale)

    async with room(tmp_path, slow) as opened:
        accepted = [await opened.say(f"k{number}") for number in range(3)]
        before = [message.author for message in await opened.messages()]
        let_go.set()
        await opened.settle()

        assert [a.seq for a in accepted] == [1, 2, 3]
        assert before == [Author.VISITOR] * 3
        replied_to = [m.in_reply_to for m in await opened.messages() if m.author is Author.BOT]
        assert replied_to == [a.message_id for a in accepted]


async def test_a_turn_cut_off_by_a_crash_is_finished_once_by_the_next_process(tmp_path: Path) -> None:
    async with room(tmp_path) as opened:
        opened.talk.begin_turn = lambda *_: None  # type: ignore[method-assign]  # the crash: no turn ever begins
        await opened.say("k1")
        await opened.say("k2", "thanks")

    async with room(tmp_path) as opened:
        found = await opened.talk.finish_unanswered()
        await opened.talk.finish_unanswered()
        await opened.settle()

        assert len(found) == 2
        assert await opened.unanswered() == []
        assert len(await opened.messages()) == 4
        assert await opened.talk.finish_unanswered() == set()
