"""Which folder a command means: one that is named, that of a site's id, or the only one served from this FOYER_HOME."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.domain.errors import ConfigurationError

if TYPE_CHECKING:
    from bot.store.sites import SiteRow

THE_ONLY_ONE = Path("-")
"""Stands for a site that was not named."""


def find_folder(named: Path) -> Path:
    """Return the site's folder.

    Args:
        named: a folder, the id of a site served from this FOYER_HOME, or `THE_ONLY_ONE`.

    Raises:
        ConfigurationError: it is none of these, there is none, or there are several.
    """
    if named.is_dir():
        return named
    known = {str(row.site_id): Path(row.folder) for row in asyncio.run(_served())}
    if named == THE_ONLY_ONE:
        return _only(known)
    if str(named) not in known:
        what = f"neither a folder nor a site's id ({', '.join(known)})" if known else "no folder"
        raise ConfigurationError(f"{named} is {what}; `foyer init {named}` writes a site there.")
    return _there(str(named), known)


def _only(known: dict[str, Path]) -> Path:
    if not known:
        raise ConfigurationError(
            "Name the site's folder as SITE: none was served from this FOYER_HOME yet. `foyer init DIR` writes one."
        )
    if len(known) > 1:
        raise ConfigurationError(
            f"Several sites were served from this FOYER_HOME; name one: {', '.join(known)}."
        )
    return _there(next(iter(known)), known)


def _there(site_id: str, known: dict[str, Path]) -> Path:
    if not known[site_id].is_dir():
        raise ConfigurationError(f"The folder of {site_id!r} is gone: {known[site_id]}. Name its new one.")
    return known[site_id]


def site_and_file(first: Path, file: Path | None) -> tuple[Path, Path]:
    """Return the site's folder and the file after it; where only one is given that is the file.

    Raises:
        ConfigurationError: which site is meant is not known.
    """
    return (find_folder(THE_ONLY_ONE), first) if file is None else (find_folder(first), file)


async def _served() -> "list[SiteRow]":
    from bot.assemble import load_environment
    from bot.commands.opened import open_store
    from bot.store import sites

    environment = load_environment()
    if environment.database_url is None and not (environment.home / "foyer.db").is_file():
        return []
    async with open_store() as (_, db), db.read() as connection:
        return await sites.list_all(connection)


NAMED = "The site's folder, or the id of one that was served from here."
SiteArgument = Annotated[
    Path,
    typer.Argument(
        help=f"{NAMED} The only one, if none is named.",
        metavar="[SITE]",
        callback=find_folder,
        show_default=False,
    ),
]
NamedSite = Annotated[Path, typer.Argument(help=NAMED, metavar="SITE", callback=find_folder)]
SiteBeforeFile = Annotated[
    Path, typer.Argument(help=f"{NAMED} The only one, if none is named.", metavar="[SITE]")
]
