"""What `foyer check` compares: the folder as it is now, unindexed, beside the version that answers visitors."""

import asyncio
from dataclasses import dataclass
from functools import partial

import numpy as np

from bot.assemble.live_site import LiveSite
from bot.assemble.offline import OpenOne, simulations_of
from bot.assemble.storage import open_database
from bot.domain.conversation import SiteId
from bot.settings import Environment, Site
from bot.sources import ActiveKnowledge, OnBatch, Written, read_written
from bot.store import Connection, asked, passages
from bot.store.passages import IndexVersion
from knowledge import Document, Embedder, Passage


@dataclass(frozen=True, slots=True)
class Review:
    """What is written now and how to talk with it; what was written before, and what visitors often ask."""

    written: Written
    open_one: OpenOne
    before: Written | None
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the home knows of a site: versions that may be the one before, newest first, and questions."""

    versions: tuple[Written, ...] = ()
    asked: tuple[str, ...] = ()


async def review_site(
    site: Site, documents: list[Document], environment: Environment, embedder: Embedder, *, on_batch: OnBatch
) -> Review:
    """Read what is written now with the vectors that this home has; nothing is stored."""
    kept = _Kept()
    if (environment.home / "foyer.db").is_file():
        async with open_database(environment) as db, db.read() as connection:
            kept = await _read_kept(connection, SiteId(site.id), embedder)
    known = {key: vector.tobytes() for version in kept.versions for key, vector in version.vectors.items()}
    read = partial(read_written, documents, embedder, known, on_batch=on_batch)
    written = await asyncio.to_thread(read)
    live = LiveSite(site)
    live.serve(ActiveKnowledge(0, written.base))
    before = next((version for version in kept.versions if version.hashes != written.hashes), None)
    return Review(written, simulations_of(live), before, kept.asked)


async def _read_kept(connection: Connection, site_id: SiteId, embedder: Embedder) -> _Kept:
    found = (
        await passages.active_version(connection, site_id),
        await passages.previous_version(connection, site_id),
    )
    sound = [version for version in found if version is not None and version.model_id == embedder.model_id]
    versions = tuple([await _read_version(connection, version, embedder) for version in sound])
    return _Kept(versions, tuple(await asked.often_answered(connection, site_id)))


async def _read_version(connection: Connection, version: IndexVersion, embedder: Embedder) -> Written:
    rows = await passages.rows(connection, version)
    stored = await passages.vectors(connection, version)
    documents = await passages.documents(connection, version)
    return Written(
        tuple(Passage.from_row(row) for row in rows),
        {key: np.frombuffer(blob, dtype="<f4") for key, blob in stored.items()},
        embedder,
        {document.document_id: document.source for document in documents},
        {document.document_id: document.content_hash for document in documents},
    )
