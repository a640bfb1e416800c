"""A new version while it is written: rows to the database and vectors to the collection, side by side.

Promises: a batch is whole in the database or not there; nothing serves before it was checked.
"""

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from bot.domain.errors import BotError
from bot.sources.collections import collection_name
from bot.store import Database, knowledge_line, passages, version_pages
from bot.store.passages import DocumentRow, IndexVersion, PassageRow
from knowledge import EmbeddedBatch, IndexBuilder, KnowledgeError, Passage, detect_language, vector_keys

LANGUAGE_SAMPLE = 40
"""Passages that are looked at to tell the language."""


class IndexBuildError(BotError):
    """The new index did not hold what it was given; the old version goes on serving."""

    code = "index_build"


class VersionWriter:
    """Writes one version, batch by batch."""

    def __init__(self, db: Database, version: IndexVersion, builder: IndexBuilder) -> None:
        self._db = db
        self._builder = builder
        self._sample = LanguageSample()
        self._ordinal = 0
        self.version = version
        self.passages = 0
        self.passages_of: Counter[str] = Counter()

    async def write(self, documents: Sequence[DocumentRow], batch: EmbeddedBatch) -> None:
        """Keep a batch: rows, new vectors and, in the collection, all its vectors."""
        self._sample.add(batch.passages)
        self.passages += len(batch.passages)
        self.passages_of.update(passage.document_id for passage in batch.passages)
        await asyncio.gather(
            self._write_rows(documents, batch),
            asyncio.to_thread(send_vectors, self._builder, batch.vectors, batch.pieces),
        )

    async def _write_rows(self, documents: Sequence[DocumentRow], batch: EmbeddedBatch) -> None:
        new = {key: batch.vectors[key].astype("<f4").tobytes() for key in batch.new_keys}
        version = self.version
        async with self._db.write(knowledge_line(self.version.site_id)) as connection:
            await passages.add_documents(connection, version, self._numbered(documents))
            await passages.add(connection, version, [passage_row(passage) for passage in batch.passages])
            await passages.add_vectors(
                connection, site_id=version.site_id, model_id=version.model_id, vectors=new
            )

    async def write_documents(self, documents: Sequence[DocumentRow]) -> None:
        """Keep documents that no batch came after."""
        async with self._db.write(knowledge_line(self.version.site_id)) as connection:
            await passages.add_documents(connection, self.version, self._numbered(documents))

    def _numbered(self, documents: Sequence[DocumentRow]) -> list[DocumentRow]:
        first, self._ordinal = self._ordinal, self._ordinal + len(documents)
        return [
            DocumentRow(
                document_id=document.document_id,
                source=document.source,
                content_hash=document.content_hash,
                ordinal=ordinal,
            )
            for ordinal, document in enumerate(documents, start=first)
        ]

    async def check(self) -> str | None:
        """Wait until the collection is whole; return the language of the passages.

        Raises:
            IndexBuildError: it is not what it should be.
        """
        async with self._db.read() as connection:
            expected = await version_pages.count_vectors(connection, self.version)
        try:
            size = await asyncio.to_thread(self._builder.finish)
        except KnowledgeError as error:
            raise IndexBuildError(str(error)) from error
        if size != expected:
            name = collection_name(self.version)
            raise IndexBuildError(f"The index {name!r} holds {size} of {expected} vectors. Index again.")
        return await asyncio.to_thread(self._sample.language)


class LanguageSample:
    """Some passages, evenly from all that went by; the language is told once, because that costs memory."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._stride = 1
        self._seen = 0

    def add(self, some: Sequence[Passage]) -> None:
        """Let passages go by."""
        for passage in some:
            if self._seen % self._stride == 0:
                self._texts.append(passage.search_text)
            self._seen += 1
        while len(self._texts) > 2 * LANGUAGE_SAMPLE:
            self._texts, self._stride = self._texts[::2], self._stride * 2

    def language(self) -> str | None:
        """Return the ISO 639-1 code of the sample's language, None of nothing."""
        return detect_language(" ".join(self._texts)) if self._texts else None


def send_vectors(builder: IndexBuilder, vectors: Mapping[str, np.ndarray], pieces: Iterable[str]) -> None:
    """Hand vectors to the process that builds the collection.

    Raises:
        IndexBuildError: it is gone.
    """
    if not vectors:
        return
    try:
        builder.add(list(vectors), np.stack(list(vectors.values())), pieces)
    except KnowledgeError as error:
        raise IndexBuildError(str(error)) from error


def passage_row(passage: Passage) -> PassageRow:
    """Return the passage as a row, with the keys of its vectors."""
    return PassageRow(
        passage_id=passage.passage_id,
        document_id=passage.document_id,
        content_hash=passage.content_hash,
        row=passage.to_row(),
        vector_keys=vector_keys(passage),
    )
