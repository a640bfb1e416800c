"""Put a decided step into words: the answer or the acknowledgement first, then the one question. Pure.

What the documentation says is quoted as it stands; everything else comes from `phrases` or the playbook.
"""

from collections.abc import Iterator, Sequence

from bot.chat.phrases import phrase
from bot.chat.voice import Voice
from bot.domain.answer import Answer
from bot.domain.conversation import Choice, Message, Reply
from bot.domain.dialogue import CHECK, CONSENT, FORGET, Move, Step
from bot.domain.facts import ReadFact

WORDS_A_DELTA = 3
"""Text streams in groups of words, so that a line never flickers letter by letter."""


def compose(step: Step, *, voice: Voice, answer: Answer | None, history: Sequence[Message]) -> Reply:
    """Return the reply that carries out the step."""
    opening = opening_of(step, voice=voice, answer=answer)
    question, choices = asking(step, voice=voice, history=history)
    answered = answer if step.move is Move.ANSWER else None
    if step.move is Move.SUGGEST and answer is not None and not choices:
        choices = tuple(Choice(id=s.question, label=s.question) for s in answer.suggestions)
    return Reply(
        text="\n\n".join(part for part in (opening, question) if part),
        kind=kind_of(step, answer),
        citations=answered.citations if answered else (),
        choices=choices,
        cards=answered.products if answered else (),
        asked=step.ask,
    )


def kind_of(step: Step, answer: Answer | None) -> str:
    """Return the kind a reply is stored with: the answer's own, or the move."""
    if step.move is Move.ANSWER and answer is not None:
        return answer.kind
    return "none" if step.move in {Move.ABSTAIN, Move.SUGGEST} else step.move.value


def opening_of(step: Step, *, voice: Voice, answer: Answer | None) -> str:
    """Return what is said before any question."""
    if step.move is Move.ANSWER and answer is not None and answer.text is not None:
        not_written = (phrase("not_written", voice.messages, subject=name) for name in answer.unknown)
        return "\n\n".join([answer.text, *not_written])
    if step.move is Move.CHECK_EMAIL:
        return ""
    if step.move is Move.PERSON and step.ask is None:
        return phrase("person_later", voice.messages)
    if step.move is Move.NOTED and step.ask == CONSENT:
        return ""
    return phrase(step.move.value, voice.messages, name=voice.name)


def asking(step: Step, *, voice: Voice, history: Sequence[Message]) -> tuple[str, tuple[Choice, ...]]:
    """Return the question's text and quick replies, empty when nothing is asked."""
    if step.ask is None:
        return "", ()
    if step.ask == CHECK and step.doubt is not None:
        return check_of(step.doubt, voice)
    if step.ask == CONSENT:
        return voice.consent_text, yes_or_no(voice, "consent")
    if step.ask == FORGET:
        return "", yes_or_no(voice, "forget")
    if step.move in {Move.ABSTAIN, Move.PERSON}:
        return phrase("ask_contact", voice.messages), ()
    question = voice.playbook.question_for(step.ask)
    if question is None:
        return "", ()
    return question.texts[len(history) % len(question.texts)], question.choices


def yes_or_no(voice: Voice, about: str) -> tuple[Choice, ...]:
    """Return the two answers to a question of ours, with the same weight."""
    return (
        Choice(id="yes", label=phrase(f"{about}_yes", voice.messages)),
        Choice(id="no", label=phrase(f"{about}_no", voice.messages)),
    )


def check_of(doubt: ReadFact, voice: Voice) -> tuple[str, tuple[Choice, ...]]:
    """Return the question whether an address is mistyped; its quick replies are what was meant, then what stands."""
    meant, typed = suggested(doubt), doubt.text
    text = phrase("check_email", voice.messages, address=typed, suggestion=meant)
    return text, (Choice(id=meant, label=meant), Choice(id=typed, label=typed))


def suggested(doubt: ReadFact) -> str:
    """Return the address that was probably meant."""
    return doubt.extractor.partition(":")[2]


def word_groups(text: str) -> Iterator[str]:
    """Cut a text into groups of words that join to exactly the same text."""
    words = text.split(" ")
    for start in range(0, len(words), WORDS_A_DELTA):
        group = " ".join(words[start : start + WORDS_A_DELTA])
        yield group if start + WORDS_A_DELTA >= len(words) else group + " "
