"""What a stand-in provider is told to answer, and what it was asked."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Mishap = Literal[
    "hang",
    "hang_midway",
    "reset",
    "reset_midway",
    "cut_json",
    "bad_utf8",
    "error_in_200",
    "flood",
    "gzip",
    "garbage",
]
"""What goes wrong instead; `midway` is after the pieces. Statuses are `status`, slowness is `delay_s`."""

ALL_WAYS = frozenset({"json_schema", "tool", "plain"})


@dataclass(frozen=True, kw_only=True)
class Script:
    """One answer.

    `pieces` are streamed, `delay_s` apart; `value` is the object that is given where one is asked for, in the
    ways that the server `knows`. `extra` stands among the pieces as raw deltas, in the protocol's own words.
    `counts` are input, output and cached tokens; None counts nothing. `reason` None says no reason for the end.
    """

    pieces: tuple[str, ...] = ("Orders are ", "shipped ", "in two days. [1]")
    delay_s: float = 0.0
    value: Mapping[str, Any] | str | None = None
    knows: frozenset[str] = ALL_WAYS
    extra: tuple[Mapping[str, Any], ...] = ()
    counts: tuple[int, int, int] | None = (40, 12, 8)
    reason: str | None = "stop"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    error: str = "server_error"
    content_type: str | None = None
    mishap: Mishap | None = None


@dataclass
class Request:
    """One request as it came. `was_left` is set when the client hangs up before the answer is whole."""

    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]
    was_left: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def is_stream(self) -> bool:
        return bool(self.body.get("stream"))

    @property
    def way(self) -> str:
        """Return how an object is asked for."""
        if "response_format" in self.body or "output_config" in self.body:
            return "json_schema"
        return "tool" if self.body.get("tools") else "plain"

    @property
    def text(self) -> str:
        """Return all that the model is given, as text."""
        return str(self.body)


def text_of(script: Script) -> str:
    """Return what a script says where no stream and no tool is asked for."""
    if script.value is None:
        return "".join(script.pieces)
    return script.value if isinstance(script.value, str) else _json(script.value)


def _json(value: Mapping[str, Any]) -> str:
    import json

    return json.dumps(value)
