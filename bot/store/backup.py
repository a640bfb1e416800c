"""The whole database as one file, and back, whichever of the two databases it is: all of it, or nothing.

Promises: a back-up is of one moment, also while others write; what it is put back into is as before when that fails;
who was erased since stays erased; clients load afresh, because the epoch is another.
"""

import asyncio
import contextlib
import shutil
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import ConfigurationError
from bot.store import tombstones
from bot.store.copying import TABLES, copy_all
from bot.store.database import Database
from bot.store.epoch import begin_epoch, random_epoch
from bot.store.erasure import erase_again
from bot.store.tables import meta


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was put back: the rows of each table, and how many visitors were erased again."""

    rows: Mapping[str, int]
    erased: int


async def write_backup(db: Database, file: Path) -> Mapping[str, int]:
    """Write everything into a new file that only its owner may read; return the rows of each table.

    Raises:
        StorageError: it cannot be written; nothing is left.
    """
    with tempfile.TemporaryDirectory(prefix=f".{file.name}-", dir=file.parent) as folder:
        part = Path(folder) / "foyer.db"
        async with _opened(part) as target, db.read() as reading, target.write() as writing:
            rows = await copy_all(reading, writing)
        await asyncio.to_thread(part.replace, file)
    return rows


async def restore_backup(db: Database, file: Path, *, at: datetime, replaces: bool = False) -> Restored:
    """Put a back-up into a database in which there is nothing, or, if it `replaces`, in place of everything.

    An older back-up is brought to this version's schema; the file itself stays as it is.

    Raises:
        ConfigurationError: it is no back-up, a newer version made it, or there is something in the database.
        StorageError: what it holds could not be put back; nothing is changed.
    """
    with tempfile.TemporaryDirectory(prefix="foyer-restore-") as folder:
        copy = Path(folder) / "foyer.db"
        await asyncio.to_thread(_copy_of_ours, file, copy)
        async with _opened(copy) as source, source.read() as reading, db.write() as writing:
            restored = await _replace(reading, writing, at=at, replaces=replaces)
    await db.overwrite_erased()
    return restored


def _copy_of_ours(file: Path, copy: Path) -> None:
    """Copy the file; opening any other one would make an empty database of it."""
    shutil.copyfile(file, copy)
    try:
        with contextlib.closing(sqlite3.connect(copy)) as connection:
            found = connection.execute("SELECT value FROM meta WHERE key = 'epoch'").fetchone()
    except sqlite3.DatabaseError:
        found = None
    if found is None:
        raise ConfigurationError(f"{file} is no back-up: `foyer backup` did not write it, or it is damaged.")


@contextlib.asynccontextmanager
async def _opened(path: Path) -> AsyncIterator[Database]:
    database = await Database.open(f"sqlite+aiosqlite:///{path}")
    try:
        yield database
    finally:
        await database.close()


async def _replace(
    reading: AsyncConnection, writing: AsyncConnection, *, at: datetime, replaces: bool
) -> Restored:
    stones = await tombstones.list_all(writing)
    for table in reversed(TABLES):
        if (
            not replaces
            and table is not meta
            and await writing.scalar(select(func.count()).select_from(table))
        ):
            raise ConfigurationError(
                f"There is something in the database already ({table.name!r} has rows); back it up and say --replace."
            )
        await writing.execute(delete(table))
    rows = await copy_all(reading, writing)
    erased = await erase_again(writing, stones, at=at)
    await tombstones.keep(writing, stones)
    await begin_epoch(writing, random_epoch())
    return Restored(rows=rows, erased=erased)
