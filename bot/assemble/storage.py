"""Where things are kept: the database and the index folder of a FOYER_HOME."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.settings import Environment
from bot.store import Database
from knowledge import ChromaStore


def database_url(environment: Environment) -> str:
    """Return the URL of the database in the home folder."""
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


def open_index_folder(home: Path) -> ChromaStore:
    """Open the folder of the vector index; only the owner of the home may."""
    return ChromaStore(home / "index")
