"""A socket's outgoing side: a bounded queue and one writer, so that a slow reader can hurt nobody else."""

import asyncio
import contextlib
import sys

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

CLOSE_GRACE_S = 2.0
AHEAD_BYTES = 128 * 1024
"""How much of what lies in the database anyway may wait here: the rest is read when there is room."""


class Closed(Exception):
    """The socket is to be closed, or is closed already; `code` is the close code of foyer.v1."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Line:
    """Frames for one socket, in order.

    The reader is too slow, and the socket ends with 4003, when `queue_bytes` wait for it or it does not take a
    single frame within `unread_s` seconds.
    """

    def __init__(self, websocket: WebSocket, *, queue_bytes: int, unread_s: float) -> None:
        self._queue_bytes = queue_bytes
        self._ahead_bytes = min(AHEAD_BYTES, queue_bytes // 2)
        self._unread_s = unread_s
        self._websocket = websocket
        self._has_room = asyncio.Event()
        self._has_room.set()
        self._frames: asyncio.Queue[str | None] = asyncio.Queue()
        self._queued_bytes = 0

    def put(self, frame: str) -> None:
        """Queue a frame at once: an answer to what the client just sent.

        Raises:
            Closed: the client does not read what it is sent.
        """
        self._queued_bytes += sys.getsizeof(frame)
        if self._queued_bytes > self._queue_bytes:
            raise Closed(4003, "slow reader: too much waits")
        if self._queued_bytes > self._ahead_bytes:
            self._has_room.clear()
        self._frames.put_nowait(frame)

    async def put_in_turn(self, frame: str) -> None:
        """Queue a frame once there is room: one of many that are read from the database."""
        await self._has_room.wait()
        self.put(frame)

    async def write(self) -> None:
        """Send what is queued until the socket goes away or `finish` is called.

        Raises:
            Closed: the client is gone, or does not read what it is sent.
        """
        while (frame := await self._frames.get()) is not None:
            try:
                async with asyncio.timeout(self._unread_s):
                    await self._websocket.send_text(frame)
            except TimeoutError as error:
                raise Closed(4003, "slow reader: nothing is read") from error
            except (WebSocketDisconnect, RuntimeError) as error:
                raise Closed(1006, "gone") from error
            self._queued_bytes -= sys.getsizeof(frame)
            if self._queued_bytes <= self._ahead_bytes:
                self._has_room.set()

    def finish(self) -> None:
        """Let the writer end after what is queued."""
        self._frames.put_nowait(None)

    async def read(self) -> str | bytes:
        """Return the next frame of the client.

        Raises:
            Closed: the client is gone.
        """
        message = await self._websocket.receive()
        if message["type"] == "websocket.disconnect":
            raise Closed(message.get("code") or 1006, "gone")
        text = message.get("text")
        return text if text is not None else message.get("bytes") or b""

    async def close_now(self, code: int, reason: str) -> None:
        """Close with a code, unless the client was first."""
        if self._websocket.application_state is not WebSocketState.CONNECTED:
            return
        with contextlib.suppress(WebSocketDisconnect, RuntimeError, TimeoutError):
            async with asyncio.timeout(CLOSE_GRACE_S):
                await self._websocket.close(code, reason)
