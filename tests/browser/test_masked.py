"""Who says no to being contacted sees their details masked at once, in every tab, on either line."""

import pytest
from playwright.async_api import BrowserContext, Page, expect

from tests.browser.conftest import Chat, PageHost, listened, snippet

ADDRESS = "ada.byron@harbour.example"
NO_SOCKET = (
    "window.WebSocket = class { constructor() { setTimeout(() => this.onclose?.({ code: 1006 }), 5); }"
    " send() {} close() {} };"
)


async def two_tabs(context: BrowserContext, page: Page, address: str) -> tuple[Chat, Chat]:
    """Return two tabs in which the visitor has written their address."""
    chat, other = Chat(page), Chat(await listened(context))
    await page.goto(address)
    await chat.open()
    await chat.input.fill(f"Write to me: {ADDRESS}")
    await chat.input.press("Enter")
    await expect(chat.panel.locator(".choices button")).to_have_count(2)
    await other.page.goto(address)
    await other.open()
    await expect(other.panel.locator(".choices button")).to_have_count(2)
    for one in (chat, other):
        await expect(one.panel.locator(".log")).to_contain_text(ADDRESS)
    return chat, other


async def masked(chat: Chat) -> None:
    """See that the address is nowhere, and what stood beside it still is there, once."""
    await expect(chat.panel.locator(".log")).not_to_contain_text(ADDRESS)
    await expect(chat.panel.locator(".item.visitor", has_text="Write to me: ••••")).to_have_count(1)


@pytest.mark.parametrize("line", ["socket", "http"])
async def test_a_no_masks_what_was_written_in_every_tab(
    server: str, friend: PageHost, context: BrowserContext, page: Page, line: str
) -> None:
    if line == "http":
        await context.add_init_script(NO_SOCKET)
    tabs = await two_tabs(context, page, friend.put("/masked", f"<body>{snippet(server)}</body>"))

    await tabs[0].panel.locator(".choices button").nth(1).click()

    for one in tabs:
        await expect(one.answers.last).to_contain_text("masked in this chat")
        await masked(one)


async def test_a_tab_that_was_away_meanwhile_learns_of_it(
    server: str, friend: PageHost, context: BrowserContext, page: Page
) -> None:
    here, away = await two_tabs(context, page, friend.put("/away", f"<body>{snippet(server)}</body>"))
    await away.page.evaluate("dispatchEvent(new Event('pagehide'))")

    await here.panel.locator(".choices button").nth(1).click()
    await masked(here)
    await expect(away.panel.locator(".log")).to_contain_text(ADDRESS)
    await away.page.evaluate("dispatchEvent(new Event('pageshow'))")

    await masked(away)
