"""The learned score of each site, as plain JSON: the latest training, nothing of a visitor."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.conversation import SiteId
from bot.store.tables import learned_scores


async def keep(conn: AsyncConnection, *, site_id: SiteId, model: Mapping[str, Any], at: datetime) -> None:
    """Keep the model in place of the one before."""
    await forget(conn, site_id)
    await conn.execute(insert(learned_scores).values(site_id=site_id, model=dict(model), trained_at=at))


async def find(conn: AsyncConnection, site_id: SiteId) -> Mapping[str, Any] | None:
    """Return the site's model, if one was trained."""
    found: Mapping[str, Any] | None = await conn.scalar(
        select(learned_scores.c.model).where(learned_scores.c.site_id == site_id)
    )
    return found


async def forget(conn: AsyncConnection, site_id: SiteId) -> bool:
    """Drop the site's model; return whether there was one."""
    gone = await conn.execute(delete(learned_scores).where(learned_scores.c.site_id == site_id))
    return gone.rowcount > 0
