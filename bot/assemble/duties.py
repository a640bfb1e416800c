"""What only one of several processes may do at a time: a lock of the home, which goes with its process.

It holds for the processes of one machine that share a FOYER_HOME.
"""

import asyncio
import contextlib
import fcntl
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

CARETAKER = "caretaker"
"""Who indexes, crawls, tidies up, and takes over turns of processes that died."""
TRY_AGAIN_S = 0.2

OnlyOne = Callable[[str], AbstractAsyncContextManager[None]]
"""Enters when nobody else has the duty of that name; whoever loses it is cancelled."""


@contextlib.asynccontextmanager
async def always(_: str) -> AsyncIterator[None]:
    """Enter at once: there is nobody else."""
    yield


def by_lock_file(home: Path) -> OnlyOne:
    """Return what lets one process of a home in at a time."""

    @contextlib.asynccontextmanager
    async def only_one(name: str) -> AsyncIterator[None]:
        with (home / f"{name}.lock").open("w") as lock:
            while True:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except OSError:
                    await asyncio.sleep(TRY_AGAIN_S)
            yield

    return only_one
