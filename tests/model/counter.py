"""Turns on a real database with language models over HTTP: where visitors of several sites are answered."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from itertools import count
from pathlib import Path

from bot.assemble.generating import check
from bot.assemble.simulation import tell_nobody
from bot.bus import DeltaNews, MemoryBus, Subscription
from bot.chat.deciding import AnswerQuestion, Desk
from bot.chat.generation.generate import Generator
from bot.chat.generation.kept_answers import KeptAnswers
from bot.chat.said import Said
from bot.chat.spending import Purse
from bot.chat.talk import Opening, Talk
from bot.chat.turn import Turns
from bot.domain.answer import Answer, Citation, Written
from bot.domain.conversation import Message, SiteId, VisitorId
from bot.domain.model_settings import ModelSettings
from bot.domain.spending import Budget, Prices
from bot.llm import LanguageModels
from bot.store import Database, conversations
from bot.store.conversations import Accepted
from tests.chat.conversations import documentation, voice_of

NOON = datetime(2027, 3, 2, 12, tzinfo=UTC)
MARK = "5eac0de5"


@dataclass
class Counter:
    """Answers for the sites of `settings` (None: without a model); `told` are the words of replies, by message.

    Under a `version` of the knowledge worded answers are remembered.
    """

    db: Database
    models: LanguageModels
    settings: Mapping[str, ModelSettings | None]
    budget: Budget = field(default_factory=Budget)
    answer: AnswerQuestion | None = None
    version: str | None = None
    told: dict[str, list[str]] = field(default_factory=dict)
    noted: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._numbers = count(1)
        self._bus = MemoryBus()
        self._desks = {name: self._desk(name) for name in self.settings}
        turns = Turns(
            db=self.db, desk_of=lambda site: self._desks[site], clock=lambda: NOON, new_id=self._new_id
        )
        self.talk = Talk(db=self.db, bus=self._bus, turns=turns, clock=lambda: NOON, new_id=self._new_id)

    async def ask(self, site: str, visitor: str, text: str) -> Message:
        """Say something as a visitor of a site; return the one reply."""
        accepted = await self.talk.say(
            Said(client_message_id=self._new_id("k"), text=text),
            site_id=SiteId(site),
            visitor_id=VisitorId(visitor),
            opening=Opening(),
            on_accepted=self._listen,
        )
        await self.talk._latest_turn[accepted.conversation_id]
        said = await self.said(accepted)
        replies = [message for message in said if message.in_reply_to == accepted.message_id]
        assert len(replies) == 1
        return replies[0]

    async def said(self, accepted: Accepted) -> Sequence[Message]:
        async with self.db.read() as connection:
            return await conversations.messages(connection, accepted.conversation_id, limit=1_000)

    async def _listen(self, accepted: Accepted) -> None:
        heard = self.told.setdefault(accepted.message_id, [])
        subscriptions: list[Subscription] = []

        def take() -> None:
            while (news := subscriptions[0].take()) is not None:
                if isinstance(news, DeltaNews) and news.in_reply_to == accepted.message_id:
                    heard.append(news.text)

        subscriptions.append(self._bus.listen(accepted.conversation_id, take))

    def _new_id(self, prefix: str) -> str:
        return f"{prefix}{next(self._numbers)}"

    def _desk(self, site: str) -> Desk:
        desk = Desk(voice=voice_of("bant"), answer=self.answer or answer_with_passages, tell=tell_nobody)
        settings = self.settings[site]
        return (
            desk
            if settings is None
            else replace(desk, generator=self._generator(site, settings), version=self.version)
        )

    def _generator(self, site: str, settings: ModelSettings) -> Generator:
        one = Decimal(1)
        prices = Prices(input=one, cached_input=one, output=2 * one, currency="EUR")
        purse = Purse(
            db=self.db, site_id=SiteId(site), prices=prices, budget=self.budget, new_id=self._new_id
        )
        return Generator(
            model=self.models.open(settings),
            purse=purse,
            check=check,
            cite=cite,
            kept=KeptAnswers(),
            name="Harbour Bikes",
            mark=MARK,
            is_masked=True,
            note=lambda what, outcome: self.noted.append((what, outcome)),
        )


async def answer_with_passages(
    question: str, history: Sequence[tuple[str, str]], locale: str | None = None
) -> Answer:
    """Answer from a handful of sentences, each a passage of its own."""
    answer = await documentation(question, history, locale)
    leans = question.startswith("and ")
    return replace(answer, passages=tuple(map(written_of, answer.citations)), leans=leans)


def written_of(citation: Citation) -> Written:
    return Written(
        document_id=citation.document_id,
        passage_id=citation.passage_id,
        title=citation.title,
        url=citation.url,
        text=citation.quote,
    )


def cite(written: Written, _: str) -> Citation:
    return Citation(
        n=0,
        document_id=written.document_id,
        passage_id=written.passage_id,
        title=written.title,
        url=written.url,
        quote=written.text,
    )


@asynccontextmanager
async def open_counter(
    folder: Path,
    models: LanguageModels,
    settings: Mapping[str, ModelSettings | None],
    budget: Budget | None = None,
    answer: AnswerQuestion | None = None,
    version: str | None = None,
) -> AsyncIterator[Counter]:
    """Open a counter on a database of its own."""
    db = await Database.open(f"sqlite+aiosqlite:///{folder / 'foyer.db'}")
    try:
        yield Counter(db, models, settings, budget or Budget(), answer, version)
    finally:
        await db.close()
