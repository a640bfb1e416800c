"""`foyer copy`: from the file in FOYER_HOME to the database that FOYER_DATABASE_URL names."""

import asyncio
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from bot.settings import Environment


def copy() -> None:
    """Copy the SQLite database of FOYER_HOME into an empty PostgreSQL, whole or not at all. Stop the server first.

    Example: FOYER_DATABASE_URL=postgresql://foyer:secret@db.internal/foyer foyer copy
    """
    from bot.assemble import load_environment
    from bot.domain.errors import ConfigurationError
    from bot.sources import own_home

    environment = load_environment()
    if environment.database_url is None:
        raise ConfigurationError("Say where to copy to: set FOYER_DATABASE_URL to an empty PostgreSQL.")
    if not (environment.home / "foyer.db").is_file():
        raise ConfigurationError(f"There is no foyer.db in {environment.home}; FOYER_HOME says where it is.")
    with own_home(environment.home):
        asyncio.run(copy_database(environment))


async def copy_database(environment: "Environment") -> None:
    """Copy, and say how much it was."""
    from bot.assemble import open_database
    from bot.store.copying import copy_all

    in_file = environment.model_copy(update={"database_url": None})
    async with (
        open_database(in_file) as source,
        open_database(environment) as target,
        source.read() as reading,
        target.write() as writing,
    ):
        copied = await copy_all(reading, writing)
    for table, rows in copied.items():
        typer.echo(f"{table:24}{rows:>12}")
    typer.echo("Copied. Servers with this FOYER_DATABASE_URL go on from here.")
