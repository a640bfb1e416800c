"""Leads: one row for each visitor, with the receipts of its score; listed in pages, newest first.

Promises: pages keep their place while leads change (`created_at`, then id). `bot.store.lead_list` has the long lists.
"""

import base64
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Row, Select, bindparam, delete, func, insert, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.conversation import Consent, ConversationId, LeadId, SiteId, VisitorId
from bot.domain.errors import NotFoundError
from bot.domain.lead import Receipt
from bot.domain.playbook import Stage
from bot.store.erasure import ErasedCounts, erase, erase_again, erase_visitor
from bot.store.errors import UnknownCursorError
from bot.store.lead_filter import LeadFilter, matches
from bot.store.tables import leads as leads_table
from bot.store.tables import receipts as receipts_table
from bot.store.tombstones import Tombstone
from bot.store.tombstones import list_all as tombstones

__all__ = [
    "ErasedCounts",
    "LeadFilter",
    "LeadPage",
    "LeadRow",
    "Order",
    "Tombstone",
    "count",
    "erase",
    "erase_again",
    "erase_visitor",
    "find",
    "find_for_visitor",
    "get",
    "note_arrival",
    "ordered",
    "page",
    "receipts",
    "save",
    "tombstones",
]

Order = Literal["newest", "score"]

ORDERS: Mapping[Order, tuple[str, ...]] = {
    "newest": ("created_at", "lead_id"),
    "score": ("score", "created_at", "lead_id"),
}
"""What each order goes by, all of it downwards; an index of that name stands for each."""


