"""What each site looked like when it was last served: an export must know its slots without its folder."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.conversation import SiteId
from bot.store.tables import sites

LIST_LIMIT = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRow:
    """A site as last seen. `slots` are the playbook's, as JSON, in its order."""

    site_id: SiteId
    folder: str
    name: str
    slots: tuple[dict[str, Any], ...]
    playbook_version: str
    seen_at: datetime


async def register(  # noqa: PLR0913 - a row has as many columns
    conn: AsyncConnection,
    *,
    site_id: SiteId,
    folder: str,
    name: str,
    slots: Sequence[dict[str, Any]],
    playbook_version: str,
    now: datetime,
) -> None:
    """Keep what the site looks like now."""
    await conn.execute(delete(sites).where(sites.c.site_id == site_id))
    await conn.execute(
        insert(sites).values(
            site_id=site_id,
            folder=folder,
            name=name,
            slots=list(slots),
            playbook_version=playbook_version,
            seen_at=now,
        )
    )


async def find(conn: AsyncConnection, site_id: SiteId) -> SiteRow | None:
    """Return the site as last seen."""
    row = (await conn.execute(select(sites).where(sites.c.site_id == site_id))).one_or_none()
    return None if row is None else _site_from(row)


async def list_all(conn: AsyncConnection) -> list[SiteRow]:
    """Return every site that was ever served from this database, by id."""
    rows = await conn.execute(select(sites).order_by(sites.c.site_id).limit(LIST_LIMIT))
    return [_site_from(row) for row in rows]


def _site_from(row: Row[Any]) -> SiteRow:
    return SiteRow(
        site_id=row.site_id,
        folder=row.folder,
        name=row.name,
        slots=tuple(row.slots),
        playbook_version=row.playbook_version,
        seen_at=row.seen_at,
    )
