"""Open the version that serves, from the vector index or, when that is damaged or not ours to open, from the rows."""

import asyncio
from dataclasses import dataclass

import numpy as np
import structlog

from bot.domain.conversation import SiteId
from bot.domain.errors import NotFoundError
from bot.sources.collections import collection_name
from bot.sources.sync import build_collection, finds_its_own
from bot.store import Database, passages
from bot.store.passages import IndexVersion
from knowledge import (
    ChromaStore,
    Embedder,
    ExactIndex,
    IndexUnavailableError,
    KnowledgeBase,
    Passage,
    VectorIndex,
)

log = structlog.get_logger(__name__)

Vectors = dict[str, np.ndarray]


@dataclass(frozen=True, slots=True)
class ActiveKnowledge:
    """The version that serves: its number, what answers, and its passages in the order of the sources."""

    version: int
    base: KnowledgeBase
    passages: tuple[Passage, ...]


async def open_active(
    db: Database, chroma: ChromaStore, site_id: SiteId, embedder: Embedder
) -> ActiveKnowledge:
    """Return the active version; a damaged vector index is made again from the rows."""
    version, split, vectors = await load_rows(db, site_id)
    index = await asyncio.to_thread(open_or_rebuild, chroma, collection_name(version), vectors)
    base = await asyncio.to_thread(knowledge_base, split, index, embedder, version.language)
    return ActiveKnowledge(version.version, base, tuple(split))


async def exact_knowledge(db: Database, site_id: SiteId, embedder: Embedder) -> ActiveKnowledge:
    """Return the active version, compared exactly, without touching the vector index."""
    version, split, vectors = await load_rows(db, site_id)
    base = await asyncio.to_thread(knowledge_base, split, exact_index(vectors), embedder, version.language)
    return ActiveKnowledge(version.version, base, tuple(split))


def knowledge_base(
    split: list[Passage], index: VectorIndex, embedder: Embedder, language: str | None
) -> KnowledgeBase:
    """Return what answers from the passages; an unknown language is taken for one without a stemmer."""
    return KnowledgeBase(split, index, embedder, language=language or "und")


async def load_rows(db: Database, site_id: SiteId) -> tuple[IndexVersion, list[Passage], Vectors]:
    """Read the active version whole.

    Raises:
        NotFoundError: the site was never indexed here.
    """
    async with db.read() as connection:
        version = await passages.active_version(connection, site_id)
        if version is None:
            raise NotFoundError(f"Site {site_id!r} is not indexed yet. Run `foyer index` on its folder.")
        rows = await passages.rows(connection, version)
        stored = await passages.vectors(connection, version)
    split = [Passage.from_row(row) for row in rows]
    return version, split, {key: np.frombuffer(blob, dtype="<f4") for key, blob in stored.items()}


def open_or_rebuild(chroma: ChromaStore, name: str, vectors: Vectors) -> VectorIndex:
    """Open a version's vector index; build it again when it is missing, short or broken."""
    try:
        index = chroma.open(name)
        if len(index) == len(vectors) and finds_its_own(index, vectors):
            return index
        reason = "it does not hold the version's vectors"
    except IndexUnavailableError as error:
        reason = str(error)
    log.warning("index.rebuilt", collection=name, reason=reason)
    if name in chroma.names():
        chroma.drop(name)
    build_collection(chroma, name, vectors)
    return chroma.open(name)


def exact_index(vectors: Vectors) -> ExactIndex:
    """Return an index that compares with every vector."""
    keys = list(vectors)
    return ExactIndex(
        keys, np.stack([vectors[key] for key in keys]) if keys else np.empty((0, 0), np.float32)
    )


async def drop_old_versions(db: Database, chroma: ChromaStore, site_id: SiteId) -> None:
    """Remove every version but the serving one and the rows of the one before it, which `foyer check` compares.

    Vectors that nobody uses go, and collections left by a kill.
    """
    async with db.write() as connection:
        active = await passages.active_version(connection, site_id)
        if active is None:
            return
        kept = collection_name(active)
        before = await passages.previous_version(connection, site_id)
        spared = {active.version, before.version if before else active.version}
        versions = await passages.versions(connection, site_id)
        for version in versions:
            if version.version not in spared:
                await passages.drop_version(connection, version)
        await passages.forget_unused_vectors(connection, site_id)
    prefix = kept.removesuffix(str(active.version))
    for name in await asyncio.to_thread(chroma.names):
        if name != kept and name.startswith(prefix) and name.removeprefix(prefix).isdigit():
            await asyncio.to_thread(chroma.drop, name)
