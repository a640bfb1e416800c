"""What the database says when it fails, in our words; the only place that knows its error codes.

Promises: a failure of disk, lock or file becomes a `StorageError` that names the remedy. A broken rule of our
own (a missing table, a violated constraint) is a bug and stays what it is.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

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

LOST_CONNECTION = "The connection to the database was lost. It is opened again for the next request."


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
        raise StorageError(remedy) from error


def find_remedy(error: DBAPIError) -> str | None:
    """Return what to do about the failure, or None when it is a bug of ours."""
    name = str(getattr(error.orig, "sqlite_errorname", ""))
    remedy = REMEDIES.get("_".join(name.split("_")[:2]))
    if remedy is None and error.connection_invalidated:
        return LOST_CONNECTION
    return remedy
