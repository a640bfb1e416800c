"""A wire between browser and server that can be cut, also in the middle of an answer's first words."""

import asyncio
import contextlib
import re

OFFER = re.compile(rb"Sec-WebSocket-Extensions:[^\r\n]*\r\n", re.IGNORECASE)
DELTA = b'"delta"'
CHUNK = 65_536


class Wire:
    """A TCP proxy to `port` of this machine; while it is cut, every connection is ended at once.

    Compression of websockets is not passed on, so that an answer's first words can be seen in what goes by.
    """

    def __init__(self) -> None:
        self.port = 0
        self._writers: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self._is_armed = False
        self.was_cut = asyncio.Event()

    @property
    def url(self) -> str:
        """Where the browser finds it."""
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def start(self) -> "Wire":
        """Listen on a free port."""
        self._server = await asyncio.start_server(self._joined, "127.0.0.1", 0)
        return self

    async def stop(self) -> None:
        """End everything."""
        self.cut()
        assert self._server is not None
        self._server.close()

    def cut(self) -> None:
        """End what is connected, and what tries to, until `mend`."""
        self.was_cut.set()
        for writer in self._writers:
            writer.transport.abort()

    def cut_in_the_next_answer(self) -> None:
        """Cut within the first frame that carries words of an answer."""
        self._is_armed = True

    def mend(self) -> None:
        """Let connections through again."""
        self.was_cut.clear()

    async def _joined(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.was_cut.is_set():
            writer.transport.abort()
            return
        there, back = await asyncio.open_connection("127.0.0.1", self.port)
        self._writers |= {writer, back}
        with contextlib.suppress(ConnectionError):
            await asyncio.gather(self._pass_on(reader, back), self._bring_back(there, writer))
        self._writers -= {writer, back}

    async def _pass_on(self, reader: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        while data := await reader.read(CHUNK):
            back.write(OFFER.sub(b"", data))
            await back.drain()
        back.close()

    async def _bring_back(self, there: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await there.read(CHUNK):
            if self._is_armed and DELTA in data:
                self._is_armed = False
                writer.write(data[: data.index(DELTA) + len(DELTA)])
                await writer.drain()
                self.cut()
                return
            writer.write(data)
            await writer.drain()
        writer.close()
