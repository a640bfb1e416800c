"""What is new, and what was said, without a websocket: a long poll and the history."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.types import Receive

from bot.bus import ErasedNews, MaskedNews, News, StatusNews, Subscription
from bot.domain.conversation import Conversation, ConversationStatus, Message
from bot.store import Connection, conversations, identities
from bot.store.handoffs import who_answers
from bot.store.visitors import Session
from bot.web.errors import Problem
from bot.web.going_away import GoingAway
from bot.web.line import Closed
from bot.web.parts import Parts
from bot.web.places import Places
from bot.web.resuming import Seen, Seq, seen_of, why_not_resumed
from bot.web.spelled import message_data, status_data
from bot.web.visitor_http import Bearer, parts_of, visitor_of

router = APIRouter(prefix="/api/v1", tags=["visitor"])

LONG_POLL_S = 25
EARLIER = 5
EARLIER_MESSAGES = 100
"""Conversations held elsewhere that are shown, and messages of each: the latest."""


@router.get("/events", summary="Wait for what is new")
async def wait_for_events(
    request: Request,
    seen: Annotated[Seen, Depends(seen_of)],
    wait: Annotated[int, Query(ge=0, le=LONG_POLL_S)] = LONG_POLL_S,
    authorization: Bearer = None,
) -> dict[str, Any]:
    """Return the messages after `after`, waiting up to `wait` seconds for the first. A poll counts as a socket.

    Where the client can not go on from what it has, `resumed` is false and `reason` says why, at once.
    """
    parts = parts_of(request)
    session = await visitor_of(request, authorization)
    if not wait:
        return await events_since(parts, session, seen)
    try:
        sockets = parts.limiter.allowance.sockets_per_visitor
        async with Places(parts) as places, asyncio.timeout(wait):
            room_s = parts.limiter.frees_within_s
            await places.take("visitor", session.visitor_id, sockets, within_s=room_s)
            return await next_events(request, parts, session, seen)
    except TimeoutError:
        return await events_since(parts, session, seen)
    except Closed as closed:
        raise Problem(429, "too_many_sockets", f"{closed.reason}.", {"Retry-After": "25"}) from closed


async def next_events(request: Request, parts: Parts, session: Session, seen: Seen) -> dict[str, Any]:
    """Return what is new once something is, or nothing when all have to go or the client went away."""
    while True:
        conversation = await open_conversation(parts, session)
        topic = conversation.conversation_id if conversation else session.visitor_id
        async with parts.bus.subscribe(topic) as news:
            page = await events_since(parts, session, seen)
            has_changed = seen.status not in {None, page["status"]["status"]}
            if page["events"] or not page["resumed"] or has_changed:
                return page
            item = await next_news(news, parts.going_away, request.receive)
            if item is None:
                return page if page["epoch"] == parts.db.epoch else await events_since(parts, session, seen)
            if isinstance(item, ErasedNews):
                raise Problem(410, "erased", "This conversation was erased.")
            if isinstance(item, StatusNews):
                return await events_since(parts, session, seen)
            if isinstance(item, MaskedNews):
                return await events_since(parts, session, seen, is_masked=True)


async def next_news(news: Subscription, going_away: GoingAway, receive: Receive) -> News | None:
    """Return what comes next; None when all have to go or nobody waits any more."""
    hearing = asyncio.ensure_future(news.get())
    ending = {asyncio.ensure_future(going_away.wait()), asyncio.ensure_future(until_gone(receive))}
    try:
        await asyncio.wait({hearing, *ending}, return_when=asyncio.FIRST_COMPLETED)
        return hearing.result() if hearing.done() else None
    finally:
        for waiting in (hearing, *ending):
            waiting.cancel()


async def until_gone(receive: Receive) -> None:
    """Wait until the client hung up; a poll nobody waits for would keep its place."""
    while (await receive())["type"] != "http.disconnect":
        pass


@router.get("/history", summary="Load what was said")
async def history(request: Request, after: Seq = 0, authorization: Bearer = None) -> dict[str, Any]:
    """Return up to 300 messages after `after`, in order."""
    session = await visitor_of(request, authorization)
    return await events_after(parts_of(request), session, after)


@router.get("/history/earlier", summary="Load what was said elsewhere")
async def earlier(request: Request, authorization: Bearer = None) -> dict[str, Any]:
    """Return the latest conversations that a visitor who proved who they are held in other browsers, oldest first."""
    parts = parts_of(request)
    session = await visitor_of(request, authorization)
    async with parts.db.read() as connection:
        ids = await identities.earlier_conversations(
            connection, session.site_id, session.visitor_id, limit=EARLIER
        )
        told = [
            await conversations.latest_messages(connection, conversation_id, limit=EARLIER_MESSAGES)
            for conversation_id in ids
        ]
    return {
        "messages": [
            message_data(one) | {"conversation_id": conversation_id, "choices": []}
            for conversation_id, said in zip(ids, told, strict=True)
            for one in said
        ]
    }


async def open_conversation(parts: Parts, session: Session) -> Conversation | None:
    """Return the visitor's conversation, if there is one."""
    async with parts.db.read() as connection:
        return await conversations.find_open(connection, session.visitor_id)


