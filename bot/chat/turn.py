"""One turn, top to bottom: the crux of the product.

Accept (transaction 1) makes what the visitor said durable; `take_turn` answers it (transaction 2). No transaction
is open while the documentation is searched. A turn may be taken again after a crash: a message has one reply.
"""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime

from bot.chat.deciding import Context, Decision, Desk, conclude, consider, hear, is_about_keeping
from bot.chat.farewell import Farewell, tell_nobody
from bot.chat.keep import Outcome, keep_heard, keep_turn, touches_consent
from bot.chat.proving import Standing, load_standing
from bot.chat.turn_events import Behind, Delta, Deltas, Forgotten, Listened, Replied
from bot.chat.understand import facts_after
from bot.chat.voice import Voice
from bot.chat.wording import WordedTurn
from bot.domain.conversation import (
    Author,
    Conversation,
    ConversationId,
    ConversationStatus,
    Message,
    MessageId,
)
from bot.domain.dialogue import Move
from bot.domain.errors import VersionConflictError
from bot.domain.facts import Fact
from bot.domain.interrupted import without_interruption
from bot.domain.questions import A_DAY
from bot.store import (
    AlreadyAnsweredError,
    Connection,
    Database,
    conversations,
    facts,
    leads,
    put_questions,
    visitor_line,
)

