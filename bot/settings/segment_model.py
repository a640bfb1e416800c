"""The shape of `segments` in foyer.yaml: every key, what it means, what is allowed."""

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from bot.domain.mail_kinds import MailKind
from bot.settings.validation import Section

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_SPAN = re.compile(r"[1-9][0-9]{0,3}[hdw]")

State = Literal["known", "none", "declined", "unclear", "not_asked", "unknown"]
STATES = ("known", "none", "declined", "unclear", "not_asked", "unknown")


def _name(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise ValueError(
            f"{text!r} is no name; use small letters, digits, - and _, a letter first, at most 40"
        )
    return text


def _day(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is no date; write it like 2027-01-31") from None
    return text


def _span(text: str) -> str:
    if not _SPAN.fullmatch(text):
        raise ValueError(f"{text!r} is no time span; write it like 12h, 30d or 8w")
    return text


def _expand_test(value: Any) -> Any:
    """Let a test for a state, a value or one of several be written as that alone."""
    if isinstance(value, dict):
        return value
    given = value if isinstance(value, list) else [value]
    return {"state": given} if given and all(item in STATES for item in given) else {"is": given}


def _expand_list(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


def _listed(of: Any) -> Any:
    return BeforeValidator(_expand_list, json_schema_input_type=of | list[of])


Word = Annotated[str, Field(min_length=1, max_length=500)]
Given = bool | float | Word
Day = Annotated[str, AfterValidator(_day)]


class TestSection(Section):
    """What must hold of one field of a lead; every given part must."""

    __test__ = False  # pytest takes a class of this name for tests

    state: Annotated[list[State], _listed(State), Field(max_length=6)] = Field(
        default=[],
        description="known, none, declined, unclear or not_asked; of a lead's own fields known or unknown.",
    )
    is_one_of: Annotated[list[Given], _listed(Given), Field(max_length=100)] = Field(
        default=[], alias="is", description="The value is this, or one of these."
    )
    is_none_of: Annotated[list[Given], _listed(Given), Field(max_length=100)] = Field(
        default=[], alias="is_not", description="The value is known and none of these."
    )
    at_least: float | None = Field(
        default=None, description="The least: a score, people, or money a year (in units of about a dollar)."
    )
    at_most: float | None = Field(default=None, description="The most, likewise.")
    before: Day | None = Field(default=None, description="Before this day, like 2027-01-31.")
    after: Day | None = Field(default=None, description="After this day.")
    within: Annotated[str, AfterValidator(_span)] | None = Field(
        default=None,
        description="Within so many hours, days or weeks back from now (12h, 30d, 8w); a timeline, ahead.",
    )
    contains: Annotated[list[Word], _listed(Word), Field(max_length=100)] = Field(
        default=[], description="The text has any of these in it, whatever the case of its letters."
    )
    mail: Annotated[list[MailKind], _listed(MailKind), Field(max_length=3)] = Field(
        default=[],
        description="An e-mail address is of this kind, or one of these: company, free (Gmail), disposable.",
    )


TestEntry = Annotated[
    TestSection, BeforeValidator(_expand_test, json_schema_input_type=Given | list[Given] | TestSection)
]
Tests = dict[str, TestEntry]
SegmentName = Annotated[str, AfterValidator(_name)]


class SegmentSection(Section):
    """A saved filter of leads."""

    label: Annotated[str, Field(min_length=1, max_length=120)] | None = Field(
        default=None, description="What people read; without it, the name."
    )
    where: Annotated[Tests, Field(max_length=50)] = Field(
        default={}, description="What must hold, by slot or field of the lead; all of it."
    )
    any_of: Annotated[list[Tests], Field(max_length=20)] = Field(
        default=[], alias="any", description="Besides, all of any one of these."
    )
