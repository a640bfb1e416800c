"""The pages for the people who work with leads. Front page: `router`.

Promises: every page but the login asks who is there; every change carries the form token of that login; whatever a
visitor wrote is text on the page and nothing else, by autoescape and by a policy that lets nothing inline run.
"""

from fastapi import APIRouter

from bot.web.console import feedback_pages, files, lead_pages, list_pages, login_pages, password_pages

__all__ = ["PAGES", "router"]

PAGES = (files, login_pages, password_pages, list_pages, feedback_pages, lead_pages)
"""Every room with pages; the last takes any name after /leads/."""

router = APIRouter(include_in_schema=False)
for room in PAGES:
    router.include_router(room.router)
