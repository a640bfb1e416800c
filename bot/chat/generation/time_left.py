"""How long a language model may still take for one turn, for all that it is asked together. Pure."""

from collections.abc import Callable


class TimeLeft:
    """Runs from when it is made, on a clock of monotonic seconds."""

    def __init__(self, total_s: float, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._began = clock()
        self._total_s = total_s

    def until(self, second: float | None = None) -> float:
        """Return the seconds that are left, or those until a second of the turn if it comes earlier; 0 when over."""
        end = self._total_s if second is None else min(second, self._total_s)
        return max(0.0, self._began + end - self._clock())
