"""That the server is about to stop: told to every socket and poll, once."""

import asyncio
from collections.abc import Callable


class GoingAway:
    """Set once. All calls are made on the event loop."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self._told: set[Callable[[], None]] = set()

    def set(self) -> None:
        """Tell everybody."""
        self._event.set()
        for tell in tuple(self._told):
            tell()

    async def wait(self) -> None:
        """Wait until it is so."""
        await self._event.wait()

    def tell(self, told: Callable[[], None]) -> None:
        """Call `told` when it is so, at once where it is already; `tell_no_more` takes it back."""
        self._told.add(told)
        if self._event.is_set():
            told()

    def tell_no_more(self, told: Callable[[], None]) -> None:
        """Forget it."""
        self._told.discard(told)
