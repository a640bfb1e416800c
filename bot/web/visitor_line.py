"""A greeted visitor's socket: hear its frames, keep its heart beating."""

from contextlib import suppress

from bot.chat.said import Said
from bot.domain.conversation import Author, MessageId
from bot.domain.errors import BotError, ConversationClosedError, StorageError
from bot.store import conversations, visitor_line
from bot.store.conversations import Accepted
from bot.web.delivery import Delivery
from bot.web.ear import Ear, send_away
from bot.web.errors import RETRY_AFTER_MS, not_kept
from bot.web.going_away import Why
from bot.web.heart import Heart
from bot.web.line import Closed, Line
from bot.web.parts import Parts
from bot.web.sessions import lifetime_of, slide_session
from bot.web.spelled import accepted_data
from bot.web.visitor_hello import Welcome
from bot.web.wire import (
    FRAME,
    Ack,
    ClientFrame,
    Feedback,
    FrameError,
    Hello,
    Say,
    SayData,
    Signal,
    error_frame,
    spell,
)


class VisitorLine:
    """One socket after hello: hears its client; `Delivery` sends what is new, `Heart` asks whether it is there."""

    __slots__ = (
        "_delivery",
        "_ear",
        "_heart",
        "_line",
        "_parts",
        "_session",
        "_shown_seq",
        "_welcome",
    )

    def __init__(self, line: Line, welcome: Welcome, parts: Parts) -> None:
        self._line = line
        self._welcome = welcome
        self._parts = parts
        self._session = welcome.session
        self._heart = Heart(line)
        self._ear = Ear(line, self._heart, parts.limiter, parts.new_id("s"), FRAME)
        self._delivery = Delivery(line, welcome, parts, self._heart)
        self._shown_seq = 0

    async def serve(self) -> None:
        """Greet the client and answer its frames until it goes away, or is sent away.

        Raises:
            Closed: always; why the socket ends.
        """
        self._delivery.begin()
        self._parts.going_away.tell(self._leave)
        try:
            if self._welcome.epoch != self._parts.db.epoch:  # renewed since hello was heard
                self._leave(Why.NEW_EPOCH)
            await self._listen()
        finally:
            self._parts.going_away.tell_no_more(self._leave)
            self._heart.stop()
            self._delivery.end()
            await self._keep_shown()

    async def _listen(self) -> None:
        while True:
            raw = await self._line.read()
            with self._heart.not_listening():
                await self._live_on()
                if (frame := await self._ear.hear(raw)) is not None:
                    await self._answer(frame)

    async def _live_on(self) -> None:
        """Let the session slide on while its socket is used; at its end the socket ends."""
        now = self._parts.clock()
        if self._session.expires_at <= now:
            raise Closed(4009, "token expired")
        lifetime = lifetime_of(self._parts.limiter.allowance)
        with suppress(StorageError):  # the next frame tries again
            self._session = await slide_session(
                self._parts.db, self._session, self._welcome.token_hash, now, lifetime
            )

    async def _answer(self, frame: ClientFrame) -> None:
        match frame:
            case Say():
                await self._say(frame.data, frame.id)
            case Feedback():
                await self._feedback(frame)
            case Ack():
                self._shown_seq = max(self._shown_seq, frame.data.seq)
            case Signal(type="typing") if self._delivery.conversation_id is not None:
                self._parts.bus.publish_typing(self._delivery.conversation_id, author=Author.VISITOR)
            case Signal():
                pass
            case Hello():
                await self._ear.refuse(
                    FrameError(code="unexpected", message="hello comes first and once.", id=frame.id)
                )

    async def _keep_shown(self) -> None:
        """Remember how far the visitor has read, once, when the socket ends."""
        conversation_id, shown = self._delivery.conversation_id, self._shown_seq
        if conversation_id is None or shown == 0:
            return
        with suppress(StorageError):  # a hint; what is shown again is known by its `seq`
            await self._parts.db.write_at_once(
                lambda connection: conversations.acknowledge(connection, conversation_id, shown),
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
        self._delivery.leave_out(data.client_message_id)
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
        except StorageError as error:
            self._line.put(
                error_frame(
                    error.code, not_kept(error), frame_id=frame_id, retry=True, retry_after_ms=RETRY_AFTER_MS
                )
            )
        except BotError as error:
            self._line.put(error_frame(error.code, str(error), frame_id=frame_id))

    def _accepted(self, frame_id: str | None):  # type: ignore[no-untyped-def]
        async def tell(accepted: Accepted) -> None:
            self._line.put(spell("accepted", accepted_data(accepted), frame_id=frame_id))
            self._delivery.note_accepted(accepted)

        return tell

    async def _feedback(self, frame: Feedback) -> None:
        is_kept, conversation_id = False, self._delivery.conversation_id
        if conversation_id is not None:
            async with self._parts.db.write(visitor_line(self._session.visitor_id)) as connection:
                is_kept = await conversations.add_feedback(
                    connection,
                    conversation_id=conversation_id,
                    message_id=MessageId(frame.data.message_id),
                    helpful=frame.data.helpful,
                    comment=frame.data.comment,
                    at=self._parts.clock(),
                )
        if not is_kept:
            text = "The conversation has no such message."
            self._line.put(error_frame("not_found", text, frame_id=frame.id))

    def _leave(self, why: Why) -> None:
        send_away(self._line, why)
