"""One process owns a FOYER_HOME: the embedded index must never be written by two.

The owner holds a file lock; a server also leaves a note (`server.json`, readable by its user only) with its address
and a control token, so that the command line can ask it to do what it may not do itself.
"""

import contextlib
import fcntl
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.domain.errors import ConfigurationError

LOCK_NAME = "owner.lock"
NOTE_NAME = "server.json"


@dataclass(frozen=True, slots=True)
class ServerNote:
    """Where the running server listens and the token that opens its control routes."""

    url: str
    control_token: str
    pid: int
    sites: tuple[str, ...] = ()


class HomeBusyError(ConfigurationError):
    """Another process owns the folder."""

    code = "home_busy"


@contextlib.contextmanager
def own_home(home: Path) -> Iterator[None]:
    """Own the folder while the block runs; the lock goes with the process, also when it is killed.

    Raises:
        HomeBusyError: another process owns it.
    """
    home.mkdir(parents=True, exist_ok=True)
    with (home / LOCK_NAME).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise HomeBusyError(
                f"{home} is in use by another Foyer process. Stop it, or set FOYER_HOME to another folder."
            ) from error
        (home / NOTE_NAME).unlink(missing_ok=True)
        yield


def leave_note(home: Path, note: ServerNote) -> None:
    """Tell the command line of this machine where the server listens."""
    path = home / NOTE_NAME
    temporary = path.with_suffix(".tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(asdict(note), file)
    temporary.replace(path)


def find_server(home: Path) -> ServerNote | None:
    """Return the note of the server that owns the folder now, or None when nobody does."""
    try:
        with own_home_probe(home):
            return None
    except HomeBusyError:
        return read_note(home)


@contextlib.contextmanager
def own_home_probe(home: Path) -> Iterator[None]:
    """Like `own_home`, but leaves the note alone: only to see whether somebody owns the folder."""
    if not (home / LOCK_NAME).exists():
        yield
        return
    with (home / LOCK_NAME).open("r") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError as error:
            raise HomeBusyError(str(home)) from error
        yield


def read_note(home: Path) -> ServerNote | None:
    """Return the owner's note, if it left one."""
    try:
        data = json.loads((home / NOTE_NAME).read_text())
        return ServerNote(data["url"], data["control_token"], data["pid"], tuple(data.get("sites", ())))
    except (OSError, ValueError, KeyError):
        return None