# Building a statement takes longer than running it: those of every turn are built once.
_FIND = select(leads_table).where(leads_table.c.lead_id == bindparam("of"))
_FIND_FOR_VISITOR = select(leads_table).where(leads_table.c.visitor_id == bindparam("of"))
_RECEIPTS = (
    select(receipts_table)
    .where(receipts_table.c.lead_id.in_(bindparam("of", expanding=True)))
    .order_by(receipts_table.c.lead_id, receipts_table.c.ordinal)
)
_RECEIPTS_OF_ONE = (
    select(receipts_table)
    .where(receipts_table.c.lead_id == bindparam("of"))
    .order_by(receipts_table.c.ordinal)
)
_KEPT_ANEW = tuple(
    column.name for column in leads_table.c if column.name not in {"lead_id", "created_at", "merged_into"}
)
_CHANGE = (
    update(leads_table)
    .where(leads_table.c.lead_id == bindparam("of"))
    .values({name: bindparam(name) for name in _KEPT_ANEW})
)
_INSERT = insert(leads_table)
_FORGET_RECEIPTS = delete(receipts_table).where(receipts_table.c.lead_id == bindparam("of"))
_INSERT_RECEIPTS = insert(receipts_table)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadRow:
    """A lead as it is kept. `receipts` are filled in when it is read; `save` takes them beside the row.

    `merged_into` is the lead that is shown in its stead (`bot.store.merges` sets it); `save` leaves that as it is.
    """

    lead_id: LeadId
    site_id: SiteId
    visitor_id: VisitorId
    conversation_id: ConversationId
    created_at: datetime
    updated_at: datetime
    stage: Stage
    grade: str
    score: int
    consent: Consent
    consent_at: datetime | None = None
    captured: bool = False
    stopped_at: str | None = None
    first_question: str | None = None
    page: str | None = None
    referrer: str | None = None
    campaign: str | None = None
    owner: str | None = None
    playbook_version: str | None = None
    merged_into: LeadId | None = None
    receipts: tuple[Receipt, ...] = ()

    @property
    def is_merged(self) -> bool:
        """Whether it is made of other leads: then it has no visitor of its own."""
        return str(self.visitor_id) == str(self.lead_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadPage:
    """Some leads in their order, and where the next page begins (None after the last)."""

    rows: tuple[LeadRow, ...]
    next_cursor: str | None


async def save(
    conn: AsyncConnection, *, row: LeadRow, receipts: Sequence[Receipt], before: LeadRow | None = None
) -> None:
    """Keep the lead as it is judged now; receipts replace those of `before`, if it was read. `created_at` stays."""
    values = _values(row)
    changed = await conn.execute(_CHANGE, values | {"of": row.lead_id})
    if changed.rowcount == 0:
        await conn.execute(_INSERT, values | {"lead_id": row.lead_id, "created_at": row.created_at})
    if before is not None and before.receipts == tuple(receipts):
        return
    await conn.execute(_FORGET_RECEIPTS, {"of": row.lead_id})
    if receipts:
        rows = [_receipt_values(row, ordinal, receipt) for ordinal, receipt in enumerate(receipts)]
        await conn.execute(_INSERT_RECEIPTS, rows)


async def get(conn: AsyncConnection, lead_id: LeadId) -> LeadRow:
    """Return the lead.

    Raises:
        NotFoundError: There is no such lead.
    """
    row = await find(conn, lead_id)
    if row is None:
        raise NotFoundError(f"There is no lead {lead_id!r}; `foyer leads list` shows those there are.")
    return row


async def find(conn: AsyncConnection, lead_id: LeadId) -> LeadRow | None:
    """Return the lead, if there is one of that id."""
    return await _find_one(conn, _FIND, lead_id)


async def find_for_visitor(conn: AsyncConnection, visitor_id: VisitorId) -> LeadRow | None:
    """Return the visitor's lead, if they have become one."""
    return await _find_one(conn, _FIND_FOR_VISITOR, visitor_id)


async def receipts(conn: AsyncConnection, lead_id: LeadId) -> list[Receipt]:
    """Return why the lead has its score, in the order of the judgement."""
    return list((await _receipts_of(conn, [lead_id])).get(lead_id, ()))


async def page(
    conn: AsyncConnection,
    *,
    where: LeadFilter,
    cursor: str | None = None,
    limit: int = 50,
    order: Order = "newest",
) -> LeadPage:
    """Return up to `limit` leads, newest or best first, from the cursor of the page before.

    Raises:
        UnknownCursorError: The cursor is not one of ours, or of another order.
    """
    query = ordered(where, order)
    if cursor is not None:
        columns = [leads_table.c[name] for name in ORDERS[order]]
        query = query.where(tuple_(*columns) < tuple_(*_read_cursor(cursor, order)))
    found = (await conn.execute(query.limit(limit + 1))).all()
    rows = await _with_receipts(conn, found[:limit])
    next_cursor = _write_cursor(rows[-1], order) if len(found) > limit else None
    return LeadPage(rows=tuple(rows), next_cursor=next_cursor)


def ordered(where: LeadFilter, order: Order) -> Select[Any]:
    """Return the query for all matching leads in that order."""
    columns = (leads_table.c[name] for name in ORDERS[order])
    return select(leads_table).where(matches(where)).order_by(*(column.desc() for column in columns))


async def count(conn: AsyncConnection, where: LeadFilter, *, at_most: int | None = None) -> int:
    """Return how many leads match; with `at_most`, no more than that are counted."""
    found = select(leads_table.c.lead_id).where(matches(where)).limit(at_most).subquery()
    return int(await conn.scalar(select(func.count()).select_from(found)) or 0)


def _values(row: LeadRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _KEPT_ANEW} | {"consent": row.consent.value}


def _receipt_values(row: LeadRow, ordinal: int, receipt: Receipt) -> dict[str, Any]:
    return {
        "lead_id": row.lead_id,
        "ordinal": ordinal,
        "site_id": row.site_id,
        "rule": receipt.rule,
        "points": receipt.points,
        "reason": receipt.reason,
        "quote": receipt.quote,
        "message_id": receipt.message_id,
        "at": receipt.at,
        "dimension": receipt.dimension,
    }


async def note_arrival(conn: AsyncConnection, visitor_id: VisitorId, **arrival: str) -> LeadId | None:
    """Keep `referrer` and `campaign` of a visitor who agreed to be contacted; what is kept first stays.

    Return their lead where anything was new.
    """
    agreed = leads_table.c.consent == Consent.GIVEN.value
    found: set[LeadId] = set()
    for name, value in arrival.items():
        theirs = (leads_table.c.visitor_id == visitor_id, agreed, leads_table.c[name].is_(None))
        changed = update(leads_table).where(*theirs).values({name: value}).returning(leads_table.c.lead_id)
        found |= {LeadId(row.lead_id) for row in await conn.execute(changed)}
    return next(iter(found), None)


async def _find_one(conn: AsyncConnection, query: Select[Any], of: str) -> LeadRow | None:
    row = (await conn.execute(query, {"of": of})).first()
    if row is None:
        return None
    why = await conn.execute(_RECEIPTS_OF_ONE, {"of": row.lead_id})
    return _lead_from(row, tuple(map(_receipt_from, why)))


def _write_cursor(row: LeadRow, order: Order) -> str:
    mark = f"{row.created_at.isoformat()} {row.lead_id}"
    return base64.urlsafe_b64encode((f"{row.score} {mark}" if order == "score" else mark).encode()).decode()


def _read_cursor(cursor: str, order: Order) -> tuple[Any, ...]:
    mark: tuple[Any, ...]
    try:
        *score, created_at, lead_id = base64.urlsafe_b64decode(cursor.encode()).decode().split(" ")
        mark = (*map(_score, score), datetime.fromisoformat(created_at).astimezone(UTC), lead_id)
    except (ValueError, OverflowError):
        mark = ()
    if len(mark) != len(ORDERS[order]):
        remedy = "begin at the first page, without one."
        raise UnknownCursorError(f"{cursor!r} is no cursor of ours; {remedy}")
    return mark


def _score(text: str) -> int:
    score = int(text)
    if not 0 <= score <= 100:
        raise ValueError(f"{score} is no score")
    return score


async def _with_receipts(conn: AsyncConnection, rows: Sequence[Row[Any]]) -> list[LeadRow]:
    why = await _receipts_of(conn, [row.lead_id for row in rows])
    return [_lead_from(row, tuple(why.get(row.lead_id, ()))) for row in rows]


async def _receipts_of(conn: AsyncConnection, lead_ids: Sequence[LeadId]) -> dict[LeadId, list[Receipt]]:
    found: defaultdict[LeadId, list[Receipt]] = defaultdict(list)
    if lead_ids:
        for row in await conn.execute(_RECEIPTS, {"of": lead_ids}):
            found[row.lead_id].append(_receipt_from(row))
    return dict(found)


def _receipt_from(row: Row[Any]) -> Receipt:
    return Receipt(
        rule=row.rule,
        points=row.points,
        reason=row.reason,
        quote=row.quote,
        message_id=row.message_id,
        at=row.at,
        dimension=row.dimension,
    )


def _lead_from(row: Row[Any], receipts: tuple[Receipt, ...]) -> LeadRow:
    kept = {name: value for name, value in row._asdict().items() if name != "consent"}
    return LeadRow(**kept, consent=Consent(row.consent), receipts=receipts)
