"""What is special about SQLite: how its connections are set up. The only file with SQLite's own SQL.

Promises: write-ahead log, every commit on disk before it returns, writers wait for each other instead of failing
(`BEGIN IMMEDIATE`), readers never wait and cannot write, and what is deleted is overwritten.
"""

import os
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

BUSY_TIMEOUT_MS = 5_000
"""How long one process waits for another; within the process, writers queue."""
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


def writer_engine(url: URL, *, is_kept: bool) -> AsyncEngine:
    """Return the engine of the one connection that writes; what is not kept does not wait for the disk."""
    engine = _engine(url, pool_size=1, max_overflow=0)
    _set_up(engine.sync_engine, pragmas=_writer_pragmas(is_kept=is_kept), begin="BEGIN IMMEDIATE")
    return engine


def reader_engine(url: URL) -> AsyncEngine:
    """Return the engine of the connections that only read."""
    engine = _engine(url, pool_size=READERS_KEPT, max_overflow=READERS_MORE, pool_timeout=WAIT_FOR_READER_S)
    _set_up(engine.sync_engine, pragmas=_READER_ON_CONNECT, begin="BEGIN")
    return engine


def direct_writer(url: URL, *, is_kept: bool) -> Engine:
    """Return the engine of a connection that writes from a thread of its own."""
    engine = _direct_engine(url, size=1)
    _set_up(engine, pragmas=_writer_pragmas(is_kept=is_kept), begin="BEGIN IMMEDIATE")
    return engine


def direct_reader(url: URL) -> Engine:
    """Return the engine of the connections that some threads read with, each with its own."""
    engine = _direct_engine(url, size=READERS_KEPT)
    _set_up(engine, pragmas=_READER_ON_CONNECT, begin="BEGIN")
    return engine


def _writer_pragmas(*, is_kept: bool) -> tuple[str, ...]:
    return _WRITER_ON_CONNECT if is_kept else (*_WRITER_ON_CONNECT, "synchronous=OFF")


def _direct_engine(url: URL, *, size: int) -> Engine:
    return create_engine(
        url.set(drivername="sqlite+pysqlite"),
        query_cache_size=STATEMENTS_CACHED,
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

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)


def prepare_file(url: URL) -> None:
    """Make the database file, if it is missing, readable by its owner only: it holds what visitors said."""
    if url.database is None:
        return
    path = Path(url.database)
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


async def overwrite_leftovers(engine: AsyncEngine) -> bool:
    """Rewrite the file without what was deleted, and empty the write-ahead log.

    Returns:
        False when a reader still held the log: try again later.
    """
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
