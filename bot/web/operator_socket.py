"""The operator's line: the same envelope as the visitor's, for who is logged in and fetched a ticket for it."""

from starlette.responses import Response
from starlette.websockets import WebSocket

from bot.web.errors import problem_response
from bot.web.line import Line
from bot.web.operator_hello import hear_operators_hello
from bot.web.operator_line import OperatorLine
from bot.web.operator_session import Operator, find_operator, is_from_elsewhere
from bot.web.parts import Parts
from bot.web.places import Places

PATH = "/api/v1/operator/ws"


async def who_may_follow(websocket: WebSocket, parts: Parts) -> Operator | Response:
    """Return who is logged in in the browser that opens the socket, or the HTTP answer that refuses it.

    A browser sends the cookie with any page's handshake, so the page's origin must be our own.
    """
    if websocket.headers.get("origin") is None or is_from_elsewhere(websocket, parts):
        return problem_response(403, "origin_refused", "Only the console's own pages open this socket.")
    operator = await find_operator(websocket, parts)
    if operator is None:
        return problem_response(401, "unauthorized", "Log in first: /login.")
    return operator


async def serve_operator(line: Line, operator: Operator, places: Places, parts: Parts) -> None:
    """Serve one console's socket from hello to close.

    Raises:
        Closed: always; why the socket ends.
    """
    at_most = parts.limiter.allowance.sockets_per_operator
    room_s = parts.limiter.frees_within_s
    followed = await hear_operators_hello(line, operator, parts)
    await places.take("operator", operator.operator_id, at_most, within_s=room_s)
    await OperatorLine(line, followed, parts).serve()
