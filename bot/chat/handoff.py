"""A person in the bot's place: takes a conversation over, answers, gives it back, or is gone without a word.

Commit first, then tell. Promises: the bot says nothing while a person has the conversation, but about what the visitor
wants kept or deleted; when the conversation is the bot's again it answers what nobody answered; a person who is not
there any longer is waited for at most `STAYS` and a sweep.
"""

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.bus import Bus
from bot.chat.talk import Talk
from bot.domain.conversation import Conversation, ConversationId, ConversationStatus, MessageId, VisitorId
from bot.domain.errors import BotError
from bot.store import Database, conversations, handoffs, visitor_line
from bot.store.handoffs import Answering, Spoken
from bot.telemetry import Outage

log = structlog.get_logger(__name__)

STAYS = timedelta(minutes=2)
"""How long a conversation stays an operator's after the last sign of them."""
SWEEP_EVERY_S = 5.0


@dataclass(frozen=True, slots=True)
class Handoff:
    """Hands conversations to operators and back to the bot."""

    db: Database
    bus: Bus
    talk: Talk
    clock: Callable[[], datetime]
    new_id: Callable[[str], str]

    async def who_answers(self, conversation_id: ConversationId) -> Answering | None:
        """Return who answers in the conversation; None when it is gone."""
        return await self.db.read_at_once(
            lambda connection: handoffs.who_answers(connection, conversation_id)
        )

    async def take(self, thread: Conversation, operator_id: str) -> None:
        """Let the operator answer from now on, whoever did before.

        Raises:
            ConversationClosedError: the visitor was erased or banned.
        """
        await self.talk.see_through(self._take(thread, operator_id))

    async def _take(self, thread: Conversation, operator_id: str) -> None:
        until = self.clock() + STAYS
        is_new = await self.db.write_at_once(
            lambda connection: handoffs.take(connection, thread.conversation_id, operator_id, until=until),
            visitor_line(thread.visitor_id),
        )
        if is_new:
            self._tell_taken(thread, operator_id)

    def _tell_taken(self, thread: Conversation, operator_id: str) -> None:
        log.info("operator.took_over", conversation_id=thread.conversation_id, operator=operator_id)
        self.bus.publish_status(thread.conversation_id, ConversationStatus.LIVE)

    async def stay(self, thread: Conversation, operator_id: str) -> None:
        """Note that the operator is still there."""
        until = self.clock() + STAYS
        await self.db.write_at_once(
            lambda connection: handoffs.stay(connection, thread.conversation_id, operator_id, until=until),
            visitor_line(thread.visitor_id),
        )

    async def speak(
        self, thread: Conversation, operator_id: str, *, client_message_id: str, text: str
    ) -> Spoken:
        """Make what an operator says durable, then tell everybody; the conversation is theirs from then on.

        All of it happens even when the caller is cancelled meanwhile.

        Raises:
            ConversationTakenError: it is another operator's.
            IdConflictError: the client_message_id was used with another text.
            ConversationClosedError: the visitor was erased or banned.
            StorageError: nothing was kept.
        """
        return await self.talk.see_through(self._speak(thread, operator_id, client_message_id, text))

    async def _speak(
        self, thread: Conversation, operator_id: str, client_message_id: str, text: str
    ) -> Spoken:
        at, message_id = self.clock(), MessageId(self.new_id("m"))
        spoken = await self.db.write_at_once(
            lambda connection: handoffs.speak(
                connection,
                conversation_id=thread.conversation_id,
                operator_id=operator_id,
                message_id=message_id,
                client_message_id=client_message_id,
                text=text,
                body_hash=hashlib.sha256(text.encode()).hexdigest(),
                at=at,
                until=at + STAYS,
            ),
            visitor_line(thread.visitor_id),
        )
        if spoken.is_taken:
            self._tell_taken(thread, operator_id)
        if spoken.message is not None:
            self.bus.publish(thread.conversation_id, spoken.accepted.seq, spoken.message)
        return spoken

    async def give_back(self, thread: Conversation, operator_id: str) -> bool:
        """Let the bot answer again, first of all what nobody answered; return whether it was the operator's."""
        return await self.talk.see_through(self._give_back(thread, operator_id))

    async def _give_back(self, thread: Conversation, operator_id: str) -> bool:
        is_given = await self.db.write_at_once(
            lambda connection: handoffs.give_back(connection, thread.conversation_id, operator_id),
            visitor_line(thread.visitor_id),
        )
        if is_given:
            log.info("operator.gave_back", conversation_id=thread.conversation_id, operator=operator_id)
            await self._go_on(thread.conversation_id)
        return is_given

    async def _go_on(self, conversation_id: ConversationId) -> None:
        """Tell that the bot answers again, and have it answer what is open."""
        self.bus.publish_status(conversation_id, ConversationStatus.BOT)
        waiting = await self.db.read_at_once(
            lambda connection: conversations.left_open(connection, conversation_id)
        )
        for message_id in waiting:  # also those under way: such a turn may have found an operator still there
            self.talk.begin_turn(conversation_id, message_id)

    async def take_back_left(self) -> None:
        """Take back what operators left behind without a word, once."""
        now = self.clock()
        async with self.db.read() as connection:
            left = await handoffs.left_behind(connection, now=now)
        for conversation_id in left:
            if await self._take_back(conversation_id, now):
                log.info("operator.is_gone", conversation_id=conversation_id)
                await self._go_on(conversation_id)

    async def _take_back(self, conversation_id: ConversationId, now: datetime) -> bool:
        async with self.db.read() as connection:
            thread = await conversations.find(connection, conversation_id)
        return thread is not None and await self.db.write_at_once(
            lambda connection: handoffs.take_back(connection, conversation_id, now=now),
            visitor_line(VisitorId(thread.visitor_id)),
        )

    async def keep_taking_back(self) -> None:
        """Take back what operators left behind, for ever, in any number of processes. Cancel it to stop."""
        outage = Outage()
        while True:
            try:
                await self.take_back_left()
                outage.ends()
            except BotError as error:
                if outage.begins():
                    log.warning("handoffs.not_looked_at", code=error.code)
            await asyncio.sleep(SWEEP_EVERY_S)
