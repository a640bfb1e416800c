"""Corrections: "actually 50, not 15", "sorry, I meant March", and the slot they mean."""

import re
from collections.abc import Mapping, Sequence

from bot.domain.facts import Fact, FactState
from bot.domain.reading.dates import find_dates
from bot.domain.reading.money import find_money
from bot.domain.reading.numbers import find_numbers
from bot.domain.slots import Slot, SlotKind

_CORRECTION = re.compile(
    r"^\W*(?:oh\s+|ah\s+|no\s*,?\s+|oops\W+|wait\W+|hm+\W+|well\W+)*(?:actually|sorry|correction|"
    r"i\s+mean(?:t)?|make\s+(?:that|it)|scratch\s+that|wait|oops|rather|my\s+(?:mistake|bad)|"
    r"let\s+me\s+correct|not\s+\S+\s+but|typo|"
    r"i\s+misspoke|better\s+say|to\s+be\s+(?:precise|exact))\b|\b(?:i\s+meant|should\s+(?:be|"
    r"have\s+been|say)|,?\s+not\s+\d|instead\s+of\s+\d|correction)\b",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    r"\b(?:not|instead\s+of|rather\s+than)\s+(?:the\s+|about\s+|by\s+|in\s+)?(?P<old>[^,.;!?]+)",
    re.IGNORECASE,
)


def says_correction(text: str) -> bool:
    """Tell whether a message takes back something said before."""
    return _CORRECTION.search(text) is not None


def find_corrected_slot(text: str, slots: Sequence[Slot], known: Mapping[str, Fact]) -> Slot | None:
    """Return the slot a bare correction means: the one that held the old figure, else the last one told."""
    if not says_correction(text):
        return None
    facts = [
        (slot, fact)
        for slot in slots
        if (fact := known.get(slot.id)) is not None and fact.state is FactState.KNOWN
    ]
    fitting = [(slot, fact) for slot, fact in facts if slot.kind in _kinds_in(text)]
    if (instead := _INSTEAD.search(text)) and (numbers := find_numbers(instead.group("old"))):
        for slot, fact in fitting:
            if isinstance(fact.value, dict) and numbers[0].value in (
                fact.value.get("min"),
                fact.value.get("max"),
            ):
                return slot
    return max(fitting, key=lambda pair: pair[1].at)[0] if fitting else None


def _kinds_in(text: str) -> frozenset[SlotKind]:
    if find_money(text):
        return frozenset({SlotKind.MONEY})
    if any(span.kind not in ("year", "time") for span in find_dates(text)):
        return frozenset({SlotKind.TIMELINE})
    if find_numbers(text):
        return frozenset({SlotKind.QUANTITY, SlotKind.MONEY})
    return frozenset()
