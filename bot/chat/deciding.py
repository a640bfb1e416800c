"""One message thought through: what it says, what answers it, and what the reply is to be.

`consider` looks things up; `conclude` is pure, so that it can be asked again when more is known.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.chat.compose import Scene, asking, compose
from bot.chat.generation.generate import Generator
from bot.chat.keep import TellOfLead
from bot.chat.learned import Heard
from bot.chat.looked_up import gaps_after, in_light_of, meant_for_documentation
from bot.chat.proving import CodeDeed, CodeRules, Standing, deed_of, verification_of
from bot.chat.understand import Understood, facts_after, taken_as_question, understand
from bot.chat.voice import Voice
from bot.domain.answer import Answer
from bot.domain.conversation import Conversation, ConversationStatus, Message, MessageId, Reply
from bot.domain.dialogue import Situation, Step, next_step
from bot.domain.facts import Fact, ReadFact
from bot.domain.forgetting import move_about_forgetting
from bot.domain.identity import AddressKeys, no_keys
from bot.domain.lead import Assessment
from bot.domain.scoring import assess
from bot.domain.verification import Verification

ANSWER_HISTORY = 6
"""Messages before the question that a follow-up may refer to."""

AnswerQuestion = Callable[[str, Sequence[tuple[str, str]], str | None], Awaitable[Answer]]
"""Answers a question, given what was said before, oldest first, and the visitor's locale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What one site brings to a turn: how it speaks, how it answers, who is told of a lead, how it proves addresses.

    `generator` words answers where the site has a language model; `version` names the knowledge it would remember
    them for; `address_keys` tells an address that the site vouches for.
    """

    voice: Voice
    answer: AnswerQuestion
    tell: TellOfLead
    codes: CodeRules | None = None
    generator: Generator | None = None
    version: str | None = None
    address_keys: AddressKeys = no_keys

    def heard_in(self, locale: str | None) -> "Desk":
        """Return the desk as it speaks to a visitor of that locale."""
        return replace(self, voice=self.voice.heard_in(locale))


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a turn looks back on; `left_open` are earlier messages that wait for their replies.

    `asked_elsewhere` is when the visitor was put questions in other conversations, where the playbook limits a day.
    """

    conversation: Conversation
    message: Message
    history: tuple[Message, ...]
    fact_log: tuple[Fact, ...]
    known: Mapping[str, Fact]
    left_open: tuple[MessageId, ...] = ()
    standing: Standing | None = None
    asked_elsewhere: tuple[datetime, ...] = ()

    def heard_as(self, understood: Understood, judged: Assessment) -> Heard:
        """Return the message as it was understood, with what stood before it."""
        return Heard(
            conversation=self.conversation,
            message=self.message,
            history=self.history,
            fact_log=self.fact_log,
            understood=understood,
            judged=judged,
        )

    @property
    def is_others(self) -> bool:
        """Whether the conversation is not the bot's: an operator answers."""
        return self.conversation.status is not ConversationStatus.BOT

    def earlier(self) -> list[tuple[str, str]]:
        """Return what a follow-up may refer to, oldest first, as (author, text)."""
        return [(m.author.value, m.text) for m in self.history[-ANSWER_HISTORY:]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thought:
    """A message as understood, with what answers it; `standalone` is the question completed where that found it."""

    understood: Understood
    answer: Answer | None
    standalone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """What a language model gave beside: the answer in its words, and facts that were taken."""

    answer: Answer | None = None
    facts: tuple[ReadFact, ...] = ()
    is_degraded: bool = False


UNWORDED = Worded()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A turn thought through: ready to be said and kept. `question` is the text of what is asked.

    `judged` is what everything that was said is worth, this message included; `gaps` are questions left unanswered.
    """

    understood: Understood
    judged: Assessment
    step: Step
    reply: Reply
    question: str = ""
    gaps: tuple[str, ...] = ()
    deed: CodeDeed | None = None


async def decide(context: Context, desk: Desk, *, new_id: Callable[[str], str]) -> Decision:
    """Understand the message, look its question up, and choose what to say, without a model."""
    return conclude(await consider(context, desk), context, desk, new_id=new_id)


def is_about_keeping(context: Context, desk: Desk) -> bool:
    """Whether the message is about what is kept of the visitor: that is done and answered whoever has them."""
    understood = understood_with((), context, desk)
    move = move_about_forgetting(understood.reading, understood.consent, context.history)
    is_declined = understood.decides or bool(understood.gone) or understood.reading.withdraws
    return is_declined or move is not None


def hear(context: Context, desk: Desk) -> Heard | None:
    """Understand a message that an operator answers; None where nothing of it is to be kept.

    Words that would be looked up, were it the bot's to answer, are taken for the question they may be.
    """
    understood = understood_with((), context, desk)
    if understood.reading.question is not None:
        understood = taken_as_question(understood)
    return context.heard_as(understood, judge(context, understood, desk)) if understood.kept else None


async def consider(context: Context, desk: Desk) -> Thought:
    """Understand the message, and look its question up."""
    understood = understood_with((), context, desk)
    answer = await look_up(understood.reading.question, context, desk)
    return Thought(understood=understood, answer=answer)


async def look_up(question: str | None, context: Context, desk: Desk) -> Answer | None:
    """Answer a question from the documentation; None when nothing is asked."""
    if question is None:
        return None
    answer = await desk.answer(question, context.earlier(), context.conversation.locale)
    return meant_for_documentation(answer, voice=desk.voice, now=context.message.at)


def conclude(
    thought: Thought, context: Context, desk: Desk, *, new_id: Callable[[str], str], worded: Worded = UNWORDED
) -> Decision:
    """Choose what to say, from what was found and what a model gave beside."""
    understood = understood_with(worded.facts, context, desk) if worded.facts else thought.understood
    answer = worded.answer or thought.answer
    understood, answer = in_light_of(
        answer, understood, context.message, history=context.history, voice=desk.voice
    )
    known = facts_after(context.known, understood.kept)
    verification = verification_in(context, understood, known, desk)
    judged = judge(context, understood, desk)
    step = next_step(
        Situation(
            playbook=desk.voice.playbook,
            facts=known,
            new_facts=understood.facts,
            history=context.history,
            reading=understood.reading,
            answer=answer,
            consent=understood.consent,
            now=context.message.at,
            stage=judged.stage,
            score=judged.score,
            verification=verification,
            asked_elsewhere=context.asked_elsewhere,
        )
    )
    scene = Scene(
        voice=desk.voice, answer=answer, history=context.history, facts=known, now=context.message.at
    )
    return Decision(
        understood=understood,
        judged=judged,
        step=step,
        reply=replace(compose(step, scene), degraded=worded.is_degraded),
        question=asking(step, scene)[0],
        gaps=gaps_after(step, understood, answer),
        deed=deed_of(step.move.value, verification, new_id, now=context.message.at),
    )


def judge(context: Context, understood: Understood, desk: Desk) -> Assessment:
    """Return what everything that was said is worth, this message included."""
    return assess(desk.voice.playbook, [*context.fact_log, *understood.kept], as_of=context.message.at)


def understood_with(proposed: Sequence[ReadFact], context: Context, desk: Desk) -> Understood:
    """Read the message, with facts that somebody else read in it; those that are kept of it already are not again."""
    understood = understand(
        context.message,
        history=context.history,
        known=context.known,
        consent=context.conversation.consent,
        voice=desk.voice,
        proposed=proposed,
    )
    had = {(fact.message_id, fact.slot) for fact in context.fact_log}
    this = context.message.message_id
    anew = tuple(fact for fact in understood.kept if fact.message_id != this or (this, fact.slot) not in had)
    return understood if len(anew) == len(understood.kept) else replace(understood, kept=anew)


def verification_in(
    context: Context, understood: Understood, known: Mapping[str, Fact], desk: Desk
) -> Verification | None:
    """Return what can be done about the visitor's address, where the site sends codes."""
    if desk.codes is None or context.standing is None:
        return None
    return verification_of(
        context.message,
        context.standing,
        known,
        consent=understood.consent,
        voice=desk.voice,
        rules=desk.codes,
    )
