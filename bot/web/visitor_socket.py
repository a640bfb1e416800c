"""The visitor's line `foyer.v1` over a websocket: the handshake, and the tasks of one socket.

One reader, one writer, one deliverer and one heartbeat; the first that ends closes the socket with its code.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import structlog
from starlette.responses import Response
from starlette.websockets import WebSocket

from bot.domain.errors import StorageError
from bot.web.errors import problem_response
from bot.web.limits import address_of
from bot.web.line import Closed, Line
from bot.web.origins import origin_remedy
from bot.web.parts import Parts
from bot.web.visitor_hello import Welcome, hear_hello
from bot.web.visitor_line import CALLED_WITHIN_S, VisitorLine

log = structlog.get_logger(__name__)

PROTOCOL = "foyer.v1"
OURS = range(4000, 5000)
"""Close codes by which we end a socket because of what its client does."""
FLUSH_WITHIN_S = 1.0
"""How long a closing socket may take to read what is still queued, its close reason among it."""

ROOM_WITHIN_S = CALLED_WITHIN_S + 1.0
LOOK_FOR_ROOM_S = 0.25


async def visitor_socket(websocket: WebSocket, parts: Parts) -> None:
    """Serve one visitor's socket from handshake to close."""
    refusal = refuse_handshake(websocket, parts)
    if refusal is not None:
        await websocket.send_denial_response(refusal)
        return
    await websocket.accept(subprotocol=PROTOCOL)
    allowance = parts.limiter.allowance
    address = address_of(websocket, allowance.trusted_proxies)
    line = Line(websocket, queue_bytes=allowance.queue_bytes, unread_s=allowance.unread_s)
    try:
        async with (
            place(parts, "server", "", allowance.sockets),
            place(parts, "address", address, allowance.sockets_per_address),
        ):
            await serve(line, websocket.headers.get("origin"), parts)
    except Closed as closed:
        if closed.code in OURS:
            log.info("socket.closed", code=closed.code, reason=closed.reason)
        await line.close_now(closed.code, closed.reason)
    except StorageError as error:
        log.warning("socket.not_served", code=error.code)
        await line.close_now(4000, "the database is away")
    except Exception:  # outermost loop of a socket: logged, closed, and nobody else is touched
        log.exception("socket.crashed")
        await line.close_now(4000, "internal error")


def refuse_handshake(websocket: WebSocket, parts: Parts) -> Response | None:
    """Return the HTTP answer to a handshake that must not become a socket, before it is accepted."""
    origin = websocket.headers.get("origin")
    origins = parts.origins()
    if not origins.allows_any(origin):
        detail = origin_remedy(", ".join(sorted(parts.fronts())), origin, origins.own)
        log.warning("origin.refused", origin=origin, path="/api/v1/ws", remedy=detail)
        return problem_response(403, "origin_refused", detail)
    if PROTOCOL not in websocket.scope.get("subprotocols", ()):
        return problem_response(400, "protocol_version", f"Offer the subprotocol {PROTOCOL}.")
    return None


async def serve(line: Line, origin: str | None, parts: Parts) -> None:
    """Greet the client, then run the socket's tasks until the first ends."""
    writer = asyncio.create_task(line.write())
    try:
        welcome = await hear_hello(line, origin, parts)
        async with visitors_place(welcome, parts):
            visitor_line = VisitorLine(line, welcome, parts)
            try:
                await first_to_end(visitor_line, writer)
            finally:
                await visitor_line.keep_shown()
    finally:
        line.finish()
        with contextlib.suppress(Closed, TimeoutError):
            async with asyncio.timeout(FLUSH_WITHIN_S):
                await writer
        writer.cancel()


@contextlib.asynccontextmanager
async def visitors_place(welcome: Welcome, parts: Parts) -> AsyncIterator[None]:
    """Hold one of the visitor's places while the block runs.

    When none is left, clients that went away without a word, as a phone in a tunnel does, make room: all are called,
    and those that do not answer lose theirs.

    Raises:
        Closed: 4504 all of them are there.
    """
    visitor_id, most = welcome.session.visitor_id, parts.limiter.allowance.sockets_per_visitor
    wait_until = asyncio.get_running_loop().time() + ROOM_WITHIN_S
    is_first = True
    while True:
        async with parts.limiter.place("visitor", visitor_id, parts.new_id("s"), most) as has_one:
            if has_one:
                yield
                return
        if is_first:
            call_all(welcome, parts)
            is_first = False
        if asyncio.get_running_loop().time() > wait_until:
            raise Closed(4504, "too many sockets for this visitor")
        await asyncio.sleep(LOOK_FOR_ROOM_S)


def call_all(welcome: Welcome, parts: Parts) -> None:
    """Have every socket of the visitor find out whether its client is there."""
    parts.bus.publish_roll_call(welcome.session.visitor_id)
    if welcome.conversation is not None:
        parts.bus.publish_roll_call(welcome.conversation.conversation_id)


async def first_to_end(visitor_line: VisitorLine, writer: asyncio.Task[None]) -> None:
    """Run a socket's tasks together; when one raises, cancel the others and raise its error."""
    work = (visitor_line.listen(), visitor_line.deliver(), visitor_line.beat(), visitor_line.leave())
    tasks = [asyncio.create_task(task) for task in work]
    try:
        done, _ = await asyncio.wait([*tasks, writer], return_when=asyncio.FIRST_EXCEPTION)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@contextlib.asynccontextmanager
async def place(parts: Parts, kind: str, key: str, at_most: int) -> AsyncIterator[None]:
    """Hold one of the limited places for sockets while the block runs."""
    async with parts.limiter.place(kind, key, parts.new_id("s"), at_most) as has_one:
        if not has_one:
            raise Closed(4504, f"too many sockets for this {kind}")
        yield
