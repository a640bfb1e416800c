"""A site's playbook: what it wants to know, how it asks, what each answer is worth, and when a lead is ready.

Only values; `bot.settings.playbook_file` reads them from YAML.
"""

from dataclasses import dataclass
from typing import Literal

from bot.domain.conversation import Choice
from bot.domain.facts import FactState
from bot.domain.slots import Slot

Stage = Literal["visitor", "lead", "mql", "sql", "disqualified"]
Dimension = Literal["fit", "interest"]


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
    mail: Literal["free", "company"] | None = None
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Points for a fact, with the reason sales reads. Its full name is `<slot>.<name>`."""

    slot: str
    name: str
    when: Condition
    points: int
    reason: str
    dimension: Dimension = "fit"
    group: str | None = None

    @property
    def full_name(self) -> str:
        """The name a receipt carries."""
        return f"{self.slot}.{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementRule:
    """Points for behaviour, once per conversation. Its full name is `engagement.<name>`.

    `signal` is one of `asked_price`, `ready_to_buy`, `asked_person`, `three_questions`.
    """

    name: str
    signal: str
    points: int
    reason: str
    group: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """How a slot is asked for. `after_answers` is how much help must have been given before."""

    slot: str
    texts: tuple[str, ...]
    choices: tuple[Choice, ...] = ()
    after_answers: int = 1
    priority: int = 0


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
class Playbook:
    """The whole playbook. `version` is a hash of the file, kept with every score."""

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

    def slot(self, slot_id: str) -> Slot | None:
        """Return the slot of that id, if the playbook has it."""
        return next((slot for slot in self.slots if slot.id == slot_id), None)

    def question_for(self, slot_id: str) -> Question | None:
        """Return how the slot is asked for, if it is."""
        return next((question for question in self.questions if question.slot == slot_id), None)
