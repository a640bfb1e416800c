"""`foyer leads`: what came of the conversations, on the terminal and as files. Works beside a running server."""

import asyncio
import json
import sys
from datetime import datetime
from typing import Annotated, Any

import typer

from bot.commands import leads_consent, leads_export, leads_follow, leads_merges
from bot.commands.dates import read_date
from bot.commands.lead_sites import find_segments, find_site_id, load_sites
from bot.commands.lead_words import lead_line, lead_page, list_head, moved_line, one_line
from bot.commands.opened import open_store
from bot.commands.outlook import outlook_lines, outlook_of
from bot.commands.playbook import moved_json
from bot.domain.conversation import LeadId, SiteId
from bot.domain.errors import ConfigurationError, NotFoundError

SiteOption = Annotated[
    str | None, typer.Option(help="Only this site: its id, or its folder. Else all sites.", metavar="SITE")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
LeadArgument = Annotated[
    str, typer.Argument(help="The lead's id, as `foyer leads list` shows it.", metavar="ID")
]
app = typer.Typer(
    help="The leads: list, show, export, erase, judge again.", no_args_is_help=True, rich_markup_mode=None
)
app.command("export")(leads_export.export)
app.command("check")(leads_export.check)
app.command("why")(leads_follow.why)
app.command("draft")(leads_follow.draft)
app.command("withdraw")(leads_consent.withdraw)
app.add_typer(leads_merges.app, name="merges")


@app.command("list")
def list_leads(
    site: SiteOption = None,
    everyone: Annotated[bool, typer.Option("--all", help="Also visitors who cannot be reached.")] = False,
    segment: Annotated[str | None, typer.Option(help="Only leads of this segment.", metavar="NAME")] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many, newest first.")] = 50,
    as_json: JsonOption = False,
) -> None:
    """List the leads that can be reached, newest first.

    Example: foyer leads list --all --json
    """
    asyncio.run(_list(site, segment, everyone=everyone, limit=limit, as_json=as_json))


@app.command("show")
def show(lead_id: LeadArgument, as_json: JsonOption = False) -> None:
    """Show one lead: facts with the visitor's words, and why it has its score.

    Example: foyer leads show l_01jcw9
    """
    asyncio.run(_show(LeadId(lead_id), as_json=as_json))


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
    as_of: Annotated[
        str | None, typer.Option(help="Judge as at this day: points fade up to it.", metavar="DATE")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say who would move.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Judge all leads again by the playbook as it is now, and say who moved. Nobody is notified.

    Example: foyer leads rescore --site ./mysite --as-of 2027-06-30 --dry-run
    """
    asyncio.run(_rescore(site, read_date(as_of, "--as-of"), keep=not dry_run, as_json=as_json))


async def _list(site: str | None, segment: str | None, *, everyone: bool, limit: int, as_json: bool) -> None:
    from bot.assemble import now
    from bot.leads import lead_json, page_of_records
    from bot.store import leads
    from bot.store.lead_filter import LeadFilter

    async with open_store() as (environment, db):
        site_id = await find_site_id(db, site)
        where = LeadFilter(
            site_id=site_id,
            captured_only=not everyone,
            segments=await find_segments(db, site, segment),
            as_of=now(),
        )
        async with db.read() as connection:
            page = await page_of_records(connection, where, limit=limit, public_url=environment.public_url)
            visitors = await leads.count(connection, LeadFilter(site_id=site_id))
    if as_json:
        typer.echo(json.dumps([lead_json(record) for record in page.records], ensure_ascii=False))
        return
    if not page.records and segment is not None:
        typer.echo(f"No lead is in the segment {segment!r} now.")
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
    from bot.assemble import now
    from bot.leads import find_record, lead_json
    from bot.leads.columns import describe_fact
    from bot.leads.consent import consent_receipts
    from bot.store import facts

    async with open_store() as (environment, db):
        async with db.read() as connection:
            record = await find_record(connection, lead_id, public_url=environment.public_url)
            history = await facts.history(connection, lead_id)
            agreed = await consent_receipts(connection, lead_id)
        if record is None:
            raise NotFoundError(
                f"There is no lead {lead_id!r}; `foyer leads list --all` shows those there are."
            )
        if as_json:
            said = [{"slot": fact.slot, **describe_fact(fact)} for fact in history]
            ahead = await outlook_of(db, record.row, history, now=now())
            typer.echo(
                json.dumps(
                    lead_json(record) | {"history": said, "consents": agreed} | ahead, ensure_ascii=False
                )
            )
        else:
            ahead_lines = await outlook_lines(db, record.row, history, now=now())
            agreed_lines = map(one_line, leads_consent.consent_lines(agreed))
            typer.echo("\n".join([lead_page(record, history), *agreed_lines, *ahead_lines]))


async def _erase(lead_id: LeadId, *, as_json: bool) -> None:
    from bot.assemble import now
    from bot.leads import erase_lead

    async with open_store() as (_, db):
        counts = await erase_lead(db, lead_id, now=now())
    if as_json:
        typer.echo(json.dumps({"lead_id": lead_id, "erased": dict(counts.rows)}))
        return
    gone = ", ".join(f"{number} {table}" for table, number in counts.rows.items() if number)
    typer.echo(f"Erased everything of lead {lead_id}: {gone}.")


async def _rescore(site: str | None, as_of: datetime | None, *, keep: bool, as_json: bool) -> None:
    from bot.assemble import now
    from bot.leads import rescore as rescore_leads

    moved: list[dict[str, Any]] = []
    n_leads = 0
    async with open_store() as (_, db):
        for loaded in await load_sites(db, site):
            async for one in rescore_leads(
                db, site_id=SiteId(loaded.id), playbook=loaded.playbook, now=now(), keep=keep, as_of=as_of
            ):
                n_leads += 1
                if one.has_moved:
                    moved.append(moved_json(one))
                    if not as_json:
                        typer.echo(moved_line(one))
    if as_json:
        typer.echo(json.dumps({"leads": n_leads, "moved": moved, "kept": keep}))
    else:
        verb = "moved" if keep else "would move"
        typer.echo(f"{len(moved)} of {n_leads} {'lead' if n_leads == 1 else 'leads'} {verb}.")
