"""News that waits to be delivered to the outside: written with what it tells of, sent later, retried until it counts.

Promises: an item is put once by its id; a claimed item belongs to its claimer until the lease is over, so two
workers do not send one item; a crash between sending and marking sends it again (at least once).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.conversation import ConversationId, LeadId, SiteId
from bot.domain.events import EventName
from bot.store.tables import outbox

COUNTED_AT_MOST = 10_000
LAST_WORDS: tuple[EventName, ...] = ("consent.withdrawn", "lead.erased")
"""Notices that outlive whom they are about, ids alone, for whoever has something to erase; once told they go."""
OutboxState = Literal["pending", "delivered", "dead"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxRow:
    """One event for one receiver. `attempts` counts the claims so far; `next_at` is when it is due, or leased to."""

    item_id: str
    site_id: SiteId
    event: EventName
    target: str
    payload: Mapping[str, Any]
    lead_id: LeadId | None
    conversation_id: ConversationId | None
    state: OutboxState
    attempts: int
    next_at: datetime
    created_at: datetime
    last_error: str | None


async def put(  # noqa: PLR0913 - a row has as many columns
    conn: AsyncConnection,
    *,
    item_id: str,
    event: EventName,
    site_id: SiteId,
    target: str,
    payload: Mapping[str, Any],
    now: datetime,
    lead_id: LeadId | None = None,
    conversation_id: ConversationId | None = None,
    due_at: datetime | None = None,
) -> bool:
    """Let an event wait for delivery, due at once unless told; False when that id was put before."""
    if await conn.scalar(select(outbox.c.item_id).where(outbox.c.item_id == item_id)) is not None:
        return False
    await conn.execute(
        insert(outbox).values(
            item_id=item_id,
            event=event,
            site_id=site_id,
            target=target,
            payload=dict(payload),
            lead_id=lead_id,
            conversation_id=conversation_id,
            state="pending",
            attempts=0,
            next_at=due_at or now,
            created_at=now,
        )
    )
    return True


async def waiting_for(conn: AsyncConnection, lead_id: LeadId) -> list[OutboxRow]:
    """Return what waits to be told of a lead and was never tried."""
    of_lead = (outbox.c.lead_id == lead_id, outbox.c.state == "pending", outbox.c.attempts == 0)
    rows = await conn.execute(select(outbox).where(*of_lead).order_by(outbox.c.item_id))
    return [_row_from(row) for row in rows]


async def reword(conn: AsyncConnection, item_id: str, payload: Mapping[str, Any]) -> None:
    """Give an item that waits another payload."""
    await _settle(conn, item_id, payload=dict(payload))


async def claim(
    conn: AsyncConnection, *, now: datetime, until: datetime, limit: int, skip_targets: Collection[str] = ()
) -> list[OutboxRow]:
    """Take what is due, longest waiting first, for oneself until `until`; each claim counts as an attempt.

    Receivers in `skip_targets` wait for another time: a slow one must not take every place.
    """
    due = (
        select(outbox.c.item_id)
        .where(
            outbox.c.state == "pending", outbox.c.next_at <= now, outbox.c.target.not_in(list(skip_targets))
        )
        .order_by(outbox.c.next_at, outbox.c.item_id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    ids = (await conn.scalars(due)).all()
    if not ids:
        return []
    await conn.execute(
        update(outbox).where(outbox.c.item_id.in_(ids)).values(next_at=until, attempts=outbox.c.attempts + 1)
    )
    rows = await conn.execute(
        select(outbox).where(outbox.c.item_id.in_(ids)).order_by(outbox.c.created_at, outbox.c.item_id)
    )
    return [_row_from(row) for row in rows]


async def told_of(conn: AsyncConnection, lead_id: LeadId) -> list[OutboxRow]:
    """Return what was told of a lead, or may have been, and what waits to be."""
    rows = await conn.execute(
        select(outbox).where(outbox.c.lead_id == lead_id).order_by(outbox.c.created_at, outbox.c.item_id)
    )
    return [_row_from(row) for row in rows]


async def keep_last_words(conn: AsyncConnection, lead_id: LeadId) -> None:
    """Let the notices of a lead that is erased go out all the same, belonging to nobody."""
    waiting = (outbox.c.event.in_(LAST_WORDS), outbox.c.state == "pending")
    await conn.execute(
        update(outbox).where(outbox.c.lead_id == lead_id, *waiting).values(lead_id=None, conversation_id=None)
    )


async def mark_delivered(conn: AsyncConnection, item_id: str, *, at: datetime) -> None:
    """Note that the receiver has it."""
    await _settle(conn, item_id, state="delivered", finished_at=at, last_error=None)
    await _forget_last_words(conn, item_id)


async def retry(conn: AsyncConnection, item_id: str, *, next_at: datetime, detail: str) -> None:
    """Let it wait for another attempt."""
    await _settle(conn, item_id, next_at=next_at, last_error=detail)


async def dead(conn: AsyncConnection, item_id: str, *, at: datetime, detail: str) -> None:
    """Give the item up; it stays to be looked at."""
    await _settle(conn, item_id, state="dead", finished_at=at, last_error=detail)
    await _forget_last_words(conn, item_id)


async def dead_target(
    conn: AsyncConnection, *, site_id: SiteId, target: str, at: datetime, detail: str
) -> int:
    """Give up all that waits for a receiver that wants nothing more; return how many items that were."""
    waiting = (outbox.c.site_id == site_id, outbox.c.target == target, outbox.c.state == "pending")
    nobodys = (outbox.c.lead_id.is_(None), outbox.c.event.in_(LAST_WORDS))
    forgotten = await conn.execute(delete(outbox).where(*waiting, *nobodys))
    changed = await conn.execute(
        update(outbox).where(*waiting).values(state="dead", finished_at=at, last_error=detail)
    )
    return forgotten.rowcount + changed.rowcount


async def next_due(conn: AsyncConnection) -> datetime | None:
    """Return when the next item is due, None when nothing waits."""
    due: datetime | None = await conn.scalar(
        select(outbox.c.next_at).where(outbox.c.state == "pending").order_by(outbox.c.next_at).limit(1)
    )
    return due


async def count_pending(conn: AsyncConnection) -> int:
    """Count what waits to be delivered, up to the number at which something is wrong anyway."""
    some = select(outbox.c.item_id).where(outbox.c.state == "pending").limit(COUNTED_AT_MOST).subquery()
    return int(await conn.scalar(select(func.count()).select_from(some)) or 0)


async def page(
    conn: AsyncConnection, *, site_id: SiteId | None, state: OutboxState, limit: int = 100
) -> list[OutboxRow]:
    """Return the newest items in that state."""
    query = select(outbox).where(outbox.c.state == state)
    if site_id is not None:
        query = query.where(outbox.c.site_id == site_id)
    rows = await conn.execute(query.order_by(outbox.c.created_at.desc(), outbox.c.item_id).limit(limit))
    return [_row_from(row) for row in rows]


async def _settle(conn: AsyncConnection, item_id: str, **values: Any) -> None:
    await conn.execute(
        update(outbox).where(outbox.c.item_id == item_id, outbox.c.state == "pending").values(**values)
    )


async def _forget_last_words(conn: AsyncConnection, item_id: str) -> None:
    nobodys = (outbox.c.lead_id.is_(None), outbox.c.event.in_(LAST_WORDS))
    await conn.execute(delete(outbox).where(outbox.c.item_id == item_id, *nobodys))


def _row_from(row: Row[Any]) -> OutboxRow:
    return OutboxRow(
        item_id=row.item_id,
        site_id=row.site_id,
        event=row.event,
        target=row.target,
        payload=row.payload,
        lead_id=row.lead_id,
        conversation_id=row.conversation_id,
        state=row.state,
        attempts=row.attempts,
        next_at=row.next_at,
        created_at=row.created_at,
        last_error=row.last_error,
    )
