"""`foyer serve --workers N`: a parent that keeps N workers on one port alive, joins them, and stops them together.

Each place in the crew has a listener of its own on the shared port, which the parent keeps open: whoever calls while
a worker is being replaced waits in line and is lost by nobody. SIGHUP replaces the workers one after another.
"""

import asyncio
import json
import os
import shutil
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

import structlog

from bot.assemble.code_key import code_key
from bot.assemble.company import VIEWS
from bot.assemble.starting import (
    BACKLOG,
    allow_open_files,
    bound_socket,
    load_sites,
    note_of,
    set_up_logging,
    tell_warnings,
)
from bot.bus.hub import Hub
from bot.domain.errors import ConfigurationError
from bot.settings import Environment, load_environment
from bot.sources import ServerNote, leave_note, own_home
from bot.telemetry import forget_process, share_numbers

log = structlog.get_logger(__name__)

START = "import sys; sys.path.insert(0, sys.argv[1]); from bot.assemble.working import main; main(sys.stdin.read())"
PACKAGES = Path(__file__).resolve().parents[2]
METRICS = "metrics"
"""Where workers count, so that any of them can tell the sum."""
STOP_MARGIN_S = 3.0
READY_WITHIN_S = 300.0
FIRST_WAIT_S = 0.5
LONGEST_WAIT_S = 30.0
LIVES_WELL_AFTER_S = 30.0


def run_crew(folders: Sequence[Path], *, workers: int, host: str | None, port: int | None) -> None:
    """Serve with several processes until told to stop.

    Raises:
        ConfigurationError: a setting or site that can not work, a port or home in use, workers that do not start.
    """
    environment = load_environment(host=host, port=port)
    sites = load_sites(folders)
    set_up_logging(environment)
    tell_warnings(sites)
    allow_open_files()
    with own_home(environment.home), ExitStack() as stack:
        bound_socket(environment).close()  # somebody else's shared port would be no error below
        first = stack.enter_context(bound_socket(environment, is_shared=True))
        environment = load_environment(host=host, port=first.getsockname()[1])
        more = [stack.enter_context(bound_socket(environment, is_shared=True)) for _ in range(workers - 1)]
        note = note_of(environment, first, sites)
        leave_note(environment.home, note)
        code_key(environment.home)  # made once, before several want to make it
        shutil.rmtree(environment.home / VIEWS, ignore_errors=True)
        share_numbers(environment.home / METRICS)
        asyncio.run(Crew(environment, [site.folder for site in sites], [first, *more], note).run())


@dataclass(slots=True)
class Worker:
    """A worker's process, and the hub's end of its line."""

    name: str
    process: asyncio.subprocess.Process
    line: asyncio.Task[None]
    ready: asyncio.Event


