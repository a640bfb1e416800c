"""Who is there besides the attacker: the attacked server, its memory, and visitors who go on talking."""

import asyncio
import contextlib
import resource
import statistics
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.service.running_server import QUESTION, RunningServer, write_site
from tests.service.visitor_client import Socket, Visitor

Row = tuple[str, str, str]
"""What was measured, how much it was, and what is asked for."""
VISITORS = 20
PAUSE_S = 3.5
"""Between two messages of one visitor: below the 20 a minute that are allowed."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server is: all that a client in another process needs of it."""

    url: str
    port: int


async def elsewhere(
    attack: Callable[..., Coroutine[Any, Any, Any]], server: RunningServer, *more: Any
) -> Any:
    """Run an attack in a process of its own, so that it takes nothing from the bystanders' event loop."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(pool, run, attack, Address(server.url, server.port), *more)


def run(attack: Callable[..., Coroutine[Any, Any, Any]], *arguments: Any) -> Any:
    """Run a coroutine function to its end."""
    raise_file_limit()
    return asyncio.run(attack(*arguments))


def raise_file_limit() -> None:
    """Allow this process many sockets."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 20_000)), hard))


@contextmanager
def attacked(settings: Mapping[str, str] | None = None) -> Iterator[RunningServer]:
    """Serve a small site while the block runs; no traceback may be in its log afterwards."""
    raise_file_limit()
    with TemporaryDirectory() as folder:
        server = RunningServer(write_site(Path(folder) / "site"), Path(folder) / "home", settings).start()
        try:
            yield server
        finally:
            server.stop()
            tracebacks = server.log.count("Traceback")
            if tracebacks:
                where = server.log.index("Traceback")
                print(f"!! {tracebacks} tracebacks in the log\n{server.log[where - 300 : where + 3000]}")


def resident_mib(server: RunningServer) -> float:
    """Return the memory the server holds now."""
    status = Path(f"/proc/{server.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def open_files(server: RunningServer) -> int:
    """Return how many files and sockets the server holds open."""
    return len(list(Path(f"/proc/{server.pid}/fd").iterdir()))


def p95_ms(seconds: list[float]) -> float:
    """Return the 95th percentile in ms."""
    return 1000 * (statistics.quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0])


class Bystanders:
    """Visitors who ask a question now and then; `answer_s` is how long each answer took."""

    def __init__(self, sockets: list[Socket]) -> None:
        self._sockets = sockets

    async def talk(self, for_s: float) -> list[float]:
        """Talk for a while; return the seconds from each question to its answer."""
        until = time.monotonic() + for_s
        answered: list[float] = []

        async def one(number: int, socket: Socket) -> None:
            await asyncio.sleep(PAUSE_S * number / len(self._sockets))
            while time.monotonic() < until:
                began = time.monotonic()
                await socket.ask(QUESTION)
                answered.append(time.monotonic() - began)
                await asyncio.sleep(PAUSE_S)

        await asyncio.gather(*(one(number, socket) for number, socket in enumerate(self._sockets)))
        return answered


@asynccontextmanager
async def bystanders(server: RunningServer, count: int = VISITORS) -> AsyncIterator[Bystanders]:
    """Greet some visitors; they leave with the block."""
    sockets = [(await (await Visitor.arrive(server)).connect())[0] for _ in range(count)]
    try:
        yield Bystanders(sockets)
    finally:
        for socket in sockets:
            with contextlib.suppress(Exception):
                await socket.close()
