from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import pytest

from bot.domain.conversation import Choice
from bot.domain.facts import Fact, ReadFact
from bot.domain.reading import Reading, read_message
from bot.domain.slots import Slot, SlotKind

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
SLOTS = (
    Slot(id="email", kind=SlotKind.EMAIL, label="E-mail"),
    Slot(id="phone", kind=SlotKind.PHONE, label="Phone"),
    Slot(id="website", kind=SlotKind.URL, label="Website"),
    Slot(id="name", kind=SlotKind.NAME, label="Name"),
    Slot(id="company", kind=SlotKind.COMPANY, label="Company"),
    Slot(id="role", kind=SlotKind.ROLE, label="Role"),
    Slot(id="team_size", kind=SlotKind.QUANTITY, label="Team size"),
    Slot(id="budget", kind=SlotKind.MONEY, label="Budget"),
    Slot(id="timeline", kind=SlotKind.TIMELINE, label="Timeline"),
    Slot(id="need", kind=SlotKind.NEED, label="Need"),
    Slot(id="decision_maker", kind=SlotKind.BOOLEAN, label="Decision maker"),
    Slot(
        id="plan",
        kind=SlotKind.CHOICE,
        label="Plan",
        choices=(Choice(id="self", label="Self-hosted"), Choice(id="cloud", label="Managed cloud")),
    ),
    Slot(id="remark", kind=SlotKind.TEXT, label="Remark"),
)


@pytest.fixture(scope="session")
def now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def slots() -> tuple[Slot, ...]:
    return SLOTS


Read = Callable[..., Reading]
ReadFacts = Callable[..., dict[str, ReadFact]]


@pytest.fixture
def read() -> Read:
    def read_text(text: str, asked: str | None = None, known: Mapping[str, Fact] | None = None) -> Reading:
        return read_message(text, slots=SLOTS, asked=asked, now=NOW, region="US", known=known)

    return read_text


@pytest.fixture
def facts(read: Read) -> ReadFacts:
    def read_facts(
        text: str, asked: str | None = None, known: Mapping[str, Fact] | None = None
    ) -> dict[str, ReadFact]:
        return {fact.slot: fact for fact in read(text, asked, known).facts}

    return read_facts
