"""Logging in and out. A wrong name and a wrong password look the same, and take the same time."""

from fastapi import Request
from fastapi.responses import Response

from bot.domain.password import LONGEST
from bot.store import operators
from bot.web.console.pages import Visiting, check_form, log, page, page_router, read_form, redirect, safe_next
from bot.web.limits import address_of
from bot.web.operator_session import (
    FORM_AGE_S,
    LOGIN_FORM,
    begin_session,
    cookie_name,
    end_session,
    find_operator,
    form_token_of,
    is_form_token,
    is_from_elsewhere,
    is_https,
    set_cookie,
)
from bot.web.sessions import new_token
from bot.web.visitor_http import parts_of

NAME_CHARS = 200
WRONG = "This name and password do not go together. Try again."
OLD_FORM = "The form was open for too long. Try again."

router = page_router()


@router.get("/login")
async def show_login(request: Request) -> Response:
    """Return the login, or lead on who is logged in."""
    wanted = safe_next(request.query_params.get("next"))
    if await find_operator(request, parts_of(request)) is not None:
        return redirect(wanted)
    return await login_page(request, wanted)


@router.post("/login")
async def log_in(request: Request) -> Response:
    """Log in who gives the right name and password."""
    parts, form, now = parts_of(request), await read_form(request), parts_of(request).clock()
    wanted, name = safe_next(form.get("next")), form.get("name", "")[:NAME_CHARS]
    held = request.cookies.get(cookie_name(LOGIN_FORM, request, parts), "")
    is_ours = bool(held) and is_form_token(form.get("form_token", ""), form_token_of(held))
    if is_from_elsewhere(request, parts) or not is_ours:
        return await login_page(request, wanted, complaint=OLD_FORM, status=403, name=name)
    address = address_of(request, parts.limiter.allowance.trusted_proxies)
    wait_s = await parts.doorman.knock(name, address, now)
    if wait_s > 0:
        return await waiting_page(request, wanted, wait_s, name=name)
    password = form.get("password", "")[: LONGEST + 1]
    operator = await parts.doorman.let_in(name, password, address=address)
    if operator is None:
        log.info("login.refused")
        return await login_page(request, wanted, complaint=WRONG, status=403, name=name)
    log.info("login.done", operator=operator.operator_id)
    response = redirect(wanted)
    await begin_session(request, response, parts, operator)
    set_cookie(response, LOGIN_FORM, "", request, parts, max_age_s=0)
    return response


async def waiting_page(request: Request, wanted: str, wait_s: float, *, name: str) -> Response:
    """Return the login with how long to wait before it is tried again."""
    seconds = max(1, round(wait_s))
    how_long = f"{seconds} seconds" if seconds < 120 else f"{round(seconds / 60)} minutes"
    complaint = f"Too many tries. Wait {how_long}, then try again."
    response = await login_page(request, wanted, complaint=complaint, status=429, name=name)
    response.headers["Retry-After"] = str(seconds)
    return response


async def login_page(
    request: Request, wanted: str, *, complaint: str | None = None, status: int = 200, name: str = ""
) -> Response:
    """Return the login form with a token of its own, kept in a cookie until it is sent."""
    parts = parts_of(request)
    # Two tabs share one token: a second form must not make the first one old.
    token = request.cookies.get(cookie_name(LOGIN_FORM, request, parts)) or new_token()
    async with parts.db.read() as connection:
        has_users = await operators.is_anybody(connection)
    is_open = not is_https(request, parts) and request.url.hostname not in {"127.0.0.1", "localhost", "::1"}
    response = page(
        request,
        "login",
        status=status,
        next=wanted,
        name=name,
        complaint=complaint,
        has_users=has_users,
        is_open=is_open,
        form_token=form_token_of(token),
    )
    set_cookie(response, LOGIN_FORM, token, request, parts, max_age_s=FORM_AGE_S)
    return response


@router.post("/logout")
async def log_out(visit: Visiting) -> Response:
    """Log out: the session is over, wherever its cookie may be."""
    form = await read_form(visit.request)
    check_form(form, visit.operator.form_token, visit.request, visit.parts)
    response = redirect("/login")
    await end_session(visit.request, response, visit.parts)
    return response
