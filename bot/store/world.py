"""What differs between the two databases, and which of them a URL names."""

import asyncio
import contextlib
from typing import Protocol

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.errors import ConfigurationError
from bot.store.direct import DirectReads
from bot.store.postgres import Postgres
from bot.store.shared_commits import SharedCommits
from bot.store.sqlite import Sqlite

_KNOWN = "sqlite+aiosqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME"


class World(Protocol):
    """What differs between one database and another."""

    is_shared: bool
    """Whether servers on other machines may work with it too."""
    writer: AsyncEngine
    reader: AsyncEngine
    patient: AsyncEngine
    """For what may take minutes: a migration."""
    connected: asyncio.Event
    """Set whenever a connection was opened: what it leads to may be another database than before."""
    reads: DirectReads | None
    writes: SharedCommits | None
    """Transactions in one go, in a thread of the database's own; None where statements do not wait for a thread."""

    def watched(self) -> contextlib.AbstractContextManager[None]:
        """Carry out steps that wait for the database; with a `StorageError` when it falls silent."""

    def line(self, name: str | None) -> contextlib.AbstractAsyncContextManager[None]:
        """Wait, within this process, for the line's earlier writers."""

    async def wait_for_others(self, connection: AsyncConnection, name: str | None) -> None:
        """Wait for the line's writers in other processes; None for all writers."""

    def only_one(self, name: str) -> contextlib.AbstractAsyncContextManager[None]:
        """Enter when nobody else is in; leave with a `StorageError` when that is no longer certain."""

    async def overwrite_leftovers(self) -> bool:
        """Take what was deleted out of the files; False when somebody still reads it."""

    async def close(self) -> None:
        """Close every connection."""


def world_of(url: str, *, is_kept: bool) -> World:
    """Return the database that the URL names; nothing is connected yet.

    Raises:
        ConfigurationError: It names none that this version knows.
        StorageError: An SQLite file cannot be made.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise ConfigurationError(f"The database's URL cannot be read; use {_KNOWN}.") from error
    if parsed.drivername == "sqlite+aiosqlite" and parsed.database not in {None, "", ":memory:"}:
        return Sqlite(parsed, is_kept=is_kept)
    if parsed.drivername in {"postgresql", "postgres", "postgresql+asyncpg"} and parsed.database:
        return Postgres(parsed)
    shown = _without_password(parsed)
    raise ConfigurationError(f"{shown!r} is no database this version knows; use {_KNOWN}.")


def _without_password(url: URL) -> str:
    return url.render_as_string(hide_password=True)
