"""Firefox without a display, driven over its Marionette protocol: length-prefixed JSON on a TCP socket."""

import asyncio
import contextlib
import json
import os
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

START_WITHIN_S = 180.0


class Firefox:
    """One window; `call` sends a WebDriver command and returns its value."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._calls = 0

    async def read(self) -> Any:
        """Return the next packet."""
        length = (await self._reader.readuntil(b":"))[:-1]
        return json.loads(await self._reader.readexactly(int(length)))

    async def call(self, command: str, **arguments: Any) -> Any:
        """Send a command and wait for its answer; an error of the browser's is raised."""
        self._calls += 1
        packet = json.dumps([0, self._calls, command, arguments])
        self._writer.write(f"{len(packet)}:{packet}".encode())
        _, _, error, value = await self.read()
        assert error is None, error
        return value

    async def run(self, script: str) -> Any:
        """Run the body of an asynchronous function in the page and return what it returns."""
        body = (
            "const done = arguments[arguments.length - 1];"
            f"(async () => {{ {script} }})().then(done, (error) => done(String(error)))"
        )
        answer = await self.call("WebDriver:ExecuteAsyncScript", script=body, args=[], scriptTimeout=30_000)
        return answer["value"]


@contextlib.asynccontextmanager
async def firefox(path: str, profile: Path) -> AsyncIterator[Firefox]:
    """Start the browser with a profile of its own and end it with the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (profile / "user.js").write_text(f'user_pref("marionette.port", {port});')
    options = ("--headless", "--marionette", "--no-remote", "--profile", str(profile))
    process = await asyncio.create_subprocess_exec(
        *(path, *options),
        env=os.environ | {"HOME": str(profile)},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(START_WITHIN_S):
            reader, writer = await connected(port)
        browser = Firefox(reader, writer)
        await browser.read()
        await browser.call("WebDriver:NewSession", capabilities={})
        yield browser
        writer.close()
    finally:
        process.terminate()
        await process.wait()


async def connected(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Wait until the browser listens."""
    while True:
        with contextlib.suppress(ConnectionError):
            return await asyncio.open_connection("127.0.0.1", port)
        await asyncio.sleep(0.1)
