"""Play a conversation against the real engine: a fresh database, a fixed clock, counted ids; the same bytes always."""

import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from bot.bus import MemoryBus
from bot.chat.deciding import AnswerQuestion, Desk
from bot.chat.generation.generate import Generator
from bot.chat.keep import LeadChange
from bot.chat.said import Said
from bot.chat.talk import Opening, Talk
from bot.chat.turn import Turns
from bot.chat.voice import Voice
from bot.domain.conversation import Author, Message, SiteId, VisitorId
from bot.domain.dialogue import CONSENT, last_asked
from bot.domain.facts import SIGNAL_PREFIX, Fact, current_facts
from bot.domain.lead import Receipt
from bot.store import Connection, Database, conversations, facts, leads
from bot.store.leads import LeadRow

DEFAULT_NOW = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)
BETWEEN_MESSAGES = timedelta(seconds=20)
VISITOR = VisitorId("v1")
LONGEST_CONVERSATION = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadView:
    """The lead at the end of a conversation."""

    row: LeadRow | None
    facts: dict[str, Fact]
    receipts: Sequence[Receipt]

    def as_json(self) -> dict[str, Any]:
        """Return the lead as `foyer simulate` prints it."""
        row = self.row
        return {
            "facts": {
                slot: {"state": f.state.value, "value": f.value, "quote": f.quote, "message_id": f.message_id}
                for slot, f in sorted(self.facts.items())
                if not slot.startswith(SIGNAL_PREFIX)
            },
            "score": row.score if row else 0,
            "grade": row.grade if row else "D3",
            "stage": row.stage if row else "visitor",
            "receipts": [receipt_json(receipt) for receipt in self.receipts],
            "captured": row.captured if row else False,
            "stopped_at": row.stopped_at if row else "never_asked",
        }


def receipt_json(receipt: Receipt) -> dict[str, Any]:
    """Return a receipt as JSON."""
    return {
        "rule": receipt.rule,
        "points": receipt.points,
        "reason": receipt.reason,
        "quote": receipt.quote,
        "message_id": receipt.message_id,
        "at": receipt.at.isoformat().replace("+00:00", "Z"),
    }


class Simulation:
    """One conversation being played. `say` returns the messages it brought: the visitor's and the reply."""

    def __init__(
        self,
        *,
        db: Database,
        voice: Voice,
        answer: AnswerQuestion,
        site_id: str,
        now: datetime,
        generator: Generator | None = None,
    ) -> None:
        self._db = db
        self._now = now
        self._site_id = SiteId(site_id)
        self.playbook = voice.playbook
        numbers: dict[str, count[int]] = {}

        def new_id(prefix: str) -> str:
            return f"{prefix}{next(numbers.setdefault(prefix, count(1)))}"

        desk = Desk(voice=voice, answer=answer, tell=tell_nobody, generator=generator)
        clock = self._clock
        turns = Turns(db=db, desk_of=lambda _: desk, clock=clock, new_id=new_id)
        self._talk = Talk(db=db, bus=MemoryBus(), turns=turns, clock=clock, new_id=new_id)
        self._said = count(1)
        self._seen = 0

    def _clock(self) -> datetime:
        return self._now

    async def say(self, text: str) -> list[Message]:
        """Say something as the visitor and wait for the reply."""
        self._now += BETWEEN_MESSAGES
        return await self._exchange(Said(client_message_id=f"s{next(self._said)}", text=text))

    async def answer_consent(self, choice: str) -> list[Message]:
        """Press yes or no under the consent question; nothing happens when it was not asked."""
        if last_asked(await self.messages()) != CONSENT:
            return []
        self._now += BETWEEN_MESSAGES
        return await self._exchange(Said(client_message_id=f"s{next(self._said)}", choice=choice))

    async def _exchange(self, said: Said) -> list[Message]:
        await self._talk.say(said, site_id=self._site_id, visitor_id=VISITOR, opening=Opening())
        await self._talk.drain(timeout_s=60)
        new = [message for message in await self.messages() if message.seq > self._seen]
        self._seen = max((message.seq for message in new), default=self._seen)
        return new

    async def messages(self) -> list[Message]:
        """Return the whole conversation."""
        async with self._db.read() as connection:
            conversation = await conversations.find_open(connection, VISITOR)
            if conversation is None:
                return []
            return await conversations.messages(
                connection, conversation.conversation_id, limit=LONGEST_CONVERSATION
            )

    async def fact_log(self) -> tuple[Sequence[Fact], datetime]:
        """Return every fact kept so far, signals included, and what time it is in the conversation."""
        async with self._db.read() as connection:
            row = await leads.find_for_visitor(connection, VISITOR)
            return ([] if row is None else await facts.history(connection, row.lead_id)), self._now

    async def lead(self) -> LeadView:
        """Return the lead as it stands."""
        async with self._db.read() as connection:
            row = await leads.find_for_visitor(connection, VISITOR)
            if row is None:
                return LeadView(row=None, facts={}, receipts=())
            log = await facts.history(connection, row.lead_id)
            receipts = await leads.receipts(connection, row.lead_id)
        return LeadView(row=row, facts=dict(current_facts(log)), receipts=receipts)


async def tell_nobody(_: Connection, __: LeadChange) -> None:
    """A simulation tells nobody of its lead."""


@asynccontextmanager
async def open_simulation(
    *,
    voice: Voice,
    answer: AnswerQuestion,
    site_id: str,
    now: datetime | None,
    generator: Generator | None = None,
) -> AsyncIterator[Simulation]:
    """Open a simulation on a database that lives as long as the block; with a `generator` a model words answers."""
    with tempfile.TemporaryDirectory(prefix="foyer-") as folder:
        db = await Database.open(f"sqlite+aiosqlite:///{Path(folder) / 'simulation.db'}", is_kept=False)
        try:
            yield Simulation(
                db=db,
                voice=voice,
                answer=answer,
                site_id=site_id,
                now=now or DEFAULT_NOW,
                generator=generator,
            )
        finally:
            await db.close()


def reply_of(messages: Sequence[Message]) -> Message | None:
    """Return the bot's message among them."""
    return next((m for m in messages if m.author is Author.BOT), None)
