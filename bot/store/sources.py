"""How each knowledge source of a site is doing: when it was last read, and what was wrong with it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.conversation import SiteId
from bot.store.knowledge_tables import active_versions, documents, passages, sources

STATES_LIMIT = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """A source as it was found last. After a failure, `last_success_at` says how old what is served is."""

    source: str
    state: Literal["ok", "failed"]
    checked_at: datetime
    last_success_at: datetime | None
    error_code: str | None
    error: str | None


async def succeeded(conn: AsyncConnection, *, site_id: SiteId, source: str, at: datetime) -> None:
    """Note that the source was read whole."""
    await _save(
        conn, site_id, source, state="ok", checked_at=at, last_success_at=at, error_code=None, error=None
    )


async def failed(
    conn: AsyncConnection, *, site_id: SiteId, source: str, at: datetime, code: str, message: str
) -> None:
    """Note that the source could not be read, and why."""
    await _save(conn, site_id, source, state="failed", checked_at=at, error_code=code, error=message)


async def states(conn: AsyncConnection, site_id: SiteId) -> list[SourceState]:
    """Return how every source of the site is doing, by name."""
    rows = await conn.execute(
        select(sources).where(sources.c.site_id == site_id).order_by(sources.c.source).limit(STATES_LIMIT)
    )
    return [
        SourceState(
            source=row.source,
            state=row.state,
            checked_at=row.checked_at,
            last_success_at=row.last_success_at,
            error_code=row.error_code,
            error=row.error,
        )
        for row in rows
    ]


async def passage_counts(conn: AsyncConnection, site_id: SiteId) -> dict[str, int]:
    """Return how many passages each source gives to the version that serves."""
    rows = await conn.execute(
        select(documents.c.source, func.count())
        .join(active_versions, documents.c.version == active_versions.c.version)
        .join(
            passages,
            (passages.c.version == documents.c.version) & (passages.c.document_id == documents.c.document_id),
        )
        .where(active_versions.c.site_id == site_id)
        .group_by(documents.c.source)
        .order_by(documents.c.source)
        .limit(STATES_LIMIT)
    )
    return {str(source): int(count) for source, count in rows}


async def forget(conn: AsyncConnection, *, site_id: SiteId, source: str) -> None:
    """Drop a source that is no longer there."""
    await conn.execute(delete(sources).where(sources.c.site_id == site_id, sources.c.source == source))


async def _save(conn: AsyncConnection, site_id: SiteId, source: str, **values: Any) -> None:
    changed = await conn.execute(
        update(sources).where(sources.c.site_id == site_id, sources.c.source == source).values(**values)
    )
    if changed.rowcount == 0:
        await conn.execute(insert(sources).values(site_id=site_id, source=source, **values))
