"""Leads as they are shown and exported: read from the store page by page, with the latest fact of each slot.

No transaction is open while a reader is slow: a page is read whole, then given out.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from bot.domain.conversation import LeadId
from bot.domain.facts import Fact, current_facts
from bot.leads.columns import LeadRecord
from bot.store import Connection, Database, facts, leads
from bot.store.leads import LeadFilter, LeadRow

PAGE = 200
"""Leads held at a time."""


@dataclass(frozen=True, slots=True)
class RecordPage:
    """Some leads, newest first, and where the next page begins (None after the last)."""

    records: tuple[LeadRecord, ...]
    next_cursor: str | None


async def find_record(
    connection: Connection, lead_id: LeadId, *, public_url: str | None = None
) -> LeadRecord | None:
    """Return the lead of that id, if there is one."""
    row = await leads.find(connection, lead_id)
    return None if row is None else (await _records(connection, (row,), public_url))[0]


async def page_of_records(
    connection: Connection,
    where: LeadFilter,
    *,
    cursor: str | None = None,
    limit: int = 50,
    public_url: str | None = None,
) -> RecordPage:
    """Return up to `limit` leads, newest first, from the cursor of the page before.

    Raises:
        UnknownCursorError: The cursor is not one of ours.
    """
    page = await leads.page(connection, where=where, cursor=cursor, limit=limit)
    return RecordPage(await _records(connection, page.rows, public_url), page.next_cursor)


async def stream_records(
    db: Database, where: LeadFilter, *, public_url: str | None = None
) -> AsyncIterator[LeadRecord]:
    """Yield every matching lead, newest first, in constant memory."""
    cursor: str | None = None
    while True:
        async with db.read() as connection:
            page = await page_of_records(connection, where, cursor=cursor, limit=PAGE, public_url=public_url)
        for record in page.records:
            yield record
        cursor = page.next_cursor
        if cursor is None:
            return


def conversation_url(public_url: str | None, row: LeadRow) -> str | None:
    """Return where the conversation can be read, None while the server's public address is not configured."""
    if not public_url:
        return None
    return f"{public_url.rstrip('/')}/api/v1/conversations/{row.conversation_id}"


async def _records(
    connection: Connection, rows: Sequence[LeadRow], public_url: str | None
) -> tuple[LeadRecord, ...]:
    logs: dict[LeadId, list[Fact]] = await facts.histories(connection, [row.lead_id for row in rows])
    return tuple(
        LeadRecord(
            row=row,
            facts=current_facts(logs.get(row.lead_id, ())),
            conversation_url=conversation_url(public_url, row),
        )
        for row in rows
    )
