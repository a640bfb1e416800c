"""The playbook's own words for a slot are acted on, unasked."""

from datetime import UTC, datetime

import pytest

from bot.domain.conversation import Choice
from bot.domain.reading import read_message
from bot.domain.slots import Slot, SlotKind

NOW = datetime(2027, 1, 15, 10, tzinfo=UTC)
SLOTS = (
    Slot(id="order", kind=SlotKind.TEXT, label="Order", words=("order number", "reference")),
    Slot(id="system", kind=SlotKind.TEXT, label="System", words=("system",)),
    Slot(
        id="plan",
        kind=SlotKind.CHOICE,
        label="Plan",
        choices=(Choice(id="pro", label="Pro"), Choice(id="max", label="Max")),
        words=("plan", "package"),
    ),
)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("My order number is X-12", {"order": "X-12"}),
        ("reference: 7781.b, and our system is WordPress", {"order": "7781.b", "system": "WordPress"}),
        ("We want the Pro plan", {"plan": "pro"}),
        ("our package would be Max", {"plan": "max"}),
        ("We are pro nature", {}),
        ("We do not want the Pro plan", {}),
        ("What is the order number?", {}),
        ("my order number is unknown", {}),
        ("Max called me about the system", {}),
    ],
)
def test_a_slot_is_read_by_its_words(text: str, facts: dict[str, str]) -> None:
    reading = read_message(text, slots=SLOTS, asked=None, now=NOW)

    assert {fact.slot: fact.value for fact in reading.facts} == facts
    assert all(text[fact.start : fact.end] == fact.text for fact in reading.facts)
