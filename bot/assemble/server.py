"""`foyer serve`: settings checked, port bound, application started; then knowledge, turns and deliveries come up.

The port is open at once; `/readyz` tells when answers can be given. One process owns the home.
"""

import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import uvicorn

from bot.assemble.company import Membership
from bot.assemble.running import Running
from bot.assemble.starting import bound_socket, load_sites, note_of, set_up_logging, tell_warnings
from bot.settings import Environment, Site, load_environment
from bot.sources import ServerNote, leave_note, own_home
from bot.web import create_app
from bot.web.origins import own_origins
from bot.web.parts import Parts

HEADER_BYTES = 32 * 1024
LEAVE_S = 0.4
"""Between telling everybody that we go, `/readyz` among them, and accepting nobody any more."""


def run_server(folders: Sequence[Path], *, host: str | None, port: int | None) -> None:
    """Serve in this process until told to stop.

    Raises:
        ConfigurationError: a setting or site that can not work, a port or home in use.
    """
    environment = load_environment(host=host, port=port)
    sites = load_sites(folders)
    set_up_logging(environment)
    tell_warnings(sites)
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

    config = uvicorn.Config(
        create_app(
            start,
            origins=running.origins,
            body_bytes=environment.limit_body_bytes,
            numbers=lambda: running.numbers,
        ),
        log_config=None,
        access_log=False,
        server_header=False,
        ws="websockets-sansio",
        ws_max_size=environment.limit_wire_frame_bytes,
        ws_per_message_deflate=False,
        ws_ping_interval=None,
        h11_max_incomplete_event_size=HEADER_BYTES,
        timeout_keep_alive=20,
        timeout_graceful_shutdown=int(environment.drain_seconds) + 1,
        proxy_headers=False,
    )
    Server(config, running).run([listener])


class Server(uvicorn.Server):
    """uvicorn, telling the sockets to go away before it stops."""

    def __init__(self, config: uvicorn.Config, running: Running) -> None:
        super().__init__(config)
        self._running = running
        self._is_leaving = False

    def handle_exit(self, sig: int, frame: object) -> None:
        """Tell clients that we go, then, a moment later, stop as usual; at once when asked again."""
        loop = self._running.go_away()
        if loop is None or self._is_leaving:
            super().handle_exit(sig, frame)  # type: ignore[arg-type]
            return
        self._is_leaving = True
        stop = partial(super().handle_exit, sig, frame)  # type: ignore[arg-type]
        loop.call_soon_threadsafe(loop.call_later, LEAVE_S, stop)
