"""What remains of what was erased: hashes of ids, so that it stays erased also after a backup is restored."""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import tombstones

SubjectKind = Literal["visitor", "conversation", "lead"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """A subject that was erased, known only by the hash of its id."""

    kind: SubjectKind
    subject_hash: str
    erased_at: datetime


def hash_of(kind: SubjectKind, subject_id: str) -> str:
    """Return what is kept of an erased id. Ids are long and random, so the hash cannot be guessed back."""
    return hashlib.sha256(f"{kind}:{subject_id}".encode()).hexdigest()


async def is_erased(conn: AsyncConnection, kind: SubjectKind, subject_id: str) -> bool:
    """Whether the subject was erased."""
    found = await conn.scalar(
        select(tombstones.c.kind).where(
            tombstones.c.kind == kind, tombstones.c.subject_hash == hash_of(kind, subject_id)
        )
    )
    return found is not None


async def bury(conn: AsyncConnection, kind: SubjectKind, ids: Iterable[str], *, at: datetime) -> None:
    """Leave a tombstone for each id; a second one for the same id changes nothing."""
    for subject_id in ids:
        if not await is_erased(conn, kind, subject_id):
            await conn.execute(
                insert(tombstones).values(kind=kind, subject_hash=hash_of(kind, subject_id), erased_at=at)
            )


async def list_all(conn: AsyncConnection) -> list[Tombstone]:
    """Return every tombstone, oldest first: what a restored backup must be told."""
    rows = await conn.execute(select(tombstones).order_by(tombstones.c.erased_at, tombstones.c.subject_hash))
    return [Tombstone(kind=row.kind, subject_hash=row.subject_hash, erased_at=row.erased_at) for row in rows]


async def keep(conn: AsyncConnection, stones: Iterable[Tombstone]) -> None:
    """Keep tombstones of another course of history; those that are here already stay as they are."""
    known = {(stone.kind, stone.subject_hash) for stone in await list_all(conn)}
    new = [asdict(stone) for stone in stones if (stone.kind, stone.subject_hash) not in known]
    if new:
        await conn.execute(insert(tombstones), new)
