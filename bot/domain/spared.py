"""Which questions a message makes needless for the moment: a product named is what is looked for. Pure."""

import re
from collections.abc import Iterator, Sequence

from bot.domain.answer import Answer
from bot.domain.facts import FactState, ReadFact
from bot.domain.playbook import Playbook
from bot.domain.slots import Slot, SlotKind

_FLAGS = re.IGNORECASE
_AIM = re.compile(
    r"(?<!\w)(?:products?|items?|models?|articles?|interests?|looking\s+for|produkte?|artikel|modelle?|interesse|"
    r"produits?|mod[èe]les?|productos?|art[íi]culos?|modelos?)(?!\w)",
    _FLAGS,
)
_AIM_KINDS = frozenset({SlotKind.NEED, SlotKind.TEXT, SlotKind.CHOICE})
_WHICH = re.compile(
    r"\b(?:which|what)(?:\s+(?:one\s+)?of)?(?:\s+(?!do\b|does\b|did\b|is\b|are\b)[\w-]+){1,4}?\s+(?:has|have|is|are|fits?|suits?|"
    r"lasts?|goes|holds?|carr(?:y|ies)|weighs?|would|should\s+i|do\s+you\s+recommend|can\s+i)\b|"
    r"\bwelche[rs]?\s+[\w-]+\s+(?:hat|haben|ist|sind|passt|passen|eignet|empfehlen)\b|"
    r"\bquel(?:le)?s?\s+[\w-]+\s+(?:a|ont|est|sont|convient|conviennent)\b|"
    r"\bqu[ée]\s+[\w-]+\s+(?:tiene|es|sirve)\b",
    _FLAGS,
)
"""Which of a kind is asked for: "Which tent is the lightest?"."""
_PROPER = re.compile(r"(?<=\w\s)(?:[A-ZÀ-Þ][\w'-]+\s+(?:[A-ZÀ-Þ][\w'-]+|\d+\w*)|[A-Z]+-?\d+\w*)(?!\w)")
"""A name of two words, or with a number, inside a sentence: "the Tern Small", "a KX200"."""


def aims(playbook: Playbook) -> frozenset[str]:
    """Return the slots that ask what the visitor is after: what they need, and which product."""
    return frozenset(slot.id for slot in playbook.slots if _is_aim(slot))


def _is_aim(slot: Slot) -> bool:
    names = " ".join((slot.id.replace("_", " "), slot.label, *slot.words))
    return slot.kind is SlotKind.NEED or (slot.kind in _AIM_KINDS and _AIM.search(names) is not None)


def spared(
    playbook: Playbook,
    *,
    question: str | None,
    answer: Answer | None,
    new_facts: Sequence[ReadFact],
    just_asked: str | None,
) -> frozenset[str]:
    """Return the slots that are not asked for right after this message.

    Args:
        playbook: what the site wants to know.
        question: what the message asks of the documentation.
        answer: what was found.
        new_facts: what the message tells.
        just_asked: what the bot's latest message asked for.
    """
    by_aim = aims(playbook)
    is_named = any(_names_product(text, answer) for text in _said(question, new_facts, by_aim))
    is_aimed = is_named or (question is not None and _WHICH.search(question) is not None)
    is_aimed = is_aimed or bool(answer is not None and answer.products)
    is_twice = just_asked in by_aim or any(fact.slot in by_aim for fact in new_facts)
    sums = {slot.id for slot in playbook.slots if slot.kind is SlotKind.MONEY}
    return frozenset((by_aim if is_aimed or is_twice else set()) | (sums if is_named else set()))


def _said(question: str | None, new_facts: Sequence[ReadFact], by_aim: frozenset[str]) -> Iterator[str]:
    if question is not None:
        yield question
    yield from (fact.text for fact in new_facts if fact.slot in by_aim and fact.state is FactState.KNOWN)


def _names_product(text: str, answer: Answer | None) -> bool:
    names = () if answer is None else (product.name.lower() for product in answer.products)
    return _PROPER.search(text) is not None or any(name in text.lower() for name in names)
