"""What `Database` promises: order among writers, free readers, clean ends, failures with a remedy."""

import asyncio
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import DBAPIError

from bot.domain.errors import ConfigurationError, StorageError
from bot.store import Database, conversations
from bot.store.tables import messages, meta


async def value_of(db: Database, key: str) -> str | None:
    async with db.read() as conn:
        return await conn.scalar(select(meta.c.value).where(meta.c.key == key))


async def test_what_was_written_is_there_after_it_is_opened_again(db: Database, url: str) -> None:
    async with db.write() as conn:
        await conn.execute(insert(meta).values(key="a", value="1"))

    again = await Database.open(url)

    assert await value_of(again, "a") == "1"
    await again.close()


async def test_an_exception_leaves_nothing_behind(db: Database) -> None:
    with pytest.raises(ValueError, match="no"):  # noqa: PT012 - the whole transaction fails
        async with db.write() as conn:
            await conn.execute(insert(meta).values(key="a", value="1"))
            raise ValueError("no")

    assert await value_of(db, "a") is None


async def test_commits_are_on_disk_before_they_return(db: Database) -> None:
    async with db.write() as conn:
        synchronous = await conn.scalar(text("PRAGMA synchronous"))
        journal = await conn.scalar(text("PRAGMA journal_mode"))

    assert (synchronous, journal) == (2, "wal")


async def test_a_reader_cannot_write(db: Database) -> None:
    with pytest.raises((StorageError, DBAPIError)):
        async with db.read() as conn:
            await conn.execute(insert(meta).values(key="a", value="1"))


async def test_a_reader_does_not_wait_for_a_writer_and_sees_one_moment(db: Database) -> None:
    async with db.write() as writing:
        await writing.execute(insert(meta).values(key="a", value="1"))
        async with asyncio.timeout(1):
            assert await value_of(db, "a") is None

    async with db.read() as reading:
        before = await reading.scalar(select(func.count()).select_from(meta))
        async with db.write() as writing:
            await writing.execute(insert(meta).values(key="b", value="1"))
        after = await reading.scalar(select(func.count()).select_from(meta))

    assert before == after


@pytest.mark.slow
async def test_200_parallel_writers_all_succeed(
    db: Database, start: Callable[..., Any], say: Callable[..., Any]
) -> None:
    async with db.write() as conn:
        await start(conn)

    async def write(number: int) -> int:
        async with db.write() as conn:
            return (await say(conn, "c1", f"k{number}")).seq

    seqs = await asyncio.gather(*(write(number) for number in range(200)))

    assert sorted(seqs) == list(range(1, 201))


@pytest.mark.slow
async def test_two_processes_worth_of_writers_wait_for_each_other(
    db: Database, url: str, start: Callable[..., Any], say: Callable[..., Any]
) -> None:
    other = await Database.open(url)
    async with db.write() as conn:
        await start(conn)

    async def write(number: int) -> int:
        async with (db if number % 2 else other).write() as conn:
            return (await say(conn, "c1", f"k{number}")).seq

    seqs = await asyncio.gather(*(write(number) for number in range(200)))

    assert sorted(seqs) == list(range(1, 201))
    await other.close()


@pytest.mark.slow
async def test_a_cancelled_writer_leaves_all_or_nothing_and_the_next_goes_on(
    db: Database, start: Callable[..., Any], say: Callable[..., Any]
) -> None:
    async with db.write() as conn:
        await start(conn)

    async def write(number: int) -> None:
        async with db.write() as conn:
            await say(conn, "c1", f"k{number}")

    for number in range(120):
        task = asyncio.create_task(write(number))
        async with asyncio.timeout(5):
            for _ in range(number % 60):
                await asyncio.wait({task}, timeout=0)
            task.cancel()
            await asyncio.wait({task})

    async with asyncio.timeout(5):
        await write(1000)
    async with db.read() as conn:
        seqs = list(await conn.scalars(select(messages.c.seq).order_by(messages.c.seq)))
        conversation = await conversations.find(conn, "c1")
    assert seqs == list(range(1, len(seqs) + 1))
    assert conversation is not None
    assert conversation.head_seq == conversation.version == len(seqs)


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


async def test_a_bug_of_ours_is_not_called_a_storage_error(db: Database) -> None:
    with pytest.raises(DBAPIError):
        async with db.read() as conn:
            await conn.execute(text("SELECT * FROM nowhere"))


async def test_a_file_that_is_no_database_is_named_as_such(tmp_path: Path) -> None:
    path = tmp_path / "broken.db"
    path.write_bytes(b"this is not a database" * 100)

    with pytest.raises(StorageError, match="not a database"):
        await Database.open(f"sqlite+aiosqlite:///{path}")


async def test_a_folder_in_the_way_is_a_storage_error(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be opened"):
        await Database.open(f"sqlite+aiosqlite:///{tmp_path}")


@pytest.mark.parametrize(
    "url", ["sqlite+aiosqlite://", "postgresql+asyncpg://me:secret@host/foyer", "mysql://host/x"]
)
async def test_another_database_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        await Database.open(url)

    assert "secret" not in str(caught.value)


def modes_of(folder: Path) -> set[int]:
    return {stat.S_IMODE(path.stat().st_mode) for path in folder.glob("foyer.db*")}


async def test_only_its_owner_can_read_the_file(db: Database, tmp_path: Path) -> None:
    async with db.write() as conn:
        await conn.execute(insert(meta).values(key="a", value="1"))

    assert modes_of(tmp_path) == {0o600}


async def test_the_epoch_stays_until_it_is_renewed(db: Database, url: str) -> None:
    first = db.epoch

    again = await Database.open(url)
    assert again.epoch == first
    assert first

    assert await again.renew_epoch() == again.epoch != first
    await again.close()


async def test_a_current_database_opens_fast(db: Database, url: str) -> None:
    durations = []
    for _ in range(5):
        began = time.perf_counter()
        again = await Database.open(url)
        durations.append(time.perf_counter() - began)
        await again.close()

    assert min(durations) < 0.1


async def test_check_passes_on_an_open_database(db: Database) -> None:
    await db.check()