HISTORY_LIMIT = 1_000
"""The latest messages of a conversation that a turn looks back on."""
ATTEMPTS = 3
"""How often a turn is thought through when the conversation moves under it. The last time it is kept as it is: turns
of a conversation run one after another, so that only further messages of the visitor can have come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """Takes turns. `desk_of` returns a site's current desk; it may change between turns.

    `stage` is entered around each stage of a turn; `on_reply` hears of each kept reply, with its site.
    """

    db: Database
    desk_of: Callable[[str], Desk]
    clock: Callable[[], datetime]
    new_id: Callable[[str], str]
    stage: Callable[[str], AbstractContextManager[object]] = nullcontext
    on_reply: Callable[[str, Message], None] = lambda *_: None
    farewell: Farewell = tell_nobody

    def voice_of(self, site_id: str) -> Voice | None:
        """Return how the site speaks, as far as it is served here."""
        try:
            return self.desk_of(site_id).voice
        except KeyError:
            return None

    async def take_turn(
        self, conversation_id: ConversationId, message_id: MessageId, read_ahead: Context | None = None
    ) -> AsyncIterator[Delta | Replied | Forgotten | Behind | Listened]:
        """Answer one accepted message, streaming the reply's words and then the stored reply.

        Yields nothing when the message is answered already, `Listened` when it is left to an operator, and only which
        come first when earlier messages wait for their replies. `read_ahead` is what was read with the message; when
        the conversation has moved since, it is read again.
        """
        model, said = WordedTurn(), Deltas(conversation_id, message_id)
        for attempt in range(ATTEMPTS):
            with self.stage("read"):
                context = read_ahead or await self.load_context(conversation_id, message_id)
            if context is None:
                return
            read_ahead, is_over, is_last = None, False, attempt == ATTEMPTS - 1
            is_others = self.is_left_to_operator(context)
            taken = self.listen(context) if is_others else self.answer(context, model, said, is_last=is_last)
            async for event in taken:
                is_over = not isinstance(event, Delta)
                yield event
            if is_over:
                return

    async def answer(
        self, context: Context, model: WordedTurn, said: Deltas, *, is_last: bool
    ) -> AsyncIterator[Delta | Replied | Forgotten | Behind]:
        """Answer the message as it was read; ends with a delta when the conversation moved on meanwhile."""
        if context.left_open:
            yield Behind(message_ids=context.left_open)
            return
        desk = self.desk_for(context)
        with self.stage("think"):
            thought = await consider(context, desk)
        with self.stage("word") if desk.generator is not None else nullcontext():
            thought = await model.complete(thought, context, desk)
            async for words in model.word(thought, context, desk, new_id=self.new_id):
                yield said.next(words)
        decision = conclude(thought, context, desk, new_id=self.new_id, worded=model.result(thought))
        if decision.step.move is Move.FORGOTTEN:
            yield await self.forget(context)
            return
        for delta in said.rest_of(decision.reply.text):
            yield delta
        with self.stage("keep"):
            message = await self.keep_unless_moved(context, decision, desk, may_have_moved=is_last)
        if message is not None:
            as_kept = not touches_consent(decision.understood)
            yield Replied(message=message, is_verbatim=as_kept)

    async def listen(self, context: Context) -> AsyncIterator[Listened]:
        """Keep what the visitor tells an operator; yields nothing when the bot is to answer again."""
        if hear(context, self.desk_for(context)) is None:
            yield Listened(has_learned=False)
            return
        with self.stage("keep"):
            listened = await self.db.write_at_once(
                lambda connection: self.keep_heard(connection, context.message),
                visitor_line(context.conversation.visitor_id),
            )
        if listened is not None:
            yield listened

    async def keep_heard(self, connection: Connection, message: Message) -> Listened | None:
        """Read the message again where nobody else changes its conversation meanwhile, and keep what it tells.

        None when the conversation is the bot's again.
        """
        conversation = await conversations.hold(connection, message.conversation_id)
        if conversation is None:
            return Listened(has_learned=False)
        context = await self.look_back(connection, conversation, message.message_id)
        if context is None:
            return Listened(has_learned=False)
        if not self.is_left_to_operator(context):
            return None
        desk = self.desk_for(context)
        heard = hear(context, desk)
        if heard is not None:
            await keep_heard(
                connection,
                heard,
                voice=desk.voice,
                tell=desk.tell,
                address_keys=desk.address_keys,
                new_id=self.new_id,
            )
        return Listened(has_learned=heard is not None)

    def is_left_to_operator(self, context: Context) -> bool:
        """Whether an operator has the conversation, and the message is not about what is kept of the visitor."""
        return context.is_others and not is_about_keeping(context, self.desk_for(context))

    def desk_for(self, context: Context) -> Desk:
        """Return the site's desk as it speaks to the visitor."""
        return self.desk_of(context.conversation.site_id).heard_in(context.conversation.locale)

    async def forget(self, context: Context) -> Forgotten:
        """Erase everything of the visitor, the conversation included."""
        visitor_id = context.conversation.visitor_id
        at = self.clock()
        async with self.db.write() as connection:
            await self.farewell(connection, visitor_id, at)
            await leads.erase_visitor(connection, visitor_id, at=at)
        return Forgotten(visitor_id=visitor_id)

    async def keep_unless_moved(
        self, context: Context, decision: Decision, desk: Desk, *, may_have_moved: bool
    ) -> Message | None:
        """Store the turn; None when the conversation moved on meanwhile and must be read again."""
        expected = None if may_have_moved else context.conversation.version
        try:
            return await self.keep(context, decision, desk, expected_version=expected)
        except VersionConflictError:
            return None
        except AlreadyAnsweredError as answered:
            return answered.message

    async def load_context(self, conversation_id: ConversationId, message_id: MessageId) -> Context | None:
        """Read what the turn looks back on, or None when there is nothing to answer."""
        return await self.db.read_at_once(
            lambda connection: self.read_context(connection, conversation_id, message_id)
        )

    async def read_context(
        self, connection: Connection, conversation_id: ConversationId, message_id: MessageId
    ) -> Context | None:
        """Read it in this transaction."""
        conversation = await conversations.find(connection, conversation_id)
        return None if conversation is None else await self.look_back(connection, conversation, message_id)

    async def look_back(
        self, connection: Connection, conversation: Conversation, message_id: MessageId
    ) -> Context | None:
        """Read what a turn of the conversation, as it is in this transaction, looks back on."""
        conversation_id = conversation.conversation_id
        after = max(0, conversation.head_seq - HISTORY_LIMIT)
        said = await conversations.messages(connection, conversation_id, after=after, limit=HISTORY_LIMIT)
        message = next((m for m in said if m.message_id == message_id), None)
        if message is None or any(m.in_reply_to == message_id for m in said):
            return None
        log = await facts.of_visitor(connection, conversation.visitor_id)
        known = facts_after({}, log)
        history = without_interruption([m for m in said if m.seq < message.seq], message)
        return Context(
            conversation=conversation,
            message=message,
            history=history,
            fact_log=tuple(log),
            known=known,
            left_open=await self.find_left_open(connection, conversation, history, message),
            standing=await self.load_standing(connection, conversation, known),
            asked_elsewhere=await self.load_asked_elsewhere(connection, conversation, at=message.at),
        )

    async def find_left_open(
        self,
        connection: Connection,
        conversation: Conversation,
        history: Sequence[Message],
        message: Message,
    ) -> tuple[MessageId, ...]:
        """Return the earlier messages that wait for the bot; asks the database only where one has no reply."""
        replied = {m.in_reply_to for m in history}
        is_bots = conversation.status is ConversationStatus.BOT
        if not is_bots or all(m.message_id in replied for m in history if m.author is Author.VISITOR):
            return ()
        earlier = await conversations.left_open(connection, message.conversation_id, before_seq=message.seq)
        return tuple(earlier)

    async def load_standing(
        self, connection: Connection, conversation: Conversation, known: Mapping[str, Fact]
    ) -> Standing | None:
        """Read what was proved of the visitor's addresses, where the site sends codes."""
        desk = self.desk_of(conversation.site_id)
        if desk.codes is None:
            return None
        return await load_standing(
            connection, conversation, known, desk.voice, desk.address_keys, now=self.clock()
        )

    async def load_asked_elsewhere(
        self, connection: Connection, conversation: Conversation, *, at: datetime
    ) -> tuple[datetime, ...]:
        """Read when the visitor was put questions in other conversations of a day, where that is limited."""
        if self.desk_of(conversation.site_id).voice.playbook.max_questions_a_day is None:
            return ()
        but, visitor = conversation.conversation_id, conversation.visitor_id
        return tuple(await put_questions.put_since(connection, visitor, at - A_DAY, but=but))

    async def keep(
        self, context: Context, decision: Decision, desk: Desk, *, expected_version: int | None
    ) -> Message:
        """Store the reply and everything the turn learned in one transaction."""
        outcome = Outcome(
            heard=context.heard_as(decision.understood, decision.judged),
            expected_version=expected_version,
            reply=decision.reply,
            gaps=decision.gaps,
            deed=decision.deed,
            address_keys=desk.address_keys,
        )
        at = self.clock()
        message = await self.db.write_at_once(
            lambda connection: keep_turn(
                connection,
                outcome,
                voice=desk.voice,
                tell=desk.tell,
                at=at,
                new_id=self.new_id,
            ),
            visitor_line(context.conversation.visitor_id),
        )
        self.on_reply(context.conversation.site_id, message)
        return message
