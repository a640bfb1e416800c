"""That every socket and poll has to go: the server is about to stop, or what clients remember may be gone."""

import asyncio
from collections.abc import Callable
from enum import StrEnum


class Why(StrEnum):
    """Why they go. A stop is for good; the database's epoch may change again and again."""

    STOP = "stop"
    NEW_EPOCH = "new epoch"


class GoingAway:
    """Tells whoever is there. All calls are made on the event loop."""

    def __init__(self) -> None:
        self._is_stopping = False
        self._event = asyncio.Event()
        self._told: set[Callable[[Why], None]] = set()

    def stop(self) -> None:
        """Tell everybody that the server is about to stop, now and whenever somebody comes."""
        self._is_stopping = True
        self._event.set()
        self._tell_all(Why.STOP)

    def begin_anew(self) -> None:
        """Tell everybody that the epoch is another; who comes later knows it."""
        self._event.set()
        if not self._is_stopping:
            self._event = asyncio.Event()
        self._tell_all(Why.NEW_EPOCH)

    def _tell_all(self, why: Why) -> None:
        for tell in tuple(self._told):
            tell(why)

    async def wait(self) -> None:
        """Wait until one of the two is so."""
        await self._event.wait()

    def tell(self, told: Callable[[Why], None]) -> None:
        """Call `told` when one of them is so, at once where the server stops already; `tell_no_more` takes it back."""
        self._told.add(told)
        if self._is_stopping:
            told(Why.STOP)

    def tell_no_more(self, told: Callable[[Why], None]) -> None:
        """Forget it."""
        self._told.discard(told)
