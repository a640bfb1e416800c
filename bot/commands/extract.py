"""`foyer extract`: what texts name or tell, one JSON line for each, without a server.

Reads JSON lines, writes JSON lines in the same order; a line that cannot be read is named and the rest is done.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Annotated, Any

import typer

from bot.domain.errors import BotError, ConfigurationError
from bot.domain.extract import extract_entities, extract_facts
from bot.domain.slots import Slot

_PARTLY_DONE = 3


def run(
    batch: Annotated[
        Path, typer.Option("--batch", help='JSON lines {"id", "text", "asked"?}; "-" reads standard input.')
    ],
    site: Annotated[
        Path | None, typer.Option("--site", help="A site folder: only facts for its slots are given.")
    ] = None,
    now: Annotated[
        str | None, typer.Option("--now", help="RFC 3339 time that relative dates are seen from.")
    ] = None,
    region: Annotated[
        str, typer.Option("--region", help="Country (ISO 3166) of local phone numbers and dates.")
    ] = "US",
) -> None:
    """Extract facts and entities from texts.

    Example: foyer extract --batch messages.jsonl --site mysite --now 2027-01-15T09:00:00Z
    """
    try:
        clock = parse_now(now)
        extract = _extractor(site, now=clock, region=region)
        with _open(batch) as lines:
            failures = _write(lines, extract, sys.stdout)
    except BotError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    if failures:
        raise typer.Exit(_PARTLY_DONE)


def parse_now(now: str | None) -> datetime:
    """Return the time of a command line, the present if none was given.

    Raises:
        ConfigurationError: it is not an RFC 3339 time with an offset.
    """
    if now is None:
        return datetime.now(UTC)  # noqa: TID251  (a command without --now means the present)
    try:
        moment = datetime.fromisoformat(now)
    except ValueError as error:
        raise ConfigurationError(f"--now {now!r} is no time; write it like 2027-01-15T09:00:00Z") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _extractor(
    site: Path | None, *, now: datetime, region: str
) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    if site is None:
        return lambda row: extract_entities(row, now=now, region=region)
    slots = _slots_of(site)
    return lambda row: extract_facts(row, slots=slots, now=now, region=region)


def _slots_of(site: Path) -> Sequence[Slot]:
    from bot.settings import load_site

    return load_site(site).playbook.slots


def _open(batch: Path) -> IO[str]:
    if str(batch) == "-":
        return sys.stdin
    try:
        return batch.open(encoding="utf-8")
    except OSError as error:
        raise ConfigurationError(
            f"cannot read {str(batch)!r}: {error.strerror}; name a file of JSON lines"
        ) from error


def _write(lines: IO[str], extract: Callable[[Mapping[str, Any]], dict[str, Any]], out: IO[str]) -> int:
    """Write one line for each readable row; return how many were not."""
    failures = 0
    for number, row in _rows(lines):
        try:
            if row is None:
                raise ConfigurationError("is no JSON object")
            out.write(json.dumps(extract(row), ensure_ascii=False) + "\n")
        except BotError as error:
            failures += 1
            typer.echo(f"line {number}: {error}", err=True)
    return failures


def _rows(lines: IO[str]) -> Iterator[tuple[int, Mapping[str, Any] | None]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            row = None
        yield number, row if isinstance(row, dict) else None