async def events_since(
    parts: Parts, session: Session, seen: Seen, *, is_masked: bool = False
) -> dict[str, Any]:
    """Return what is new to a client, as `welcome` and the frames after it would tell; else why it must load afresh.

    With new messages, or where it `is_masked`, come those out of which words were taken.
    """
    epoch = parts.db.epoch
    async with parts.db.read() as connection:
        conversation = await conversations.find_open(connection, session.visitor_id)
        reason = why_not_resumed(seen, conversation, parts, epoch)
        known = None if reason else conversation
        messages = await messages_after(connection, known, seen.last_seq, parts)
        is_masked = is_masked or bool(messages)
        masked = await masked_before(connection, known, seen.last_seq) if is_masked else []
        status = await status_of(connection, conversation)
    page = page_of(conversation, messages, masked, epoch) | {"resumed": reason is None, "status": status}
    return page if reason is None else page | {"reason": reason}


async def events_after(parts: Parts, session: Session, after: int) -> dict[str, Any]:
    """Return the visitor's messages after `after` as the frames the socket would send, and the masked before them."""
    epoch = parts.db.epoch
    async with parts.db.read() as connection:
        conversation = await conversations.find_open(connection, session.visitor_id)
        messages = await messages_after(connection, conversation, after, parts)
        masked = await masked_before(connection, conversation, after) if messages else []
    return page_of(conversation, messages, masked, epoch)


async def messages_after(
    connection: Connection, conversation: Conversation | None, after: int, parts: Parts
) -> list[Message]:
    """Return a conversation's messages after `after`, as many as are told at once."""
    if conversation is None:
        return []
    limit = parts.limiter.allowance.replay_messages
    return await conversations.messages(connection, conversation.conversation_id, after=after, limit=limit)


async def status_of(connection: Connection, conversation: Conversation | None) -> dict[str, Any]:
    """Return who answers, as a `status` frame says it."""
    answering = await who_answers(connection, conversation.conversation_id) if conversation else None
    return {"status": ConversationStatus.BOT.value} if answering is None else status_data(answering)


async def masked_before(
    connection: Connection, conversation: Conversation | None, after: int
) -> list[Message]:
    """Return the messages up to `after` out of which words were taken."""
    if conversation is None or not after:
        return []
    return await conversations.masked_messages(connection, conversation.conversation_id, up_to=after)


def page_of(
    conversation: Conversation | None, messages: list[Message], masked: list[Message], epoch: str
) -> dict[str, Any]:
    """Return how a conversation stands, and some of its messages as frames."""
    return {
        "conversation_id": conversation.conversation_id if conversation else None,
        "epoch": epoch,
        "head_seq": conversation.head_seq if conversation else 0,
        "events": [{"type": "message", "seq": m.seq, "data": message_data(m)} for m in messages],
        "masked": [message_data(m) for m in masked],
    }
