"""A greeted visitor's socket: hear frames, deliver what is new, keep the heart beating.

What is delivered comes from the database, in order of `seq`; news from the bus only says to look.
"""

import asyncio
import random
from collections import deque
from contextlib import suppress

from bot.bus import (
    BusyNews,
    DeltaNews,
    ErasedNews,
    HeadNews,
    News,
    RollCallNews,
    StatusNews,
    Subscription,
    TypingNews,
)
from bot.chat.said import Said
from bot.domain.conversation import Author, MessageId
from bot.domain.errors import BotError, ConversationClosedError, StorageError
from bot.store import conversations, visitor_line
from bot.store.conversations import Accepted
from bot.web.deltas import Deltas
from bot.web.line import Closed, Line
from bot.web.parts import Parts
from bot.web.visitor_hello import Welcome
from bot.web.wire import (
    Ack,
    ClientFrame,
    Feedback,
    FrameError,
    Hello,
    Say,
    SayData,
    Signal,
    error_frame,
    message_frame,
    parse_frame,
    spell,
)

HEARTBEAT_S = 25.0
PONG_WITHIN_S = 8.0
CALLED_WITHIN_S = 3.0
"""How long a client has to show that it is there when its place is wanted."""
OWN_REMEMBERED = 64
PAGE = 50
"""Messages read at once: a socket that does not read holds no more of them in memory."""
RECONNECT_SPREAD_MS = 5_000
"""Over how long clients come back after a drain, so that they do not all come at once."""


