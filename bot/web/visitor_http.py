"""The same line without websockets: open a session, and say something. What is new is at `visitor_events`."""

from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Header, Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.chat.said import Said
from bot.chat.talk import Opening
from bot.domain.conversation import MessageId, SiteId, VisitorId
from bot.store import conversations, visitor_line
from bot.store.visitors import Session
from bot.web.errors import Problem, too_many
from bot.web.identified import has_earlier, open_for, vouched_for
from bot.web.limits import address_of
from bot.web.origins import origin_remedy
from bot.web.parts import Front, Parts
from bot.web.sessions import (
    bring_questions,
    find_session,
    lifetime_of,
    note_arrival,
    open_session,
    token_hash,
)
from bot.web.spelled import accepted_data
from bot.web.strict_json import StrictRoute
from bot.web.wire import FeedbackData, FrameError, Page, hint, read_say

log = structlog.get_logger(__name__)
router = APIRouter(prefix="/api/v1", tags=["visitor"], route_class=StrictRoute)

Bearer = Annotated[str | None, Header(alias="Authorization")]

SAID = {
    "type": "object",
    "description": "Exactly one of the three.",
    "properties": {
        "text": {"type": ["string", "null"], "pattern": r"^[^\x00]*[^\s\x00][^\x00]*$", "maxLength": 4_000},
        "choice": {"type": ["string", "null"], "pattern": r"^[^\x00]*[^\s\x00][^\x00]*$", "maxLength": 200},
        "form": {
            "type": ["object", "null"],
            "minProperties": 1,
            "maxProperties": 10,
            "propertyNames": {"maxLength": 64, "pattern": r"^[^\x00]*$"},
            "additionalProperties": {"type": "string", "maxLength": 2_000},
        },
    },
    "anyOf": [{"required": ["text"]}, {"required": ["choice"]}, {"required": ["form"]}],
    "examples": [{"text": "How much is it?"}],
}
"""What is said, for the description; `read_say` checks it."""
RATED = FeedbackData.model_json_schema() | {"examples": [{"message_id": "m_1", "helpful": True}]}


