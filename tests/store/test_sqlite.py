"""What `Database` promises of an SQLite file: on disk, its owner's only, failures of disk and file with a remedy."""

import asyncio
import stat
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError

from bot.domain.errors import StorageError
from bot.store import Database
from bot.store.tables import meta

pytestmark = pytest.mark.parametrize("world", ["sqlite"], indirect=True)


async def value_of(db: Database, key: str) -> str | None:
    async with db.read() as conn:
        return await conn.scalar(select(meta.c.value).where(meta.c.key == key))


async def test_commits_are_on_disk_before_they_return(db: Database) -> None:
    async with db.write() as conn:
        synchronous = await conn.scalar(text("PRAGMA synchronous"))
        journal = await conn.scalar(text("PRAGMA journal_mode"))

    assert (synchronous, journal) == (2, "wal")


async def test_a_statement_that_is_cancelled_ends_and_its_connection_is_used_again(db: Database) -> None:
    slow = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT max(i) FROM n"
    begun = asyncio.Event()

    async def write() -> None:
        async with db.write() as conn:
            await conn.execute(text("PRAGMA cache_size=-4321"))
            begun.set()
            await conn.execute(text(slow))

    task = asyncio.create_task(write())
    await begun.wait()
    await asyncio.wait({task}, timeout=0.001)
    task.cancel()
    await asyncio.wait({task})

    assert task.cancelled()
    async with db.write() as conn:
        assert await conn.scalar(text("PRAGMA cache_size")) == -4321


async def test_a_full_disk_is_a_storage_error_and_passes_when_there_is_room_again(db: Database) -> None:
    async with db.write() as conn:
        pages = await conn.scalar(text("PRAGMA page_count"))
        await conn.execute(text(f"PRAGMA max_page_count={pages}"))

    with pytest.raises(StorageError, match="disk is full"):
        async with db.write() as conn:
            await conn.execute(insert(meta).values(key="a", value="x" * 100_000))

    assert await value_of(db, "a") is None
    async with db.write() as conn:
        await conn.execute(text("PRAGMA max_page_count=1000000"))
        await conn.execute(insert(meta).values(key="a", value="x" * 100_000))
    assert await value_of(db, "a") is not None


async def test_a_failed_commit_does_not_block_the_next_transaction(db: Database, url: str) -> None:
    async with db.write() as conn:
        await conn.execute(text("PRAGMA defer_foreign_keys=ON"))
        await conn.execute(
            text("CREATE TABLE child (k TEXT REFERENCES meta (key) DEFERRABLE INITIALLY DEFERRED)")
        )

    with pytest.raises(DBAPIError):
        async with db.write() as conn:
            await conn.execute(text("INSERT INTO child VALUES ('nobody')"))

    async with db.write() as conn:
        assert await conn.scalar(text("SELECT count(*) FROM child")) == 0


async def test_a_file_that_is_no_database_is_named_as_such(world: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.db"
    path.write_bytes(b"this is not a database" * 100)

    with pytest.raises(StorageError, match="not a database"):
        await Database.open(f"sqlite+aiosqlite:///{path}")


async def test_a_folder_in_the_way_is_a_storage_error(world: str, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be opened"):
        await Database.open(f"sqlite+aiosqlite:///{tmp_path}")


def modes_of(folder: Path) -> set[int]:
    return {stat.S_IMODE(path.stat().st_mode) for path in folder.glob("foyer.db*")}


async def test_only_its_owner_can_read_the_file(db: Database, tmp_path: Path) -> None:
    async with db.write() as conn:
        await conn.execute(insert(meta).values(key="a", value="1"))

    assert modes_of(tmp_path) == {0o600}
