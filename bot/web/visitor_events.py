"""What is new, and what was said, without a websocket: a long poll and the history."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.types import Receive

from bot.bus import ErasedNews, News, Subscription
from bot.domain.conversation import Conversation
from bot.store import conversations, identities
from bot.store.visitors import Session
from bot.web.errors import Problem
from bot.web.going_away import GoingAway
from bot.web.line import Closed
from bot.web.parts import Parts
from bot.web.places import Places
from bot.web.spelled import message_data
from bot.web.visitor_http import Bearer, parts_of, visitor_of

router = APIRouter(prefix="/api/v1", tags=["visitor"])

LONG_POLL_S = 25.0
EARLIER = 5
EARLIER_MESSAGES = 100
"""Conversations held elsewhere that are shown, and messages of each: the latest."""
Seq = Annotated[int, Query(ge=0, le=2**53)]


@router.get("/events", summary="Wait for what is new")
async def wait_for_events(request: Request, after: Seq = 0, authorization: Bearer = None) -> dict[str, Any]:
    """Return the messages after `after`, waiting up to 25 s for the first. A poll counts as a socket."""
    parts = parts_of(request)
    session = await visitor_of(request, authorization)
    try:
        sockets = parts.limiter.allowance.sockets_per_visitor
        async with Places(parts) as places, asyncio.timeout(LONG_POLL_S):
            await places.take("visitor", session.visitor_id, sockets)
            return await next_events(request, parts, session, after)
    except TimeoutError:
        return await events_after(parts, session, after)
    except Closed as closed:
        raise Problem(429, "too_many_sockets", f"{closed.reason}.", {"Retry-After": "25"}) from closed


async def next_events(request: Request, parts: Parts, session: Session, after: int) -> dict[str, Any]:
    """Return the messages after `after` once there are some, the server stops or the client went away."""
    while True:
        conversation = await open_conversation(parts, session)
        topic = conversation.conversation_id if conversation else session.visitor_id
        async with parts.bus.subscribe(topic) as news:
            page = await events_after(parts, session, after)
            if page["events"]:
                return page
            item = await next_news(news, parts.going_away, request.receive)
            if item is None:
                return page
            if isinstance(item, ErasedNews):
                raise Problem(410, "erased", "This conversation was erased.")


async def next_news(news: Subscription, going_away: GoingAway, receive: Receive) -> News | None:
    """Return what comes next; None when the server is about to stop or nobody waits any more."""
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


async def events_after(parts: Parts, session: Session, after: int) -> dict[str, Any]:
    """Return the visitor's messages after `after` as the frames the socket would send."""
    async with parts.db.read() as connection:
        conversation = await conversations.find_open(connection, session.visitor_id)
        messages = []
        if conversation is not None:
            messages = await conversations.messages(
                connection,
                conversation.conversation_id,
                after=after,
                limit=parts.limiter.allowance.replay_messages,
            )
    return {
        "conversation_id": conversation.conversation_id if conversation else None,
        "epoch": parts.db.epoch,
        "head_seq": conversation.head_seq if conversation else 0,
        "events": [{"type": "message", "seq": m.seq, "data": message_data(m)} for m in messages],
    }
