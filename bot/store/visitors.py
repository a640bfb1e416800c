"""Visitors and their sessions. Of a token only its SHA-256 is kept.

Promises: what is left of an erased visitor's session is that hash and the site, so that the browser can be told
to forget as well.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.conversation import ConversationId, SiteId, VisitorId
from bot.store.contact_tables import identities
from bot.store.tables import conversations, sessions, visitors

KNOWN_AFTER_EXPIRY = timedelta(days=30)
"""How long an expired session is still told from a token that never was."""


# Building a statement takes longer than running it: those of every connection are built once.
_FIND_VISITOR = select(visitors.c.visitor_id).where(visitors.c.visitor_id == bindparam("of"))
_INSERT_VISITOR = insert(visitors)
_VOUCHED_ADDRESS = select(visitors.c.vouched_address).where(visitors.c.visitor_id == bindparam("of"))
_INSERT_SESSION = insert(sessions)
_LATEST = (
    select(conversations.c.conversation_id)
    .where(conversations.c.visitor_id == sessions.c.visitor_id)
    .order_by(conversations.c.started_at.desc(), conversations.c.conversation_id.desc())
    .limit(1)
    .scalar_subquery()
)
_FIND_SESSION = (
    select(sessions, visitors.c.banned_at, _LATEST.label("conversation_id"))
    .outerjoin(visitors, visitors.c.visitor_id == sessions.c.visitor_id)
    .where(sessions.c.token_hash == bindparam("hashed"), sessions.c.expires_at > bindparam("since"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What a token opens. `conversation_id` is the visitor's latest; `is_banned` also when they were erased."""

    site_id: SiteId
    visitor_id: VisitorId
    conversation_id: ConversationId | None
    created_at: datetime
    expires_at: datetime
    is_banned: bool


async def create_session(
    conn: AsyncConnection,
    *,
    token_hash: bytes,
    site_id: SiteId,
    visitor_id: VisitorId,
    now: datetime,
    expires_at: datetime,
) -> None:
    """Keep a new session, and the visitor if they are new."""
    known = await conn.execute(_FIND_VISITOR, {"of": visitor_id})
    if known.one_or_none() is None:
        visitor = {"visitor_id": visitor_id, "site_id": site_id, "created_at": now}
        await conn.execute(_INSERT_VISITOR, visitor)
    session = {
        "token_hash": token_hash,
        "site_id": site_id,
        "visitor_id": visitor_id,
        "created_at": now,
        "expires_at": expires_at,
        "is_erased": False,
    }
    await conn.execute(_INSERT_SESSION, session)


async def keep_vouched_address(conn: AsyncConnection, visitor_id: VisitorId, digest: str) -> None:
    """Note the digest of an address that the site says is the visitor's own."""
    of = visitors.c.visitor_id == visitor_id
    await conn.execute(update(visitors).where(of).values(vouched_address=digest))


async def find_vouched_address(conn: AsyncConnection, visitor_id: VisitorId) -> str | None:
    """Return that digest."""
    found: str | None = await conn.scalar(_VOUCHED_ADDRESS, {"of": visitor_id})
    return found


async def find_session(conn: AsyncConnection, *, token_hash: bytes, now: datetime) -> Session | None:
    """Return the token's session, also an expired one: the caller tells "over" from "never was"."""
    found = await conn.execute(_FIND_SESSION, {"hashed": token_hash, "since": now - KNOWN_AFTER_EXPIRY})
    row = found.one_or_none()
    if row is None:
        return None
    return Session(
        site_id=row.site_id,
        visitor_id=row.visitor_id,
        conversation_id=row.conversation_id,
        created_at=row.created_at,
        expires_at=row.expires_at,
        is_banned=row.is_erased or row.banned_at is not None,
    )


async def extend_session(conn: AsyncConnection, *, token_hash: bytes, expires_at: datetime) -> None:
    """Let the session live until `expires_at`."""
    await conn.execute(
        update(sessions).where(sessions.c.token_hash == token_hash).values(expires_at=expires_at)
    )


async def ban(conn: AsyncConnection, visitor_id: VisitorId, *, at: datetime) -> None:
    """Let the visitor say nothing more."""
    await conn.execute(update(visitors).where(visitors.c.visitor_id == visitor_id).values(banned_at=at))


async def forget_expired(conn: AsyncConnection, *, before: datetime) -> int:
    """Drop the sessions that expired before that time, and visitors who never talked; count the sessions."""
    gone = await conn.execute(delete(sessions).where(sessions.c.expires_at < before))
    talks = select(conversations.c.conversation_id).where(conversations.c.visitor_id == visitors.c.visitor_id)
    comes_back = select(sessions.c.token_hash).where(sessions.c.visitor_id == visitors.c.visitor_id)
    await conn.execute(
        delete(visitors).where(visitors.c.banned_at.is_(None), ~talks.exists(), ~comes_back.exists())
    )
    is_here = select(visitors.c.visitor_id).where(visitors.c.visitor_id == identities.c.visitor_id)
    await conn.execute(delete(identities).where(~is_here.exists()))
    return gone.rowcount
