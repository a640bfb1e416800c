"""A version's rows a page at a time: however large it is, little is in memory and no transaction is long.

Promises: reading in pages gives every row once and in order while the version stands; dropping in slices leaves
room for other writers between them, and can be cut off and taken up again.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.conversation import SiteId
from bot.store.knowledge_tables import documents as documents_table
from bot.store.knowledge_tables import index_versions, passage_vectors, passages
from bot.store.knowledge_tables import vectors as vectors_table
from bot.store.vectors import IndexVersion


async def rows_after(
    conn: AsyncConnection, version: IndexVersion, *, after: int, limit: int
) -> list[tuple[int, dict[str, Any]]]:
    """Return passages as they were given, each with its ordinal, in order; begin `after` -1."""
    found = await conn.execute(
        select(passages.c.ordinal, passages.c.row)
        .where(passages.c.version == version.version, passages.c.ordinal > after)
        .order_by(passages.c.ordinal)
        .limit(limit)
    )
    return [(row.ordinal, row.row) for row in found]


async def rows_of_documents(
    conn: AsyncConnection, version: IndexVersion, document_ids: Sequence[str]
) -> dict[str, list[dict[str, Any]]]:
    """Return the passages of some documents, in order, by document."""
    found = await conn.execute(
        select(passages.c.document_id, passages.c.row)
        .where(passages.c.version == version.version, passages.c.document_id.in_(document_ids))
        .order_by(passages.c.ordinal)
    )
    by_document: dict[str, list[dict[str, Any]]] = {}
    for row in found:
        by_document.setdefault(row.document_id, []).append(row.row)
    return by_document


async def keys_after(conn: AsyncConnection, version: IndexVersion, *, after: str, limit: int) -> list[str]:
    """Return the version's vector keys, each once, in order; begin `after` the empty text."""
    found = await conn.scalars(
        select(passage_vectors.c.vector_key)
        .where(passage_vectors.c.version == version.version, passage_vectors.c.vector_key > after)
        .distinct()
        .order_by(passage_vectors.c.vector_key)
        .limit(limit)
    )
    return list(found)


async def count_vectors(conn: AsyncConnection, version: IndexVersion) -> int:
    """Return how many different vectors the version has."""
    found = await conn.scalar(
        select(func.count(func.distinct(passage_vectors.c.vector_key))).where(
            passage_vectors.c.version == version.version
        )
    )
    return int(found or 0)


async def drop_slice(conn: AsyncConnection, version: IndexVersion, *, limit: int) -> bool:
    """Delete up to `limit` rows from each of the version's tables; return whether there were any."""
    keys = await keys_after(conn, version, after="", limit=limit)
    if keys:
        await conn.execute(
            delete(passage_vectors).where(
                passage_vectors.c.version == version.version, passage_vectors.c.vector_key <= keys[-1]
            )
        )
    rest = 0
    for table, column in ((passages, passages.c.ordinal), (documents_table, documents_table.c.document_id)):
        some = select(column).where(table.c.version == version.version).order_by(column).limit(limit)
        gone = await conn.execute(
            delete(table).where(table.c.version == version.version, column.in_(some.scalar_subquery()))
        )
        rest += gone.rowcount
    return bool(keys or rest)


async def vector_models(conn: AsyncConnection, site_id: SiteId) -> list[str]:
    """Return the models that the site's vectors were made with."""
    found = await conn.scalars(
        select(vectors_table.c.model_id).where(vectors_table.c.site_id == site_id).distinct()
    )
    return sorted(found)


async def forget_unused_slice(
    conn: AsyncConnection, *, site_id: SiteId, model_id: str, after: str, limit: int
) -> str | None:
    """Look at up to `limit` vectors of a model after a key, and delete those no version of that model has.

    Returns:
        The last key looked at, None when there was none left.
    """
    of_model = (vectors_table.c.site_id == site_id, vectors_table.c.model_id == model_id)
    keys: list[str] = list(
        await conn.scalars(
            select(vectors_table.c.vector_key)
            .where(*of_model, vectors_table.c.vector_key > after)
            .order_by(vectors_table.c.vector_key)
            .limit(limit)
        )
    )
    if not keys:
        return None
    used = await conn.scalars(
        select(passage_vectors.c.vector_key)
        .join(index_versions, index_versions.c.version == passage_vectors.c.version)
        .where(
            passage_vectors.c.site_id == site_id,
            passage_vectors.c.vector_key.in_(keys),
            index_versions.c.model_id == model_id,
        )
        .distinct()
    )
    unused = set(keys) - set(used)
    if unused:
        await conn.execute(delete(vectors_table).where(*of_model, vectors_table.c.vector_key.in_(unused)))
    return keys[-1]
