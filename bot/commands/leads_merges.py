"""`foyer leads merges`: leads that look like one person; nothing is merged unless somebody says so."""

import asyncio
import getpass
import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from bot.commands.lead_sites import find_site_id, load_sites
from bot.commands.lead_words import one_line
from bot.commands.opened import open_store
from bot.domain.errors import NotFoundError
from bot.domain.merging import reason_in_words

if TYPE_CHECKING:
    from bot.leads.merging import Decided
    from bot.leads.proposals import Proposal
    from bot.settings import Site
    from bot.store import Connection, Database
    from bot.store.merges import MergeRow

LIMIT = 1_000
SiteOption = Annotated[
    str | None, typer.Option(help="Only this site: its id, or its folder. Else all sites.", metavar="SITE")
]
MergeArgument = Annotated[
    str, typer.Argument(help="The merge's id, as `foyer leads merges list` shows it.", metavar="ID")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
app = typer.Typer(
    help="Leads that look like one person: list, accept, dismiss, undo.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("list")
def list_merges(
    site: SiteOption = None,
    everything: Annotated[bool, typer.Option("--all", help="Also those that are decided.")] = False,
    as_json: JsonOption = False,
) -> None:
    """List which leads look like one person, why, and where what they said differs.

    Example: foyer leads merges list --site mysite
    """
    asyncio.run(_list(site, everything=everything, as_json=as_json))


@app.command("accept")
def accept(merge_id: MergeArgument, as_json: JsonOption = False) -> None:
    """Show two leads as one from now on; the two stay beneath it, and `undo` takes it back.

    Example: foyer leads merges accept g_01jcw9
    """
    asyncio.run(_decide(merge_id, _accept, as_json=as_json))


@app.command("dismiss")
def dismiss(merge_id: MergeArgument, as_json: JsonOption = False) -> None:
    """Note that two leads are two people. They are proposed again only for a stronger reason.

    Example: foyer leads merges dismiss g_01jcw9
    """
    asyncio.run(_decide(merge_id, _dismiss, as_json=as_json))


@app.command("undo")
def undo(merge_id: MergeArgument, as_json: JsonOption = False) -> None:
    """Take a merge back: both leads are shown again, exactly as they would be without it.

    Example: foyer leads merges undo g_01jcw9
    """
    asyncio.run(_decide(merge_id, _undo, as_json=as_json))


async def _list(site: str | None, *, everything: bool, as_json: bool) -> None:
    from bot.leads.proposals import list_proposals, proposal_json
    from bot.store.merges import MergeState

    async with open_store() as (_, db):
        site_id = await find_site_id(db, site)
        states: tuple[MergeState, ...] = get_args(MergeState) if everything else ("proposed",)
        async with db.read() as connection:
            found = await list_proposals(connection, site_id=site_id, states=states, limit=LIMIT)
    if as_json:
        typer.echo(json.dumps([proposal_json(one) for one in found], ensure_ascii=False))
    elif not found:
        typer.echo("No leads look like one person.")
    for one in [] if as_json else found:
        typer.echo("\n".join(map(one_line, _page(one))))


def _page(proposal: "Proposal") -> list[str]:
    merge = proposal.merge
    ids = " and ".join(row.lead_id for row in proposal.leads)
    into = f", shown as {merge.merged_lead_id}" if merge.merged_lead_id else ""
    lines = [f"{merge.merge_id}  {merge.state}{into}: {ids}", f"  {reason_in_words(merge.reason)}"]
    lines += [
        f"  {slot}: “{told['earlier']['quote']}”, later “{told['later']['quote']}”"
        for slot, told in proposal.told.items()
    ]
    return [*lines, *(f"  {one.at:%Y-%m-%d %H:%M} {one.action} by {one.actor}" for one in proposal.log)]


Decide = Callable[["Database", "Connection", "MergeRow"], Awaitable["MergeRow"]]


async def _decide(merge_id: str, decide: Decide, *, as_json: bool) -> None:
    from bot.leads.proposals import proposal_json, proposal_of
    from bot.store import merges

    async with open_store() as (_, db), db.write() as connection:
        merge = await merges.find(connection, merge_id)
        if merge is None:
            remedy = "`foyer leads merges list --all` shows those there are"
            raise NotFoundError(f"There is no merge {merge_id!r}; {remedy}.")
        proposal = await proposal_of(connection, await decide(db, connection, merge))
    assert proposal is not None, "both leads were there a moment ago"
    if as_json:
        typer.echo(json.dumps(proposal_json(proposal), ensure_ascii=False))
    else:
        typer.echo("\n".join(map(one_line, _page(proposal))))


async def _accept(db: "Database", connection: "Connection", merge: "MergeRow") -> "MergeRow":
    from bot.assemble import new_id
    from bot.leads import merging

    (site,) = await load_sites(db, merge.site_id)
    return await merging.accept(
        connection, merge.merge_id, playbook=site.playbook, decided=_decided(site), new_id=new_id
    )


async def _dismiss(db: "Database", connection: "Connection", merge: "MergeRow") -> "MergeRow":
    from bot.leads import merging

    (site,) = await load_sites(db, merge.site_id)
    return await merging.dismiss(connection, merge.merge_id, decided=_decided(site))


async def _undo(db: "Database", connection: "Connection", merge: "MergeRow") -> "MergeRow":
    from bot.leads import merging

    (site,) = await load_sites(db, merge.site_id)
    return await merging.undo(connection, merge.merge_id, decided=_decided(site))


def _decided(site: "Site") -> "Decided":
    """Return that whoever sits at the command line decides now, and which of the site's webhooks are told."""
    from bot.assemble import now
    from bot.assemble.delivering import receivers_of
    from bot.leads.merging import Decided

    return Decided(actor=_who(), at=now(), receivers=receivers_of(site))


def _who() -> str:
    """Return who sits at the command line, for the log."""
    try:
        return f"{getpass.getuser()} (command line)"
    except (KeyError, OSError):
        return "command line"
