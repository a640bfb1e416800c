"""The site's own conversations, `tests/*.yaml`: read strictly, each line with the place that a failure names."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from bot.commands.expectations import check_lead, check_reply
from bot.domain.errors import ConfigurationError

if TYPE_CHECKING:
    from bot.settings import YamlFile

LINES_UNDER = ("conversation", "transcript", "turns", "messages", "lines")
OF_CASE = ("name", "now", "consent", "expect", *LINES_UNDER)
OF_LINE = ("visitor", "consent", "expect")


Line = dict[str, Any]


class OpenSimulation(Protocol):
    """Opens one conversation with the engine at a given time."""

    def __call__(self, at: datetime | None, /) -> AbstractAsyncContextManager[Any]:
        """Return the conversation, to be entered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One conversation: its lines, each with `file:line`, and what must come of it at the end."""

    name: str
    now: datetime | None
    lines: tuple[tuple[dict[str, Any], str], ...]
    expect: Mapping[str, Any]
    where: str


def case_files(site: Path) -> list[Path]:
    """Return the files of a site's cases, in order."""
    return sorted((site / "tests").glob("*.y*ml"))


def read_case(path: Path) -> Case:
    """Read one file.

    Raises:
        FilesError: it is not YAML, or holds a key that nothing reads; named with its line.
        ConfigurationError: it is no conversation.
    """
    from bot.settings import read_yaml

    file = read_yaml(path)
    is_keyed = isinstance(file.value, dict)
    case = file.value if is_keyed else {LINES_UNDER[0]: file.value}
    under = (next(name for name in LINES_UNDER if name in case),) if is_keyed and _has_lines(case) else ()
    refuse_unknown_keys(file, case, OF_CASE, ())
    lines = lines_of(case, path)
    for position, line in enumerate(lines):
        refuse_unknown_keys(file, line, OF_LINE, (*under, position))
    return Case(
        name=str(case.get("name") or path.stem),
        now=read_time(case.get("now")),
        lines=tuple(
            (line, f"{path.name}:{file.line_of((*under, position))}") for position, line in enumerate(lines)
        ),
        expect=case.get("expect") or {},
        where=f"{path.name}:{file.line_of(('expect',)) if 'expect' in case else 1}",
    )


def _has_lines(case: Mapping[str, Any]) -> bool:
    return any(name in case for name in LINES_UNDER)


def refuse_unknown_keys(
    file: "YamlFile", given: Mapping[str, Any], known: Sequence[str], place: tuple[str | int, ...]
) -> None:
    """Stop at a key that nothing reads: what it says would never be checked.

    Raises:
        FilesError: with each such key and its line.
    """
    from bot.settings import FilesError
    from bot.settings.validation import did_you_mean

    problems = [
        file.problem((*place, key), f"`{key}` is not a known key here{did_you_mean(str(key), list(known))}")
        for key in given
        if key not in known
    ]
    if problems:
        raise FilesError(problems)


async def run_case(case: Case, open_one: OpenSimulation, *, slots: Sequence[str]) -> dict[str, Any]:
    """Play one case on a fresh database; return its name and what failed."""
    failures: list[str] = []
    async with open_one(case.now) as simulation:
        for line, where in case.lines:
            messages = await play(simulation, line)
            failures += check_reply(line.get("expect") or {}, messages, where)
        lead = (await simulation.lead()).as_json()
    failures += check_lead(case.expect, lead, case.where, slots=slots)
    return {"case": case.name, "failures": failures}


def lines_of(value: Any, path: Path) -> list[Line]:
    """Return a transcript's lines: a list, or a mapping with the list under `conversation`.

    A `consent:` beside the list answers the consent question whenever it is asked.
    """
    standing = value.get("consent") if isinstance(value, dict) else None
    is_keyed = isinstance(value, dict)
    lines = next((value[name] for name in LINES_UNDER if name in value), None) if is_keyed else value
    if not isinstance(lines, list) or not all(isinstance(line, dict) for line in lines):
        raise ConfigurationError(
            f"{path}: a transcript is a list of lines like `- visitor: How much is it?`."
        )
    if not all({"visitor", "consent"} & set(line) for line in lines):
        raise ConfigurationError(f"{path}: every line is `- visitor: …` or `- consent: yes`.")
    return [{"consent": standing, **line} if standing is not None else line for line in lines]


async def play(simulation: Any, line: Line) -> list[Any]:
    """Play one line: what the visitor says, then the answer to the consent question if it was asked."""
    messages = []
    if line.get("visitor") is not None:
        messages += await simulation.say(str(line["visitor"]))
    if line.get("consent") is not None:
        choice = "yes" if str(line["consent"]).lower() in {"yes", "true"} else "no"
        messages += await simulation.answer_consent(choice)
    return messages


def read_time(text: str | None) -> datetime | None:
    """Read an RFC 3339 time.

    Raises:
        ConfigurationError: it is none, or has no time zone.
    """
    if text is None:
        return None
    try:
        time = datetime.fromisoformat(text)
    except ValueError as error:
        raise ConfigurationError(f"--now {text!r} is not a time like 2026-03-02T10:00:00Z.") from error
    if time.tzinfo is None:
        raise ConfigurationError(f"--now {text!r} has no time zone. Write 2026-03-02T10:00:00Z.")
    return time
