"""What goes to a language model and what comes of it: the vocabulary of this room."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

FailureCode = Literal[
    "unreachable",
    "unresolved",
    "tls",
    "forbidden",
    "unauthorised",
    "rate_limited",
    "timeout",
    "provider",
    "malformed",
    "empty",
    "too_large",
    "busy",
    "open",
]
"""`provider`: it answered with an error; `busy`: no seat became free in time; `open`: the breaker is open."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One thing said in the conversation that the model sees."""

    role: Literal["user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is given.

    `system` is the part that stays the same from call to call: it goes first and is marked for the provider's
    prompt cache. What changes stands in `turns`, of which the last is the user's. `max_output_tokens` is
    lowered to what the settings allow.
    """

    system: str
    turns: tuple[Spoken, ...]
    max_output_tokens: int


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of all attempts together; `cached_tokens` are among the `input_tokens`.

    `is_estimated` says that a provider did not count and some of the numbers are ours, which are rather too
    high than too low.
    """

    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    is_estimated: bool = False

    def __add__(self, other: "Usage") -> "Usage":
        """Return both together."""
        return Usage(
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            self.cached_tokens + other.cached_tokens,
            self.is_estimated or other.is_estimated,
        )


@dataclass(frozen=True, slots=True)
class Piece:
    """The next piece of the reply's text, never empty."""

    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The reply is complete; `is_cut` when the model stopped before its own end. `model` wrote it."""

    usage: Usage
    model: str
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Failed:
    """There is no (whole) reply. `message` is a sentence for the operator: no text of prompt or reply, no key."""

    code: FailureCode
    message: str
    usage: Usage


@dataclass(frozen=True, slots=True)
class Proposed:
    """A JSON object that the model wrote where a schema was asked for; nobody has checked that it conforms."""

    value: Mapping[str, Any]
    usage: Usage
    model: str


@dataclass(frozen=True, slots=True)
class LineState:
    """How a model does. `failures` counts those in a row; `last_failure` is the latest, None after a success."""

    model: str
    breaker: Literal["closed", "open", "probing"]
    failures: int
    last_failure: FailureCode | None
