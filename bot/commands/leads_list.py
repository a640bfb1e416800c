"""`foyer leads list`: the leads in their order, and why it is that one."""

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

import typer

from bot.commands.lead_sites import find_segments, find_site_id, load_sites
from bot.commands.lead_words import lead_line, list_head
from bot.commands.opened import open_store
from bot.domain.conversation import SiteId
from bot.domain.errors import ConfigurationError

if TYPE_CHECKING:
    from bot.leads import RecordPage
    from bot.leads.learned_order import Ordering, Sort
    from bot.store import Database


class Sorted(StrEnum):
    """What a list can be sorted by."""

    NEWEST = "newest"
    SCORE = "score"
    LEARNED = "learned"


_SORTS: "Mapping[Sorted, Sort]" = {
    Sorted.NEWEST: "newest",
    Sorted.SCORE: "score",
    Sorted.LEARNED: "learned",
}


async def list_leads(
    site: str | None,
    segment: str | None,
    sort: Sorted | None,
    *,
    everyone: bool,
    limit: int,
    as_json: bool,
) -> None:
    """Print the leads.

    Raises:
        ConfigurationError: A site or segment that there is not, or the learned order before it was earned.
    """
    from bot.assemble import now
    from bot.leads.learned_order import ordered_page
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
        ordering, public_url = await _ordering(db, site, sort), environment.public_url
        async with db.read() as connection:
            page = await ordered_page(connection, where, ordering, limit=limit, public_url=public_url)
            visitors = await leads.count(connection, LeadFilter(site_id=site_id))
    if as_json:
        _print_json(page)
    elif page.records:
        _show(page, ordering, limit)
    elif segment is not None:
        typer.echo(f"No lead is in the segment {segment!r} now.")
    else:
        typer.echo(_say_empty(visitors, everyone=everyone))


def _print_json(page: "RecordPage") -> None:
    from bot.leads import lead_json
    from bot.leads.learned_order import chance_json

    told = [lead_json(record) | chance_json(page.chances, record) for record in page.records]
    typer.echo(json.dumps(told, ensure_ascii=False))


def _show(page: "RecordPage", ordering: "Ordering", limit: int) -> None:
    id_chars = max(len(record.row.lead_id) for record in page.records)
    typer.echo(list_head(id_chars))
    for record in page.records:
        typer.echo(lead_line(record, id_chars))
    typer.echo(ordering.why, err=True)
    if page.next_cursor is not None:
        typer.echo(
            f"There are more; these are the first {limit}. See all with --limit or `export`.", err=True
        )


async def _ordering(db: "Database", site: str | None, sort: Sorted | None) -> "Ordering":
    """Return the order; where a site's folder is gone there is no learned one."""
    from bot.leads.learned_order import find_ordering

    try:
        playbooks = {SiteId(one.id): one.playbook for one in await load_sites(db, site)}
    except ConfigurationError:
        playbooks = {}
    async with db.read() as connection:
        return await find_ordering(connection, playbooks, wanted=None if sort is None else _SORTS[sort])


def _say_empty(visitors: int, *, everyone: bool) -> str:
    if visitors == 0 or everyone:
        return "No leads yet. They appear here once a visitor has talked to the bot."
    return (
        f"No leads yet that can be reached: that takes an e-mail or phone, and a yes to the consent question. "
        f"{visitors} {'visitor' if visitors == 1 else 'visitors'} so far: see them with --all."
    )
