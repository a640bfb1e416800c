"""Where things are kept: the database and the index folder of a FOYER_HOME."""

import hashlib
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from bot.assemble.parts_of_life import now
from bot.domain.conversation import SiteId
from bot.leads import slot_rows
from bot.settings import Environment, Site
from bot.store import Database, sites
from knowledge import ChromaStore, IndexStore, ServerStore


def database_url(environment: Environment) -> str:
    """Return the URL of the database: the configured one, else that in the home folder."""
    if environment.database_url is not None:
        return environment.database_url.get_secret_value()
    return f"sqlite+aiosqlite:///{environment.home.resolve() / 'foyer.db'}"


@asynccontextmanager
async def open_database(environment: Environment) -> AsyncIterator[Database]:
    """Open the database, bringing its schema up to date."""
    environment.home.mkdir(parents=True, exist_ok=True)
    db = await Database.open(database_url(environment))
    try:
        yield db
    finally:
        await db.close()


def open_index(environment: Environment, epoch: str, *, view: Path | None = None) -> IndexStore:
    """Open what keeps the vector indexes: the configured server, or the folder of the home.

    On a server the database's `epoch` tells this installation's collections from others'. Indexes that this home made
    of another history are removed: numbers of versions come again, and name others there.
    """
    _forget_other_epochs(environment.home, epoch)
    if environment.chroma_url is None:
        return open_index_folder(environment.home, view)
    token = environment.chroma_token
    return ServerStore(
        environment.chroma_url,
        environment.home / "vectors",
        prefix=f"foyer-{hashlib.sha256(epoch.encode()).hexdigest()[:12]}",
        clock=now,
        token=token.get_secret_value() if token is not None else None,
    )


def _forget_other_epochs(home: Path, epoch: str) -> None:
    note = home / "index.epoch"
    known = note.read_text() if note.is_file() else None
    if known == epoch:
        return
    if known is not None:
        for name in ("index", "vectors"):
            shutil.rmtree(home / name, ignore_errors=True)
    home.mkdir(parents=True, exist_ok=True)
    note.write_text(epoch)


def open_index_folder(home: Path, view: Path | None = None) -> ChromaStore:
    """Open the folder of the vector indexes; only the owner of the home may build in it.

    What is no such folder, or was made before each index had its own, is removed: the rows hold the same vectors.
    Processes that read the same home have a `view` each.
    """
    folder = home / "index"
    if folder.exists() and not folder.is_dir():
        folder.unlink()
    if (folder / "chroma.sqlite3").exists():
        shutil.rmtree(folder)
    return ChromaStore(folder, view=view)


async def register_sites(db: Database, known: Sequence[Site]) -> None:
    """Remember which sites this home has, so that the lead list knows their slots without their folders."""
    async with db.write() as connection:
        for site in known:
            await sites.register(
                connection,
                site_id=SiteId(site.id),
                folder=str(site.folder.resolve()),
                name=site.name,
                slots=slot_rows(site.playbook),
                playbook_version=site.playbook.version,
                now=now(),
            )
