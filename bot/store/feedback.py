"""What visitors think of answers, and of whole chats at their end; one word each, the latest."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, Select, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.answer import Citation
from bot.domain.conversation import Consent, ConversationId, LeadId, MessageId, SiteId
from bot.store.errors import UnknownCursorError
from bot.store.tables import conversations, feedback, leads, messages

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
    """An opinion with what it is about: the reply and what it cites.

    `asked` is what the visitor had said before it and `lead_id` is theirs; both are None where they took a yes back.
    """

    opinion: Opinion
    site_id: SiteId
    conversation_id: ConversationId
    message_id: MessageId
    lead_id: LeadId | None
    is_of_whole_chat: bool
    text: str
    citations: tuple[Citation, ...]
    asked: str | None
    has_agreed: bool

    @property
    def question(self) -> str | None:
        """What the visitor had asked; told only after their yes to the consent question."""
        return self.asked if self.has_agreed else None

    @property
    def document_id(self) -> str | None:
        """The document that the reply cites first."""
        return self.citations[0].document_id if self.citations else None

    @property
    def title(self) -> str | None:
        """Where that stands in it."""
        return self.citations[0].title if self.citations else None


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingFilter:
    """Which ratings are meant; None leaves a question open. `since`: given at or after."""

    site_ids: frozenset[SiteId] | None = None
    is_helpful: bool | None = None
    is_of_whole_chat: bool | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class RatingPage:
    """Ratings, newest first; `next_cursor` is None after the last."""

    rows: tuple[RatedReply, ...]
    next_cursor: str | None


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
    conn: AsyncConnection, where: RatingFilter, *, cursor: str | None = None, limit: int
) -> RatingPage:
    """Return up to `limit` opinions of visitors, newest first, from the cursor of the page before.

    Raises:
        UnknownCursorError: The cursor is not one of ours.
    """
    query = _matching(where)
    if cursor is not None:
        query = query.where(tuple_(feedback.c.at, feedback.c.message_id) < tuple_(*_read_cursor(cursor)))
    found = [_rated(row) for row in await conn.execute(query.limit(limit + 1))]
    rows = tuple(found[:limit])
    return RatingPage(rows, _write_cursor(rows[-1]) if len(found) > limit else None)


def _matching(where: RatingFilter) -> Select[Any]:
    asked = messages.alias()
    query = (
        select(
            messages,
            feedback.c.site_id,
            feedback.c.helpful,
            feedback.c.comment,
            feedback.c.at.label("rated_at"),
            asked.c.text.label("question"),
            conversations.c.consent,
            leads.c.lead_id,
        )
        .join(messages, messages.c.message_id == feedback.c.message_id)
        .join(conversations, conversations.c.conversation_id == messages.c.conversation_id)
        .outerjoin(asked, asked.c.message_id == messages.c.in_reply_to)
        .outerjoin(leads, leads.c.visitor_id == conversations.c.visitor_id)
        .order_by(feedback.c.at.desc(), feedback.c.message_id.desc())
    )
    if where.site_ids is not None:
        query = query.where(feedback.c.site_id.in_(where.site_ids))
    if where.is_helpful is not None:
        query = query.where(feedback.c.helpful.is_(where.is_helpful))
    if where.is_of_whole_chat is not None:
        is_goodbye = messages.c.kind.is_not_distinct_from(GOODBYE)
        query = query.where(is_goodbye if where.is_of_whole_chat else ~is_goodbye)
    return query if where.since is None else query.where(feedback.c.at >= where.since)


def _rated(row: Row[Any]) -> RatedReply:
    consent = Consent(row.consent)
    is_open = consent is not Consent.WITHDRAWN
    return RatedReply(
        opinion=Opinion(helpful=row.helpful, comment=row.comment, at=row.rated_at),
        site_id=SiteId(row.site_id),
        conversation_id=ConversationId(row.conversation_id),
        message_id=MessageId(row.message_id),
        lead_id=LeadId(row.lead_id) if row.lead_id and is_open else None,
        is_of_whole_chat=row.kind == GOODBYE,
        text=row.text,
        citations=tuple(Citation(**citation) for citation in row.citations),
        asked=row.question if is_open else None,
        has_agreed=consent is Consent.GIVEN,
    )


def _write_cursor(row: RatedReply) -> str:
    return base64.urlsafe_b64encode(f"{row.opinion.at.isoformat()} {row.message_id}".encode()).decode()


def _read_cursor(cursor: str) -> tuple[datetime, str]:
    try:
        at, message_id = base64.urlsafe_b64decode(cursor.encode()).decode().split(" ")
        return datetime.fromisoformat(at).astimezone(UTC), message_id
    except (ValueError, OverflowError) as error:
        remedy = "begin at the first page, without one."
        raise UnknownCursorError(f"{cursor!r} is no cursor of ours; {remedy}") from error
