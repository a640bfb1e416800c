"""Migrations make exactly the tables that the code knows, whole or not at all."""

import asyncio
import contextlib
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import insert, select, text

from bot.domain.errors import ConfigurationError
from bot.store import Database
from bot.store.migrate import HEAD, MIGRATIONS
from bot.store.tables import meta, metadata
from tests.postgres import fetch, in_thread

DIE_AT_TABLE = """
import asyncio, os, signal, sys
from alembic import op
from bot.store import Database
make, left = op.create_table, [int(sys.argv[2])]
def create_table(*args, **options):
    left[0] -= 1
    if left[0] < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return make(*args, **options)
op.create_table = create_table
asyncio.run(Database.open(sys.argv[1]))
"""
LOADED = """
import asyncio, sys
from bot.store import Database
async def main():
    await (await Database.open(sys.argv[1])).close()
asyncio.run(main())
print("alembic" in sys.modules)
"""


def run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, timeout=60, check=False
    )


@pytest.fixture
def empty_url(world: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """Return the URL of a database in which there is nothing."""
    if world == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'foyer.db'}"
    return in_thread(request.getfixturevalue("postgres").empty_database())


async def test_the_migrations_make_the_tables_of_the_code(db: Database) -> None:
    async with db.write() as conn:
        differences = await conn.run_sync(
            lambda sync: compare_metadata(
                MigrationContext.configure(sync, opts={"compare_type": True}), metadata
            )
        )

    assert differences == []


@pytest.mark.parametrize("world", ["sqlite"], indirect=True)
async def test_the_migrated_schema_has_the_constraints_that_the_code_relies_on(db: Database) -> None:
    async with db.read() as conn:
        unique = set()
        for name in await conn.scalars(
            text("SELECT name FROM pragma_index_list('messages') WHERE \"unique\"")
        ):
            rows = await conn.scalars(text("SELECT name FROM pragma_index_info(:index)"), {"index": name})
            unique.add(tuple(rows))

    assert {("conversation_id", "seq"), ("conversation_id", "client_message_id"), ("in_reply_to",)} <= unique


def test_head_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))

    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


async def test_a_database_of_a_newer_version_is_refused(db: Database, url: str) -> None:
    async with db.write() as conn:
        await conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(ConfigurationError, match="9999"):
        await Database.open(url)


@pytest.mark.slow
def test_a_current_database_is_opened_without_alembic(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'foyer.db'}"

    first, second = run(LOADED, url), run(LOADED, url)

    assert (first.stdout.strip(), second.stdout.strip()) == ("True", "False"), first.stderr


@pytest.mark.slow
@pytest.mark.parametrize("tables_made", [1, 10, 19])
async def test_a_migration_that_is_killed_leaves_the_old_schema_and_can_be_run_again(
    empty_url: str, tables_made: int
) -> None:
    killed = run(DIE_AT_TABLE, empty_url, str(tables_made))

    assert killed.returncode == -9, killed.stderr
    assert tables_in(empty_url) == 0
    again = await Database.open(empty_url)
    await again.check()
    await again.close()
    assert tables_in(empty_url) > len(metadata.tables)


def tables_in(url: str) -> int:
    """Count a database's tables from outside."""
    if url.startswith("postgresql"):
        return int(
            fetch(url, "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'")[0][0]
        )
    with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite+aiosqlite:///"))) as raw:
        return int(raw.execute("SELECT count(*) FROM sqlite_master WHERE type = 'table'").fetchone()[0])


async def test_text_is_compared_byte_by_byte(db: Database) -> None:
    async with db.write() as conn:
        for name in ("b", "A", "Ä", "_", "a"):
            await conn.execute(insert(meta).values(key=name, value=""))
        keys = list(
            await conn.scalars(
                select(meta.c.key).where(meta.c.key.not_in(("epoch", "course"))).order_by(meta.c.key)
            )
        )
        if conn.dialect.name == "postgresql":
            of_us = (
                "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
            )
            others = (
                await conn.execute(
                    text(f"{of_us} AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'")
                )
            ).all()
            assert others == []

    assert keys == ["A", "_", "a", "b", "Ä"]


async def test_processes_that_start_at_once_make_the_schema_once(empty_url: str) -> None:
    opened = await asyncio.gather(*(Database.open(empty_url) for _ in range(4)))

    assert len({database.epoch for database in opened}) == 1
    for database in opened:
        await database.check()
        await database.close()
