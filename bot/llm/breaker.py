"""A breaker: after failures in a row a model is left alone, but for one probe now and then."""

from collections.abc import Callable
from typing import Literal

FAILURES = 5
PROBE_EVERY_S = 30.0


class Breaker:
    """Opens after `FAILURES` in a row; then lets one through every `PROBE_EVERY_S` until one succeeds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """`clock` tells monotonic seconds."""
        self._clock = clock
        self._next_probe_s = 0.0
        self._is_probing = False
        self.failures = 0

    @property
    def state(self) -> Literal["closed", "open", "probing"]:
        """Return what it is now; `probing` while the one that was let through is on its way."""
        if self.failures < FAILURES:
            return "closed"
        return "probing" if self._is_probing else "open"

    def would_admit(self) -> bool:
        """Return whether a call may be made now, without making it."""
        return self.state == "closed" or (not self._is_probing and self._clock() >= self._next_probe_s)

    def admit(self) -> bool:
        """Return whether a call may be made now; whoever gets True tells how it went, or that it was let go."""
        if self.state == "closed":
            return True
        if not self.would_admit():
            return False
        self._is_probing = True
        self._next_probe_s = self._clock() + PROBE_EVERY_S
        return True

    def succeed(self) -> None:
        """Note that a call went well."""
        self.failures = 0
        self._is_probing = False

    def fail(self) -> None:
        """Note that a call went wrong."""
        self.failures += 1
        self._is_probing = False
        if self.failures >= FAILURES:
            self._next_probe_s = self._clock() + PROBE_EVERY_S

    def let_go(self) -> None:
        """Note that a call ended without telling anything about the model; the next probe waits its time."""
        self._is_probing = False
