"""The site's own conversations, `tests/*.yaml`: read strictly, each line with the place that a failure names."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from bot.commands.expectations import (
    OF_CONVERSATION,
    OF_LEAD,
    OF_REPLY,
    check_conversation,
    check_lead,
    check_reply,
)
from bot.domain.conversation import Author
from bot.domain.errors import ConfigurationError

if TYPE_CHECKING:
    from bot.settings import YamlFile

LINES_UNDER = ("conversation", "transcript", "turns", "messages", "lines")
OF_CASE = ("name", "now", "consent", "expect", *LINES_UNDER)
OF_LINE = ("visitor", "consent", "expect")
CASES = "cases"


Line = dict[str, Any]
Place = tuple[str | int, ...]


class OpenSimulation(Protocol):
    """Opens one conversation with the engine at a given time."""

    def __call__(self, at: datetime | None, /) -> AbstractAsyncContextManager[Any]:
        """Return the conversation, to be entered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One conversation: its lines, each with `file:line`, and what must come of it at the end.

    `where` says the line of an expectation by its key.
    """

    name: str
    now: datetime | None
    lines: tuple[tuple[dict[str, Any], str], ...]
    expect: Mapping[str, Any]
    file: "YamlFile"
    place: Place

    def where(self, key: str) -> str:
        """Return `file:line` of an expectation of the whole conversation."""
        return f"{self.file.path.name}:{self.file.line_of((*self.place, 'expect', key))}"


def case_files(site: Path) -> list[Path]:
    """Return the files of a site's cases, in order."""
    return sorted((site / "tests").glob("*.y*ml"))


def read_cases(path: Path) -> list[Case]:
    """Read one file: a conversation, or several under `cases`.

    Raises:
        FilesError: it is not YAML, or holds a key that nothing reads; named with its line.
        ConfigurationError: it is no conversation.
    """
    from bot.settings import read_yaml

    file = read_yaml(path)
    if not isinstance(file.value, dict) or CASES not in file.value:
        return [read_case(file, file.value, place=())]
    refuse_unknown_keys(file, file.value, (CASES,), ())
    cases = file.value[CASES]
    if not isinstance(cases, list) or not all(isinstance(case, dict) for case in cases):
        raise ConfigurationError(f"{path}: `{CASES}` is a list of conversations, each with a `name`.")
    return [read_case(file, case, place=(CASES, number)) for number, case in enumerate(cases)]


def read_case(file: "YamlFile", value: Any, *, place: Place) -> Case:
    """Read one conversation that stands at a place of a file."""
    path = file.path
    is_keyed = isinstance(value, dict)
    case = value if is_keyed else {LINES_UNDER[0]: value}
    under = next((name for name in LINES_UNDER if name in case), None) if is_keyed else None
    beside = place if under is None else (*place, under)
    refuse_unknown_keys(file, case, OF_CASE, place)
    lines = lines_of(case, path)
    for position, line in enumerate(lines):
        refuse_unknown_keys(file, line, OF_LINE, (*beside, position))
        allowed = (*sorted(OF_REPLY), *sorted(OF_LEAD))
        refuse_unknown_keys(file, line.get("expect") or {}, allowed, (*beside, position, "expect"))
    expect = case.get("expect") or {}
    refuse_unknown_keys(file, expect, (*sorted(OF_LEAD), *sorted(OF_CONVERSATION)), (*place, "expect"))
    return Case(
        name=str(case.get("name") or (f"{path.stem} {place[-1]}" if place else path.stem)),
        now=read_time(case.get("now")),
        lines=tuple(
            (line, f"{path.name}:{file.line_of((*beside, position))}") for position, line in enumerate(lines)
        ),
        expect=expect,
        file=file,
        place=place,
    )


def refuse_unknown_keys(file: "YamlFile", given: Any, known: Sequence[str], place: Place) -> None:
    """Stop at a key that nothing reads: what it says would never be checked.

    Raises:
        FilesError: with each such key and its line.
    """
    from bot.settings import FilesError
    from bot.settings.validation import did_you_mean

    if not isinstance(given, Mapping):
        raise FilesError([file.problem(place, f"{given!r} is not a mapping of keys to values")])
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
    replies = []
    async with open_one(case.now) as simulation:
        for line, where in case.lines:
            expect = line.get("expect") or {}
            messages = await play(simulation, line)
            replies += [message for message in messages if message.author is Author.BOT]
            failures += check_reply(expect, messages, where)
            if not OF_LEAD.isdisjoint(expect):
                so_far = (await simulation.lead()).as_json()
                failures += check_lead(expect, so_far, partial(always, where), slots=slots)
        lead = (await simulation.lead()).as_json()
    failures += check_lead(case.expect, lead, case.where, slots=slots)
    failures += check_conversation(case.expect, replies, case.where, slots=slots)
    return {"case": case.name, "failures": failures}


def always(where: str, _: str) -> str:
    """Return the line's own place, whichever key of it is meant."""
    return where


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
