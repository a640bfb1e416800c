"""Erasing a visitor: everything of them in one transaction, and a tombstone so that it stays so.

Promises: no row of any table in `SUBJECTS` speaks of them afterwards; of their sessions only the token's hash and the
site stay. `Database.overwrite_erased`, after the commit, takes the bytes out of the files as well.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.conversation import ConversationId, LeadId, VisitorId
from bot.domain.errors import NotFoundError
from bot.store.contact_tables import codes, identities, merge_log, merges
from bot.store.merges import set_apart, visitors_of
from bot.store.outbox import keep_last_words
from bot.store.spending_tables import visitor_spending
from bot.store.tables import (
    consents,
    conversations,
    facts,
    feedback,
    gaps,
    leads,
    messages,
    outbox,
    receipts,
    sessions,
    visitors,
)
from bot.store.tombstones import Tombstone, bury, hash_of

SUBJECTS = (
    merge_log,
    merges,
    receipts,
    facts,
    outbox,
    gaps,
    feedback,
    consents,
    codes,
    identities,
    visitor_spending,
    messages,
    leads,
    conversations,
    visitors,
)
"""Every table with something of a visitor, each before those it refers to; sessions are emptied, not dropped."""

VISITORS_AT_A_TIME = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasedCounts:
    """What was erased: rows by table, and the conversations whose open windows must be told."""

    rows: Mapping[str, int]
    visitor_ids: tuple[VisitorId, ...]
    conversations: tuple[ConversationId, ...]

    @property
    def total(self) -> int:
        """How many rows are gone."""
        return sum(self.rows.values())


async def erase(conn: AsyncConnection, lead_id: LeadId, *, at: datetime) -> ErasedCounts:
    """Erase the lead's visitor; of a merged lead, every visitor that is part of it.

    Raises:
        NotFoundError: There is no such lead.
    """
    found = await visitors_of(conn, lead_id)
    if not found:
        raise NotFoundError(f"There is no lead {lead_id!r}; `foyer leads list` shows those there are.")
    counts = [await erase_visitor(conn, visitor_id, at=at) for visitor_id in found]
    rows = {table.name: sum(one.rows[table.name] for one in counts) for table in SUBJECTS}
    threads = tuple(thread for one in counts for thread in one.conversations)
    return ErasedCounts(rows=rows, visitor_ids=tuple(found), conversations=threads)


async def erase_visitor(conn: AsyncConnection, visitor_id: VisitorId, *, at: datetime) -> ErasedCounts:
    """Erase everything of a visitor, whether or not they became a lead; a merged lead they are part of is dissolved.

    Notices that wait to tell others of it stay until they are told; they hold ids alone.
    """
    await set_apart(conn, visitor_id)
    threads = select(conversations.c.conversation_id).where(conversations.c.visitor_id == visitor_id)
    their_leads = select(leads.c.lead_id).where(leads.c.visitor_id == visitor_id)
    thread_ids = (await conn.scalars(threads)).all()
    await bury(conn, "lead", (await conn.scalars(their_leads)).all(), at=at)
    await bury(conn, "conversation", thread_ids, at=at)
    await bury(conn, "visitor", [visitor_id], at=at)
    for lead_id in await conn.scalars(their_leads):
        await keep_last_words(conn, lead_id)
    counts: dict[str, int] = {}
    for table in SUBJECTS:
        theirs = _theirs(visitor_id, threads, their_leads)[table.name]
        counts[table.name] = (await conn.execute(delete(table).where(theirs))).rowcount
    await conn.execute(
        update(sessions).where(sessions.c.visitor_id == visitor_id).values(visitor_id="", is_erased=True)
    )
    return ErasedCounts(rows=counts, visitor_ids=(visitor_id,), conversations=tuple(thread_ids))


async def erase_again(conn: AsyncConnection, tombstones: Iterable[Tombstone], *, at: datetime) -> int:
    """Erase from a restored backup whoever was erased after it was made; return how many visitors that were.

    Visitors are compared by hash, so all of them are read; that is once, right after a restore.
    """
    erased = {stone.subject_hash for stone in tombstones if stone.kind == "visitor"}
    found: list[VisitorId] = []
    last = ""
    known = select(conversations.c.visitor_id).union(select(visitors.c.visitor_id)).subquery()
    while True:
        query = select(known.c.visitor_id).where(known.c.visitor_id > last).order_by(known.c.visitor_id)
        ids = (await conn.scalars(query.limit(VISITORS_AT_A_TIME))).all()
        found += [visitor_id for visitor_id in ids if hash_of("visitor", visitor_id) in erased]
        if len(ids) < VISITORS_AT_A_TIME:
            break
        last = ids[-1]
    for visitor_id in found:
        await erase_visitor(conn, visitor_id, at=at)
    return len(found)


def _theirs(
    visitor_id: VisitorId, threads: Select[tuple[str]], their_leads: Select[tuple[str]]
) -> dict[str, ColumnElement[bool]]:
    """Say, for each table, which rows are theirs."""
    said = select(messages.c.message_id).where(messages.c.conversation_id.in_(threads))
    of_merge = or_(merges.c.lead_id.in_(their_leads), merges.c.other_lead_id.in_(their_leads))
    return {
        "merge_log": merge_log.c.merge_id.in_(select(merges.c.merge_id).where(of_merge)),
        "merges": of_merge,
        "receipts": receipts.c.lead_id.in_(their_leads),
        # Facts may have been kept before their lead was.
        "facts": or_(facts.c.lead_id.in_(their_leads), facts.c.message_id.in_(said)),
        "outbox": or_(outbox.c.lead_id.in_(their_leads), outbox.c.conversation_id.in_(threads)),
        "gaps": gaps.c.conversation_id.in_(threads),
        "feedback": feedback.c.conversation_id.in_(threads),
        "consents": consents.c.visitor_id == visitor_id,
        "codes": codes.c.visitor_id == visitor_id,
        "identities": identities.c.visitor_id == visitor_id,
        "visitor_spending": visitor_spending.c.visitor_id == visitor_id,
        "messages": messages.c.conversation_id.in_(threads),
        "leads": leads.c.visitor_id == visitor_id,
        "conversations": conversations.c.visitor_id == visitor_id,
        "visitors": visitors.c.visitor_id == visitor_id,
    }
