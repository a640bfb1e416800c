"""Sockets that do nothing, and many that come at once: what each costs."""

import asyncio
import resource
import time
from contextlib import AsyncExitStack

import websockets

from benchmarks.line.processes import Process
from benchmarks.line.visitors import line, open_session

AT_ONCE = 50
SOCKETS_OF_A_VISITOR = 5


async def idle_kib(url: str, process: Process, *, sockets: int) -> tuple[float, float]:
    """Open greeted sockets with a browser's handshake; return KiB of memory for each, and how many opened a second."""
    allow_open_files(sockets)
    visitors = -(-sockets // SOCKETS_OF_A_VISITOR)
    tokens = [await asyncio.to_thread(open_session, url) for _ in range(visitors)]
    before = process.resident_mb()
    begun = time.perf_counter()
    async with AsyncExitStack() as stack:
        gate = asyncio.Semaphore(AT_ONCE)

        async def open_one(number: int) -> None:
            async with gate:
                socket = line(url, tokens[number // SOCKETS_OF_A_VISITOR], compression="deflate")
                await stack.enter_async_context(socket)

        await asyncio.gather(*map(open_one, range(sockets)))
        per_second = sockets / (time.perf_counter() - begun)
        await asyncio.sleep(1)
        return (process.resident_mb() - before) * 1024 / sockets, per_second


async def bare_kib(url: str, process: Process, *, sockets: int) -> float:
    """Return KiB of memory for each socket of the bare echo."""
    allow_open_files(sockets)
    before = process.resident_mb()
    async with AsyncExitStack() as stack:
        for _ in range(sockets):
            address = url.replace("http", "ws") + "/ws"
            await stack.enter_async_context(
                websockets.connect(address, subprotocols=["foyer.v1"], ping_interval=None)  # type: ignore[list-item]
            )
        await asyncio.sleep(1)
        return (process.resident_mb() - before) * 1024 / sockets


def allow_open_files(sockets: int) -> None:
    """Let this process have as many files open as it needs."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, sockets + 500)), hard))
