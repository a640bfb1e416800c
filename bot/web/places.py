"""The limited places that one socket or one poll holds: of the server, of its address, of its visitor."""

import asyncio
from types import TracebackType
from typing import Self

from bot.web.limits import WAITING
from bot.web.line import Closed
from bot.web.parts import Parts

LOOK_FOR_ROOM_S = 0.25


class Places:
    """Places held until the block ends; use it as a context manager."""

    __slots__ = ("_held", "_holder", "_limiter")

    def __init__(self, parts: Parts) -> None:
        self._limiter = parts.limiter
        self._holder = parts.new_id("s")
        self._held: list[tuple[str, str]] = []

    async def take(self, kind: str, key: str, at_most: int, *, within_s: float = 0.0) -> None:
        """Take one of the places, waiting so long for one: those of a process that was killed are free soon.

        Raises:
            Closed: 4504, none is left, or as many wait for one already.
        """
        if await self.take_if_left(kind, key, at_most):
            return
        waiting = f"{WAITING}{kind}"
        if within_s and await self._limiter.take_place(waiting, key, self._holder, at_most):
            try:
                if await self._take_when_left(kind, key, at_most, within_s):
                    return
            finally:
                await self._limiter.give_place_back(waiting, key, self._holder)
        raise Closed(4504, f"too many sockets for this {kind}")

    async def _take_when_left(self, kind: str, key: str, at_most: int, within_s: float) -> bool:
        wait_until = asyncio.get_running_loop().time() + within_s
        while asyncio.get_running_loop().time() < wait_until:
            await asyncio.sleep(LOOK_FOR_ROOM_S)
            if await self.take_if_left(kind, key, at_most):
                return True
        return False

    async def take_if_left(self, kind: str, key: str, at_most: int) -> bool:
        """Take one of the places if one is left, and return whether it was."""
        has_one = await self._limiter.take_place(kind, key, self._holder, at_most)
        if has_one:
            self._held.append((kind, key))
        return has_one

    async def __aenter__(self) -> Self:
        """Return itself."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give everything back."""
        while self._held:
            await self._limiter.give_place_back(*self._held.pop(), self._holder)
