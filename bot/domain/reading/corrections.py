"""Corrections: "actually 50, not 15", "sorry, I meant March", and the slot they mean."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.facts import Fact, FactState, ReadFact
from bot.domain.reading.dates import find_dates
from bot.domain.reading.money import find_money
from bot.domain.reading.numbers import find_numbers
from bot.domain.slots import Slot, SlotKind

_CORRECTION = re.compile(
    r"^\W*(?:oh\s+|ah\s+|no\s*,?\s+|oops\W+|wait\W+|hm+\W+|well\W+)*(?:actually|sorry|correction|"
    r"i\s+mean(?:t)?|make\s+(?:that|it)|scratch\s+that|wait|oops|rather|my\s+(?:mistake|bad)|"
    r"let\s+me\s+correct|not\s+\S+\s+but|typo|"
    r"i\s+misspoke|better\s+say|to\s+be\s+(?:precise|exact)|entschuldigung|korrektur|ich\s+meinte|eigentlich|doch\s+eher|"
    r"pardon|en\s+fait|plut[ôo]t|je\s+voulais\s+dire|perd[óo]n|en\s+realidad|mejor|quer[íi]a\s+decir)\b|\b(?:i\s+meant|should\s+(?:be|"
    r"have\s+been|say)|,?\s+not\s+\d|instead\s+of\s+\d|correction)\b",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    r"\b(?:not|instead\s+of|rather\s+than)\s+(?:the\s+|about\s+|by\s+|in\s+)?(?P<old>[^,.;!?]+)",
    re.IGNORECASE,
)


_HAS_AFTER_ALL = re.compile(
    r"\b(?:we|i)\s+(?:do|now|actually)\s+have\b|\bhave\b.{0,40}\bafter\s+all\b", re.IGNORECASE
)
_THOUSANDS = re.compile(r"\d\s?k\b|\bgrand\b", re.IGNORECASE)


def says_correction(text: str) -> bool:
    """Tell whether a message takes back something said before."""
    return _CORRECTION.search(text) is not None


def find_corrected_slot(
    text: str, slots: Sequence[Slot], known: Mapping[str, Fact], *, asked: Slot | None = None
) -> Slot | None:
    """Return the slot a bare correction means: the one that held the old figure, else the last one told.

    None where it answers the question just put; "we do have 20000" turns to what was said not to be there.
    """
    has_after_all = _HAS_AFTER_ALL.search(text) is not None
    if not (has_after_all or says_correction(text)):
        return None
    states = (FactState.NONE,) if has_after_all else (FactState.KNOWN,)
    facts = [
        (slot, fact) for slot in slots if (fact := known.get(slot.id)) is not None and fact.state in states
    ]
    kinds = _kinds_in(text, {slot.kind for slot, _ in facts})
    if asked is not None and asked.kind in kinds:
        return None
    fitting = [(slot, fact) for slot, fact in facts if slot.kind in kinds]
    if (instead := _INSTEAD.search(text)) and (numbers := find_numbers(instead.group("old"))):
        for slot, fact in fitting:
            if isinstance(fact.value, dict) and numbers[0].value in (
                fact.value.get("min"),
                fact.value.get("max"),
            ):
                return slot
    return max(fitting, key=lambda pair: pair[1].at)[0] if fitting else None


def _kinds_in(text: str, told: set[SlotKind]) -> frozenset[SlotKind]:
    if find_money(text) or (SlotKind.MONEY in told and _THOUSANDS.search(text)):
        return frozenset({SlotKind.MONEY})
    dates = find_dates(text)
    if any(not any(date.start <= number.start < date.end for date in dates) for number in find_numbers(text)):
        return frozenset({SlotKind.QUANTITY, SlotKind.MONEY})
    return frozenset({SlotKind.TIMELINE} if any(span.kind not in ("year", "time") for span in dates) else ())


def replaces(facts: Sequence[ReadFact], known: Mapping[str, Fact]) -> bool:
    """Tell whether a fact takes the place of another known value."""
    return any(
        (old := known.get(fact.slot)) is not None
        and old.state is FactState.KNOWN
        and (
            fact.state is FactState.NONE
            or (fact.state is FactState.KNOWN and _differs(old.value, fact.value))
        )
        for fact in facts
    )


def _differs(old: Any, new: Any) -> bool:
    """Whether two values contradict each other: a currency or period left out the second time does not."""
    if isinstance(old, dict) and isinstance(new, dict) and "currency" in new:
        return any(
            old.get(key) != new.get(key)
            and (key in ("min", "max") or (old.get(key) is not None and new.get(key) is not None))
            for key in new
        )
    return bool(old != new)
