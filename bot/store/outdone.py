"""Leads of which a better one has the same e-mail address: for lists in which an address may stand once.

Decided by the database, which sorts on the disk. Promises: of the leads of one address exactly the best is not named:
that with the highest score, of two alike the newer.
"""

from collections.abc import AsyncGenerator, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.facts import FactState
from bot.store.lead_filter import LeadFilter, is_current, matches
from bot.store.tables import facts as facts_table
from bot.store.tables import leads as leads_table


async def find_outdone(
    conn: AsyncConnection, where: LeadFilter, email_slots: Sequence[str]
) -> AsyncGenerator[str, None]:
    """Yield the id of each matching lead that a better matching one of the same address outdoes.

    Args:
        conn: where to read.
        where: which leads are in the list.
        email_slots: the slots that hold an address; of several the first that is known counts.
    """
    if not email_slots:
        return
    first, *others = (_address(slot) for slot in email_slots)
    address = func.coalesce(first, *others) if others else first
    lead = leads_table.c
    best_first = (lead.score.desc(), lead.created_at.desc(), lead.lead_id.desc())
    place = func.row_number().over(partition_by=address, order_by=best_first)
    ranked = select(lead.lead_id, place.label("place")).where(matches(where), address.is_not(None)).subquery()
    rows = await conn.stream_scalars(select(ranked.c.lead_id).where(ranked.c.place > 1))
    async for lead_id in rows:
        yield lead_id


def _address(slot: str) -> Any:
    fact = facts_table.alias()
    said = select(func.lower(fact.c.value[()].as_string()))
    is_known = fact.c.state == FactState.KNOWN.value
    return said.where(is_current(fact, slot), is_known).limit(1).correlate(leads_table).scalar_subquery()
