"""How fast a crawl goes: a delay between requests, patience after a refusal, and an end."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

Sleep = Callable[[float], Awaitable[None]]

PATIENCE_S = (5.0, 20.0, 60.0)
"""Waits before a request is tried again, where the website does not say how long."""
LONGEST_WAIT_S = 300.0


@dataclass(slots=True)
class Pace:
    """`clock_s` is monotonic seconds; past `deadline_s` nothing is requested any more."""

    delay_s: float
    deadline_s: float
    requests_left: int
    bytes_left: int
    clock_s: Callable[[], float]
    sleep: Sleep
    next_s: float = 0.0

    async def wait(self) -> bool:
        """Wait for the next request's turn; False when the crawl's time, requests or bytes are used up."""
        wait_s = max(0.0, self.next_s - self.clock_s())
        if not self.has_room(wait_s):
            return False
        if wait_s:
            await self.sleep(wait_s)
        self.requests_left -= 1
        self.next_s = self.clock_s() + self.delay_s
        return True

    def has_room(self, wait_s: float = 0.0) -> bool:
        """Return whether there is time, a request and a byte left after such a wait."""
        in_time = self.clock_s() + wait_s < self.deadline_s
        return in_time and self.requests_left > 0 and self.bytes_left > 0

    def put_off(self, *, tries: int, asked_s: float | None) -> None:
        """Wait longer before the next request: as long as asked, else longer with each try (from 0)."""
        own_s = PATIENCE_S[min(tries, len(PATIENCE_S) - 1)]
        wait_s = min(asked_s if asked_s is not None else own_s, LONGEST_WAIT_S)
        self.next_s = max(self.next_s, self.clock_s() + wait_s)
