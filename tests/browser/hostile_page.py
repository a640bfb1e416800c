"""A page whose chat is told hostile words in every place: what ran, what left the page, what was made of them."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from playwright.async_api import Browser, Page

SCRIPT = Path(__file__).with_name("hostile.js")
BASE = re.compile(r"widget/[0-9a-f]+/")


class HostilePage:
    """The real widget over a line that is in the page; nothing of the page forbids anything to run."""

    def __init__(self, page: Page, server: str) -> None:
        self.page = page
        self._server = server
        self._strangers: list[str] = []
        self._dialogs: list[str] = []

    @classmethod
    async def opened(cls, browser: Browser, server: str, site: str = "demo") -> "HostilePage":
        """Load a blank page with the widget in a fresh profile; close `page.context` when done."""
        context = await browser.new_context(bypass_csp=True)
        page = await context.new_page()
        hostile = cls(page, server)
        page.on("request", lambda request: hostile._noted(request.url))
        page.on("dialog", lambda dialog: hostile._dialogs.append(dialog.message))
        page.on("pageerror", lambda error: hostile._dialogs.append(f"uncaught: {error}"))
        await page.add_init_script(path=SCRIPT)
        line = f'<script type="module" src="{server}/widget.js" data-site="{site}"></script>'
        blank = f'<!doctype html><html lang="en"><title>A page</title><body>{line}</body></html>'
        await page.route(f"{server}/blank", lambda route: route.fulfill(body=blank, content_type="text/html"))
        await page.goto(f"{server}/blank")
        await page.wait_for_function("() => window.foyer?.open")
        return hostile

    def _noted(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme in ("http", "https", "ws", "wss") and not address.startswith(f"{self._server}/"):
            self._strangers.append(address)

    async def attack(self, payloads: list[str]) -> list[str]:
        """Put each payload into every place; return what is wrong, nothing where all is well."""
        loader = await self.page.request.get(f"{self._server}/widget.js")
        base = BASE.search(await loader.text())
        assert base is not None
        found = await self.page.evaluate(
            "([payloads, base]) => hostile.attack(payloads, base)", [payloads, f"{self._server}/{base[0]}"]
        )
        left = [f"request to {address}" for address in self._strangers]
        return [*found, *left, *self._dialogs]
