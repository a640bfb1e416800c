"""Leads that may be one person: proposals, what was decided about them, and which leads are shown as one.

Promises: merging and undoing touch no column of a part but `merged_into`, so that an undone merge leaves both leads as
they would be without it; every decision leaves a row in the log; a merged lead that is dissolved leaves nothing behind.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Row, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.conversation import LeadId, SiteId, VisitorId
from bot.store.contact_tables import identities, merge_log, merges
from bot.store.postgres import also_in_line
from bot.store.tables import facts, leads, outbox, receipts

MergeState = Literal["proposed", "accepted", "dismissed", "undone"]
_LINE = "merges"
AT_MOST = 10_000
"""Rows of one list that are read: parts of a lead, entries of a log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeRow:
    """Two leads that look like one person, the older one first, and what became of it."""

    merge_id: str
    site_id: SiteId
    lead_id: LeadId
    other_lead_id: LeadId
    reason: str
    state: MergeState
    merged_lead_id: LeadId | None
    proposed_at: datetime
    decided_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """Who did what with a merge, when, and how the leads stood before."""

    merge_id: str
    action: str
    actor: str
    at: datetime
    before: Sequence[dict[str, Any]]


async def take_line(conn: AsyncConnection) -> None:
    """Wait until nobody else works on merges; what is read of other visitors' leads afterwards stays so."""
    await also_in_line(conn, _LINE)


async def take_line_if_known(conn: AsyncConnection, visitor_id: VisitorId) -> None:
    """Likewise for a visitor who is known by something: of two who give one address at once, one sees the other."""
    is_known = select(identities.c.identity_id).where(identities.c.visitor_id == visitor_id).exists()
    await also_in_line(conn, _LINE, provided=is_known)


async def propose(conn: AsyncConnection, row: MergeRow) -> None:
    """Keep a new proposal."""
    await conn.execute(insert(merges).values(**{name: getattr(row, name) for name in row.__slots__}))


async def find(conn: AsyncConnection, merge_id: str) -> MergeRow | None:
    """Return the merge of that id, if there is one."""
    return _merge_from(
        (await conn.execute(select(merges).where(merges.c.merge_id == merge_id))).one_or_none()
    )


async def find_pair(conn: AsyncConnection, lead_id: LeadId, other_lead_id: LeadId) -> MergeRow | None:
    """Return the merge of these two leads, the older one named first, if it was ever proposed."""
    is_it = (merges.c.lead_id == lead_id) & (merges.c.other_lead_id == other_lead_id)
    return _merge_from((await conn.execute(select(merges).where(is_it))).one_or_none())


async def of_merged(conn: AsyncConnection, merged_lead_id: LeadId) -> MergeRow | None:
    """Return the merge that made a lead, if it is a merged one."""
    found = await conn.execute(select(merges).where(merges.c.merged_lead_id == merged_lead_id))
    return _merge_from(found.one_or_none())


async def list_all(
    conn: AsyncConnection, *, site_id: SiteId | None, states: Sequence[MergeState], limit: int
) -> list[MergeRow]:
    """Return the newest merges in one of those states."""
    query = select(merges).where(merges.c.state.in_(states))
    if site_id is not None:
        query = query.where(merges.c.site_id == site_id)
    newest_first = (merges.c.proposed_at.desc(), merges.c.merge_id.desc())
    rows = await conn.execute(query.order_by(*newest_first).limit(limit))
    return [found for row in rows if (found := _merge_from(row)) is not None]


async def change(conn: AsyncConnection, merge_id: str, **values: Any) -> None:
    """Change columns of a merge."""
    await conn.execute(update(merges).where(merges.c.merge_id == merge_id).values(**values))


async def log(conn: AsyncConnection, site_id: SiteId, entry: LogEntry) -> None:
    """Note who did what."""
    values = {name: getattr(entry, name) for name in entry.__slots__}
    await conn.execute(insert(merge_log).values(site_id=site_id, **(values | {"before": list(entry.before)})))


async def log_of(conn: AsyncConnection, merge_id: str) -> list[LogEntry]:
    """Return what was done with a merge, oldest first."""
    query = select(merge_log).where(merge_log.c.merge_id == merge_id)
    rows = await conn.execute(query.order_by(merge_log.c.entry_id).limit(AT_MOST))
    return [LogEntry(**{name: getattr(row, name) for name in LogEntry.__slots__}) for row in rows]


