"""Which of several readings of a message is kept. Pure."""

from collections.abc import Iterator, Sequence

from bot.domain.facts import FactState, ReadFact
from bot.domain.slots import Slot, SlotKind

_TOLD_APART = (SlotKind.BOOLEAN, SlotKind.CHOICE, SlotKind.TEXT)


def first_of_kind(slots: Sequence[Slot]) -> Iterator[Slot]:
    """Unasked, only the first slot of a kind is read, two team sizes cannot be told apart; and those with words."""
    seen: set[SlotKind] = set()
    for slot in slots:
        counts_things = slot.kind is SlotKind.QUANTITY and bool(slot.words)
        if counts_things or slot.kind not in seen or slot.kind in _TOLD_APART:
            seen |= set() if counts_things else {slot.kind}
            yield slot


def better(old: ReadFact | None, new: ReadFact) -> ReadFact:
    """Keep what is known over what is not, and of two alike the surer, then the later one."""
    if old is None:
        return new
    if (old.state is FactState.KNOWN) != (new.state is FactState.KNOWN):
        return old if old.state is FactState.KNOWN else new
    return new if new.confidence >= old.confidence else old


def is_outranked(slot: Slot, fact: ReadFact) -> bool:
    """Whether the answer to the question put is to be read over what was read of its slot unasked."""
    return slot.kind in (SlotKind.TEXT, SlotKind.CHOICE) and fact.state is not FactState.KNOWN
