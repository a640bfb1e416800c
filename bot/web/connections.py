"""What uvicorn leaves open, closed: deadlines and sizes for each connection, before any request is one.

uvicorn with httptools waits for ever for the rest of a request, takes headers of any size and any number of pipelined
requests, answers pings nobody reads the pongs of, and waits for ever until a closed connection's last bytes are read.
One look over all connections a second ends those that are overdue: a timer for each would cost every request.
"""

import asyncio
import socket
from collections.abc import Iterable
from typing import Any

import orjson
import uvicorn
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame

from bot.web.errors import problem_body

HEAD_BYTES = 32 * 1024
"""Request line and headers of one request."""
HEADER_MARKS = len(": \r\n")
PIPELINED = 16
"""Requests of one connection that may wait for the answer to an earlier one; browsers send none ahead."""
SPILT_BYTES = 1024 * 1024
"""Of a body that was refused, what is still read and thrown away; then its sender has to wait, and read the answer."""
FRAGMENTS = 64
"""Fragments of one websocket frame."""
PIECE_BYTES = 4 * 1024
"""What is parsed of a websocket before its frames are counted: a read of 256 KiB holds 40,000 empty ones."""
MINUTE_S = 60.0
UNREAD_PONGS_BYTES = 64 * 1024
UNSENT_BYTES = 64 * 1024
"""What the kernel takes beyond what is under way (TCP_NOTSENT_LOWAT); else it hides megabytes nobody reads."""
CLOSING_S = 3.0
"""How long a closed connection may take to read what was sent to it before."""


class Config(uvicorn.Config):
    """A server's configuration with the defaults that are safe without a proxy in front.

    A request is to have arrived whole within `request_s` seconds. Who leaves what it is sent unread for `unread_s`
    is cut off a few seconds later: a websocket is closed with its own code first. One that sends more than
    `frames_a_minute` frames of any kind, pings and pongs among them, is closed with 4008; None: it may.
    """

    def __init__(
        self,
        app: Any,
        *,
        request_s: float,
        unread_s: float,
        frames_a_minute: int | None = None,
        **settings: Any,
    ) -> None:
        self.request_s = request_s
        self.unread_s = unread_s
        self.frames_a_minute = frames_a_minute
        super().__init__(
            app,
            http=HttpConnection,
            ws=SocketConnection,
            ws_per_message_deflate=False,
            ws_ping_interval=None,
            proxy_headers=False,
            server_header=False,
            access_log=False,
            log_config=None,
            **settings,
        )


class Overdue(asyncio.BaseProtocol):
    """A connection that knows since when it waits for its client."""

    config: Config
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


def end_overdue(connections: Iterable[object], now: float) -> None:
    """End every connection whose client took too long; `now` is the loop's time."""
    for connection in list(connections):
        if isinstance(connection, Overdue):
            connection.end_if_overdue(now)


