"""A site's knowledge for a program of one's own, as it was indexed last; works beside a running server."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bot.assemble.storage import open_database
from bot.domain.conversation import SiteId
from bot.domain.errors import ConfigurationError
from bot.settings import Environment, load_environment, load_site
from bot.sources import exact_knowledge
from bot.store import Database, passages
from knowledge import KnowledgeBase, load_embedder


def open_indexed(site: str | Path) -> KnowledgeBase:
    """Return what a site served from this FOYER_HOME answers from, read into memory from the database.

    Nothing is indexed: the next version is there for whoever opens it anew. May be called while an event loop runs.

    Args:
        site: the site's id, or its folder.

    Raises:
        NotFoundError: it was never indexed here.
        ConfigurationError: it was indexed with another embedding model.
    """
    site_id = SiteId(load_site(Path(site)).id if Path(site).is_dir() else str(site))
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, _open(site_id)).result()


async def find_base(environment: Environment, db: Database, site_id: SiteId) -> KnowledgeBase | None:
    """Return what a site answers from; None where it was never indexed here, or with another embedding model."""
    embedder = load_embedder(environment.embedding_model)
    async with db.read() as connection:
        version = await passages.active_version(connection, site_id)
    if version is None or version.model_id != embedder.model_id:
        return None
    return (await exact_knowledge(db, site_id, embedder)).base


async def _open(site_id: SiteId) -> KnowledgeBase:
    environment = load_environment()
    embedder = load_embedder(environment.embedding_model)
    async with open_database(environment) as db:
        async with db.read() as connection:
            version = await passages.active_version(connection, site_id)
        if version is not None and version.model_id != embedder.model_id:
            raise ConfigurationError(
                f"Site {site_id!r} is indexed with {version.model_id!r}, and FOYER_EMBEDDING_MODEL is "
                f"{environment.embedding_model!r}. Set it to what the server has."
            )
        return (await exact_knowledge(db, site_id, embedder)).base
