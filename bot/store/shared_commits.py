"""Transactions of several turns that wait at the same moment share one commit, and so one wait for the disk.

Promises: each is kept whole or not at all, and its caller hears so only after the commit that keeps it; one that
fails takes nothing of the others with it; they are carried out in the order in which they came.
"""

import asyncio
import contextvars
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from bot.domain.errors import StorageError
from bot.store.direct import Kept, Work, carry_out
from bot.store.errors import ClosedError, translated
from bot.store.steady import to_its_end
from bot.store.turnstile import Turnstile

T = TypeVar("T")

SHARED_AT_MOST = 64
"""Transactions of one commit: what comes first does not wait for more than this."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A transaction that waits for its turn, with the caller's context and the future it waits on."""

    work: Work[Any]
    context: contextvars.Context
    future: asyncio.Future[Any]

    def carry_out(self, connection: Connection) -> Any:
        """Do it in this thread.

        Raises:
            StorageError: the database ended the transaction meanwhile.
        """
        result = self.context.run(carry_out, self.work, connection)
        if not is_open(connection):
            raise StorageError(
                "The database ended the transaction by itself; nothing of it is kept. Try again."
            )
        return result


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a transaction: its result, or why nothing of it is kept."""

    result: Any = None
    error: BaseException | None = None

    def tell(self, future: asyncio.Future[Any]) -> None:
        """Let the caller know."""
        if self.error is None:
            future.set_result(self.result)
        else:
            future.set_exception(self.error)


class EndedEarlyError(Exception):
    """A failure ended the shared transaction: nothing of anybody is kept, and each has to be tried alone."""


class SharedCommits:
    """Carries out write transactions in a thread of its own. `turnstile` is passed while one is open.

    `on_commit` hears of each commit, and how many transactions it was for.
    """

    def __init__(self, engine: Engine, turnstile: Turnstile) -> None:
        self._engine = engine
        self._kept = Kept(engine)
        self._turnstile = turnstile
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._waiting: list[Waiting] = []
        self._at_work: asyncio.Task[None] | None = None
        self._is_closed = False
        self.on_commit: Callable[[int], None] | None = None

    async def write(self, work: Work[T]) -> T:
        """Do the work in a transaction; it is on disk when this returns, and as if it never was when this raises.

        A caller that is cancelled meanwhile is cancelled when its transaction has ended.

        Raises:
            ClosedError: too late.
        """
        if self._is_closed:
            raise ClosedError
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append(Waiting(work, contextvars.copy_context(), future))
        if self._at_work is None:
            self._at_work = asyncio.create_task(self._work_off())
        return await to_its_end(future)

    async def close(self) -> None:
        """Finish what waits, then let go of the database."""
        self._is_closed = True
        if self._at_work is not None:
            await self._at_work
        self._executor.shutdown()
        self._kept.close()
        self._engine.dispose()

    async def _work_off(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            async with self._turnstile:
                batch = self._waiting[:SHARED_AT_MOST]
                del self._waiting[:SHARED_AT_MOST]
                outcomes = await loop.run_in_executor(self._executor, self._keep, batch)
            if self.on_commit is not None:
                self.on_commit(len(batch))
            for waiting, outcome in zip(batch, outcomes, strict=True):
                outcome.tell(waiting.future)
        self._at_work = None

    def _keep(self, batch: Sequence[Waiting]) -> list[Outcome]:
        if len(batch) > 1:
            try:
                return self._keep_together(batch)
            except EndedEarlyError:
                self._kept.let_go()
        return [self._keep_alone(waiting) for waiting in batch]

    def _keep_alone(self, waiting: Waiting) -> Outcome:
        try:
            with translated():
                connection = self._kept.connection()
                with connection.begin():
                    result = waiting.carry_out(connection)
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is the caller's, in another thread
            self._kept.let_go()
            return Outcome(error=error)
        return Outcome(result)

    def _keep_together(self, batch: Sequence[Waiting]) -> list[Outcome]:
        try:
            with translated():
                connection = self._kept.connection()
                with connection.begin():
                    return [self._keep_within(waiting, connection) for waiting in batch]
        except StorageError as error:
            self._kept.let_go()
            return [Outcome(error=error) for _ in batch]
        except BaseException as error:
            raise EndedEarlyError from error

    def _keep_within(self, waiting: Waiting, connection: Connection) -> Outcome:
        """Do one of several; when it fails, what it did is taken back, and nothing else."""
        try:
            with translated(), connection.begin_nested():
                result = waiting.carry_out(connection)
        except BaseException as error:
            if isinstance(error, StorageError) or not is_open(connection):
                raise EndedEarlyError from error
            return Outcome(error=error)
        return Outcome(result)


def is_open(connection: Connection) -> bool:
    """Whether the transaction is still there: some failures make SQLite end it, and what follows would stand alone."""
    driver = connection.connection.driver_connection
    return driver is not None and bool(driver.in_transaction)
