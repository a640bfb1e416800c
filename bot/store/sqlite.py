"""What is special about SQLite: how its connections are set up. The only file with SQLite's own SQL.

Promises: write-ahead log, every commit on disk before it returns, writers wait for each other instead of failing
(`BEGIN IMMEDIATE`), readers never wait and cannot write, and what is deleted is overwritten.
"""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.domain.errors import StorageError
from bot.store.columns import json_from
from bot.store.direct import DirectReads
from bot.store.shared_commits import SharedCommits
from bot.store.turnstile import Turnstile

BUSY_TIMEOUT_MS = 5_000
"""How long one process waits for another; writers queue before (`turnstile`)."""
WAIT_FOR_LOG_MS = 250
READERS_KEPT = 4
READERS_MORE = 12
"""Each reader is a thread; more at once wait for one that is free."""
WAIT_FOR_READER_S = 10.0
STATEMENTS_CACHED = 512

_ON_CONNECT = (
    f"busy_timeout={BUSY_TIMEOUT_MS}",
    "foreign_keys=ON",
    "secure_delete=ON",
    "cache_size=-8000",
)
_WRITER_ON_CONNECT = ("journal_mode=WAL", "synchronous=FULL", *_ON_CONNECT)
_READER_ON_CONNECT = (*_ON_CONNECT, "query_only=ON")


class Sqlite:
    """The connections to one SQLite file: one that writes, some that read."""

    is_shared = False

    def __init__(self, url: URL, *, is_kept: bool) -> None:
        """Make the file if it is missing; what is not kept does not wait for the disk.

        Raises:
            StorageError: The file cannot be made.
        """
        try:
            prepare_file(url)
            self._turnstile = Turnstile(Path(f"{url.database}-turn"))
        except OSError as error:
            raise StorageError(f"The database cannot be opened: {error}. Check FOYER_HOME.") from error
        pragmas = _WRITER_ON_CONNECT if is_kept else (*_WRITER_ON_CONNECT, "synchronous=OFF")
        self.writer = _engine(url, pool_size=1, max_overflow=0)
        _set_up(self.writer.sync_engine, pragmas=pragmas, begin="BEGIN IMMEDIATE")
        self.reader = _engine(
            url, pool_size=READERS_KEPT, max_overflow=READERS_MORE, pool_timeout=WAIT_FOR_READER_S
        )
        _set_up(self.reader.sync_engine, pragmas=_READER_ON_CONNECT, begin="BEGIN")
        self.patient = self.writer
        self.connected = asyncio.Event()
        direct_reader = _direct_engine(url, size=READERS_KEPT)
        _set_up(direct_reader, pragmas=_READER_ON_CONNECT, begin="BEGIN")
        self.reads: DirectReads | None = DirectReads(direct_reader, readers=READERS_KEPT)
        direct_writer = _direct_engine(url, size=1)
        _set_up(direct_writer, pragmas=pragmas, begin="BEGIN IMMEDIATE")
        self.writes: SharedCommits | None = SharedCommits(direct_writer, self._turnstile)

    def watched(self) -> contextlib.AbstractContextManager[None]:
        """Watch over nothing: a file has time-outs of its own."""
        return contextlib.nullcontext()

    @contextlib.asynccontextmanager
    async def line(self, name: str | None) -> AsyncIterator[None]:  # noqa: ARG002 - there is but one
        """Wait for the writer before: all write in one line, in this process and in others."""
        async with self._turnstile:
            yield

    async def wait_for_others(self, connection: AsyncConnection, name: str | None) -> None:
        """Wait for nobody more: `BEGIN IMMEDIATE` did."""

    @contextlib.asynccontextmanager
    async def only_one(self, name: str) -> AsyncIterator[None]:  # noqa: ARG002 - see below
        """Enter at once: who may do what only one may is who owns the folder of the file."""
        yield

    async def overwrite_leftovers(self) -> bool:
        """Rewrite the file without what was deleted, and empty the write-ahead log.

        Returns:
            False when a reader still held the log: try again later.
        """
        async with self._turnstile:
            return await _rewrite(self.writer)

    async def close(self) -> None:
        """Close every connection, when what was begun has ended."""
        if self.reads is not None:
            self.reads.close()
        if self.writes is not None:
            await self.writes.close()
        await self.reader.dispose()
        await self.writer.dispose()
        self._turnstile.close()


def _direct_engine(url: URL, *, size: int) -> Engine:
    return create_engine(
        url.set(drivername="sqlite+pysqlite"),
        query_cache_size=STATEMENTS_CACHED,
        json_deserializer=json_from,
        hide_parameters=True,
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        connect_args={"check_same_thread": False},  # closed by whoever closes the database
    )


def _engine(url: URL, **pool: Any) -> AsyncEngine:
    # What a failed statement was given holds what visitors wrote, and errors are logged.
    return create_async_engine(url, query_cache_size=STATEMENTS_CACHED, hide_parameters=True, **pool)


def _set_up(engine: Engine, *, pragmas: tuple[str, ...], begin: str) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # the driver must not begin transactions behind our back
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    if not engine.dialect.is_async:
        _begin_in_driver(engine, begin)
        return

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)


def _begin_in_driver(engine: Engine, begin: str) -> None:
    """Begin without an event: where there is one, SQLAlchemy looks for more at each statement."""

    def do_begin(dbapi_connection: Any) -> None:
        dbapi_connection.execute(begin)

    engine.dialect.do_begin = do_begin  # type: ignore[method-assign]


def prepare_file(url: URL) -> None:
    """Make the database file, if it is missing, readable by its owner only: it holds what visitors said."""
    if url.database is None:
        return
    path = Path(url.database)
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


async def _rewrite(engine: AsyncEngine) -> bool:
    async with engine.connect() as connection:
        raw = await connection.get_raw_connection()
        driver = raw.driver_connection
        assert driver is not None
        # secure_delete alone is not enough: when rows move between pages, copies stay in the pages' free space
        # (seen in a quarter of random histories).
        await (await driver.execute("VACUUM")).close()
        # Writers wait while the log is emptied; a reader that takes its time must not hold them up for long.
        await (await driver.execute(f"PRAGMA busy_timeout={WAIT_FOR_LOG_MS}")).close()
        cursor = await driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        row = await cursor.fetchone()
        await cursor.close()
        await (await driver.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")).close()
    return bool(row is not None and row[0] == 0)
