"""A transaction carried out in one go in a thread of its own, instead of statement by statement from the event loop.

Going to the database's thread and back costs several times what a small statement does; a turn has some twenty. The
store's functions stay as they are: here their `await` never waits. Promises: what waits for anything but the
database fails, and keeps nothing.
"""

import asyncio
import contextvars
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from sqlalchemy import Connection, CursorResult, Dialect, Engine
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.errors import ClosedError, translated
from bot.store.steady import to_its_end

T = TypeVar("T")
Work = Callable[[AsyncConnection], Coroutine[Any, Any, T]]
"""What is done in one transaction; it waits for nothing but the database."""


class DirectConnection(AsyncConnection):
    """What the store's functions work with, over a connection of this thread: each statement is done at once."""

    __slots__ = ("_direct",)

    def __init__(self, connection: Connection) -> None:
        # What is not overridden has nothing to work with, and fails.
        self._direct = connection

    @property  # type: ignore[misc]  # never set here
    def dialect(self) -> Dialect:
        """How the database spells what it is told."""
        return self._direct.dialect

    async def execute(
        self, statement: Any, parameters: Any = None, *, execution_options: Any = None
    ) -> CursorResult[Any]:
        """Run a statement to its end."""
        return self._direct.execute(statement, parameters, execution_options=execution_options)


def carry_out(work: Work[T], connection: Connection) -> T:
    """Do the work from beginning to end in this thread.

    Raises:
        RuntimeError: the work waits for something else than the database.
    """
    steps = work(DirectConnection(connection))
    try:
        steps.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    steps.close()
    raise RuntimeError("A transaction waits for nothing but the database; ask for the rest before it begins.")


class Kept:
    """One connection for each thread that asks, opened once: its prepared statements stay."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._of_thread = threading.local()
        self._open: set[Connection] = set()

    def connection(self) -> Connection:
        """Return this thread's connection."""
        kept: Connection | None = getattr(self._of_thread, "connection", None)
        if kept is None:
            kept = self._of_thread.connection = self._engine.connect()
            self._open.add(kept)
        return kept

    def let_go(self) -> None:
        """Close this thread's connection, because a failure may have left it in the middle of something."""
        kept: Connection | None = getattr(self._of_thread, "connection", None)
        self._of_thread.connection = None
        if kept is not None:
            self._open.discard(kept)
            kept.invalidate()
            kept.close()

    def close(self) -> None:
        """Close every thread's connection, when none of them works any more."""
        while self._open:
            self._open.pop().close()


class DirectReads:
    """Reads in one go, each in one consistent moment, a few at a time."""

    def __init__(self, engine: Engine, *, readers: int) -> None:
        self._engine = engine
        self._kept = Kept(engine)
        self._executor = ThreadPoolExecutor(readers, thread_name_prefix="reader")
        self._is_closed = False

    async def read(self, work: Work[T]) -> T:
        """Do the work in a transaction; a caller that is cancelled meanwhile is cancelled when it has ended.

        Raises:
            ClosedError: too late.
        """
        if self._is_closed:
            raise ClosedError
        run = contextvars.copy_context().run
        reading = asyncio.get_running_loop().run_in_executor(self._executor, run, self._read, work)
        return await to_its_end(reading)

    def close(self) -> None:
        """Finish what is being read, then let go of the database."""
        self._is_closed = True
        self._executor.shutdown()
        self._kept.close()
        self._engine.dispose()

    def _read(self, work: Work[T]) -> T:
        try:
            with translated():
                connection = self._kept.connection()
                with connection.begin():
                    return carry_out(work, connection)
        except BaseException:
            self._kept.let_go()
            raise
