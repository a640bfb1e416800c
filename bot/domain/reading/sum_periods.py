"""What a sum told before is for, said by itself: "per year" after "20k"."""

import re
from collections.abc import Mapping, Sequence

from bot.domain.facts import Fact, FactState, ReadFact
from bot.domain.reading.message_text import MessageText, make_fact
from bot.domain.reading.per import read_per
from bot.domain.slots import Slot, SlotKind

_LEAD = re.compile(
    r"\W*(?:(?:yes|that'?s|that\s+is|it'?s|and|i\s+mean|sorry|of\s+course|ja|das\s+ist|also|und|ich\s+meine|oui|c'est|et|enfin|sí|es|y|"
    r"o\s+sea|digo)\b[,\s]*){0,3}",
    re.IGNORECASE,
)
_LONGEST = 60
"""Characters; whoever writes more says more than a period."""


def read_period_alone(
    message: MessageText, slots: Sequence[Slot], known: Mapping[str, Fact]
) -> tuple[ReadFact, ...]:
    """Return the sum that is known, with what it is for, if a message says nothing else."""
    text = message.text
    if not known or len(text) > _LONGEST or message.figures:
        return ()
    start = _LEAD.match(text).end()  # type: ignore[union-attr]
    per, end = read_per(text, start)
    if per is None or re.search(r"[\w?]", text[end:]):
        return ()
    sums = [slot for slot in slots if slot.kind is SlotKind.MONEY and _is_sum(known.get(slot.id))]
    return tuple(
        make_fact(message, slot, (start, end), "money.per", value=known[slot.id].value | {"per": per})
        for slot in sums[:1]
    )


def _is_sum(fact: Fact | None) -> bool:
    return fact is not None and fact.state is FactState.KNOWN and isinstance(fact.value, dict)
