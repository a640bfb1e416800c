"""What every page of the console has: the route that asks who is there, the templates, the headers, and errors to read.

Data is at `/api/v1`, pages are here. Whoever asks for a page with an API key, or for JSON alone, is sent there.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any
from urllib.parse import parse_qsl, quote, urlsplit

import jinja2
import structlog
from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.routing import APIRoute

from bot.domain.errors import BotError
from bot.web.console import words
from bot.web.errors import STATUS_OF, Problem
from bot.web.operator_session import Operator, find_operator, is_form_token, is_from_elsewhere
from bot.web.parts import Front, Parts
from bot.web.visitor_http import parts_of

log = structlog.get_logger(__name__)

HOME = "/leads"
FORM_FIELDS = 40
PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
        "trusted-types 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class LoginNeeded(Exception):
    """Nobody is logged in in this browser."""


class DataWanted(Exception):
    """A program asks for data, not for a page."""


class PageRoute(APIRoute):
    """A route whose errors are pages, and which leads to the login and back."""

    def get_route_handler(self) -> Callable[[Request], Awaitable[Response]]:  # type: ignore[override]
        """Return the route's handler with its errors made readable."""
        handle = super().get_route_handler()

        async def readable(request: Request) -> Response:
            try:
                return await handle(request)
            except LoginNeeded:
                return redirect(login_address(request))
            except DataWanted:
                return RedirectResponse(f"/api/v1{address_of_page(request)}", 307)
            except Problem as problem:
                return error_page(request, problem.status, problem.detail, problem.headers)
            except BotError as error:
                log.warning("console.failed", code=error.code, path=request.url.path)
                return error_page(request, STATUS_OF.get(error.code, 500), str(error))

        return readable


def page_router() -> APIRouter:
    """Return a router whose routes are pages."""
    return APIRouter(include_in_schema=False, route_class=PageRoute)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A page being asked for: by whom, and the served sites that they see, by id."""

    request: Request
    parts: Parts
    operator: Operator
    fronts: Mapping[str, Front]


async def begin_visit(request: Request) -> Visit:
    """Return who asks for the page and what they see.

    Raises:
        DataWanted: it is a program, which the API answers.
        LoginNeeded: nobody is logged in.
    """
    if request.method in {"GET", "HEAD"} and wants_data(request):
        raise DataWanted
    parts = parts_of(request)
    operator = await find_operator(request, parts)
    if operator is None:
        raise LoginNeeded
    seen = {name: front for name, front in parts.fronts().items() if operator.site_id in {None, name}}
    return Visit(request=request, parts=parts, operator=operator, fronts=seen)


Visiting = Annotated[Visit, Depends(begin_visit)]


def wants_data(request: Request) -> bool:
    """Whether the request carries an API key, or takes JSON and no page."""
    has_key = "authorization" in request.headers or "x-api-key" in request.headers
    accept = request.headers.get("accept", "")
    return has_key or ("application/json" in accept and "text/html" not in accept)


async def read_form(request: Request) -> dict[str, str]:
    """Return the fields of a form that a page of ours sent.

    Raises:
        Problem: 415 or 400 when it is none.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise Problem(415, "unsupported", "This address takes the forms of its own pages only.")
    try:
        text = (await request.body()).decode("utf-8", "replace")
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=FORM_FIELDS))
    except ValueError:
        raise Problem(400, "bad_request", "The form has too many fields.") from None


def check_form(form: Mapping[str, str], expected: str, request: Request, parts: Parts) -> None:
    """Refuse a form that no page of ours sent.

    Raises:
        Problem: 403 with what to do.
    """
    if is_from_elsewhere(request, parts) or not is_form_token(form.get("form_token", ""), expected):
        raise Problem(
            403,
            "csrf",
            "The page was open for too long, or in another login. Go back, reload it, and try again.",
        )


def safe_next(address: str | None) -> str:
    """Return where a login leads: to a page of the console, never out of the house."""
    text = address or HOME
    if not text.isascii() or not text.isprintable():
        return HOME
    parts = urlsplit(text)
    is_ours = (
        not parts.scheme and not parts.netloc and (parts.path == HOME or parts.path.startswith(f"{HOME}/"))
    )
    return text if is_ours else HOME


def address_before(request: Request) -> str:
    """Return the list that led here, as it was chosen; else the whole list."""
    before = urlsplit(request.headers.get("referer", ""))
    is_list = before.netloc == request.headers.get("host") and before.path == HOME
    return f"{HOME}?{before.query}" if is_list and before.query else HOME


def address_of_page(request: Request) -> str:
    """Return the path and query that were asked for."""
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def login_address(request: Request) -> str:
    """Return the login that leads back to the page, or to the list where the page was a form."""
    wanted = address_of_page(request) if request.method in {"GET", "HEAD"} else HOME
    return "/login" if wanted == HOME else f"/login?next={quote(wanted, safe='')}"


def redirect(address: str) -> Response:
    """Lead the browser on with a GET."""
    return RedirectResponse(address, 303, headers=PAGE_HEADERS)


def page(request: Request, template: str, /, *, status: int = 200, **view: Any) -> HTMLResponse:
    """Return a page, with the headers that keep it private and inert."""
    view.setdefault("operator", None)
    now = parts_of(request).clock()
    body = templates().get_template(f"{template}.html.j2").render(now=now, path=request.url.path, **view)
    return HTMLResponse(body, status, headers=PAGE_HEADERS)


def error_page(
    request: Request, status: int, detail: str, headers: Mapping[str, str] | None = None
) -> HTMLResponse:
    """Return an error as a page: what happened, and what to do."""
    shown = page(
        request, "error", status=status, title=words.TITLE_OF.get(status, "This did not work"), detail=detail
    )
    shown.headers.update(headers or {})
    return shown


@lru_cache(maxsize=1)
def templates() -> jinja2.Environment:
    """Return the console's templates."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("bot.web.console", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "ago": words.ago,
        "exact": words.exact,
        "line": words.one_line,
        "said": words.as_said,
    }
    return environment
