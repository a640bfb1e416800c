"""The bus of several processes: news for this one at once, and for the others over a wire.

Promises: publishing never waits and never fails. While the wire is away nothing is lost but deltas and typing: the
database is asked for what is new, and what had to be told is told when the wire is back.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

import structlog

from bot.bus.memory import MemoryBus
from bot.bus.news import (
    BusyNews,
    DeltaNews,
    ErasedNews,
    HeadNews,
    MaskedNews,
    News,
    RollCallNews,
    StatusNews,
    TypingNews,
)
from bot.bus.spelling import Told, read_news, spell_news
from bot.domain.conversation import ConversationStatus
from bot.domain.errors import BotError
from bot.telemetry import Outage

log = structlog.get_logger(__name__)

MOST_WAITING = 5_000
"""News that may wait for the wire; beyond it others find out by looking."""
MOST_AT_ONCE = 500
"""News in one parcel, and topics in one question to the database."""
LOOK_WHILE_AWAY_S = 1.0
LOOK_ANYHOW_S = 5.0
"""Another process may have lost its wire while ours is well."""
FIRST_WAIT_S = 0.1
LONGEST_WAIT_S = 5.0


class WireLostError(BotError):
    """The wire between the processes is gone."""

    code = "wire_lost"


class Link(Protocol):
    """An open wire. Both ways raise `WireLostError` when it breaks."""

    async def send(self, parcel: bytes) -> None:
        """Send a parcel to all other processes."""

    def parcels(self) -> AsyncIterator[bytes]:
        """Yield what others send; our own parcels may be among them."""


class Wire(Protocol):
    """What carries news between processes."""

    def connect(self) -> AbstractAsyncContextManager[Link]:
        """Open it; once it is open everything that others send is heard."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a conversation is, who answers, and whether consent was taken back, as the database has it."""

    head_seq: int
    status: ConversationStatus
    is_withdrawn: bool = False


Look = Callable[[Collection[str]], Awaitable[Mapping[str, Standing]]]
"""Return how the conversations of these topics stand, by topic; one without a conversation is left out."""


class RelayBus(MemoryBus):
    """News for this process and others. `run` keeps the wire open.

    Without a wire the others share the database and nothing else: what they do is found there.
    """

    def __init__(self, wire: Wire | None, look: Look, *, sender: str) -> None:
        """`sender` is this process's own name, which no other has."""
        super().__init__()
        self._wire = wire
        self._look = look
        self._sender = sender
        self._waiting: list[Told] = []
        self._has_waiting = asyncio.Event()
        self._seen: dict[str, Standing] = {}
        self._away = Outage()
        self._blind = Outage()
        self.is_away = True

    def _send(self, topic: str, item: News) -> None:
        super()._send(topic, item)
        if self._wire is None:
            return
        is_passing = isinstance(item, DeltaNews | TypingNews | BusyNews | RollCallNews)
        if len(self._waiting) < MOST_WAITING and not (self.is_away and is_passing):
            self._waiting.append((topic, item))
            self._has_waiting.set()

    async def run(self) -> None:
        """Keep the wire open and look at the database meanwhile, for ever; cancel it to stop."""
        async with asyncio.TaskGroup() as group:
            if self._wire is not None:
                group.create_task(self._keep_connected(self._wire))
            group.create_task(self._keep_looking())

    async def _keep_connected(self, wire: Wire) -> None:
        wait_s = FIRST_WAIT_S
        while True:
            try:
                async with wire.connect() as link:
                    wait_s = FIRST_WAIT_S
                    await self._use(link)
            except WireLostError as error:
                self._note_away(str(error))
            await asyncio.sleep(wait_s * random.uniform(0.5, 1.0))  # noqa: S311 - no secret
            wait_s = min(2 * wait_s, LONGEST_WAIT_S)

    def _note_away(self, reason: str) -> None:
        self.is_away = True
        if self._away.begins():
            log.warning("bus.away", reason=reason, remedy="the database is polled until it is back")

    async def _use(self, link: Link) -> None:
        """Hear and tell until the wire is lost."""
        self.is_away = False
        if self._away.ends():
            log.info("bus.back")
        work = [asyncio.create_task(task) for task in (self._hear(link), self._tell(link), self.look_once())]
        try:
            done, _ = await asyncio.wait(work[:2], return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in work:
                task.cancel()
            await asyncio.gather(*work, return_exceptions=True)

    async def _hear(self, link: Link) -> None:
        n_strange = 0
        async for parcel in link.parcels():
            read = read_news(parcel)
            if read is None:
                n_strange += 1
                if n_strange == 1:
                    log.warning("bus.not_understood", size_bytes=len(parcel))
                continue
            sender, told = read
            if sender != self._sender:
                for topic, item in told:
                    super()._send(topic, item)
        raise WireLostError("it was closed")

    async def _tell(self, link: Link) -> None:
        while True:
            if not self._waiting:
                self._has_waiting.clear()
                await self._has_waiting.wait()
            # What cannot be sent stays: heads that were told twice hurt nobody.
            parcel = self._waiting[:MOST_AT_ONCE]
            try:
                spelt = spell_news(self._sender, parcel)
            except TypeError:  # text that is no Unicode; whoever waits for it finds out by looking
                log.exception("bus.not_spelt")
            else:
                await link.send(spelt)
            del self._waiting[: len(parcel)]

    async def _keep_looking(self) -> None:
        while True:
            await asyncio.sleep(LOOK_WHILE_AWAY_S if self.is_away else LOOK_ANYHOW_S)
            await self.look_once()

    async def look_once(self) -> None:
        """Tell this process what the database has that was not told of."""
        topics = iter(self.topics)
        self._seen = {topic: seen for topic, seen in self._seen.items() if topic in self.topics}
        while some := list(islice(topics, MOST_AT_ONCE)):
            try:
                found = await self._look(some)
            except BotError as error:
                if self._blind.begins():
                    log.warning("bus.not_looked", code=error.code)
                return
            if self._blind.ends():
                log.info("bus.looked")
            for topic in some:
                self._compare(topic, found.get(topic))

    def _compare(self, topic: str, found: Standing | None) -> None:
        seen = self._seen.get(topic)
        if found is None:
            if self._seen.pop(topic, None) is not None:
                super()._send(topic, ErasedNews())
            return
        self._seen[topic] = found
        if seen is None or found.head_seq > seen.head_seq:
            super()._send(topic, HeadNews(found.head_seq))
        if seen is not None and found.status is not seen.status:
            super()._send(topic, StatusNews(found.status))
        if seen is not None and found.is_withdrawn and not seen.is_withdrawn:
            super()._send(topic, MaskedNews())
