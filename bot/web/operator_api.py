"""The ticket that a console fetches before it opens its socket.

A browser sends the cookie with a handshake whoever's page asks for it, and lets no page set a header on one: the form
token, which only our own pages know, comes with the request for the ticket instead.
"""

from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Header, Request

from bot.store import operator_tickets
from bot.web.errors import Problem, too_many
from bot.web.operator_session import find_operator, is_form_token, is_from_elsewhere
from bot.web.sessions import new_token, token_hash
from bot.web.visitor_http import parts_of

router = APIRouter(prefix="/api/v1/operator", tags=["operator"])

TICKET_S = 60


@router.post("/tickets", summary="Fetch a ticket for the operator's socket", status_code=201)
async def fetch_ticket(
    request: Request, x_csrf_token: Annotated[str | None, Header()] = None
) -> dict[str, Any]:
    """Return a ticket that opens one socket, within a minute, in the browser that fetched it."""
    parts = parts_of(request)
    operator = await find_operator(request, parts)
    if operator is None:
        raise Problem(401, "unauthorized", "Log in first: /login. An API key opens no socket.")
    if is_from_elsewhere(request, parts) or not is_form_token(x_csrf_token or "", operator.form_token):
        raise Problem(403, "csrf", "Send the `form_token` of the console's pages as X-CSRF-Token.")
    wait_s = await parts.limiter.wait_s("api", operator.operator_id)
    if wait_s is not None:
        raise too_many(wait_s)
    ticket, now = new_token(), parts.clock()
    async with parts.db.write() as connection:
        await operator_tickets.issue(
            connection,
            token_hash(ticket),
            operator.session_hash,
            now=now,
            expires_at=now + timedelta(seconds=TICKET_S),
        )
    return {"ticket": ticket, "expires_in_s": TICKET_S}
