"""What the model is told: templates of `bot/chat/prompts`, filled with data that can not pass for instructions.

Data stands between tags that carry a mark nobody outside knows, one for each site: a document or a visitor can not
close its own block. Promises: no key, no setting and nothing of another conversation is in a prompt.
"""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "prompts"
PASSAGE_CHARS = 2_400
PASSAGES = 5
UTTERANCE_CHARS = 1_000
UTTERANCES = 6
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Mask:
    """What becomes of a visitor's words before they leave, and of the model's when they come back."""

    cover: Callable[[str], str] = str
    lift: Callable[[str], str] = str


BARE = Mask()
"""For a site that shows its provider what visitors write as it stands."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A prompt in two parts: the instructions, the same for every visitor of a site, and this turn's data."""

    system: str
    data: str


def render(which: str, /, *, mark: str, **values: Any) -> Rendered:
    """Fill the two templates of a prompt.

    Args:
        which: `answer`, `facts` or `standalone`.
        mark: what tags carry; it must be unknown outside.
        values: what the templates name.
    """
    system, data = _templates(which)
    given = {"mark": mark, **values}
    return Rendered(system.render(given).strip(), data.render(given).strip())


@cache
def version_of(name: str) -> str:
    """Return the version of a prompt, which changes whenever its text does."""
    text = "".join(_path(name, part).read_text(encoding="utf-8") for part in ("system", "data"))
    return f"{name}-{hashlib.sha256(text.encode()).hexdigest()[:10]}"


def as_data(text: str, mark: str, limit: int = PASSAGE_CHARS) -> str:
    """Return a text fit to stand between tags: no control characters, no mark, cut to a number of characters."""
    return CONTROL.sub(" ", text).replace(mark, "")[:limit]


def last_said(history: Sequence[tuple[str, str]], mark: str) -> list[Mapping[str, str]]:
    """Return the latest utterances, oldest first, as the templates walk over them."""
    return [
        {
            "who": "visitor" if author == "visitor" else "assistant",
            "text": as_data(text, mark, UTTERANCE_CHARS),
        }
        for author, text in history[-UTTERANCES:]
    ]


@cache
def _templates(name: str) -> tuple[Any, Any]:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=False,  # noqa: S701 - no HTML
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    system, data = (
        environment.from_string(_path(name, part).read_text(encoding="utf-8")) for part in ("system", "data")
    )
    return system, data


def _path(name: str, part: str) -> Path:
    return FOLDER / f"{name}.{part}.j2"
