"""`foyer leads export` and `check`: the lead list as a file, and what an importer would say of one."""

import asyncio
import json
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from bot.commands.dates import read_date
from bot.commands.lead_sites import find_segments, find_site_id, find_slots, load_sites
from bot.commands.leads_follow import write_drafts, writers_of
from bot.commands.opened import open_store
from bot.domain.errors import ConfigurationError

if TYPE_CHECKING:
    from bot.leads import Export, Finding
    from bot.leads.follow_up import DraftColumn
    from bot.leads.rows import Tally
    from bot.settings import Environment
    from bot.store import Database
    from bot.store.lead_filter import LeadFilter
    from bot.store.seen import SeenTexts

SHOWN_FINDINGS = 100

FormatOption = Annotated[str, typer.Option("--format", help="csv, xlsx, jsonl or parquet.")]
ProfileOption = Annotated[
    str, typer.Option(help="Whose columns: generic, hubspot, salesforce, pipedrive or mailchimp.")
]
SiteOption = Annotated[
    str | None, typer.Option(help="Only this site: its id, or its folder. Else all sites.", metavar="SITE")
]


SinceOption = Annotated[str | None, typer.Option(help="Only leads that changed since.", metavar="DATE")]
SegmentOption = Annotated[str | None, typer.Option(help="Only leads of this segment.", metavar="NAME")]
BomOption = Annotated[
    bool, typer.Option("--bom", help="Begin a CSV with a byte order mark, for a double click in Excel.")
]
CheckOption = Annotated[
    bool, typer.Option("--check", help="Write nothing: say what the importer would refuse; exit 1.")
]
DraftsOption = Annotated[
    Path | None, typer.Option(help="Also write a follow-up draft for each lead.", metavar="DIR")
]
DraftColumnOption = Annotated[
    bool, typer.Option("--draft-column", help="Also write the drafts into a last column.")
]
OutputOption = Annotated[str, typer.Option("-o", "--output", help="Write to FILE, or - for stdout.")]


def export(
    file_format: FormatOption = "csv",
    profile: ProfileOption = "generic",
    since: SinceOption = None,
    segment: SegmentOption = None,
    site: SiteOption = None,
    bom: BomOption = False,
    check: CheckOption = False,
    drafts: DraftsOption = None,
    draft_column: DraftColumnOption = False,
    output: OutputOption = "-",
) -> None:
    """Write the leads who agreed to be contacted to a file, newest first.

    Example: foyer leads export --format xlsx --since 2027-01-01 -o leads.xlsx
    """
    from bot.leads import check_export

    check_export(file_format, profile, has_drafts=draft_column)
    if output == "-" and not check and file_format in {"xlsx", "parquet"} and sys.stdout.isatty():
        raise ConfigurationError(
            f"A {file_format} file does not fit on a terminal: add -o leads.{file_format}."
        )
    wanted = _Wanted(
        file_format=file_format,
        profile=profile,
        site=site,
        segment=segment,
        since=read_date(since, "--since"),
        bom=bom,
        drafts=drafts,
        draft_column=draft_column,
    )
    if check:
        _report(asyncio.run(_check_export(wanted)), as_json=False)
    else:
        asyncio.run(_export(wanted, output, shown_as="" if output == "-" else f"in {output}"))


