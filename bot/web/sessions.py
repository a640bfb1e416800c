"""Visitor sessions: a random token whose SHA-256 alone is stored, bound to a site, sliding for 24 hours.

Nothing about the visitor is kept before the first message: the page and language a session was opened with wait in
memory (`Openings`), and are lost, harmlessly, with the process.
"""

import base64
import hashlib
import secrets
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlencode

from bot.chat.talk import Opening
from bot.domain.behaviour import page_without_query
from bot.domain.conversation import SiteId, VisitorId
from bot.domain.questions import A_DAY
from bot.leads import keep_arrival
from bot.store import Database, put_questions, visitor_line, visitors
from bot.store.visitors import Session
from bot.web.limits import Allowance
from bot.web.wire import Page

SLIDES_A_LIFE = 24
"""A session slides on in so many steps of its idle life: a write for every frame would be waste."""
OPENINGS_KEPT = 10_000


def new_token() -> str:
    """Return 32 random bytes as base64url."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).rstrip(b"=").decode()


def token_hash(token: str) -> bytes:
    """Return what is stored of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How long a session lives unused, and at most."""

    idle: timedelta
    longest: timedelta


def lifetime_of(allowance: Allowance) -> Lifetime:
    """Return the configured lifetime."""
    return Lifetime(timedelta(hours=allowance.session_idle_hours), timedelta(days=allowance.session_days))


@dataclass(frozen=True, slots=True)
class Opened:
    """A session as just opened or taken up again."""

    token: str
    conversation_id: str | None
    expires_in_s: int


class Openings:
    """Remembers, in memory and for the newest sessions only, where a session was opened."""

    def __init__(self) -> None:
        self._by_hash: OrderedDict[bytes, Opening] = OrderedDict()

    def remember(self, hashed: bytes, opening: Opening) -> None:
        """Keep an opening; the oldest gives way."""
        self._by_hash[hashed] = opening
        self._by_hash.move_to_end(hashed)
        while len(self._by_hash) > OPENINGS_KEPT:
            self._by_hash.popitem(last=False)

    def recall(self, hashed: bytes) -> Opening:
        """Return where the session was opened, as far as it is still known."""
        return self._by_hash.get(hashed, Opening())


async def open_session(
    db: Database, *, site_id: SiteId, visitor_id: VisitorId, now: datetime, lifetime: Lifetime
) -> Opened:
    """Make a session for a new visitor."""
    token = new_token()
    await db.write_at_once(
        lambda connection: visitors.create_session(
            connection,
            token_hash=token_hash(token),
            site_id=site_id,
            visitor_id=visitor_id,
            now=now,
            expires_at=now + lifetime.idle,
        ),
        visitor_line(visitor_id),
    )
    return Opened(token, None, int(lifetime.idle.total_seconds()))


async def find_session(db: Database, token: str, now: datetime, lifetime: Lifetime) -> Session | None:
    """Return the token's session, expired or not, or None; a live one slides on."""
    hashed = token_hash(token)
    session = await db.read_at_once(
        lambda connection: visitors.find_session(connection, token_hash=hashed, now=now)
    )
    if session is None or session.is_banned or session.expires_at <= now:
        return session
    return await slide_session(db, session, hashed, now, lifetime)


async def slide_session(
    db: Database, session: Session, hashed: bytes, now: datetime, lifetime: Lifetime
) -> Session:
    """Let a live session that is used live on; return it as it is then. `hashed` is its token's hash."""
    until = min(now + lifetime.idle, session.created_at + lifetime.longest)
    if until - session.expires_at <= lifetime.idle / SLIDES_A_LIFE:
        return session
    await db.write_at_once(
        lambda connection: visitors.extend_session(connection, token_hash=hashed, expires_at=until),
        visitor_line(session.visitor_id),
    )
    return replace(session, expires_at=until)


async def bring_questions(
    db: Database, visitor_id: VisitorId, site_id: str, *, leaving: str, now: datetime
) -> None:
    """Let a new visitor take along when a day's questions were put, from a session of the site that they leave for it.

    Nothing else goes along, and nothing at all of who was erased.
    """
    hashed = token_hash(leaving)
    async with db.write(visitor_line(visitor_id)) as connection:
        left = await visitors.find_session(connection, token_hash=hashed, now=now)
        if left is not None and left.site_id == site_id and not left.is_banned:
            times = await put_questions.put_since(connection, left.visitor_id, now - A_DAY)
            await put_questions.bring_along(connection, visitor_id, times)


async def note_arrival(db: Database, visitor_id: VisitorId, page: Page | None) -> None:
    """Keep where a visitor came from, a referrer without its query, if they agreed to be contacted; else drop it."""
    origin = page_without_query(page.referrer) if page is not None else None
    arrival = {}
    if origin is not None and origin.startswith(("http://", "https://")):
        arrival["referrer"] = origin
    if page is not None and page.utm:
        arrival["campaign"] = urlencode({name: " ".join(value.split()) for name, value in page.utm.items()})
    if arrival:
        async with db.write(visitor_line(visitor_id)) as connection:
            await keep_arrival(connection, visitor_id, arrival)
