"""Leads as a list wants them: one lean row each, with its current facts and the reasons of its score.

The database packs a lead with its facts and receipts into a line of JSON and a block of leads into one text, so that a
million leads cost a thousand rows and not twelve million. Promises: newest
first, in blocks that keep their place while leads change; one block in memory.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple, TypeAlias

import orjson
from sqlalchemy import ColumnElement, Select, Text, func, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.lead_filter import LeadFilter, matches
from bot.store.spelling import Joined, JsonLine, TimeText
from bot.store.tables import facts as facts_table
from bot.store.tables import leads as leads_table
from bot.store.tables import receipts as receipts_table

_TIMES = frozenset({"created_at", "updated_at", "consent_at"})
_PACKED = ("facts", "reasons")

Said: TypeAlias = Sequence[Any]
"""The current fact of a slot: its state, its value as JSON (None unless known), the visitor's words."""

Reason: TypeAlias = Sequence[Any]
"""A receipt: its place, points and reason; where evidence was asked for, also rule, quote, message id and time."""


class ListedLead(NamedTuple):
    """One lead of a list; a tuple and not a dataclass, because a million of them are made in one export.

    Times are text in UTC as the database writes it: `2027-01-31 09:00:00`, and what may follow; see `utc_text`.
    """

    created_at: str
    lead_id: str
    site_id: str
    conversation_id: str
    updated_at: str
    stage: str
    grade: str
    score: int
    consent: str
    consent_at: str | None
    first_question: str | None
    page: str | None
    referrer: str | None
    campaign: str | None
    owner: str | None
    facts: Mapping[str, Said]
    reasons: Sequence[Reason]


Mark = tuple[datetime, str]
"""Where a block ended: the last lead's `created_at` and id."""


def utc_text(at: str | None) -> str:
    """Return a listed time as RFC 3339 with seconds; "" where there is none."""
    return f"{at[:10]}T{at[11:19]}Z" if at else ""


@dataclass(frozen=True, slots=True)
class LeadBlock:
    """Some leads of a list as the database gave them. Each is unpacked when its turn comes and then let go.

    Thousands of unpacked leads at once would cost more in garbage collection than all the rest.
    """

    lines: Sequence[str]

    def __len__(self) -> int:
        """Return how many leads these are."""
        return len(self.lines)

    def __iter__(self) -> Iterator[ListedLead]:
        """Yield them, newest first."""
        return map(_unpack, self.lines)

    def parts(self, size: int) -> "Iterator[LeadBlock]":
        """Yield the same leads, at most `size` at a time."""
        for start in range(0, len(self.lines), size):
            yield LeadBlock(self.lines[start : start + size])

    @property
    def end(self) -> Mark:
        """Where the block ends."""
        last = _unpack(self.lines[-1])
        return datetime.fromisoformat(last.created_at).replace(tzinfo=UTC), last.lead_id


async def read_block(
    conn: AsyncConnection,
    where: LeadFilter,
    *,
    after: Mark | None = None,
    limit: int,
    has_evidence: bool = False,
) -> LeadBlock:
    """Return up to `limit` leads, newest first, from where the block before ended; see `Reason` for `has_evidence`."""
    query = list_query(where, limit=limit, has_evidence=has_evidence)
    if after is not None:
        key = tuple_(leads_table.c.created_at, leads_table.c.lead_id)
        query = query.where(key < tuple_(*after))
    text: str | None = await conn.scalar(select(Joined(query.subquery().c.line, literal("\n"))))
    # A line begins with time and id. The database joins lines as it reads them, but does not promise to.
    return LeadBlock(sorted(text.split("\n"), reverse=True) if text else ())


def list_query(where: LeadFilter, *, limit: int, has_evidence: bool = False) -> Select[Any]:
    """Return the query for the first `limit` leads, newest first, each one line of text.

    One row for a block and not one for each lead: the driver takes Python's lock for every row, and would wait for it
    while the block before is written. JSON has no raw line end, so one keeps the lines apart.
    """
    columns = [leads_table.c[name] for name in ListedLead._fields[: -len(_PACKED)]]
    lead = JsonLine(*(TimeText(one) if one.name in _TIMES else one for one in columns))
    line = literal("[") + lead + "," + _facts() + "," + _receipts(has_evidence=has_evidence) + "]"
    newest_first = (leads_table.c.created_at.desc(), leads_table.c.lead_id.desc())
    query = select(line.label("line"))
    return query.where(matches(where)).order_by(*newest_first).limit(limit)


def _facts() -> Any:
    fact = facts_table.c
    one = JsonLine(TimeText(fact.at), fact.fact_id, fact.slot, fact.state, fact.quote, fact.value)
    return "[" + _of_lead(one, fact.lead_id == leads_table.c.lead_id) + "]"


def _receipts(*, has_evidence: bool) -> Any:
    why = receipts_table.c
    evidence = (why.rule, why.quote, why.message_id, TimeText(why.at)) if has_evidence else ()
    one = JsonLine(why.ordinal, why.points, why.reason, *evidence)
    return "[" + _of_lead(one, why.lead_id == leads_table.c.lead_id) + "]"


def _of_lead(piece: Any, is_of_lead: ColumnElement[bool]) -> Any:
    pieces = select(Joined(piece, literal(","))).where(is_of_lead).correlate(leads_table).scalar_subquery()
    return func.coalesce(pieces, "", type_=Text)


def _unpack(line: str) -> ListedLead:
    lead, facts, receipts = _parse(line)
    # By time, then by the order in which they were kept: both stand first, so the latest of a slot is left.
    facts.sort()
    receipts.sort()
    lead += ({slot: (state, value, quote) for _, _, slot, state, quote, value in facts}, receipts)
    return ListedLead._make(lead)


def _parse(line: str) -> list[Any]:
    try:
        parsed: list[Any] = orjson.loads(line)
    except orjson.JSONDecodeError:  # half a surrogate pair, which only the slower parser takes
        parsed = json.loads(line)
    return parsed
