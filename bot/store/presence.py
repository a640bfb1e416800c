"""Whether a database on another machine is there: one that says nothing is noticed early, and not waited for.

Promises: what waits for a database that fell silent ends within a few seconds, and what comes after is refused at
once until it speaks again; an outage is logged once, and so is its end.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterator

import structlog

from bot.store.errors import DatabaseAwayError

log = structlog.get_logger(__name__)

PATIENCE_S = 2.0
"""How long a transaction may take, while nothing else is heard either, before somebody knocks."""
LOOK_EVERY_S = 0.25
KNOCK_WITHIN_S = 1.5
KNOCK_AGAIN_S = 0.5

_SILENT = "The database gives no answer. The service goes on by itself when it does."


class Presence:
    """Watches over transactions. One that is slow while the database speaks to others is left alone."""

    def __init__(self, knock: Callable[[], Awaitable[None]], abandon: Callable[[], None]) -> None:
        """Suspect nothing yet.

        Args:
            knock: asks for a sign of life; an `OSError` is none.
            abandon: ends every connection, and so what waits on it.
        """
        self._knock = knock
        self._abandon = abandon
        self._begun_s: dict[object, float] = {}
        self._heard_s = float("-inf")
        self._look: asyncio.TimerHandle | None = None
        self._knocking: asyncio.Task[None] | None = None
        self.is_silent = False
        self._is_away = False

    @contextlib.contextmanager
    def watched(self) -> Iterator[None]:
        """Carry out steps that wait for the database.

        Raises:
            DatabaseAwayError: it is silent, or fell silent meanwhile.
        """
        if self.is_silent:
            raise DatabaseAwayError(_SILENT)
        loop, key = asyncio.get_running_loop(), object()
        self._begun_s[key] = loop.time()
        if self._look is None:
            self._look = loop.call_later(LOOK_EVERY_S, self._look_around)
        try:
            yield
        except DatabaseAwayError as error:
            self._note_away(str(error))
            raise
        else:
            self.hear()
        finally:
            del self._begun_s[key]

    def hear(self) -> None:
        """Note that the database spoke just now."""
        self._heard_s = asyncio.get_running_loop().time()
        if self._is_away and not self.is_silent:
            self._is_away = False
            log.info("database.back")

    async def close(self) -> None:
        """Watch no more."""
        if self._look is not None:
            self._look.cancel()
        if self._knocking is not None:
            self._knocking.cancel()
            await asyncio.gather(self._knocking, return_exceptions=True)

    def _look_around(self) -> None:
        loop = asyncio.get_running_loop()
        oldest_s = next(iter(self._begun_s.values()), None)
        self._look = None if oldest_s is None else loop.call_later(LOOK_EVERY_S, self._look_around)
        if oldest_s is None or self._knocking is not None:
            return
        if loop.time() - max(oldest_s, self._heard_s) >= PATIENCE_S:
            self._knocking = asyncio.create_task(self._knock_until_heard())

    async def _knock_until_heard(self) -> None:
        begun_s = asyncio.get_running_loop().time()
        try:
            while not await self._is_there() and self._heard_s < begun_s:
                if not self.is_silent:
                    self.is_silent = True
                    self._note_away(_SILENT)
                self._abandon()
                await asyncio.sleep(KNOCK_AGAIN_S)
        finally:
            self.is_silent = False
            self._knocking = None
        self.hear()

    async def _is_there(self) -> bool:
        try:
            async with asyncio.timeout(KNOCK_WITHIN_S):
                await self._knock()
        except OSError:  # TimeoutError is one
            return False
        return True

    def _note_away(self, reason: str) -> None:
        if not self._is_away:
            self._is_away = True
            log.warning("database.away", reason=reason, remedy="nothing is accepted until it is back")
