"""What is said back (transaction 2 of a turn), and reading a conversation in order.

Promises: a visitor's message gets at most one reply, and only in the conversation as the turn had read it; one
transaction that is refused leaves nothing behind. Call `add_reply` first in its transaction.
"""

from datetime import datetime

from sqlalchemy import bindparam, delete, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.conversation import (
    Author,
    ConversationId,
    ConversationStatus,
    Message,
    MessageId,
    Reply,
    SiteId,
)
from bot.domain.errors import NotFoundError, VersionConflictError
from bot.domain.masking import MASK
from bot.store.errors import AlreadyAnsweredError
from bot.store.message_rows import insert_message, message_from
from bot.store.tables import conversations, feedback
from bot.store.tables import messages as messages_table

UNANSWERED_LIMIT = 10_000
MOST_SEQ = 2**31 - 1

# Building a statement takes longer than running it: those of every turn are built once.
_REPLY_TO = select(messages_table).where(messages_table.c.in_reply_to == bindparam("to"))
_SETTLE = (
    update(messages_table)
    .where(
        messages_table.c.message_id == bindparam("of"),
        messages_table.c.conversation_id == bindparam("within"),
    )
    .values(awaits_reply=False)
)
_READ_ON = (
    select(messages_table)
    .where(messages_table.c.conversation_id == bindparam("of"), messages_table.c.seq > bindparam("after"))
    .order_by(messages_table.c.seq)
    .limit(bindparam("at_most"))
)
_TAKE_SEQ = (
    update(conversations)
    .where(
        conversations.c.conversation_id == bindparam("of"),
        ~exists().where(messages_table.c.in_reply_to == bindparam("to")),
    )
    .values(head_seq=conversations.c.head_seq + 1, version=conversations.c.version + 1)
    .returning(conversations.c.site_id, conversations.c.head_seq)
)
_TAKE_SEQ_AT = _TAKE_SEQ.where(conversations.c.version == bindparam("expected"))
_TAKE_SEQ_UNLESS_TAKEN = _TAKE_SEQ.where(conversations.c.status.not_in(["waiting", "live"]))


async def add_reply(  # noqa: PLR0913 - a row has as many columns
    conn: AsyncConnection,
    *,
    conversation_id: ConversationId,
    expected_version: int | None,
    in_reply_to: MessageId,
    message_id: MessageId,
    reply: Reply,
    at: datetime,
) -> Message:
    """Give a visitor's message its one reply.

    `expected_version` is the one the turn had read; None replies whatever has happened since, but to nobody whom an
    operator has taken over.

    Raises:
        AlreadyAnsweredError: It has its reply; end the transaction, so that nothing of the turn is kept twice.
        VersionConflictError: The conversation has moved on; read it again and think again.
        NotFoundError: There is no such conversation, or no such message in it.
    """
    site_id, seq = await _next_seq(conn, conversation_id, expected_version, in_reply_to)
    message = Message(
        message_id=message_id,
        conversation_id=conversation_id,
        seq=seq,
        author=Author.BOT,
        text=reply.text,
        at=at,
        in_reply_to=in_reply_to,
        kind=reply.kind,
        asked=reply.asked,
        citations=reply.citations,
        choices=reply.choices,
        cards=reply.cards,
        degraded=reply.degraded,
    )
    await insert_message(conn, message, site_id=site_id)
    await _settle(conn, conversation_id, in_reply_to)
    return message


async def _refuse_a_second(conn: AsyncConnection, in_reply_to: MessageId | None) -> None:
    """Raise when the message has its reply."""
    rows = await conn.execute(_REPLY_TO, {"to": in_reply_to})
    row = rows.one_or_none()
    if row is not None:
        raise AlreadyAnsweredError(message_from(row))


async def _settle(conn: AsyncConnection, conversation_id: ConversationId, message_id: MessageId) -> None:
    """Note that the message waits for no reply any more."""
    settled = await conn.execute(_SETTLE, {"of": message_id, "within": conversation_id})
    if settled.rowcount == 0:
        raise NotFoundError(f"Conversation {conversation_id!r} has no message {message_id!r}.")


async def add_message(  # noqa: PLR0913 - a row has as many columns
    conn: AsyncConnection,
    *,
    conversation_id: ConversationId,
    message_id: MessageId,
    author: Author,
    text: str,
    at: datetime,
    client_message_id: str | None = None,
    body_hash: str | None = None,
) -> Message:
    """Add an utterance that replies to no single message; an operator's settles all that waited for one.

    Raises:
        NotFoundError: There is no such conversation.
    """
    site_id, seq = await _next_seq(conn, conversation_id, None, None)
    message = Message(
        message_id=message_id,
        conversation_id=conversation_id,
        seq=seq,
        author=author,
        text=text,
        at=at,
        client_message_id=client_message_id,
    )
    await insert_message(conn, message, site_id=site_id, body_hash=body_hash)
    if author is Author.OPERATOR:
        await conn.execute(
            update(messages_table)
            .where(messages_table.c.conversation_id == conversation_id, messages_table.c.awaits_reply)
            .values(awaits_reply=False)
        )
    return message


