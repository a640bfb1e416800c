"""`foyer serve`: settings checked, port bound, application started; then knowledge, turns and deliveries come up.

The port is open at once; `/readyz` tells when answers can be given. One process owns the home.
"""

import asyncio
import signal
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import structlog
import uvicorn

from bot.assemble.company import Membership
from bot.assemble.running import Running
from bot.assemble.starting import (
    allow_open_files,
    bound_socket,
    load_sites,
    note_of,
    set_up_logging,
    tell_warnings,
)
from bot.settings import Environment, Site, load_environment
from bot.sources import ServerNote, leave_note, own_home
from bot.web import create_app
from bot.web.connections import Config, end_overdue
from bot.web.origins import own_origins
from bot.web.parts import Parts

log = structlog.get_logger(__name__)

LEAVE_S = 0.4
"""Between telling everybody that we go, `/readyz` among them, and accepting nobody any more."""

OF_ANY_KIND = 10
"""How many times the frames of a connection may come with its pings, pongs and pieces of frames among them."""


def run_server(folders: Sequence[Path], *, host: str | None, port: int | None) -> None:
    """Serve in this process until told to stop.

    Raises:
        ConfigurationError: a setting or site that can not work, a port or home in use.
    """
    environment = load_environment(host=host, port=port)
    sites = load_sites(folders)
    set_up_logging(environment)
    tell_warnings(sites)
    allow_open_files()
    if not is_at_terminal():
        signal.signal(signal.SIGHUP, lambda *_: None)  # from before there is a loop to say what becomes of it
    with own_home(environment.home), bound_socket(environment) as listener:
        note = note_of(environment, listener, sites)
        leave_note(environment.home, note)
        serve_on(listener, environment, sites, note)


def serve_on(
    listener: socket.socket,
    environment: Environment,
    sites: Sequence[Site],
    note: ServerNote,
    *,
    membership: Membership | None = None,
) -> None:
    """Run the application on a bound socket, alone or as one of several workers."""
    own = own_origins(environment.host, listener.getsockname()[1], environment.public_url)
    running = Running(environment=environment, sites=sites, note=note, own_origins=own, membership=membership)

    @asynccontextmanager
    async def start() -> AsyncIterator[Parts]:
        async with running.start() as parts:
            yield parts

    config = Config(
        create_app(
            start,
            origins=running.origins,
            body_bytes=environment.limit_body_bytes,
            numbers=lambda: running.numbers,
            traces=running.traces,
        ),
        request_s=environment.limit_request_seconds,
        unread_s=environment.limit_unread_seconds,
        frames_a_minute=OF_ANY_KIND * environment.limit_frames_per_minute
        if environment.limits == "on"
        else None,
        ws_max_size=environment.limit_wire_frame_bytes,
        timeout_keep_alive=environment.limit_request_seconds,
        timeout_graceful_shutdown=int(environment.drain_seconds) + 1,
    )
    Server(config, running).run([listener])


class Server(uvicorn.Server):
    """uvicorn, ending overdue connections, and telling the sockets to go away before it stops."""

    def __init__(self, config: uvicorn.Config, running: Running) -> None:
        super().__init__(config)
        self._running = running
        self._is_leaving = False

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and from then on go on after SIGHUP, which ends a process that does not hear it."""
        if not is_at_terminal():
            asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, self._stay)
        await super().startup(sockets)

    def _stay(self) -> None:
        log.warning(
            "hangup.ignored",
            remedy="Saved changes of a site are taken up by themselves. To replace processes one by one, serve with"
            " --workers 2 or more and send SIGHUP to their parent.",
        )

    async def on_tick(self, counter: int) -> bool:
        """End what is overdue once a second; uvicorn ticks ten times."""
        if counter % 10 == 0:
            end_overdue(self.server_state.connections, asyncio.get_running_loop().time())
        return await super().on_tick(counter)

    def handle_exit(self, sig: int, frame: object) -> None:
        """Tell clients that we go, then, a moment later, stop as usual; at once when asked again."""
        loop = self._running.go_away()
        if loop is None or self._is_leaving:
            super().handle_exit(sig, frame)  # type: ignore[arg-type]
            return
        self._is_leaving = True
        stop = partial(super().handle_exit, sig, frame)  # type: ignore[arg-type]
        loop.call_soon_threadsafe(loop.call_later, LEAVE_S, stop)


def is_at_terminal() -> bool:
    """Whether somebody started us by hand, and expects us to end when they close the window."""
    return sys.stdin is not None and sys.stdin.isatty()
