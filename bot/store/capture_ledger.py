"""The capture ledger: for every conversation, whether it became a lead that can be reached, else where it stopped."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, not_, null, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.capture import CAPTURED, CONTINUED, LEFT_AT, NEVER_WROTE
from bot.domain.conversation import Author, SiteId
from bot.domain.dialogue import OWN_QUESTIONS
from bot.store.tables import conversations, leads, messages

GROUPS = 1_000
"""More gates than a playbook can have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GateCount:
    """How many conversations stopped at a gate; `question` counts the questions asked when the visitor left."""

    gate: str
    question: int | None
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One conversation: its gate, what was asked last, and what the visitor said last."""

    conversation_id: str
    site_id: str
    lead_id: str | None
    gate: str
    question: int | None
    last_asked: str | None
    last_said: str | None


async def count_gates(conn: AsyncConnection, site_id: SiteId | None) -> list[GateCount]:
    """Return how many conversations of the site, or of all, stopped at each gate, the most first."""
    entries = _entries().where(_of(site_id)).subquery()
    number = func.count().label("number")
    query = select(entries.c.gate, entries.c.question, number).group_by(entries.c.gate, entries.c.question)
    query = query.order_by(number.desc(), entries.c.gate, entries.c.question.nulls_first()).limit(GROUPS)
    return [
        GateCount(gate=row.gate, question=row.question, count=row.number) for row in await conn.execute(query)
    ]


async def find_entry(conn: AsyncConnection, site_id: SiteId | None, subject: str) -> LedgerEntry | None:
    """Return the entry of a conversation, or of a lead's latest one; None when the site, or any, has neither."""
    is_it = or_(
        conversations.c.conversation_id == subject, leads.c.lead_id == subject, leads.c.merged_into == subject
    )
    query = _entries().where(_of(site_id), is_it)
    row = (await conn.execute(query.order_by(conversations.c.started_at.desc()).limit(1))).one_or_none()
    if row is None:
        return None
    return LedgerEntry(
        **row._asdict(),
        last_asked=await _last_text(conn, row.conversation_id, messages.c.asked.is_not(None)),
        last_said=await _last_text(conn, row.conversation_id, messages.c.author == Author.VISITOR.value),
    )


def _of(site_id: SiteId | None) -> ColumnElement[bool]:
    return true() if site_id is None else conversations.c.site_id == site_id


def _entries() -> Select[Any]:
    other = leads.alias()
    went_on = select(literal(1)).where(other.c.visitor_id == conversations.c.visitor_id).exists()
    gate = case(
        (leads.c.captured, CAPTURED),
        (leads.c.lead_id.is_not(None), leads.c.stopped_at),
        (went_on, CONTINUED),
        else_=NEVER_WROTE,
    )
    asked = (
        select(func.count())
        .where(
            messages.c.conversation_id == conversations.c.conversation_id,
            messages.c.author == Author.BOT.value,
            messages.c.asked.is_not(None),
            messages.c.asked.not_in(sorted(OWN_QUESTIONS)),
        )
        .scalar_subquery()
    )
    left = and_(not_(leads.c.captured), leads.c.stopped_at.startswith(LEFT_AT))
    columns = (conversations.c.conversation_id, conversations.c.site_id, leads.c.lead_id)
    # A merged lead has a conversation of one of its parts, and no visitor of its own.
    is_of = and_(
        leads.c.conversation_id == conversations.c.conversation_id,
        leads.c.visitor_id == conversations.c.visitor_id,
    )
    joined = conversations.outerjoin(leads, is_of)
    return select(
        *columns, gate.label("gate"), case((left, asked), else_=null()).label("question")
    ).select_from(joined)


async def _last_text(conn: AsyncConnection, conversation_id: str, is_wanted: Any) -> str | None:
    found: str | None = await conn.scalar(
        select(messages.c.text)
        .where(messages.c.conversation_id == conversation_id, is_wanted)
        .order_by(messages.c.seq.desc())
        .limit(1)
    )
    return found
