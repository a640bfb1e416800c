"""A room at which operators sit, with a clock and an answer that tests hold."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from bot.bus import MemoryBus
from bot.chat.handoff import Handoff
from bot.domain.answer import Answer
from bot.domain.conversation import Author, Conversation
from bot.domain.facts import SIGNAL_PREFIX, Fact
from bot.store import Database, conversations, facts, leads
from bot.store.leads import LeadRow
from tests.chat.conversations import documentation
from tests.chat.test_cut_off import NOON, VISITOR, Room

ADA = "u_ada"


class Desk(Room):
    """A room at which operators sit, with a clock that tests set."""

    now: datetime = NOON
    is_asked: asyncio.Event
    may_answer: asyncio.Event

    def sit_down(self) -> None:
        """Let operators take conversations over."""
        self.bus = MemoryBus()
        self.talk._bus = self.bus
        self.handoff = Handoff(
            db=self.db, bus=self.bus, talk=self.talk, clock=lambda: self.now, new_id=self.talk._new_id
        )

    async def thread(self) -> Conversation:
        """Return the visitor's conversation."""
        async with self.db.read() as connection:
            found = await conversations.find_open(connection, VISITOR)
        assert found is not None
        return found

    async def authors(self) -> list[Author]:
        """Return who wrote each message."""
        return [message.author for message in await self.messages()]

    async def facts(self) -> list[Fact]:
        """Return what is kept of the visitor, signals left out."""
        async with self.db.read() as connection:
            log = await facts.of_visitor(connection, VISITOR)
        return [fact for fact in log if not fact.slot.startswith(SIGNAL_PREFIX)]

    async def known(self) -> dict[str, object]:
        """Return the values that are known of the visitor."""
        return {fact.slot: fact.value for fact in await self.facts()}

    async def lead(self) -> LeadRow:
        """Return the visitor's lead."""
        async with self.db.read() as connection:
            found = await leads.find_for_visitor(connection, VISITOR)
        assert found is not None
        return found


@asynccontextmanager
async def desk_in(folder: Path) -> AsyncIterator[Desk]:
    """Open one on a database of its own."""
    is_asked, may_answer = asyncio.Event(), asyncio.Event()
    may_answer.set()

    async def answer(question: str, history: Sequence[tuple[str, str]], locale: str | None = None) -> Answer:
        is_asked.set()
        await may_answer.wait()
        return await documentation(question, history, locale)

    db = await Database.open(f"sqlite+aiosqlite:///{folder / 'foyer.db'}")
    desk = Desk(db, answer)
    desk.is_asked, desk.may_answer = is_asked, may_answer
    desk.sit_down()
    try:
        yield desk
        await desk.settle()
    finally:
        await db.close()
