"""One thing that `foyer check` found, and how findings are made."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.domain.errors import ConfigurationError

LONGEST_QUOTE = 200
PARTS = ("configuration", "playbook", "knowledge", "tests", "environment")
Part = Literal["configuration", "playbook", "knowledge", "tests", "environment"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing found. `place` is a file and line.

    A `problem` must be mended, a `note` is worth reading, and what is `unchecked` waits for another mending.
    By its `id`, where it has one, `check.ignore` in foyer.yaml accepts it; the id stays while the words quoted do.
    `figures` are its numbers, for programs.
    """

    level: Literal["problem", "note", "unchecked"]
    part: Part
    place: str | None
    what: str
    id: str | None = None
    figures: Mapping[str, float | None] | None = None


def faults(part: Part, read: Callable[[], object]) -> Iterator[Finding]:
    """Yield what is wrong with a file as findings of their own."""
    from bot.settings import FilesError

    try:
        read()
    except FilesError as error:
        for fault in error.problems:
            place = str(fault.file) if fault.line is None else f"{fault.file}:{fault.line}"
            yield problem(part, fault.what, place=place)
    except ConfigurationError as error:
        yield problem(part, str(error))


def problem(part: Part, what: str, *, place: str | None = None, id: str | None = None) -> Finding:  # noqa: A002
    """Return a fault that must be mended, or accepted by its id."""
    return Finding(level="problem", part=part, place=place, what=what, id=id)


def unchecked(part: Part, what: str) -> Finding:
    """Return what could not be looked at."""
    return Finding(level="unchecked", part=part, place=None, what=what)


def note(
    part: Part,
    what: str,
    *,
    id: str | None = None,  # noqa: A002
    figures: Mapping[str, float | None] | None = None,
) -> Finding:
    """Return a thing worth reading."""
    return Finding(level="note", part=part, place=None, what=what, id=id, figures=figures)


def finding_id(kind: str, *said: str) -> str:
    """Return the id of a finding: its kind and a fingerprint of what it quotes, whatever the order."""
    quoted = "\0".join(sorted(" ".join(text.split()) for text in said))
    return f"{kind}-{hashlib.sha256(quoted.encode()).hexdigest()[:8]}"


def shown(text: str) -> str:
    """Return a quote on one line, cut where it is long."""
    line = " ".join(text.split())
    return f"“{line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1] + '…'}”"
