"""The shape of playbook.yaml: every key, what it means, what is allowed. The JSON Schema is made of this."""

import re
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field

from bot.domain.languages import ANY_LANGUAGE
from bot.domain.mail_kinds import MailKind
from bot.domain.playbook import Signal
from bot.settings.hours_model import HoursSection, MeetingSection
from bot.settings.site_file import ChoiceEntry
from bot.settings.tongues import expand_variants
from bot.settings.validation import Section, ShortText, Text

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


def _name(text: str) -> str:
    if not NAME.fullmatch(text):
        raise ValueError(f"{text!r} is no name; use small letters, digits and _, a letter first, at most 40")
    return text


def _expand_state(value: Any) -> Any:
    """Let a condition on a state alone be written as the state."""
    return {"state": value} if isinstance(value, str) else value


def _expand_never(value: Any) -> Any:
    """`ask: never` is how a slot says that it only listens."""
    return None if value == "never" else value


def _expand_text(value: Any) -> Any:
    """Let a single wording be written without a list."""
    return [value] if isinstance(value, str) else value


def _language(text: str) -> str:
    if text != ANY_LANGUAGE and not re.fullmatch(r"[a-z]{2,3}", text):
        raise ValueError(f"{text!r} is no language; write two small letters like en or de")
    return text


Name = Annotated[str, AfterValidator(_name)]
Points = Annotated[int, Field(ge=-100, le=100)]
Threshold = Annotated[int, Field(ge=0, le=100)]
State = Literal["known", "none", "declined", "unclear"]
Kind = Literal[
    "email", "phone", "url", "name", "company", "role", "quantity", "money", "timeline", "need", "boolean", "choice",
    "text",
]  # fmt: skip


class ConditionSection(Section):
    """What must hold of a slot's fact; every given part must."""

    state: State = Field(
        default="known", description='known, none ("we have no budget"), declined or unclear.'
    )
    at_least: Annotated[float, Field(ge=0)] | None = Field(
        default=None, description="The least amount: people, or money a year (in units of about a dollar)."
    )
    at_most: Annotated[float, Field(ge=0)] | None = Field(default=None, description="The most, likewise.")
    within_days: Annotated[int, Field(ge=0, le=3650)] | None = Field(
        default=None, description="The time begins within so many days of the day it was said."
    )
    is_one_of: Annotated[
        list[bool | str],
        BeforeValidator(
            lambda v: v if isinstance(v, list) else [v], json_schema_input_type=bool | str | list[bool | str]
        ),
    ] = Field(
        default=[], alias="is", description="The value is this, or one of these: true, false or choice ids."
    )
    mail: MailKind | None = Field(
        default=None,
        description="The address is at a free-mail provider, one that is thrown away, or at a company's own domain.",
    )
    mentions: list[ShortText] = Field(
        default=[], max_length=100, description="The text has any of these words."
    )


Condition = Annotated[
    ConditionSection, BeforeValidator(_expand_state, json_schema_input_type=State | ConditionSection)
]


HalfLife = Annotated[int, Field(ge=1, le=3650)] | None
Wordings = Annotated[
    list[Text],
    BeforeValidator(_expand_text, json_schema_input_type=str | list[str]),
    Field(min_length=1, max_length=12),
]
Replies = Annotated[list[ChoiceEntry], Field(max_length=8)]
Variant = TypeVar("Variant")
Variants = dict[Annotated[str, AfterValidator(_language)], Variant]


class RuleSection(Section):
    """Points for a fact, with the reason that sales reads."""

    name: Name = Field(description="The receipt is called <slot>.<name>.")
    points: Points = Field(description="A whole number from -100 to 100.")
    reason: ShortText = Field(description="A short sentence for the person who reads the lead.")
    when: Condition = Field(
        default=ConditionSection(), description="What must hold; without it, that the slot is known."
    )
    dimension: Literal["fit", "interest"] = Field(
        default="fit", description="Which half of the grade it counts for."
    )
    group: Name | None = Field(default=None, description="The group whose cap it counts towards.")
    half_life_days: HalfLife = Field(
        default=None, description="After so many days it counts half, then a quarter, and so on."
    )


