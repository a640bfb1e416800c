"""`foyer leads why` and `draft`: why a lead came of a conversation or did not, and how to write to one."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.lead_sites import find_site_id, load_sites
from bot.commands.lead_words import one_line
from bot.commands.opened import open_store
from bot.domain.conversation import Consent, LeadId, SiteId
from bot.domain.errors import ConfigurationError, NotFoundError

if TYPE_CHECKING:
    from bot.leads.draft import FromSite
    from bot.settings import Environment, Site
    from bot.store import Database
    from bot.store.capture_ledger import LedgerEntry

SiteOption = Annotated[
    str | None, typer.Option(help="Only this site: its id, or its folder. Else all sites.", metavar="SITE")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print as JSON.")]


def why(
    subject: Annotated[
        str | None,
        typer.Argument(help="A lead's or a conversation's id. Else all are counted.", metavar="ID"),
    ] = None,
    site: SiteOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say why a conversation became a lead that can be reached, or at which gate it stopped; counted for all.

    Example: foyer leads why --site mysite
    """
    asyncio.run(_why(site, subject, as_json=as_json))


def draft(
    lead_id: Annotated[
        str, typer.Argument(help="The lead's id, as `foyer leads list` shows it.", metavar="ID")
    ],
    site: SiteOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write a first draft of the e-mail to a lead: what they asked, what fits, what they told, pages that answer.

    Example: foyer leads draft l_01jcw9
    """
    text = asyncio.run(_draft(site, LeadId(lead_id)))
    typer.echo(json.dumps({"lead_id": lead_id, "draft": text}, ensure_ascii=False) if as_json else text)


async def _why(site: str | None, subject: str | None, *, as_json: bool) -> None:
    from bot.leads.ledger import entry_json, ledger_json
    from bot.store import capture_ledger

    async with open_store() as (_, db):
        site_id = await find_site_id(db, site)
        async with db.read() as connection:
            gates = await capture_ledger.count_gates(connection, site_id)
            entry = subject and await capture_ledger.find_entry(connection, site_id, subject)
    if subject and not entry:
        where = f"of site {site_id!r}" if site_id else "here"
        raise NotFoundError(
            f"There is no lead and no conversation {subject!r} {where}; a site is named with --site."
        )
    counts = ledger_json(gates)
    if as_json:
        typer.echo(json.dumps(entry_json(entry) if entry else counts, ensure_ascii=False))
    elif entry:
        typer.echo(_page(entry))
    else:
        typer.echo(f"{counts['conversations']} conversations, {counts['captured']} captured")
        for gate in counts["gates"]:
            typer.echo(f"{gate['count']:>6}  {gate['words']}")


def _page(entry: "LedgerEntry") -> str:
    from bot.domain.capture import gate_in_words

    lines = [f"Conversation {entry.conversation_id}: {gate_in_words(entry.gate, entry.question)}"]
    lines += [f"Lead: {entry.lead_id}"] if entry.lead_id else []
    lines += [f"Asked last: “{entry.last_asked}”"] if entry.last_asked else []
    lines += [f"Said last: “{entry.last_said}”"] if entry.last_said else []
    return "\n".join(map(one_line, lines))


async def _draft(site: str | None, lead_id: LeadId) -> str:
    from bot.leads import find_record
    from bot.leads.follow_up import draft_of

    async with open_store() as (environment, db):
        site_id = await find_site_id(db, site)
        async with db.read() as connection:
            record = await find_record(connection, lead_id)
        if record is None or site_id not in {None, record.row.site_id}:
            where = f" of site {site_id!r}" if site_id else ""
            raise NotFoundError(f"There is no lead {lead_id!r}{where}; see `foyer leads list`.")
        if record.row.consent is not Consent.GIVEN:
            raise ConfigurationError(
                f"Lead {lead_id!r} did not agree to be contacted: there is nobody to write to."
            )
        (loaded,) = await load_sites(db, site or record.row.site_id)
        writers = await writers_of(environment, db, [loaded])
        return await draft_of(db, record, writers[loaded.id])


async def writers_of(
    environment: "Environment", db: "Database", sites: "Sequence[Site]"
) -> "dict[str, FromSite]":
    """Return who writes the drafts of each of these sites."""
    from bot.assemble.indexed import find_base
    from bot.assemble.live_site import writer_for

    return {site.id: writer_for(site, await find_base(environment, db, SiteId(site.id))) for site in sites}


async def write_drafts(
    db: "Database", ids: "Sequence[str]", writers: "Mapping[str, FromSite]", folder: Path
) -> int:
    """Write a draft for each of these leads into a folder, named by the lead; return how many.

    Raises:
        ConfigurationError: The folder cannot be written.
    """
    from bot.leads import find_record
    from bot.leads.follow_up import draft_of

    written = 0
    try:
        await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
        for lead_id in ids:
            async with db.read() as connection:
                record = await find_record(connection, LeadId(lead_id))
            if record is not None and record.row.site_id in writers and record.row.consent is Consent.GIVEN:
                text = await draft_of(db, record, writers[record.row.site_id])
                await asyncio.to_thread((folder / f"{lead_id}.txt").write_text, text, encoding="utf-8")
                written += 1
    except OSError as error:
        raise ConfigurationError(f"{folder}: cannot be written ({error.strerror}).") from error
    return written
