"""Open the version that serves, from its vector index or, when that is damaged or not ours to open, from the rows.

Promises: a damaged index is found before anything is served from it; meanwhile the version answers from its rows.
"""

import asyncio
import gc
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

import structlog

from bot.domain.conversation import SiteId
from bot.domain.errors import NotFoundError
from bot.sources.collections import collection_name
from bot.sources.makeshift import SteadyIndex, exact_index, makeshift_index, vector_pages
from bot.store import Database, passages, version_pages
from bot.store.passages import IndexVersion
from knowledge import (
    Embedder,
    IndexAwayError,
    IndexStore,
    IndexUnavailableError,
    KnowledgeBase,
    PackedPassages,
    Passage,
    VectorIndex,
    found_by_keys,
    key_numbers,
)

log = structlog.get_logger(__name__)

PROBES_AFTER = ("", *"123456789abcdef")
"""A vector's key is hexadecimal; the first after each of these must be in the index."""
ROWS_AT_A_TIME = 100


@dataclass(frozen=True, slots=True)
class ActiveKnowledge:
    """A version: its number, what answers, and `index` if that may break; `away`: why it cannot be reached now."""

    version: int
    base: KnowledgeBase
    index: SteadyIndex | None = None
    away: IndexAwayError | None = None

    @property
    def passages(self) -> PackedPassages:
        """Its passages in the order of the sources."""
        return self.base.passages

    @property
    def is_damaged(self) -> bool:
        """Whether it answers from rows, or by words alone, until its vector index is mended."""
        return self.index is not None and self.index.is_broken


async def open_active(
    db: Database, chroma: IndexStore, site_id: SiteId, embedder: Embedder
) -> ActiveKnowledge:
    """Return the active version. One whose vector index is damaged, or away, answers all the same, and says so."""
    version, away = await find_active(db, site_id), None
    try:
        await keep_missing_vectors(db, chroma, version)
        index = SteadyIndex(await asyncio.to_thread(chroma.open, collection_name(version)))
        await check_index(db, version, index)
    except IndexUnavailableError as error:
        away = error if isinstance(error, IndexAwayError) else None
        if away is None:
            log.warning("index.damaged", collection=collection_name(version), reason=str(error))
        index = SteadyIndex(await makeshift_index(db, version))
        index.is_broken = True
    return replace(await open_version(db, version, index, embedder), away=away)


async def keep_missing_vectors(db: Database, chroma: IndexStore, version: IndexVersion) -> None:
    """Write the vectors of a version to this machine where they are not here yet."""
    keeper = chroma.keeper_of_missing(collection_name(version))
    if keeper is None:
        return
    with keeper:
        async for keys, vectors in vector_pages(db, version):
            await asyncio.to_thread(keeper.add, keys, vectors)


async def exact_knowledge(db: Database, site_id: SiteId, embedder: Embedder) -> ActiveKnowledge:
    """Return the active version, compared exactly, without touching the vector index."""
    version = await find_active(db, site_id)
    return await open_version(db, version, SteadyIndex(await exact_index(db, version)), embedder)


async def mend(db: Database, chroma: IndexStore, site_id: SiteId) -> None:
    """Build the active version's vector index again from its rows; whoever has the old one open keeps it.

    Raises:
        KnowledgeError: it cannot be built.
    """
    version = await find_active(db, site_id)
    name = collection_name(version)
    await asyncio.to_thread(chroma.drop, name)
    found_by: set[str] = set()
    async for some in passage_pages(db, version):
        found_by.update(key for passage in some for key in found_by_keys(passage))
    with chroma.begin(name) as builder:
        async for keys, vectors in vector_pages(db, version):
            await asyncio.to_thread(builder.add, keys, vectors, [key for key in keys if key not in found_by])
        await asyncio.to_thread(builder.finish)
    log.warning("index.mended", collection=name)


async def find_active(db: Database, site_id: SiteId) -> IndexVersion:
    """Return the version that serves.

    Raises:
        NotFoundError: the site was never indexed here.
    """
    async with db.read() as connection:
        version = await passages.active_version(connection, site_id)
    if version is None:
        raise NotFoundError(f"Site {site_id!r} is not indexed yet. Run `foyer index` on its folder.")
    return version


async def check_index(db: Database, version: IndexVersion, index: VectorIndex) -> None:
    """See that the index is that of the version's rows.

    Raises:
        IndexUnavailableError: it is another's.
    """
    async with db.read() as connection:
        count = await version_pages.count_vectors(connection, version)
        keys = [
            key
            for after in PROBES_AFTER
            for key in await version_pages.keys_after(connection, version, after=after, limit=1)
        ]
        probes = await passages.known_vectors(
            connection, site_id=version.site_id, model_id=version.model_id, keys=keys
        )
    if len(index) != count or not await asyncio.to_thread(_holds, index, probes):
        raise IndexUnavailableError("The vector index does not hold its version's vectors.")


def _holds(index: VectorIndex, probes: Mapping[str, bytes]) -> bool:
    found = index.vectors(key_numbers(probes))
    return [vector.astype("<f4").tobytes() for vector in found] == list(probes.values())


async def open_version(
    db: Database, version: IndexVersion, index: SteadyIndex, embedder: Embedder
) -> ActiveKnowledge:
    """Read a version's passages and make what answers from them; unknown language: without a stemmer."""
    split = await read_passages(db, version)
    with without_collections():
        base = await asyncio.to_thread(
            KnowledgeBase, split, index, embedder, language=version.language or "und"
        )
    return ActiveKnowledge(version.version, base, index)


async def read_passages(db: Database, version: IndexVersion) -> PackedPassages:
    """Read a version's passages in order."""
    split = PackedPassages()
    async for some in passage_pages(db, version):
        await asyncio.to_thread(split.extend, some)
    return split


async def passage_pages(db: Database, version: IndexVersion) -> AsyncIterator[list[Passage]]:
    """Yield a version's passages in order, a few at a time so that others get their turn."""
    after = -1
    while True:
        async with db.read() as connection:
            rows = await version_pages.rows_after(connection, version, after=after, limit=ROWS_AT_A_TIME)
        if not rows:
            return
        after = rows[-1][0]
        yield [Passage.from_row(row) for _, row in rows]


@contextmanager
def without_collections() -> Iterator[None]:
    """Make many objects that stay, without Python looking through all of them again and again.

    A full collection of a large version's objects holds every thread for a second; they are in no cycles.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
