"""The database: one place to begin transactions. Commit first, tell others after.

Promises: `write` transactions of one line run one after another, one without a line is alone, and all are on disk when
the block ends; `read` transactions see one moment and never wait for a writer; both end cleanly when their task is
cancelled. Failures of the database are `StorageError`. Never keep a transaction open while waiting for anything but it.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from typing import Self, TypeVar

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.errors import StorageError
from bot.store.direct import Work
from bot.store.epoch import Epoch, NewEpoch, random_epoch, settle
from bot.store.errors import TakenBackError, translated, translated_connecting, translated_step
from bot.store.migrate import bring_up_to_date, is_current
from bot.store.steady import SteadyConnection, to_its_end
from bot.store.world import World, world_of

Connection = AsyncConnection
"""What every function of the store works with: a transaction begun by `Database.read` or `Database.write`."""

T = TypeVar("T")
TRIES = 3
"""How often a transaction is begun that the database takes back, because it was in the way of another."""

LOOK_EVERY_S = 60.0
"""How often it is seen whether the epoch is another; besides that, whenever a connection was opened."""


class Database:
    """An open database. Make it with `open`."""

    def __init__(self, world: World, *, new_epoch: NewEpoch) -> None:
        self._world = world
        self._new_epoch = new_epoch
        self._epoch: Epoch | None = None
        self._on_commit: Callable[[int], None] | None = None

    @classmethod
    async def open(cls, url: str, *, new_epoch: NewEpoch = random_epoch, is_kept: bool = True) -> Self:
        """Open the database at `url` and bring its schema up to date.

        `sqlite+aiosqlite:///path/to/file.db`, or `postgresql://user:password@host/name`. An SQLite file that is not
        kept, because its folder is deleted with the process, may lose commits when the power fails.

        Raises:
            ConfigurationError: The URL is not one of a database this version knows, or a newer version made it.
            StorageError: The database cannot be opened or reached, or is damaged.
        """
        database = cls(world_of(url, is_kept=is_kept), new_epoch=new_epoch)
        try:
            await database._come_up()
        except BaseException:
            await database.close()
            raise
        return database

    async def _come_up(self) -> None:
        async with self.read() as connection:
            epoch = await Epoch.find(connection) if await is_current(connection) else None
        if epoch is None or not epoch.is_settled(None):
            engine = self._world.patient
            async with self._world.line(None), _transaction(self._world, engine) as connection:
                await self._world.wait_for_others(connection, None)
                await bring_up_to_date(connection)
                epoch = await settle(connection, None, self._new_epoch)
        self._epoch = epoch

    @property
    def epoch(self) -> str:
        """Random name of this course of history; another one means that what clients remember may be gone."""
        assert self._epoch is not None
        return self._epoch.name

    @property
    def salt(self) -> str:
        """Random name that stays when the epoch is renewed."""
        assert self._epoch is not None
        return self._epoch.salt

    async def until_doubtful(self) -> None:
        """Wait until it should be seen whether the epoch is another."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LOOK_EVERY_S):
                await self._world.connected.wait()

    async def is_epoch_new(self) -> bool:
        """See which epoch it is; renew it when the database was rolled back or restored beneath this process.

        Returns:
            Whether it is another than before.

        Raises:
            StorageError: It cannot be seen now.
        """
        known = self._epoch
        self._world.connected.clear()
        async with self.read() as connection:
            found = await Epoch.find(connection) if await is_current(connection) else None
        if found is None:
            raise StorageError(
                "The database is not whole: it is being restored, or is one of another version of Foyer."
                " When it stays so, start the service again."
            )
        if not found.is_settled(known):
            async with self.write() as connection:
                found = await settle(connection, known, self._new_epoch)
        self._epoch = found
        return known is None or found.name != known.name

    @property
    def is_shared(self) -> bool:
        """Whether servers on other machines may work with it too."""
        return self._world.is_shared

    @contextlib.asynccontextmanager
    async def read(self) -> AsyncIterator[Connection]:
        """Read in one consistent moment; writing fails."""
        async with _transaction(self._world, self._world.reader) as connection:
            yield connection

    @contextlib.asynccontextmanager
    async def write(self, line: str | None = None) -> AsyncIterator[Connection]:
        """Write; committed, and on disk, when the block ends without an exception, else as if it never was.

        `line` names what the writing is about, as `visitor_line` does: only writers of the same line wait for each
        other, in all processes, so nothing may be touched that another line touches too. Without one it is alone:
        nobody else writes meanwhile. On SQLite every write is.

        Not to be nested: a second `write` of the same task would wait for the first for ever.
        """
        async with self._world.line(line), _transaction(self._world, self._world.writer) as connection:
            await self._world.wait_for_others(connection, line)
            yield connection

    async def read_at_once(self, work: Work[T]) -> T:
        """Read as in `read`, the whole of it in one go: for what is done often.

        Args:
            work: what is done with the connection; it waits for nothing but the database.
        """
        if self._world.reads is not None:
            return await self._world.reads.read(work)
        async with self.read() as connection:
            return await work(connection)

    async def write_at_once(self, work: Work[T], line: str | None = None) -> T:
        """Write as in `write`, the whole of it in one go; on SQLite what is written at one moment shares a commit.

        Args:
            work: as for `read_at_once`. It may be done again, when the database took back what it did, or when a
                failure of another's ended the shared commit.
            line: as for `write`.
        """
        if self._world.writes is not None:
            return await self._world.writes.write(work)
        for _ in range(TRIES - 1):
            with contextlib.suppress(TakenBackError):
                return await self._write_alone(work, line)
        return await self._write_alone(work, line)

    async def _write_alone(self, work: Work[T], line: str | None) -> T:
        async with self.write(line) as connection:
            result = await work(connection)
        if self._on_commit is not None:
            self._on_commit(1)
        return result

    def watch_commits(self, on_commit: Callable[[int], None]) -> None:
        """Tell of each commit of `write_at_once` from now on, and how many transactions it was for."""
        self._on_commit = on_commit
        if self._world.writes is not None:
            self._world.writes.on_commit = on_commit

    @contextlib.asynccontextmanager
    async def only_one(self, name: str) -> AsyncIterator[None]:
        """Do something that only one process may do at a time, however long it takes; wait until it is our turn.

        On SQLite nobody waits: there the lock of the home says who may. No transaction is open meanwhile.

        Raises:
            StorageError: The database went away, and it is no longer certain that nobody else does it.
        """
        async with self._world.only_one(name):
            yield

    async def check(self) -> None:
        """Ask the database for a sign of life.

        Raises:
            StorageError: It gives none.
        """
        async with self.read() as connection:
            await connection.execute(text("SELECT 1"))

    async def overwrite_erased(self) -> bool:
        """Make what was erased or masked unreadable in the database's files too; call it after that commit.

        On SQLite it rewrites the whole file, which takes about a second for every few hundred MB, and readers go on
        meanwhile. On PostgreSQL it is a VACUUM: docs/privacy.md says what remains.

        Returns:
            False when a long read still needed the old pages: call it again later.

        Raises:
            StorageError: There is no room for the second copy that this takes for a moment.
        """
        with self._world.watched(), translated_connecting(), translated():
            return await self._world.overwrite_leftovers()

    async def close(self) -> None:
        """Close every connection."""
        await self._world.close()


def visitor_line(visitor_id: str) -> str:
    """Return the line of all that is written about one visitor."""
    return f"visitor {visitor_id}"


def knowledge_line(site_id: str) -> str:
    """Return the line of all that is written about a site's knowledge."""
    return f"knowledge {site_id}"


@contextlib.asynccontextmanager
async def _transaction(world: World, engine: AsyncEngine) -> AsyncIterator[Connection]:
    connection = SteadyConnection(engine)
    with world.watched(), translated():
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
    with translated_connecting():
        _ = await connection.start()
        _ = await connection.begin()


async def _commit(connection: Connection) -> None:
    try:
        with translated_step():
            await connection.commit()
    except BaseException:
        # A refused commit leaves the transaction open in the driver; closing the connection ends it.
        await connection.invalidate()
        raise
