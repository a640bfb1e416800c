"""Websockets: which line a path is, the handshake, and the life of one socket, whoever it is for.

One task reads. What is sent has a task only while there is something to send: a socket at rest costs little.
"""

from collections.abc import Awaitable, Callable

import structlog
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from bot.domain.errors import StorageError
from bot.store import DatabaseAwayError
from bot.web import operator_socket, visitor_socket
from bot.web.errors import not_kept, problem_response
from bot.web.limits import address_of
from bot.web.line import Closed, Line
from bot.web.parts import Parts
from bot.web.places import Places

log = structlog.get_logger(__name__)

PROTOCOL = "foyer.v1"
OURS = range(4000, 5000)
"""Close codes by which we end a socket because of what its client does."""

Serve = Callable[[Line, Places], Awaitable[None]]


class Sockets:
    """Takes the lines out of what comes in, before the layers that are for requests.

    Each of those would keep a stack frame for as long as the socket lives.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a socket, or pass on what is none."""
        if scope["type"] != "websocket" or scope["path"] not in {visitor_socket.PATH, operator_socket.PATH}:
            await self._app(scope, receive, send)
            return
        websocket, parts = WebSocket(scope, receive, send), scope["app"].state.parts
        if scope["path"] == visitor_socket.PATH:
            await open_visitors(websocket, parts)
        else:
            await open_operators(websocket, parts)


async def open_visitors(websocket: WebSocket, parts: Parts) -> None:
    """Serve a visitor's socket from handshake to close."""
    refusal = visitor_socket.refuse_origin(websocket, parts) or refuse_version(websocket)
    if refusal is not None:
        await websocket.send_denial_response(refusal)
        return
    origin = websocket.headers.get("origin")
    await hold(
        websocket, parts, lambda line, places: visitor_socket.serve_visitor(line, origin, places, parts)
    )


async def open_operators(websocket: WebSocket, parts: Parts) -> None:
    """Serve a console's socket from handshake to close."""
    try:
        who = refuse_version(websocket) or await operator_socket.who_may_follow(websocket, parts)
    except StorageError as error:
        who = problem_response(503, error.code, not_kept(error))
    if isinstance(who, Response):
        await websocket.send_denial_response(who)
        return
    await hold(
        websocket, parts, lambda line, places: operator_socket.serve_operator(line, who, places, parts)
    )


def refuse_version(websocket: WebSocket) -> Response | None:
    """Return the HTTP answer to a client that speaks nothing we know."""
    if PROTOCOL in websocket.scope.get("subprotocols", ()):
        return None
    return problem_response(400, "protocol_version", f"Offer the subprotocol {PROTOCOL}.")


async def hold(websocket: WebSocket, parts: Parts, serve: Serve) -> None:
    """Accept a socket, hold its places while it is served, and say why it ends."""
    await websocket.accept(subprotocol=PROTOCOL)
    allowance = parts.limiter.allowance
    address = address_of(websocket, allowance.trusted_proxies)
    line = Line(websocket, queue_bytes=allowance.queue_bytes, unread_s=allowance.unread_s)
    try:
        async with Places(parts) as places:
            await places.take("server", "", allowance.sockets)
            room_s = parts.limiter.frees_within_s
            await places.take("address", address, allowance.sockets_per_address, within_s=room_s)
            await serve(line, places)
    except Closed as closed:
        if closed.code in OURS:
            log.info("socket.closed", code=closed.code, reason=closed.reason)
        await line.end(closed.code, closed.reason)
    except StorageError as error:
        if not isinstance(error, DatabaseAwayError):  # that is said once, by who finds it out
            log.warning("socket.not_served", code=error.code, reason=str(error))
        await line.end(4000, "the database is away")
    except Exception:  # outermost loop of a socket: logged, closed, and nobody else is touched
        log.exception("socket.crashed")
        await line.end(4000, "internal error")
