"""Questions that the documentation did not answer, with who asked as far as that may be known."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.conversation import Consent, ConversationId, LeadId, SiteId, VisitorId
from bot.domain.facts import FactState, current_facts
from bot.domain.slots import CONTACT_KINDS
from bot.store.facts import histories
from bot.store.tables import conversations, gaps, leads, sites

LEADS_AT_A_TIME = 500
NO_CONVERSATION = ""
"""Stands in place of a conversation where another program asked, for nobody that is known."""
OF_PROGRAMS_KEPT = 2_000
"""Questions of other programs that a site keeps."""
MADE_ROOM = 100
"""How many of them leave when there is no room for one more."""
SAME_WORDS_A_DAY = 100
"""How often the same words count within a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GapRow:
    """One question without an answer, and who asked it.

    `lead_id` and `contacts` (e-mail addresses and phone numbers) are there only after a yes to the consent question.
    `conversation_id` is None for a question that another program asked; nobody is known behind it.
    """

    gap_id: int
    question: str
    at: datetime
    conversation_id: ConversationId | None
    visitor_id: VisitorId | None = None
    lead_id: LeadId | None = None
    contacts: tuple[str, ...] = ()


async def record(
    conn: AsyncConnection, *, site_id: SiteId, question: str, conversation_id: ConversationId, at: datetime
) -> None:
    """Keep a question that was not answered."""
    await conn.execute(
        insert(gaps).values(site_id=site_id, question=question, conversation_id=conversation_id, at=at)
    )


async def record_of_program(conn: AsyncConnection, *, site_id: SiteId, question: str, at: datetime) -> None:
    """Keep a question of another program that was not answered.

    The same words count `SAME_WORDS_A_DAY` times a day, and a site keeps `OF_PROGRAMS_KEPT`: what was asked once and
    longest ago leaves first, so that many new words push out nothing that is asked again and again.
    """
    theirs = _of_programs(site_id)
    same = select(func.count()).where(
        *theirs, gaps.c.question == question, gaps.c.at > at - timedelta(days=1)
    )
    if (await conn.scalar(same) or 0) >= SAME_WORDS_A_DAY:
        return
    if (await conn.scalar(select(func.count()).where(*theirs)) or 0) >= OF_PROGRAMS_KEPT:
        await _make_room(conn, site_id)
    await conn.execute(
        insert(gaps).values(site_id=site_id, question=question, conversation_id=NO_CONVERSATION, at=at)
    )


def _of_programs(site_id: SiteId) -> tuple[ColumnElement[bool], ...]:
    return gaps.c.site_id == site_id, gaps.c.conversation_id == NO_CONVERSATION


async def _make_room(conn: AsyncConnection, site_id: SiteId) -> None:
    theirs = _of_programs(site_id)
    times = func.count().over(partition_by=gaps.c.question)
    counted = select(gaps.c.gap_id, times.label("times")).where(*theirs).subquery()
    rarest = select(counted.c.gap_id).order_by(counted.c.times, counted.c.gap_id).limit(MADE_ROOM)
    ids = (await conn.scalars(rarest)).all()
    await conn.execute(delete(gaps).where(gaps.c.gap_id.in_(ids)))


async def latest(
    conn: AsyncConnection, site_id: SiteId, *, since: datetime | None = None, limit: int = 100
) -> list[GapRow]:
    """Return the newest gaps of a site, newest first, asked at or after `since`.

    `limit` is for those of visitors, so that what programs ask never hides them; of programs all that is kept comes.
    """
    of_visitors = _newest(site_id, since, gaps.c.conversation_id != NO_CONVERSATION).limit(limit)
    of_programs = _newest(site_id, since, gaps.c.conversation_id == NO_CONVERSATION).limit(OF_PROGRAMS_KEPT)
    rows = [row for query in (of_visitors, of_programs) for row in (await conn.execute(query)).all()]
    rows.sort(key=lambda row: (row.at, row.gap_id), reverse=True)
    agreed = {LeadId(row.lead_id) for row in rows if row.consent == Consent.GIVEN.value}
    contacts = await _contacts_of(conn, site_id, sorted(agreed))
    return [_gap_from(row, contacts if row.lead_id in agreed else None) for row in rows]


def _newest(site_id: SiteId, since: datetime | None, which: ColumnElement[bool]) -> Select[tuple[Any, ...]]:
    query = (
        select(gaps, conversations.c.visitor_id, leads.c.lead_id, leads.c.consent)
        .outerjoin(conversations, conversations.c.conversation_id == gaps.c.conversation_id)
        .outerjoin(leads, leads.c.visitor_id == conversations.c.visitor_id)
        .where(gaps.c.site_id == site_id, which)
        .order_by(gaps.c.at.desc(), gaps.c.gap_id.desc())
    )
    return query if since is None else query.where(gaps.c.at >= since)


def _gap_from(row: Row[Any], contacts: dict[LeadId, tuple[str, ...]] | None) -> GapRow:
    return GapRow(
        gap_id=row.gap_id,
        question=row.question,
        at=row.at,
        conversation_id=row.conversation_id or None,
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
