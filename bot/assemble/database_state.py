"""How the database is, for `/readyz`: asked every few seconds, so that a loss is named and its end, too."""

import asyncio

from bot.domain.errors import StorageError
from bot.store import Database

CHECK_EVERY_S = 2.0


async def keep_checked(db: Database, states: dict[str, str]) -> None:
    """Write the state of the database into `states`, for ever; cancel it to stop."""
    while True:
        await asyncio.sleep(CHECK_EVERY_S)
        try:
            await db.check()
        except StorageError as error:
            states["database"] = f"away: {error}"
        else:
            states["database"] = "ready"
