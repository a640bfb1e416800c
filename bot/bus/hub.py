"""The parent's side of a machine's workers: passes on their news and counts for all of them.

Each worker has one end of a socket pair. A line is one byte that says what it is, and the rest as JSON.
A worker that does not read is passed over: it finds out by looking.
"""

import asyncio
import socket
from collections.abc import Callable
from typing import Any

import orjson
import structlog

from bot.bus.counting import LocalCounts, Window
from bot.bus.spelling import MOST_BYTES

log = structlog.get_logger(__name__)

NEWS, COUNT, READY = b"n", b"c", b"r"
MOST_UNREAD_BYTES = 4 * MOST_BYTES


class Hub:
    """Where all workers' lines end."""

    def __init__(self) -> None:
        self._writers: dict[str, asyncio.StreamWriter] = {}
        self._counts = LocalCounts()

    async def serve(self, worker: str, end: socket.socket, on_ready: Callable[[], None]) -> None:
        """Serve a worker until it is gone; the places it held are free then."""
        reader, writer = await asyncio.open_connection(sock=end, limit=2 * MOST_BYTES)
        self._writers[worker] = writer
        try:
            while line := await reader.readline():
                await self._take(worker, line, on_ready)
        except (OSError, ValueError) as error:
            log.warning("hub.lost_worker", worker=worker, reason=type(error).__name__)
        finally:
            del self._writers[worker]
            writer.close()
            for place, holder in self._counts.held_by(f"{worker}/"):
                await self._counts.give_back(place, holder)

    async def _take(self, worker: str, line: bytes, on_ready: Callable[[], None]) -> None:
        kind = line[:1]
        if kind == NEWS:
            self._pass_on(worker, line)
        elif kind == COUNT:
            number, verb, *arguments = orjson.loads(line[1:])
            answer = orjson.dumps([number, await self._count(worker, verb, arguments)])
            self._writers[worker].write(COUNT + answer + b"\n")
        elif kind == READY:
            on_ready()

    def _pass_on(self, sender: str, line: bytes) -> None:
        for worker, writer in self._writers.items():
            unread_bytes = writer.transport.get_write_buffer_size()
            if worker != sender and unread_bytes < MOST_UNREAD_BYTES:
                writer.write(line)

    async def _count(self, worker: str, verb: str, arguments: list[Any]) -> float | bool | None:
        match verb, arguments:
            case "wait", [str(what), str(key), list(windows)]:
                return await self._counts.wait_s(what, key, [Window(*window) for window in windows])
            case "take", [str(place), str(holder), int(at_most)]:
                return await self._counts.take(place, f"{worker}/{holder}", at_most)
            case "give_back", [str(place), str(holder)]:
                await self._counts.give_back(place, f"{worker}/{holder}")
            case _:
                log.warning("hub.not_understood", worker=worker)
        return None
