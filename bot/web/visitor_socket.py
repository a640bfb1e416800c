"""The visitor's line `foyer.v1` over a websocket: who may open it, and whose places it takes."""

import structlog
from starlette.responses import Response
from starlette.websockets import WebSocket

from bot.web.errors import problem_response
from bot.web.heart import CALLED_WITHIN_S
from bot.web.line import Line
from bot.web.origins import origin_remedy
from bot.web.parts import Parts
from bot.web.places import Places
from bot.web.visitor_hello import Welcome, hear_hello
from bot.web.visitor_line import VisitorLine

log = structlog.get_logger(__name__)

PATH = "/api/v1/ws"
ROOM_WITHIN_S = CALLED_WITHIN_S + 1.0


async def serve_visitor(line: Line, origin: str | None, places: Places, parts: Parts) -> None:
    """Serve one visitor's socket from hello to close.

    Raises:
        Closed: always; why the socket ends.
    """
    welcome = await hear_hello(line, origin, parts)
    await take_visitors_place(places, welcome, parts)
    await VisitorLine(line, welcome, parts).serve()


def refuse_origin(websocket: WebSocket, parts: Parts) -> Response | None:
    """Return the HTTP answer to a handshake from a page of no site, before it is accepted."""
    origin = websocket.headers.get("origin")
    origins = parts.origins()
    if origins.allows_any(origin):
        return None
    detail = origin_remedy(", ".join(sorted(parts.fronts())), origin, origins.own)
    log.warning("origin.refused", origin=origin, path=PATH, remedy=detail)
    return problem_response(403, "origin_refused", detail)


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
