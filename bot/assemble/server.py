"""`foyer serve`: settings checked, port bound, application started; then knowledge, turns and deliveries come up.

The port is open at once; `/readyz` tells when answers can be given. One process owns the home.
"""

import asyncio
import logging
import os
import secrets
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import structlog
import uvicorn

from bot.assemble.running import Running
from bot.domain.errors import ConfigurationError
from bot.settings import Environment, Site, demo_site_folder, load_environment, load_site, site_warnings
from bot.sources import ServerNote, leave_note, own_home
from bot.web import create_app
from bot.web.connections import Config, end_overdue
from bot.web.origins import own_origins
from bot.web.parts import Parts

log = structlog.get_logger(__name__)

DRAIN_MARGIN_S = 5


def run_server(folders: Sequence[Path], *, host: str | None, port: int | None) -> None:
    """Serve until told to stop.

    Raises:
        ConfigurationError: a setting or site that can not work, a port or home in use.
    """
    environment = load_environment(host=host, port=port)
    sites = load_sites(folders)
    set_up_logging(environment)
    for site in sites:
        for warning in site_warnings(site):
            log.warning("site.warning", site=site.id, warning=warning)
    with own_home(environment.home), bound_socket(environment) as listener:
        serve_on(listener, environment, sites)


def load_sites(folders: Sequence[Path]) -> list[Site]:
    """Load the sites, or the demo when none is named.

    Raises:
        ConfigurationError: two folders carry the same id.
    """
    sites = [load_site(folder) for folder in folders] or [load_site(demo_site_folder())]
    ids = [site.id for site in sites]
    for site_id in ids:
        if ids.count(site_id) > 1:
            raise ConfigurationError(
                f"Two sites have the id {site_id!r}. Give each its own `id:` in foyer.yaml."
            )
    return sites


def bound_socket(environment: Environment) -> socket.socket:
    """Bind the port, so that a port in use is one sentence.

    Raises:
        ConfigurationError: the address can not be listened on.
    """
    family = socket.AF_INET6 if ":" in environment.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((environment.host, environment.port))
    except OSError as error:
        listener.close()
        raise ConfigurationError(
            f"Cannot listen on {environment.host}:{environment.port} ({error.strerror}). "
            "Stop what uses it, or choose another with --port."
        ) from error
    return listener


def serve_on(listener: socket.socket, environment: Environment, sites: Sequence[Site]) -> None:
    """Run the application on a bound socket."""
    port = listener.getsockname()[1]
    host = environment.host
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared, not bound
    url = f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"
    note = ServerNote(url, secrets.token_urlsafe(32), os.getpid(), tuple(site.id for site in sites))
    leave_note(environment.home, note)
    own = own_origins(host, port, environment.public_url)
    running = Running(environment=environment, sites=sites, note=note, own_origins=own)

    @asynccontextmanager
    async def start() -> AsyncIterator[Parts]:
        async with running.start() as parts:
            yield parts

    config = Config(
        create_app(start, origins=running.origins, body_bytes=environment.limit_body_bytes),
        request_s=environment.limit_request_seconds,
        unread_s=environment.limit_unread_seconds,
        ws_max_size=environment.limit_wire_frame_bytes,
        timeout_keep_alive=environment.limit_request_seconds,
        timeout_graceful_shutdown=int(environment.drain_seconds) + DRAIN_MARGIN_S,
    )
    Server(config, running).run([listener])


class Server(uvicorn.Server):
    """uvicorn, ending overdue connections, and telling the sockets to go away before it stops."""

    def __init__(self, config: uvicorn.Config, running: Running) -> None:
        super().__init__(config)
        self._running = running

    async def on_tick(self, counter: int) -> bool:
        """End what is overdue once a second; uvicorn ticks ten times."""
        if counter % 10 == 0:
            end_overdue(self.server_state.connections, asyncio.get_running_loop().time())
        return await super().on_tick(counter)

    def handle_exit(self, sig: int, frame: object) -> None:
        """Tell clients that we go, then stop as usual."""
        self._running.go_away()
        super().handle_exit(sig, frame)  # type: ignore[arg-type]


def set_up_logging(environment: Environment) -> None:
    """Log one line an event: ids, never contents; JSON where nobody watches."""
    is_watched = sys.stderr.isatty() and environment.log_format != "json"
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.dev.ConsoleRenderer() if is_watched else structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping()[environment.log_level.upper()]
        ),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")
    logging.getLogger("uvicorn.error").addFilter(without_clients_mistakes)


def without_clients_mistakes(record: logging.LogRecord) -> bool:
    """Log a client's broken UTF-8, which uvicorn logs as a crash, without the traceback."""
    if record.exc_info and isinstance(record.exc_info[1], UnicodeDecodeError):
        record.exc_info = None
    return True
