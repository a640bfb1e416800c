"""`foyer gaps`: what visitors asked and nothing written answered, by meaning, and who could be told."""

import asyncio
import csv
import io
import json
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.dates import read_date
from bot.commands.which_site import THE_ONLY_ONE, SiteArgument
from bot.domain.conversation import SiteId
from bot.domain.errors import ConfigurationError, NotFoundError

if TYPE_CHECKING:
    from bot.sources import Gap

FORMATS = ("table", "csv", "jsonl", "json")
QUESTION_CHARACTERS = 60


def gaps(
    site: SiteArgument = THE_ONLY_ONE,
    since: Annotated[str | None, typer.Option(help="Only questions asked since.", metavar="DATE")] = None,
    file_format: Annotated[str, typer.Option("--format", help="table, csv, jsonl or json.")] = "table",
    at_least: Annotated[
        int, typer.Option("--min", min=1, help="Only what was asked so often.", metavar="N")
    ] = 1,
    everything: Annotated[
        bool, typer.Option("--all", help="Also what is answered by now, and what has no matter.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    output: Annotated[str, typer.Option("-o", "--output", help="Write to FILE, or - for stdout.")] = "-",
) -> None:
    """List the questions that were not answered, by meaning, the most asked first, with who asked.

    Example: foyer gaps ./mysite --since 2027-01-01 --format csv -o gaps.csv
    """
    wanted = "json" if as_json else file_format
    if wanted not in FORMATS:
        raise ConfigurationError(f"--format {wanted!r}: choose one of {', '.join(FORMATS)}.")
    found = asyncio.run(_find(site, read_date(since, "--since")))
    from bot.sources import shown_gaps

    shown = shown_gaps(found, everything=everything, at_least=at_least)
    text = {"table": as_table, "csv": as_csv, "jsonl": as_lines, "json": as_document}[wanted](shown)
    write(text, output)
    if wanted == "table" and len(shown) < len(found):
        n_hidden = len(found) - len(shown)
        typer.echo(f"{n_hidden} more answered by now, rare, or without matter: see --all.", err=True)


async def _find(site: Path, since: datetime | None) -> "list[Gap]":
    from bot.assemble import load_environment, open_database
    from bot.settings import load_site
    from bot.sources import exact_knowledge, find_gaps
    from knowledge import load_embedder

    site_id = SiteId(load_site(site).id)
    environment = load_environment()
    embedder = load_embedder(environment.embedding_model)
    async with open_database(environment) as db:
        try:
            knowledge = await exact_knowledge(db, site_id, embedder)
        except NotFoundError:
            knowledge = None
        return await find_gaps(db, site_id, embedder, knowledge, since=since)


def as_table(found: "Sequence[Gap]") -> str:
    """Return the gaps for people, and below each who can be told of its answer."""
    if not found:
        return "No gaps: every question was answered, or nobody has asked yet.\n"
    lines = [f"{'asked':>5}  {'last':<10}  question"]
    for gap in found:
        question = " ".join(gap.question.split())
        cut = question if len(question) <= QUESTION_CHARACTERS else question[: QUESTION_CHARACTERS - 1] + "…"
        lines.append(f"{len(gap.asked):>5}  {gap.asked[-1].at:%Y-%m-%d}  {cut}")
        lines += [f"{'':>19}{line}" for line in notes(gap)]
    return "\n".join(lines) + "\n"


def notes(gap: "Gap") -> list[str]:
    """Say what is nearest to a gap, and who asked."""
    said = []
    if not gap.has_matter:
        return ["(without matter: what stands here asks for nothing)"]
    if gap.nearest is not None:
        verb = "answered by now" if gap.is_answered else "nearest written"
        said.append(f"{verb}: {gap.nearest.title}")
    who = f"{gap.n_visitors} {'visitor' if gap.n_visitors == 1 else 'visitors'}"
    if gap.contacts:
        said.append(f"tell {len(gap.contacts)} of {who}: {', '.join(gap.contacts)}")
    elif gap.n_visitors:
        latest = next(row.conversation_id for row in reversed(gap.asked) if row.conversation_id)
        said.append(f"{who}, no contact left; conversation {latest}")
    if gap.n_of_programs:
        times = "once" if gap.n_of_programs == 1 else f"{gap.n_of_programs} times"
        said.append(f"{times} at the FAQ endpoint, by nobody that is known")
    return said


def as_csv(found: "Sequence[Gap]") -> str:
    """Return one row a gap; no cell is calculated by a spreadsheet."""
    from bot.sources import GAP_COLUMNS, gap_cells

    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(GAP_COLUMNS)
    writer.writerows(gap_cells(gap) for gap in found)
    return buffer.getvalue()


def as_lines(found: "Sequence[Gap]") -> str:
    """Return one JSON object a line."""
    from bot.sources import gap_json

    return "".join(json.dumps(gap_json(gap), ensure_ascii=False) + "\n" for gap in found)


def as_document(found: "Sequence[Gap]") -> str:
    """Return one JSON list."""
    from bot.sources import gap_json

    return json.dumps([gap_json(gap) for gap in found], ensure_ascii=False) + "\n"


def write(text: str, output: str) -> None:
    """Write to a file or to stdout, as UTF-8.

    Raises:
        ConfigurationError: the file can not be written.
    """
    data = text.encode("utf-8", "replace")
    if output == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    part = Path(f"{output}.part")
    try:
        part.write_bytes(data)
        part.replace(output)
    except OSError as error:
        raise ConfigurationError(f"{output}: cannot be written ({error.strerror}).") from error
