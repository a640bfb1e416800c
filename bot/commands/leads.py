"""`foyer leads`: what came of the conversations, on the terminal and as files. Works beside a running server."""

import asyncio
import json
import sys
from datetime import datetime
from typing import Annotated, Any

import typer

from bot.commands import leads_consent, leads_export, leads_follow, leads_list, leads_merges
from bot.commands.dates import read_date
from bot.commands.lead_sites import load_sites
from bot.commands.lead_words import lead_page, moved_line, one_line
from bot.commands.leads_list import Sorted
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
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many.")] = 50,
    sort: Annotated[Sorted | None, typer.Option(help="The order; else learned where it was earned.")] = None,
    as_json: JsonOption = False,
) -> None:
    """List the leads that can be reached: the newest first, or the likeliest once a learned score has earned it.

    Example: foyer leads list --sort score --json
    """
    asyncio.run(leads_list.list_leads(site, segment, sort, everyone=everyone, limit=limit, as_json=as_json))


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
    n_leads = n_later = 0
    async with open_store() as (_, db):
        for loaded in await load_sites(db, site):
            async for one in rescore_leads(
                db, site_id=SiteId(loaded.id), playbook=loaded.playbook, now=now(), keep=keep, as_of=as_of
            ):
                n_leads += one.has_existed
                n_later += not one.has_existed
                if one.has_moved:
                    moved.append(moved_json(one))
                    if not as_json:
                        typer.echo(moved_line(one))
    if n_later and as_of is not None:
        are = "lead is" if n_later == 1 else "leads are"
        typer.echo(
            f"{n_later} {are} left as {'it is' if n_later == 1 else 'they are'}: younger than {as_of:%Y-%m-%d}.",
            err=True,
        )
    if as_json:
        typer.echo(json.dumps({"leads": n_leads, "younger": n_later, "moved": moved, "kept": keep}))
    else:
        verb = "moved" if keep else "would move"
        typer.echo(f"{len(moved)} of {n_leads} {'lead' if n_leads == 1 else 'leads'} {verb}.")
