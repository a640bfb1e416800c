"""Files and crawled pages, read one by one and compared with what serves; what has to be written comes in batches.

Promises: files and pages whose bytes are known are not parsed, documents that did not change are not split, texts whose
vectors are kept are not embedded; while nothing differs, nothing is written. A few batches are in memory, and the
names and hashes of what was read.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

from bot.domain.conversation import SiteId
from bot.sources.ahead import ahead
from bot.sources.remembered import Remembered
from bot.sources.report import Changes
from bot.store import Database, passages, version_pages
from bot.store.passages import DocumentRow
from bot.store.sources import SourceState
from knowledge import (
    Document,
    EmbeddedBatch,
    Embedder,
    LoadedSource,
    LoadFailure,
    Passage,
    SavedPage,
    load_folder,
    split_documents,
    vectors_of,
)

DOCUMENTS_AT_A_TIME = 64
CHARACTERS_AT_A_TIME = 1_000_000
"""What is split in one go, whichever is reached first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of the new version. One that did not change (no `document`) is copied from the serving one."""

    row: DocumentRow
    document: Document | None


@dataclass(frozen=True, slots=True)
class Part:
    """Some documents with all their passages; with them, `share` of the folder's bytes is read."""

    rows: tuple[DocumentRow, ...]
    passages: tuple[Passage, ...]
    share: float


