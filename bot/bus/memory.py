"""The bus of one process.

Promises: whoever subscribed before a publication gets it, or a newer one of its kind; a slow subscriber loses deltas
and typing, never news; what one subscriber does holds up nobody. All calls are made on the event loop.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager

from bot.bus.news import (
    TURNS,
    BusyNews,
    DeltaNews,
    ErasedNews,
    HeadNews,
    LeadNews,
    MaskedNews,
    News,
    RollCallNews,
    StatusNews,
    TypingNews,
)
from bot.domain.conversation import Author, ConversationStatus, Message, MessageId

DELTAS_WAITING = 256
"""Deltas that may wait for one subscriber. A reply whose delta was dropped gets no further ones: the client
would put words together that do not belong together."""


class Subscription:
    """What one subscriber has not read yet. Only one task may read it; `on_arrival` is called when something came."""

    __slots__ = ("_arrived", "_cut_off", "_deltas_allowed", "_deltas_waiting", "_on_arrival", "_waiting")

    def __init__(
        self, *, deltas_waiting: int = DELTAS_WAITING, on_arrival: Callable[[], None] | None = None
    ) -> None:
        self._deltas_allowed = deltas_waiting
        self._deltas_waiting = 0
        # A dict keeps the order of arrival and lets newer news take the place of older of its kind.
        self._waiting: dict[object, News] = {}
        self._cut_off: MessageId | None = None
        self._arrived: asyncio.Event | None = None
        self._on_arrival = on_arrival

    async def get(self) -> News:
        """Return what has waited longest; wait for something when nothing has."""
        while (item := self.take()) is None:
            self._arrived = asyncio.Event()
            await self._arrived.wait()
        return item

    def take(self) -> News | None:
        """Return what has waited longest, None when nothing has."""
        key = next(iter(self._waiting), None)
        if key is None:
            return None
        item = self._waiting.pop(key)
        if isinstance(item, DeltaNews):
            self._deltas_waiting -= 1
        return item

    def __aiter__(self) -> AsyncIterator[News]:
        return self

    async def __anext__(self) -> News:
        return await self.get()

    def put(self, item: News) -> None:
        """Let an item wait to be read."""
        if isinstance(item, DeltaNews):
            self._put_delta(item)
        elif isinstance(item, HeadNews):
            before = self._waiting.get(HeadNews)
            is_newer = not isinstance(before, HeadNews) or item.head_seq > before.head_seq
            if is_newer:
                self._waiting[HeadNews] = item
        elif isinstance(item, BusyNews):
            self._waiting[item] = item
        else:
            self._waiting[type(item)] = item
        if self._arrived is not None:
            self._arrived.set()
        if self._on_arrival is not None:
            self._on_arrival()

    def _put_delta(self, item: DeltaNews) -> None:
        if item.in_reply_to == self._cut_off and item.n > 0:
            return
        if self._deltas_waiting >= self._deltas_allowed:
            self._cut_off = item.in_reply_to
            return
        self._cut_off = None
        key = (item.in_reply_to, item.n)
        if key not in self._waiting:
            self._deltas_waiting += 1
        self._waiting[key] = item


class MemoryBus:
    """Passes news on to everybody who subscribed to its topic, a conversation or a visitor."""

    def __init__(self) -> None:
        self._subscriptions: dict[str, set[Subscription]] = {}

    @asynccontextmanager
    async def subscribe(self, topic: str) -> AsyncIterator[Subscription]:
        """Hear everything that is published on the topic while the block runs."""
        subscription = self.listen(topic)
        try:
            yield subscription
        finally:
            self.leave(topic, subscription)

    def listen(self, topic: str, on_arrival: Callable[[], None] | None = None) -> Subscription:
        """Hear everything that is published on the topic from now on, until `leave`; `on_arrival` may not wait."""
        subscription = Subscription(on_arrival=on_arrival)
        self._subscriptions.setdefault(topic, set()).add(subscription)
        return subscription

    def leave(self, topic: str, subscription: Subscription) -> None:
        """Hear nothing more."""
        others = self._subscriptions[topic]
        others.discard(subscription)
        if not others:
            del self._subscriptions[topic]

    @property
    def topics(self) -> frozenset[str]:
        """The topics that somebody listens to."""
        return frozenset(self._subscriptions)

    def publish(self, topic: str, head_seq: int, message: Message | None = None) -> None:
        """Tell that there are stored messages up to `head_seq`, of which `message` is the last. Commit first."""
        self._send(topic, HeadNews(head_seq, message))

    def publish_delta(self, topic: str, *, in_reply_to: MessageId, n: int, text: str) -> None:
        """Pass on words of a reply being written."""
        self._send(topic, DeltaNews(in_reply_to, n, text))

    def publish_typing(self, topic: str, *, author: Author) -> None:
        """Tell that somebody is writing."""
        self._send(topic, TypingNews(author))

    def publish_status(self, topic: str, status: ConversationStatus) -> None:
        """Tell who answers from now on. Commit first."""
        self._send(topic, StatusNews(status))

    def publish_erased(self, topic: str) -> None:
        """Tell that the visitor was erased. Commit first."""
        self._send(topic, ErasedNews())

    def publish_masked(self, topic: str) -> None:
        """Tell that words were taken out of messages that are known already. Commit first."""
        self._send(topic, MaskedNews())

    def publish_lead(self, topic: str) -> None:
        """Tell that more is known of the visitor. Commit first."""
        self._send(topic, LeadNews())

    def publish_roll_call(self, topic: str) -> None:
        """Have every socket find out whether its client is still there."""
        self._send(topic, RollCallNews())

    def publish_busy(self, message_ids: Collection[MessageId]) -> None:
        """Tell that this process is at the turns of these messages."""
        self._send(TURNS, BusyNews(tuple(sorted(message_ids))))

    def _send(self, topic: str, item: News) -> None:
        for subscription in self._subscriptions.get(topic, ()):
            subscription.put(item)
