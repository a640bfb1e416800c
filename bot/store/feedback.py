"""What visitors think of answers, and of whole chats at their end; one word each, the latest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.conversation import Consent, ConversationId, MessageId, SiteId
from bot.store.tables import conversations, feedback, messages

GOODBYE = "goodbye"
"""The kind of message under which a whole chat is rated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """Whether a message helped, and why, if the visitor said so."""

    helpful: bool
    comment: str | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedReply:
    """An opinion with what it is about: the reply, and the document it cites first.

    `question` is what the visitor had asked; it is there only after a yes to the consent question.
    """

    opinion: Opinion
    conversation_id: ConversationId
    is_of_whole_chat: bool
    text: str
    document_id: str | None
    title: str | None
    question: str | None


async def of_conversations(
    conn: AsyncConnection, conversation_ids: Sequence[ConversationId]
) -> dict[MessageId, Opinion]:
    """Return what was said of the messages of some conversations."""
    rows = await conn.execute(select(feedback).where(feedback.c.conversation_id.in_(conversation_ids)))
    return {
        MessageId(row.message_id): Opinion(helpful=row.helpful, comment=row.comment, at=row.at)
        for row in rows
    }


async def latest(
    conn: AsyncConnection, site_id: SiteId, *, since: datetime | None = None, limit: int
) -> list[RatedReply]:
    """Return the newest opinions of a site's visitors, newest first, given at or after `since`."""
    asked = messages.alias()
    query = (
        select(
            messages,
            feedback.c.helpful,
            feedback.c.comment,
            feedback.c.at.label("rated_at"),
            asked.c.text.label("question"),
            conversations.c.consent,
        )
        .join(messages, messages.c.message_id == feedback.c.message_id)
        .join(conversations, conversations.c.conversation_id == messages.c.conversation_id)
        .outerjoin(asked, asked.c.message_id == messages.c.in_reply_to)
        .where(feedback.c.site_id == site_id)
        .order_by(feedback.c.at.desc(), feedback.c.message_id.desc())
        .limit(limit)
    )
    if since is not None:
        query = query.where(feedback.c.at >= since)
    return [
        RatedReply(
            opinion=Opinion(helpful=row.helpful, comment=row.comment, at=row.rated_at),
            conversation_id=ConversationId(row.conversation_id),
            is_of_whole_chat=row.kind == GOODBYE,
            text=row.text,
            document_id=row.citations[0]["document_id"] if row.citations else None,
            title=row.citations[0]["title"] if row.citations else None,
            question=row.question if row.consent == Consent.GIVEN.value else None,
        )
        for row in await conn.execute(query)
    ]
