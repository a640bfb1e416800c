"""A socket's outgoing side: a bounded queue and one writer, so that a slow reader can hurt nobody else."""

import asyncio
import contextlib
import sys

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

CLOSE_GRACE_S = 2.0
FLUSH_WITHIN_S = 1.0
"""How long a closing socket may take to read what is still queued, its close reason among it."""
AHEAD_BYTES = 128 * 1024
"""How much of what lies in the database anyway may wait here: the rest is read when there is room."""


class Closed(Exception):
    """The socket is to be closed, or is closed already; `code` is the close code of foyer.v1."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Line:
    """Frames for one socket, in order, sent by a task that is there only while something waits.

    The reader is too slow, and the socket ends with 4003, when `queue_bytes` wait for it or it does not take a
    single frame within `unread_s` seconds.
    """

    __slots__ = (
        "_ahead_bytes",
        "_ending",
        "_frames",
        "_queue_bytes",
        "_queued_bytes",
        "_room",
        "_unread_s",
        "_websocket",
        "_writer",
    )

    def __init__(self, websocket: WebSocket, *, queue_bytes: int, unread_s: float) -> None:
        self._queue_bytes = queue_bytes
        self._ahead_bytes = min(AHEAD_BYTES, queue_bytes // 2)
        self._unread_s = unread_s
        self._websocket = websocket
        self._frames: list[str] = []
        self._queued_bytes = 0
        self._room: asyncio.Event | None = None
        self._writer: asyncio.Task[None] | None = None
        self._ending: asyncio.Task[None] | None = None

    def put(self, frame: str) -> None:
        """Queue a frame at once: an answer to what the client just sent.

        Raises:
            Closed: the client does not read what it is sent.
        """
        self._queued_bytes += sys.getsizeof(frame)
        if self._queued_bytes > self._queue_bytes:
            raise Closed(4003, "slow reader: too much waits")
        self._frames.append(frame)
        if self._writer is None:
            self._writer = asyncio.create_task(self._write())

    def put_or_end(self, frame: str) -> None:
        """Queue a frame at once, or end the socket in the background when the client does not read."""
        try:
            self.put(frame)
        except Closed as closed:
            self.end_soon(closed.code, closed.reason)

    async def put_in_turn(self, frame: str) -> None:
        """Queue a frame once there is room: one of many that are read from the database."""
        while self._queued_bytes > self._ahead_bytes:
            self._room = self._room or asyncio.Event()
            await self._room.wait()
        self.put(frame)

    async def _write(self) -> None:
        """Send what is queued; who does not read it is closed, and of who is gone `read` hears."""
        try:
            while self._frames:
                frames, self._frames = self._frames, []
                for frame in frames:
                    async with asyncio.timeout(self._unread_s):
                        await self._websocket.send_text(frame)
                    self._note_sent(frame)
        except TimeoutError:
            self.end_soon(4003, "slow reader: nothing is read")
        except (WebSocketDisconnect, RuntimeError):
            self._frames.clear()
        finally:
            self._writer = None

    def _note_sent(self, frame: str) -> None:
        self._queued_bytes -= sys.getsizeof(frame)
        if self._room is not None and self._queued_bytes <= self._ahead_bytes:
            self._room.set()
            self._room = None

    def end_soon(self, code: int, reason: str) -> None:
        """End the socket in the background; `read` then raises the same `Closed`."""
        if self._ending is None:
            self._ending = asyncio.create_task(self.end(code, reason))

    async def end(self, code: int, reason: str) -> None:
        """Send what still waits, as far as the client takes it in a moment, then close."""
        if (writer := self._writer) is not None:
            await asyncio.wait({writer}, timeout=FLUSH_WITHIN_S)
            writer.cancel()
        await self.close_now(code, reason)

    async def read(self) -> str | bytes:
        """Return the next frame of the client.

        Raises:
            Closed: the client is gone.
        """
        message = await self._websocket.receive()
        if message["type"] == "websocket.disconnect":
            raise Closed(message.get("code") or 1006, message.get("reason") or "gone")
        text = message.get("text")
        return text if text is not None else message.get("bytes") or b""

    async def close_now(self, code: int, reason: str) -> None:
        """Close with a code, unless the client was first."""
        if self._websocket.application_state is not WebSocketState.CONNECTED:
            return
        with contextlib.suppress(WebSocketDisconnect, RuntimeError, TimeoutError):
            async with asyncio.timeout(CLOSE_GRACE_S):
                await self._websocket.close(code, reason)