def check(
    file: Annotated[
        Path, typer.Argument(help="A .csv, .xlsx, .jsonl or .parquet file.", metavar="FILE", exists=True)
    ],
    profile: ProfileOption = "generic",
    site: SiteOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Say what an importer would refuse in a list, by row, column and rule; exit 1 when there is anything.

    Example: foyer leads check leads.csv --profile salesforce
    """
    from bot.leads import check_export

    check_export("csv", profile)
    _report(asyncio.run(_check_file(file, profile, site)), as_json=as_json)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """What to export."""

    file_format: str
    profile: str
    site: str | None
    segment: str | None
    since: datetime | None
    bom: bool
    drafts: Path | None
    draft_column: bool


async def _export(wanted: _Wanted, output: str, *, shown_as: str = "") -> None:
    from bot.store.seen import SeenTexts

    async with open_store() as (environment, db):
        with SeenTexts() as left:
            made, refused = await _make(wanted, environment, db, left)
            await _write(_with_signs_of_life(made), output)
            if wanted.drafts is not None:
                written = await _write_drafts(wanted, environment, db, wanted.drafts, left)
                typer.echo(f"{written} {'draft' if written == 1 else 'drafts'} in {wanted.drafts}", err=True)
    if shown_as:
        typer.echo(f"{_leads(made.tally.rows)} {shown_as}", err=True)
    _say_left_out(made.tally, refused)


async def _make(
    wanted: _Wanted, environment: "Environment", db: "Database", left: "SeenTexts"
) -> "tuple[Export, int]":
    """Begin the export; return it with how many leads are not in it because they did not agree.

    `left` is told who else is not.
    """
    from bot.leads import export_stream, profile_for, stream_blocks, stream_outdone
    from bot.store import leads

    where = await _filter(wanted, db)
    async with db.read() as connection:
        everybody = await leads.count(connection, replace(where, consented_only=False))
        agreed = await leads.count(connection, where)
    slots = await find_slots(db, wanted.site)
    profile = profile_for(wanted.profile, slots, public_url=environment.public_url)
    blocks = stream_blocks(db, where, has_evidence=wanted.file_format == "jsonl")
    if wanted.draft_column:
        column = await _draft_column(wanted, environment, db)
        blocks, profile = column.beside(blocks), column.on(profile)
    outdone = stream_outdone(db, where, slots)
    made = export_stream(
        blocks, profile=profile, file_format=wanted.file_format, bom=wanted.bom, outdone=outdone, left=left
    )
    return made, everybody - agreed


async def _draft_column(wanted: _Wanted, environment: "Environment", db: "Database") -> "DraftColumn":
    from bot.leads.follow_up import DraftColumn

    writers = await writers_of(environment, db, await load_sites(db, wanted.site))
    return DraftColumn(db, writers.get)


async def _filter(wanted: _Wanted, db: "Database") -> "LeadFilter":
    from bot.assemble import now
    from bot.store.lead_filter import LeadFilter

    return LeadFilter(
        site_id=await find_site_id(db, wanted.site),
        since=wanted.since,
        consented_only=True,
        segments=await find_segments(db, wanted.site, wanted.segment),
        as_of=now(),
    )


async def _write_drafts(
    wanted: _Wanted, environment: "Environment", db: "Database", folder: Path, left: "SeenTexts"
) -> int:
    from bot.leads import stream_blocks

    writers = await writers_of(environment, db, await load_sites(db, wanted.site))
    written = 0
    async for block in stream_blocks(db, await _filter(wanted, db)):
        ids = [lead.lead_id for lead in block if lead.lead_id not in left]
        written += await write_drafts(db, ids, writers, folder)
    return written


async def _with_signs_of_life(made: "Export") -> AsyncIterator[bytes]:
    async for chunk in made.chunks:
        if sys.stderr.isatty():
            print(f"\r{_leads(made.tally.rows)} ", end="", file=sys.stderr, flush=True)
        yield chunk


def _say_left_out(tally: "Tally", refused: int) -> None:
    if refused:
        typer.echo(f"{_leads(refused)} left out: they did not agree to be contacted.", err=True)
    for reason, count in tally.left_out.items():
        typer.echo(f"{_leads(count)} left out: {reason}.", err=True)
    if tally.shortened:
        typer.echo(
            f"{tally.shortened} texts shortened to what the profile takes; they end in “…”. "
            "The generic profile has them whole.",
            err=True,
        )
    if tally.rows == 0 and not tally.left_out:
        typer.echo("No visitor has agreed to be contacted yet, so there are no rows.", err=True)


def _leads(count: int) -> str:
    return f"{count} {'lead' if count == 1 else 'leads'}"


async def _check_export(wanted: _Wanted) -> "list[Finding]":
    with tempfile.TemporaryDirectory(prefix="foyer-check-") as folder:
        path = Path(folder) / f"leads.{wanted.file_format}"
        await _export(replace(wanted, drafts=None), str(path), shown_as="looked through")
        return await _check_file(path, wanted.profile, wanted.site)


async def _check_file(path: Path, profile: str, site: str | None) -> "list[Finding]":
    from bot.leads import UnreadableListError, check_list, profile_for

    async with open_store() as (_, db):
        slots = await find_slots(db, site)
    try:
        return list(check_list(path, profile_for(profile, slots)))
    except UnreadableListError as error:
        raise ConfigurationError(f"{error}.") from error


def _report(findings: "Iterable[Finding]", *, as_json: bool) -> None:
    found = list(findings)
    if as_json:
        rows = [{name: getattr(one, name) for name in one.__slots__} for one in found]
        typer.echo(json.dumps({"findings": rows}, ensure_ascii=False))
    else:
        for one in found[:SHOWN_FINDINGS]:
            place = ", ".join(filter(None, (f"row {one.row}" if one.row else "the file", one.column)))
            typer.echo(f"{place}: {one.what} ({one.rule})")
        more = len(found) - SHOWN_FINDINGS
        typer.echo(f"… and {more} more" if more > 0 else f"{len(found)} findings")
    if found:
        raise typer.Exit(1)


async def _write(chunks: AsyncIterator[bytes], output: str) -> None:
    if output == "-":
        async for chunk in chunks:
            sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()
        return
    # Beside the target first: who reads it meanwhile, or an export that fails, never meets half a list.
    part = Path(f"{output}.{os.getpid()}.part")
    with _finishing(part, Path(output)) as file:
        async for chunk in chunks:
            file.write(chunk)


@contextmanager
def _finishing(part: Path, output: Path) -> Iterator[BinaryIO]:
    try:
        with part.open("xb") as file:
            yield file
        part.replace(output)
    except OSError as error:
        raise ConfigurationError(f"{output}: cannot be written ({error.strerror}).") from error
    finally:
        part.unlink(missing_ok=True)
