"""`foyer backup` and `foyer restore`: everything that is in the database as one file, and back."""

import asyncio
import shutil
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.opened import open_store
from bot.domain.errors import ConfigurationError


def backup(
    file: Annotated[Path, typer.Argument(help="A file that is not there yet.", metavar="FILE")],
) -> None:
    """Write the whole database, SQLite or PostgreSQL, into one file, as of one moment. Works beside running servers.

    Example: foyer backup /backup/foyer-2027-03-02.db
    """
    if file.exists():
        raise ConfigurationError(f"{file} is there already; name a new file.")
    if not file.parent.is_dir():
        raise ConfigurationError(f"{file} cannot be written: there is no folder {file.parent}.")
    typer.echo(f"Wrote {asyncio.run(_backup(file))} rows to {file}. Back up the site folders too.")


def restore(
    file: Annotated[Path, typer.Argument(help="What `foyer backup` wrote.", metavar="FILE")],
    replaces: Annotated[bool, typer.Option("--replace", help="Delete what is in the database now.")] = False,
) -> None:
    """Put a back-up into an empty database, or in place of one. Stop the servers first.

    Who was erased since the back-up was made is erased again, as far as this database knows of it.

    Example: foyer restore /backup/foyer-2027-03-02.db --replace
    """
    if not file.is_file():
        raise ConfigurationError(f"{file}: there is no such file.")
    n_rows, n_erased = asyncio.run(_restore(file, replaces=replaces))
    again = f" {n_erased} visitors who were erased since were erased again." if n_erased else ""
    typer.echo(f"Put back {n_rows} rows.{again} Visitors' windows load afresh; the index builds itself.")


async def _backup(file: Path) -> int:
    from bot.store.backup import write_backup

    async with open_store() as (_, db):
        return sum((await write_backup(db, file)).values())


async def _restore(file: Path, *, replaces: bool) -> tuple[int, int]:
    from bot.assemble import load_environment, now
    from bot.sources import own_home
    from bot.store.backup import restore_backup

    with own_home(load_environment().home):
        async with open_store() as (environment, db):
            restored = await restore_backup(db, file, at=now(), replaces=replaces)
        for name in ("index", "vectors"):  # of versions that the database does not know any more
            shutil.rmtree(environment.home / name, ignore_errors=True)
    return sum(restored.rows.values()), restored.erased
