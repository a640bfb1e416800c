"""What a greeted socket is sent: welcome, the replay, then what comes.

All of it is in the database, in order of `seq`; news from the bus says to look, and wakes a task that does. Who has
everything before a message that the news is of need not look.
"""

import asyncio
import contextvars
from collections.abc import Awaitable, Callable

import structlog

from bot.bus import (
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
from bot.domain.conversation import ConversationId, Message
from bot.domain.errors import StorageError
from bot.store import DatabaseAwayError, conversations
from bot.store.conversations import Accepted
from bot.web.deltas import Deltas
from bot.web.heart import HEARTBEAT_S, Heart
from bot.web.line import Closed, Line
from bot.web.parts import Parts
from bot.web.resuming import Greeted
from bot.web.spelled import message_data, status_data
from bot.web.wire import message_frame, spell

log = structlog.get_logger(__name__)

Admit = Callable[[], Awaitable[None]]

OWN_REMEMBERED = 64
PAGE = 50
"""Messages read at once: a socket that does not read holds no more of them in memory."""


class Delivery:
    """What one socket is sent. `conversation_id` is the visitor's, as far as there is one.

    `is_theirs` says whether the operator whose socket it is answers there.
    `admit` is asked before anything is sent whether the client may have it; it raises `Closed`.
    """

    __slots__ = (
        "_admit",
        "_context",
        "_deltas",
        "_heart",
        "_is_over",
        "_line",
        "_news",
        "_own",
        "_parts",
        "_sent_seq",
        "_task",
        "_topic",
        "_welcome",
        "conversation_id",
        "is_theirs",
    )

    def __init__(
        self, line: Line, welcome: Greeted, parts: Parts, heart: Heart, admit: Admit | None = None
    ) -> None:
        self._admit = admit
        self.is_theirs = False
        self._line = line
        self._heart = heart
        self._welcome = welcome
        self._parts = parts
        self.conversation_id = welcome.conversation.conversation_id if welcome.conversation else None
        self._sent_seq = welcome.after
        self._own: tuple[str, ...] = ()
        self._deltas = Deltas()
        self._is_over = False
        self._context = contextvars.copy_context()
        self._topic: str = self.conversation_id or welcome.visitor_id
        self._news = parts.bus.listen(self._topic, self._wake)
        self._task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Greet the client, and from then on send it what is new."""
        self._run(self._greet)

    def end(self) -> None:
        """Send nothing more."""
        self._is_over = True
        self._parts.bus.leave(self._topic, self._news)
        if self._task is not None:
            self._task.cancel()

    def leave_out(self, client_message_id: str) -> None:
        """Do not send this socket's own message back to it."""
        self._own = (*self._own, client_message_id)[-OWN_REMEMBERED:]

    def note_accepted(self, accepted: Accepted) -> None:
        """Take the socket's own message, which its client was told of, as sent; nothing need be read for it."""
        if self._is_over:  # what was said is accepted all the same
            return
        if self.conversation_id is None:
            self._follow(accepted.conversation_id)
        if self.conversation_id == accepted.conversation_id and self._sent_seq + 1 == accepted.seq:
            self._sent_seq = accepted.seq

    def _wake(self) -> None:
        """Deliver what is new, unless that is being done."""
        if self._task is None:
            self._run(self._deliver)

    def _run(self, work: Callable[[], Awaitable[None]]) -> None:
        # Whoever publishes has a context of their own, with their trace.
        self._task = asyncio.create_task(self._see_through(work), context=self._context)

    async def _see_through(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except Closed as closed:
            self._line.end_soon(closed.code, closed.reason)
        except StorageError as error:
            if not isinstance(error, DatabaseAwayError):  # that is said once, by who finds it out
                log.warning("socket.not_served", code=error.code, reason=str(error))
            self._line.end_soon(4000, "the database is away")
        except Exception:  # outermost loop of a task: logged, and the socket is closed
            log.exception("socket.crashed")
            self._line.end_soon(4000, "internal error")
        else:
            self._task = None

    async def _greet(self) -> None:
        """Send welcome, the replay, `live`, and what came meanwhile. News is heard already."""
        await self._line.put_in_turn(spell("welcome", self._welcome_data()))
        await self._catch_up()
        if 0 < self._welcome.after < self._sent_seq:  # what masks words says something
            await self._send_masked(self._welcome.after)
        await self._tell_status(is_greeting=True)
        await self._line.put_in_turn(spell("live", {}))
        await self._deliver()

    async def _deliver(self) -> None:
        """Pass on everything new, in order."""
        if self._admit is not None:
            await self._admit()
        while (item := self._news.take()) is not None:
            await self._hear(item)

    def _welcome_data(self) -> dict[str, object]:
        conversation = self._welcome.conversation
        allowance = self._parts.limiter.allowance
        data: dict[str, object] = {
            "conversation_id": conversation.conversation_id if conversation else None,
            "epoch": self._welcome.epoch,
            "head_seq": conversation.head_seq if conversation else 0,
            "resumed": self._welcome.reason is None,
            "heartbeat_ms": int(HEARTBEAT_S * 1000),
            "limits": {"text": allowance.text_chars, "messages_per_minute": allowance.messages_per_minute},
        }
        return data if self._welcome.reason is None else data | {"reason": self._welcome.reason}

    async def _hear(self, item: News) -> None:
        match item:
            case HeadNews() if self.conversation_id is None or item.head_seq > self._sent_seq:
                await self._pass_on(item)
            case DeltaNews() | TypingNews() | LeadNews():
                await self._pass_by(item)
            case StatusNews():
                await self._tell_status()
            case ErasedNews():
                raise Closed(4505, "erased")
            case MaskedNews():
                await self._send_masked(self._sent_seq)
            case RollCallNews():
                self._heart.call()
            case HeadNews() | BusyNews():  # known already, or not for clients
                pass

    async def _pass_by(self, item: DeltaNews | TypingNews | LeadNews) -> None:
        """Send what nobody keeps, as far as it is for this side."""
        if isinstance(item, TypingNews):
            if item.author is not self._welcome.author:
                await self._line.put_in_turn(spell("typing", {"author": item.author}))
        elif isinstance(item, LeadNews):
            if self._welcome.operator_id is not None:
                await self._line.put_in_turn(spell("lead", {}))
        elif self._deltas.take(item):
            data = {"in_reply_to": item.in_reply_to, "n": item.n, "text": item.text}
            await self._line.put_in_turn(spell("delta", data))

    async def _pass_on(self, item: HeadNews) -> None:
        """Send what the news is of: the message beside it where all before was sent, else what the database has."""
        message = item.message
        if message is None or (message.conversation_id, message.seq) != (
            self.conversation_id,
            self._sent_seq + 1,
        ):
            await self._catch_up()
        else:
            await self._send(message)

    async def _catch_up(self) -> None:
        """Send every stored message after the last one sent, except the client's own of this socket."""
        if self.conversation_id is None:
            await self._find_conversation()
        if (conversation_id := self.conversation_id) is None:
            return
        while True:
            after = self._sent_seq
            new = await self._parts.db.read_at_once(
                lambda connection, after=after: conversations.messages(  # type: ignore[misc]
                    connection, conversation_id, after=after, limit=PAGE
                )
            )
            for message in new:
                await self._send(message)
            if len(new) < PAGE:
                return

    async def _send(self, message: Message) -> None:
        """Send the message after the last one sent, unless it is the client's own of this socket."""
        self._sent_seq = message.seq
        if message.in_reply_to is not None:
            self._deltas.finish(message.in_reply_to)
        if not (message.author is self._welcome.author and message.client_message_id in self._own):
            await self._line.put_in_turn(message_frame(message))

    async def _tell_status(self, *, is_greeting: bool = False) -> None:
        """Say who answers; at the beginning only where it was ever another than the bot."""
        if (conversation_id := self.conversation_id) is None:
            return
        answering = await self._parts.handoff.who_answers(conversation_id)
        if answering is not None and (answering.was_taken or not is_greeting):
            operator_id = self._welcome.operator_id
            self.is_theirs = operator_id is not None and answering.operator_id == operator_id
            data = status_data(answering, to=operator_id)
            await self._line.put_in_turn(spell("status", data))

    async def _send_masked(self, up_to: int) -> None:
        """Send anew what was sent up to there and has lost words since: they are not to be seen any longer."""
        if (conversation_id := self.conversation_id) is None:
            return
        masked = await self._parts.db.read_at_once(
            lambda connection: conversations.masked_messages(connection, conversation_id, up_to=up_to)
        )
        for message in masked:
            await self._line.put_in_turn(spell("masked", message_data(message)))

    async def _find_conversation(self) -> None:
        """Find the visitor's conversation, and hear of that from now on: before its messages are read."""
        conversation = await self._parts.db.read_at_once(
            lambda connection: conversations.find_open(connection, self._welcome.visitor_id)
        )
        if conversation is not None and self.conversation_id is None:
            self._follow(conversation.conversation_id)

    def _follow(self, conversation_id: ConversationId) -> None:
        """Hear of the visitor's conversation from now on."""
        self._parts.bus.leave(self._topic, self._news)
        self.conversation_id = conversation_id
        self._topic = conversation_id
        self._news = self._parts.bus.listen(self._topic, self._wake)
