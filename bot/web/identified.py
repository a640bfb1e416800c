"""Sessions of visitors for whom their site vouches: whose conversation a signed token opens, and whose it does not.

A token opens the conversation of the visitor whom the same site knew by the same name before, and nothing else. Who has
written something in this browser already goes on with that, and only becomes known; another customer of the site in the
same browser begins anew. Whoever gets at more than they had gets a new token for it.
"""

from bot.domain.conversation import SiteId, VisitorId
from bot.domain.identity import (
    IdentityKind,
    IdentityRefusedError,
    Proof,
    Vouched,
    address_keys,
    read_token,
    subject_keys,
)
from bot.leads import propose_merges
from bot.store import Connection, identities, visitors
from bot.store.identities import IdentityRow
from bot.store.visitors import Session
from bot.web.errors import Problem
from bot.web.parts import Front, Parts
from bot.web.sessions import lifetime_of, new_token, token_hash


def vouched_for(front: Front, token: str, parts: Parts) -> Vouched:
    """Return what the site's token says of the visitor.

    Raises:
        Problem: 401, with what the site's developer has to mend.
    """
    try:
        return read_token(token, secrets=front.identity_secrets, audience=front.site_id, now=parts.clock())
    except IdentityRefusedError as error:
        raise Problem(401, error.code, str(error)) from None


async def open_for(
    vouched: Vouched, front: Front, session: Session | None, parts: Parts
) -> tuple[Session | None, str | None]:
    """Return the session that the visitor goes on with, and its token where that is a new one.

    Args:
        vouched: who the visitor is.
        front: the site that says so.
        session: the live session of this browser at the site, if there is one.
        parts: what the web works with.
    """
    site_id = SiteId(front.site_id)
    digests = subject_keys(vouched, secrets=front.identity_secrets, site_id=site_id)
    now = parts.clock()
    async with parts.db.write(subject_line(digests)) as connection:
        own = await own_session(connection, session, digests)
        known = await identities.find_by_subject(connection, site_id, digests)
        has_talked = own is not None and own.conversation_id is not None
        stays = own if has_talked or known is None or (own and own.visitor_id == known) else None
        token = None
        if stays is None:
            token = new_token()
            await visitors.create_session(
                connection,
                token_hash=token_hash(token),
                site_id=site_id,
                visitor_id=known or VisitorId(parts.new_id("v")),
                now=now,
                expires_at=now + lifetime_of(parts.limiter.allowance).idle,
            )
            stays = await visitors.find_session(connection, token_hash=token_hash(token), now=now)
            assert stays is not None
        await keep_name(connection, stays, digests[0], parts)
        await keep_address(connection, stays, vouched, front)
        await propose_merges(connection, stays.visitor_id, now=now, new_id=parts.new_id)
    return stays, token


async def vouch(vouched: Vouched, front: Front, session: Session, parts: Parts) -> None:
    """Note who the visitor of a session is; it stays theirs and opens no more than before.

    Raises:
        Problem: 401, the session is that of another customer of the site.
    """
    digests = subject_keys(vouched, secrets=front.identity_secrets, site_id=front.site_id)
    async with parts.db.write(subject_line(digests)) as connection:
        if await own_session(connection, session, digests) is None:
            remedy = "open a new one with POST /api/v1/sessions"
            raise Problem(401, "identity_refused", f"This session is that of another customer; {remedy}.")
        await keep_name(connection, session, digests[0], parts)
        await keep_address(connection, session, vouched, front)
        await propose_merges(connection, session.visitor_id, now=parts.clock(), new_id=parts.new_id)


def subject_line(digests: tuple[str, ...]) -> str:
    """Return the line of all that is written about a customer of a site, in whichever browser."""
    return f"subject {digests[0]}"


async def keep_name(connection: Connection, session: Session, digest: str, parts: Parts) -> None:
    """Link the visitor with what the site calls them."""
    row = IdentityRow(
        site_id=session.site_id,
        visitor_id=session.visitor_id,
        kind=IdentityKind.SUBJECT,
        value=digest,
        proof=Proof.TOKEN,
        at=parts.clock(),
    )
    await identities.link(connection, row)


async def keep_address(connection: Connection, session: Session, vouched: Vouched, front: Front) -> None:
    """Let the visitor's address count as proven, should they give it; what is kept of it is a digest."""
    if vouched.email is None:
        return
    digest, *_ = address_keys(vouched.email, secrets=front.identity_secrets, site_id=front.site_id)
    await visitors.keep_vouched_address(connection, session.visitor_id, digest)


async def own_session(
    connection: Connection, session: Session | None, digests: tuple[str, ...]
) -> Session | None:
    """Return this browser's session unless it is that of another customer of the site."""
    if session is None:
        return None
    known_by = await identities.of_visitor(connection, session.visitor_id)
    names = {row.value for row in known_by if row.kind is IdentityKind.SUBJECT}
    return session if not names or names & set(digests) else None


async def has_earlier(parts: Parts, session: Session) -> bool:
    """Whether the visitor proved to have held conversations in other browsers."""
    async with parts.db.read() as connection:
        found = await identities.earlier_conversations(
            connection, session.site_id, session.visitor_id, limit=1
        )
    return bool(found)
