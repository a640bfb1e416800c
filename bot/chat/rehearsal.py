"""A conversation with the engine and no store around it: the same turns, held in memory.

What is understood, decided, worded, judged and masked is what `Turns` does; a test plays the same conversations on a
real store and compares them word for word. For thousands of conversations that nobody keeps.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

from bot.chat.deciding import Context, Decision, Desk, decide
from bot.chat.learned import Heard, Learned, learn, log_after, words_to_hide
from bot.chat.said import label_of
from bot.chat.understand import facts_after
from bot.domain.conversation import (
    Author,
    Choice,
    Consent,
    Conversation,
    ConversationId,
    ConversationStatus,
    Message,
    MessageId,
    SiteId,
    VisitorId,
)
from bot.domain.dialogue import Move
from bot.domain.facts import Fact
from bot.domain.masking import without

BETWEEN_MESSAGES = timedelta(seconds=20)


class Rehearsal:
    """One visitor's conversation; `messages` and `learned` are as they stand after the last turn.

    `learned` is None before the first turn and once everything was deleted at the visitor's wish.
    """

    def __init__(self, desk: Desk, *, now: datetime) -> None:
        self._desk = desk
        self._now = now
        self._numbers = count(1)
        self._start()

    def _start(self) -> None:
        self.messages: list[Message] = []
        self.learned: Learned | None = None
        self.consent = Consent.NOT_ASKED
        self.fact_log: list[Fact] = []

    async def say(self, text: str) -> Message | None:
        """Say something as the visitor; return the reply, None when everything was deleted instead."""
        self._now += BETWEEN_MESSAGES
        context = self._context(self._message(Author.VISITOR, text))
        decision = await decide(context, self._desk, new_id=self._new_id)
        if decision.step.move is Move.FORGOTTEN:
            self._start()
            return None
        return self._keep(context, decision)

    async def press(self, choice: str) -> Message | None:
        """Press the quick reply with that id under the bot's last message."""
        return await self.say(label_of(choice, self.messages[-1] if self.messages else None))

    def _context(self, message: Message) -> Context:
        return Context(
            conversation=Conversation(
                conversation_id=message.conversation_id,
                site_id=SiteId("rehearsal"),
                visitor_id=VisitorId("v1"),
                status=ConversationStatus.BOT,
                consent=self.consent,
                version=message.seq,
                head_seq=message.seq,
                started_at=self._now,
            ),
            message=message,
            history=tuple(self.messages),
            fact_log=tuple(self.fact_log),
            known=facts_after({}, self.fact_log),
        )

    def _keep(self, context: Context, decision: Decision) -> Message:
        understood, said = decision.understood, decision.reply
        reply = self._message(Author.BOT, said.text, after=context.message.seq)
        reply = replace(
            reply,
            kind=said.kind,
            asked=said.asked,
            citations=said.citations,
            choices=said.choices,
            cards=said.cards,
        )
        heard = Heard(
            conversation=context.conversation,
            message=context.message,
            history=context.history,
            fact_log=context.fact_log,
            understood=understood,
            judged=decision.judged,
        )
        self.messages += [context.message, reply]
        self._mask(understood.gone)
        stopped_before = self.learned.stopped_at if self.learned else None
        self.learned = learn(heard, reply, stopped_before, voice=self._desk.voice)
        if understood.consent is Consent.WITHDRAWN and understood.decides:
            self._mask(words_to_hide(heard, self._desk.voice))
        self.fact_log = log_after(heard, self._desk.voice)
        self.consent = understood.consent
        return self.messages[-1]

    def _mask(self, private: Sequence[str]) -> None:
        if not private:
            return
        self.messages = [
            replace(
                message,
                text=without(message.text, private),
                choices=tuple(
                    Choice(id=without(choice.id, private), label=without(choice.label, private))
                    for choice in message.choices
                ),
            )
            for message in self.messages
        ]

    def _new_id(self, kind: str) -> str:
        return f"{kind}{next(self._numbers)}"

    def _message(self, author: Author, text: str, *, after: int | None = None) -> Message:
        return Message(
            message_id=MessageId(self._new_id("m")),
            conversation_id=ConversationId("c1"),
            seq=(len(self.messages) if after is None else after) + 1,
            author=author,
            text=text,
            at=self._now,
        )
