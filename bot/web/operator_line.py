"""A greeted console's socket: an operator reads along, answers in the bot's place, and gives the conversation back."""

import asyncio

from bot.domain.conversation import Author
from bot.domain.errors import BotError, ConversationClosedError, NotFoundError, StorageError
from bot.store.handoffs import id_as_kept
from bot.web.delivery import Delivery
from bot.web.ear import Ear, send_away
from bot.web.errors import RETRY_AFTER_MS, not_kept
from bot.web.going_away import Why
from bot.web.heart import Heart
from bot.web.line import Closed, Line
from bot.web.operator_hello import Followed, check_access
from bot.web.operator_session import note_use
from bot.web.operator_wire import OPERATOR_FRAME, Hand, OperatorFrame, OperatorHello
from bot.web.parts import Parts
from bot.web.spelled import accepted_data
from bot.web.wire import Ack, FrameError, Say, Signal, error_frame, spell

LOOK_EVERY_S = 1.0
"""Who is logged out, or may no longer see the conversation, is sent nothing more than this long after."""
STAY_EVERY_S = 20.0
STAYS_IDLE_S = 600.0
"""How long a page that is open, and in which nothing is done, keeps a conversation."""


class OperatorLine:
    """One console's socket after hello. Its conversation stays the operator's for as long as it is open."""

    __slots__ = (
        "_delivery",
        "_ear",
        "_followed",
        "_heart",
        "_line",
        "_looked_s",
        "_parts",
        "_stays_s",
        "_used_s",
    )

    def __init__(self, line: Line, followed: Followed, parts: Parts) -> None:
        self._line = line
        self._followed = followed
        self._parts = parts
        self._heart = Heart(line)
        self._ear = Ear(line, self._heart, parts.limiter, parts.new_id("s"), OPERATOR_FRAME)
        self._delivery = Delivery(line, followed, parts, self._heart, self._check)
        self._looked_s = self._stays_s = self._used_s = asyncio.get_running_loop().time()

    async def serve(self) -> None:
        """Greet the console and answer its frames until it goes away, or is sent away.

        Raises:
            Closed: always; why the socket ends.
        """
        self._delivery.begin()
        self._parts.going_away.tell(self._leave)
        try:
            await self._stay()
            if self._followed.epoch != self._parts.db.epoch:  # renewed since hello was heard
                self._leave(Why.NEW_EPOCH)
            while True:
                raw = await self._line.read()
                with self._heart.not_listening():
                    await self._check()
                    if (frame := await self._ear.hear(raw)) is not None:
                        await self._answer(frame)
                    await self._stay()
        finally:
            self._parts.going_away.tell_no_more(self._leave)
            self._heart.stop()
            self._delivery.end()

    async def _check(self) -> None:
        """See that the operator may still follow the conversation; else the bot has it again."""
        now_s = asyncio.get_running_loop().time()
        if now_s - self._looked_s < LOOK_EVERY_S:
            return
        self._looked_s = now_s
        followed, parts = self._followed, self._parts
        try:
            async with parts.db.read() as connection:
                await check_access(connection, followed.thread.conversation_id, followed.operator, parts)
        except Closed:
            await parts.handoff.give_back(followed.thread, followed.operator.operator_id)
            raise

    async def _stay(self) -> None:
        """Keep the conversation, where it is theirs, while they do something in it."""
        now_s = asyncio.get_running_loop().time()
        if now_s >= self._stays_s and now_s - self._used_s < STAYS_IDLE_S:
            self._stays_s = now_s + STAY_EVERY_S
            await self._parts.handoff.stay(self._followed.thread, self._followed.operator.operator_id)

    async def _answer(self, frame: OperatorFrame) -> None:
        """Do what a frame asks for, or say why not."""
        self._used_s = asyncio.get_running_loop().time()
        try:
            await self._do(frame)
        except (ConversationClosedError, NotFoundError) as error:
            raise Closed(4505, "erased") from error
        except StorageError as error:
            text = not_kept(error)
            self._line.put(
                error_frame(error.code, text, frame_id=frame.id, retry=True, retry_after_ms=RETRY_AFTER_MS)
            )
        except BotError as error:
            self._line.put(error_frame(error.code, str(error), frame_id=frame.id))

    async def _do(self, frame: OperatorFrame) -> None:
        match frame:
            case Say():
                await self._speak(frame)
            case Hand():
                await self._hand(frame)
            case Signal(type="typing") if self._delivery.is_theirs:
                thread = self._followed.thread
                self._parts.bus.publish_typing(thread.conversation_id, author=Author.OPERATOR)
            case Ack() | Signal():  # what the visitor was shown is the visitor's to say
                pass
            case OperatorHello():
                text = "hello comes first and once."
                await self._ear.refuse(FrameError(code="unexpected", message=text, id=frame.id))

    async def _speak(self, frame: Say) -> None:
        """Say something to the visitor; the conversation is the operator's from then on."""
        data, followed = frame.data, self._followed
        if data.text is None:
            await self._ear.refuse(
                FrameError(code="bad_frame", message="An operator says a text.", id=frame.id)
            )
            return
        wait_s = await self._parts.limiter.wait_s("say", followed.operator.operator_id)
        if wait_s is not None:
            text, wait_ms = "Please wait a moment.", int(wait_s * 1000)
            self._line.put(
                error_frame("rate_limited", text, frame_id=frame.id, retry=True, retry_after_ms=wait_ms)
            )
            return
        self._delivery.leave_out(id_as_kept(followed.operator.operator_id, data.client_message_id))
        spoken = await self._parts.handoff.speak(
            followed.thread,
            followed.operator.operator_id,
            client_message_id=data.client_message_id,
            text=data.text,
        )
        self._line.put(spell("accepted", accepted_data(spoken.accepted), frame_id=frame.id))
        await note_use(followed.operator.session_hash, self._parts)

    async def _hand(self, frame: Hand) -> None:
        """Take the conversation over, or give it back; `status` tells everybody, this console too."""
        thread, operator_id = self._followed.thread, self._followed.operator.operator_id
        if frame.data.status == "live":
            await self._parts.handoff.take(thread, operator_id)
            await note_use(self._followed.operator.session_hash, self._parts)
        elif not await self._parts.handoff.give_back(thread, operator_id):
            text = "The conversation is not yours; take it over first."
            self._line.put(error_frame("taken", text, frame_id=frame.id))

    def _leave(self, why: Why) -> None:
        send_away(self._line, why)
