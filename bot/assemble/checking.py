"""A look at the parts that a server depends on, for `/readyz`: quick, and not oftener than once a second."""

import asyncio
import shutil
import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from bot.domain.errors import BotError
from bot.store import Database, outbox
from bot.web.parts import Checked

WITHIN_S = 2.0
KEPT_S = 1.0
"""Anybody may ask, and the answer is the same."""
LEAST_FREE_BYTES = 64 * 1024 * 1024


class Checks:
    """Looks at the database, the disk and the outbox."""

    def __init__(self, db: Database, home: Path) -> None:
        self._db = db
        self._home = home
        self._found: Mapping[str, Checked] = {}
        self._looked_at_s = float("-inf")
        self._lock = asyncio.Lock()

    async def look(self) -> Mapping[str, Checked]:
        """Return what each part is like now."""
        async with self._lock:
            if time.monotonic() - self._looked_at_s > KEPT_S:
                self._found = {
                    "database": await timed(self._database),
                    "disk": await timed(self._disk),
                    "outbox": await timed(self._outbox),
                }
                self._looked_at_s = time.monotonic()
            return self._found

    async def _database(self) -> tuple[str, int | None]:
        await self._db.check()
        return "ready", None

    async def _disk(self) -> tuple[str, int | None]:
        free = (await asyncio.to_thread(shutil.disk_usage, self._home)).free
        return ("ready" if free >= LEAST_FREE_BYTES else "failed: the disk is full"), None

    async def _outbox(self) -> tuple[str, int | None]:
        return "ready", await self._db.read_at_once(outbox.count_pending)


async def timed(look: Callable[[], Awaitable[tuple[str, int | None]]]) -> Checked:
    """Return what a look found and how long it took; what gives no answer in time has failed."""
    begun = time.perf_counter()
    try:
        async with asyncio.timeout(WITHIN_S):
            state, waiting = await look()
    except TimeoutError:
        state, waiting = f"failed: no answer within {WITHIN_S:.0f} s", None
    except (BotError, OSError) as error:
        state, waiting = f"failed: {error}", None
    return Checked(state=state, took_ms=(time.perf_counter() - begun) * 1000, waiting=waiting)