class AskSection(Section):
    """How a slot is asked for, and when."""

    texts: Annotated[
        Variants[Wordings],
        BeforeValidator(expand_variants, json_schema_input_type=str | list[str] | dict[str, str | list[str]]),
    ] = Field(min_length=1, description="The question in one or more wordings, or so for each language.")
    choices: Annotated[
        Variants[Replies],
        BeforeValidator(
            expand_variants, json_schema_input_type=list[ChoiceEntry] | dict[str, list[ChoiceEntry]]
        ),
    ] = Field(default={}, description="Quick replies under the question, or so for each language.")
    required: bool = Field(
        default=False, description="Comes before the others, and once more when it was talked past."
    )
    when: Annotated[
        list[dict[str, Condition]],
        BeforeValidator(
            lambda v: [v] if isinstance(v, dict) else v,
            json_schema_input_type=dict[str, Condition] | list[dict[str, Condition]],
        ),
    ] = Field(default=[], max_length=20, description="Asked only where this is known; of several lines, any.")
    after_signals: list[Signal] = Field(
        default=[], max_length=7, description="Asked only once the visitor has done one of these."
    )
    bother: Annotated[float, Field(gt=0, le=100)] | None = Field(
        default=None, description="What it asks of a visitor; without it, what is usual of its kind."
    )
    after_answers: Annotated[int, Field(ge=0, le=20)] = Field(
        default=1, description="How many answers the visitor must have got before."
    )
    priority: Annotated[int, Field(ge=-100, le=100)] = Field(
        default=0, description="Higher is asked first; among equals, what could change the decision most."
    )


Ask = Annotated[
    AskSection | None, BeforeValidator(_expand_never, json_schema_input_type=Literal["never"] | AskSection)
]


class SlotSection(Section):
    """One thing the playbook wants to know."""

    id: Name = Field(description="The slot's name in exports and receipts.")
    kind: Kind = Field(description="How it is read from text, and what its value looks like.")
    label: ShortText = Field(description="What people read in lead lists.")
    words: list[ShortText] = Field(default=[], max_length=100, description="Words that name it in text.")
    choices: list[ChoiceEntry] = Field(default=[], max_length=20, description="What a choice slot can be.")
    ask: Ask = Field(description="How it is asked for, or `never`: then the bot only listens for it.")
    rules: list[RuleSection] = Field(default=[], max_length=50, description="What it is worth.")


class EngagementSection(Section):
    """Points for what a visitor does, once."""

    name: Name = Field(description="The receipt is called engagement.<name>.")
    signal: Signal = Field(description="What the visitor did.")
    points: Points = Field(description="A whole number from -100 to 100.")
    reason: ShortText = Field(description="A short sentence for the person who reads the lead.")
    group: Name | None = Field(default=None, description="The group whose cap it counts towards.")
    half_life_days: HalfLife = Field(
        default=None, description="After so many days it counts half, and so on."
    )


class StagesSection(Section):
    """From which score a visitor is a lead, an MQL, an SQL; and what disqualifies."""

    lead: Threshold = 10
    mql: Threshold = 40
    sql: Threshold = 65
    disqualified_when: list[dict[str, Condition]] = Field(
        default=[],
        max_length=20,
        description="Any of these: each a slot (or several) with the condition that holds.",
    )


class GradesSection(Section):
    """Points from which fit is A, B, C (else D) and interest is 1, 2 (else 3), highest first."""

    fit: Annotated[list[int], Field(min_length=3, max_length=3)] = Field(default=[40, 25, 10])
    interest: Annotated[list[int], Field(min_length=2, max_length=2)] = Field(default=[25, 10])


class PlaybookFile(Section):
    """playbook.yaml: what a site wants to know, how it asks, and what each answer is worth."""

    id: Name = Field(description="The playbook's name, kept with every score.")
    slots: Annotated[list[SlotSection], Field(min_length=1, max_length=60)] = Field(
        description="What it wants to know, in the order it matters."
    )
    engagement: list[EngagementSection] = Field(
        default=[], max_length=20, description="Points for behaviour."
    )
    caps: dict[str, Annotated[int, Field(ge=0, le=100)]] = Field(
        default={}, description="The most points a group can bring."
    )
    stages: StagesSection = Field(
        default=StagesSection(), description="From which score on, and what disqualifies."
    )
    grades: GradesSection = Field(default=GradesSection(), description="From how many points on.")
    handoff_at: Threshold | None = Field(default=None, description="From which score a person is offered.")
    max_questions: Annotated[int, Field(ge=0, le=20)] = Field(
        default=6, description="How many questions a conversation may hold."
    )
    max_questions_a_day: Annotated[int, Field(ge=1, le=20)] | None = Field(
        default=None,
        description="How many questions twenty-four hours may hold; without it, as a conversation.",
    )
    meeting: MeetingSection | None = Field(default=None, description="Where a visitor books a time.")
    hours: HoursSection | None = Field(default=None, description="When people are there; without it, always.")
