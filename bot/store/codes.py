"""Codes that were sent to prove an address: which, to whom, until when, and how often they were tried.

Promises: no code stands here, and nothing from which it could be found; what is used or over is forgotten after a day.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.conversation import ConversationId, SiteId, VisitorId
from bot.domain.verification import Pending
from bot.store.contact_tables import codes

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SentCounts:
    """How many codes were sent: to the visitor and by the site in an hour, to the address in a day."""

    of_visitor: int
    of_address: int
    of_site: int


async def put(
    conn: AsyncConnection,
    code: Pending,
    *,
    site_id: SiteId,
    visitor_id: VisitorId,
    conversation_id: ConversationId,
    at: datetime,
) -> None:
    """Note that a code is sent."""
    await conn.execute(
        insert(codes).values(
            code_id=code.code_id,
            site_id=site_id,
            visitor_id=visitor_id,
            conversation_id=conversation_id,
            address=code.address,
            sent_at=at,
            expires_at=code.expires_at,
            attempts=code.attempts,
        )
    )


async def pending(conn: AsyncConnection, visitor_id: VisitorId) -> Pending | None:
    """Return the latest code sent to the visitor, unless it was used."""
    query = select(codes).where(codes.c.visitor_id == visitor_id)
    row = (
        await conn.execute(query.order_by(codes.c.sent_at.desc(), codes.c.code_id.desc()).limit(1))
    ).one_or_none()
    if row is None or row.used_at is not None:
        return None
    return Pending(code_id=row.code_id, address=row.address, expires_at=row.expires_at, attempts=row.attempts)


async def count_sent(
    conn: AsyncConnection, *, site_id: SiteId, visitor_id: VisitorId, address: str | None, now: datetime
) -> SentCounts:
    """Return how many codes were sent lately."""

    async def number(*where: ColumnElement[bool]) -> int:
        query = select(func.count()).select_from(codes).where(codes.c.site_id == site_id, *where)
        return await conn.scalar(query) or 0

    return SentCounts(
        of_visitor=await number(codes.c.visitor_id == visitor_id, codes.c.sent_at > now - HOUR),
        of_address=await number(codes.c.address == address, codes.c.sent_at > now - DAY),
        of_site=await number(codes.c.sent_at > now - HOUR),
    )


async def count_attempt(conn: AsyncConnection, code_id: str, *, used_at: datetime | None) -> None:
    """Note that digits were compared with the code; `used_at` when they were right."""
    await conn.execute(
        update(codes).where(codes.c.code_id == code_id).values(attempts=codes.c.attempts + 1, used_at=used_at)
    )


async def forget(conn: AsyncConnection, *, before: datetime) -> None:
    """Drop what was sent before that time."""
    await conn.execute(delete(codes).where(codes.c.sent_at < before))
