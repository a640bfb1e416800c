"""By what visitors are known: the site's name for them, an address, a number; typed, or proved by token or code.

Promises: what was proved never becomes a mere claim again; an address or number stands here only after consent (the
caller's duty), and a site's name for somebody only as a digest that leads back to nobody without the site's secret.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.conversation import ConversationId, SiteId, VisitorId
from bot.domain.identity import IdentityKind, Proof
from bot.store.contact_tables import identities
from bot.store.tables import conversations

AT_MOST = 1_000
"""Identities of one visitor that are read: more than anybody has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityRow:
    """One thing by which a visitor is known. `value` is an address, an E.164 number, or a digest of a subject."""

    site_id: SiteId
    visitor_id: VisitorId
    kind: IdentityKind
    value: str
    proof: Proof
    at: datetime


async def link(conn: AsyncConnection, row: IdentityRow) -> bool:
    """Keep by what the visitor is known; False when that changes nothing, as a claim of what was proved."""
    is_it = (
        (identities.c.visitor_id == row.visitor_id)
        & (identities.c.kind == row.kind.value)
        & (identities.c.value == row.value)
    )
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
    return [
        IdentityRow(
            site_id=row.site_id,
            visitor_id=row.visitor_id,
            kind=IdentityKind(row.kind),
            value=row.value,
            proof=Proof(row.proof),
            at=row.at,
        )
        for row in rows
    ]


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


async def proved_by_same(conn: AsyncConnection, visitor_id: VisitorId) -> list[VisitorId]:
    """Return the other visitors of the site who proved to be known by what this one proved, too."""
    mine, theirs = identities.alias(), identities.alias()
    proved = [proof.value for proof in Proof if proof.verifies]
    query = (
        select(theirs.c.visitor_id)
        .join(
            mine,
            (mine.c.site_id == theirs.c.site_id)
            & (mine.c.kind == theirs.c.kind)
            & (mine.c.value == theirs.c.value),
        )
        .where(
            mine.c.visitor_id == visitor_id,
            theirs.c.visitor_id != visitor_id,
            mine.c.proof.in_(proved),
            theirs.c.proof.in_(proved),
        )
    )
    return list((await conn.scalars(query.distinct().order_by(theirs.c.visitor_id).limit(AT_MOST))).all())


async def earlier_conversations(
    conn: AsyncConnection, visitor_id: VisitorId, *, limit: int
) -> list[ConversationId]:
    """Return the latest conversations that this visitor proved to be theirs, oldest first, their own left out."""
    same = await proved_by_same(conn, visitor_id)
    if not same:
        return []
    query = select(conversations.c.conversation_id).where(conversations.c.visitor_id.in_(same))
    newest_first = (conversations.c.started_at.desc(), conversations.c.conversation_id.desc())
    return list(reversed((await conn.scalars(query.order_by(*newest_first).limit(limit))).all()))


async def forget_reachable(conn: AsyncConnection, visitor_id: VisitorId) -> int:
    """Drop the visitor's addresses and numbers; what the site calls them stays. Return how many that were."""
    gone = await conn.execute(
        delete(identities).where(
            identities.c.visitor_id == visitor_id, identities.c.kind != IdentityKind.SUBJECT.value
        )
    )
    return gone.rowcount
