"""What visitors said to the consent question, with the exact text they answered. Append only."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.conversation import Consent, ConversationId, MessageId, SiteId, VisitorId
from bot.store.tables import consents, messages

HISTORY_LIMIT = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRecord:
    """One answer: `given`, `refused` or `withdrawn`.

    `said` are the visitor's own words, None when they told a person.
    """

    conversation_id: ConversationId
    message_id: MessageId | None
    answer: str
    text: str
    text_version: str
    locale: str | None
    at: datetime
    said: str | None = None


async def record(  # noqa: PLR0913 - a row has as many columns
    conn: AsyncConnection,
    *,
    site_id: SiteId,
    visitor_id: VisitorId,
    conversation_id: ConversationId,
    message_id: MessageId | None,
    answer: Consent,
    text: str,
    text_version: str,
    locale: str | None,
    at: datetime,
) -> None:
    """Keep an answer. `text` is the question as the visitor read it."""
    await conn.execute(
        insert(consents).values(
            site_id=site_id,
            visitor_id=visitor_id,
            conversation_id=conversation_id,
            message_id=message_id,
            answer=str(answer),
            text=text,
            text_version=text_version,
            locale=locale,
            at=at,
        )
    )


async def history(conn: AsyncConnection, visitor_id: VisitorId) -> list[ConsentRecord]:
    """Return the visitor's answers, oldest first."""
    rows = await conn.execute(
        select(consents, messages.c.text.label("said"))
        .outerjoin(messages, messages.c.message_id == consents.c.message_id)
        .where(consents.c.visitor_id == visitor_id)
        .order_by(consents.c.consent_id)
        .limit(HISTORY_LIMIT)
    )
    return [
        ConsentRecord(
            conversation_id=row.conversation_id,
            message_id=row.message_id,
            answer=row.answer,
            text=row.text,
            text_version=row.text_version,
            locale=row.locale,
            at=row.at,
            said=row.said,
        )
        for row in rows
    ]
