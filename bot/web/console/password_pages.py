"""A person's own password: changed by who knows the old one. Every other browser is logged out, this one is not."""

import asyncio

from fastapi.responses import Response

from bot.domain.password import LONGEST, SHORTEST, complaint_about
from bot.store import operators, passwords
from bot.web.console.pages import Visit, Visiting, check_form, log, page, page_router, read_form, redirect
from bot.web.limits import address_of
from bot.web.operator_session import begin_session

DONE = "/leads/password?changed=1"
WRONG = "The password you have now is another one. Nothing was changed."
DIFFERENT = "The two new passwords differ. Nothing was changed."
SAME = "This is the password you have already."

router = page_router()


@router.get("/leads/password")
async def show_password(visit: Visiting) -> Response:
    """Return the form for another password."""
    return password_page(visit, is_changed="changed" in visit.request.query_params)


@router.post("/leads/password")
async def change_password(visit: Visiting) -> Response:
    """Change the password of who is logged in."""
    form = await read_form(visit.request)
    check_form(form, visit.operator.form_token, visit.request, visit.parts)
    new = form.get("new", "")[: LONGEST + 1]
    complaint = complaint_about(new, visit.operator.name)
    if new != form.get("again", "")[: LONGEST + 1]:
        return password_page(visit, complaint=DIFFERENT, status=422)
    if complaint is not None:
        return password_page(visit, complaint=complaint, status=422)
    return await change(visit, form.get("password", "")[: LONGEST + 1], new)


async def change(visit: Visit, old: str, new: str) -> Response:
    """Keep the new password where the old one is right; too many tries wait, as at the login."""
    parts, who = visit.parts, visit.operator
    address = address_of(visit.request, parts.limiter.allowance.trusted_proxies)
    wait_s = await parts.doorman.knock(who.name, address, parts.clock())
    if wait_s > 0:
        complaint = f"Too many tries. Wait {max(1, round(wait_s))} seconds, then try again."
        return password_page(visit, complaint=complaint, status=429)
    operator = await parts.doorman.let_in(who.name, old, address=address)
    if operator is None or operator.operator_id != who.operator_id:
        return password_page(visit, complaint=WRONG, status=403)
    if new == old:
        return password_page(visit, complaint=SAME, status=422)
    kept = await asyncio.to_thread(passwords.hash_of, new)
    async with parts.db.write() as connection:
        await operators.set_password(connection, operator.operator_id, kept)
    log.info("password.changed", operator=operator.operator_id)
    response = redirect(DONE)
    await begin_session(visit.request, response, parts, operator)
    return response


def password_page(
    visit: Visit, *, complaint: str | None = None, status: int = 200, is_changed: bool = False
) -> Response:
    """Return the form, with what was wrong or that it is done."""
    return page(
        visit.request,
        "password",
        status=status,
        operator=visit.operator,
        complaint=complaint,
        is_changed=is_changed,
        shortest=SHORTEST,
    )
