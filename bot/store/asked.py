"""What visitors ask again and again, and were answered from the documentation."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.conversation import Author, SiteId
from bot.store.tables import messages

FROM_DOCUMENTATION = ("faq", "extracted")
BY_AT_LEAST = 2
"""Conversations that a question must stand in: what one person wrote stays theirs."""


async def often_answered(conn: AsyncConnection, site_id: SiteId, *, limit: int = 200) -> list[str]:
    """Return the questions that were answered in several conversations, the most asked first."""
    reply = messages.alias("reply")
    times = func.count(messages.c.conversation_id.distinct())
    rows = await conn.scalars(
        select(func.min(messages.c.text))
        .join(reply, reply.c.in_reply_to == messages.c.message_id)
        .where(
            messages.c.site_id == site_id,
            messages.c.author == Author.VISITOR.value,
            reply.c.kind.in_(FROM_DOCUMENTATION),
        )
        .group_by(func.lower(messages.c.text))
        .having(times >= BY_AT_LEAST)
        .order_by(times.desc(), func.lower(messages.c.text))
        .limit(limit)
    )
    return [text for text in rows if text]
