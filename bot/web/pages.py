"""The pages for people: the demo. Jinja2 with autoescape, strict Content-Security-Policy, no inline script or style."""

from functools import lru_cache
from pathlib import Path

import jinja2
from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from bot.web.errors import Problem
from bot.web.visitor_http import parts_of

DEMO = Path(__file__).resolve().parents[2] / "widget" / "demo"
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
MEDIA_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}

router = APIRouter(include_in_schema=False)


@lru_cache(maxsize=1)
def templates() -> jinja2.Environment:
    """Return the pages' templates."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(DEMO), autoescape=True, undefined=jinja2.StrictUndefined
    )


@router.get("/")
async def home() -> Response:
    """Lead whoever opens the server's address to the page to play on."""
    return RedirectResponse("/demo")


@router.api_route("/demo", methods=["GET", "HEAD"])
async def demo(request: Request, site: str | None = Query(None, max_length=64)) -> Response:
    """Return a page that carries the widget of one site, with the snippet to copy."""
    parts = parts_of(request)
    fronts = parts.fronts()
    chosen = fronts.get(site) if site else next(iter(fronts.values()), None)
    if chosen is None:
        raise Problem(404, "unknown_site", f"There is no site {site!r} here.")
    body = (
        templates()
        .get_template("demo.html.j2")
        .render(
            site=chosen.site_id,
            name=chosen.name,
            origin=parts.public_url or f"{request.url.scheme}://{request.url.netloc}",
            accent=chosen.accent or "",
        )
    )
    return HTMLResponse(body, headers={"Content-Security-Policy": PAGE_POLICY})


@router.get("/demo/{name}")
async def demo_file(name: str) -> Response:
    """Return a file beside the demo page."""
    path = DEMO / name
    if path.parent != DEMO or path.suffix not in MEDIA_TYPES or not path.is_file():
        raise Problem(404, "not_found", "There is no such file.")
    return Response(
        path.read_bytes(), media_type=MEDIA_TYPES[path.suffix], headers={"Cache-Control": "no-cache"}
    )
