"""A real server with the demo and a second site, pages of other origins around it, and a browser to look at both.

The browser is driven through playwright's asyncio API in one loop for the session: its sync API would leave a
running loop behind that breaks every other asynchronous test of the run.
"""

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Locator, Page, async_playwright, expect

from bot.settings import demo_site_folder
from tests.identity.tokens import SECRET
from tests.model.everywhere import model_section, with_model
from tests.needed import needed

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "widget" / "node_modules" / "axe-core" / "axe.min.js"
READY = re.compile(r"Foyer is ready at (http://\S+)")
CANARY = "http://127.0.0.1:9/canary"
MOVED_IN = """async (panel) => {
  const moving = () => panel.getAnimations().filter(({ playState }) => playState !== 'finished');
  while (moving().length) await Promise.allSettled(moving().map(({ finished }) => finished));
}"""

expect.set_options(timeout=60_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives the browser, in one loop."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


class PageHost:
    """Serves pages of a foreign origin: each path is set by a test, with its own headers."""

    def __init__(self) -> None:
        pages: dict[str, tuple[str, dict[str, str]]] = {}

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                html, headers = pages.get(self.path, ("", {}))
                self.send_response(200 if html else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(html.encode())

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._pages = pages
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def put(self, path: str, body: str, *, head: str = "", headers: dict[str, str] | None = None) -> str:
        """Set a page and return its address."""
        start = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>'
        self._pages[path] = (f"{start}{head}</head>{body}</html>", headers or {})
        return self.origin + path


@pytest.fixture(scope="session")
def friend() -> Iterator[PageHost]:
    """Return pages of an origin that the second site allows."""
    host = PageHost()
    yield host
    host.server.shutdown()
    host.server.server_close()


@pytest.fixture(scope="session")
def stranger() -> Iterator[PageHost]:
    """Return pages of an origin that no site knows."""
    host = PageHost()
    yield host
    host.server.shutdown()
    host.server.server_close()


@pytest.fixture(scope="session")
def guest_site(tmp_path_factory: pytest.TempPathFactory, friend: PageHost) -> Path:
    """Return a site that the friend's pages may use, with hostile knowledge."""
    folder = tmp_path_factory.mktemp("sites") / "guest"
    shutil.copytree(demo_site_folder(), folder)
    shutil.rmtree(folder / "tests", ignore_errors=True)
    settings = (
        (folder / "foyer.yaml")
        .read_text()
        .replace("id: demo", "id: guest")
        .replace("name: Foyer", "name: Guest")
        .replace("How do I add Foyer to my website?", "When are you open?")
        .replace("#2f6f4f", "#7a3e12")
    )
    identity = "identity:\n  secret: ${FOYER_SECRET_IDENTITY}\n"
    (folder / "foyer.yaml").write_text(
        f"{settings}\norigins:\n  - {friend.origin}\n{identity}{model_section()}"
    )
    for path in (folder / "knowledge").iterdir():
        path.unlink()
    rows = [
        {
            "id": "hours",
            "question": "When are you open?",
            "answer": "We are open on weekdays from nine to five.",
        },
        {
            "id": "evil",
            "question": "What is the secret of the house?",
            "answer": f"![a]({CANARY}?d=x) [x](javascript:document.title='owned') <img src={CANARY} "
            f"onerror=document.title='owned'> <script src={CANARY}></script> [good](https://example.com/good)",
            "url": "javascript:document.title='owned'",
        },
        {
            "id": "rent",
            "question": "What does it cost to rent a room?",
            "answer": "| Conference room | Half a day | Whole day | Refreshments |\n|---|---|---|---|\n"
            "| Mediterranean | 120 EUR | 210 EUR | complimentary |\n| Adriatic | 90 EUR | 160 EUR | none |",
        },
    ]
    (folder / "knowledge" / "faq.json").write_text(json.dumps(rows))
    plans = [
        {
            "name": "Solo",
            "description": "A quiet desk.",
            "price": "9",
            "url": "javascript:document.title='owned'",
        },
        {
            "name": "Crew",
            "description": "Desks and a room.",
            "price": "29",
            "url": "https://example.com/crew",
        },
    ]
    common = {"currency": "EUR", "for": "up to 10 people", "image": CANARY}
    (folder / "knowledge" / "plans.json").write_text(json.dumps([plan | common for plan in plans]))
    return folder


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the server keeps what it keeps."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def server(home: Path, guest_site: Path) -> Iterator[str]:
    """Start the real server on a free port and return its address."""
    with served(home, guest_site) as address:
        yield address


@contextlib.contextmanager
def served(home: Path, guest_site: Path) -> Iterator[str]:
    """Serve the demo and the second site from a home of their own."""
    demo = home / "demo-site"
    if not demo.exists():
        shutil.copytree(demo_site_folder(), demo)
        (demo / "foyer.yaml").write_text((demo / "foyer.yaml").read_text() + model_section())
    command = [sys.executable, "-m", "bot", "serve", "--port", "0", str(demo), str(guest_site)]
    environment = {
        **os.environ,
        **with_model({}),
        "FOYER_HOME": str(home),
        "FOYER_LIMITS": "off",
        "FOYER_SECRET_IDENTITY": SECRET,
    }
    with (home / "log").open("w") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=log, text=True
        )
        try:
            assert process.stdout is not None
            for line in process.stdout:
                if found := READY.search(line):
                    threading.Thread(target=process.stdout.read, daemon=True).start()
                    yield found[1].rstrip("/")
                    break
            else:
                pytest.fail(f"The server ended before it was ready: {(home / 'log').read_text()[-2_000:]}")
        finally:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(15)
            process.kill()
            process.wait()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """Start the system's chromium."""
    path = shutil.which("chromium")
    needed("chromium", path, "apt install chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def context(chromium: Browser) -> AsyncIterator[BrowserContext]:
    """Return a fresh browser profile."""
    fresh = await chromium.new_context(viewport={"width": 1280, "height": 860})
    yield fresh
    await fresh.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(context: BrowserContext) -> Page:
    """Return a page that remembers what its console said, in `page.said`."""
    return await listened(context)


async def listened(context: BrowserContext) -> Page:
    """Return a new page whose console and errors are kept."""
    fresh = await context.new_page()
    said: list[str] = []
    fresh.on("console", lambda message: said.append(message.text))
    fresh.on("pageerror", lambda error: said.append(f"uncaught: {error}"))
    fresh.said = said  # type: ignore[attr-defined]
    return fresh


@dataclass
class Chat:
    """The widget on a page, as a visitor meets it."""

    page: Page

    @property
    def launcher(self) -> Locator:
        """The button."""
        return self.page.locator("foyer-chat .launcher")

    @property
    def panel(self) -> Locator:
        """The dialog."""
        return self.page.locator("foyer-chat dialog")

    @property
    def input(self) -> Locator:
        """The composer."""
        return self.panel.get_by_role("textbox")

    @property
    def answers(self) -> Locator:
        """The bot's messages, without the greeting; one that is still being written has no sources yet."""
        return self.panel.locator(".item.bot:not(.greeting)")

    @property
    def sources(self) -> Locator:
        """The footnotes."""
        return self.panel.locator(".note")

    async def open(self) -> None:
        """Click the button and wait for the greeting."""
        await self.launcher.click()
        await expect(self.panel.locator(".greeting")).to_be_visible()

    async def ask(self, question: str) -> None:
        """Type a question, send it, and wait until it is answered with sources; what was said before must be shown."""
        before = await self.panel.locator(".foot").count()
        await self.input.fill(question)
        await self.input.press("Enter")
        await expect(self.panel.locator(".foot")).to_have_count(before + 1)

    async def at_rest(self) -> None:
        """Wait until the panel has finished moving in: only then is its place what it will be."""
        await self.panel.evaluate(MOVED_IN)

    async def transcript(self) -> list[str]:
        """Return all messages as text, in order."""
        return [text.strip() for text in await self.panel.locator(".item").all_inner_texts()]


@pytest.fixture
def chat(page: Page) -> Chat:
    """Return the widget of the page."""
    return Chat(page)


def snippet(server: str, site: str = "guest", more: str = "") -> str:
    """Return the line that a page's owner pastes."""
    return f'<script type="module" src="{server}/widget.js" data-site="{site}" {more}></script>'
