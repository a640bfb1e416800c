"""`foyer leads`: what came of the conversations, on the terminal and as files. Works beside a running server."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from bot.commands.dates import read_date
from bot.commands.lead_sites import find_site_id, find_slots, load_sites
from bot.commands.lead_words import lead_line, lead_page, list_head, moved_line
from bot.domain.conversation import LeadId, SiteId
from bot.domain.errors import ConfigurationError, NotFoundError

if TYPE_CHECKING:
    from bot.settings import Environment
    from bot.store import Database

SiteOption = Annotated[
    str | None, typer.Option(help="Only this site: its id, or its folder. Else all sites.", metavar="SITE")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
LeadArgument = Annotated[
    str, typer.Argument(help="The lead's id, as `foyer leads list` shows it.", metavar="ID")
]
REPORT_EVERY = 1_000
"""Leads between two signs of life of a long export."""

app = typer.Typer(
    help="The leads: list, show, export, erase, judge again.", no_args_is_help=True, rich_markup_mode=None
)


@app.command("list")
def list_leads(
    site: SiteOption = None,
    everyone: Annotated[bool, typer.Option("--all", help="Also visitors who cannot be reached.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many, newest first.")] = 50,
    as_json: JsonOption = False,
) -> None:
    """List the leads that can be reached, newest first.

    Example: foyer leads list --all --json
    """
    asyncio.run(_list(site, everyone=everyone, limit=limit, as_json=as_json))


@app.command("show")
def show(lead_id: LeadArgument, as_json: JsonOption = False) -> None:
    """Show one lead: facts with the visitor's words, and why it has its score.

    Example: foyer leads show l_01jcw9
    """
    asyncio.run(_show(LeadId(lead_id), as_json=as_json))


@app.command("export")
def export(
    file_format: Annotated[str, typer.Option("--format", help="csv, xlsx or jsonl.")] = "csv",
    profile: Annotated[str, typer.Option(help="Whose columns: generic.")] = "generic",
    since: Annotated[str | None, typer.Option(help="Only leads that changed since.", metavar="DATE")] = None,
    segment: Annotated[str | None, typer.Option(help="Only leads of this segment.", metavar="NAME")] = None,
    site: SiteOption = None,
    bom: Annotated[
        bool, typer.Option("--bom", help="Begin a CSV with a byte order mark, for a double click in Excel.")
    ] = False,
    output: Annotated[str, typer.Option("-o", "--output", help="Write to FILE, or - for stdout.")] = "-",
) -> None:
    """Write the leads who agreed to be contacted to a file, newest first.

    Example: foyer leads export --format xlsx --since 2027-01-01 -o leads.xlsx
    """
    from bot.leads import check_export

    check_export(file_format, profile)
    if segment is not None:
        raise ConfigurationError(f"There is no segment {segment!r}: no site here has segments yet.")
    if output == "-" and file_format == "xlsx" and sys.stdout.isatty():
        raise ConfigurationError("A workbook does not fit on a terminal: add -o leads.xlsx.")
    asyncio.run(_export(file_format, profile, site, read_date(since), output, bom=bom))


@app.command("erase")
def erase(
    lead_id: LeadArgument,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Erase everything of a lead's visitor: messages, facts, lead, consents, waiting deliveries. For good.

    Example: foyer leads erase l_01jcw9 --yes
    """
    if not yes and not (
        sys.stdin.isatty() and typer.confirm(f"Erase everything of lead {lead_id}, for good?")
    ):
        raise ConfigurationError("Nothing was erased: confirm, or add --yes.")
    asyncio.run(_erase(LeadId(lead_id), as_json=as_json))


