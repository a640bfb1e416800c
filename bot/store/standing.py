"""How far conversations are, for processes that hear no news of each other."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.conversation import Consent, ConversationStatus
from bot.store.tables import conversations

MOST_STANDINGS = 5_000


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a conversation is, who answers, and whether the visitor's consent was taken back."""

    head_seq: int
    status: ConversationStatus
    is_withdrawn: bool = False


async def standings(conn: AsyncConnection, topics: Collection[str]) -> dict[str, Standing]:
    """Return how the conversations of some conversation and visitor ids stand, by id; at most 500 ids at once."""
    found = await conn.execute(
        select(
            conversations.c.conversation_id,
            conversations.c.visitor_id,
            conversations.c.head_seq,
            conversations.c.status,
            conversations.c.consent,
        )
        .where(conversations.c.conversation_id.in_(topics) | conversations.c.visitor_id.in_(topics))
        .order_by(conversations.c.started_at, conversations.c.conversation_id)
        .limit(MOST_STANDINGS)
    )
    standings: dict[str, Standing] = {}
    for row in found:
        standing = Standing(
            row.head_seq, ConversationStatus(row.status), row.consent == Consent.WITHDRAWN.value
        )
        standings[row.conversation_id] = standing
        standings[row.visitor_id] = standing  # the latest stays
    return standings
