"""Conversations in the hands of operators: taken from the bot, answered, given back, and left behind.

Promises: one operator at a time; who is not there any longer loses the conversation to the bot, when `live_until` has
passed; an operator's message is kept once for each `client_message_id`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.conversation import Author, ConversationId, ConversationStatus, Message, MessageId
from bot.domain.errors import ConversationTakenError
from bot.store.operator_tables import operators
from bot.store.replies import add_message
from bot.store.tables import conversations
from bot.store.threads import Accepted, accepted_before, accepted_now, lock_thread

LEFT_AT_ONCE = 100
_LIVE = ConversationStatus.LIVE.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """Who answers in a conversation: the bot, or an operator, who logs in by `name` (None: they were removed).

    `shown_name` is what visitors are told, if anything; `was_taken`, whether any operator ever had it.
    """

    status: ConversationStatus
    was_taken: bool
    operator_id: str | None = None
    name: str | None = None
    shown_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What an operator said, as it was kept; `message` is the new one, None where it was kept before.

    `is_taken`: the conversation became theirs by it.
    """

    accepted: Accepted
    message: Message | None
    is_taken: bool = False


async def who_answers(conn: AsyncConnection, conversation_id: ConversationId) -> Answering | None:
    """Return who answers in the conversation; None when there is none."""
    found = await conn.execute(
        select(
            conversations.c.status,
            conversations.c.operator_id,
            conversations.c.live_until,
            operators.c.name,
            operators.c.shown_name,
        )
        .outerjoin(operators, operators.c.operator_id == conversations.c.operator_id)
        .where(conversations.c.conversation_id == conversation_id)
    )
    row = found.one_or_none()
    if row is None:
        return None
    return Answering(
        status=ConversationStatus(row.status),
        was_taken=row.live_until is not None,
        operator_id=row.operator_id,
        name=row.name,
        shown_name=row.shown_name,
    )


async def take(
    conn: AsyncConnection, conversation_id: ConversationId, operator_id: str, *, until: datetime
) -> bool:
    """Let the operator answer from now on, whoever did before; return whether that is new. The bot is silent at once.

    Raises:
        ConversationClosedError: It was erased or its visitor banned.
        NotFoundError: There is no such conversation.
    """
    return await _hand(conn, await lock_thread(conn, conversation_id, ""), operator_id, until)


async def stay(
    conn: AsyncConnection, conversation_id: ConversationId, operator_id: str, *, until: datetime
) -> None:
    """Note that the operator is still there, where the conversation is theirs."""
    await conn.execute(
        update(conversations).where(*_is_theirs(conversation_id, operator_id)).values(live_until=until)
    )


async def give_back(conn: AsyncConnection, conversation_id: ConversationId, operator_id: str) -> bool:
    """Let the bot answer again, where the conversation is the operator's; return whether it was."""
    given = await conn.execute(
        update(conversations)
        .where(*_is_theirs(conversation_id, operator_id))
        .values(status=ConversationStatus.BOT.value, operator_id=None, version=conversations.c.version + 1)
    )
    return given.rowcount > 0


async def speak(  # noqa: PLR0913 - a row has as many columns
    conn: AsyncConnection,
    *,
    conversation_id: ConversationId,
    operator_id: str,
    message_id: MessageId,
    client_message_id: str,
    text: str,
    body_hash: str,
    at: datetime,
    until: datetime,
) -> Spoken:
    """Keep what an operator says, once; the conversation is theirs from then on.

    Raises:
        ConversationTakenError: It is another's.
        IdConflictError: The `client_message_id` was used with another text.
        ConversationClosedError: It was erased or its visitor banned.
        NotFoundError: There is no such conversation.
    """
    kept_id = id_as_kept(operator_id, client_message_id)
    found = await lock_thread(conn, conversation_id, kept_id)
    if found.same_id is not None:
        return Spoken(accepted=accepted_before(found, client_message_id, body_hash), message=None)
    if _is_anothers(found, operator_id, at):
        raise ConversationTakenError("Somebody else answers here. Take the conversation over first.")
    is_taken = await _hand(conn, found, operator_id, until)
    message = await add_message(
        conn,
        conversation_id=conversation_id,
        message_id=message_id,
        author=Author.OPERATOR,
        text=text,
        at=at,
        client_message_id=kept_id,
        body_hash=body_hash,
    )
    accepted = accepted_now(message, client_message_id)
    return Spoken(accepted=accepted, message=message, is_taken=is_taken)


def id_as_kept(operator_id: str, client_message_id: str) -> str:
    """Return what an operator's `client_message_id` is kept as: it has nothing to do with the visitor's own."""
    return f"{operator_id}/{client_message_id}"


def who_spoke(message: Message) -> str | None:
    """Return the operator who wrote the message; None where it is not one's."""
    if message.author is not Author.OPERATOR or message.client_message_id is None:
        return None
    return message.client_message_id.partition("/")[0]


async def left_behind(conn: AsyncConnection, *, now: datetime) -> list[ConversationId]:
    """Return conversations whose operator is not there any longer, those left first first."""
    ids = await conn.scalars(
        select(conversations.c.conversation_id)
        .where(conversations.c.status == _LIVE, conversations.c.live_until < now)
        .order_by(conversations.c.live_until)
        .limit(LEFT_AT_ONCE)
    )
    return list(ids)


async def take_back(conn: AsyncConnection, conversation_id: ConversationId, *, now: datetime) -> bool:
    """Let the bot answer again where the operator is still not there; return whether that is so."""
    taken = await conn.execute(
        update(conversations)
        .where(
            conversations.c.conversation_id == conversation_id,
            conversations.c.status == _LIVE,
            conversations.c.live_until < now,
        )
        .values(status=ConversationStatus.BOT.value, operator_id=None, version=conversations.c.version + 1)
    )
    return taken.rowcount > 0


async def _hand(conn: AsyncConnection, found: Row[Any], operator_id: str, until: datetime) -> bool:
    """Give the operator the conversation, or more time where it is theirs; return whether it was not."""
    if found.status == _LIVE and found.operator_id == operator_id:
        await stay(conn, found.conversation_id, operator_id, until=until)
        return False
    await conn.execute(
        update(conversations)
        .where(conversations.c.conversation_id == found.conversation_id)
        .values(status=_LIVE, operator_id=operator_id, live_until=until, version=conversations.c.version + 1)
    )
    return True


def _is_theirs(conversation_id: ConversationId, operator_id: str) -> tuple[Any, ...]:
    return (
        conversations.c.conversation_id == conversation_id,
        conversations.c.status == _LIVE,
        conversations.c.operator_id == operator_id,
    )


def _is_anothers(row: Row[Any], operator_id: str, now: datetime) -> bool:
    is_there = row.live_until is not None and row.live_until > now
    return bool(row.status == _LIVE and row.operator_id != operator_id and is_there)
