"""The kinds of thing a playbook may want to know, and the shape of each kind's value.

Values are plain JSON: `email`, `name`, `company`, `role`, `need`, `text` are strings; `phone` is E.164;
`url` is an http(s) address without query;
`team_size` (kind quantity) is `{"min", "max"}`; `budget` (money) is `{"min", "max", "currency", "per"}`;
`timeline` is `{"from", "to"}` ISO dates, null where open; `decision_maker` (boolean) is true or false;
`choice` is a choice id.
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.conversation import Choice


class SlotKind(StrEnum):
    """How a slot is read from text and what its value looks like."""

    EMAIL = "email"
    PHONE = "phone"
    URL = "url"
    NAME = "name"
    COMPANY = "company"
    ROLE = "role"
    QUANTITY = "quantity"
    MONEY = "money"
    TIMELINE = "timeline"
    NEED = "need"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    TEXT = "text"


PERSONAL_KINDS = frozenset({SlotKind.EMAIL, SlotKind.PHONE, SlotKind.NAME})
"""Kinds that wait for the visitor's consent before anything of them is kept outside the message text."""

CONTACT_KINDS = frozenset({SlotKind.EMAIL, SlotKind.PHONE})
"""Kinds by which a person can be reached; volunteering one brings up the consent question."""

FREE_WORDS = frozenset({SlotKind.NEED, SlotKind.TEXT, SlotKind.ROLE, SlotKind.COMPANY, SlotKind.NAME})
"""Kinds whose value is the words themselves: any words would do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One thing the playbook wants to know. `words` name it in text (NEED, CHOICE, TEXT), or what QUANTITY counts."""

    id: str
    kind: SlotKind
    label: str
    choices: tuple[Choice, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def is_personal(self) -> bool:
        """Whether a fact in this slot identifies a person."""
        return self.kind in PERSONAL_KINDS
