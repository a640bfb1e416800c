"""Slots that a visitor names by the playbook's own words: "my order number is X-12", "the Pro plan"."""

import re
from collections.abc import Iterator

from bot.domain.facts import ReadFact
from bot.domain.reading.message_text import MessageText, make_fact
from bot.domain.reading.residence import read_country
from bot.domain.reading.said_facts import read_choice
from bot.domain.slots import Slot

_FLAGS = re.IGNORECASE
_IS = r"\s*(?:(?:is|are|will\s+be|would\s+be)\s+|[:=]\s*)"
_VALUE = r"(?P<value>[^\s.,;!?](?:[^.,;!?\n]|[.,](?=\w)){0,200})"
_DENIES = re.compile(r"\b(?:not|no|without|n.t)\s+(?:\w+\s+){0,3}$", _FLAGS)
_NOT = r"(?!(?:not|no|n't|none|never|unknown|what|which|how)\b)"


def read_named_text(message: MessageText, slot: Slot) -> Iterator[ReadFact]:
    """Yield what follows one of the slot's words: "our system is WordPress" where `system` is one of them."""
    yield from read_country(message, slot)
    for word in slot.words:
        found = re.search(rf"(?<!\w){re.escape(word)}{_IS}{_NOT}{_VALUE}", message.told, _FLAGS)
        if found:
            value = message.written[slice(*found.span("value"))].strip()
            yield make_fact(message, slot, found.span("value"), "text.named", value=value, confidence=0.8)
            return


def read_named_choice(message: MessageText, slot: Slot) -> Iterator[ReadFact]:
    """Yield the choices that are written out, and short ones beside a word that names the slot: "the Pro plan"."""
    yield from read_choice(message, slot)
    named = "|".join(re.escape(word) for word in slot.words)
    for choice in slot.choices if named else ():
        label = rf"(?<!\w)(?P<label>{re.escape(choice.label.strip())})(?!\w)"
        beside = rf"{label}\s+(?:{named})(?!\w)"
        after = rf"(?<!\w)(?:{named}){_IS}(?:the\s+)?{label}"
        for pattern in (beside, after):
            found = re.search(pattern, message.told, _FLAGS)
            if found and not re.search(
                r"\b(?:not|no|without|n.t)\s+(?:\w+\s+){0,3}$", message.told[: found.start("label")], _FLAGS
            ):
                yield make_fact(
                    message, slot, found.span("label"), "choice.named", value=choice.id, confidence=0.8
                )
                break
