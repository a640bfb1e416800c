"""`foyer migrate`: bring the database to this version's schema, before a new version serves."""

import asyncio

import typer


def migrate() -> None:
    """Bring the database to the current schema; `serve` does it too. Safe to run beside servers, and twice.

    Example: FOYER_HOME=/var/lib/foyer foyer migrate
    """
    asyncio.run(bring_up_to_date())


async def bring_up_to_date() -> None:
    """Open the database, which migrates it, and say so."""
    from bot.assemble import load_environment, open_database

    environment = load_environment()
    where = f"in {environment.home}" if environment.database_url is None else "that FOYER_DATABASE_URL names"
    async with open_database(environment):
        typer.echo(f"The database {where} is up to date.")
