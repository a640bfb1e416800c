"""Bring a site's index up to date with its folder: load, compare, embed what is new, build, check, flip one row.

The old version serves until the new one is whole; a kill anywhere leaves it so. Passages and vectors are rows, the
vector index is made from them and can be made again.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from bot.domain.conversation import SiteId
from bot.domain.errors import BotError
from bot.sources.collections import collection_name
from bot.store import Database, passages, sources
from bot.store.passages import DocumentRow, IndexVersion, PassageRow
from knowledge import (
    ChromaStore,
    Document,
    EmbeddedBatch,
    Embedder,
    LoadedSource,
    LoadFailure,
    Passage,
    SavedPage,
    VectorIndex,
    detect_language,
    load_folder,
    split_documents,
    vector_keys,
    vectors_of,
)

LANGUAGE_SAMPLE = 40
"""Passages that are looked at to tell the language."""
PROBES = 16
"""Passages whose own vector must find them in the new index before it may serve."""

FOUND_ITSELF = 0.99
"""Cosine at which a probe has found its own vector (or its twin)."""

Progress = Callable[[int, int], None]


class IndexBuildError(BotError):
    """The new index did not hold what it was given; the old version goes on serving."""

    code = "index_build"


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Documents against the version that serves, by id."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0

    @property
    def is_none(self) -> bool:
        """Whether the serving version is still exactly right."""
        return not (self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexReport:
    """What an index run did, as `foyer index` prints it."""

    changes: Changes
    passages: int
    index_version: int
    seconds: float
    failures: tuple[LoadFailure, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the report in the contract's shape."""
        changes = self.changes
        return {
            "documents": {
                "added": changes.added,
                "changed": changes.changed,
                "removed": changes.removed,
                "unchanged": changes.unchanged,
                "failed": len(self.failures),
            },
            "passages": self.passages,
            "index_version": self.index_version,
            "seconds": round(self.seconds, 3),
            "failures": [{"source": f.source, "code": f.code, "message": f.message} for f in self.failures],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Sync:
    """Index runs of one site. `clock_s` is monotonic seconds; `pages` returns what was crawled."""

    db: Database
    chroma: ChromaStore
    embedder: Embedder
    site_id: SiteId
    folder: Path
    clock: Callable[[], datetime]
    clock_s: Callable[[], float]
    progress: Progress | None = field(default=None)
    pages: Callable[[], Sequence[SavedPage] | None] = field(default=lambda: None)

    async def run(self, *, full: bool = False) -> IndexReport:
        """Index the folder; when nothing changed, nothing is embedded and the version stays.

        Raises:
            IndexBuildError: the new index is not what it should be; the old version goes on serving.
        """
        started = self.clock_s()
        loaded = await asyncio.to_thread(lambda: list(load_folder(self.folder, pages=self.pages())))
        documents = [document for source in loaded for document in source.documents]
        async with self.db.read() as connection:
            active = await passages.active_version(connection, self.site_id)
            before = await passages.document_hashes(connection, active) if active else {}
        changes = compare(before, documents)
        is_current = active is not None and active.model_id == self.embedder.model_id and changes.is_none
        version = active if active is not None and is_current and not full else await self.build(documents)
        await self.note_sources(loaded)
        async with self.db.read() as connection:
            n_passages = await passages.count(connection, version)
        return IndexReport(
            changes=changes,
            passages=n_passages,
            index_version=version.version,
            seconds=self.clock_s() - started,
            failures=tuple(failure for source in loaded for failure in source.failures),
        )

    async def build(self, documents: Sequence[Document]) -> IndexVersion:
        """Write a new version beside the serving one, check it, and flip to it in one row."""
        split = await asyncio.to_thread(lambda: split_documents(documents, embedder=self.embedder))
        async with self.db.write() as connection:
            version = await passages.begin_version(
                connection,
                site_id=self.site_id,
                model_id=self.embedder.model_id,
                dimensions=self.embedder.dimensions,
                language=await asyncio.to_thread(language_of, split),
                now=self.clock(),
            )
            await passages.add_documents(connection, version, [row_of(document) for document in documents])
        vectors = await self.embed(version, split)
        await asyncio.to_thread(build_collection, self.chroma, collection_name(version), vectors)
        async with self.db.write() as connection:
            await passages.activate(connection, version, now=self.clock())
        return version

    async def embed(self, version: IndexVersion, split: Sequence[Passage]) -> dict[str, np.ndarray]:
        """Embed what is new, and write passages and vectors batch by batch; return every vector by its key."""
        vectors: dict[str, np.ndarray] = {}
        done = 0
        async for batch in self.batches(split):
            new = {key: to_bytes(batch.vectors[key]) for key in batch.new_keys}
            async with self.db.write() as connection:
                await passages.add(connection, version, [passage_row(passage) for passage in batch.passages])
                if new:
                    await passages.add_vectors(
                        connection, site_id=self.site_id, model_id=self.embedder.model_id, vectors=new
                    )
            vectors |= batch.vectors
            done += len(batch.passages)
            if self.progress is not None:
                self.progress(done, len(split))
        return vectors

    async def batches(self, split: Sequence[Passage]) -> AsyncIterator[EmbeddedBatch]:
        """Yield embedded batches, computed in a thread while the event loop stays free."""
        loop = asyncio.get_running_loop()

        def known(keys: list[str]) -> Mapping[str, bytes]:
            return asyncio.run_coroutine_threadsafe(self.known_vectors(keys), loop).result()

        batches = vectors_of(split, self.embedder, known=known)
        while (batch := await asyncio.to_thread(next, batches, None)) is not None:
            yield batch

    async def known_vectors(self, keys: list[str]) -> Mapping[str, bytes]:
        """Return the stored vectors among these keys."""
        async with self.db.read() as connection:
            return await passages.known_vectors(
                connection, site_id=self.site_id, model_id=self.embedder.model_id, keys=keys
            )

    async def note_sources(self, loaded: Iterable[LoadedSource]) -> None:
        """Remember how each source fared, and forget those that are gone."""
        at = self.clock()
        async with self.db.write() as connection:
            known = {state.source for state in await sources.states(connection, self.site_id)}
            for source in loaded:
                known.discard(source.source)
                if source.failures:
                    failure = source.failures[0]
                    await sources.failed(
                        connection,
                        site_id=self.site_id,
                        source=source.source,
                        at=at,
                        code=failure.code,
                        message=failure.message,
                    )
                else:
                    await sources.succeeded(connection, site_id=self.site_id, source=source.source, at=at)
            for gone in known:
                await sources.forget(connection, site_id=self.site_id, source=gone)


def compare(before: Mapping[str, str], documents: Sequence[Document]) -> Changes:
    """Count what differs between the serving version's documents and the folder's, by content hash."""
    after = {document.document_id: document.content_hash for document in documents}
    shared = before.keys() & after.keys()
    unchanged = sum(1 for document_id in shared if before[document_id] == after[document_id])
    return Changes(
        added=len(after.keys() - before.keys()),
        changed=len(shared) - unchanged,
        removed=len(before.keys() - after.keys()),
        unchanged=unchanged,
    )


def language_of(split: Sequence[Passage]) -> str | None:
    """Return the language of a sample of the passages; it is kept, because telling it costs memory."""
    sample = split[:: max(1, len(split) // LANGUAGE_SAMPLE)]
    return detect_language(" ".join(passage.search_text for passage in sample)) if sample else None


def row_of(document: Document) -> DocumentRow:
    """Return the document as its version remembers it."""
    return DocumentRow(
        document_id=document.document_id, source=document.source, content_hash=document.content_hash
    )


def passage_row(passage: Passage) -> PassageRow:
    """Return the passage as a row, with the keys of its vectors."""
    return PassageRow(
        passage_id=passage.passage_id,
        document_id=passage.document_id,
        content_hash=passage.content_hash,
        row=passage.to_row(),
        vector_keys=vector_keys(passage),
    )


def to_bytes(vector: np.ndarray) -> bytes:
    """Return a vector as it is stored: little-endian float32."""
    return vector.astype("<f4").tobytes()


def build_collection(chroma: ChromaStore, name: str, vectors: Mapping[str, np.ndarray]) -> None:
    """Build the vector index of a version and see that it finds what it was given.

    Raises:
        IndexBuildError: it does not.
    """
    keys = list(vectors)
    if keys:
        chroma.build(name, [(keys, np.stack([vectors[key] for key in keys]))])
    else:
        chroma.build(name, [])
    if chroma.count(name) != len(keys):
        raise IndexBuildError(
            f"The index {name!r} holds {chroma.count(name)} of {len(keys)} vectors. Index again."
        )
    if not finds_its_own(chroma.open(name), vectors):
        raise IndexBuildError(f"The index {name!r} does not find its own passages. Index again.")


def finds_its_own(index: VectorIndex, vectors: Mapping[str, np.ndarray]) -> bool:
    """Whether probes of the vectors find themselves: an index that lost its files opens and counts as if whole."""
    keys = list(vectors)
    probes = (index.search(vectors[key], 1) for key in keys[:: max(1, len(keys) // PROBES)])
    return all(found and found[0][1] >= FOUND_ITSELF for found in probes)
