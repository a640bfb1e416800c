"""The epoch stays as long as the database's history does, and no longer."""

import asyncio
import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import insert, text

from bot.domain.errors import StorageError
from bot.store import Database
from bot.store.epoch import begin_epoch
from bot.store.tables import meta
from tests.postgres import PostgresServer, find_tool, in_thread

ON_POSTGRES = pytest.mark.parametrize("world", ["postgres"], indirect=True)


def run_tool(name: str, *arguments: str) -> None:
    subprocess.run([str(find_tool(name)), *arguments], check=True, capture_output=True, cwd="/")


@pytest.fixture
def dump(postgres: PostgresServer, url: str, tmp_path: Path) -> Callable[..., None]:
    """Return what puts the database back as it is now."""
    in_thread(open_once(url))
    file, name = str(tmp_path / "dump"), url.rpartition("/")[2]
    run_tool("pg_dump", "--format=custom", f"--file={file}", url)

    def put_back(how: str) -> None:
        if how == "drop, create, restore":
            in_thread(postgres.run(f"DROP DATABASE {name} WITH (FORCE)"))
            in_thread(postgres.run(f"CREATE DATABASE {name} TEMPLATE template0"))
            run_tool("pg_restore", f"--dbname={url}", file)
        elif how == "restore over it":
            run_tool("pg_restore", "--clean", "--single-transaction", f"--dbname={url}", file)
        else:
            in_thread(postgres.run("TRUNCATE meta", name=name))
            run_tool("pg_restore", "--data-only", "--table=meta", f"--dbname={url}", file)

    return put_back


async def look(db: Database) -> bool:
    """See whether the epoch is new, once old connections are found to be gone."""
    async with asyncio.timeout(10):
        while True:
            try:
                return await db.is_epoch_new()
            except StorageError:
                await asyncio.sleep(0.02)


async def open_once(url: str) -> str:
    db = await Database.open(url)
    await db.close()
    return db.epoch


HOW = ["drop, create, restore", "restore over it", "only the rows"]


@ON_POSTGRES
@pytest.mark.parametrize("how", HOW)
async def test_a_restored_database_has_another_epoch_and_the_same_salt(
    url: str, dump: Callable[..., None], how: str
) -> None:
    running, other = await Database.open(url), await Database.open(url)
    epoch = running.epoch
    assert not await running.is_epoch_new()

    dump(how)

    assert await look(running)
    assert await look(other)
    assert not await running.is_epoch_new()
    assert running.epoch == other.epoch == await open_once(url) != epoch
    assert {running.salt, other.salt} == {epoch}
    await running.close()
    await other.close()


@ON_POSTGRES
async def test_it_is_seen_at_the_next_start_too(url: str, dump: Callable[..., None]) -> None:
    before = await open_once(url)

    dump(HOW[0])

    after = await open_once(url)
    assert after != before
    assert await open_once(url) == after


@ON_POSTGRES
async def test_a_copy_made_by_the_server_has_another_epoch(postgres: PostgresServer, url: str) -> None:
    before = await open_once(url)
    name = url.rpartition("/")[2]
    await postgres.run(f"CREATE DATABASE {name}_copy TEMPLATE {name}")

    assert await open_once(f"{url}_copy") != before


async def test_what_changes_no_history_leaves_the_epoch(db: Database, url: str) -> None:
    epoch = db.epoch
    async with db.write() as connection:
        await connection.execute(insert(meta).values(key="more", value="x"))
    assert await db.overwrite_erased()
    if db.is_shared:
        await in_database(url, "VACUUM (FULL, FREEZE) meta", "CHECKPOINT", "SELECT pg_switch_wal()")

    assert not await db.is_epoch_new()
    assert await open_once(url) == db.epoch == epoch


async def in_database(url: str, *statements: str) -> None:
    connection = await asyncpg.connect(url)
    for statement in statements:
        await connection.execute(statement)
    await connection.close()


async def test_a_new_epoch_of_another_process_is_taken_over(db: Database, url: str) -> None:
    other = await Database.open(url)
    async with other.write() as connection:
        begun = await begin_epoch(connection, "by another")

    assert await db.is_epoch_new()
    assert (db.epoch, db.salt) == ("by another", begun.salt)
    assert not await db.is_epoch_new()
    await other.close()


@ON_POSTGRES
async def test_a_role_that_may_read_little_tells_courses_apart_by_the_rest(
    postgres: PostgresServer, url: str
) -> None:
    name = url.rpartition("/")[2]
    role = f"plain_{name}"
    await postgres.run(
        f"CREATE ROLE {role} LOGIN PASSWORD 'x'; GRANT ALL ON ALL TABLES IN SCHEMA public TO {role};"
        "REVOKE EXECUTE ON FUNCTION pg_control_system(), pg_current_wal_lsn() FROM PUBLIC",
        name=name,
    )
    plain = await Database.open(url.replace("foyer:between%20us", f"{role}:x"))
    epoch = plain.epoch

    assert not await plain.is_epoch_new()
    assert await open_once(url) == epoch  # a role that may read more
    assert not await plain.is_epoch_new()
    await in_database(url, "UPDATE meta SET value = value WHERE key = 'epoch'")
    assert await plain.is_epoch_new()
    await plain.close()


@ON_POSTGRES
async def test_a_database_that_is_being_restored_is_no_database_yet(url: str) -> None:
    db = await Database.open(url)
    epoch = db.epoch
    await in_database(url, "DROP TABLE alembic_version")

    with pytest.raises(StorageError, match="being restored"):
        await db.is_epoch_new()
    assert db.epoch == epoch
    await db.close()


@pytest.fixture
def cluster() -> Iterator[PostgresServer]:
    server = PostgresServer().start()
    yield server
    server.remove()


@pytest.fixture
async def running(cluster: PostgresServer) -> AsyncIterator[Database]:
    db = await Database.open(await cluster.new_database())
    yield db
    await db.close()


@pytest.mark.slow
@pytest.mark.parametrize("is_recovered", [False, True], ids=["a snapshot", "a point in time"])
async def test_a_server_that_is_put_back_is_noticed(
    cluster: PostgresServer, running: Database, is_recovered: bool
) -> None:
    epoch = running.epoch
    cluster.end()
    kept = cluster.folder.with_name("kept")
    shutil.copytree(cluster.folder, kept)
    own(kept)
    cluster.begin()
    assert not await look(running)
    async with running.write() as connection:
        await connection.execute(insert(meta).values(key="lost", value="x" * 100_000))
    assert not await running.is_epoch_new()

    cluster.end()
    shutil.rmtree(cluster.folder)
    kept.rename(cluster.folder)
    if is_recovered:
        (cluster.folder / "recovery.signal").touch()
        with (cluster.folder / "postgresql.auto.conf").open("a") as settings:
            settings.write("restore_command = 'false'\n")
        own(cluster.folder)
    cluster.begin()

    assert await look(running)
    assert running.epoch != epoch
    async with running.read() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM meta WHERE key = 'lost'")) == 0


def own(folder: Path) -> None:
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, "postgres", "postgres")
