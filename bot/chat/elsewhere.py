"""Turns that other processes take: which come first, and what is left when such a process dies.

Promises: a conversation's turns run one after another, wherever they run; a message whose process died has its reply
within ten seconds. A reply is stored once in any case (`UNIQUE(in_reply_to)`).
"""

import asyncio
import contextlib
from collections.abc import Collection
from dataclasses import dataclass

import structlog

from bot.bus import TURNS, Bus, BusyNews, Subscription
from bot.chat.talk import Talk
from bot.domain.conversation import ConversationId, MessageId
from bot.domain.errors import BotError
from bot.store import Database, conversations
from bot.telemetry import Outage

log = structlog.get_logger(__name__)

EARLIER_WITHIN_S = 4.0
"""How long a turn waits for earlier ones of other processes, which may be dead; then it answers them itself."""
LOOK_AGAIN_S = 0.5
TELL_BUSY_EVERY_S = 1.0
SWEEP_EVERY_S = 2.5
"""What waits for a reply at two looks, and nobody is at meanwhile, is taken over."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Waits for turns of other processes."""

    db: Database
    bus: Bus

    async def after_others(self, conversation_id: ConversationId, message_ids: Collection[MessageId]) -> None:
        """Wait until these messages have their replies, but not for ever."""
        try:
            async with asyncio.timeout(EARLIER_WITHIN_S), self.bus.subscribe(conversation_id) as news:
                while await self._is_one_open(conversation_id, message_ids):
                    hearing = asyncio.ensure_future(news.get())
                    try:
                        await asyncio.wait({hearing}, timeout=LOOK_AGAIN_S)
                    finally:
                        hearing.cancel()
        except TimeoutError:
            log.info("turn.others_not_waited_for", conversation_id=conversation_id)

    async def _is_one_open(self, conversation_id: ConversationId, message_ids: Collection[MessageId]) -> bool:
        left_open = await self.db.read_at_once(
            lambda connection: conversations.left_open(connection, conversation_id)
        )
        return not set(message_ids).isdisjoint(left_open)


async def tell_busy(talk: Talk, bus: Bus) -> None:
    """Name the turns that take long to the other processes, for ever, so that none of them is taken over."""
    before: frozenset[MessageId] = frozenset()
    while True:
        await asyncio.sleep(TELL_BUSY_EVERY_S)
        busy = before & talk.under_way
        before = talk.under_way
        if busy:
            bus.publish_busy(busy)


async def take_over(talk: Talk, bus: Bus, *, is_alone: bool) -> None:
    """Finish the turns of processes that died, for ever; for one process of all. Cancel it to stop.

    One that `is_alone` takes what it finds at its start at once: nobody else can be at it.
    """
    left: frozenset[MessageId] | None = None if is_alone else frozenset()
    outage = Outage()
    async with bus.subscribe(TURNS) as news:
        while True:
            try:
                waiting = await talk.finish_unanswered(only=left)
                if outage.ends():
                    log.info("turns.looked_at")
                n_taken = len(waiting if left is None else waiting & left)
                if n_taken:
                    log.info("turns.taken_over", turns=n_taken)
                left = frozenset(waiting) - await busy_elsewhere(news)
            except BotError as error:
                if outage.begins():
                    log.warning("turns.not_looked_at", code=error.code)
                left = frozenset()
                await asyncio.sleep(SWEEP_EVERY_S)


async def busy_elsewhere(news: Subscription) -> frozenset[MessageId]:
    """Listen for a while to what processes are at."""
    busy: set[MessageId] = set()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(SWEEP_EVERY_S):
            async for item in news:
                if isinstance(item, BusyNews):
                    busy.update(item.message_ids)
    return frozenset(busy)
