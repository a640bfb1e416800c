"""Leads as a list wants them: one lean row each, with its current facts and the reasons of its score.

The database puts a lead's facts and receipts into one cell of JSON, so that a million leads cost a million rows and
not twelve. Promises: newest first, in blocks that keep their place while leads change; one block in memory.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import orjson
from sqlalchemy import ColumnElement, Select, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.lead_filter import LeadFilter, matches
from bot.store.tables import facts as facts_table
from bot.store.tables import leads as leads_table
from bot.store.tables import receipts as receipts_table

_COLUMNS = (
    "lead_id", "site_id", "conversation_id", "created_at", "updated_at", "stage", "grade", "score", "consent",
    "consent_at", "first_question", "page", "referrer", "owner",
)  # fmt: skip


class Said(NamedTuple):
    """The current fact of a slot: its state, its value as JSON, the visitor's words."""

    state: str
    value: Any
    quote: str


class Reason(NamedTuple):
    """A receipt as a list shows it."""

    rule: str
    points: int
    reason: str
    quote: str | None
    message_id: str | None
    at: str


class ListedLead(NamedTuple):
    """One lead of a list. A tuple and not a dataclass: a million of them are made in one export."""

    lead_id: str
    site_id: str
    conversation_id: str
    created_at: datetime
    updated_at: datetime
    stage: str
    grade: str
    score: int
    consent: str
    consent_at: datetime | None
    first_question: str | None
    page: str | None
    referrer: str | None
    owner: str | None
    facts: Mapping[str, Said]
    reasons: Sequence[Reason]


Mark = tuple[datetime, str]
"""Where a block ended: the last lead's `created_at` and id."""


@dataclass(frozen=True, slots=True)
class LeadBlock:
    """Some leads of a list as the database gave them. Each is unpacked when its turn comes and then let go.

    Thousands of unpacked leads at once would cost more in garbage collection than all the rest.
    """

    rows: Sequence[Any]

    def __len__(self) -> int:
        """Return how many leads these are."""
        return len(self.rows)

    def __iter__(self) -> Iterator[ListedLead]:
        """Yield them, newest first."""
        return map(_listed, self.rows)

    @property
    def end(self) -> Mark:
        """Where the block ends."""
        last = self.rows[-1]
        return last.created_at, last.lead_id


async def read_block(
    conn: AsyncConnection, where: LeadFilter, *, after: Mark | None = None, limit: int
) -> LeadBlock:
    """Return up to `limit` leads, newest first, from where the block before ended."""
    query = list_query(where, limit=limit)
    if after is not None:
        key = tuple_(leads_table.c.created_at, leads_table.c.lead_id)
        query = query.where(key < tuple_(*after))
    return LeadBlock((await conn.execute(query)).all())


def list_query(where: LeadFilter, *, limit: int) -> Select[Any]:
    """Return the query for the first `limit` leads, newest first."""
    columns = (leads_table.c[name] for name in _COLUMNS)
    newest_first = (leads_table.c.created_at.desc(), leads_table.c.lead_id.desc())
    query = select(*columns, _facts_cell(), _receipts_cell())
    return query.where(matches(where)).order_by(*newest_first).limit(limit)


def _facts_cell() -> Any:
    fact = facts_table.c
    one = func.json_array(fact.at, fact.fact_id, fact.slot, fact.state, func.json(fact.value), fact.quote)
    return _cell(one, fact.lead_id == leads_table.c.lead_id)


def _receipts_cell() -> Any:
    why = receipts_table.c
    one = func.json_array(why.ordinal, why.rule, why.points, why.reason, why.quote, why.message_id, why.at)
    return _cell(one, why.lead_id == leads_table.c.lead_id)


def _cell(one: Any, is_of_lead: ColumnElement[bool]) -> Any:
    return select(func.json_group_array(one)).where(is_of_lead).correlate(leads_table).scalar_subquery()


def _listed(row: Any) -> ListedLead:
    *lead, facts, receipts = row
    reasons = [Reason(*one[1:]) for one in sorted(_parse(receipts))]
    return ListedLead._make([*lead, _current(_parse(facts)), reasons])


def _current(log: list[list[Any]]) -> dict[str, Said]:
    # By time, then by the order in which they were kept: both stand first, so the latest of a slot is left.
    log.sort()
    return {slot: Said(state, value, quote) for _, _, slot, state, value, quote in log}


def _parse(cell: str) -> list[list[Any]]:
    try:
        parsed: list[list[Any]] = orjson.loads(cell)
    except orjson.JSONDecodeError:  # half a surrogate pair, which only the slower parser takes
        parsed = json.loads(cell)
    return parsed
