"""Bring a site's index up to date with its folder: load, compare, embed what is new, build, check, flip one row.

The old version serves until the new one is whole; a kill anywhere leaves it so, and what was embedded is kept for
the next run. Passages and vectors are rows, the vector index is made from them and can be made again.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.domain.conversation import SiteId
from bot.sources.ahead import ahead
from bot.sources.cleaning import drop_other_versions, forget_unused_vectors
from bot.sources.collections import collection_name
from bot.sources.reading import FolderReading
from bot.sources.remembered import remember
from bot.sources.report import IndexReport, OnProgress, Progress
from bot.sources.writing import VersionWriter
from bot.store import Database, knowledge_line, passages, sources
from bot.store.passages import IndexVersion
from knowledge import Embedder, IndexStore, SavedPage


@dataclass(frozen=True, slots=True, kw_only=True)
class Sync:
    """Index runs of one site. `clock_s` is monotonic seconds; `pages` returns what was crawled."""

    db: Database
    chroma: IndexStore
    embedder: Embedder
    site_id: SiteId
    folder: Path
    clock: Callable[[], datetime]
    clock_s: Callable[[], float]
    progress: OnProgress | None = field(default=None)
    pages: Callable[[], Sequence[SavedPage] | None] = field(default=lambda: None)

    async def run(self, *, full: bool = False) -> IndexReport:
        """Index the folder; when nothing changed, nothing is embedded and the version stays.

        Raises:
            IndexBuildError: the new index is not what it should be; the old version goes on serving.
        """
        async with self.db.only_one(f"index {self.site_id}"):
            return await self.run_alone(full=full)

    async def run_alone(self, *, full: bool) -> IndexReport:
        """Index the folder, while nobody else indexes this site."""
        started = self.clock_s()
        await drop_other_versions(self.db, self.chroma, self.site_id)
        before = await remember(self.db, self.site_id, self.embedder.model_id, full=full)
        reading = FolderReading(
            db=self.db,
            site_id=self.site_id,
            embedder=self.embedder,
            folder=self.folder,
            pages=await asyncio.to_thread(self.pages),
            before=before,
        )
        version = await self.write(reading) or before.active
        assert version is not None
        await drop_other_versions(self.db, self.chroma, self.site_id)
        await forget_unused_vectors(self.db, self.site_id)
        async with self.db.read() as connection:
            n_passages = await passages.count(connection, version)
        return IndexReport(
            changes=reading.changes,
            passages=n_passages,
            index_version=version.version,
            seconds=self.clock_s() - started,
            failures=tuple(reading.failures),
        )

    async def write(self, reading: FolderReading) -> IndexVersion | None:
        """Write a new version beside the serving one, check it, and flip to it; None when none was needed."""
        with ExitStack() as stack:
            writer: VersionWriter | None = None
            async for batch in ahead(reading.batches()):
                writer = writer or await self.begin(stack)
                await writer.write(reading.take_documents(), batch)
                self.tell(Progress(reading.share, writer.passages))
            if not reading.is_needed:
                await self.note(reading, None)
                return None
            writer = writer or await self.begin(stack)
            await writer.write_documents(reading.take_documents())
            language = await writer.check()
            await self.note(reading, writer, language)
            self.tell(Progress(1.0, writer.passages))
            return writer.version

    async def begin(self, stack: ExitStack) -> VersionWriter:
        """Begin a version, and the process that builds its collection."""
        async with self.db.write(knowledge_line(self.site_id)) as connection:
            version = await passages.begin_version(
                connection,
                site_id=self.site_id,
                model_id=self.embedder.model_id,
                dimensions=self.embedder.dimensions,
                now=self.clock(),
            )
        builder = stack.enter_context(self.chroma.begin(collection_name(version)))
        return VersionWriter(self.db, version, builder)

    async def note(
        self, reading: FolderReading, writer: VersionWriter | None, language: str | None = None
    ) -> None:
        """Say how each source fared and forget those that are gone; a new version serves from that commit on."""
        now = self.clock()
        states = reading.states(now, writer.passages_of if writer else None)
        gone = reading.before.states.keys() - {state.source for state in states}
        async with self.db.write(knowledge_line(self.site_id)) as connection:
            await sources.note(connection, site_id=self.site_id, states=states)
            await sources.forget(connection, site_id=self.site_id, names=sorted(gone))
            if writer is not None:
                await passages.activate(connection, writer.version, now=now, language=language)

    def tell(self, progress: Progress) -> None:
        """Show how far the run is, to whoever watches."""
        if self.progress is not None:
            self.progress(progress)
