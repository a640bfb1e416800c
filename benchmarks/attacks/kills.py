"""Kill -9 at random moments of a conversation: a server, one of two workers, one of two servers with PostgreSQL.

The visitor's program keeps an outbox and sends some messages twice, over several sockets. The judge is the database,
read from outside after each kill, when everything accepted has its reply or ten seconds are over.
"""

import asyncio
import contextlib
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from websockets.exceptions import WebSocketException

from benchmarks.attacks.bystanders import Row
from tests.postgres import PostgresServer, find_tool, in_thread
from tests.service.conftest import GENEROUS
from tests.service.running_server import ALLOWED_ORIGIN, QUESTION, RunningServer, write_site
from tests.service.test_kills import (
    FINISHED_WITHIN_S,
    LINES,
    Outbox,
    messages_on_disk,
    state_on_disk,
    unanswered,
)
from tests.service.test_two_servers import SENT_TWICE, hear, send
from tests.service.visitor_client import Socket, Visitor

SEED = 20261121
SOCKETS = 3
KILLED_WHOLE = 0.3
"""Of the kills of a server with workers, those that end all of it; the others end one worker."""
BACK_WITHIN_S = 180.0
SETTINGS = GENEROUS | {"FOYER_LIMIT_FRAMES_PER_MINUTE": "100000"}


@dataclass
class Attacked:
    """The servers of one database, a visitor who talks to all of them, and what was found."""

    servers: list[RunningServer]
    chance: random.Random
    visitors: list[Visitor] = field(default_factory=list)
    outbox: Outbox = field(default_factory=Outbox)
    found: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    asked: int = 0
    slowest_s: float = 0.0

    async def arrive(self) -> None:
        """Open the visitor's session."""
        first = await Visitor.arrive(self.servers[0], origin=ALLOWED_ORIGIN)
        self.visitors = [
            Visitor(server, first.session, origin=ALLOWED_ORIGIN, address=first.address)
            for server in self.servers
        ]

    async def survive_one(self) -> None:
        """Talk, kill, come back, and look."""
        sockets = [await self._connect() for _ in range(SOCKETS)]
        began = time.monotonic()
        self.asked += 1  # a name of its own: what was asked before over another server would be a duplicate
        await sockets[0].reply_to(await sockets[0].say(QUESTION, client_message_id=f"ask {self.asked}"))
        turn_s = time.monotonic() - began
        hearing = [asyncio.create_task(hear(socket, self.outbox)) for socket in sockets]
        for _ in range(self.chance.randint(1, 4)):
            self.outbox.write(self.chance.choice(LINES))
        for key, text in list(self.outbox.waiting.items()):
            for socket in sockets if self.chance.random() < SENT_TWICE else [self.chance.choice(sockets)]:
                await send(socket, key, text)
        await asyncio.sleep(self.chance.uniform(0.0, 2 * turn_s))  # the moment of the kill is the experiment
        await asyncio.to_thread(self._strike)
        self.found.update(state_on_disk(self.servers[0], self.outbox))
        for socket in sockets:
            socket.cut()
        await asyncio.gather(*hearing)
        back = await self._connect()
        await self.outbox.send_all(back)
        await back.close()
        await asyncio.to_thread(self._judge)

    async def _connect(self) -> Socket:
        """Connect as clients do: again and again."""
        give_up = time.monotonic() + BACK_WITHIN_S
        while True:
            try:
                return (await self.chance.choice(self.visitors).connect())[0]
            except (WebSocketException, OSError):  # a time-out is an OSError
                if time.monotonic() > give_up:
                    raise
                await asyncio.sleep(0.2)

    def _strike(self) -> None:
        """Kill a server or a worker of it; a server is started again."""
        server = self.chance.choice(self.servers)
        workers = server.worker_pids() if server.workers > 1 else []
        if workers and self.chance.random() >= KILLED_WHOLE:
            os.kill(self.chance.choice(workers), signal.SIGKILL)
            return
        server.kill()
        for pid in workers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        server.start()

    def _judge(self) -> None:
        """See that each message is kept once, answered once, and no number is left out."""
        began = time.monotonic()
        while unanswered(self.servers[0]) and time.monotonic() < began + FINISHED_WITHIN_S:
            time.sleep(0.05)
        self.slowest_s = max(self.slowest_s, time.monotonic() - began)
        rows = messages_on_disk(self.servers[0])
        said = [row for row in rows if row["author"] == "visitor"]
        kept = {row["client_message_id"]: (row["message_id"], row["seq"]) for row in said}
        replied = [row["in_reply_to"] for row in rows if row["author"] == "bot"]
        accepted = {key: (told["message_id"], told["seq"]) for key, told in self.outbox.accepted.items()}
        self.wrong["lost"] += len(accepted.items() - kept.items())
        self.wrong["kept or answered twice"] += len(said) - len(kept) + len(replied) - len(set(replied))
        self.wrong["holes"] += [row["seq"] for row in rows] != list(range(1, len(rows) + 1))
        self.wrong["open after ten seconds"] += len({row["message_id"] for row in said} - set(replied))
        self.wrong["apologies"] += sum(row["kind"] == "failed" for row in rows)


