"""The limited places that one socket or one poll holds: of the server, of its address, of its visitor."""

from types import TracebackType
from typing import Self

from bot.web.line import Closed
from bot.web.parts import Parts


class Places:
    """Places held until the block ends; use it as a context manager."""

    __slots__ = ("_held", "_holder", "_limiter")

    def __init__(self, parts: Parts) -> None:
        self._limiter = parts.limiter
        self._holder = parts.new_id("s")
        self._held: list[tuple[str, str]] = []

    async def take(self, kind: str, key: str, at_most: int) -> None:
        """Take one of the places.

        Raises:
            Closed: 4504, none is left.
        """
        if not await self.take_if_left(kind, key, at_most):
            raise Closed(4504, f"too many sockets for this {kind}")

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
