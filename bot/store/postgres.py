"""What is special about PostgreSQL: its connections, its locks, and how what was deleted leaves its files.

Promises: readers see one moment and cannot write; a write in a line waits for that line's earlier one, a write without
a line is alone, in all processes (advisory locks, held until the commit); no wait is without an end.
"""

import asyncio
import contextlib
import errno
import json
import re
from collections.abc import AsyncIterator, Iterable
from functools import partial
from typing import Any
from weakref import WeakSet, WeakValueDictionary

from sqlalchemy import URL, ColumnElement, Connection, NullPool, event, func, select, text
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.domain.errors import ConfigurationError
from bot.store.certainty import while_certain
from bot.store.direct import DirectReads
from bot.store.errors import translated, translated_connecting, translated_step
from bot.store.postgres_url import for_driver
from bot.store.presence import Presence
from bot.store.shared_commits import SharedCommits

CONNECT_WITHIN_S = 5.0
ANSWER_WITHIN_S = 15.0
"""How long one statement may take, asked on both sides: a server that is cut off answers nothing at all."""
FORSAKEN_AFTER_S = 30
"""How long a transaction may lie idle: a process that hangs in one must not hold up all others for good."""
WAIT_FOR_CONNECTION_S = 5.0
WRITERS, READERS = 5, 5
"""Connections kept, and as many again opened at need; a turn holds one for a few milliseconds."""
OLDEST_CONNECTION_S = 1_800
STATEMENTS_CACHED = 512
WAIT_FOR_READERS_S = 0.25
LOOK_AGAIN_S = 0.05
TRY_AGAIN_S = 0.5

_SESSION = {
    "application_name": "foyer",
    "timezone": "UTC",
    "synchronous_commit": "on",  # whatever the server's default: what is accepted is on disk
    "idle_in_transaction_session_timeout": f"{FORSAKEN_AFTER_S}s",
    # A process whose machine is gone must not keep its locks.
    "tcp_keepalives_idle": "20",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
}
_PROMPT = {"statement_timeout": f"{ANSWER_WITHIN_S:.0f}s", "lock_timeout": f"{ANSWER_WITHIN_S:.0f}s"}

_ALONE = text("SELECT pg_advisory_xact_lock(7214090001)")
_IN_LINE = text(
    "SELECT pg_advisory_xact_lock_shared(7214090001), pg_advisory_xact_lock(hashtextextended(:name, 0))"
)
_TRY_ALONE = text("SELECT pg_try_advisory_lock(hashtextextended(:name, 0))")
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
_NUL_IN_JSON = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")

_READING_NOW = text(
    "SELECT pid, xact_start FROM pg_stat_activity WHERE datname = current_database() "
    "AND pid <> pg_backend_pid() AND backend_xmin IS NOT NULL"
)


