"""Before anybody is served: the sites loaded, the port bound, the log set up. Light: a parent of workers has it too."""

import os
import resource
import secrets
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

import structlog

from bot import telemetry
from bot.domain.errors import ConfigurationError
from bot.settings import (
    PREFIX,
    Environment,
    Site,
    demo_site_folder,
    load_site,
    service_links,
    site_warnings,
)
from bot.sources import ServerNote

log = structlog.get_logger(__name__)

BACKLOG = 2_048
OPEN_FILES = 65_536


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


def bound_socket(environment: Environment, *, is_shared: bool = False) -> socket.socket:
    """Bind the port, so that a port in use is one sentence; one that `is_shared` may be bound again.

    Raises:
        ConfigurationError: the address can not be listened on.
    """
    family = socket.AF_INET6 if ":" in environment.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if is_shared:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        listener.bind((environment.host, environment.port))
    except OSError as error:
        listener.close()
        raise ConfigurationError(
            f"Cannot listen on {environment.host}:{environment.port} ({error.strerror}). "
            "Stop what uses it, or choose another with --port."
        ) from error
    return listener


def allow_open_files() -> None:
    """Let this process and those it starts have many files open, as far as the system lets them.

    Many systems give a process 1,024 until it asks for more; a socket is one.
    """
    allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if most == resource.RLIM_INFINITY else min(most, OPEN_FILES)
    if allowed != resource.RLIM_INFINITY and allowed < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def tell_warnings(sites: Sequence[Site]) -> None:
    """Log what works but deserves a word."""
    for site in sites:
        for warning in site_warnings(site):
            log.warning("site.warning", site=site.id, warning=warning)


def note_of(environment: Environment, listener: socket.socket, sites: Sequence[Site]) -> ServerNote:
    """Return the note that a server leaves in its home."""
    port, host = listener.getsockname()[1], environment.host
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared, not bound
    url = f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"
    return ServerNote(url, secrets.token_urlsafe(32), os.getpid(), tuple(site.id for site in sites))


def set_up_logging(environment: Environment) -> None:
    """Log one line an event, JSON where nobody watches."""
    is_watched = sys.stderr.isatty() and environment.log_format != "json"
    telemetry.set_up_logging(level=environment.log_level, as_json=not is_watched)
    if links := service_links(os.environ, prefix=PREFIX):
        log.debug("settings.service_links_passed_over", variables=sorted(links))
