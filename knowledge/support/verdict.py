"""What a sentence is checked against, and what is found."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a sentence is let through or not."""

    SUPPORTED = "supported"
    NO_SOURCE = "no_source"
    NUMBER = "number"
    PRICE = "price"
    DATE = "date"
    NAME = "name"
    URL = "url"
    EMAIL = "email"
    QUOTATION = "quotation"
    NEGATION = "negation"
    RESTRICTION = "restriction"
    NOT_ANSWERED = "not_answered"
    NOT_COVERED = "not_covered"


@dataclass(frozen=True, slots=True)
class Source:
    """A passage that a sentence cites: its number in the prompt, its text as the model saw it, plain or Markdown."""

    number: int
    title: str
    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a sentence is supported by its sources.

    `reason` is the first rule that it broke, `detail` the words that were not found, "" where there are none.
    `score` from 0 to 1 is how well its sources carry it, 0 where a rule is broken.
    """

    supported: bool
    reason: Reason
    detail: str
    score: float
