"""From what a visitor says to a finished turn: accept, tell, answer in the background, finish what a crash cut off.

Commit first, then tell: `say` returns only after transaction 1, and news goes out only after a commit. Turns of one
conversation run one after another; a client that goes away does not stop its turn.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import structlog
from structlog.contextvars import bound_contextvars

from bot.bus import Bus
from bot.chat.deciding import Context
from bot.chat.phrases import phrase
from bot.chat.said import Said, resolve_text
from bot.chat.turn import Turns
from bot.chat.turn_events import Behind, Delta, Forgotten, Listened, Replied
from bot.domain.behaviour import page_without_query
from bot.domain.conversation import Conversation, ConversationId, MessageId, Reply, SiteId, VisitorId
from bot.domain.errors import BotError, StorageError
from bot.store import Connection, Database, conversations, visitor_line
from bot.store.conversations import Accepted

log = structlog.get_logger(__name__)

T = TypeVar("T")
AfterOthers = Callable[[ConversationId, Collection[MessageId]], Awaitable[None]]
"""Waits until none of the messages waits for a reply that another process has under way, but not for ever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What is kept about where a conversation began, from its first message on."""

    locale: str | None = None
    page_url: str | None = None
    page_title: str | None = None


class Talk:
    """Accepts what visitors say and sees every turn to its end."""

    def __init__(  # noqa: PLR0913 - the parts it works with, each named by the wiring
        self,
        *,
        db: Database,
        bus: Bus,
        turns: Turns,
        clock: Callable[[], datetime],
        new_id: Callable[[str], str],
        on_turn_kept: Callable[[], None] = lambda: None,
        on_forgotten: Callable[[], None] = lambda: None,
        after_others: AfterOthers | None = None,
    ) -> None:
        self._db = db
        self._bus = bus
        self._turns = turns
        self._clock = clock
        self._new_id = new_id
        self._on_turn_kept = on_turn_kept
        self._on_forgotten = on_forgotten
        self._after_others = after_others
        self._ours: set[MessageId] = set()
        self._latest_turn: dict[ConversationId, asyncio.Task[None]] = {}
        self._running: set[asyncio.Task[Any]] = set()

    async def say(
        self,
        said: Said,
        *,
        site_id: SiteId,
        visitor_id: VisitorId,
        opening: Opening,
        on_accepted: Callable[[Accepted], Awaitable[None]] | None = None,
    ) -> Accepted:
        """Make a message durable (transaction 1), tell the sender, then everybody, and start its turn.

        All of it happens even when the caller is cancelled meanwhile: what is on disk is answered.

        Raises:
            IdConflictError: the client_message_id was used with another body.
            ConversationClosedError: the visitor's data was erased.
            StorageError: nothing was accepted; the client keeps its outbox.
        """
        return await self.see_through(
            self._accept(
                said, site_id=site_id, visitor_id=visitor_id, opening=opening, on_accepted=on_accepted
            )
        )

    async def _accept(
        self,
        said: Said,
        *,
        site_id: SiteId,
        visitor_id: VisitorId,
        opening: Opening,
        on_accepted: Callable[[Accepted], Awaitable[None]] | None,
    ) -> Accepted:
        at = self._clock()

        async def accept(connection: Connection) -> tuple[Accepted, bool, Context | None]:
            found = await conversations.find_open(connection, visitor_id)
            conversation = found or await self._start(connection, site_id, visitor_id, opening=opening, at=at)
            accepted = await conversations.accept(
                connection,
                conversation_id=conversation.conversation_id,
                message_id=MessageId(self._new_id("m")),
                client_message_id=said.client_message_id,
                text=await resolve_text(connection, conversation, said, self._turns.voice_of(site_id)),
                body_hash=said.body_hash,
                at=at,
                page_url=page_without_query(opening.page_url),
            )
            return accepted, found is None, await self._read_ahead(connection, accepted)

        accepted, is_first, context = await self._db.write_at_once(accept, visitor_line(visitor_id))
        try:
            if on_accepted is not None:
                await on_accepted(accepted)
        finally:
            self._bus.publish(accepted.conversation_id, accepted.seq)
            if is_first:
                self._bus.publish(visitor_id, accepted.seq)
            # A duplicate too: a message that has its reply already gets no second one.
            self.begin_turn(accepted.conversation_id, accepted.message_id, context)
        return accepted

    async def _read_ahead(self, connection: Connection, accepted: Accepted) -> Context | None:
        """Read what the turn looks back on while we are there, where it can begin at once."""
        thread = accepted.thread
        if thread is None or thread.conversation_id in self._latest_turn:
            return None
        if self._turns.voice_of(thread.site_id) is None:
            return None
        return await self._turns.look_back(connection, thread, accepted.message_id)

    async def _start(
        self,
        connection: Connection,
        site_id: SiteId,
        visitor_id: VisitorId,
        *,
        opening: Opening,
        at: datetime,
    ) -> Conversation:
        return await conversations.start(
            connection,
            conversation_id=ConversationId(self._new_id("c")),
            site_id=site_id,
            visitor_id=visitor_id,
            now=at,
            locale=opening.locale,
            page_url=opening.page_url,
            page_title=opening.page_title,
        )

    def begin_turn(
        self, conversation_id: ConversationId, message_id: MessageId, read_ahead: Context | None = None
    ) -> None:
        """Answer an accepted message in the background, after the turns before it."""
        earlier = self._latest_turn.get(conversation_id)
        self._ours.add(message_id)
        self._latest_turn[conversation_id] = self._run(
            self._turn_in_order(conversation_id, message_id, earlier, read_ahead)
        )

    async def see_through(self, work: Coroutine[Any, Any, T]) -> T:
        """Do work to its end, also when the caller is cancelled meanwhile; `drain` waits for it."""
        return await asyncio.shield(self._run(work))

    def _run(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Begin work that nobody's going away stops; `drain` waits for it."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def finish_unanswered(self, *, only: Collection[MessageId] | None = None) -> set[MessageId]:
        """Take every turn that a crash cut off, or only those of some messages; return all that wait.

        Those that are under way in this process are left out.
        """
        async with self._db.read() as connection:
            rows = await conversations.unanswered(connection)
        for conversation_id, message_id in rows:
            if message_id not in self._ours and (only is None or message_id in only):
                self.begin_turn(conversation_id, message_id)
        return {message_id for _, message_id in rows}

    @property
    def under_way(self) -> frozenset[MessageId]:
        """The messages whose turns are under way in this process, or wait to be."""
        return frozenset(self._ours)

    async def drain(self, *, timeout_s: float) -> None:
        """Wait for running turns; what is left is finished at the next start."""
        if self._running:
            await asyncio.wait(self._running, timeout=timeout_s)

    async def _turn_in_order(
        self,
        conversation_id: ConversationId,
        message_id: MessageId,
        earlier: asyncio.Task[None] | None,
        read_ahead: Context | None,
    ) -> None:
        if earlier is not None:
            await asyncio.wait({earlier})
        left_open = await self._answer(conversation_id, message_id, read_ahead if earlier is None else None)
        if left_open:
            await self._wait_for_others(conversation_id, [one for one in left_open if one not in self._ours])
            # Whose process is dead, or takes too long, is answered here: a reply is stored once in any case.
            for one in (*left_open, message_id):
                await self._answer(conversation_id, one)
        self._ours.discard(message_id)
        if self._latest_turn.get(conversation_id) is asyncio.current_task():
            del self._latest_turn[conversation_id]

    async def _wait_for_others(
        self, conversation_id: ConversationId, message_ids: Collection[MessageId]
    ) -> None:
        if self._after_others is not None and message_ids:
            with suppress(StorageError):  # the turn finds out itself
                await self._after_others(conversation_id, message_ids)

    async def _answer(
        self, conversation_id: ConversationId, message_id: MessageId, read_ahead: Context | None = None
    ) -> Sequence[MessageId]:
        """Take a message's turn; return those that come first, when there are any: then it was not taken."""
        with bound_contextvars(conversation_id=conversation_id, message_id=message_id):
            try:
                with self._turns.stage("turn"):
                    return await self._take_turn(conversation_id, message_id, read_ahead)
            except StorageError as error:  # taken again later, as after a crash
                log.error("turn.left_open", code=error.code)
            except Exception:  # outermost loop: a turn that fails still ends with a reply
                log.exception("turn.failed")
                await self._apologise(conversation_id, message_id)
        return ()

    async def _take_turn(
        self, conversation_id: ConversationId, message_id: MessageId, read_ahead: Context | None
    ) -> Sequence[MessageId]:
        async for event in self._turns.take_turn(conversation_id, message_id, read_ahead):
            if isinstance(event, Behind):
                return event.message_ids
            self._tell(conversation_id, event)
        return ()

    def _tell(self, conversation_id: ConversationId, event: Delta | Replied | Forgotten | Listened) -> None:
        match event:
            case Delta(in_reply_to=to, n=n, text=text):
                self._bus.publish_delta(conversation_id, in_reply_to=to, n=n, text=text)
            case Listened(has_learned=has_learned):
                if has_learned:
                    self._bus.publish_lead(conversation_id)
            case Forgotten(visitor_id=visitor_id):
                self._bus.publish_erased(conversation_id)
                self._bus.publish_erased(visitor_id)
                self._on_forgotten()
            case Replied(message=message):
                self._bus.publish(conversation_id, message.seq, event.as_kept)
                if not event.is_verbatim:
                    self._bus.publish_masked(conversation_id)
                self._on_turn_kept()

    async def _apologise(self, conversation_id: ConversationId, message_id: MessageId) -> None:
        """Give a message whose turn failed its one outcome; when even that fails, the next start tries again."""
        try:
            async with self._db.write() as connection:
                found = await conversations.find(connection, conversation_id)
                voice = self._turns.voice_of(found.site_id) if found is not None else None
                reply = Reply(
                    text=phrase("failed", voice.messages if voice else {}), kind="failed", degraded=True
                )
                message = await conversations.add_reply(
                    connection,
                    conversation_id=conversation_id,
                    expected_version=None,
                    in_reply_to=message_id,
                    message_id=MessageId(self._new_id("m")),
                    reply=reply,
                    at=self._clock(),
                )
        except BotError as error:
            log.error(
                "turn.left_open", conversation_id=conversation_id, message_id=message_id, code=error.code
            )
            return
        self._bus.publish(conversation_id, message.seq)
