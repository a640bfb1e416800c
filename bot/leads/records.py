"""Leads as they are shown and listed: read from the store page by page, with the latest fact of each slot.

No transaction is open while a reader is slow: a page or block is read whole, then given out.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from bot.domain.conversation import LeadId
from bot.domain.facts import Fact, current_facts
from bot.domain.slots import Slot, SlotKind
from bot.leads.columns import LeadRecord
from bot.store import Connection, Database, facts, identities, leads, merges
from bot.store.lead_filter import LeadFilter
from bot.store.lead_list import LeadBlock, Mark, read_block
from bot.store.leads import LeadRow, Order
from bot.store.outdone import find_outdone

FIRST_BLOCK = 100
BLOCK = 1_000
EVIDENCE_BLOCK = 300
"""Leads of a list held at a time; one block is written while the next is read."""
PART = 200
"""Leads given out at a time. Who writes them holds Python's lock, and the steps of reading wait for it in between."""


@dataclass(frozen=True, slots=True)
class RecordPage:
    """Some leads in their order, and where the next page begins (None after the last).

    `chances` (0–1) are how likely they are won, where they are in that order.
    """

    records: tuple[LeadRecord, ...]
    next_cursor: str | None
    chances: Mapping[LeadId, float] = field(default_factory=dict)


async def find_record(
    connection: Connection, lead_id: LeadId, *, public_url: str | None = None
) -> LeadRecord | None:
    """Return the lead of that id, if there is one."""
    row = await leads.find(connection, lead_id)
    return None if row is None else (await records_of(connection, (row,), public_url))[0]


async def page_of_records(
    connection: Connection,
    where: LeadFilter,
    *,
    cursor: str | None = None,
    limit: int = 50,
    public_url: str | None = None,
    order: Order = "newest",
) -> RecordPage:
    """Return up to `limit` leads, newest or best first, from the cursor of the page before.

    Raises:
        UnknownCursorError: The cursor is not one of ours.
    """
    page = await leads.page(connection, where=where, cursor=cursor, limit=limit, order=order)
    return RecordPage(await records_of(connection, page.rows, public_url), page.next_cursor)


async def stream_blocks(
    db: Database, where: LeadFilter, *, has_evidence: bool = False
) -> AsyncIterator[LeadBlock]:
    """Yield every matching lead for a list, newest first, some at a time; the next are read meanwhile.

    The first block is small, so that a list begins at once. `has_evidence` adds rule, quote, message and time to each
    reason, as JSONL has them.
    """

    async def read(after: Mark | None, limit: int) -> LeadBlock:
        async with db.read() as connection:
            return await read_block(connection, where, after=after, limit=limit, has_evidence=has_evidence)

    following = asyncio.create_task(read(None, FIRST_BLOCK))
    limit = FIRST_BLOCK
    try:
        while block := await following:
            is_last = len(block) < limit
            if not is_last:
                limit = EVIDENCE_BLOCK if has_evidence else BLOCK
                following = asyncio.create_task(read(block.end, limit))
            for part in block.parts(PART):
                yield part
            if is_last:
                return
    finally:
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)


async def stream_outdone(db: Database, where: LeadFilter, slots: Sequence[Slot]) -> AsyncGenerator[str, None]:
    """Yield the ids of matching leads that a better one of the same e-mail address outdoes; read without a pause."""
    agreed = replace(where, consented_only=True)
    emails = [slot.id for slot in slots if slot.kind is SlotKind.EMAIL]
    async with db.read() as connection, aclosing(find_outdone(connection, agreed, emails)) as found:
        async for lead_id in found:
            yield lead_id


def conversation_url(public_url: str | None, row: LeadRow) -> str | None:
    """Return where the conversation can be read, None while the server's public address is not configured."""
    if not public_url:
        return None
    return f"{public_url.rstrip('/')}/api/v1/conversations/{row.conversation_id}"


async def records_of(
    connection: Connection, rows: Sequence[LeadRow], public_url: str | None
) -> tuple[LeadRecord, ...]:
    """Return these leads with everything that is shown of them."""
    logs: dict[LeadId, list[Fact]] = await facts.histories(connection, [row.lead_id for row in rows])
    merged = [row.lead_id for row in rows if row.is_merged]
    visitors = {row.lead_id: [row.visitor_id] for row in rows}
    visitors |= {lead_id: await merges.visitors_of(connection, lead_id) for lead_id in merged}
    parts = {lead_id: await merges.parts_of(connection, lead_id) for lead_id in merged}
    everybody = [visitor_id for ids in visitors.values() for visitor_id in ids]
    known_by = await identities.of_visitors(connection, everybody)
    return tuple(
        LeadRecord(
            row=row,
            facts=current_facts(logs.get(row.lead_id, ())),
            conversation_url=conversation_url(public_url, row),
            identity=tuple(one for visitor in visitors[row.lead_id] for one in known_by.get(visitor, ())),
            parts=tuple(parts.get(row.lead_id, ())),
        )
        for row in rows
    )
