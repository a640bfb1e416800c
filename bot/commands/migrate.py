"""`foyer migrate`: bring the database to this version's schema, before a new version serves."""

import asyncio

import typer


def migrate() -> None:
    """Bring the database in FOYER_HOME to the current schema; `serve` does it too.

    Example: FOYER_HOME=/var/lib/foyer foyer migrate
    """
    asyncio.run(bring_up_to_date())


async def bring_up_to_date() -> None:
    """Open the database, which migrates it, and say so."""
    from bot.assemble import load_environment, open_database

    environment = load_environment()
    async with open_database(environment):
        typer.echo(f"The database in {environment.home} is up to date.")
