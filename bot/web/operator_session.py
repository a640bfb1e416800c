"""Who is logged in: the session behind a browser's cookie, and the token that every form and script must send back.

The cookie's value is a random token of which only the SHA-256 is kept; it is made anew at each login. The form token is
derived from it, so that a page of ours can carry it and no other page can know it.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import Response
from starlette.requests import HTTPConnection

from bot.store import Connection, operators
from bot.store.operators import SessionRow
from bot.web.limits import Allowance, is_within
from bot.web.parts import Parts
from bot.web.sessions import Lifetime, new_token, token_hash

SESSION, LOGIN_FORM = "foyer", "foyer-login"
"""The cookies: of a session, and of a login form that waits to be sent."""
FORM_AGE_S = 3_600
SECURE = frozenset({"https", "wss"})
NOTE_AT_MOST_EVERY = timedelta(minutes=5)
"""A session's use is noted at most so often: a write for every page would be waste."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """Somebody who is logged in. `site_id` None sees every site; `form_token` is what their forms must carry.

    `session_hash` is what the database knows their login by, `shown_name` what visitors are told, if anything.
    """

    operator_id: str
    name: str
    site_id: str | None
    form_token: str
    session_hash: bytes = field(repr=False)
    shown_name: str | None = None


def login_lifetime(allowance: Allowance) -> Lifetime:
    """Return how long a login lasts unused, and at most."""
    return Lifetime(timedelta(hours=allowance.login_idle_hours), timedelta(days=allowance.login_days))


async def find_operator(request: HTTPConnection, parts: Parts) -> Operator | None:
    """Return who is logged in in this browser; None when nobody is, any more or at all."""
    token = request.cookies.get(cookie_name(SESSION, request, parts))
    if not token:
        return None
    hashed, now = token_hash(token), parts.clock()
    async with parts.db.read() as connection:
        session = await find_login(connection, hashed, parts)
    if session is None:
        return None
    if now - session.seen_at > NOTE_AT_MOST_EVERY:
        async with parts.db.write() as connection:
            await operators.note_seen(connection, hashed, at=now)
    who = session.operator
    return Operator(
        operator_id=who.operator_id,
        name=who.name,
        site_id=who.site_id,
        form_token=form_token_of(token),
        session_hash=hashed,
        shown_name=who.shown_name,
    )


async def note_use(hashed: bytes, parts: Parts) -> None:
    """Note that a login is used, as with a page that is asked for; an open page alone is no use."""
    now = parts.clock()
    async with parts.db.read() as connection:
        session = await find_login(connection, hashed, parts)
    if session is not None and now - session.seen_at > NOTE_AT_MOST_EVERY:
        async with parts.db.write() as connection:
            await operators.note_seen(connection, hashed, at=now)


async def find_login(connection: Connection, hashed: bytes, parts: Parts) -> SessionRow | None:
    """Return the login of that hash; None when it is over."""
    now, lifetime = parts.clock(), login_lifetime(parts.limiter.allowance)
    session = await operators.find_session(connection, hashed)
    if (
        session is None
        or session.seen_at + lifetime.idle <= now
        or session.created_at + lifetime.longest <= now
    ):
        return None
    return session


async def begin_session(
    request: Request, response: Response, parts: Parts, operator: operators.OperatorRow
) -> None:
    """Log somebody in: a new session, whatever the browser had before, and its cookie."""
    token, now = new_token(), parts.clock()
    lifetime = login_lifetime(parts.limiter.allowance)
    before = request.cookies.get(cookie_name(SESSION, request, parts))
    async with parts.db.write() as connection:
        await operators.forget_sessions(connection, now=now, idle=lifetime.idle, longest=lifetime.longest)
        if before:
            await operators.end_session(connection, token_hash(before))
        await operators.begin_session(connection, operator.operator_id, token_hash(token), now=now)
    set_cookie(response, SESSION, token, request, parts, max_age_s=int(lifetime.longest.total_seconds()))


async def end_session(request: Request, response: Response, parts: Parts) -> None:
    """Log the browser out: the session ends in the database, and the cookie goes."""
    token = request.cookies.get(cookie_name(SESSION, request, parts))
    if token:
        async with parts.db.write() as connection:
            await operators.end_session(connection, token_hash(token))
    set_cookie(response, SESSION, "", request, parts, max_age_s=0)


def form_token_of(token: str) -> str:
    """Return what a form of the holder of this cookie carries. Nobody gets from it back to the cookie."""
    digest = hmac.digest(token.encode(), b"foyer form", hashlib.sha256)
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def is_form_token(given: str, expected: str) -> bool:
    """Whether the token that came with a request is the one that our page carried."""
    return bool(given) and hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode())


def is_from_elsewhere(request: HTTPConnection, parts: Parts) -> bool:
    """Whether the browser says that another site's page made the request."""
    if request.headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}:
        return True
    origin = request.headers.get("origin")
    if origin is None or origin.lower() in parts.origins().own:
        return False
    return urlsplit(origin).netloc.lower() != request.headers.get("host", "").lower()


def cookie_name(name: str, request: HTTPConnection, parts: Parts) -> str:
    """Return a cookie's name; over https no other host and no plain connection can set one of this name."""
    return f"__Host-{name}" if is_https(request, parts) else name


def set_cookie(
    response: Response, name: str, value: str, request: Request, parts: Parts, *, max_age_s: int
) -> None:
    """Set one of our cookies, or take it away with `max_age_s` 0."""
    response.set_cookie(
        cookie_name(name, request, parts),
        value,
        max_age=max_age_s,
        path="/",
        secure=is_https(request, parts),
        httponly=True,
        samesite="lax" if name == SESSION else "strict",
    )


def is_https(request: HTTPConnection, parts: Parts) -> bool:
    """Whether the browser reached us encrypted, as far as the proxy in front or the public address tells."""
    peer = request.client.host if request.client else ""
    if is_within(peer, parts.limiter.allowance.trusted_proxies):
        forwarded = request.headers.get("x-forwarded-proto")
        if forwarded is not None:
            return forwarded.strip().lower() in SECURE
    public = urlsplit(parts.public_url)
    return request.url.scheme in SECURE or (
        public.scheme == "https" and request.headers.get("host", "").lower() == public.netloc
    )
