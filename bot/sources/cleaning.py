"""What index runs leave behind is removed: old versions, their collections, vectors of nobody.

The rows of the version that served before stay, with their vectors: `foyer check` compares answers with them.

Promises: done in short transactions, so that visitors' messages are not kept waiting; cut off anywhere, it is
taken up by the next run.
"""

import asyncio

from bot.domain.conversation import SiteId
from bot.sources.collections import collection_name, collection_prefix
from bot.store import Connection, Database, knowledge_line, passages, version_pages
from bot.store.passages import IndexVersion
from knowledge import IndexStore

ROWS_AT_A_TIME = 500


async def drop_other_versions(db: Database, chroma: IndexStore, site_id: SiteId) -> None:
    """Remove every version but the serving one and the one before it, and all other collections; vectors stay."""
    async with db.read() as connection:
        active = await passages.active_version(connection, site_id)
        leftover = await leftover_versions(connection, site_id)
    kept = collection_name(active) if active else ""
    prefix = collection_prefix(site_id)
    for name in await asyncio.to_thread(lambda: {*chroma.names(), *chroma.leftovers()}):
        if name != kept and name.startswith(prefix) and name.removeprefix(prefix).isdigit():
            await asyncio.to_thread(chroma.drop, name)
    for version in leftover:
        is_more = True
        while is_more:
            async with db.write(knowledge_line(site_id)) as connection:
                is_more = await version_pages.drop_slice(connection, version, limit=ROWS_AT_A_TIME)
        async with db.write(knowledge_line(site_id)) as connection:
            await passages.drop_version(connection, version)


async def leftover_versions(connection: Connection, site_id: SiteId) -> list[IndexVersion]:
    """Return the versions that neither serve nor served last."""
    kept = {
        version.version
        for version in (
            await passages.active_version(connection, site_id),
            await passages.previous_version(connection, site_id),
        )
        if version is not None
    }
    return [v for v in await passages.versions(connection, site_id) if v.version not in kept]


async def forget_unused_vectors(db: Database, site_id: SiteId) -> None:
    """Delete the vectors that no version has: not before a run has come to its end, for the next may need them."""
    async with db.read() as connection:
        models = await version_pages.vector_models(connection, site_id)
    for model_id in models:
        after: str | None = ""
        while after is not None:
            async with db.write(knowledge_line(site_id)) as connection:
                after = await version_pages.forget_unused_slice(
                    connection, site_id=site_id, model_id=model_id, after=after, limit=ROWS_AT_A_TIME
                )
