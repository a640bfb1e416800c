"""Notice that the database's history is another while the service runs, and tell everybody who hangs on it."""

import asyncio
from collections.abc import Callable

import structlog

from bot.domain.errors import StorageError
from bot.store import Database, DatabaseAwayError
from bot.telemetry import Outage

log = structlog.get_logger(__name__)

LOOK_AGAIN_S = 1.0
"""How long the next look waits at least: a busy server opens connections all the time."""


async def follow_epoch(db: Database, on_new: Callable[[], None]) -> None:
    """Call `on_new` whenever the epoch is another than before; for ever, cancel it to stop."""
    while True:
        await db.until_doubtful()
        if await _is_new(db):
            log.warning("epoch.changed", reason="the database was restored or rolled back; all load afresh")
            on_new()
        await asyncio.sleep(LOOK_AGAIN_S)


async def _is_new(db: Database) -> bool:
    """Look until it can be seen; why it can not is said once."""
    outage = Outage()
    while True:
        try:
            return await db.is_epoch_new()
        except StorageError as error:
            if not isinstance(error, DatabaseAwayError) and outage.begins():
                log.warning("epoch.not_seen", code=error.code, reason=str(error))
        await asyncio.sleep(LOOK_AGAIN_S)