class FolderReading:
    """One reading of a site's folder and its crawled pages, for one index run."""

    def __init__(
        self,
        *,
        db: Database,
        site_id: SiteId,
        embedder: Embedder,
        folder: Path,
        pages: Sequence[SavedPage] | None,
        before: Remembered,
    ) -> None:
        self._db = db
        self._site_id = site_id
        self._embedder = embedder
        self._folder = folder
        self._pages = pages
        self._can_copy = before.can_be_copied
        self._rows_of = before.rows_by_source()
        self._taken: list[DocumentRow] = []
        self._read: list[ReadFile] = []
        self.before = before
        self.is_needed = not self._can_copy
        self.changes = Changes()
        self.failures: list[LoadFailure] = []
        self.share = 0.0

    async def batches(self) -> AsyncIterator[EmbeddedBatch]:
        """Yield what has to be written, with its vectors, computed in threads while the event loop stays free."""
        loop = asyncio.get_running_loop()
        parts = ahead(self._parts())

        def read() -> Iterator[Passage]:
            while (part := asyncio.run_coroutine_threadsafe(_next(parts), loop).result()) is not None:
                self._taken.extend(part.rows)
                self.share = part.share
                yield from part.passages

        def known(keys: list[str]) -> Mapping[str, bytes]:
            return asyncio.run_coroutine_threadsafe(self._known_vectors(keys), loop).result()

        batches = vectors_of(read(), self._embedder, known=known)
        while (batch := await asyncio.to_thread(next, batches, None)) is not None:
            yield batch

    def take_documents(self) -> list[DocumentRow]:
        """Return the documents that were read since the last call."""
        taken, self._taken = self._taken, []
        return taken

    def states(self, now: datetime, passages_of: Mapping[str, int] | None) -> list[SourceState]:
        """Return how each file fared; `passages_of` a document's id, None when the version stays."""
        return [self._state(file, now, passages_of) for file in self._read]

    async def _parts(self) -> AsyncIterator[Part]:
        """Yield every document of the folder, from the first difference on what came before it too."""
        held: list[Entry] = []
        size = await asyncio.to_thread(self._count_bytes)
        done = 0
        async for loaded in ahead(self._files()):
            held.extend(await asyncio.to_thread(self._compare, loaded))
            done += loaded.size_bytes
            while self.is_needed and _are_enough(held):
                yield await self._part(_take(held), share=min(done / max(size, 1), 1.0))
        self.changes.removed = len(self.before.documents) - self.changes.changed - self.changes.unchanged
        self.is_needed = self.is_needed or self.changes.removed > 0
        while self.is_needed and held:
            yield await self._part(_take(held), share=1.0)

    def _count_bytes(self) -> int:
        pages = (page.path for page in self._pages or () if page.path)
        size = 0
        for path in chain(self._folder.rglob("*"), pages):
            with suppress(OSError):  # gone meanwhile, or a link that leads nowhere
                size += path.stat().st_size
        return size

    async def _files(self) -> AsyncIterator[LoadedSource]:
        known = self.before.known() if self._can_copy else {}
        files = load_folder(self._folder, pages=self._pages, known=known)
        while (loaded := await asyncio.to_thread(next, files, None)) is not None:
            yield loaded

    def _compare(self, loaded: LoadedSource) -> list[Entry]:
        """Count what differs, and return the file's documents; those that did not change without their text."""
        self.failures.extend(loaded.failures)
        if loaded.is_unchanged:
            entries = [Entry(row, None) for row in self._rows_of.get(loaded.source, ())]
            self.changes.unchanged += len(entries)
        else:
            entries = [self._entry(document) for document in loaded.documents]
        self._read.append(
            ReadFile(
                loaded.source,
                loaded.content_hash,
                tuple(entry.row.document_id for entry in entries),
                loaded.failures[0] if loaded.failures else None,
            )
        )
        return entries

    def _entry(self, document: Document) -> Entry:
        row = DocumentRow(
            document_id=document.document_id, source=document.source, content_hash=document.content_hash
        )
        before = self.before.documents.get(document.document_id)
        if before is None:
            self.changes.added += 1
        elif before.content_hash != row.content_hash:
            self.changes.changed += 1
        else:
            self.changes.unchanged += 1
            return Entry(row, None if self._can_copy else document)
        self.is_needed = True
        return Entry(row, document)

    async def _part(self, entries: Sequence[Entry], *, share: float) -> Part:
        copied = [entry.row.document_id for entry in entries if entry.document is None]
        kept: dict[str, list[dict[str, Any]]] = {}
        if copied:
            assert self.before.active is not None
            async with self._db.read() as connection:
                kept = await version_pages.rows_of_documents(connection, self.before.active, copied)
        some = await asyncio.to_thread(self._passages, entries, kept)
        return Part(tuple(entry.row for entry in entries), tuple(some), share)

    def _passages(self, entries: Sequence[Entry], kept: Mapping[str, list[dict[str, Any]]]) -> list[Passage]:
        made: list[Passage] = []
        for entry in entries:
            if entry.document is None:
                made.extend(map(Passage.from_row, kept.get(entry.row.document_id, ())))
            else:
                made.extend(split_documents([entry.document], embedder=self._embedder))
        return made

    async def _known_vectors(self, keys: list[str]) -> Mapping[str, bytes]:
        async with self._db.read() as connection:
            return await passages.known_vectors(
                connection, site_id=self._site_id, model_id=self._embedder.model_id, keys=keys
            )

    def _state(self, file: "ReadFile", now: datetime, passages_of: Mapping[str, int] | None) -> SourceState:
        before = self.before.states.get(file.source)
        last_success = before.last_success_at if before else None
        count = before.passages if before else 0
        if passages_of is not None:
            count = sum(passages_of[document_id] for document_id in file.document_ids)
        failure = file.failure
        return SourceState(
            source=file.source,
            state="failed" if failure else "ok",
            checked_at=now,
            last_success_at=last_success if failure else now,
            error_code=failure.code if failure else None,
            error=failure.message if failure else None,
            content_hash=file.content_hash,
            passages=count,
        )


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What stays in memory of a file that was read."""

    source: str
    content_hash: str | None
    document_ids: tuple[str, ...]
    failure: LoadFailure | None


async def _next(parts: AsyncIterator[Part]) -> Part | None:
    return await anext(parts, None)


def _are_enough(entries: Sequence[Entry]) -> bool:
    size = sum(len(entry.document.text) for entry in entries[:DOCUMENTS_AT_A_TIME] if entry.document)
    return len(entries) >= DOCUMENTS_AT_A_TIME or size >= CHARACTERS_AT_A_TIME


def _take(entries: list[Entry]) -> list[Entry]:
    """Remove the first entries from the list and return them."""
    taken: list[Entry] = []
    size = 0
    for entry in entries[:DOCUMENTS_AT_A_TIME]:
        taken.append(entry)
        size += len(entry.document.text) if entry.document else 0
        if size >= CHARACTERS_AT_A_TIME:
            break
    del entries[: len(taken)]
    return taken
