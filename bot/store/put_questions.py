"""When a visitor was put questions, over all conversations that are theirs; of earlier ones only the times are known.

A visitor who begins anew is a new one, and takes along these times and nothing else.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.conversation import Author, ConversationId, VisitorId
from bot.domain.questions import SERVICE, UNCOUNTED
from bot.store.tables import conversations, messages, visitors

_PUT = (
    select(messages.c.at)
    .join(conversations, conversations.c.conversation_id == messages.c.conversation_id)
    .where(
        conversations.c.visitor_id == bindparam("of"),
        conversations.c.conversation_id != bindparam("but"),
        messages.c.author == Author.BOT.value,
        messages.c.at > bindparam("since"),
        messages.c.asked.is_not(None),
        messages.c.asked.not_in(sorted(SERVICE)),
        func.coalesce(messages.c.kind, "").not_in(sorted(UNCOUNTED)),
    )
    .order_by(messages.c.at)
)
_BROUGHT = select(visitors.c.asked_at).where(visitors.c.visitor_id == bindparam("of"))


async def put_since(
    conn: AsyncConnection, visitor_id: VisitorId, since: datetime, *, but: ConversationId | None = None
) -> list[datetime]:
    """Return when the visitor was put questions after `since`, in all conversations `but` one, oldest first."""
    found = await conn.execute(_PUT, {"of": visitor_id, "but": but or "", "since": since})
    brought = (await conn.execute(_BROUGHT, {"of": visitor_id})).scalar_one_or_none()
    earlier = (datetime.fromisoformat(text) for text in brought or ())
    return sorted([*(at for at in earlier if at > since), *(row.at for row in found)])


async def bring_along(conn: AsyncConnection, visitor_id: VisitorId, times: Sequence[datetime]) -> None:
    """Keep with a new visitor when they were put questions before they began anew."""
    brought = [at.isoformat() for at in times]
    await conn.execute(update(visitors).where(visitors.c.visitor_id == visitor_id).values(asked_at=brought))