class VisitorLine:
    """One socket after hello. `deliver` sends welcome and the replay first, then what comes."""

    def __init__(self, line: Line, welcome: Welcome, parts: Parts) -> None:
        self._line = line
        self._welcome = welcome
        self._parts = parts
        self._session = welcome.session
        self._key = parts.new_id("s")
        self._conversation_id = welcome.conversation.conversation_id if welcome.conversation else None
        self._sent_seq = welcome.after
        self._own: deque[str] = deque(maxlen=OWN_REMEMBERED)
        self._deltas = Deltas()
        self._called = asyncio.Event()
        self._heard = asyncio.Event()
        self._patience: asyncio.Timeout | None = None
        self._shown_seq = 0

    async def listen(self) -> None:
        """Answer the client's frames until it goes away."""
        while True:
            raw = await self._line.read()
            if await self._parts.limiter.wait_s("frame", self._key) is not None:
                self._line.put(
                    error_frame("rate_limited", "Too many frames.", retry=True, retry_after_ms=60_000)
                )
                raise Closed(4008, "too many frames")
            frame = parse_frame(raw, self._parts.limiter.allowance)
            if isinstance(frame, FrameError):
                await self._refuse(frame)
            else:
                await self._answer(frame)

    async def _refuse(self, error: FrameError) -> None:
        """Say what was wrong with a frame; the tenth in a minute ends the socket."""
        self._line.put(error_frame(error.code, error.message, frame_id=error.id))
        if await self._parts.limiter.wait_s("bad_frame", self._key) is not None:
            raise Closed(4501, "too many bad frames")

    async def _answer(self, frame: ClientFrame) -> None:
        match frame:
            case Say():
                await self._say(frame.data, frame.id)
            case Feedback():
                await self._feedback(frame)
            case Signal(type="ping"):
                self._line.put(spell("pong", {}, frame_id=frame.id))
            case Ack():
                self._shown_seq = max(self._shown_seq, frame.data.seq)
            case Signal(type="pong"):
                self._heard.set()
            case Signal():
                pass
            case Hello():
                await self._refuse(
                    FrameError(code="unexpected", message="hello comes first and once.", id=frame.id)
                )

    async def keep_shown(self) -> None:
        """Remember how far the visitor has read, once, when the socket ends."""
        if self._conversation_id is None or self._shown_seq == 0:
            return
        conversation_id, seq = self._conversation_id, self._shown_seq
        with suppress(StorageError):  # a hint; what is shown again is known by its `seq`
            await self._parts.db.write_at_once(
                lambda connection: conversations.acknowledge(connection, conversation_id, seq),
                visitor_line(self._session.visitor_id),
            )

    async def _say(self, data: SayData, frame_id: str | None) -> None:
        """Accept what the visitor says, or say why not."""
        wait_s = await self._parts.limiter.wait_s("say", self._session.visitor_id)
        if wait_s is not None:
            wait_ms = int(wait_s * 1000)
            self._line.put(
                error_frame(
                    "rate_limited",
                    "Please wait a moment.",
                    frame_id=frame_id,
                    retry=True,
                    retry_after_ms=wait_ms,
                )
            )
            return
        said = Said(
            client_message_id=data.client_message_id, text=data.text, choice=data.choice, form=data.form
        )
        self._own.append(data.client_message_id)
        try:
            await self._parts.talk.say(
                said,
                site_id=self._session.site_id,
                visitor_id=self._session.visitor_id,
                opening=self._welcome.opening,
                on_accepted=self._accepted(frame_id),
            )
        except ConversationClosedError as error:
            raise Closed(4505, "erased") from error
        except BotError as error:
            is_passing = error.code == "storage"
            self._line.put(error_frame(error.code, str(error), frame_id=frame_id, retry=is_passing))

    def _accepted(self, frame_id: str | None):  # type: ignore[no-untyped-def]
        async def tell(accepted: Accepted) -> None:
            data = {
                "client_message_id": accepted.client_message_id,
                "message_id": accepted.message_id,
                "seq": accepted.seq,
                "duplicate": accepted.is_duplicate,
                "conversation_id": accepted.conversation_id,
            }
            self._line.put(spell("accepted", data, frame_id=frame_id))

        return tell

    async def _feedback(self, frame: Feedback) -> None:
        if self._conversation_id is None:
            return
        async with self._parts.db.write(visitor_line(self._session.visitor_id)) as connection:
            await conversations.add_feedback(
                connection,
                conversation_id=self._conversation_id,
                message_id=MessageId(frame.data.message_id),
                helpful=frame.data.helpful,
                comment=frame.data.comment,
                at=self._parts.clock(),
            )

    async def deliver(self) -> None:
        """Send welcome, the replay, `live`, and then everything new, in order. Subscribes before it reads."""
        is_greeted = False
        while True:
            topic = self._conversation_id or self._session.visitor_id
            async with self._parts.bus.subscribe(topic) as news:
                if not is_greeted:
                    await self._line.put_in_turn(spell("welcome", self._welcome_data()))
                await self._catch_up()
                if not is_greeted:
                    await self._line.put_in_turn(spell("live", {}))
                    is_greeted = True
                await self._follow(news, topic)

    def _welcome_data(self) -> dict[str, object]:
        conversation = self._welcome.conversation
        allowance = self._parts.limiter.allowance
        data: dict[str, object] = {
            "conversation_id": conversation.conversation_id if conversation else None,
            "epoch": self._parts.db.epoch,
            "head_seq": conversation.head_seq if conversation else 0,
            "resumed": self._welcome.reason is None,
            "heartbeat_ms": int(HEARTBEAT_S * 1000),
            "limits": {"text": allowance.text_chars, "messages_per_minute": allowance.messages_per_minute},
        }
        return data if self._welcome.reason is None else data | {"reason": self._welcome.reason}

    async def _follow(self, news: Subscription, topic: str) -> None:
        """Pass on what is new until the socket's topic changes: the visitor's conversation was found."""
        while topic == (self._conversation_id or self._session.visitor_id):
            await self._hear(await news.get())

    async def _hear(self, item: News) -> None:
        match item:
            case HeadNews() if self._conversation_id is None or item.head_seq > self._sent_seq:
                await self._catch_up()
            case DeltaNews() if self._deltas.take(item):
                data = {"in_reply_to": item.in_reply_to, "n": item.n, "text": item.text}
                await self._line.put_in_turn(spell("delta", data))
            case TypingNews():
                await self._line.put_in_turn(spell("typing", {"author": item.author}))
            case StatusNews():
                await self._line.put_in_turn(spell("status", {"status": item.status}))
            case ErasedNews():
                raise Closed(4505, "erased")
            case RollCallNews():
                self._call()
            case HeadNews() | DeltaNews() | BusyNews():  # known already, or not for visitors
                pass

    async def _catch_up(self) -> None:
        """Send every stored message after the last one sent, except the client's own of this socket."""
        if self._conversation_id is None:
            await self._find_conversation()
        if (conversation_id := self._conversation_id) is None:
            return
        while True:
            after = self._sent_seq
            new = await self._parts.db.read_at_once(
                lambda connection, after=after: conversations.messages(  # type: ignore[misc]
                    connection, conversation_id, after=after, limit=PAGE
                )
            )
            for message in new:
                self._sent_seq = message.seq
                if message.in_reply_to is not None:
                    self._deltas.finish(message.in_reply_to)
                if not (message.author is Author.VISITOR and message.client_message_id in self._own):
                    await self._line.put_in_turn(message_frame(message))
            if len(new) < PAGE:
                return

    async def _find_conversation(self) -> None:
        conversation = await self._parts.db.read_at_once(
            lambda connection: conversations.find_open(connection, self._session.visitor_id)
        )
        if conversation is not None:
            self._conversation_id = conversation.conversation_id

    async def leave(self) -> None:
        """Tell the client to come back a little later, when the server is about to stop."""
        await self._parts.going_away.wait()
        self._line.put(spell("goaway", {"reconnect_in_ms": random.randrange(RECONNECT_SPREAD_MS)}))  # noqa: S311
        raise Closed(1012, "restart")

    async def beat(self) -> None:
        """Ping when it is time or the client is called, and close a socket that does not answer."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(HEARTBEAT_S):
                    await self._called.wait()
            within_s = CALLED_WITHIN_S if self._called.is_set() else PONG_WITHIN_S
            self._called.clear()
            self._heard.clear()
            self._line.put(spell("ping", {}))
            try:
                async with asyncio.timeout(within_s) as self._patience:
                    await self._heard.wait()
            except TimeoutError:
                raise Closed(4004, "no pong") from None
            finally:
                self._patience = None

    def _call(self) -> None:
        """Have the client show soon that it is there; a ping under way is enough."""
        if self._patience is None:
            self._called.set()
            return
        soon = asyncio.get_running_loop().time() + CALLED_WITHIN_S
        self._patience.reschedule(min(soon, self._patience.when() or soon))
