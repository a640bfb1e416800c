"""What `Database` promises: order among writers, free readers, clean ends, failures with a remedy."""

import asyncio
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


async def test_a_bug_of_ours_is_not_called_a_storage_error(db: Database) -> None:
    with pytest.raises(DBAPIError):
        async with db.read() as conn:
            await conn.execute(text("SELECT nowhere FROM meta"))


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


async def test_whoever_comes_after_the_end_is_told_and_does_not_wait(tmp_path: Path) -> None:
    db = await Database.open(f"sqlite+aiosqlite:///{tmp_path / 'late.db'}")
    await db.close()

    for late in (db.read_at_once, db.write_at_once):
        async with asyncio.timeout(10):
            with pytest.raises(StorageError, match="stopping"):
                await late(lambda conn: conn.execute(select(meta)))
    await db.close()


@pytest.mark.parametrize(
    "bad_url", ["sqlite+aiosqlite://", "mysql://me:secret@host/x", "postgresql://me:secret@host", "secret"]
)
async def test_another_database_is_refused_without_its_password(bad_url: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        await Database.open(bad_url)

    assert "secret" not in str(caught.value)


async def test_every_transaction_in_one_go_is_counted_with_the_commit_that_kept_it(db: Database) -> None:
    counted: list[int] = []
    db.watch_commits(counted.append)

    for key in ("a", "b"):
        await db.write_at_once(
            lambda conn, key=key: conn.execute(insert(meta).values(key=key, value="")), "a"
        )

    assert counted == [1, 1]
