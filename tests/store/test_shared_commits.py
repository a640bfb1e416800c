"""Transactions that share a commit: each whole or not at all, whatever happens to the others."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select, text

from bot.domain.errors import StorageError
from bot.store import Connection, Database
from bot.store.tables import meta

pytestmark = pytest.mark.slow


@pytest.fixture
async def db(tmp_path: Path) -> Any:
    database = await Database.open(f"sqlite+aiosqlite:///{tmp_path / 'foyer.db'}")
    yield database
    await database.close()


def put(key: str, *, then: str | None = None) -> Any:
    """Write a row, and then run a statement that breaks something."""

    async def work(connection: Connection) -> str:
        await connection.execute(meta.insert().values(key=key, value="x"))
        if then is not None:
            await connection.execute(text(then))
        return key

    return work


async def kept(db: Database) -> set[str]:
    async def work(connection: Connection) -> set[str]:
        found = await connection.scalars(select(meta.c.key).where(meta.c.key.like("k%")))
        return set(found)

    return await db.read_at_once(work)


async def outcomes_of(db: Database, works: list[Any]) -> list[Any]:
    return await asyncio.gather(*map(db.write_at_once, works), return_exceptions=True)


async def test_what_is_written_at_the_same_moment_shares_commits(db: Database) -> None:
    commits = []
    event.listen(db._world.writes._engine, "commit", commits.append)

    outcomes = await outcomes_of(db, [put(f"k{n}") for n in range(100)])

    assert outcomes == [f"k{n}" for n in range(100)]
    assert await kept(db) == set(outcomes)
    assert len(commits) < 20


@pytest.mark.parametrize(
    "broken",
    [
        "INSERT INTO meta (key, value) VALUES ('k0', 'twice')",
        "ROLLBACK",  # as SQLite does by itself after some failures: nothing of anybody is left then
        "SELECT no_such_column FROM meta",
    ],
)
async def test_one_that_fails_takes_nothing_of_the_others_with_it(db: Database, broken: str) -> None:
    works = [put(f"k{n}", then=broken if n in {7, 30} else None) for n in range(60)]

    outcomes = await outcomes_of(db, works)

    failed = {n for n, outcome in enumerate(outcomes) if isinstance(outcome, BaseException)}
    assert failed == {7, 30}
    assert await kept(db) == {f"k{n}" for n in range(60)} - {"k7", "k30"}


async def test_what_fills_the_disk_fails_alone(db: Database) -> None:
    pages = await db.read_at_once(lambda c: scalar(c, "PRAGMA page_count"))
    db._world.writes._executor.submit(db._world.writes._kept.let_go).result()
    limit = f"PRAGMA max_page_count = {pages + 20}"
    event.listen(db._world.writes._engine, "connect", lambda connection, _: connection.execute(limit))
    large = "INSERT INTO meta (key, value) VALUES ('large', zeroblob(4000000))"

    outcomes = await outcomes_of(db, [put(f"k{n}", then=large if n == 3 else None) for n in range(8)])

    assert isinstance(outcomes[3], StorageError)
    assert await kept(db) == {f"k{n}" for n in range(8)} - {"k3"}


async def scalar(connection: Connection, statement: str) -> Any:
    return await connection.scalar(text(statement))


async def test_a_transaction_that_waits_for_something_else_keeps_nothing(db: Database) -> None:
    async def work(connection: Connection) -> None:
        await put("k1")(connection)
        await asyncio.sleep(0)

    with pytest.raises(RuntimeError, match="waits for nothing but the database"):
        await db.write_at_once(work)

    assert await kept(db) == set()


async def test_a_caller_that_is_cancelled_leaves_its_transaction_whole(db: Database) -> None:
    async def work(connection: Connection) -> None:
        await put("k1")(connection)
        await put("k2")(connection)

    for _ in range(20):
        writing = asyncio.create_task(db.write_at_once(work))
        await asyncio.sleep(0)
        writing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await writing
        assert await kept(db) in (set(), {"k1", "k2"})
        await db.write_at_once(lambda c: c.execute(meta.delete().where(meta.c.key.like("k%"))))


async def test_both_kinds_of_writers_take_turns(db: Database) -> None:
    async def statement_by_statement(key: str) -> None:
        async with db.write() as connection:
            await put(key)(connection)

    await asyncio.gather(
        *(statement_by_statement(f"k{n}") for n in range(20)),
        *(db.write_at_once(put(f"kk{n}")) for n in range(20)),
    )

    assert len(await kept(db)) == 40


async def test_reading_sees_what_was_just_kept_and_can_not_write(db: Database) -> None:
    await db.write_at_once(put("k1"))

    assert await kept(db) == {"k1"}
    with pytest.raises(StorageError, match="may not be written"):
        await db.read_at_once(put("k2"))
    assert await kept(db) == {"k1"}
