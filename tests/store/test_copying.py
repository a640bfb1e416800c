"""A home's database is copied to PostgreSQL whole, or not at all."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, Date, Float, Integer, LargeBinary, Table, insert, inspect, select
from typer.testing import CliRunner

from bot.__main__ import app
from bot.domain.errors import ConfigurationError, StorageError
from bot.sources import own_home
from bot.store import Database, copying
from bot.store.columns import Json, UtcTime
from bot.store.copying import ROWS_AT_ONCE, TABLES, copy_all
from bot.store.tables import facts, messages
from tests.postgres import PostgresServer, fetch, in_thread

ROWS = ROWS_AT_ONCE + 2
"""So many of each: more than are copied at once."""
NOON = datetime(2026, 3, 2, 12, 0, 0, 123456, tzinfo=UTC)


def value_of(column: Column[Any], n: int) -> Any:
    """Return something that the column keeps; what refers to another row says what stands there."""
    for reference in column.foreign_keys:
        return value_of(reference.column, n)
    if isinstance(column.type, Boolean | Integer | Float):
        return column.type.python_type(n % 2 if isinstance(column.type, Boolean) else n + 1)
    if isinstance(column.type, LargeBinary):
        return f"{column} {n}".encode() + b"\x00\xff"
    if isinstance(column.type, Date):
        return NOON.date() + timedelta(days=n)
    if isinstance(column.type, UtcTime):
        return NOON.replace(microsecond=n)
    if isinstance(column.type, type(Json)):
        return [{"z": "größer", "a": [n, None, 0.1]}]
    return f"{column} {n} — 日本 'quoted' 🙂"


@pytest.fixture
async def source(tmp_path: Path) -> AsyncIterator[Database]:
    """A database in whose every table there are rows."""
    db = await Database.open(f"sqlite+aiosqlite:///{tmp_path / 'foyer.db'}")
    async with db.write() as connection:
        for table in TABLES:
            rows = [{column.name: value_of(column, n) for column in table.c} for n in range(ROWS)]
            await connection.execute(insert(table), rows)
    yield db
    await db.close()


@pytest.fixture
def empty(postgres: PostgresServer) -> str:
    return in_thread(postgres.empty_database())


async def rows_of(db: Database, table: Table) -> list[Any]:
    async with db.read() as connection:
        rows = await connection.execute(select(table).order_by(*table.primary_key.columns))
        return [tuple(row) for row in rows]


async def copied(source: Database, target: Database) -> None:
    async with source.read() as reading, target.write() as writing:
        await copy_all(reading, writing)


async def test_every_row_of_every_table_is_there_afterwards(source: Database, empty: str) -> None:
    target = await Database.open(empty)
    await copied(source, target)

    for table in TABLES:
        assert await rows_of(target, table) == await rows_of(source, table), table.name
    async with source.read() as connection:
        names = set(await connection.run_sync(lambda sync: inspect(sync).get_table_names()))
    assert {table.name for table in TABLES} == names - {"alembic_version", "sqlite_sequence"}

    new = {column.name: value_of(column, 0) for column in facts.c if column.name != "fact_id"}
    async with target.write() as connection:
        await connection.execute(insert(facts), [new])  # its number is not one of those that were copied
    await target.close()


async def test_a_database_that_holds_something_is_refused_and_stays_as_it_is(
    source: Database, empty: str
) -> None:
    target = await Database.open(empty)
    kept = {column.name: value_of(column, 7) for column in copying.meta.c}
    async with target.write() as connection:
        await connection.execute(insert(copying.meta), [kept])
        site = next(table for table in TABLES if table.name == "sites")
        await connection.execute(insert(site), [{column.name: value_of(column, 7) for column in site.c}])

    with pytest.raises(ConfigurationError, match=r"not empty .*sites"):
        await copied(source, target)

    assert len(await rows_of(target, site)) == 1
    assert await rows_of(target, messages) == []
    await target.close()


async def test_what_does_not_arrive_whole_is_not_kept_at_all(
    source: Database, empty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = await Database.open(empty)
    copy_table = copying._copy

    async def forgetful(reading: Any, writing: Any, table: Table) -> None:
        await copy_table(reading, writing, table)
        if table is messages:
            await writing.execute(messages.delete().where(messages.c.seq == 5))

    monkeypatch.setattr(copying, "_copy", forgetful)

    with pytest.raises(StorageError, match="messages"):
        await copied(source, target)

    assert [await rows_of(target, table) for table in TABLES if table is not copying.meta] == [[]] * (
        len(TABLES) - 1
    )
    await target.close()


def test_the_command_copies_a_home_that_no_server_owns(
    tmp_path: Path, empty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOYER_HOME", str(tmp_path))
    monkeypatch.setenv("FOYER_DATABASE_URL", empty)
    missing = CliRunner().invoke(app, ["copy"])
    in_thread(made(tmp_path))
    with own_home(tmp_path):
        busy = CliRunner().invoke(app, ["copy"])
    done = CliRunner().invoke(app, ["copy"])

    assert "no foyer.db" in str(missing.exception)
    assert busy.exit_code != 0
    assert done.exit_code == 0, done.exception
    assert "messages" in done.output
    assert len(fetch(empty, "SELECT * FROM meta")) == 1


async def made(home: Path) -> None:
    """Make a home's database."""
    db = await Database.open(f"sqlite+aiosqlite:///{home / 'foyer.db'}")
    await db.close()
