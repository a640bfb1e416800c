"""The visitor's line `foyer.v1` over a websocket: the handshake, and the life of one socket.

One task reads. What is sent has a task only while there is something to send: a socket at rest costs little.
"""

import structlog
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from bot.domain.errors import StorageError
from bot.store import DatabaseAwayError
from bot.web.errors import problem_response
from bot.web.heart import CALLED_WITHIN_S
from bot.web.limits import address_of
from bot.web.line import Closed, Line
from bot.web.origins import origin_remedy
from bot.web.parts import Parts
from bot.web.places import Places
from bot.web.visitor_hello import Welcome, hear_hello
from bot.web.visitor_line import VisitorLine

log = structlog.get_logger(__name__)

PATH = "/api/v1/ws"
PROTOCOL = "foyer.v1"
OURS = range(4000, 5000)
"""Close codes by which we end a socket because of what its client does."""
ROOM_WITHIN_S = CALLED_WITHIN_S + 1.0


class Sockets:
    """Takes the visitor's line out of what comes in, before the layers that are for requests.

    Each of those would keep a stack frame for as long as the socket lives.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a socket, or pass on what is none."""
        if scope["type"] == "websocket" and scope["path"] == PATH:
            await visitor_socket(WebSocket(scope, receive, send), scope["app"].state.parts)
        else:
            await self._app(scope, receive, send)


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
        async with Places(parts) as places:
            await places.take("server", "", allowance.sockets)
            room_s = parts.limiter.frees_within_s
            await places.take("address", address, allowance.sockets_per_address, within_s=room_s)
            welcome = await hear_hello(line, websocket.headers.get("origin"), parts)
            await take_visitors_place(places, welcome, parts)
            await VisitorLine(line, welcome, parts).serve()
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


def refuse_handshake(websocket: WebSocket, parts: Parts) -> Response | None:
    """Return the HTTP answer to a handshake that must not become a socket, before it is accepted."""
    origin = websocket.headers.get("origin")
    origins = parts.origins()
    if not origins.allows_any(origin):
        detail = origin_remedy(", ".join(sorted(parts.fronts())), origin, origins.own)
        log.warning("origin.refused", origin=origin, path=PATH, remedy=detail)
        return problem_response(403, "origin_refused", detail)
    if PROTOCOL not in websocket.scope.get("subprotocols", ()):
        return problem_response(400, "protocol_version", f"Offer the subprotocol {PROTOCOL}.")
    return None


async def take_visitors_place(places: Places, welcome: Welcome, parts: Parts) -> None:
    """Take one of the visitor's places.

    When none is left, clients that went away without a word, as a phone in a tunnel does, make room: all are called,
    and those that do not answer lose theirs.

    Raises:
        Closed: 4504 all of them are there.
    """
    visitor_id, most = welcome.session.visitor_id, parts.limiter.allowance.sockets_per_visitor
    if await places.take_if_left("visitor", visitor_id, most):
        return
    call_all(welcome, parts)
    within_s = max(ROOM_WITHIN_S, parts.limiter.frees_within_s)
    await places.take("visitor", visitor_id, most, within_s=within_s)


def call_all(welcome: Welcome, parts: Parts) -> None:
    """Have every socket of the visitor find out whether its client is there."""
    parts.bus.publish_roll_call(welcome.session.visitor_id)
    if welcome.conversation is not None:
        parts.bus.publish_roll_call(welcome.conversation.conversation_id)
