"""A PostgreSQL of the tests' own: made in a temporary folder, as a user who is not root, on loopback."""

import asyncio
import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Coroutine
from itertools import count
from pathlib import Path
from socket import create_server
from typing import Any, TypeVar

import asyncpg

from bot.store import Database

T = TypeVar("T")
PASSWORD = "between us"
FAST = ("fsync=off", "full_page_writes=off", "shared_buffers=64MB")


def find_tool(name: str) -> str | None:
    """Return where one of PostgreSQL's programs is."""
    newest_first = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    return shutil.which(name) or next(map(str, newest_first), None)


class PostgresServer:
    """One server; `new_database` makes databases in it, all alike the first."""

    def __init__(self) -> None:
        # Not where pytest keeps its folders: those are closed to the user that PostgreSQL runs as.
        self._home = Path(tempfile.mkdtemp(prefix="foyer-postgres-"))
        self.folder = self._home / "data"
        self._numbers = count(1)
        self._process: subprocess.Popen[bytes] | None = None
        with create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]

    def start(self) -> "PostgresServer":
        """Make the cluster, start it, and make the template of all databases."""
        secret = self._home / "secret"
        secret.write_text(PASSWORD)
        if os.geteuid() == 0:
            for path in (self._home, secret):
                shutil.chown(path, "postgres", "postgres")
        initdb = ("--username=foyer", f"--pwfile={secret}", "--auth=scram-sha-256", "--no-sync")
        subprocess.run(
            [*_as_nobody_special(), str(find_tool("initdb")), *initdb, "-E", "UTF8", str(self.folder)],
            check=True,
            capture_output=True,
            cwd="/",
        )
        self.begin()
        in_thread(self._make_template())
        return self

    def begin(self) -> None:
        """Start the server process and wait until it answers."""
        options = [part for option in FAST for part in ("-c", option)]
        places = ("-D", str(self.folder), "-p", str(self.port), "-k", "", "-h", "127.0.0.1")
        with (self._home / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [*_as_nobody_special(), str(find_tool("postgres")), *places, *options],
                stdout=log,
                stderr=log,
                cwd="/",
            )
        in_thread(_until_it_answers(self.url_of("postgres")))

    def end(self) -> None:
        """Stop it at once, as a crash would."""
        if self._process is not None:
            self.thaw()
            self._process.send_signal(3)
            self._process.wait(timeout=90)
            self._process = None

    def freeze(self) -> None:
        """Stop every process of it where it stands: connections stay open, and nothing is answered."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let all of them go on."""
        self._signal(signal.SIGCONT)

    def _signal(self, sign: signal.Signals) -> None:
        assert self._process is not None
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
        for pid in (self._process.pid, *map(int, children.read_text().split())):
            with contextlib.suppress(ProcessLookupError):  # its workers come and go
                os.kill(pid, sign)

    def remove(self) -> None:
        """Stop it for good."""
        self.end()
        shutil.rmtree(self._home)

    def url_of(self, name: str) -> str:
        """Return the URL of one of its databases."""
        return f"postgresql://foyer:{PASSWORD.replace(' ', '%20')}@127.0.0.1:{self.port}/{name}"

    async def _make_template(self) -> None:
        await self.run("CREATE DATABASE template_foyer")
        await (await Database.open(self.url_of("template_foyer"))).close()
        await self.run(
            "DELETE FROM meta WHERE key <> 'epoch'; UPDATE meta SET value = 'template'", name="template_foyer"
        )

    async def new_database(self) -> str:
        """Make a database with the current schema and return its URL."""
        name = f"foyer_{next(self._numbers)}"
        await self.run(f"CREATE DATABASE {name} TEMPLATE template_foyer")
        return self.url_of(name)

    async def empty_database(self) -> str:
        """Make a database without any table and return its URL."""
        name = f"foyer_{next(self._numbers)}"
        await self.run(f"CREATE DATABASE {name} TEMPLATE template0")
        return self.url_of(name)

    async def run(self, statement: str, *, name: str = "postgres") -> None:
        """Carry out statements in one of its databases."""
        connection = await asyncpg.connect(self.url_of(name))
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


def fetch(url: str, query: str, *values: Any) -> list[Any]:
    """Read a database from outside, whatever loop runs here; `?` stands for each value."""
    for number in range(1, len(values) + 1):
        query = query.replace("?", f"${number}", 1)

    async def read() -> list[Any]:
        connection = await asyncpg.connect(url)
        try:
            return list(await connection.fetch(query, *values))
        finally:
            await connection.close()

    return in_thread(read())


def in_thread(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine in a loop of its own, also where another one runs."""
    found: list[T] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            found.append(asyncio.run(work))
        except BaseException as error:  # noqa: BLE001 - handed on to the caller
            errors.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if errors:
        raise errors[0]
    return found[0]


async def _until_it_answers(url: str) -> None:
    async with asyncio.timeout(90):
        while True:
            try:
                await (await asyncpg.connect(url)).close()
            except (OSError, asyncpg.PostgresError):
                await asyncio.sleep(0.05)
            else:
                return


def _as_nobody_special() -> tuple[str, ...]:
    """Return what goes before a command of PostgreSQL's, which refuses to run as root."""
    if os.geteuid() != 0:
        return ()
    dies_with_us = "--pdeathsig=TERM"
    return ("setpriv", dies_with_us, "--reuid=postgres", "--regid=postgres", "--clear-groups", "--")
