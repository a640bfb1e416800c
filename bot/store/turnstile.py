"""Lets writers of several processes take turns at one SQLite file.

SQLite lets whoever asks first after a commit go next, and who waits asks ever more seldom: beside a busy process
another may wait until it gives up. Here who waits for the file stands in a doorway, and who comes back meanwhile waits
before it. Two bytes of a file beside the database are locked for it; the locks of a process end with it.

This is for fairness alone: that only one writes is what SQLite's own lock is for.
"""

import asyncio
import contextlib
import fcntl
import os
from io import RawIOBase
from pathlib import Path
from types import TracebackType
from typing import Self

DOORWAY, INSIDE = 0, 1
LOOK_EVERY_S = 0.001
PATIENCE_S = 5.0
"""Who waited so long for another process leaves it to SQLite who may write."""


class Turnstile:
    """One at a time within the process, in the order in which they come; by turns with other processes."""

    def __init__(self, path: Path) -> None:
        """Use the file at `path` for the locks; it is made if it is missing.

        Raises:
            OSError: the file cannot be made.
        """
        self._lock = asyncio.Lock()
        self._file = os.fdopen(
            os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600), "r+b", buffering=0
        )

    async def __aenter__(self) -> Self:
        await self._lock.acquire()
        try:
            await self._pass()
        except BaseException:
            self._leave()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leave()

    def close(self) -> None:
        """Let go of the file; once more does nothing."""
        self._file.close()

    async def _pass(self) -> None:
        until_s = asyncio.get_running_loop().time() + PATIENCE_S
        await _take(self._file, DOORWAY, until_s)
        try:
            await _take(self._file, INSIDE, until_s)
        finally:
            _give_back(self._file, DOORWAY)

    def _leave(self) -> None:
        _give_back(self._file, INSIDE)
        self._lock.release()


async def _take(file: RawIOBase, byte: int, until_s: float) -> None:
    while not _is_taken(file, byte) and asyncio.get_running_loop().time() < until_s:  # noqa: ASYNC110 - no event comes from another process
        await asyncio.sleep(LOOK_EVERY_S)


def _is_taken(file: RawIOBase, byte: int) -> bool:
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, byte)
    except (BlockingIOError, PermissionError):
        return False
    except (OSError, ValueError):
        return True  # a file system without locks, or closed meanwhile: SQLite decides
    return True


def _give_back(file: RawIOBase, byte: int) -> None:
    with contextlib.suppress(OSError, ValueError):
        fcntl.lockf(file, fcntl.LOCK_UN, 1, byte)
