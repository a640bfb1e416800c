"""What `foyer check` compares: the folder as it is now, unindexed, beside the version that answers visitors."""

from dataclasses import dataclass
from functools import partial

from bot.assemble.live_site import LiveSite
from bot.assemble.offline import OpenOne, simulations_of
from bot.assemble.storage import open_database
from bot.domain.conversation import SiteId
from bot.settings import Environment, Site
from bot.sources import ActiveKnowledge, OnBatch, Written, read_written
from bot.store import Database, passages
from knowledge import Document, Embedder


@dataclass(frozen=True, slots=True)
class Review:
    """What is written now, and how to talk with it."""

    written: Written
    open_one: OpenOne


async def review_site(
    site: Site, documents: list[Document], environment: Environment, embedder: Embedder, *, on_batch: OnBatch
) -> Review:
    """Read what is written now with the vectors that this home has; nothing is stored."""
    import asyncio

    known: dict[str, bytes] = {}
    if (environment.home / "foyer.db").is_file():
        async with open_database(environment) as db:
            known = await vectors_kept(db, SiteId(site.id), embedder)
    read = partial(read_written, documents, embedder, known, on_batch=on_batch)
    written = await asyncio.to_thread(read)
    live = LiveSite(site)
    live.serve(ActiveKnowledge(0, written.base, written.passages))
    return Review(written, simulations_of(live))


async def vectors_kept(db: Database, site_id: SiteId, embedder: Embedder) -> dict[str, bytes]:
    """Return the vectors of the version that serves, when they are this model's."""
    async with db.read() as connection:
        version = await passages.active_version(connection, site_id)
        if version is None or version.model_id != embedder.model_id:
            return {}
        return await passages.vectors(connection, version)