async def whole_of(conn: AsyncConnection, lead_id: LeadId) -> LeadId:
    """Return the lead that is shown for this one: the merged lead it is part of, else itself."""
    while True:
        above = await conn.scalar(select(leads.c.merged_into).where(leads.c.lead_id == lead_id))
        if above is None:
            return lead_id
        lead_id = above


async def parts_of(conn: AsyncConnection, lead_id: LeadId) -> list[LeadId]:
    """Return the leads of which this one is made, the older one first; empty for one that is nobody else."""
    query = select(leads.c.lead_id).where(leads.c.merged_into == lead_id)
    return list(
        (await conn.scalars(query.order_by(leads.c.created_at, leads.c.lead_id).limit(AT_MOST))).all()
    )


async def visitors_of(conn: AsyncConnection, lead_id: LeadId) -> list[VisitorId]:
    """Return the visitors behind a lead, a merged one or not; empty when there is no such lead."""
    found: list[VisitorId] = []
    waiting = [lead_id]
    while waiting:
        one = waiting.pop(0)
        parts = await parts_of(conn, one)
        waiting += parts
        if not parts:
            found += (await conn.scalars(select(leads.c.visitor_id).where(leads.c.lead_id == one))).all()
    return found


async def join(conn: AsyncConnection, parts: Sequence[LeadId], *, merged_lead_id: LeadId) -> None:
    """Show the merged lead in the parts' stead."""
    await conn.execute(update(leads).where(leads.c.lead_id.in_(parts)).values(merged_into=merged_lead_id))


async def copy_facts(conn: AsyncConnection, parts: Sequence[LeadId], *, merged_lead_id: LeadId) -> None:
    """Give the merged lead all facts of its parts, in the order of time, in place of those it had."""
    await conn.execute(delete(facts).where(facts.c.lead_id == merged_lead_id))
    copied = [column for column in facts.columns if column.name not in {"fact_id", "lead_id"}]
    query = select(*copied).where(facts.c.lead_id.in_(parts)).order_by(facts.c.at, facts.c.fact_id)
    rows = [{**row, "lead_id": merged_lead_id} for row in (await conn.execute(query)).mappings()]
    if rows:
        await conn.execute(insert(facts), rows)


async def dissolve(conn: AsyncConnection, merged_lead_id: LeadId) -> None:
    """Take a merged lead apart; whatever it was a part of is taken apart before."""
    whole = await conn.scalar(select(leads.c.merged_into).where(leads.c.lead_id == merged_lead_id))
    if whole is not None:
        await dissolve(conn, whole)
    await conn.execute(update(leads).where(leads.c.merged_into == merged_lead_id).values(merged_into=None))
    for table in (facts, receipts, outbox, leads):
        await conn.execute(delete(table).where(table.c.lead_id == merged_lead_id))
    await conn.execute(
        update(merges)
        .where(merges.c.merged_lead_id == merged_lead_id)
        .values(state="undone", merged_lead_id=None)
    )


async def set_apart(conn: AsyncConnection, visitor_id: VisitorId) -> None:
    """Dissolve every merged lead of which the visitor's is a part."""
    whole = await conn.scalar(
        select(leads.c.merged_into).where(leads.c.visitor_id == visitor_id, leads.c.merged_into.is_not(None))
    )
    if whole is not None:
        await dissolve(conn, whole)


async def drop_proposals(conn: AsyncConnection, lead_id: LeadId) -> None:
    """Forget what was proposed about a lead and not accepted, and all that was noted of it."""
    is_of = or_(merges.c.lead_id == lead_id, merges.c.other_lead_id == lead_id)
    dropped = select(merges.c.merge_id).where(is_of, merges.c.state != "accepted")
    await conn.execute(delete(merge_log).where(merge_log.c.merge_id.in_(dropped)))
    await conn.execute(delete(merges).where(is_of, merges.c.state != "accepted"))


def _merge_from(row: Row[Any] | None) -> MergeRow | None:
    return None if row is None else MergeRow(**row._asdict())
