"""By what visitors are known: the site's name for them, an address, a number; typed, or proved by token or code.

Promises: what was proved never becomes a mere claim again; an address or number stands here only after consent (the
caller's duty), and a site's name for somebody only as a digest that leads back to nobody without the site's secret.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.conversation import ConversationId, SiteId, VisitorId
from bot.domain.identity import IdentityKind, Proof
from bot.store.contact_tables import identities
from bot.store.tables import conversations

AT_MOST = 1_000
"""Identities of one visitor that are read: more than anybody has."""
_PROVED = tuple(proof.value for proof in Proof if proof.verifies)


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityRow:
    """One thing by which a visitor is known. `value` is an address, an E.164 number, or a digest of a subject."""

    site_id: SiteId
    visitor_id: VisitorId
    kind: IdentityKind
    value: str
    proof: Proof
    at: datetime


class Match(NamedTuple):
    """Another visitor who is known by the same thing."""

    visitor_id: VisitorId
    kind: IdentityKind
    are_both_verified: bool


async def link(conn: AsyncConnection, row: IdentityRow) -> bool:
    """Keep by what the visitor is known; False when that changes nothing, as a claim of what was proved."""
    is_it = _is(row)
    known = await conn.scalar(select(identities.c.proof).where(is_it))
    if known is None:
        values = {name: getattr(row, name) for name in ("site_id", "visitor_id", "value", "at")}
        await conn.execute(insert(identities).values(**values, kind=row.kind.value, proof=row.proof.value))
        return True
    if Proof(known).verifies or not row.proof.verifies:
        return False
    await conn.execute(update(identities).where(is_it).values(proof=row.proof.value, at=row.at))
    return True


async def of_visitor(conn: AsyncConnection, visitor_id: VisitorId) -> list[IdentityRow]:
    """Return by what the visitor is known, in the order in which it was learned."""
    query = select(identities).where(identities.c.visitor_id == visitor_id)
    rows = await conn.execute(query.order_by(identities.c.identity_id).limit(AT_MOST))
    return [_identity_from(row) for row in rows]


async def find_by_subject(conn: AsyncConnection, site_id: SiteId, digests: Sequence[str]) -> VisitorId | None:
    """Return the site's visitor of that name who talked last, or who came last if none of them talked."""
    found: VisitorId | None = await conn.scalar(
        select(identities.c.visitor_id)
        .outerjoin(conversations, conversations.c.visitor_id == identities.c.visitor_id)
        .where(
            identities.c.site_id == site_id,
            identities.c.kind == IdentityKind.SUBJECT.value,
            identities.c.value.in_(digests),
        )
        .order_by(conversations.c.started_at.desc().nulls_last(), identities.c.identity_id.desc())
        .limit(1)
    )
    return found


@cache
def _known_by_same() -> Select[Any]:
    """Return the query of `known_by_same`, built once: every turn asks it."""
    mine, theirs = identities.alias(), identities.alias()
    are_same = (mine.c.kind == theirs.c.kind) & (mine.c.value == theirs.c.value)
    are_both = mine.c.proof.in_(_PROVED) & theirs.c.proof.in_(_PROVED)
    return (
        select(theirs.c.visitor_id, theirs.c.kind, are_both.label("are_both_verified"))
        .join(mine, are_same)
        .where(
            mine.c.visitor_id == bindparam("me"),
            theirs.c.visitor_id != bindparam("me"),
            theirs.c.site_id == bindparam("site"),
        )
        .order_by(theirs.c.identity_id.desc())
        .limit(bindparam("at_most"))
    )


async def known_by_same(
    conn: AsyncConnection, site_id: SiteId, visitor_id: VisitorId, *, limit: int
) -> list[Match]:
    """Return by what other visitors of the site are known, too; those who came last, first."""
    found = await conn.execute(_known_by_same(), {"me": visitor_id, "site": site_id, "at_most": limit})
    return [Match(*row) for row in found]


async def earlier_conversations(
    conn: AsyncConnection, site_id: SiteId, visitor_id: VisitorId, *, limit: int
) -> list[ConversationId]:
    """Return the latest conversations that this visitor proved to be theirs, oldest first, their own left out."""
    matches = await known_by_same(conn, site_id, visitor_id, limit=AT_MOST)
    same = {match.visitor_id for match in matches if match.are_both_verified}
    if not same:
        return []
    query = select(conversations.c.conversation_id).where(conversations.c.visitor_id.in_(same))
    newest_first = (conversations.c.started_at.desc(), conversations.c.conversation_id.desc())
    return list(reversed((await conn.scalars(query.order_by(*newest_first).limit(limit))).all()))


async def of_visitors(
    conn: AsyncConnection, visitor_ids: Sequence[VisitorId]
) -> dict[VisitorId, list[IdentityRow]]:
    """Return by what each of some hundred visitors is known, in the order in which it was learned."""
    query = select(identities).where(identities.c.visitor_id.in_(visitor_ids))
    found: defaultdict[VisitorId, list[IdentityRow]] = defaultdict(list)
    for row in await conn.execute(query.order_by(identities.c.identity_id)):
        found[row.visitor_id].append(_identity_from(row))
    return dict(found)


async def keep_reachable(
    conn: AsyncConnection,
    site_id: SiteId,
    visitor_id: VisitorId,
    addresses: Mapping[tuple[IdentityKind, str], Proof],
    *,
    at: datetime,
) -> bool:
    """Let the visitor be known by these addresses and numbers; what was claimed before and corrected goes.

    Returns:
        Whether anything changed.
    """
    has_changed = False
    for row in await of_visitor(conn, visitor_id):
        is_stale = row.kind is not IdentityKind.SUBJECT and (row.kind, row.value) not in addresses
        if is_stale and not row.proof.verifies:
            await conn.execute(delete(identities).where(_is(row)))
            has_changed = True
    for (kind, value), proof in addresses.items():
        row = IdentityRow(site_id=site_id, visitor_id=visitor_id, kind=kind, value=value, proof=proof, at=at)
        has_changed |= await link(conn, row)
    return has_changed


async def forget_reachable(conn: AsyncConnection, visitor_id: VisitorId) -> int:
    """Drop the visitor's addresses and numbers; what the site calls them stays. Return how many that were."""
    gone = await conn.execute(
        delete(identities).where(
            identities.c.visitor_id == visitor_id, identities.c.kind != IdentityKind.SUBJECT.value
        )
    )
    return gone.rowcount


def _is(row: IdentityRow) -> ColumnElement[bool]:
    return and_(
        identities.c.visitor_id == row.visitor_id,
        identities.c.kind == row.kind.value,
        identities.c.value == row.value,
    )


def _identity_from(row: Row[Any]) -> IdentityRow:
    return IdentityRow(
        site_id=row.site_id,
        visitor_id=row.visitor_id,
        kind=IdentityKind(row.kind),
        value=row.value,
        proof=Proof(row.proof),
        at=row.at,
    )