class Crew:
    """The workers of one server."""

    def __init__(
        self,
        environment: Environment,
        folders: Sequence[Path],
        listeners: Sequence[socket.socket],
        note: ServerNote,
    ) -> None:
        self._environment = environment
        self._folders = folders
        self._listeners = listeners
        self._note = note
        self._hub = Hub()
        self._workers: dict[int, Worker] = {}
        self._started = 0
        self._is_stopping = asyncio.Event()
        self._replacing: asyncio.Task[None] | None = None
        self._ready = [asyncio.Event() for _ in listeners]
        self._has_been_ready = False

    async def run(self) -> None:
        """Keep the workers alive until told to stop.

        Raises:
            ConfigurationError: the first workers do not come up.
        """
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._is_stopping.set)
        loop.add_signal_handler(signal.SIGHUP, self._replace_soon)
        for listener in self._listeners:
            listener.listen(BACKLOG)
        keeping = [asyncio.create_task(self._keep(place)) for place in range(len(self._listeners))]
        stopping = asyncio.create_task(self._is_stopping.wait())
        telling = asyncio.create_task(self._tell_ready())
        try:
            done, _ = await asyncio.wait([*keeping, stopping], return_when=asyncio.FIRST_COMPLETED)
            self._is_stopping.set()
            await self._stop_all()
            for task in done:
                task.result()
        finally:
            for task in (*keeping, stopping, telling):
                task.cancel()

    async def _keep(self, place: int) -> None:
        """Have a worker in a place, and another when it dies."""
        wait_s = FIRST_WAIT_S
        while not self._is_stopping.is_set():
            worker = await self._start(place)
            began_s = asyncio.get_running_loop().time()
            while True:
                status = await worker.process.wait()
                await self._clear(worker)
                if self._workers[place] is worker:
                    break
                worker = self._workers[place]
            if self._is_stopping.is_set():
                return
            log.error("worker.died", worker=worker.name, status=status)
            if not self._has_been_ready and not worker.ready.is_set():
                raise ConfigurationError("A worker did not come up; what it said is above.")
            lived_s = asyncio.get_running_loop().time() - began_s
            wait_s = FIRST_WAIT_S if lived_s > LIVES_WELL_AFTER_S else min(2 * wait_s, LONGEST_WAIT_S)
            await asyncio.sleep(wait_s)

    async def _start(self, place: int) -> Worker:
        ours, theirs = socket.socketpair()
        name = f"w{place}-{self._started}"
        self._started += 1
        listener = self._listeners[place]
        order = {
            "name": name,
            "sites": [str(folder.resolve()) for folder in self._folders],
            "host": self._environment.host,
            "port": self._environment.port,
            "note": asdict(self._note),
            "listener": listener.fileno(),
            "hub": theirs.fileno(),
        }
        with theirs:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-P", "-c", START, str(PACKAGES)),
                stdin=asyncio.subprocess.PIPE,
                pass_fds=(listener.fileno(), theirs.fileno()),
                start_new_session=True,  # Ctrl-C is for us; the worker ends when its line to us does
            )
        assert process.stdin is not None
        process.stdin.write(
            json.dumps(order).encode()
        )  # not an argument: it holds a secret, those are everybody's
        process.stdin.close()
        ready = asyncio.Event()

        def on_ready() -> None:
            ready.set()
            self._ready[place].set()

        line = asyncio.create_task(self._hub.serve(name, ours, on_ready))
        worker = self._workers[place] = Worker(name, process, line, ready)
        return worker

    async def _clear(self, worker: Worker) -> None:
        """Remove what a worker that ended left."""
        await asyncio.wait({worker.line})
        shutil.rmtree(self._environment.home / VIEWS / worker.name, ignore_errors=True)
        forget_process(worker.process.pid)

    async def _tell_ready(self) -> None:
        for is_ready in self._ready:
            await is_ready.wait()
        self._has_been_ready = True
        log.info("crew.ready", url=self._note.url, workers=len(self._listeners))
        print(f"Foyer is ready at {self._note.url}", flush=True)

    def _replace_soon(self) -> None:
        if self._replacing is None or self._replacing.done():
            self._replacing = asyncio.create_task(self._replace_all())

    async def _replace_all(self) -> None:
        """Put a new worker in each place, one after another; an old one goes when the new one answers."""
        for place in range(len(self._listeners)):
            old = self._workers[place]
            new = await self._start(place)
            try:
                async with asyncio.timeout(READY_WITHIN_S):
                    await new.ready.wait()
            except TimeoutError:
                log.error("worker.not_replaced", worker=old.name, by=new.name)
                self._workers[place] = old
                await self._stop(new)
                return
            await self._stop(old)
        log.info("crew.replaced", workers=len(self._listeners))

    async def _stop_all(self) -> None:
        await asyncio.gather(*(self._stop(worker) for worker in self._workers.values()))

    async def _stop(self, worker: Worker) -> None:
        """Let a worker finish what it is at, but not for ever."""
        if worker.process.returncode is not None:
            return
        os.kill(worker.process.pid, signal.SIGTERM)
        try:
            async with asyncio.timeout(self._environment.drain_seconds + STOP_MARGIN_S):
                await worker.process.wait()
        except TimeoutError:
            log.error("worker.killed", worker=worker.name)
            worker.process.kill()
            await worker.process.wait()
