"""Facts, append only: a correction is a new row, and every earlier one stays as history."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, bindparam, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.conversation import LeadId, SiteId, VisitorId
from bot.domain.facts import Fact, FactState
from bot.store.tables import facts as facts_table
from bot.store.tables import leads

_INSERT = insert(facts_table)
_HISTORIES = (
    select(facts_table)
    .where(facts_table.c.lead_id.in_(bindparam("of", expanding=True)))
    .order_by(facts_table.c.fact_id)
)
_OF_VISITOR = (
    select(facts_table)
    .join(leads, leads.c.lead_id == facts_table.c.lead_id)
    .where(leads.c.visitor_id == bindparam("of"))
    .order_by(facts_table.c.fact_id)
)


async def append(conn: AsyncConnection, *, lead_id: LeadId, site_id: SiteId, facts: Iterable[Fact]) -> None:
    """Keep facts in the order given. Contact details only after consent: that is the caller's duty."""
    rows = [
        {
            "site_id": site_id,
            "lead_id": lead_id,
            "slot": fact.slot,
            "state": fact.state.value,
            "value": fact.value,
            "quote": fact.quote,
            "message_id": fact.message_id,
            "extractor": fact.extractor,
            "confidence": fact.confidence,
            "at": fact.at,
        }
        for fact in facts
    ]
    if rows:
        await conn.execute(_INSERT, rows)


async def history(conn: AsyncConnection, lead_id: LeadId) -> list[Fact]:
    """Return every fact of the lead, as they were kept, oldest first."""
    return (await histories(conn, [lead_id])).get(lead_id, [])


async def of_visitor(conn: AsyncConnection, visitor_id: VisitorId) -> list[Fact]:
    """Return every fact of the visitor's lead, as they were kept, oldest first; none where they are no lead."""
    return [_fact_from(row) for row in await conn.execute(_OF_VISITOR, {"of": visitor_id})]


async def histories(conn: AsyncConnection, lead_ids: Sequence[LeadId]) -> dict[LeadId, list[Fact]]:
    """Return the facts of each of some hundred leads, oldest first; a lead without facts is left out."""
    rows = await conn.execute(_HISTORIES, {"of": lead_ids})
    found: defaultdict[LeadId, list[Fact]] = defaultdict(list)
    for row in rows:
        found[row.lead_id].append(_fact_from(row))
    return dict(found)


def _fact_from(row: Row[Any]) -> Fact:
    return Fact(
        slot=row.slot,
        state=FactState(row.state),
        value=row.value,
        quote=row.quote,
        message_id=row.message_id,
        extractor=row.extractor,
        confidence=row.confidence,
        at=row.at,
    )
