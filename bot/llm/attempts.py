"""At most two attempts: which line is next, and when it must have begun and be over."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress

from bot.llm.line import Line, Window
from bot.llm.trouble import Trouble

MOST = 2
PAUSE_S = 0.25
"""Before the same model is asked again, and up to as much more by chance, where it did not say how long."""


class Attempts:
    """The attempts at one reply. The first line is the model's, the second, where there is one, the fallback's."""

    def __init__(
        self,
        lines: Sequence[Line],
        *,
        total_s: float,
        first_s: float | None = None,
        clock: Callable[[], float],
        chance: Callable[[], float],
    ) -> None:
        """`total_s` bounds all together, `first_s` the first word in place of the lines' own; `chance` gives 0 to 1."""
        self._lines = lines
        self._first_s = first_s
        self._is_hurried = total_s < lines[0].settings.timeouts.first_token_s
        self._clock = clock
        self._chance = chance
        self._end_by = clock() + total_s
        self._first_by = self._end_by
        self._made: list[Line] = []

    async def next(self, trouble: Trouble | None) -> tuple[Line, Window] | None:
        """Return the next line to call, None when there is nothing left to try.

        Args:
            trouble: How the last attempt failed, None before the first.
        """
        if len(self._made) == MOST:
            return None
        line = self._another()
        if line is not None:
            await self._built(line)
            own_s = line.settings.timeouts.first_token_s
            first_s = own_s if self._first_s is None else self._first_s
            self._first_by = min(self._end_by, self._clock() + first_s)
        elif trouble is not None and self._made and await self._paused(trouble):
            line = self._made[-1]
        else:
            return None
        self._made.append(line)
        return line, Window(self._first_by, self._end_by, is_hurried=self._is_hurried)

    async def _built(self, line: Line) -> None:
        """Have the line's model built before its time for a first word begins; a call tells what went wrong."""
        with suppress(Exception):
            async with asyncio.timeout(max(0.0, self._end_by - self._clock())):
                await line.warm()

    def _another(self) -> Line | None:
        """Return the next line that was not called yet and may be."""
        begin = self._lines.index(self._made[-1]) + 1 if self._made else 0
        return next((line for line in self._lines[begin:] if line.breaker.would_admit()), None)

    async def _paused(self, trouble: Trouble) -> bool:
        """Wait as long as the provider asks, and return whether the same model may be called again."""
        if not trouble.may_pass:
            return False
        asked_s = trouble.retry_after_s
        pause_s = PAUSE_S * (1 + self._chance()) if asked_s is None else asked_s
        if self._clock() + pause_s >= self._first_by:
            return False
        await asyncio.sleep(pause_s)
        return self._made[-1].breaker.would_admit()
