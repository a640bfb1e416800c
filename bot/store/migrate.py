"""Brings a database to the schema of this version, in the transaction it is given: old or new, never between.

A database that is current costs one query; Alembic is imported only when there is something to do.
"""

from pathlib import Path

from sqlalchemy import Connection as SyncConnection
from sqlalchemy import inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import ConfigurationError

HEAD = "0014"
"""The newest revision in `migrations/versions`; a test compares the two."""

MIGRATIONS = Path(__file__).parent / "migrations"


async def is_current(connection: AsyncConnection) -> bool:
    """Whether the database has the schema of this version."""
    return await connection.run_sync(find_revision) == HEAD


async def bring_up_to_date(connection: AsyncConnection) -> None:
    """Run what is missing between the database's revision and `HEAD`.

    Raises:
        ConfigurationError: A newer version of Foyer has made this database.
    """
    await connection.run_sync(_bring_up_to_date)


def _bring_up_to_date(connection: SyncConnection) -> None:
    revision = find_revision(connection)
    if revision == HEAD:
        return
    if revision is not None and revision > HEAD:
        raise ConfigurationError(
            f"The database has schema {revision}, this version of Foyer knows only {HEAD}. "
            "Install the newer version again, or restore a backup made before it."
        )
    _upgrade(connection)


def find_revision(connection: SyncConnection) -> str | None:
    """Return the revision the database is at, None when it is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def _upgrade(connection: SyncConnection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
