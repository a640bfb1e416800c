"""Which texts were there before: a set that lies on the disk, so that a million of them take no memory."""

import sqlite3
from types import TracebackType
from typing import Self


class SeenTexts:
    """A set of texts for one thread at a time; use it as a context manager. It leaves no file behind."""

    def __init__(self) -> None:
        # An empty name is a private temporary database, removed when it is closed.
        self._connection = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._connection.execute("PRAGMA journal_mode=OFF")
        self._connection.execute("PRAGMA synchronous=OFF")
        self._connection.execute("CREATE TABLE seen (text TEXT PRIMARY KEY) WITHOUT ROWID")

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Forget everything."""
        self._connection.close()

    def add(self, text: str) -> bool:
        """Add a text; return whether it is new."""
        added = self._connection.execute("INSERT OR IGNORE INTO seen VALUES (?)", (text,))
        return added.rowcount == 1

    def __contains__(self, text: str) -> bool:
        """Whether the text was added."""
        found = self._connection.execute("SELECT 1 FROM seen WHERE text = ?", (text,))
        return found.fetchone() is not None
