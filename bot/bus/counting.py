"""How often something happened lately, and who holds one of few places: counted here, or for several processes.

Windows slide; a place is held until it is given back, or its holder's process is gone.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from limits import RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter


@dataclass(frozen=True, slots=True)
class Window:
    """At most so many times in so many seconds."""

    count: int
    seconds: int


class CountsAwayError(Exception):
    """What counts for all processes cannot be asked now."""


class Counts(Protocol):
    """Counts. Those that are not in this process raise `CountsAwayError` when they cannot be asked.

    `frees_within_s` says how long the places of a process that was killed stay taken at most.
    """

    frees_within_s: float

    async def wait_s(self, what: str, key: str, windows: Sequence[Window]) -> float | None:
        """Count one event; return None when it is allowed, else the seconds until it may be tried again."""

    async def take(self, place: str, holder: str, at_most: int) -> bool:
        """Take one of the places, if one is left; what holds one already keeps it."""

    async def give_back(self, place: str, holder: str) -> None:
        """Give a place back."""


class LocalCounts:
    """Counts of this process, in memory."""

    frees_within_s = 0.0

    def __init__(self) -> None:
        self._strategy = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._holders: defaultdict[str, set[str]] = defaultdict(set)

    async def wait_s(self, what: str, key: str, windows: Sequence[Window]) -> float | None:
        """Count one event; return None when it is allowed, else the seconds until it may be tried again."""
        for window in windows:
            if not await self._strategy.hit(item_of(window), what, key):
                return float(window.seconds)
        return None

    async def take(self, place: str, holder: str, at_most: int) -> bool:
        """Take one of the places, if one is left; what holds one already keeps it."""
        holders = self._holders[place]
        if holder not in holders and len(holders) >= at_most:
            return False
        holders.add(holder)
        return True

    async def give_back(self, place: str, holder: str) -> None:
        """Give a place back."""
        holders = self._holders[place]
        holders.discard(holder)
        if not holders:
            del self._holders[place]

    def held_by(self, prefix: str) -> list[tuple[str, str]]:
        """Return the places, with their holders, of those whose names begin so."""
        return [
            (place, holder)
            for place, holders in self._holders.items()
            for holder in holders
            if holder.startswith(prefix)
        ]


def item_of(window: Window) -> RateLimitItemPerSecond:
    """Return the window as the `limits` library counts it."""
    return RateLimitItemPerSecond(window.count, window.seconds)
