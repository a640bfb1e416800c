"""Websockets that can not be filled or flooded from outside."""

import asyncio
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame

from bot.web.overdue import CLOSING_S, Overdue

FRAGMENTS = 64
"""Fragments of one websocket frame."""
PIECE_BYTES = 4 * 1024
"""What is parsed of a websocket before its frames are counted: a read of 256 KiB holds 40,000 empty ones."""
MINUTE_S = 60.0
UNREAD_PONGS_BYTES = 64 * 1024


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
