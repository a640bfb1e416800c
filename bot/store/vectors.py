"""Vectors as rows: the truth that any vector index on disk can be made from again.

Promises: a vector is kept once for each site, model and content key, as little-endian float32 bytes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.conversation import SiteId
from bot.store.knowledge_tables import passage_vectors
from bot.store.knowledge_tables import vectors as vectors_table

KEYS_AT_A_TIME = 1_000
"""Keys in one query; databases bound the number of parameters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexVersion:
    """One state of a site's knowledge, embedded with one model. It serves from `activated_at` on."""

    version: int
    site_id: SiteId
    model_id: str
    dimensions: int
    language: str | None
    created_at: datetime
    activated_at: datetime | None


async def known_vectors(
    conn: AsyncConnection, *, site_id: SiteId, model_id: str, keys: Sequence[str]
) -> dict[str, bytes]:
    """Return the vectors that are kept already, of those asked for."""
    known: dict[str, bytes] = {}
    for some in _in_parts(keys):
        rows = await conn.execute(
            select(vectors_table.c.vector_key, vectors_table.c.vector).where(
                vectors_table.c.site_id == site_id,
                vectors_table.c.model_id == model_id,
                vectors_table.c.vector_key.in_(some),
            )
        )
        known.update({row.vector_key: row.vector for row in rows})
    return known


async def add_vectors(
    conn: AsyncConnection, *, site_id: SiteId, model_id: str, vectors: Mapping[str, bytes]
) -> None:
    """Keep vectors by key; what is known already stays as it is."""
    known = await known_vectors(conn, site_id=site_id, model_id=model_id, keys=list(vectors))
    new = [
        {"site_id": site_id, "model_id": model_id, "vector_key": key, "vector": vector}
        for key, vector in vectors.items()
        if key not in known
    ]
    if new:
        await conn.execute(insert(vectors_table), new)


async def passage_keys(conn: AsyncConnection, version: IndexVersion) -> list[tuple[str, str]]:
    """Return each passage id of a version with each of its vector keys."""
    rows = await conn.execute(
        select(passage_vectors.c.passage_id, passage_vectors.c.vector_key)
        .where(passage_vectors.c.version == version.version)
        .order_by(passage_vectors.c.passage_id, passage_vectors.c.vector_key)
    )
    return [(row.passage_id, row.vector_key) for row in rows]


async def vectors(conn: AsyncConnection, version: IndexVersion) -> dict[str, bytes]:
    """Return every vector of a version by its key."""
    rows = await conn.execute(
        select(vectors_table.c.vector_key, vectors_table.c.vector)
        .join(passage_vectors, passage_vectors.c.vector_key == vectors_table.c.vector_key)
        .where(
            passage_vectors.c.version == version.version,
            vectors_table.c.site_id == version.site_id,
            vectors_table.c.model_id == version.model_id,
        )
        .order_by(vectors_table.c.vector_key)
        .distinct()
    )
    return {row.vector_key: row.vector for row in rows}


def _in_parts(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    return (keys[start : start + KEYS_AT_A_TIME] for start in range(0, len(keys), KEYS_AT_A_TIME))
