"""HTTP connections whose requests are small and arrive in time."""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from bot.web.overdue import Overdue

HEAD_BYTES = 32 * 1024
"""Request line and headers of one request."""
HEADER_MARKS = len(": \r\n")
PIPELINED = 16
"""Requests of one connection that may wait for the answer to an earlier one; browsers send none ahead."""
SPILT_BYTES = 1024 * 1024
"""Of a body that was refused, what is still read and thrown away; then its sender has to wait, and read the answer."""
STOPPING_S = 3.0
"""How long the rest of a request may take to arrive when the server stops."""


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

    def shutdown(self) -> None:
        """Let the request under way be answered, if the rest of it arrives soon."""
        super().shutdown()
        if self._waits_since is not None and not self.transport.is_closing():
            graceful_s = self.config.timeout_graceful_shutdown or 2 * STOPPING_S
            self.loop.call_later(min(STOPPING_S, graceful_s / 2), self._refuse_rest)

    def _refuse_rest(self) -> None:
        if self._waits_since is not None:
            self.refuse_request(503, "stopping", "The server stops. Send the request again.")

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
