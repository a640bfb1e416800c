"""The first frame of a socket: who is this, what have they seen, what must be replayed."""

import asyncio
from dataclasses import dataclass

from pydantic import TypeAdapter

from bot.chat.talk import Opening
from bot.domain.conversation import Author
from bot.leads.visits import keep_visit
from bot.store import conversations
from bot.store.visitors import Session
from bot.web.errors import Problem
from bot.web.identified import vouch, vouched_for
from bot.web.line import Closed, Line
from bot.web.parts import Parts
from bot.web.resuming import Greeted, Seen, why_not_resumed
from bot.web.sessions import find_session, lifetime_of, note_arrival, token_hash
from bot.web.wire import FRAME, F, FrameError, Hello, HelloData, error_frame, parse_known


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcome(Greeted):
    """What a visitor's greeted socket starts from."""

    session: Session
    token_hash: bytes
    opening: Opening


async def hear_hello(line: Line, origin: str | None, parts: Parts) -> Welcome:
    """Wait for hello and check its token and origin.

    Raises:
        Closed: 4001 no hello in time, 4008 too many, 4500 bad token, 4009 expired, 4503 origin, 4505 erased or banned.
    """
    frame = await first_frame(line, parts, FRAME)
    if not isinstance(frame, Hello):
        line.put(error_frame("unexpected", "The first frame must be hello.", frame_id=frame.id))
        raise Closed(4001, "the first frame must be hello")
    session = await session_of(frame.data.token, parts)
    await limit_hellos(session.visitor_id, line, parts)
    if not parts.origins().allows(session.site_id, origin):
        raise Closed(4503, "this origin may not use the site")
    if frame.data.identity is not None:
        await hear_identity(frame.data.identity, session, line, parts)
    return await welcome_of(frame.data, session, parts)


async def first_frame(line: Line, parts: Parts, known: TypeAdapter[F]) -> F:
    """Wait for the first frame.

    Raises:
        Closed: 4001 none came in time, or none that could be read.
    """
    try:
        async with asyncio.timeout(parts.limiter.allowance.hello_s):
            raw = await line.read()
    except TimeoutError:
        raise Closed(4001, "no hello") from None
    frame = parse_known(raw, parts.limiter.allowance, known)
    if isinstance(frame, FrameError):
        line.put(error_frame(frame.code, frame.message, frame_id=frame.id))
        raise Closed(4001, "the first frame was not understood")
    return frame


async def limit_hellos(who: str, line: Line, parts: Parts) -> None:
    """Hold a person to as many connections a minute as frames: else a new socket would lift every limit of frames.

    Raises:
        Closed: 4008 too many.
    """
    wait_s = await parts.limiter.wait_s("visit", who)
    if wait_s is not None:
        line.put(
            error_frame(
                "rate_limited", "Too many connections.", retry=True, retry_after_ms=int(wait_s * 1000)
            )
        )
        raise Closed(4008, "too many connections")


async def hear_identity(token: str, session: Session, line: Line, parts: Parts) -> None:
    """Let the site vouch for the visitor; where it does not, an `error` says why, and nothing changes."""
    front = parts.fronts()[session.site_id]
    try:
        await vouch(vouched_for(front, token, parts), front, session, parts)
    except Problem as problem:
        line.put(error_frame(problem.code, problem.detail))


async def session_of(token: str, parts: Parts) -> Session:
    """Return the token's live session, or close."""
    now = parts.clock()
    session = await find_session(parts.db, token, now, lifetime_of(parts.limiter.allowance))
    if session is None or session.site_id not in parts.fronts():
        raise Closed(4500, "unknown token")
    if session.is_banned:
        raise Closed(4505, "erased")
    if session.expires_at <= now:
        raise Closed(4009, "token expired")
    return session


async def welcome_of(hello: HelloData, session: Session, parts: Parts) -> Welcome:
    """Find the visitor's conversation and decide what can be resumed."""
    page, epoch = hello.client.page if hello.client else None, parts.db.epoch
    await note_arrival(parts.db, session.visitor_id, page)
    conversation = await parts.db.read_at_once(
        lambda connection: conversations.find_open(connection, session.visitor_id)
    )
    if conversation is not None and page is not None:
        await keep_visit(parts.db, session.visitor_id, page.url, at=parts.clock())
    hashed = token_hash(hello.token)
    seen = Seen(last_seq=hello.last_seq, epoch=hello.epoch, conversation_id=hello.conversation_id)
    reason = why_not_resumed(seen, conversation, parts, epoch)
    head = conversation.head_seq if conversation else 0
    return Welcome(
        session=session,
        token_hash=hashed,
        epoch=epoch,
        visitor_id=session.visitor_id,
        author=Author.VISITOR,
        opening=opening_of(hello, parts.openings.recall(hashed)),
        conversation=conversation,
        after=head if reason else hello.last_seq,
        reason=reason,
    )


def opening_of(hello: HelloData, remembered: Opening) -> Opening:
    """Return where the conversation begins: as the socket's client says, else as the session was opened."""
    client = hello.client
    page = client.page if client else None
    return Opening(
        locale=(client.locale if client else None) or remembered.locale,
        page_url=(page.url if page else None) or remembered.page_url,
        page_title=(page.title if page else None) or remembered.page_title,
    )
