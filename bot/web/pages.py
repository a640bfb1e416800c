"""The pages for people: the demo. Jinja2 with autoescape, strict Content-Security-Policy, no inline script or style."""

from functools import lru_cache
from pathlib import Path

import jinja2
from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from bot.web.errors import Problem
from bot.web.parts import Front
from bot.web.visitor_http import parts_of
from bot.web.widget_files import widget_files

DEMO = Path(__file__).resolve().parents[2] / "widget" / "demo"
DOCS = DEMO.parents[1] / "docs"
LINKED_DOCS = ("getting-started", "site-folder", "widget", "playbook")
OWN_SITE = ("demo", "Foyer")
DEFAULT_ACCENT = "#2f6f4f"
LANGUAGES = (
    ("en", "English"),
    ("de", "Deutsch"),
    ("fr", "Français"),
    ("es", "Español"),
    ("pt", "Português"),
    ("it", "Italiano"),
    ("nl", "Nederlands"),
    ("pl", "Polski"),
    ("ja", "日本語"),
    ("ar", "العربية"),
)
"""What the widget speaks, each in its own words."""
LOOK = """:root {
  color-scheme: SCHEME;
  --accent: light-dark(ACCENT, oklch(from ACCENT max(l, .55) c h));
  --link: light-dark(oklch(from ACCENT min(l, .48) c h), oklch(from ACCENT max(l, .78) c h));
}
"""
"""As in the widget: an accent is darkened until it reads on light, and lightened until it is seen on dark."""
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
    config = chosen.config(None)
    body = (
        templates()
        .get_template("demo.html.j2" if is_foyers_own(chosen) else "site.html.j2")
        .render(
            site=chosen.site_id,
            name=chosen.name,
            origin=parts.public_url or f"{request.url.scheme}://{request.url.netloc}",
            accent=chosen.accent or "",
            button=chosen.button,
            greeting=config["greeting"],
            choices=[choice["label"] for choice in config["choices"]],
            consent=config["consent"]["text"],
            default_accent=DEFAULT_ACCENT,
            languages=LANGUAGES,
            docs=[name for name in LINKED_DOCS if (DOCS / f"{name}.md").is_file()],
        )
    )
    return HTMLResponse(body, headers={"Content-Security-Policy": PAGE_POLICY})


def is_foyers_own(front: Front) -> bool:
    """Whether the site is the bundled demo, which answers from Foyer's own documentation."""
    return (front.site_id, front.name) == OWN_SITE


@router.get("/demo/states")
async def states(
    request: Request,
    site: str | None = Query(None, max_length=64),
    locale: str = Query("en", max_length=35),
) -> Response:
    """Return every state of the widget on one page, for looking at; nothing on it talks to the server."""
    fronts = parts_of(request).fronts()
    chosen = fronts.get(site) if site else next(iter(fronts.values()), None)
    if chosen is None:
        raise Problem(404, "unknown_site", f"There is no site {site!r} here.")
    body = (
        templates()
        .get_template("states.html.j2")
        .render(
            site=chosen.site_id,
            name=chosen.name,
            accent=chosen.accent,
            base=f"../widget/{widget_files().digest}/",
            languages=LANGUAGES,
            locale=locale,
        )
    )
    return HTMLResponse(body, headers={"Content-Security-Policy": PAGE_POLICY})


@router.get("/demo/look.css")
async def look(request: Request, site: str = Query(max_length=64)) -> Response:
    """Return a site's colours for its page: the policy allows no style inside the page."""
    front = parts_of(request).fronts().get(site)
    if front is None:
        raise Problem(404, "unknown_site", f"There is no site {site!r} here.")
    text = LOOK.replace("ACCENT", front.accent or DEFAULT_ACCENT)
    mode = front.config(None)["theme"]["mode"]
    text = text.replace("SCHEME", mode if mode in {"light", "dark"} else "light dark")
    return Response(text, media_type="text/css", headers={"Cache-Control": "no-cache"})


@router.get("/demo/docs/{name}")
async def documentation(name: str) -> Response:
    """Return a page of Foyer's documentation as it is written, where the server has it."""
    path = DOCS / name
    if path.parent != DOCS or path.suffix != ".md" or not path.is_file():
        raise Problem(404, "not_found", "There is no such file.")
    return Response(path.read_bytes(), media_type="text/plain; charset=utf-8")


@router.get("/demo/{name}")
async def demo_file(name: str) -> Response:
    """Return a file beside the demo page."""
    path = DEMO / name
    if path.parent != DEMO or path.suffix not in MEDIA_TYPES or not path.is_file():
        raise Problem(404, "not_found", "There is no such file.")
    return Response(
        path.read_bytes(), media_type=MEDIA_TYPES[path.suffix], headers={"Cache-Control": "no-cache"}
    )
