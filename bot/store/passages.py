"""What a site knows, in versions: a new one is written beside the one that serves, then one row makes it serve.

Promises: killed at any point, the old version serves on; vectors are kept by content and model, so that unchanged
text is not embedded again, also when a build was cut off.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.conversation import SiteId
from bot.domain.errors import VersionConflictError
from bot.store.knowledge_tables import active_versions, index_versions, passage_vectors, passages
from bot.store.knowledge_tables import documents as documents_table
from bot.store.vectors import (
    IndexVersion,
    add_vectors,
    known_vectors,
    passage_keys,
    vectors,
)

__all__ = [
    "DocumentRow",
    "IndexVersion",
    "PassageRow",
    "activate",
    "active_version",
    "add",
    "add_documents",
    "add_vectors",
    "begin_version",
    "count",
    "document_hashes",
    "documents",
    "drop_version",
    "known_vectors",
    "passage_keys",
    "previous_version",
    "rows",
    "vectors",
    "versions",
]

VERSIONS_LIMIT = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """A document of a version; its hash tells whether it changed, `ordinal` its place among the others."""

    document_id: str
    source: str
    content_hash: str
    ordinal: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageRow:
    """A passage of a version: `row` is its JSON form, `vector_keys` name its vectors."""

    passage_id: str
    document_id: str
    content_hash: str
    row: Mapping[str, Any]
    vector_keys: tuple[str, ...]


async def begin_version(
    conn: AsyncConnection,
    *,
    site_id: SiteId,
    model_id: str,
    dimensions: int,
    now: datetime,
) -> IndexVersion:
    """Begin a version; nobody sees it before `activate`. Its number is never given again."""
    version = await conn.scalar(
        insert(index_versions)
        .values(site_id=site_id, model_id=model_id, dimensions=dimensions, created_at=now)
        .returning(index_versions.c.version)
    )
    assert version is not None
    return IndexVersion(
        version=version,
        site_id=site_id,
        model_id=model_id,
        dimensions=dimensions,
        language=None,
        created_at=now,
        activated_at=None,
    )


async def add_documents(
    conn: AsyncConnection, version: IndexVersion, documents: Sequence[DocumentRow]
) -> None:
    """Write documents of a version."""
    rows = [
        {
            "version": version.version,
            "site_id": version.site_id,
            "document_id": document.document_id,
            "source": document.source,
            "content_hash": document.content_hash,
            "ordinal": document.ordinal,
        }
        for document in documents
    ]
    if rows:
        await conn.execute(insert(documents_table), rows)


async def add(conn: AsyncConnection, version: IndexVersion, rows: Sequence[PassageRow]) -> None:
    """Write passages of a version after those already there, and which vectors are theirs."""
    if not rows:
        return
    last = await conn.scalar(
        select(func.max(passages.c.ordinal)).where(passages.c.version == version.version)
    )
    first = 0 if last is None else last + 1
    whose = {"version": version.version, "site_id": version.site_id}
    kept = [
        {
            **whose,
            "ordinal": ordinal,
            "passage_id": row.passage_id,
            "document_id": row.document_id,
            "content_hash": row.content_hash,
            "row": dict(row.row),
        }
        for ordinal, row in enumerate(rows, start=first)
    ]
    await conn.execute(insert(passages), kept)
    keys = [
        {**whose, "passage_id": row.passage_id, "vector_key": key}
        for row in rows
        for key in dict.fromkeys(row.vector_keys)
    ]
    if keys:
        await conn.execute(insert(passage_vectors), keys)


async def activate(
    conn: AsyncConnection, version: IndexVersion, *, now: datetime, language: str | None = None
) -> None:
    """Let the version serve from the commit of this transaction on.

    `language` is the ISO 639-1 code most of its passages are written in, None when unknown.

    Raises:
        VersionConflictError: The version is gone.
    """
    is_it = index_versions.c.version == version.version
    known = await conn.execute(
        update(index_versions).where(is_it).values(activated_at=now, language=language)
    )
    if known.rowcount == 0:
        raise VersionConflictError(
            f"Index version {version.version} of {version.site_id!r} is gone; index again."
        )
    of_site = active_versions.c.site_id == version.site_id
    changed = await conn.execute(
        update(active_versions)
        .where(of_site)
        .values(previous_version=active_versions.c.version, version=version.version)
    )
    if changed.rowcount == 0:
        await conn.execute(insert(active_versions).values(site_id=version.site_id, version=version.version))


async def active_version(conn: AsyncConnection, site_id: SiteId) -> IndexVersion | None:
    """Return the version that serves."""
    found = await conn.execute(
        select(index_versions)
        .join(active_versions, active_versions.c.version == index_versions.c.version)
        .where(active_versions.c.site_id == site_id)
    )
    row = found.one_or_none()
    return None if row is None else _version_from(row)


async def previous_version(conn: AsyncConnection, site_id: SiteId) -> IndexVersion | None:
    """Return the version that served before, while it is kept."""
    found = await conn.execute(
        select(index_versions)
        .join(active_versions, active_versions.c.previous_version == index_versions.c.version)
        .where(active_versions.c.site_id == site_id)
    )
    row = found.one_or_none()
    return None if row is None else _version_from(row)


async def versions(conn: AsyncConnection, site_id: SiteId) -> list[IndexVersion]:
    """Return every version of the site, also those whose build was cut off, oldest first."""
    rows = await conn.execute(
        select(index_versions)
        .where(index_versions.c.site_id == site_id)
        .order_by(index_versions.c.version)
        .limit(VERSIONS_LIMIT)
    )
    return [_version_from(row) for row in rows]


async def documents(conn: AsyncConnection, version: IndexVersion) -> list[DocumentRow]:
    """Return the documents of a version, in order."""
    rows = await conn.execute(
        select(documents_table)
        .where(documents_table.c.version == version.version)
        .order_by(documents_table.c.ordinal.nulls_first(), documents_table.c.document_id)
    )
    return [
        DocumentRow(
            document_id=row.document_id,
            source=row.source,
            content_hash=row.content_hash,
            ordinal=row.ordinal,
        )
        for row in rows
    ]


async def document_hashes(conn: AsyncConnection, version: IndexVersion) -> dict[str, str]:
    """Return the content hash of each document of a version by its id."""
    return {document.document_id: document.content_hash for document in await documents(conn, version)}


async def rows(conn: AsyncConnection, version: IndexVersion) -> list[dict[str, Any]]:
    """Return every passage of a version as it was given, in the order it was added."""
    found = await conn.scalars(
        select(passages.c.row).where(passages.c.version == version.version).order_by(passages.c.ordinal)
    )
    return list(found)


async def count(conn: AsyncConnection, version: IndexVersion) -> int:
    """Return how many passages the version has."""
    found = await conn.scalar(
        select(func.count()).select_from(passages).where(passages.c.version == version.version)
    )
    return int(found or 0)


async def drop_version(conn: AsyncConnection, version: IndexVersion) -> None:
    """Drop a version and its rows; its vectors stay for other versions until `forget_unused_vectors`.

    Raises:
        VersionConflictError: It is the one that serves.
    """
    of_site = active_versions.c.site_id == version.site_id
    serving = await conn.scalar(select(active_versions.c.version).where(of_site))
    if serving == version.version:
        raise VersionConflictError(
            f"Index version {version.version} of {version.site_id!r} serves; activate another first."
        )
    await conn.execute(
        update(active_versions)
        .where(of_site, active_versions.c.previous_version == version.version)
        .values(previous_version=None)
    )
    for table in (passage_vectors, passages, documents_table, index_versions):
        await conn.execute(delete(table).where(table.c.version == version.version))


def _version_from(row: Row[Any]) -> IndexVersion:
    return IndexVersion(**row._asdict())
