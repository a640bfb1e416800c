"""Cuts, sleep and restarts: afterwards a page shows the transcript that the server has."""

import asyncio
import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, Page, expect

from tests.browser.conftest import Chat, listened
from tests.browser.cut_wire import Wire
from tests.service.running_server import ANSWER, QUESTION, RunningServer, write_site

OTHER, PRICE = "How much is the city bike?", "900 euros"
HISTORY = """async () => {
  const { token } = JSON.parse(localStorage['foyer:harbour']);
  const answer = await fetch('/api/v1/history?after=0', { headers: { Authorization: `Bearer ${token}` } });
  const { events } = await answer.json();
  return events.filter(({ type }) => type === 'message').map(({ data }) => [data.author, data.text]);
}"""
SHOWN = """() => [...document.querySelector('foyer-chat').shadowRoot.querySelectorAll('.item:not(.greeting, .offered)')]
  .map((item) => [item.classList[1], [...item.querySelectorAll('.body')].map((body) => body.textContent).join()])"""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def wire() -> AsyncIterator[Wire]:
    """Return a wire to whichever server its `port` names."""
    started = await Wire().start()
    yield started
    await started.stop()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def harbour(tmp_path_factory: pytest.TempPathFactory, wire: Wire) -> AsyncIterator[RunningServer]:
    """Return a server that can be stopped and started on its port, with answers of plain words, behind the wire."""
    folder = tmp_path_factory.mktemp("harbour")
    site = write_site(folder / "site")
    settings = (site / "foyer.yaml").read_text()
    (site / "foyer.yaml").write_text(settings.replace("https://shop.example", wire.url))
    running = RunningServer(site, folder / "home", {"FOYER_LIMITS": "off"})
    await asyncio.to_thread(running.start)
    wire.port = running.port
    yield running
    running.stop()


async def at_harbour(page: Page, address: str) -> Chat:
    """Open the chat of the demo page and ask a first question."""
    chat = Chat(page)
    await page.goto(f"{address}/demo?site=harbour")
    await chat.open()
    await chat.ask(QUESTION)
    return chat


async def send(chat: Chat, text: str) -> None:
    """Say something without waiting for an answer."""
    await chat.input.fill(text)
    await chat.input.press("Enter")


def plain(said: list[list[str]]) -> list[tuple[str, str]]:
    """Return who said which letters and digits, without the marks that are shown otherwise."""
    return [(author, re.sub(r"[\W_]+", "", text)) for author, text in said]


async def assert_as_the_server_has_it(chat: Chat, messages: int) -> None:
    """Wait for so many messages, then compare each with what the server tells."""
    await expect(chat.panel.locator(".item:not(.greeting)")).to_have_count(messages, timeout=30_000)
    await expect(chat.panel.locator(".pending, .wait")).to_have_count(0, timeout=30_000)
    for _ in range(300):  # words stream before the message is stored
        shown, stored = [plain(await chat.page.evaluate(said)) for said in (SHOWN, HISTORY)]
        if shown == stored:
            break
        await asyncio.sleep(0.1)
    assert shown == stored


async def test_an_answer_that_was_cut_off_is_whole_afterwards(
    harbour: RunningServer, wire: Wire, page: Page
) -> None:
    chat = await at_harbour(page, wire.url)

    wire.cut_in_the_next_answer()
    await send(chat, OTHER)
    await asyncio.wait_for(wire.was_cut.wait(), 20)
    await send(chat, "And a helmet?")
    await expect(chat.panel.locator(".pending")).to_have_count(1)
    await expect(chat.panel.get_by_role("status")).to_contain_text("No connection")
    await asyncio.sleep(3)
    wire.mend()

    await expect(chat.answers.nth(1)).to_contain_text(PRICE, timeout=30_000)
    await assert_as_the_server_has_it(chat, 6)


async def test_a_tab_that_slept_catches_up(
    harbour: RunningServer, wire: Wire, context: BrowserContext
) -> None:
    chat = await at_harbour(await listened(context), wire.url)
    devtools = await context.new_cdp_session(chat.page)
    other = Chat(await listened(context))
    await other.page.goto(f"{wire.url}/demo?site=harbour")
    await other.open()
    await expect(other.panel.locator(".foot")).to_have_count(1)

    await devtools.send("Page.setWebLifecycleState", {"state": "frozen"})
    await other.ask(OTHER)
    wire.cut()
    wire.mend()
    await devtools.send("Page.setWebLifecycleState", {"state": "active"})

    await assert_as_the_server_has_it(chat, 4)
    await send(chat, "Can I return a bike?")
    await assert_as_the_server_has_it(chat, 6)
    await assert_as_the_server_has_it(other, 6)


async def test_a_restart_of_the_server_loses_nothing(harbour: RunningServer, page: Page) -> None:
    chat = await at_harbour(page, harbour.url)

    harbour.kill()
    await send(chat, OTHER)
    await expect(chat.panel.locator(".pending")).to_have_count(1)
    await asyncio.to_thread(harbour.start)

    await expect(chat.answers.nth(1)).to_contain_text(PRICE, timeout=30_000)
    await expect(chat.answers.first).to_contain_text(ANSWER)
    await assert_as_the_server_has_it(chat, 4)