class Postgres:
    """The connections to one PostgreSQL database."""

    is_shared = True

    def __init__(self, url: URL) -> None:
        """Prepare the connections; none is opened yet.

        Raises:
            ConfigurationError: The driver is not installed, or the URL has an option that it does not know.
        """
        try:
            import asyncpg  # noqa: F401
        except ImportError as error:
            raise ConfigurationError(
                "FOYER_DATABASE_URL names PostgreSQL, but its driver is missing: pip install 'foyer[postgres]'."
            ) from error
        url, given = for_driver(url)
        ours = given | {"async_creator_fn": self._connect}
        self.connected = asyncio.Event()
        self._drivers: WeakSet[Any] = WeakSet()
        self._connecting: set[asyncio.Task[Any]] = set()
        self._presence = Presence(partial(self._knock, url, given), self._abandon)
        self.writer = _pooled(url, ours, WRITERS)
        self.reader = _pooled(url, ours, READERS).execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
        self.patient = _engine(url, poolclass=NullPool, connect_args=_connect_args(_SESSION, None) | ours)
        for engine in (self.writer, self.reader, self.patient):
            event.listen(engine.sync_engine, "after_cursor_execute", self._hear)
        self.reads: DirectReads | None = None
        self.writes: SharedCommits | None = None
        self._lines: WeakValueDictionary[str | None, asyncio.Lock] = WeakValueDictionary()

    async def _connect(self, **arguments: Any) -> Any:
        """Open a connection, unless the server falls silent."""
        import asyncpg

        if self._presence.is_silent:
            raise ConnectionError(errno.ETIMEDOUT, "no answer")
        connecting = asyncio.create_task(asyncpg.connect(**arguments))
        self._connecting.add(connecting)
        try:
            driver = await connecting
        except asyncio.CancelledError:
            if connecting.cancelled() and self._presence.is_silent:
                raise ConnectionError(errno.ETIMEDOUT, "no answer") from None
            connecting.cancel()
            raise
        finally:
            self._connecting.discard(connecting)
        self._drivers.add(driver)
        self.connected.set()
        return driver

    async def _knock(self, url: URL, given: dict[str, Any]) -> None:
        """See that the server answers somebody new, whatever it answers.

        Raises:
            OSError: it does not.
        """
        import asyncpg

        _, arguments = self.patient.dialect.create_connect_args(url)
        try:
            connection = await asyncpg.connect(**{**arguments, **given})
        except asyncpg.PostgresConnectionError as error:
            raise ConnectionError(str(error)) from error
        except asyncpg.PostgresError:
            return
        connection.terminate()

    def _hear(self, *_: Any) -> None:
        self._presence.hear()

    def _abandon(self) -> None:
        for connecting in self._connecting:
            connecting.cancel()
        for driver in list(self._drivers):
            driver.terminate()

    def watched(self) -> contextlib.AbstractContextManager[None]:
        """Carry out steps that wait for the server; with a `StorageError` when it falls silent."""
        return self._presence.watched()

    @contextlib.asynccontextmanager
    async def line(self, name: str | None) -> AsyncIterator[None]:
        """Wait within this process: those in a line must not hold a connection each."""
        lock = self._lines.setdefault(name, asyncio.Lock())
        async with lock:
            yield

    async def wait_for_others(self, connection: AsyncConnection, name: str | None) -> None:
        """Wait for the line's other writers in all processes, or for every writer; the first of a transaction."""
        if name is None:
            await connection.execute(_ALONE)
        else:
            await connection.execute(_IN_LINE, {"name": name})

    @contextlib.asynccontextmanager
    async def only_one(self, name: str) -> AsyncIterator[None]:
        """Enter when nobody else of any process is in, and leave when that is no longer certain.

        It is a lock of a connection: when the process dies, the server lets the next one in.
        """
        key = {"name": f"only one {name}"}
        async with contextlib.AsyncExitStack() as stack:
            with self.watched(), translated_connecting(), translated():
                engine = self.patient.execution_options(isolation_level="AUTOCOMMIT")
                connection = await stack.enter_async_context(engine.connect())
            # Waiting in the server would hold back what VACUUM may take.
            while not await self._try_alone(connection, key):  # noqa: ASYNC110
                await asyncio.sleep(TRY_AGAIN_S)
            async with while_certain(connection, name, watched=self.watched):
                yield

    async def _try_alone(self, connection: AsyncConnection, key: dict[str, str]) -> bool:
        with self.watched(), translated_step(), translated():
            return bool(await connection.scalar(_TRY_ALONE, key))

    async def overwrite_leftovers(self) -> bool:
        """Take what was deleted out of the tables and their indexes.

        Returns:
            False when a transaction that began before still sees it: try again later.
        """
        async with self.patient.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            before = await _transactions(connection)
            waited_s = 0.0
            while before & await _transactions(connection):
                if waited_s >= WAIT_FOR_READERS_S:
                    return False
                await asyncio.sleep(LOOK_AGAIN_S)
                waited_s += LOOK_AGAIN_S
            await connection.execute(text("VACUUM"))
        return True

    async def close(self) -> None:
        """Close every connection."""
        await self._presence.close()
        for engine in (self.reader, self.writer, self.patient):
            await engine.dispose()


async def also_in_line(
    connection: AsyncConnection, name: str, *, provided: ColumnElement[bool] | None = None
) -> None:
    """Wait, within a transaction that writes, for another line as well; always the last that it waits for."""
    if connection.dialect.name == "postgresql":
        lock = select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0)))
        await connection.execute(lock if provided is None else lock.where(provided))


async def _transactions(connection: AsyncConnection) -> set[tuple[Any, ...]]:
    return {tuple(row) for row in await connection.execute(_READING_NOW)}


def _pooled(url: URL, given: dict[str, Any], size: int) -> AsyncEngine:
    engine = _engine(
        url,
        connect_args=_connect_args(_SESSION | _PROMPT, ANSWER_WITHIN_S) | given,
        pool_size=size,
        max_overflow=size,
        pool_timeout=WAIT_FOR_CONNECTION_S,
        pool_recycle=OLDEST_CONNECTION_S,
    )

    @event.listens_for(engine.sync_engine, "checkout")
    def on_checkout(connection: Any, _: Any, __: Any) -> None:
        # The loop has heard of a server that went away. Asking it first would cost three trips each time.
        if connection.driver_connection.is_closed():
            raise DisconnectionError("The connection was closed meanwhile.")

    return engine


def _connect_args(session: dict[str, str], answer_within_s: float | None) -> dict[str, Any]:
    return {"timeout": CONNECT_WITHIN_S, "command_timeout": answer_within_s, "server_settings": session}


def _engine(url: URL, **options: Any) -> AsyncEngine:
    engine = create_async_engine(
        url, query_cache_size=STATEMENTS_CACHED, json_serializer=_json, hide_parameters=True, **options
    )

    @event.listens_for(engine.sync_engine, "before_cursor_execute", retval=True)
    def on_execute(
        _: Connection,
        __: Any,
        statement: str,
        parameters: Any,
        ___: Any,
        is_many: bool,  # noqa: FBT001
    ) -> tuple[str, Any]:
        return statement, [_keepable(row) for row in parameters] if is_many else _keepable(parameters)

    return engine


def _json(value: Any) -> str:
    return _NUL_IN_JSON.sub(r"\1�", json.dumps(value, ensure_ascii=False))


def _keepable(parameters: Iterable[Any]) -> tuple[Any, ...]:
    """Put U+FFFD for what PostgreSQL keeps in no text: NUL, and half a surrogate pair."""
    return tuple(
        _UNKEEPABLE.sub("\ufffd", value) if isinstance(value, str) else value for value in parameters
    )
