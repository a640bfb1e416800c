"""Questions that the documentation did not answer."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.conversation import ConversationId, SiteId
from bot.store.tables import gaps


@dataclass(frozen=True, slots=True, kw_only=True)
class GapRow:
    """One question without an answer, and where it was asked."""

    question: str
    conversation_id: ConversationId
    at: datetime


async def record(
    conn: AsyncConnection, *, site_id: SiteId, question: str, conversation_id: ConversationId, at: datetime
) -> None:
    """Keep a question that was not answered."""
    await conn.execute(
        insert(gaps).values(site_id=site_id, question=question, conversation_id=conversation_id, at=at)
    )


async def latest(conn: AsyncConnection, site_id: SiteId, *, limit: int = 100) -> list[GapRow]:
    """Return the newest gaps of a site."""
    rows = await conn.execute(
        select(gaps)
        .where(gaps.c.site_id == site_id)
        .order_by(gaps.c.at.desc(), gaps.c.gap_id.desc())
        .limit(limit)
    )
    return [GapRow(question=row.question, conversation_id=row.conversation_id, at=row.at) for row in rows]
