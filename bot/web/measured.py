"""Counts what comes and goes, on HTTP and on sockets, and gives each request the trace it belongs to.

Pure ASGI, around everything else: what it counts is what clients saw.
"""

import re
import time
from collections.abc import Callable, Sequence

import orjson
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.telemetry import Numbers, Span, Traces, called_with

KIND = re.compile(r'\s*{\s*"type"\s*:\s*"([a-z]+)"')
KNOWN_FRAMES = frozenset(
    {"hello", "say", "ack", "feedback", "ping", "pong", "typing", "read", "welcome", "live", "accepted"}
    | {"delta", "message", "error", "status", "goaway", "masked"}
)
KNOWN_CLOSES = frozenset({
    1000, 1001, 1002, 1005, 1006, 1007, 1009, 1011, 1012,
    4000, 4001, 4003, 4004, 4008, 4009, 4010, 4500, 4501, 4503, 4504, 4505,
})  # fmt: skip
"""Of RFC 6455 and `foyer.v1`; a client may send any other, and is counted with the rest."""
ODD = "other"
TRACED = "/api/"
"""What the paths begin with whose requests are spans; a page's files and what asks after our health are none."""
FIRST_PROBLEM = 400


class Measured:
    """Measures requests and sockets."""

    def __init__(self, app: ASGIApp, numbers: Callable[[], Numbers | None], traces: Traces) -> None:
        self._app = app
        self._numbers = numbers
        self._traces = traces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and count it."""
        numbers = self._numbers()
        if numbers is None or scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        with called_with(Headers(scope=scope).get("traceparent", "")):
            if scope["type"] == "websocket":
                await self._app(scope, *MeasuredSocket(numbers, receive, send).ends())
            elif scope["path"].startswith(TRACED):
                with self._traces.span(scope["method"], is_served=True) as span:
                    status = await self._measure_request(numbers, scope, receive, send)
                    if span is not None:
                        describe(span, scope, status)
            else:
                await self._measure_request(numbers, scope, receive, send)

    async def _measure_request(self, numbers: Numbers, scope: Scope, receive: Receive, send: Send) -> int:
        begun = time.perf_counter()
        status, is_problem = 500, False

        async def counted(message: Message) -> None:
            nonlocal status, is_problem
            if message["type"] == "http.response.start":
                status = message["status"]
                is_problem = status >= FIRST_PROBLEM and is_problem_document(message["headers"])
            elif is_problem and (code := code_of(message.get("body", b""))) is not None:
                numbers.error(code)
            await send(message)

        try:
            await self._app(scope, receive, counted)
        finally:
            numbers.request(scope["method"], route_of(scope), status, time.perf_counter() - begun)
        return status


def route_of(scope: Scope) -> str:
    """Return the template of the route that was taken: paths hold ids."""
    return str(getattr(scope.get("route"), "path", ODD))


def describe(span: Span, scope: Scope, status: int) -> None:
    """Say of a request's span what came of it.

    The names are those of https://opentelemetry.io/docs/specs/semconv/http/http-spans/.
    """
    route = route_of(scope)
    span.update_name(f"{scope['method']} {route}")
    span.set_attribute("http.request.method", scope["method"])
    span.set_attribute("http.route", route)
    span.set_attribute("http.response.status_code", status)


class MeasuredSocket:
    """Counts the frames of one socket."""

    def __init__(self, numbers: Numbers, receive: Receive, send: Send) -> None:
        self._numbers = numbers
        self._receive_next = receive
        self._send_next = send
        self._is_open = False

    def ends(self) -> tuple[Receive, Send]:
        """Return what stands between the socket and the application."""
        return self._receive, self._send

    async def _receive(self) -> Message:
        message = await self._receive_next()
        if message["type"] == "websocket.receive":
            self._numbers.frame("in", kind_of(message.get("text") or ""))
        elif message["type"] == "websocket.disconnect":
            self._close(message.get("code") or 1006)
        return message

    async def _send(self, message: Message) -> None:
        if message["type"] == "websocket.accept":
            self._is_open = True
            self._numbers.socket_opened()
        elif message["type"] == "websocket.send":
            self._count_sent(message.get("text") or "")
        elif message["type"] == "websocket.close":
            self._close(message.get("code", 1000))
        await self._send_next(message)

    def _count_sent(self, text: str) -> None:
        kind = kind_of(text)
        self._numbers.frame("out", kind)
        if kind == "error" and (code := code_of(text)) is not None:
            self._numbers.error(code)

    def _close(self, code: int) -> None:
        if self._is_open:
            self._is_open = False
            self._numbers.socket_closed(code if code in KNOWN_CLOSES else None)


def is_problem_document(headers: Sequence[tuple[bytes, bytes]]) -> bool:
    """Whether an answer is one of our errors."""
    return Headers(raw=list(headers)).get("content-type") == "application/problem+json"


def kind_of(frame: str) -> str:
    """Return a frame's type where it stands at the beginning, as clients and we write it; `other` elsewhere."""
    found = KIND.match(frame)
    return found[1] if found is not None and found[1] in KNOWN_FRAMES else ODD


def code_of(body: str | bytes) -> str | None:
    """Return the stable code of an error that we wrote."""
    try:
        read = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    code = read.get("code") or read.get("data", {}).get("code")
    return str(code) if code else None
