"""What the database says when it fails, in our words; the only place that knows its error codes.

Promises: a failure of disk, lock or file becomes a `StorageError` that names the remedy. A broken rule of our
own (a violated constraint) is a bug and stays what it is.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.domain.conversation import Message
from bot.domain.errors import BotError, StorageError

REMEDIES = {
    "SQLITE_FULL": "The disk is full. Free some space; the service goes on by itself.",
    "SQLITE_IOERR": "The disk failed while reading or writing. Check it, and restore a backup if it is broken.",
    "SQLITE_BUSY": "Another program holds the database. Stop what else uses it (a backup, a shell) and try again.",
    "SQLITE_LOCKED": "Another program holds the database. Stop what else uses it (a backup, a shell) and try again.",
    "SQLITE_READONLY": "The database may not be written. Give this user write permission on its folder.",
    "SQLITE_PERM": "The database may not be read. Give this user permission on its folder.",
    "SQLITE_CANTOPEN": "The database cannot be opened. Check that its folder exists and belongs to this user.",
    "SQLITE_CORRUPT": "The database is damaged. Stop the service and restore a backup.",
    "SQLITE_NOTADB": "The file is not a database. Check FOYER_HOME, or restore a backup.",
    "SQLITE_TOOBIG": "What was to be stored is too large for the database.",
    "SQLITE_NOMEM": "The machine is out of memory.",
}
"""By the first two parts of SQLite's result code (https://sqlite.org/rescode.html)."""

_AWAY = "The database is away. The service goes on by itself when it is back."
_REFUSED = "PostgreSQL refuses this user or password. Check FOYER_DATABASE_URL; in it, write a % of a password as %25."
_BUSY = "The database was too busy. Try again in a moment."

POSTGRES_REMEDIES = {
    "08": _AWAY,
    "53100": "The database's disk is full. Free some space; the service goes on by itself.",
    "53": "The database has no connection or memory left. Allow it more, or run fewer processes.",
    "57014": _BUSY,
    "57": _AWAY,
    "58": "The database's disk failed. Check it, and restore a backup if it is broken.",
    "55P03": _BUSY,
    "40": _BUSY,
    "25P03": _BUSY,
    "25006": "The database only reads: it is a copy. FOYER_DATABASE_URL must name the one that writes.",
    "28": _REFUSED,
    "3D": "PostgreSQL has no such database. Create it, or check FOYER_DATABASE_URL.",
    "42P01": "The database lacks a table: it is being restored. The service goes on by itself when it is whole.",
    "42501": "PostgreSQL lets this user not do that. Let the role own the database (docs/operation.md).",
    "0A000": _BUSY,
    "XX001": "The database is damaged. Stop the service and restore a backup.",
}
"""By PostgreSQL's SQLSTATE, or its class (https://www.postgresql.org/docs/current/errcodes-appendix.html)."""

LOST_CONNECTION = "The connection to the database was lost. It is opened again for the next request."
_SLOW = "The database gave no answer in time. Try again in a moment."

TAKEN_BACK = frozenset({"40001", "40P01"})
"""A conflict or a deadlock: PostgreSQL ended the transaction so that another could go on."""


class DatabaseAwayError(StorageError):
    """The database cannot be reached, or says nothing; it is no fault of what was asked."""


class ClosedError(StorageError):
    """The service is stopping and has let go of the database."""

    def __init__(self) -> None:
        super().__init__("The service is stopping. What was not finished goes on when it is up again.")


class TakenBackError(StorageError):
    """The database took the transaction back; it may be begun anew at once."""


class AlreadyAnsweredError(BotError):
    """The message has its one reply (`message`); the transaction must end without a second."""

    code = "already_answered"

    def __init__(self, message: Message) -> None:
        super().__init__(f"Message {message.in_reply_to!r} is already answered by {message.message_id!r}.")
        self.message = message


class UnknownCursorError(BotError):
    """A page cursor that this service did not give out."""

    code = "unknown_cursor"


@contextmanager
def translated() -> Iterator[None]:
    """Turn the database's own failures inside the block into `StorageError`."""
    try:
        yield
    except DBAPIError as error:
        remedy = find_remedy(error)
        if remedy is None:
            raise
        is_taken_back = str(getattr(error.orig, "sqlstate", "") or "") in TAKEN_BACK
        raise (TakenBackError if is_taken_back else _kind_of(remedy))(remedy) from error


@contextmanager
def translated_connecting() -> Iterator[None]:
    """Turn what goes wrong while a connection is opened into `StorageError`: drivers let such errors through."""
    try:
        yield
    except PoolTimeoutError as error:
        raise StorageError("Too many use the database at once. Try again in a moment.") from error
    except OSError as error:
        raise DatabaseAwayError(
            f"The database cannot be reached ({error.strerror or 'no answer'}). {_AWAY}"
        ) from error
    except Exception as error:
        remedy = _postgres_remedy(str(getattr(error, "sqlstate", "") or ""))
        if remedy is None:
            raise
        raise _kind_of(remedy)(remedy) from error


@contextmanager
def translated_step() -> Iterator[None]:
    """Turn what the driver says of a step that the database left unanswered into `StorageError`."""
    try:
        yield
    except TimeoutError as error:
        raise StorageError(_SLOW) from error
    except OSError as error:
        raise DatabaseAwayError(LOST_CONNECTION) from error


def find_remedy(error: DBAPIError) -> str | None:
    """Return what to do about the failure, or None when it is a bug of ours."""
    name = str(getattr(error.orig, "sqlite_errorname", ""))
    remedy = REMEDIES.get("_".join(name.split("_")[:2]))
    remedy = remedy or _postgres_remedy(str(getattr(error.orig, "sqlstate", "") or ""))
    if remedy is None and (
        error.connection_invalidated or isinstance(getattr(error.orig, "__cause__", None), OSError)
    ):
        return LOST_CONNECTION
    return remedy


def _kind_of(remedy: str) -> type[StorageError]:
    return DatabaseAwayError if remedy in {_AWAY, LOST_CONNECTION} else StorageError


def _postgres_remedy(state: str) -> str | None:
    return POSTGRES_REMEDIES.get(state) or POSTGRES_REMEDIES.get(state[:2])
