"""A back-up of either database goes back into either, whole or not at all, and who was erased stays erased."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, select
from typer.testing import CliRunner

from bot.__main__ import app
from bot.domain.conversation import LeadId, SiteId
from bot.domain.errors import ConfigurationError, StorageError
from bot.sources import own_home
from bot.store import Database, gaps, leads, tombstones
from bot.store.backup import restore_backup, write_backup
from bot.store.copying import TABLES
from bot.store.tables import meta, sites
from tests.postgres import PostgresServer, in_thread
from tests.store.test_copying import rows_of, value_of

Make = Callable[..., Any]


@pytest.fixture(params=["sqlite", "postgres"])
def other_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A second database, in which there is nothing."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'other.db'}"
    server: PostgresServer = request.getfixturevalue("postgres")
    return in_thread(server.empty_database())


async def fill(db: Database) -> None:
    """Put rows into every table; of `meta`, the epoch alone."""
    async with db.write() as connection:
        for table in TABLES:
            if table is not meta:
                rows = [{column.name: value_of(column, n) for column in table.c} for n in range(3)]
                await connection.execute(insert(table), rows)


async def contents(db: Database) -> dict[str, list[Any]]:
    return {table.name: await rows_of(db, table) for table in TABLES if table is not meta}


async def test_every_row_comes_back_into_either_database_under_another_epoch(
    db: Database, other_url: str, tmp_path: Path, noon: datetime
) -> None:
    await fill(db)
    file = tmp_path / "kept" / "foyer.db"
    file.parent.mkdir()
    written = await write_backup(db, file)

    other = await Database.open(other_url)
    restored = await restore_backup(other, file, at=noon)

    assert await contents(other) == await contents(db)
    assert restored.rows == written
    assert [path.name for path in file.parent.iterdir()] == ["foyer.db"]
    assert file.stat().st_mode & 0o077 == 0
    assert len({str(await rows_of(one, meta)) for one in (db, other)}) == 2
    async with other.write() as connection:  # numbers go on after those that were put back
        await gaps.record_of_program(connection, site_id=SiteId("s"), question="q", at=noon)
    await other.close()


async def test_a_database_in_use_is_replaced_only_when_that_is_said(
    db: Database, tmp_path: Path, noon: datetime, make_lead: Make
) -> None:
    async with db.write() as connection:
        await leads.save(connection, row=make_lead(1), receipts=[])
    await write_backup(db, tmp_path / "backup")
    async with db.write() as connection:
        await leads.save(connection, row=make_lead(2), receipts=[])
    before = await contents(db)

    with pytest.raises(ConfigurationError, match="'leads' has rows"):
        await restore_backup(db, tmp_path / "backup", at=noon)

    assert await contents(db) == before
    await restore_backup(db, tmp_path / "backup", at=noon, replaces=True)
    assert [row[0] for row in (await contents(db))["leads"]] == ["l00001"]


async def test_who_was_erased_since_is_erased_again_and_stays_known_as_such(
    db: Database, tmp_path: Path, noon: datetime, start: Make, make_lead: Make
) -> None:
    async with db.write() as connection:
        for number in (1, 2):
            await start(connection, f"c{number}", visitor_id=f"v{number}")
            await leads.save(connection, row=make_lead(number), receipts=[])
    await write_backup(db, tmp_path / "backup")
    async with db.write() as connection:
        await leads.erase(connection, LeadId("l00002"), at=noon)
        stones = await tombstones.list_all(connection)

    restored = await restore_backup(db, tmp_path / "backup", at=noon, replaces=True)

    assert restored.erased == 1
    assert [row[0] for row in (await contents(db))["leads"]] == ["l00001"]
    async with db.read() as connection:
        assert await tombstones.list_all(connection) == stones


def another_programs(path: Path) -> bytes:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE meta (name TEXT)")
    return path.read_bytes()


@pytest.mark.parametrize("damage", ["empty", "text", "header", "another program's", "cut off"])
async def test_what_is_no_backup_changes_nothing(
    db: Database, tmp_path: Path, noon: datetime, make_lead: Make, damage: str
) -> None:
    async with db.write() as connection:
        await leads.save(connection, row=make_lead(1), receipts=[])
    await write_backup(db, tmp_path / "backup")
    whole = (tmp_path / "backup").read_bytes()
    kinds = {
        "empty": b"",
        "text": b"no database",
        "header": b"SQLite format 3\0" + b"\xff" * 5_000,
        "another program's": another_programs(tmp_path / "another.db"),
        "cut off": whole[: len(whole) // 2],
    }
    (tmp_path / "backup").write_bytes(kinds[damage])
    before = await contents(db)

    with pytest.raises((StorageError, ConfigurationError)):
        await restore_backup(db, tmp_path / "backup", at=noon, replaces=True)

    assert await contents(db) == before


async def test_what_is_written_meanwhile_is_not_in_it(db: Database, tmp_path: Path) -> None:
    """One moment: rows that refer to each other are all there or none of them is."""
    row = {column.name: value_of(column, 0) for column in sites.c}
    is_over = asyncio.Event()

    async def come_and_go() -> None:
        while not is_over.is_set():
            async with db.write() as connection:
                await connection.execute(insert(sites), [row])
            async with db.write() as connection:
                await connection.execute(delete(sites))

    writer = asyncio.create_task(come_and_go())
    for number in range(5):
        rows = await write_backup(db, tmp_path / f"backup{number}")
        assert rows["sites"] in {0, 1}
    is_over.set()
    await writer


def test_the_commands_write_and_put_back_on_a_home_that_no_server_owns(
    world: str, tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    monkeypatch.setenv("FOYER_HOME", str(home))
    if world == "postgres":
        monkeypatch.setenv("FOYER_DATABASE_URL", url)
    file = str(tmp_path / "backup")

    first, again = (CliRunner().invoke(app, ["backup", file]) for _ in range(2))
    (home / "index" / "of another version").mkdir(parents=True)
    with own_home(home):
        busy = CliRunner().invoke(app, ["restore", file])
    restored = CliRunner().invoke(app, ["restore", file])

    assert (first.exit_code, restored.exit_code) == (0, 0), restored.exception
    assert "already" in str(again.exception)
    assert "in use" in str(busy.exception)
    assert not (home / "index").exists()
    assert in_thread(epochs(url if world == "postgres" else f"sqlite+aiosqlite:///{home / 'foyer.db'}")) == 1


async def epochs(url: str) -> int:
    db = await Database.open(url)
    async with db.read() as connection:
        found = (await connection.execute(select(meta).where(meta.c.key == "epoch"))).all()
    await db.close()
    return len(found)
