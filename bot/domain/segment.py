"""Segments: named, saved filters of leads. Only values; `bot.settings.segments_file` reads them from YAML.

What is not known meets no test but one for its state: unknown is not no.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.mail_kinds import MailKind
from bot.domain.slots import SlotKind

LEAD_TEXTS = ("page", "referrer", "campaign", "first_question", "owner")
LEAD_TIMES = ("created_at", "updated_at", "consent_at")
LEAD_CHOICES = ("stage", "grade", "consent", "gate")
LEAD_FIELDS = ("score", *LEAD_CHOICES, "source", *LEAD_TEXTS, *LEAD_TIMES)
"""What a segment can ask of a lead besides its facts."""

DIRECT = "direct"
"""The source of a lead that came from nowhere we know of."""

Value = str | bool | float


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """What must hold of one field; every given part must.

    `field` is a slot's id when `kind` is given, else one of `LEAD_FIELDS`. Of a slot, `states` are those that
    the current fact may have (`not_asked` included). `at_least` and `at_most` compare as a playbook's conditions
    do: people, or money a year in units of about a dollar; `heads_slot` says how many people a sum "per user" is for.
    `within` looks back from now, for a slot of kind timeline ahead. `mail` are the kinds an e-mail address may be of.
    """

    __test__ = False  # pytest takes a class of this name for tests

    field: str
    kind: SlotKind | None = None
    heads_slot: str | None = None
    states: tuple[str, ...] = ()
    is_one_of: tuple[Value, ...] = ()
    is_none_of: tuple[Value, ...] = ()
    at_least: float | None = None
    at_most: float | None = None
    before: date | None = None
    after: date | None = None
    within: timedelta | None = None
    contains: tuple[str, ...] = ()
    mail: tuple[MailKind, ...] = ()

    @property
    def asks_value(self) -> bool:
        """Whether it asks for more than a state."""
        limits = (self.at_least, self.at_most, self.before, self.after, self.within)
        return bool(self.is_one_of or self.is_none_of or self.contains or self.mail) or any(
            limit is not None for limit in limits
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """The leads that meet all of `every` and, where `some` has alternatives, all tests of one of them."""

    name: str
    label: str
    every: tuple[Test, ...] = ()
    some: tuple[tuple[Test, ...], ...] = ()
