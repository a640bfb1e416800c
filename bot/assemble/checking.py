"""A look at the parts that a server depends on, for `/readyz`: quick, and not oftener than once a second."""

import asyncio
import shutil
import time
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path

from bot.domain.errors import BotError
from bot.store import Database, outbox
from bot.web.limits import Limiter
from bot.web.parts import Checked

WITHIN_S = 2.0
KEPT_S = 1.0
"""Anybody may ask, and the answer is the same."""
LEAST_FREE_BYTES = 64 * 1024 * 1024

Look = Callable[[], Awaitable[tuple[str, int | None]]]
"""Returns a part's state, and how much waits there, where something does."""


class Checks:
    """Looks at the database, the disk and the outbox, at all at once. What hangs is named, and not waited for."""

    def __init__(self, db: Database, home: Path, limiter: Limiter | None) -> None:
        """`limiter`: None where no other process counts with this one."""
        self._db = db
        self._home = home
        self._looks: dict[str, Look] = {
            "database": self._database,
            "disk": self._disk,
            "outbox": self._outbox,
        }
        if limiter is not None:
            self._looks["limits"] = partial(limits_of, limiter)
        self._under_way: dict[str, asyncio.Task[Checked]] = {}
        self._found: Mapping[str, Checked] = {}
        self._looked_at_s = float("-inf")
        self._lock = asyncio.Lock()

    async def look(self) -> Mapping[str, Checked]:
        """Return what each part is like now."""
        async with self._lock:
            if time.monotonic() - self._looked_at_s > KEPT_S:
                self._found = await self._look_anew()
                self._looked_at_s = time.monotonic()
            return self._found

    async def _look_anew(self) -> Mapping[str, Checked]:
        begun = time.perf_counter()
        for name, look in self._looks.items():
            earlier = self._under_way.get(name)
            if earlier is None or earlier.done():  # one that hangs is not joined by more
                self._under_way[name] = asyncio.create_task(timed(look))
        await asyncio.wait(self._under_way.values(), timeout=WITHIN_S)
        done = {name: self._under_way.pop(name) for name in self._looks if self._under_way[name].done()}
        silent = Checked(
            state=f"failed: no answer within {WITHIN_S:.0f} s", took_ms=(time.perf_counter() - begun) * 1000
        )
        return {name: done[name].result() if name in done else silent for name in self._looks}

    async def _database(self) -> tuple[str, int | None]:
        await self._db.check()
        return "ready", None

    async def _disk(self) -> tuple[str, int | None]:
        free = (await asyncio.to_thread(shutil.disk_usage, self._home)).free
        return ("ready" if free >= LEAST_FREE_BYTES else "failed: the disk is full"), None

    async def _outbox(self) -> tuple[str, int | None]:
        return "ready", await self._db.read_at_once(outbox.count_pending)


async def limits_of(limiter: Limiter) -> tuple[str, int | None]:
    """Return whether the limits hold for all processes; nothing fails where they do not."""
    return ("ready" if await limiter.look() else "degraded: each process counts alone"), None


async def timed(look: Look) -> Checked:
    """Return what a look found and how long it took."""
    begun = time.perf_counter()
    try:
        state, waiting = await look()
    except (BotError, OSError) as error:
        state, waiting = f"failed: {error}", None
    return Checked(state=state, took_ms=(time.perf_counter() - begun) * 1000, waiting=waiting)
