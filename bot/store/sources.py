"""How each knowledge source of a site is doing: when it was last read, and what was wrong with it.

Promises: the states written with a version's activation describe the files that this version was made of.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.conversation import SiteId
from bot.store.knowledge_tables import sources

STATES_LIMIT = 100_000
SOURCES_AT_A_TIME = 500
"""Names in one statement; databases bound the number of parameters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """A source as it was found last.

    `content_hash` is of the bytes that were read (None when they could not be), `passages` how many of its
    passages serve. A success does away with the error; a failure keeps the time of the last success.
    """

    source: str
    state: Literal["ok", "failed"]
    checked_at: datetime
    last_success_at: datetime | None
    error_code: str | None = None
    error: str | None = None
    content_hash: str | None = None
    passages: int | None = None


async def note(conn: AsyncConnection, *, site_id: SiteId, states: Sequence[SourceState]) -> None:
    """Keep how these sources are doing now, in place of what was kept of them."""
    await forget(conn, site_id=site_id, names=[state.source for state in states])
    if states:
        await conn.execute(insert(sources), [asdict(state) | {"site_id": site_id} for state in states])


async def forget(conn: AsyncConnection, *, site_id: SiteId, names: Sequence[str]) -> None:
    """Drop sources that are no longer there."""
    for start in range(0, len(names), SOURCES_AT_A_TIME):
        some = names[start : start + SOURCES_AT_A_TIME]
        await conn.execute(delete(sources).where(sources.c.site_id == site_id, sources.c.source.in_(some)))


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
            content_hash=row.content_hash,
            passages=row.passages,
        )
        for row in rows
    ]
