"""What is known of files and pages before an index run: which need not be read, and which version to copy from."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.domain.conversation import SiteId
from bot.sources.cleaning import leftover_versions
from bot.sources.report import Changes, IndexReport
from bot.store import Database, passages, sources
from bot.store.passages import DocumentRow, IndexVersion
from bot.store.sources import SourceState
from knowledge import KnownSource, LoadFailure, SavedPage, find_files, is_read_as_now


@dataclass(frozen=True, slots=True)
class Remembered:
    """The serving version's documents and how its sources fared. Names and hashes: about 0.5 kB a document.

    `can_be_copied` says that its passages are what is to be made of the same documents now.
    """

    active: IndexVersion | None
    documents: Mapping[str, DocumentRow]
    states: Mapping[str, SourceState]
    can_be_copied: bool

    def rows_by_source(self) -> dict[str, list[DocumentRow]]:
        """Return the documents of each file, in order."""
        rows: dict[str, list[DocumentRow]] = {}
        for document in self.documents.values():
            rows.setdefault(document.source, []).append(document)
        return rows

    def known(self) -> dict[str, KnownSource]:
        """Return the files and pages that were read without a failure."""
        rows = self.rows_by_source()
        return {
            state.source: KnownSource(
                content_hash=state.content_hash,
                document_ids=tuple(row.document_id for row in rows.get(state.source, ())),
            )
            for state in self.states.values()
            if state.state == "ok" and state.content_hash is not None
        }


async def remember(db: Database, site_id: SiteId, model_id: str, *, full: bool = False) -> Remembered:
    """Read what the last index run left; with `full`, nothing of it can be copied."""
    async with db.read() as connection:
        active = await passages.active_version(connection, site_id)
        documents = await passages.documents(connection, active) if active else []
        states = await sources.states(connection, site_id)
    return Remembered(
        active,
        {document.document_id: document for document in documents},
        {state.source: state for state in states},
        active is not None and not full and active.model_id == model_id and _are_read_as_now(states),
    )


def _are_read_as_now(states: Sequence[SourceState]) -> bool:
    """Say whether this code would read the same sources in the same way."""
    read = [state for state in states if state.state == "ok" or state.content_hash is not None]
    return all(is_read_as_now(state.content_hash) for state in read)


async def report_if_up_to_date(
    db: Database, site_id: SiteId, folder: Path, pages: Sequence[SavedPage] | None, model_id: str
) -> dict[str, Any] | None:
    """Return what an index run would report when it had nothing to do and nothing to clear away, else None.

    It reads the folder's files and the crawled pages and parses none.
    """
    remembered = await remember(db, site_id, model_id)
    async with db.read() as connection:
        leftover = await leftover_versions(connection, site_id)
    active = remembered.active
    if active is None or leftover or not remembered.can_be_copied:
        return None
    if not await asyncio.to_thread(_finds_the_same, remembered, folder, pages):
        return None
    states = remembered.states.values()
    failures = (
        LoadFailure(source=state.source, code=state.error_code or "", message=state.error or "")
        for state in states
        if state.state == "failed"
    )
    return IndexReport(
        changes=Changes(unchanged=len(remembered.documents)),
        passages=sum(state.passages or 0 for state in states),
        index_version=active.version,
        seconds=0.0,
        failures=tuple(failures),
    ).as_json()


def _finds_the_same(remembered: Remembered, folder: Path, pages: Sequence[SavedPage] | None) -> bool:
    found = {file.source: file.content_hash for file in find_files(folder, pages=pages)}
    return found == {name: state.content_hash for name, state in remembered.states.items()}
