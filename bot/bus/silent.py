"""The wire of servers that share a database and nothing else: there is none, so that the database is looked at."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.bus.relay import Link


class SilentWire:
    """Never opens."""

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[Link]:
        """Wait for ever."""
        await asyncio.Event().wait()
        yield Silence()


class Silence:
    """Carries nothing."""

    async def send(self, parcel: bytes) -> None:
        """Send to nobody."""

    async def parcels(self) -> AsyncIterator[bytes]:
        """Yield nothing."""
        await asyncio.Event().wait()
        yield b""
