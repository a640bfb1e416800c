"""Questions that the documentation did not answer, with who asked as far as that may be known."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.conversation import Consent, ConversationId, LeadId, SiteId, VisitorId
from bot.domain.facts import FactState, current_facts
from bot.domain.slots import CONTACT_KINDS
from bot.store.facts import histories
from bot.store.tables import conversations, gaps, leads, sites

LEADS_AT_A_TIME = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class GapRow:
    """One question without an answer, and who asked it.

    `lead_id` and `contacts` (e-mail addresses and phone numbers) are there only after a yes to the consent question.
    """

    gap_id: int
    question: str
    at: datetime
    conversation_id: ConversationId
    visitor_id: VisitorId | None
    lead_id: LeadId | None = None
    contacts: tuple[str, ...] = ()


async def record(
    conn: AsyncConnection, *, site_id: SiteId, question: str, conversation_id: ConversationId, at: datetime
) -> None:
    """Keep a question that was not answered."""
    await conn.execute(
        insert(gaps).values(site_id=site_id, question=question, conversation_id=conversation_id, at=at)
    )


async def latest(
    conn: AsyncConnection, site_id: SiteId, *, since: datetime | None = None, limit: int = 100
) -> list[GapRow]:
    """Return the newest gaps of a site, newest first, asked at or after `since`."""
    query = (
        select(gaps, conversations.c.visitor_id, leads.c.lead_id, leads.c.consent)
        .outerjoin(conversations, conversations.c.conversation_id == gaps.c.conversation_id)
        .outerjoin(leads, leads.c.visitor_id == conversations.c.visitor_id)
        .where(gaps.c.site_id == site_id)
        .order_by(gaps.c.at.desc(), gaps.c.gap_id.desc())
        .limit(limit)
    )
    if since is not None:
        query = query.where(gaps.c.at >= since)
    rows = (await conn.execute(query)).all()
    agreed = {LeadId(row.lead_id) for row in rows if row.consent == Consent.GIVEN.value}
    contacts = await _contacts_of(conn, site_id, sorted(agreed))
    return [_gap_from(row, contacts if row.lead_id in agreed else None) for row in rows]


def _gap_from(row: Row[Any], contacts: dict[LeadId, tuple[str, ...]] | None) -> GapRow:
    return GapRow(
        gap_id=row.gap_id,
        question=row.question,
        at=row.at,
        conversation_id=row.conversation_id,
        visitor_id=row.visitor_id,
        lead_id=None if contacts is None else row.lead_id,
        contacts=() if contacts is None else contacts.get(row.lead_id, ()),
    )


async def _contacts_of(
    conn: AsyncConnection, site_id: SiteId, lead_ids: list[LeadId]
) -> dict[LeadId, tuple[str, ...]]:
    slots = await _contact_slots(conn, site_id)
    found: dict[LeadId, tuple[str, ...]] = {}
    for start in range(0, len(lead_ids), LEADS_AT_A_TIME):
        for lead_id, log in (await histories(conn, lead_ids[start : start + LEADS_AT_A_TIME])).items():
            known = (fact for fact in current_facts(log).values() if fact.state is FactState.KNOWN)
            found[lead_id] = tuple(str(fact.value) for fact in known if fact.slot in slots)
    return found


async def _contact_slots(conn: AsyncConnection, site_id: SiteId) -> set[str]:
    """Return the ids of the slots that reach a person: those of the playbook last served, else the usual ones."""
    kept: Iterable[dict[str, Any]] | None = await conn.scalar(
        select(sites.c.slots).where(sites.c.site_id == site_id)
    )
    kinds = {kind.value for kind in CONTACT_KINDS}
    return {slot["id"] for slot in kept if slot["kind"] in kinds} if kept else kinds
