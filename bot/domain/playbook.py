"""A site's playbook: what it wants to know, how it asks, what each answer is worth, and when a lead is ready.

Only values; `bot.settings.playbook_file` reads them from YAML.
"""

from dataclasses import dataclass
from typing import Literal, get_args

from bot.domain.conversation import Choice
from bot.domain.facts import FactState
from bot.domain.hours import OpeningHours
from bot.domain.mail_kinds import MailKind
from bot.domain.slots import Slot

Stage = Literal["visitor", "lead", "mql", "sql", "disqualified"]
Dimension = Literal["fit", "interest"]
Signal = Literal[
    "asked_price",
    "ready_to_buy",
    "asked_person",
    "three_questions",
    "came_back",
    "three_pages",
    "saw_pricing",
]
SIGNALS: tuple[Signal, ...] = get_args(Signal)
"""What a visitor can show by doing; kept as facts in slots `signal.<name>`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What must hold of a slot's fact. Every given part must hold.

    `at_least`/`at_most` compare quantities (people) or money (whole amount a year where `per` is known);
    `within_days` counts from the day the visitor said it; `is_one_of` compares booleans and choices;
    `mail` tells a free-mail address from a company's own; `mentions` looks for any of these words in text.
    """

    state: FactState = FactState.KNOWN
    at_least: float | None = None
    at_most: float | None = None
    within_days: int | None = None
    is_one_of: tuple[str | bool, ...] = ()
    mail: MailKind | None = None
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Points for a fact, with the reason sales reads. Its full name is `<slot>.<name>`.

    With `half_life_days`, what it brings or costs halves every so many days after it was said.
    """

    slot: str
    name: str
    when: Condition
    points: int
    reason: str
    dimension: Dimension = "fit"
    group: str | None = None
    half_life_days: int | None = None

    @property
    def full_name(self) -> str:
        """The name a receipt carries."""
        return f"{self.slot}.{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementRule:
    """Points for behaviour, once per lead. Its full name is `engagement.<name>`; `signal` is one of `SIGNALS`."""

    name: str
    signal: str
    points: int
    reason: str
    group: str | None = None
    half_life_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """How a slot is asked for, and when.

    `after_answers` is how much help must have been given before; `after_signals` are things of which the visitor must
    have done one; `when` are lines of conditions on other slots, of which one must hold in full. A required question
    comes before the others, and once more when it was talked past. `bother` is what it asks of the visitor, None for
    what is usual of its kind. `meanings` are the quick replies' labels in the language they are read in.
    """

    slot: str
    texts: tuple[str, ...]
    label: str = ""
    choices: tuple[Choice, ...] = ()
    after_answers: int = 1
    priority: int = 0
    is_required: bool = False
    after_signals: tuple[str, ...] = ()
    when: tuple[tuple[tuple[str, Condition], ...], ...] = ()
    bother: float | None = None
    meanings: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stages:
    """Score thresholds (0–100), and the fact states that together disqualify (any one full set does)."""

    lead: int = 10
    mql: int = 40
    sql: int = 65
    disqualified_when: tuple[tuple[tuple[str, Condition], ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grades:
    """Points at which fit earns A, B, C (else D) and interest earns 1, 2 (else 3)."""

    fit: tuple[int, int, int] = (40, 25, 10)
    interest: tuple[int, int] = (25, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """Where a visitor books a time with a person, and from which score on (0–100) the link is offered unasked."""

    url: str
    at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Playbook:
    """The whole playbook. `version` is a hash of the file, kept with every score.

    From `handoff_at` on (0–100) a person is offered, once. `hours` are when there is one; None for always.
    """

    id: str
    version: str
    slots: tuple[Slot, ...]
    questions: tuple[Question, ...]
    rules: tuple[Rule, ...]
    engagement: tuple[EngagementRule, ...]
    caps: tuple[tuple[str, int], ...]
    stages: Stages
    grades: Grades
    handoff_at: int | None = None
    max_questions: int = 6
    max_questions_a_day: int | None = None
    meeting: Meeting | None = None
    hours: OpeningHours | None = None

    def slot(self, slot_id: str) -> Slot | None:
        """Return the slot of that id, if the playbook has it."""
        return next((slot for slot in self.slots if slot.id == slot_id), None)

    def question_for(self, slot_id: str) -> Question | None:
        """Return how the slot is asked for, if it is."""
        return next((question for question in self.questions if question.slot == slot_id), None)
