"""What has to be done now and then while the service runs: forget dead sessions, overwrite what was masked."""

import asyncio
from datetime import timedelta

import structlog

from bot.assemble.parts_of_life import now
from bot.domain.errors import BotError
from bot.store import Database, codes, visitors

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

    async def run(self) -> None:
        """Do what is due, for ever; cancel it to stop."""
        while True:
            await asyncio.sleep(EVERY_S)
            try:
                await self.do_once()
            except BotError as error:
                log.error("housekeeping.failed", code=error.code, error=str(error))

    async def do_once(self) -> None:
        """Do what is due now."""
        async with self._db.write() as connection:
            await visitors.forget_expired(connection, before=now() - KEPT_AFTER_EXPIRY)
            await codes.forget(connection, before=now() - codes.DAY)
        if self._has_masked and await self._db.overwrite_erased():
            self._has_masked = False