class SessionRequest(BaseModel):
    """What a page says when its visitor first shows interest."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"site": "demo", "page": {"url": "https://example.com/", "title": "Home"}}]
        }
    )
    site: Annotated[str, Field(min_length=1, max_length=64)]
    page: Page | None = None
    locale: Annotated[str, hint(35)] | None = None
    identity: Annotated[
        str | None,
        Field(
            max_length=8_192, description="A token in which the site's own server says who the visitor is."
        ),
    ] = None
    leaving: Annotated[
        str | None,
        Field(max_length=64, description="The visitor token of the conversation that is left for a new one."),
    ] = None


def parts_of(request: Request) -> Parts:
    """Return what the app works with."""
    parts: Parts = request.app.state.parts
    return parts


def front_for(site_id: str, request: Request, *, needs_origin: bool = False) -> Front:
    """Return the site when the request's origin may use it.

    Browsers leave the origin out of same-origin reads, and other programs have none: those pass unless
    `needs_origin`.

    Raises:
        Problem: 404 when there is no such site, 403 when the origin is not on its list.
    """
    parts = parts_of(request)
    front = parts.fronts().get(site_id)
    if front is None:
        raise Problem(404, "unknown_site", f"There is no site {site_id!r} here.")
    origin = request.headers.get("origin")
    origins = parts.origins()
    if (origin is not None or needs_origin) and not origins.allows(site_id, origin):
        detail = origin_remedy(site_id, origin, origins.by_site.get(site_id, ()))
        log.warning("origin.refused", site=site_id, origin=origin, path=request.url.path, remedy=detail)
        raise Problem(403, "origin_refused", detail)
    return front


@router.post("/sessions", summary="Open a visitor's session")
async def open_visitor_session(
    body: SessionRequest, request: Request, authorization: Bearer = None
) -> dict[str, Any]:
    """Return a visitor token and what the widget needs to begin; a live token given as bearer is taken up again."""
    parts = parts_of(request)
    front = front_for(body.site, request, needs_origin=True)
    wait_s = await parts.limiter.wait_s(
        "session", address_of(request, parts.limiter.allowance.trusted_proxies)
    )
    if wait_s is not None:
        raise too_many(wait_s)
    session, token, expires_in_s = await take_up_or_open(front, request, authorization, body)
    page = body.page or Page()
    if session is not None:
        await note_arrival(parts.db, session.visitor_id, page)
    parts.openings.remember(
        token_hash(token), Opening(locale=body.locale, page_url=page.url, page_title=page.title)
    )
    return {
        "visitor_token": token,
        "conversation_id": session.conversation_id if session else None,
        "epoch": parts.db.epoch,
        "expires_in_s": expires_in_s,
        "config": front.config(body.locale),
        "earlier": session is not None and await has_earlier(parts, session),
    }


async def take_up_or_open(
    front: Front, request: Request, authorization: str | None, body: SessionRequest
) -> tuple[Session | None, str, int]:
    """Return the session of the bearer token when it is alive on this site, or that of a known visitor, or a new one.

    Raises:
        Problem: 401 for an identity token that proves nothing; it is never just left aside.
    """
    parts = parts_of(request)
    now = parts.clock()
    vouched = None if body.identity is None else vouched_for(front, body.identity, parts)
    token = bearer_token(authorization)
    session = None
    if token is not None:
        found = await find_session(parts.db, token, now, lifetime_of(parts.limiter.allowance))
        if found is not None and found.site_id == front.site_id and is_alive(found, parts):
            session = found
    if vouched is not None:
        session, new = await open_for(vouched, front, session, parts)
        token = new or token
    if session is not None and token is not None:
        return session, token, int((session.expires_at - now).total_seconds())
    visitor_id = VisitorId(parts.new_id("v"))
    opened = await open_session(
        parts.db,
        site_id=SiteId(front.site_id),
        visitor_id=visitor_id,
        now=now,
        lifetime=lifetime_of(parts.limiter.allowance),
    )
    if body.leaving and parts.playbook_of(front.site_id).max_questions_a_day is not None:
        await bring_questions(parts.db, visitor_id, front.site_id, leaving=body.leaving, now=now)
    return None, opened.token, opened.expires_in_s


def bearer_token(authorization: str | None) -> str | None:
    """Return the token of an `Authorization: Bearer` header."""
    scheme, _, token = (authorization or "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None


def is_alive(session: Session, parts: Parts) -> bool:
    """Whether the session still opens its conversation."""
    return not session.is_banned and session.expires_at > parts.clock()


async def visitor_of(request: Request, authorization: str | None) -> Session:
    """Return the live session of the bearer token; the origin must suit its site.

    Raises:
        Problem: 401 without one, 403 from another page, 410 when it was erased, 429 when its visitor asks too often.
    """
    parts = parts_of(request)
    token = bearer_token(authorization)
    session = (
        await find_session(parts.db, token, parts.clock(), lifetime_of(parts.limiter.allowance))
        if token
        else None
    )
    if session is None or session.site_id not in parts.fronts():
        raise Problem(401, "bad_token", "Open a session first: POST /api/v1/sessions.")
    if session.is_banned:
        raise Problem(410, "erased", "This conversation was erased.")
    if not is_alive(session, parts):
        raise Problem(401, "token_expired", "The session is over. Open a new one: POST /api/v1/sessions.")
    front_for(session.site_id, request)
    wait_s = await parts.limiter.wait_s("visit", session.visitor_id)
    if wait_s is not None:
        raise too_many(wait_s)
    return session


@router.post(
    "/messages",
    summary="Say something",
    openapi_extra={"requestBody": {"content": {"application/json": {"schema": SAID}}}},
)
async def say(
    body: dict[str, Any],
    request: Request,
    authorization: Bearer = None,
    idempotency_key: Annotated[
        str | None,
        Header(min_length=1, max_length=64, examples=["0b8f6c1e"], description="Your own id of it."),
    ] = None,
) -> dict[str, Any]:
    """Accept what the visitor says; the same `Idempotency-Key` with the same body is accepted once."""
    parts = parts_of(request)
    session = await visitor_of(request, authorization)
    wait_s = await parts.limiter.wait_s("say", session.visitor_id)
    if wait_s is not None:
        raise too_many(wait_s)
    if idempotency_key is None:
        raise Problem(
            400, "idempotency_key_missing", "Send the header Idempotency-Key: your own id of the message."
        )
    data = read_say(body, parts.limiter.allowance, client_message_id=as_sent(idempotency_key))
    if isinstance(data, FrameError):
        raise Problem(422, data.code, data.message)
    token = bearer_token(authorization) or ""
    accepted = await parts.talk.say(
        Said(client_message_id=data.client_message_id, text=data.text, choice=data.choice, form=data.form),
        site_id=session.site_id,
        visitor_id=session.visitor_id,
        opening=parts.openings.recall(token_hash(token)),
    )
    return accepted_data(accepted)


@router.post(
    "/feedback",
    summary="Say whether a message helped",
    openapi_extra={"requestBody": {"content": {"application/json": {"schema": RATED}}}},
)
async def rate(body: dict[str, Any], request: Request, authorization: Bearer = None) -> dict[str, Any]:
    """Keep what the visitor thinks of a message of their conversation, or of the whole chat; the latest word counts."""
    parts = parts_of(request)
    session = await visitor_of(request, authorization)
    try:
        said = FeedbackData.model_validate(body)
    except ValidationError:
        what = "Send `message_id`, `helpful` (true or false) and, if you like, `comment`."
        raise Problem(422, "invalid_feedback", what) from None
    is_kept = False
    if session.conversation_id is not None:
        async with parts.db.write(visitor_line(session.visitor_id)) as connection:
            is_kept = await conversations.add_feedback(
                connection,
                conversation_id=session.conversation_id,
                message_id=MessageId(said.message_id),
                helpful=said.helpful,
                comment=said.comment,
                at=parts.clock(),
            )
    if not is_kept:
        raise Problem(404, "not_found", "The conversation has no such message.")
    return {"message_id": said.message_id, "helpful": said.helpful}


def as_sent(header: str) -> str:
    """Return a header's text in UTF-8 where it is that, as on the socket; servers read headers as Latin-1."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header
