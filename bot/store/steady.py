"""A connection whose caller may be cancelled at any moment.

Promises: a step that has begun in the database's thread ends before the cancellation goes on, so the connection is
never left in the middle of one, and the transaction is rolled back as after any other failure. Steps are bounded by
the database's own time-outs.
"""

import asyncio
import contextlib
from collections.abc import Awaitable
from typing import Any, TypeVar

from sqlalchemy import CursorResult
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.errors import translated_step

Outcome = TypeVar("Outcome")


class SteadyConnection(AsyncConnection):
    """An `AsyncConnection` whose statements are not cut off by a cancellation."""

    __slots__ = ()

    async def execute(
        self, statement: Any, parameters: Any = None, *, execution_options: Any = None
    ) -> CursorResult[Any]:
        """Run a statement to its end.

        Raises:
            StorageError: there was no answer; what the connection is in the middle of is not waited for.
        """
        step = super().execute(statement, parameters, execution_options=execution_options)
        with translated_step():
            try:
                return await to_its_end(step)
            except OSError:
                await to_its_end(self.invalidate())
                raise


async def to_its_end(step: Awaitable[Outcome]) -> Outcome:
    """Let the step finish although the caller is cancelled meanwhile, then cancel."""
    task = asyncio.ensure_future(step)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        while not task.done():
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.wait({task})
        if not task.cancelled():
            task.exception()  # seen: the cancellation is what the caller gets
        raise