@contextmanager
def one_process() -> Iterator[list[RunningServer]]:
    """One process with SQLite."""
    with started(1, SETTINGS) as servers:
        yield servers


@contextmanager
def two_workers() -> Iterator[list[RunningServer]]:
    """Two workers with SQLite."""
    with started(1, SETTINGS, workers=2) as servers:
        yield servers


@contextmanager
def two_servers() -> Iterator[list[RunningServer]]:
    """Two servers with one PostgreSQL."""
    with a_postgres() as url, started(2, SETTINGS | {"FOYER_DATABASE_URL": url}) as servers:
        yield servers


@contextmanager
def two_workers_on_postgres() -> Iterator[list[RunningServer]]:
    """Two workers with PostgreSQL."""
    with a_postgres() as url, started(1, SETTINGS | {"FOYER_DATABASE_URL": url}, workers=2) as servers:
        yield servers


WORLDS = {
    "SQLite": one_process,
    "SQLite, two workers": two_workers,
    "PostgreSQL, two servers": two_servers,
    "PostgreSQL, two workers": two_workers_on_postgres,
}
TIMES = {"SQLite": 3}
"""How many times as many kills a world gets."""


@contextmanager
def a_postgres() -> Iterator[str]:
    """Run a PostgreSQL of our own; the URL of an empty database."""
    server = PostgresServer().start()
    try:
        yield in_thread(server.empty_database())
    finally:
        server.remove()


@contextmanager
def started(number: int, settings: dict[str, str], *, workers: int = 1) -> Iterator[list[RunningServer]]:
    """Serve a small site with so many servers, each with a home of its own."""
    with TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        site = write_site(folder / "site")
        servers = []
        for n in range(number):
            server = RunningServer(site, folder / f"home{n}", settings, workers=workers)
            stack.callback(server.kill)
            servers.append(server.start())
        yield servers
        for server in servers:
            where = server.log.find("Traceback")
            if where >= 0:
                print(f"!! a traceback in the log\n{server.log[max(0, where - 500) : where + 3000]}")


async def attack(count: int = 100) -> list[Row]:
    """Kill so often in each world, three times as often in the simplest."""
    rows: list[Row] = []
    for name, world in WORLDS.items():
        if name.startswith("PostgreSQL") and find_tool("postgres") is None:
            rows.append((name, "-", "PostgreSQL is missing"))
            continue
        rows += await attack_one(name, world, count * TIMES.get(name, 1))
    return rows


async def attack_one(name: str, world, count: int) -> list[Row]:  # type: ignore[no-untyped-def] # a context manager
    """Kill so often in one world; what is wrong is counted, and the next kill comes."""
    with world() as servers:
        attacked = Attacked(servers, random.Random(SEED))
        await attacked.arrive()
        for n in range(count):
            await attacked.survive_one()
            print(f"{name}: {n + 1} kills, {dict(attacked.wrong)}", flush=True)
    return [
        (f"{name}: kills", str(count), f"seed {SEED}"),
        ("  messages, some sent thrice", str(attacked.outbox.written), ""),
        *((f"  left: {state}", str(n), "") for state, n in attacked.found.items()),
        *((f"  {what}", str(n), "0") for what, n in attacked.wrong.items()),
        ("  slowest to be answered", f"{attacked.slowest_s:.1f} s", "≤ 10 s"),
    ]
