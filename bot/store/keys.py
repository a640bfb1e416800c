"""API keys. Of a key only its SHA-256 and a short prefix, for recognising it, are kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.conversation import SiteId
from bot.store.tables import api_keys

LIST_LIMIT = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRow:
    """A key as it is shown. `site_id` None opens every site."""

    key_id: str
    prefix: str
    name: str
    site_id: SiteId | None
    created_at: datetime
    revoked_at: datetime | None


async def add(  # noqa: PLR0913 - a row has as many columns
    conn: AsyncConnection,
    *,
    key_id: str,
    sha256: bytes,
    prefix: str,
    name: str,
    site_id: SiteId | None,
    now: datetime,
) -> None:
    """Keep a new key."""
    await conn.execute(
        insert(api_keys).values(
            key_id=key_id, sha256=sha256, prefix=prefix, name=name, site_id=site_id, created_at=now
        )
    )


async def find(conn: AsyncConnection, sha256: bytes) -> KeyRow | None:
    """Return the key of that hash unless it was revoked."""
    found = await conn.execute(
        select(api_keys).where(api_keys.c.sha256 == sha256, api_keys.c.revoked_at.is_(None))
    )
    row = found.one_or_none()
    return None if row is None else _key_from(row)


async def revoke(conn: AsyncConnection, key_id: str, *, at: datetime) -> bool:
    """Let the key open nothing any more; False when there is no such live key."""
    changed = await conn.execute(
        update(api_keys)
        .where(api_keys.c.key_id == key_id, api_keys.c.revoked_at.is_(None))
        .values(revoked_at=at)
    )
    return changed.rowcount == 1


async def list_all(conn: AsyncConnection) -> list[KeyRow]:
    """Return every key, revoked ones too, oldest first."""
    rows = await conn.execute(
        select(api_keys).order_by(api_keys.c.created_at, api_keys.c.key_id).limit(LIST_LIMIT)
    )
    return [_key_from(row) for row in rows]


def _key_from(row: Row[Any]) -> KeyRow:
    return KeyRow(
        key_id=row.key_id,
        prefix=row.prefix,
        name=row.name,
        site_id=row.site_id,
        created_at=row.created_at,
        revoked_at=row.revoked_at,
    )
