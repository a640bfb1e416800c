"""Sockets that do nothing, and many that come at one moment: what each costs."""

import asyncio
import resource
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

import websockets

from benchmarks.line.processes import Process
from benchmarks.line.visitors import line, open_session

AT_ONCE = 50
SOCKETS_OF_A_VISITOR = 5
SETTLED_AFTER_S = 1.0

OpenSocket = Callable[[AsyncExitStack, int], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Opened:
    """What sockets cost: KiB of the server's memory each, how many opened a second, and why others did not."""

    kib: float
    per_second: float
    failures: tuple[str, ...]


async def visitors_sockets(url: str, sockets: int) -> OpenSocket:
    """Return what opens a visitor's greeted socket with a browser's handshake; their sessions are opened before."""
    visitors = -(-sockets // SOCKETS_OF_A_VISITOR)
    tokens = [await asyncio.to_thread(open_session, url) for _ in range(visitors)]

    async def open_one(stack: AsyncExitStack, number: int) -> None:
        token = tokens[number // SOCKETS_OF_A_VISITOR]
        await stack.enter_async_context(line(url, token, compression="deflate", open_timeout=60))

    return open_one


async def bare_sockets(url: str, _: int) -> OpenSocket:
    """Return what opens a socket of the bare echo with a browser's handshake."""
    address = url.replace("http", "ws") + "/ws"

    async def open_one(stack: AsyncExitStack, _: int) -> None:
        await stack.enter_async_context(
            websockets.connect(address, subprotocols=["foyer.v1"], ping_interval=None, open_timeout=60)  # type: ignore[list-item]
        )

    return open_one


async def open_all(open_one: OpenSocket, process: Process, *, sockets: int, at_once: int) -> Opened:
    """Open so many sockets, `at_once` of them at a time, and look at the memory when all of them rest."""
    allow_open_files(sockets)
    before = process.resident_mb()
    gate = asyncio.Semaphore(at_once)
    async with AsyncExitStack() as stack:

        async def come(number: int) -> None:
            async with gate:
                await open_one(stack, number)

        begun = time.perf_counter()
        ends = await asyncio.gather(*map(come, range(sockets)), return_exceptions=True)
        seconds = time.perf_counter() - begun
        await asyncio.sleep(SETTLED_AFTER_S)
        kib = (process.resident_mb() - before) * 1024 / sockets
    failures = tuple(repr(end) for end in ends if isinstance(end, BaseException))
    return Opened(kib, (sockets - len(failures)) / seconds, failures)


def allow_open_files(sockets: int) -> None:
    """Let this process have as many files open as it needs."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, sockets + 500)), hard))