@app.command("rescore")
def rescore(
    site: SiteOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say who would move.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Judge all leads again by the playbook as it is now, and say who moved. Nobody is notified.

    Example: foyer leads rescore --site ./mysite --dry-run
    """
    asyncio.run(_rescore(site, keep=not dry_run, as_json=as_json))


async def _list(site: str | None, *, everyone: bool, limit: int, as_json: bool) -> None:
    from bot.leads import lead_json, page_of_records
    from bot.store import leads
    from bot.store.leads import LeadFilter

    async with _open() as (environment, db):
        site_id = await find_site_id(db, site)
        where = LeadFilter(site_id=site_id, captured_only=not everyone)
        async with db.read() as connection:
            page = await page_of_records(connection, where, limit=limit, public_url=environment.public_url)
            visitors = await leads.count(connection, LeadFilter(site_id=site_id))
    if as_json:
        typer.echo(json.dumps([lead_json(record) for record in page.records], ensure_ascii=False))
        return
    if not page.records:
        typer.echo(_say_empty(visitors, everyone=everyone))
        return
    id_chars = max(len(record.row.lead_id) for record in page.records)
    typer.echo(list_head(id_chars))
    for record in page.records:
        typer.echo(lead_line(record, id_chars))
    if page.next_cursor is not None:
        typer.echo(
            f"There are more; these are the newest {limit}. See all with --limit or `export`.", err=True
        )


def _say_empty(visitors: int, *, everyone: bool) -> str:
    if visitors == 0 or everyone:
        return "No leads yet. They appear here once a visitor has talked to the bot."
    return (
        f"No leads yet that can be reached: that takes an e-mail or phone, and a yes to the consent question. "
        f"{visitors} {'visitor' if visitors == 1 else 'visitors'} so far: see them with --all."
    )


async def _show(lead_id: LeadId, *, as_json: bool) -> None:
    from bot.leads import find_record, lead_json
    from bot.leads.columns import describe_fact
    from bot.store import facts

    async with _open() as (environment, db), db.read() as connection:
        record = await find_record(connection, lead_id, public_url=environment.public_url)
        history = await facts.history(connection, lead_id)
    if record is None:
        raise NotFoundError(f"There is no lead {lead_id!r}; `foyer leads list --all` shows those there are.")
    if as_json:
        said = [{"slot": fact.slot, **describe_fact(fact)} for fact in history]
        typer.echo(json.dumps(lead_json(record) | {"history": said}, ensure_ascii=False))
    else:
        typer.echo(lead_page(record, history))


async def _export(
    file_format: str, profile: str, site: str | None, since: datetime | None, output: str, *, bom: bool
) -> None:
    from bot.leads import LeadRecord, export_stream, stream_records
    from bot.store.leads import LeadFilter

    n_leads = 0

    async def counted(records: AsyncIterator[LeadRecord]) -> AsyncIterator[LeadRecord]:
        nonlocal n_leads
        async for record in records:
            n_leads += 1
            if n_leads % REPORT_EVERY == 0 and sys.stderr.isatty():
                print(f"\r{n_leads} leads", end="", file=sys.stderr, flush=True)
            yield record

    async with _open() as (environment, db):
        where = LeadFilter(site_id=await find_site_id(db, site), since=since, consented_only=True)
        records = stream_records(db, where, public_url=environment.public_url)
        slots = await find_slots(db, site)
        export = export_stream(
            counted(records), slots=slots, file_format=file_format, profile=profile, bom=bom
        )
        await _write(export.chunks, output)
    if output != "-":
        typer.echo(f"{n_leads} {'lead' if n_leads == 1 else 'leads'} in {output}", err=True)
    if n_leads == 0:
        typer.echo("No visitor has agreed to be contacted yet, so there are no rows.", err=True)


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


async def _erase(lead_id: LeadId, *, as_json: bool) -> None:
    from bot.assemble import now
    from bot.leads import erase_lead

    async with _open() as (_, db):
        counts = await erase_lead(db, lead_id, now=now())
    if as_json:
        typer.echo(json.dumps({"lead_id": lead_id, "erased": dict(counts.rows)}))
        return
    gone = ", ".join(f"{number} {table}" for table, number in counts.rows.items() if number)
    typer.echo(f"Erased everything of lead {lead_id}: {gone}.")


async def _rescore(site: str | None, *, keep: bool, as_json: bool) -> None:
    from bot.assemble import now
    from bot.leads import rescore as rescore_leads

    moved: list[dict[str, Any]] = []
    n_leads = 0
    async with _open() as (_, db):
        for loaded in await load_sites(db, site):
            async for one in rescore_leads(
                db, site_id=SiteId(loaded.id), playbook=loaded.playbook, now=now(), keep=keep
            ):
                n_leads += 1
                if one.has_moved:
                    moved.append({name: getattr(one, name) for name in one.__slots__})
                    if not as_json:
                        typer.echo(moved_line(one))
    if as_json:
        typer.echo(json.dumps({"leads": n_leads, "moved": moved, "kept": keep}))
    else:
        verb = "moved" if keep else "would move"
        typer.echo(f"{len(moved)} of {n_leads} {'lead' if n_leads == 1 else 'leads'} {verb}.")


@asynccontextmanager
async def _open() -> "AsyncIterator[tuple[Environment, Database]]":
    import structlog

    from bot.assemble import load_environment, open_database

    # The log goes beside what is printed, never into it: what is printed may be JSON.
    structlog.configure(logger_factory=lambda *_: structlog.PrintLogger(sys.stderr))
    environment = load_environment()
    async with open_database(environment) as db:
        yield environment, db
