"""What every HTTP answer passes: body limits, CORS by the sites' own lists, headers that keep browsers strict.

Pure ASGI; websockets pass untouched (CORS does not cover them: the socket checks its origin itself).
"""

from collections.abc import Callable, MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.errors import problem_response
from bot.web.origins import Origins

ALLOWED_HEADERS = "Authorization, Content-Type, Idempotency-Key"
ALLOWED_METHODS = "GET, POST, DELETE"
SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class NoNul:
    """Refuses NUL in addresses: no name holds one, and PostgreSQL can not even be asked for it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on when its path and query are text."""
        if scope["type"] == "http" and ("\0" in scope["path"] or b"%00" in scope["query_string"]):
            refusal = problem_response(400, "bad_request", "An address may not contain NUL.")
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)


class TooLarge(Exception):
    """The body is over the limit."""


class BodyLimit:
    """Refuses bodies over the limit, declared or not, before anything reads them whole."""

    def __init__(self, app: ASGIApp, limit_bytes: int) -> None:
        self._app = app
        self._limit_bytes = limit_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with a counting receive."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared = Headers(scope=scope).get("content-length", "0")
        if not declared.isdigit() or int(declared) > self._limit_bytes:
            await too_large(self._limit_bytes)(scope, receive, send)
            return
        counted = CountedBody(receive, self._limit_bytes)
        has_started = False

        async def watched_send(message: Message) -> None:
            nonlocal has_started
            if has_started or not counted.is_too_large:
                has_started = True
                await send(message)

        try:
            await self._app(scope, counted, watched_send)
        except TooLarge:
            if has_started:
                raise
        if counted.is_too_large and not has_started:
            await too_large(self._limit_bytes)(scope, receive, send)


class CountedBody:
    """A receive that counts and stops at the limit. The framework may take the stop for a broken body."""

    def __init__(self, receive: Receive, limit_bytes: int) -> None:
        self._receive = receive
        self._left_bytes = limit_bytes
        self.is_too_large = False

    async def __call__(self) -> Message:
        """Return the next part of the body.

        Raises:
            TooLarge: the body is over the limit.
        """
        message = await self._receive()
        self._left_bytes -= len(message.get("body", b""))
        if self._left_bytes < 0:
            self.is_too_large = True
            raise TooLarge
        return message


def too_large(limit_bytes: int) -> ASGIApp:
    """Return the answer to a body over the limit."""
    return problem_response(413, "too_large", f"A request body is at most {limit_bytes} bytes.")


class SafeHeaders:
    """Sets the headers that hold for every answer; an answer's own value stays."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers when the answer starts."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        await self._app(scope, receive, with_headers(send, set_safe_headers))


def set_safe_headers(headers: MutableHeaders) -> None:
    """Set what is not set yet."""
    for name, value in SAFE_HEADERS.items():
        headers.setdefault(name, value)


class Cors:
    """Lets the sites' own pages read the API. A refused session stays readable, so that the widget can say why."""

    def __init__(self, app: ASGIApp, origins: Callable[[], Origins]) -> None:
        self._app = app
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer preflights, and name the origin in the answers it may read."""
        if scope["type"] != "http" or not scope["path"].startswith("/api/v1/"):
            await self._app(scope, receive, send)
            return
        origin = Headers(scope=scope).get("origin")
        allowed = self._allowed(origin, scope["path"])
        if scope["method"] == "OPTIONS" and origin is not None:
            await preflight(allowed)(scope, receive, send)
            return

        def add(headers: MutableHeaders) -> None:
            headers.add_vary_header("Origin")
            if allowed is not None:
                headers["Access-Control-Allow-Origin"] = allowed
                headers["Access-Control-Expose-Headers"] = "Retry-After, ETag"

        await self._app(scope, receive, with_headers(send, add))

    def _allowed(self, origin: str | None, path: str) -> str | None:
        if origin is not None and self._origins().allows_any(origin):
            return origin
        return "*" if path == "/api/v1/sessions" else None


def preflight(allowed: str | None) -> ASGIApp:
    """Return the answer to an OPTIONS request of a browser."""
    if allowed is None:
        return problem_response(403, "origin_refused", "This origin is on no site's list.")
    headers = {
        "Access-Control-Allow-Origin": allowed,
        "Access-Control-Allow-Methods": ALLOWED_METHODS,
        "Access-Control-Allow-Headers": ALLOWED_HEADERS,
        "Access-Control-Max-Age": "600",
        "Vary": "Origin",
    }
    return Response(status_code=204, headers=headers)


def with_headers(send: Send, change: Callable[[MutableHeaders], None]) -> Send:
    """Return a send that lets `change` edit the headers when the answer starts."""

    async def changed(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            message.setdefault("headers", [])
            change(MutableHeaders(raw=message["headers"]))
        await send(message)

    return changed
