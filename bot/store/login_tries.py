"""Tries to log in, of a name or an address, counted for all processes; forgotten an hour after the last.

Promises: of name and address only a digest is kept. All of it is written in one line, `LINE`.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.operator_tables import login_tries

LINE = "logins"
FORGET_AFTER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Tries:
    """Tries of one name or address; nothing is tried before `wait_until`."""

    count: int
    wait_until: datetime


async def wait_until(conn: AsyncConnection, keys: Collection[str]) -> datetime | None:
    """Return when the last of the keys may be tried again; None when nothing is known of any."""
    last = func.max(login_tries.c.wait_until)
    latest: datetime | None = await conn.scalar(
        select(last).where(login_tries.c.key_hash.in_([hash_of(key) for key in keys]))
    )
    return latest


async def find(conn: AsyncConnection, key: str, *, now: datetime) -> Tries | None:
    """Return what is remembered of a key."""
    rows = await conn.execute(
        select(login_tries).where(
            login_tries.c.key_hash == hash_of(key), login_tries.c.last_at >= now - FORGET_AFTER
        )
    )
    row = rows.one_or_none()
    return None if row is None else Tries(row.tries, row.wait_until)


async def keep(conn: AsyncConnection, key: str, tries: Tries, *, now: datetime) -> None:
    """Remember the latest try of a key, and forget those that are old."""
    digest = hash_of(key)
    old = login_tries.c.last_at < now - FORGET_AFTER
    await conn.execute(delete(login_tries).where(old | (login_tries.c.key_hash == digest)))
    await conn.execute(
        insert(login_tries).values(
            key_hash=digest, tries=tries.count, last_at=now, wait_until=tries.wait_until
        )
    )


async def forgive(conn: AsyncConnection, key: str) -> None:
    """Take back a try that was right."""
    await conn.execute(
        update(login_tries)
        .where(login_tries.c.key_hash == hash_of(key))
        .values(tries=login_tries.c.tries - 1, wait_until=login_tries.c.last_at)
    )


async def forget(conn: AsyncConnection, key: str) -> None:
    """Begin to count anew."""
    await conn.execute(delete(login_tries).where(login_tries.c.key_hash == hash_of(key)))


def hash_of(key: str) -> bytes:
    """Return what is kept of a key."""
    return hashlib.sha256(key.encode(errors="surrogatepass")).digest()