async def messages(
    conn: AsyncConnection, conversation_id: ConversationId, *, after: int = 0, limit: int = 300
) -> list[Message]:
    """Return the first `limit` messages whose `seq` is above `after`, in order."""
    rows = await conn.execute(_READ_ON, {"of": conversation_id, "after": after, "at_most": limit})
    return [message_from(row) for row in rows]


async def latest_messages(
    conn: AsyncConnection, conversation_id: ConversationId, *, limit: int
) -> list[Message]:
    """Return the last `limit` messages, in order."""
    rows = await conn.execute(
        select(messages_table)
        .where(messages_table.c.conversation_id == conversation_id)
        .order_by(messages_table.c.seq.desc())
        .limit(limit)
    )
    return [message_from(row) for row in reversed(rows.all())]


async def masked_messages(
    conn: AsyncConnection, conversation_id: ConversationId, *, up_to: int, limit: int = 300
) -> list[Message]:
    """Return the last `limit` messages up to `up_to` out of which words were taken, in order."""
    rows = await conn.execute(
        select(messages_table)
        .where(
            messages_table.c.conversation_id == conversation_id,
            messages_table.c.seq <= up_to,
            messages_table.c.text.contains(MASK),
        )
        .order_by(messages_table.c.seq.desc())
        .limit(limit)
    )
    return [message_from(row) for row in reversed(rows.all())]


async def latest_reply(conn: AsyncConnection, conversation_id: ConversationId) -> Message | None:
    """Return what the bot said last."""
    rows = await conn.execute(
        select(messages_table)
        .where(
            messages_table.c.conversation_id == conversation_id,
            messages_table.c.author == Author.BOT.value,
        )
        .order_by(messages_table.c.seq.desc())
        .limit(1)
    )
    row = rows.one_or_none()
    return None if row is None else message_from(row)


async def unanswered(
    conn: AsyncConnection, *, limit: int = UNANSWERED_LIMIT
) -> list[tuple[ConversationId, MessageId]]:
    """Return the visitors' messages whose turn was cut off, oldest first; only where the bot answers."""
    rows = await conn.execute(
        select(messages_table.c.conversation_id, messages_table.c.message_id)
        .join(conversations, conversations.c.conversation_id == messages_table.c.conversation_id)
        .where(messages_table.c.awaits_reply, conversations.c.status == ConversationStatus.BOT.value)
        .order_by(messages_table.c.at, messages_table.c.conversation_id, messages_table.c.seq)
        .limit(limit)
    )
    return [(row.conversation_id, row.message_id) for row in rows]


async def left_open(
    conn: AsyncConnection, conversation_id: ConversationId, *, before_seq: int = MOST_SEQ
) -> list[MessageId]:
    """Return the conversation's messages before that `seq` that still wait for their reply, in order."""
    waiting = (messages_table.c.conversation_id == conversation_id, messages_table.c.awaits_reply)
    ids = await conn.scalars(
        select(messages_table.c.message_id)
        .where(*waiting, messages_table.c.seq < before_seq)
        .order_by(messages_table.c.seq)
        .limit(UNANSWERED_LIMIT)
    )
    return list(ids)


async def add_feedback(
    conn: AsyncConnection,
    *,
    conversation_id: ConversationId,
    message_id: MessageId,
    helpful: bool,
    comment: str | None,
    at: datetime,
) -> bool:
    """Keep what the visitor thinks of something the bot said; the latest word counts.

    Returns:
        False when the bot said no such message in the conversation.
    """
    site_id = await conn.scalar(
        select(messages_table.c.site_id).where(
            messages_table.c.message_id == message_id,
            messages_table.c.conversation_id == conversation_id,
            messages_table.c.author == Author.BOT.value,
        )
    )
    if site_id is None:
        return False
    await conn.execute(delete(feedback).where(feedback.c.message_id == message_id))
    await conn.execute(
        insert(feedback).values(
            message_id=message_id,
            conversation_id=conversation_id,
            site_id=site_id,
            helpful=helpful,
            comment=comment,
            at=at,
        )
    )
    return True


async def _next_seq(
    conn: AsyncConnection,
    conversation_id: ConversationId,
    expected_version: int | None,
    in_reply_to: MessageId | None,
) -> tuple[SiteId, int]:
    """Take the conversation's next `seq`, provided that it is as expected and the message has no reply."""
    wanted = {"of": conversation_id, "to": in_reply_to}
    if expected_version is None:
        taken = await conn.execute(_TAKE_SEQ if in_reply_to is None else _TAKE_SEQ_UNLESS_TAKEN, wanted)
    else:
        taken = await conn.execute(_TAKE_SEQ_AT, {**wanted, "expected": expected_version})
    row = taken.one_or_none()
    if row is not None:
        return row.site_id, row.head_seq
    await _refuse_a_second(conn, in_reply_to)
    is_it = conversations.c.conversation_id == conversation_id
    version = await conn.scalar(select(conversations.c.version).where(is_it))
    if version is None:
        raise NotFoundError(f"There is no conversation {conversation_id!r}.")
    at = f"at version {version}, not {expected_version}" if expected_version is not None else "an operator's"
    raise VersionConflictError(f"Conversation {conversation_id!r} is {at}; read it again.")
