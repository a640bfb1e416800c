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
        has_started = False

        async def watched_send(message: Message) -> None:
            nonlocal has_started
            has_started = True
            await send(message)

        try:
            await self._app(scope, counting(receive, self._limit_bytes), watched_send)
        except TooLarge:
            if has_started:
                raise
            await too_large(self._limit_bytes)(scope, receive, send)


def counting(receive: Receive, limit_bytes: int) -> Receive:
    """Return a receive that counts and stops at the limit."""
    received = 0

    async def counted() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > limit_bytes:
            raise TooLarge
        return message

    return counted


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
