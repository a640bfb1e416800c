"""Something that only one process may do, for as long as the connection that its lock goes with is there."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import StorageError
from bot.store.errors import translated

LOOK_EVERY_S = 2.0
ANSWER_WITHIN_S = 15.0

Watched = Callable[[], contextlib.AbstractContextManager[None]]
"""Entered around steps that wait for the database."""


@contextlib.asynccontextmanager
async def while_certain(connection: AsyncConnection, name: str, *, watched: Watched) -> AsyncIterator[None]:
    """Stay as long as the connection is there.

    Raises:
        StorageError: it is not any more.
    """
    with watched(), translated():
        driver = (await connection.get_raw_connection()).driver_connection
    stay = asyncio.timeout(None)
    try:
        async with stay:
            watching = asyncio.create_task(_leave_when_lost(connection, driver, stay, watched))
            try:
                yield
            finally:
                watching.cancel()
                await asyncio.gather(watching, return_exceptions=True)
    except TimeoutError as error:
        if not stay.expired():
            raise
        raise StorageError(f"The database went away during {name!r}.") from error


async def _leave_when_lost(
    connection: AsyncConnection, driver: Any, stay: asyncio.Timeout, watched: Watched
) -> None:
    try:
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            with watched():
                async with asyncio.timeout(ANSWER_WITHIN_S):
                    await connection.execute(text("SELECT 1"))
    except (DBAPIError, OSError, StorageError):
        driver.terminate()  # so that nobody waits for its answer
        stay.reschedule(asyncio.get_running_loop().time())
