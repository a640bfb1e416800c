"""The database: one place to begin transactions. Commit first, tell others after.

Promises: `write` transactions run one after another and are on disk when the block ends; `read` transactions see one
moment and never wait for a writer; both end cleanly when their task is cancelled. Failures of the disk are
`StorageError`. Never keep a transaction open while waiting for anything but the database.
"""

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator, Callable
from typing import Self, TypeVar

from sqlalchemy import URL, delete, insert, make_url, select, text
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.errors import ConfigurationError, StorageError
from bot.store import sqlite
from bot.store.direct import DirectReads, Work
from bot.store.errors import translated
from bot.store.migrate import bring_up_to_date
from bot.store.shared_commits import SharedCommits
from bot.store.steady import SteadyConnection, to_its_end
from bot.store.tables import meta

Connection = AsyncConnection
"""What every function of the store works with: a transaction begun by `Database.read` or `Database.write`."""

T = TypeVar("T")

NewEpoch = Callable[[], str]
_EPOCH = "epoch"


def random_epoch() -> str:
    """Return an epoch that no other database has."""
    return secrets.token_urlsafe(9)


class Database:
    """An open database. Make it with `open`."""

    def __init__(self, *, writer: AsyncEngine, reader: AsyncEngine, new_epoch: NewEpoch) -> None:
        self._writer = writer
        self._reader = reader
        self._new_epoch = new_epoch
        self._write_lock = asyncio.Lock()
        self._epoch = ""
        self._reads: DirectReads | None = None
        self._writes: SharedCommits | None = None

    @classmethod
    async def open(cls, url: str, *, new_epoch: NewEpoch = random_epoch, is_kept: bool = True) -> Self:
        """Open the database at `url` (`sqlite+aiosqlite:///path/to/file.db`) and bring its schema up to date.

        One that is not kept, because its folder is deleted with the process, may lose commits when the power fails.

        Raises:
            ConfigurationError: The URL is not one of a database this version knows, or a newer version made it.
            StorageError: The file cannot be opened or is damaged.
        """
        parsed = _parse(url)
        try:
            sqlite.prepare_file(parsed)
        except OSError as error:
            raise StorageError(f"The database cannot be opened: {error}. Check FOYER_HOME.") from error
        writer = sqlite.writer_engine(parsed, is_kept=is_kept)
        database = cls(writer=writer, reader=sqlite.reader_engine(parsed), new_epoch=new_epoch)
        try:
            async with database.write() as connection:
                await bring_up_to_date(connection)
                database._epoch = await _find_epoch(connection) or await _set_epoch(connection, new_epoch())
        except BaseException:
            await database.close()
            raise
        database._reads = DirectReads(sqlite.direct_reader(parsed), readers=sqlite.READERS_KEPT)
        writer_of_turns = sqlite.direct_writer(parsed, is_kept=is_kept)
        database._writes = SharedCommits(writer_of_turns, database._write_lock)
        return database

    @property
    def epoch(self) -> str:
        """Random name of this course of history; another one means that what clients remember may be gone."""
        return self._epoch

    @contextlib.asynccontextmanager
    async def read(self) -> AsyncIterator[Connection]:
        """Read in one consistent moment; writing fails."""
        async with _transaction(self._reader) as connection:
            yield connection

    @contextlib.asynccontextmanager
    async def write(self) -> AsyncIterator[Connection]:
        """Write; committed, and on disk, when the block ends without an exception, else as if it never was.

        Not to be nested: a second `write` of the same task would wait for the first for ever.
        """
        async with self._write_lock, _transaction(self._writer) as connection:
            yield connection

    async def read_at_once(self, work: Work[T]) -> T:
        """Read as in `read`, the whole of it in one go: for what is done often.

        Args:
            work: what is done with the connection; it waits for nothing but the database.
        """
        if self._reads is not None:
            return await self._reads.read(work)
        async with self.read() as connection:
            return await work(connection)

    async def write_at_once(self, work: Work[T]) -> T:
        """Write as in `write`, the whole of it in one go; what is written at the same moment shares a commit.

        Args:
            work: as for `read_at_once`. It may be done again when a failure of another's ended the shared commit.
        """
        if self._writes is not None:
            return await self._writes.write(work)
        async with self.write() as connection:
            return await work(connection)

    def watch_commits(self, on_commit: Callable[[int], None]) -> None:
        """Tell of each shared commit from now on, and how many transactions it was for."""
        if self._writes is not None:
            self._writes.on_commit = on_commit

    async def check(self) -> None:
        """Ask the database for a sign of life.

        Raises:
            StorageError: It gives none.
        """
        async with self.read() as connection:
            await connection.execute(text("SELECT 1"))

    async def renew_epoch(self) -> str:
        """Begin a new course of history, after a backup was restored; every client then loads afresh."""
        async with self.write() as connection:
            epoch = await _set_epoch(connection, self._new_epoch())
        self._epoch = epoch
        return epoch

    async def overwrite_erased(self) -> bool:
        """Make what was erased or masked unreadable in the database's files too; call it after that commit.

        It rewrites the whole file, so it takes about a second for every few hundred MB, and readers go on meanwhile.

        Returns:
            False when a long read still needed the old pages: call it again later.

        Raises:
            StorageError: There is no room for the second copy that this takes for a moment.
        """
        async with self._write_lock:
            with translated():
                return await sqlite.overwrite_leftovers(self._writer)

    async def close(self) -> None:
        """Close every connection, when what was begun has ended."""
        if self._reads is not None:
            self._reads.close()
        if self._writes is not None:
            await self._writes.close()
        await self._reader.dispose()
        await self._writer.dispose()


def _parse(url: str) -> URL:
    parsed = make_url(url)
    if parsed.drivername != "sqlite+aiosqlite" or parsed.database in {None, "", ":memory:"}:
        shown = parsed.render_as_string(hide_password=True)
        raise ConfigurationError(
            f"{shown!r} is no database this version knows; use sqlite+aiosqlite:///FILE."
        )
    return parsed


@contextlib.asynccontextmanager
async def _transaction(engine: AsyncEngine) -> AsyncIterator[Connection]:
    connection = SteadyConnection(engine)
    with translated():
        try:
            await to_its_end(_begin(connection))
            try:
                yield connection
            except BaseException:
                await to_its_end(connection.rollback())
                raise
            await to_its_end(_commit(connection))
        finally:
            if connection.sync_connection is not None:
                await to_its_end(connection.close())


async def _begin(connection: Connection) -> None:
    try:
        _ = await connection.start()
    except PoolTimeoutError as error:
        raise StorageError("Too many readers at once. Try again in a moment.") from error
    _ = await connection.begin()


async def _commit(connection: Connection) -> None:
    try:
        await connection.commit()
    except BaseException:
        # A refused commit leaves the transaction open in the driver; closing the connection ends it.
        await connection.invalidate()
        raise


async def _find_epoch(connection: Connection) -> str | None:
    found: str | None = await connection.scalar(select(meta.c.value).where(meta.c.key == _EPOCH))
    return found


async def _set_epoch(connection: Connection, epoch: str) -> str:
    await connection.execute(delete(meta).where(meta.c.key == _EPOCH))
    await connection.execute(insert(meta).values(key=_EPOCH, value=epoch))
    return epoch
