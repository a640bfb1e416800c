"""A conversation's beginning, its state, and the visitor's messages in it (transaction 1 of a turn).

Promises: the same `client_message_id` is kept once; a closed conversation reopens when its visitor writes; an erased
one stays erased.
"""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.conversation import (
    Author,
    Consent,
    Conversation,
    ConversationId,
    ConversationStatus,
    Message,
    MessageId,
    SiteId,
    VisitorId,
)
from bot.domain.errors import ConversationClosedError, IdConflictError, NotFoundError
from bot.store.message_rows import insert_message
from bot.store.tables import conversations, messages, visitors
from bot.store.tombstones import is_erased

_IS_THIS = conversations.c.conversation_id == bindparam("of")
# Building a statement takes longer than running it: those of every turn are built once.
_FIND = select(conversations).where(_IS_THIS)
_FIND_OPEN = (
    select(conversations)
    .where(conversations.c.visitor_id == bindparam("visitor"))
    .order_by(conversations.c.started_at.desc(), conversations.c.conversation_id.desc())
    .limit(1)
)
_SAME = (
    messages.c.message_id.label("same_id"),
    messages.c.seq.label("same_seq"),
    messages.c.at.label("same_at"),
    messages.c.body_hash.label("same_hash"),
)
_LOCK = (
    select(conversations, visitors.c.banned_at, *_SAME)
    .outerjoin(visitors, visitors.c.visitor_id == conversations.c.visitor_id)
    .outerjoin(
        messages,
        and_(
            messages.c.conversation_id == conversations.c.conversation_id,
            messages.c.client_message_id == bindparam("sent_as"),
        ),
    )
    .where(_IS_THIS)
    .with_for_update(of=conversations)
)
_MOVE = (
    update(conversations)
    .where(_IS_THIS)
    .values(head_seq=bindparam("seq"), version=bindparam("moved_to"), status=bindparam("reopened"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A visitor's message as it was kept; `is_duplicate` when it was kept before already.

    `thread` is the conversation as it is with a new message.
    """

    conversation_id: ConversationId
    message_id: MessageId
    client_message_id: str
    seq: int
    at: datetime
    is_duplicate: bool
    thread: Conversation | None = None


async def start(  # noqa: PLR0913 - a row has as many columns
    conn: AsyncConnection,
    *,
    conversation_id: ConversationId,
    site_id: SiteId,
    visitor_id: VisitorId,
    now: datetime,
    locale: str | None = None,
    page_url: str | None = None,
    page_title: str | None = None,
) -> Conversation:
    """Begin a conversation.

    Raises:
        ConversationClosedError: The visitor was erased or banned.
    """
    banned_at = await conn.scalar(select(visitors.c.banned_at).where(visitors.c.visitor_id == visitor_id))
    if banned_at is not None or await is_erased(conn, "visitor", visitor_id):
        raise ConversationClosedError(f"Visitor {visitor_id!r} was erased or banned; nothing more is kept.")
    conversation = Conversation(
        conversation_id=conversation_id,
        site_id=site_id,
        visitor_id=visitor_id,
        status=ConversationStatus.BOT,
        consent=Consent.NOT_ASKED,
        version=0,
        head_seq=0,
        started_at=now,
        locale=locale,
        page_url=page_url,
        page_title=page_title,
    )
    row = {name: value for name, value in asdict(conversation).items() if name != "messages"}
    await conn.execute(insert(conversations).values(**row, shown_seq=0))
    return conversation


async def find(conn: AsyncConnection, conversation_id: ConversationId) -> Conversation | None:
    """Return the conversation without its messages."""
    found = await conn.execute(_FIND, {"of": conversation_id})
    row = found.one_or_none()
    return None if row is None else _conversation_from(row)


async def hold(conn: AsyncConnection, conversation_id: ConversationId) -> Conversation | None:
    """Return the conversation without its messages; nobody else changes it before the transaction ends."""
    found = await conn.execute(_FIND.with_for_update(), {"of": conversation_id})
    row = found.one_or_none()
    return None if row is None else _conversation_from(row)


async def of_visitor(conn: AsyncConnection, visitor_id: VisitorId, *, limit: int = 20) -> list[Conversation]:
    """Return the visitor's latest conversations, oldest first, without their messages."""
    latest_first = (conversations.c.started_at.desc(), conversations.c.conversation_id.desc())
    found = await conn.execute(
        select(conversations)
        .where(conversations.c.visitor_id == visitor_id)
        .order_by(*latest_first)
        .limit(limit)
    )
    return [_conversation_from(row) for row in reversed(found.all())]


async def find_open(conn: AsyncConnection, visitor_id: VisitorId) -> Conversation | None:
    """Return the visitor's latest conversation, which a message goes on with (a closed one reopens)."""
    found = await conn.execute(_FIND_OPEN, {"visitor": visitor_id})
    row = found.one_or_none()
    return None if row is None else _conversation_from(row)


async def accept(  # noqa: PLR0913 - a row has as many columns
    conn: AsyncConnection,
    *,
    conversation_id: ConversationId,
    message_id: MessageId,
    client_message_id: str,
    text: str,
    body_hash: str,
    at: datetime,
    page_url: str | None = None,
) -> Accepted:
    """Keep what the visitor said, once. `body_hash` stands for the body as it was sent.

    Raises:
        IdConflictError: The `client_message_id` was used with another body.
        ConversationClosedError: The conversation was erased or its visitor banned.
        NotFoundError: There is no such conversation.
    """
    found = await lock_thread(conn, conversation_id, client_message_id)
    if found.same_id is not None:
        return accepted_before(found, client_message_id, body_hash)
    thread = _moved(found)
    seq, reopened = thread.head_seq, thread.status
    moved = {"of": conversation_id, "seq": seq, "moved_to": thread.version, "reopened": reopened}
    await conn.execute(_MOVE, moved)
    message = Message(
        message_id=message_id,
        conversation_id=conversation_id,
        seq=seq,
        author=Author.VISITOR,
        text=text,
        at=at,
        client_message_id=client_message_id,
        page_url=page_url,
    )
    await insert_message(conn, message, site_id=thread.site_id, body_hash=body_hash, awaits_reply=True)
    return accepted_now(message, client_message_id, thread)


def _moved(row: Row[Any]) -> Conversation:
    """Return the conversation as it is with one message more, open again if it was closed."""
    before = _conversation_from(row)
    is_closed = before.status is ConversationStatus.CLOSED
    return replace(
        before,
        status=ConversationStatus.BOT if is_closed else before.status,
        version=before.version + 1,
        head_seq=before.head_seq + 1,
    )


def accepted_now(message: Message, client_message_id: str, thread: Conversation | None = None) -> Accepted:
    """Return a message that was just kept, as it is told to its sender."""
    return Accepted(
        thread=thread,
        conversation_id=message.conversation_id,
        message_id=message.message_id,
        client_message_id=client_message_id,
        seq=message.seq,
        at=message.at,
        is_duplicate=False,
    )


def accepted_before(found: Row[Any], client_message_id: str, body_hash: str) -> Accepted:
    """Return what was accepted then, when it is the same now."""
    if found.same_hash != body_hash:
        raise IdConflictError(f"{client_message_id!r} was sent before with another body; use a new id.")
    return Accepted(
        conversation_id=found.conversation_id,
        message_id=found.same_id,
        client_message_id=client_message_id,
        seq=found.same_seq,
        at=found.same_at,
        is_duplicate=True,
    )


async def set_consent(conn: AsyncConnection, conversation_id: ConversationId, consent: Consent) -> None:
    """Change what the visitor said to the consent question; the words are kept by `consents.record`."""
    await _change(conn, conversation_id, consent=consent.value)


async def set_status(
    conn: AsyncConnection, conversation_id: ConversationId, status: ConversationStatus
) -> None:
    """Change who answers next."""
    await _change(conn, conversation_id, status=status.value)


async def acknowledge(conn: AsyncConnection, conversation_id: ConversationId, seq: int) -> None:
    """Note that the visitor was shown everything up to `seq`; an older or impossible number changes nothing."""
    await conn.execute(
        update(conversations)
        .where(
            conversations.c.conversation_id == conversation_id,
            conversations.c.shown_seq < seq,
            conversations.c.head_seq >= seq,
        )
        .values(shown_seq=seq)
    )


async def lock_thread(
    conn: AsyncConnection, conversation_id: ConversationId, client_message_id: str
) -> Row[Any]:
    """Return the conversation's row, with the message that was sent under that id before, if one was.

    Nobody else writes to the conversation until the transaction ends.

    Raises:
        ConversationClosedError: It was erased or its visitor banned.
        NotFoundError: There is no such conversation.
    """
    found = await conn.execute(_LOCK, {"of": conversation_id, "sent_as": client_message_id})
    row = found.one_or_none()
    if row is not None and row.banned_at is None:
        return row
    if row is not None or await is_erased(conn, "conversation", conversation_id):
        raise ConversationClosedError(f"Conversation {conversation_id!r} was erased or its visitor banned.")
    raise NotFoundError(f"There is no conversation {conversation_id!r}.")


async def _change(conn: AsyncConnection, conversation_id: ConversationId, **values: str) -> None:
    changed = await conn.execute(
        update(conversations)
        .where(conversations.c.conversation_id == conversation_id)
        .values(version=conversations.c.version + 1, **values)
    )
    if changed.rowcount == 0:
        raise NotFoundError(f"There is no conversation {conversation_id!r}.")


def _conversation_from(row: Row[Any]) -> Conversation:
    return Conversation(
        conversation_id=row.conversation_id,
        site_id=row.site_id,
        visitor_id=row.visitor_id,
        status=ConversationStatus(row.status),
        consent=Consent(row.consent),
        version=row.version,
        head_seq=row.head_seq,
        started_at=row.started_at,
        locale=row.locale,
        page_url=row.page_url,
        page_title=row.page_title,
    )
