"""What has to be done now and then while the service runs: forget dead sessions, overwrite what was masked.

What was masked is known to the process that masked it, so each overwrites its own; one of all forgets.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog

from bot.assemble.parts_of_life import now
from bot.domain.errors import BotError
from bot.store import Database, codes, model_spending, visitors

log = structlog.get_logger(__name__)

EVERY_S = 600.0
"""Overwriting rewrites the whole file, so refusals are gathered: a visitor can not make us do it at will."""
KEPT_AFTER_EXPIRY = timedelta(days=30)


class Housekeeping:
    """Runs beside the service; what fails is tried again the next time."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._has_masked = False

    def note_masked(self) -> None:
        """Have what was masked made unreadable in the database's files too."""
        self._has_masked = True

    async def keep_forgetting(self) -> None:
        """Forget what is over, as the one process that does; for ever, cancel it to stop."""
        await now_and_then(self.forget_expired)

    async def keep_overwriting(self) -> None:
        """Overwrite what this process masked, for ever; cancel it to stop."""
        await now_and_then(self.overwrite_masked)

    async def forget_expired(self) -> None:
        """Forget sessions and codes that are over, and what single visitors cost before yesterday."""
        async with self._db.write() as connection:
            await visitors.forget_expired(connection, before=now() - KEPT_AFTER_EXPIRY)
            await codes.forget(connection, before=now() - codes.DAY)
            await model_spending.forget(connection, before=(now() - codes.DAY).date())

    async def overwrite_masked(self) -> None:
        """Overwrite what was masked since the last time."""
        if self._has_masked and await self._db.overwrite_erased():
            self._has_masked = False


async def now_and_then(work: Callable[[], Awaitable[None]]) -> None:
    """Do it again and again; what fails is tried again the next time."""
    while True:
        await asyncio.sleep(EVERY_S)
        try:
            await work()
        except BotError as error:
            log.error("housekeeping.failed", code=error.code, error=str(error))
