"""What `Database` promises of PostgreSQL: clear refusals, locks that go with their process, a way back from a loss."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError

from bot.domain.conversation import SiteId
from bot.domain.errors import BotError, ConfigurationError, StorageError
from bot.store import Database, certainty, learned_scores
from bot.store import postgres as postgres_module
from bot.store.errors import TakenBackError
from bot.store.tables import gaps, meta
from tests.postgres import PASSWORD, PostgresServer

pytestmark = pytest.mark.parametrize("world", ["postgres"], indirect=True)


@pytest.fixture
async def other(db: Database, url: str) -> AsyncIterator[Database]:
    """A second process's worth of connections."""
    opened = await Database.open(url)
    yield opened
    await opened.close()


@pytest.fixture
def own_postgres(world: str) -> Iterator[PostgresServer]:
    """A server that a test may stop and start again."""
    server = PostgresServer().start()
    yield server
    server.remove()


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda url: url.replace("between", "not-between"), "user or password"),
        (lambda url: url.replace("foyer_", "nobody_"), "no such database"),
        (lambda url: re.sub(r":\d+/", ":1/", url), "cannot be reached"),
    ],
)
async def test_what_keeps_it_from_being_opened_is_named_without_the_password(
    url: str, change: Callable[[str], str], named: str
) -> None:
    with pytest.raises(StorageError, match=named) as caught:
        await Database.open(change(url))

    assert PASSWORD not in str(caught.value)


async def test_the_options_of_other_programs_urls_are_understood_or_named(url: str) -> None:
    await (await Database.open(f"{url}?sslmode=prefer")).close()

    with pytest.raises(ConfigurationError, match="'chanel_binding'"):
        await Database.open(f"{url}?chanel_binding=require")


async def test_writers_of_one_line_wait_for_each_other_and_of_two_do_not(
    db: Database, other: Database
) -> None:
    order = []

    async def write(who: Database, line: str | None, name: str) -> None:
        async with who.write(line) as conn:
            order.append(name)
            await conn.execute(insert(meta).values(key=name, value=""))

    async with db.write("a") as conn:
        same = asyncio.create_task(write(other, "a", "same line"))
        alone = asyncio.create_task(write(other, None, "alone"))
        async with asyncio.timeout(5):
            while await conn.scalar(_WAITING) < 2:  # noqa: ASYNC110 - the server is looked at
                await asyncio.sleep(0.01)
        order.append("first")
    async with asyncio.timeout(5):
        await asyncio.gather(same, alone)
    async with db.write("a"), asyncio.timeout(5), other.write("b"):
        order.append("both")

    assert order[0] == "first"
    assert order[-1] == "both"


_WAITING = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")


async def test_a_transaction_that_was_taken_back_is_begun_anew(db: Database) -> None:
    tries = []

    async def work(conn: Any) -> int:
        tries.append(1)
        await conn.execute(insert(meta).values(key="a", value=str(len(tries))))
        if len(tries) == 1:
            await conn.execute(text("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40P01'; END $$"))
        return len(tries)

    assert await db.write_at_once(work, "a") == 2
    async with db.read() as conn:
        assert await conn.scalar(select(meta.c.value).where(meta.c.key == "a")) == "2"
    assert issubclass(TakenBackError, StorageError)


async def test_what_postgresql_keeps_in_no_text_is_replaced(db: Database, noon: Any) -> None:
    kept = {"a": "x\x00y", "b": "half \ud83d", "c": r"a\u0000"}
    async with db.write() as conn:
        await conn.execute(
            insert(gaps).values(site_id="demo", question="a\x00b\ud800", conversation_id="c1", at=noon)
        )
        await learned_scores.keep(conn, site_id=SiteId("demo"), model=kept, at=noon)
    async with db.read() as conn:
        assert await conn.scalar(select(gaps.c.question)) == "a\ufffdb\ufffd"
        texts = await conn.execute(
            text("SELECT model ->> 'a', model ->> 'b', model ->> 'c' FROM learned_scores")
        )
        assert tuple(texts.one()) == ("x\ufffdy", "half \ufffd", r"a\u0000")


async def test_only_one_is_in_and_the_next_comes_when_its_process_is_gone(
    db: Database, other: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_module, "TRY_AGAIN_S", 0.01)
    monkeypatch.setattr(certainty, "LOOK_EVERY_S", 0.05)
    is_in = asyncio.Event()

    async def come_in() -> None:
        async with other.only_one("index demo"):
            is_in.set()

    with pytest.raises(StorageError, match="index demo"):  # noqa: PT012 - the stay is what ends
        async with db.only_one("index demo"), asyncio.timeout(5):
            following = asyncio.create_task(come_in())
            await asyncio.sleep(0.1)  # it tries several times meanwhile
            assert not is_in.is_set()
            async with db.write("x") as conn:
                await conn.execute(
                    text(
                        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE objsubid = 1 "
                        "AND locktype = 'advisory' AND pid <> pg_backend_pid()"
                    )
                )
            await asyncio.sleep(5)
    async with asyncio.timeout(5):
        await following


async def test_a_loss_of_the_database_is_told_at_once_and_it_comes_back_by_itself(
    own_postgres: PostgresServer,
) -> None:
    db = await Database.open(await own_postgres.new_database())
    async with db.write() as conn:
        await conn.execute(insert(meta).values(key="kept", value="1"))

    await asyncio.to_thread(own_postgres.end)
    async with asyncio.timeout(10):
        for _ in range(3):
            with pytest.raises(StorageError):
                await db.check()
            with pytest.raises(StorageError):
                async with db.write("a") as conn:
                    await conn.execute(insert(meta).values(key="lost", value="1"))
    await asyncio.to_thread(own_postgres.begin)

    await db.check()
    async with db.write("a") as conn:
        keys = set(await conn.scalars(select(meta.c.key)))
    assert ("kept" in keys, "lost" in keys) == (True, False)
    await db.close()


async def test_a_bug_of_ours_stays_a_bug(db: Database) -> None:
    with pytest.raises(DBAPIError) as caught:
        async with db.write("a") as conn:
            await conn.execute(text("SELECT nowhere FROM meta"))

    assert not isinstance(caught.value, BotError)


async def test_erased_rows_are_vacuumed_when_nobody_reads_them_any_more(db: Database, noon: Any) -> None:
    async with db.write() as conn:
        row = {"site_id": "demo", "question": "canary", "conversation_id": "c1", "at": noon}
        await conn.execute(insert(gaps), [row] * 50)
    async with db.read() as reading:
        await reading.scalar(select(gaps.c.question).limit(1))
        async with db.write() as conn:
            await conn.execute(text("DELETE FROM gaps"))
        assert await db.overwrite_erased() is False

    assert await db.overwrite_erased() is True
    async with db.read() as conn:
        assert await conn.scalar(text("SELECT pg_relation_size('gaps')")) == 0
