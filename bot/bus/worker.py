"""A worker's side of its machine's hub: the wire that news go over, and counts that hold for all workers."""

import asyncio
import contextlib
import itertools
import socket
from collections.abc import AsyncIterator, Callable, Sequence

import orjson

from bot.bus.counting import CountsAwayError, Window
from bot.bus.hub import COUNT, NEWS, READY
from bot.bus.relay import Link, WireLostError
from bot.bus.spelling import MOST_BYTES

ANSWER_WITHIN_S = 2.0


class HubLine:
    """The one line to the hub; wire, link and counts in one. The hub lives in the parent: without it we end too."""

    frees_within_s = 0.0

    def __init__(self, end: socket.socket, *, on_lost: Callable[[], None]) -> None:
        self._end = end
        self._on_lost = on_lost
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._news: asyncio.Queue[bytes] = asyncio.Queue()
        self._numbers = itertools.count()
        self._asked: dict[int, asyncio.Future[float | bool | None]] = {}
        self.lost = asyncio.Event()

    async def open(self) -> None:
        """Take up the line."""
        self._reader, self._writer = await asyncio.open_connection(sock=self._end, limit=2 * MOST_BYTES)

    async def run(self) -> None:
        """Read what the hub says until it is gone."""
        assert self._reader is not None
        assert self._writer is not None
        try:
            await self._read(self._reader)
        finally:
            self._writer.close()

    async def _read(self, reader: asyncio.StreamReader) -> None:
        with contextlib.suppress(OSError):
            while line := await reader.readline():
                if line[:1] == NEWS:
                    self._news.put_nowait(line[1:-1])
                else:
                    number, answer = orjson.loads(line[1:])
                    asked = self._asked.pop(number, None)
                    if asked is not None and not asked.done():
                        asked.set_result(answer)
        self.lost.set()
        self._on_lost()

    def tell_ready(self) -> None:
        """Tell the parent that this worker answers now."""
        self._write(READY + b"\n")

    @contextlib.asynccontextmanager
    async def connect(self) -> AsyncIterator[Link]:
        """Open it: it is open from the beginning, once."""
        if self.lost.is_set() or self._writer is None:
            raise WireLostError("the hub is not there")
        yield self

    async def send(self, parcel: bytes) -> None:
        """Send a parcel to all other workers."""
        self._write(NEWS + parcel + b"\n")
        if self._writer is not None:
            try:
                await self._writer.drain()
            except OSError as error:
                raise WireLostError(f"the hub: {type(error).__name__}") from None

    async def parcels(self) -> AsyncIterator[bytes]:
        """Yield what other workers send."""
        while not self.lost.is_set():
            yield await self._news.get()

    async def wait_s(self, what: str, key: str, windows: Sequence[Window]) -> float | None:
        """Count one event; return None when it is allowed, else the seconds until it may be tried again."""
        answer = await self._ask("wait", what, key, [[window.count, window.seconds] for window in windows])
        return None if answer is None else float(answer)

    async def take(self, place: str, holder: str, at_most: int) -> bool:
        """Take one of the places, if one is left; what holds one already keeps it."""
        return bool(await self._ask("take", place, holder, at_most))

    async def give_back(self, place: str, holder: str) -> None:
        """Give a place back."""
        await self._ask("give_back", place, holder)

    async def _ask(self, verb: str, *arguments: object) -> float | bool | None:
        if self.lost.is_set() or self._writer is None:
            raise CountsAwayError("the hub is not there")
        number = next(self._numbers)
        asked: asyncio.Future[float | bool | None] = asyncio.get_running_loop().create_future()
        self._asked[number] = asked
        self._write(COUNT + orjson.dumps([number, verb, *arguments]) + b"\n")
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                return await asked
        except TimeoutError:
            raise CountsAwayError("the hub does not answer") from None
        finally:
            self._asked.pop(number, None)

    def _write(self, line: bytes) -> None:
        if self._writer is not None:
            self._writer.write(line)
