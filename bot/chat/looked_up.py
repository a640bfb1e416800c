"""What a message is taken for once the documentation was asked: a question it answers, or an answer to ours. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.chat.kept_facts import kept_facts
from bot.chat.understand import Understood, taken_as_question
from bot.chat.voice import Voice
from bot.domain.answer import Answer
from bot.domain.conversation import Message
from bot.domain.dialogue import Move, Step, last_asked
from bot.domain.reading import (
    Act,
    asks_something,
    find_private,
    read_message,
    read_unread,
    tells_nothing_of_them,
)


def meant_for_documentation(answer: Answer, *, voice: Voice, now: datetime) -> Answer:
    """Keep of what was left unanswered only what the documentation could answer, and tells of nobody."""

    def is_meant(question: str) -> bool:
        slots, region = voice.playbook.slots, voice.region
        is_asked = read_message(question, slots=slots, asked=None, now=now, region=region).act is Act.QUESTION
        return is_asked and not find_private(question, region=region)

    if not answer.unanswered:
        return answer
    return replace(answer, unanswered=tuple(one for one in answer.unanswered if is_meant(one)))


def gaps_after(step: Step, understood: Understood, answer: Answer | None) -> tuple[str, ...]:
    """Return the questions that a reply leaves unanswered: all that was asked, or a part of it."""
    if step.move is Move.ANSWER and answer is not None:
        return answer.unanswered
    asked = understood.reading.question
    return (asked,) if step.move is Move.ABSTAIN and asked is not None else ()


def in_light_of(
    answer: Answer | None,
    understood: Understood,
    message: Message,
    *,
    history: Sequence[Message],
    voice: Voice,
) -> tuple[Understood, Answer | None]:
    """Return the message as it is meant, and what answers it.

    Who only says to be ready to buy asked for nothing that could be missing.
    Short words after a question of ours that no page answers are no question to the documentation: they are noted as
    the answer they are, and nobody is told of a gap; what is said of others leaves our question open.
    """
    if answer is None:
        return understood, None
    if answer.kind != "none":
        return taken_as_question(understood), answer
    if _only_goes_ahead(understood, message.text):
        reading = replace(understood.reading, act=Act.STATEMENT, question=None)
        return replace(understood, reading=reading), None
    slot = voice.playbook.slot(last_asked(history) or "")
    is_bare = understood.reading.act is Act.QUESTION and not (understood.facts or understood.reading.signals)
    if slot is None or not is_bare or answer.suggestions:
        return understood, answer
    unread = read_unread(message.text, slot)
    if unread is None:
        return understood, answer
    reading = replace(understood.reading, act=Act.STATEMENT, question=None)
    if tells_nothing_of_them(message.text):
        return replace(understood, reading=reading), None
    consent, private = understood.consent, understood.private
    kept = kept_facts(message, (unread,), (), consent=consent, private=private, voice=voice)
    return replace(understood, reading=reading, facts=(unread,), kept=(*understood.kept, *kept)), None


def _only_goes_ahead(understood: Understood, text: str) -> bool:
    reading = understood.reading
    return reading.is_ready and reading.act is Act.QUESTION and not asks_something(text)
