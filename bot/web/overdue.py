"""A connection that knows since when it waits for its client, and ends when that takes too long."""

import asyncio
import socket
from typing import Protocol

import orjson
from uvicorn.protocols.http.httptools_impl import STATUS_LINE

from bot.web.errors import problem_body

UNSENT_BYTES = 64 * 1024
"""What the kernel takes beyond what is under way (TCP_NOTSENT_LOWAT); else it hides megabytes nobody reads."""
CLOSING_S = 3.0
"""How long a closed connection may take to read what was sent to it before."""


class Allowed(Protocol):
    """What one connection may take; see `bot.web.connections.Config`."""

    request_s: float
    unread_s: float
    frames_a_minute: int | None
    timeout_graceful_shutdown: int | None


class Overdue(asyncio.BaseProtocol):
    """A connection that knows since when it waits for its client."""

    config: Allowed
    loop: asyncio.AbstractEventLoop
    transport: asyncio.Transport
    unread_since: float | None = None
    closing_since: float | None = None

    def watch(self, transport: asyncio.BaseTransport) -> None:
        """Have the kernel say early that the client does not read."""
        connected = transport.get_extra_info("socket")
        if hasattr(socket, "TCP_NOTSENT_LOWAT"):
            connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, UNSENT_BYTES)

    def end_if_overdue(self, now: float) -> None:
        """End the connection when its client took too long; `now` is the loop's time."""
        if self.transport.is_closing():
            self.closing_since = self.closing_since or now
            is_overdue = now - self.closing_since > CLOSING_S
        else:
            allowed_s = self.config.unread_s + 2 * CLOSING_S
            is_overdue = self.unread_since is not None and now - self.unread_since > allowed_s
        if is_overdue:
            self.transport.abort()

    def pause_writing(self) -> None:
        """Note since when the client leaves unread what it is sent."""
        self.unread_since = self.loop.time()
        super().pause_writing()

    def resume_writing(self) -> None:
        """Forget it."""
        self.unread_since = None
        super().resume_writing()

    def refuse_request(self, status: int, code: str, detail: str) -> None:
        """Answer what is no request with a problem document, and close."""
        body = orjson.dumps(problem_body(status, code, detail))
        head = f"content-type: application/problem+json\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n"
        self.transport.write(STATUS_LINE[status] + head.encode() + body)
        self.transport.close()