class HttpConnection(Overdue, HttpToolsProtocol):  # type: ignore[misc] # the attributes are uvicorn's own
    """An HTTP connection whose requests are small and arrive in time."""

    _waits_since: float | None = None
    _head_bytes = 0
    _unread_head_bytes = 0
    _is_in_head = False
    _is_refused = False
    _spilt_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self.watch(transport)
        self._waits_since = self.loop.time()

    def data_received(self, data: bytes) -> None:
        """Read on, unless this connection was refused."""
        if self._is_refused:
            return
        is_first = not self._is_in_head
        super().data_received(data)
        if self._is_in_head and (not is_first or self._is_idle()):
            self._unread_head_bytes += len(data)
            self._limit_head(self._unread_head_bytes)
        if self._waits_since is None and self._is_idle() and self.timeout_keep_alive_task is None:
            self._waits_since = self.loop.time()

    def end_if_overdue(self, now: float) -> None:
        """End the connection also when a request, or the first or next one, took too long to arrive."""
        super().end_if_overdue(now)
        since = self._waits_since
        if since is None or now - since <= self.config.request_s or self.transport.is_closing():
            return
        if self._is_idle() and not self._is_in_head:
            self.transport.close()
        else:
            self.refuse_request(408, "request_timeout", "The request did not arrive whole in time.")

    def _is_idle(self) -> bool:
        cycle: RequestResponseCycle | None = (
            self.cycle
        )  # None before the first request, whatever uvicorn's types say
        return cycle is None or cycle.response_complete

    def on_message_begin(self) -> None:
        """Begin to count a request."""
        super().on_message_begin()
        self._head_bytes = self._unread_head_bytes = 0
        self._is_in_head = True
        if self._waits_since is None:
            self._waits_since = self.loop.time()

    def on_url(self, url: bytes) -> None:
        """Take a piece of the address."""
        self._head_bytes += len(url)
        self._limit_head(self._head_bytes)
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header."""
        self._head_bytes += len(name) + len(value) + HEADER_MARKS
        self._limit_head(self._head_bytes)
        super().on_header(name, value)

    def _limit_head(self, size: int) -> None:
        if size > HEAD_BYTES:
            self.refuse_request(431, "headers_too_large", f"Request headers are at most {HEAD_BYTES} bytes.")

    def on_headers_complete(self) -> None:
        """Start the request, if it is one and not too many wait already."""
        self._is_in_head = False
        if self._is_refused:
            return
        if len(self.pipeline) >= PIPELINED:
            self.refuse_request(400, "too_many_pipelined", "Wait for the answers to the requests before.")
            return
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Take a piece of the body; of a body that was refused, only so much."""
        if self._is_refused:
            return
        if self._is_idle():
            self._spilt_bytes += len(body)
            if self._spilt_bytes > SPILT_BYTES:
                self.flow.pause_reading()
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Stop waiting: the request is whole."""
        self._waits_since = None
        if not self._is_refused:
            super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        """Hand the connection over."""
        self._waits_since = None
        if not self._is_refused:
            super().handle_websocket_upgrade()

    def refuse_request(self, status: int, code: str, detail: str) -> None:
        """Answer once, and only where no answer is on its way; take nothing more."""
        if self._is_refused or self.transport.is_closing():
            return
        self._is_refused = True
        if self._is_idle() or not self.cycle.response_started:
            super().refuse_request(status, code, detail)
        else:
            self.transport.close()

    def send_400_response(self, msg: str) -> None:
        """Answer what httptools can not read."""
        self.refuse_request(400, "bad_request", msg)


class SocketConnection(Overdue, WebSocketsSansIOProtocol):  # type: ignore[misc] # the attributes are uvicorn's own
    """A websocket that can not be filled from outside, and whose close frame does not wait for a reader."""

    _frames_this_minute = 0
    _minute_began = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the connection over."""
        super().connection_made(transport)
        self.close_timeout = CLOSING_S

    def data_received(self, data: bytes) -> None:
        """Read on; uvicorn would wait for ever for the rest of a handshake that can not be read."""
        for start in range(0, len(data), PIECE_BYTES):
            if not self.transport.is_closing():
                super().data_received(data[start : start + PIECE_BYTES])
        if self.conn.handshake_exc is not None and not self.transport.is_closing():
            self.refuse_request(400, "bad_request", "This is no websocket handshake.")

    def handle_events(self) -> None:
        """Take what was parsed, unless it is a flood."""
        if not self._is_flooded(len(self.conn.events)):
            super().handle_events()
        elif self.close_sent:
            self.transport.abort()
        else:
            self.conn.fail(4008, "too many frames")
            self.handle_parser_exception()

    def _is_flooded(self, frames: int) -> bool:
        now = self.loop.time()
        if now - self._minute_began >= MINUTE_S:
            self._minute_began, self._frames_this_minute = now, 0
        self._frames_this_minute += frames
        most = self.config.frames_a_minute
        return most is not None and self._frames_this_minute > most

    def handle_cont(self, event: Frame) -> None:
        """Take a fragment, of a frame that has not too many."""
        if len(self.frames) >= FRAGMENTS:
            self.conn.fail(1009, "too many fragments")
            self.handle_parser_exception()
            return
        super().handle_cont(event)

    def handle_ping(self) -> None:
        """Answer a ping, unless the client does not read the answers."""
        if self.transport.get_write_buffer_size() > UNREAD_PONGS_BYTES:
            self.transport.abort()
            return
        super().handle_ping()

    async def send(self, message: Any) -> None:
        """Send; a close frame goes out behind whatever waits, so that a slow reader still learns why."""
        if message["type"] == "websocket.close":
            self.writable.set()
        await super().send(message)
        if message["type"] == "websocket.http.response.body" and not message.get("more_body"):
            self.handshake_complete = True  # it was refused, with an answer: uvicorn would log an error
        if message["type"] == "websocket.accept":
            del self.request, self.response  # nobody looks at the handshake again
