"""A PostgreSQL that hangs: its connections stay open and nothing is answered. Nobody waits long, and it comes back."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from typing import Any

import pytest
from sqlalchemy import insert, select, text

from bot.domain.errors import StorageError
from bot.store import Database, certainty, presence
from bot.store import postgres as postgres_module
from bot.store.tables import meta
from tests.postgres import PostgresServer

pytestmark = pytest.mark.parametrize("world", ["postgres"], indirect=True)

GUARD_S = 8.0
"""No answer of the store's, but the end of a test that would hang."""


@pytest.fixture(scope="module")
def frozen() -> Iterator[PostgresServer]:
    """A server that tests may stop where it stands."""
    server = PostgresServer().start()
    yield server
    server.remove()


@pytest.fixture
async def db(world: str, frozen: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Database]:
    monkeypatch.setattr(presence, "PATIENCE_S", 0.2)
    monkeypatch.setattr(presence, "LOOK_EVERY_S", 0.05)
    monkeypatch.setattr(presence, "KNOCK_WITHIN_S", 0.3)
    monkeypatch.setattr(presence, "KNOCK_AGAIN_S", 0.05)
    monkeypatch.setattr(certainty, "LOOK_EVERY_S", 0.05)
    opened = await Database.open(await frozen.new_database())
    yield opened
    await asyncio.to_thread(frozen.thaw)
    await opened.close()


async def read(db: Database) -> None:
    async with db.read() as conn:
        await conn.execute(select(meta))


async def write(db: Database) -> None:
    async with db.write("a") as conn:
        await conn.execute(insert(meta).values(key="lost", value=""))


async def write_at_once(db: Database) -> None:
    async def work(conn: Any) -> None:
        await conn.execute(insert(meta).values(key="lost", value=""))

    await db.write_at_once(work, "a")


async def have_a_duty(db: Database) -> None:
    async with db.only_one("another duty"):
        await asyncio.sleep(GUARD_S)


WORKS = [read, write, write_at_once, have_a_duty, Database.check, Database.overwrite_erased]


async def until_back(db: Database) -> None:
    while True:
        try:
            await db.check()
        except StorageError:
            await asyncio.sleep(0.02)
        else:
            return


@pytest.mark.parametrize("work", WORKS)
async def test_what_waits_for_a_database_that_hangs_fails_soon_and_works_again_after(
    db: Database, frozen: PostgresServer, work: Callable[[Database], Coroutine[Any, Any, Any]]
) -> None:
    await read(db)
    await asyncio.to_thread(frozen.freeze)

    async with asyncio.timeout(GUARD_S):
        waiting = [asyncio.create_task(work(db)) for _ in range(30)]
        failed = await asyncio.gather(*waiting, return_exceptions=True)
        with pytest.raises(StorageError):
            await work(db)
    await asyncio.to_thread(frozen.thaw)

    assert {isinstance(error, StorageError) for error in failed} == {True}, failed
    async with asyncio.timeout(GUARD_S):
        await until_back(db)
        await write_at_once(db)


@pytest.mark.parametrize("stage", ["in a transaction", "at its commit", "in a duty"])
async def test_what_is_under_way_when_the_database_hangs_ends_too(
    db: Database, frozen: PostgresServer, stage: str
) -> None:
    async def be_cut_off() -> None:
        if stage == "in a duty":
            async with db.only_one("a duty"):
                await asyncio.to_thread(frozen.freeze)
                await asyncio.sleep(GUARD_S)
        async with db.write("a") as conn:
            await conn.execute(insert(meta).values(key="lost", value=""))
            await asyncio.to_thread(frozen.freeze)
            if stage == "in a transaction":
                await conn.execute(text("SELECT 1"))

    async with asyncio.timeout(GUARD_S):
        with pytest.raises(StorageError):
            await be_cut_off()
    await asyncio.to_thread(frozen.thaw)

    async with asyncio.timeout(GUARD_S):
        await until_back(db)


async def test_a_slow_statement_of_a_database_that_speaks_is_waited_for(db: Database) -> None:
    async with db.read() as conn:
        assert await conn.scalar(text("SELECT 7 FROM pg_sleep(1)")) == 7


@pytest.mark.usefixtures("world")
async def test_a_statement_that_takes_too_long_is_given_up_and_its_connection_with_it(
    frozen: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_module, "ANSWER_WITHIN_S", 0.3)
    db = await Database.open(await frozen.new_database())

    async with asyncio.timeout(GUARD_S):
        with pytest.raises(StorageError, match="in time"):
            async with db.write("a") as conn:
                await conn.execute(text("SELECT pg_sleep(30)"))
        await write(db)
    await db.close()
