"""Corrections: "actually 50, not 15", "sorry, I meant March", and the slot they mean."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
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
    r"i\s+misspoke|i\s+was\s+wrong|ups|tippfehler|(?:ich\s+)?(?:habe?\s+)?mich\s+(?:vertan|vertippt|geirrt)|"
    r"je\s+(?:me\s+suis\s+tromp[ée]e?|corrige)|me\s+(?:he\s+)?equivo(?:qu[ée]|cado)|corrijo|better\s+say|to\s+be\s+(?:precise|exact)|entschuldigung|korrektur|ich\s+meinte|eigentlich|doch\s+eher|"
    r"pardon|en\s+fait|plut[ôo]t|je\s+voulais\s+dire|perd[óo]n|en\s+realidad|mejor|quer[íi]a\s+decir)\b|\b(?:i\s+meant|should\s+(?:be|"
    r"have\s+been|say)|correction)\b",
    re.IGNORECASE,
)
_NO_FIGURE = re.compile(
    r"\W*(?:no+|nope|nein|nö|non)\W+(?:about\s+|etwa\s+|environ\s+|unos\s+)?\d{1,6}\W*", re.IGNORECASE
)
_MEANT = re.compile(
    r"\b(?:i\s+meant|i\s+misspoke|typo|tippfehler|ich\s+meinte|je\s+voulais\s+dire|quer[íi]a\s+decir)\b",
    re.IGNORECASE,
)
"""Words that look back on what was told, whatever was asked since."""
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
    """Return the slot a bare correction means, the last one told that fits by its kind.

    None where it answers the question just put; "we do have 20000" turns to what was said not to be there.
    """
    has_after_all = _HAS_AFTER_ALL.search(text) is not None
    if not (has_after_all or says_correction(text) or _NO_FIGURE.fullmatch(text)):
        return None
    states = (FactState.NONE,) if has_after_all else (FactState.KNOWN,)
    facts = [
        (slot, fact) for slot in slots if (fact := known.get(slot.id)) is not None and fact.state in states
    ]
    kinds = _kinds_in(text, {slot.kind for slot, _ in facts})
    if asked is not None and asked.kind in kinds and not _MEANT.search(text):
        return None
    fitting = [(slot, fact) for slot, fact in facts if slot.kind in kinds]
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


def in_terms_of(old: Fact, facts: Sequence[ReadFact]) -> tuple[ReadFact, ...]:
    """Return facts with the corrected sum in the currency and period of `old`, where it names none: "sorry, 30k"."""
    return tuple(_in_terms_of(old, fact) if fact.slot == old.slot else fact for fact in facts)


def _in_terms_of(old: Fact, fact: ReadFact) -> ReadFact:
    if not isinstance(old.value, dict) or not isinstance(fact.value, dict):
        return fact
    left_out = {name: old.value.get(name) for name in ("currency", "per") if fact.value.get(name, "") is None}
    return replace(fact, value=fact.value | left_out)


def _differs(old: Any, new: Any) -> bool:
    """Whether two values contradict each other: a currency or period left out the second time does not."""
    if isinstance(old, dict) and isinstance(new, dict) and "currency" in new:
        return any(
            old.get(key) != new.get(key)
            and (key in ("min", "max") or (old.get(key) is not None and new.get(key) is not None))
            for key in new
        )
    return bool(old != new)
