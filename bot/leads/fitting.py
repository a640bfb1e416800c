"""What a lead's facts say of what would fit them, and what does, as a draft tells it.

Pure. Nothing is said to fit but what the site's own tables say, by facts that the visitor told.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.domain.answer import Fit, Sought
from bot.domain.conditions import HEADS, TIMES_A_YEAR
from bot.domain.facts import Fact, FactState
from bot.domain.slots import Slot, SlotKind

PEOPLE = re.compile(
    r"team|people|seat|user|employee|head ?count|staff|person|mitarbeiter|nutzer|plätze|équipe|utilisateur|salarié"
    r"|equipo|usuario|emplead",
    re.IGNORECASE,
)
"""What the slot of a number is called that counts who would use it, and not what is ordered."""
KINDS: Mapping[str, SlotKind] = {
    "people": SlotKind.QUANTITY,
    "need": SlotKind.NEED,
    "money": SlotKind.MONEY,
}


def sought_of(facts: Mapping[str, Fact], slots: Sequence[Slot], *, language: str) -> Sought:
    """Return what the current facts say of what would fit."""
    people = _value(facts, slots, SlotKind.QUANTITY)
    money = _value(facts, slots, SlotKind.MONEY) or {}
    need = _value(facts, slots, SlotKind.NEED)
    counted = (people["min"], people["max"]) if people else None
    amount = money.get("max")
    times = _times(money.get("per"), counted[0] if counted else None)
    return Sought(
        people=counted,
        need=need,
        yearly=amount * times if amount is not None and times is not None else None,
        once=amount if not money.get("per") else None,
        currency=money.get("currency"),
        language=language,
    )


def quotes_for(fit: Fit, facts: Mapping[str, Fact], slots: Sequence[Slot]) -> list[str]:
    """Return the visitor's words by which it fits."""
    said = (_fact(facts, slots, KINDS[by]) for by in fit.by)
    return [fact.quote for fact in said if fact is not None and fact.quote]


def _value(facts: Mapping[str, Fact], slots: Sequence[Slot], kind: SlotKind) -> Any:
    fact = _fact(facts, slots, kind)
    return None if fact is None else fact.value


def _fact(facts: Mapping[str, Fact], slots: Sequence[Slot], kind: SlotKind) -> Fact | None:
    return next((fact for slot, fact in _known(facts, slots, kind) if _is_meant(slot, fact)), None)


def _known(facts: Mapping[str, Fact], slots: Sequence[Slot], kind: SlotKind) -> Iterator[tuple[Slot, Fact]]:
    for slot in slots:
        fact = facts.get(slot.id)
        if slot.kind is kind and fact is not None and fact.state is FactState.KNOWN:
            yield slot, fact


def _is_meant(slot: Slot, fact: Fact) -> bool:
    match slot.kind:
        case SlotKind.QUANTITY:
            name = f"{slot.id} {slot.label}".replace("_", " ")
            return isinstance(fact.value, Mapping) and PEOPLE.search(name) is not None
        case SlotKind.MONEY:
            return isinstance(fact.value, Mapping)
        case _:
            return isinstance(fact.value, str)


def _times(per: str | None, heads: float | None) -> float | None:
    """Return what makes an amount a year's, None where that cannot be told."""
    times = 1.0
    for unit in (per or "").split("/"):
        factor = heads if unit in HEADS else TIMES_A_YEAR.get(unit)
        if factor is None:
            return None
        times *= factor
    return times
