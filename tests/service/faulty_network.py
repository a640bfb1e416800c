"""A TCP proxy that behaves like a bad network: it delays, stops in mid-frame, resets, and goes silent.

Every fault is drawn from one seeded chance. Silence is a half-open connection: nothing passes any more, and nobody is
told.
"""

import asyncio
import contextlib
import random
from collections import Counter
from enum import StrEnum


class Fault(StrEnum):
    """How a connection ends."""

    CLOSE = "close"
    RESET = "reset"
    SILENCE = "silence"
    DROP_TO_CLIENT = "the last bytes to the client are lost"
    DROP_TO_SERVER = "the last bytes to the server are lost"


class FaultyNetwork:
    """Stands between clients and one server. `faults` counts what it did to whom."""

    def __init__(self, port: int, chance: random.Random) -> None:
        self._to_port = port
        self._chance = chance
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self.faults: Counter[Fault] = Counter()
        self.is_faulty = True
        self.port = 0

    async def start(self) -> None:
        """Begin to listen."""
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """End every connection."""
        assert self._server is not None
        self._server.close()
        for writer in list(self._open):
            writer.transport.abort()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection until its fault strikes, after so many bytes in either direction."""
        to_reader, to_writer = await asyncio.open_connection("127.0.0.1", self._to_port)
        self._open |= {writer, to_writer}
        fault = self._chance.choice(list(Fault))
        left = [self._chance.randrange(300, 6_000)]
        try:
            await asyncio.wait(
                [
                    asyncio.create_task(self._pump(reader, to_writer, left, fault is Fault.DROP_TO_SERVER)),
                    asyncio.create_task(self._pump(to_reader, writer, left, fault is Fault.DROP_TO_CLIENT)),
                ],
                return_when=asyncio.FIRST_COMPLETED,
            )
            if left[0] <= 0:
                self.faults[fault] += 1
                await self._strike(fault, writer, to_writer)
        finally:
            for end in (writer, to_writer):
                self._open.discard(end)
                end.transport.abort() if fault is Fault.RESET else end.close()

    async def _pump(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, left: list[int], is_lossy: bool
    ) -> None:
        """Carry bytes one way; with `is_lossy` nothing of the last piece arrives."""
        with contextlib.suppress(ConnectionError):
            while piece := await reader.read(1_024):
                if self.is_faulty:
                    await asyncio.sleep(self._chance.expovariate(1_000))
                    left[0] -= len(piece)
                    if left[0] <= 0:
                        writer.write(b"" if is_lossy else piece[: len(piece) + left[0]])
                        return
                writer.write(piece)

    async def _strike(self, fault: Fault, *ends: asyncio.StreamWriter) -> None:
        """Let the fault take its time: silence lasts until the client has had enough."""
        if fault is Fault.SILENCE:
            for end in ends:
                end.transport.pause_reading()
            await asyncio.sleep(2.0)
