"""Several tabs are one visitor: what is deleted or thought in one is so in all."""

import pytest_asyncio
from playwright.async_api import Page, expect

from tests.browser.conftest import Chat, PageHost, listened, snippet

QUESTION = "When are you open?"
DELETED = "This conversation and all we knew about you are deleted."
Pair = tuple[Chat, Chat]


@pytest_asyncio.fixture(loop_scope="session")
async def tabs(server: str, friend: PageHost, page: Page, chat: Chat) -> Pair:
    """Return two tabs with the same conversation open."""
    await page.goto(friend.put("/tabs", f"<h1>Shop</h1>{snippet(server)}"))
    await chat.open()
    await chat.ask(QUESTION)
    other = Chat(await listened(page.context))
    await other.page.goto(page.url)
    await other.open()
    await expect(other.panel.locator(".foot")).to_have_count(1)
    return chat, other


async def forget(chat: Chat) -> None:
    """Ask to be forgotten, and say yes."""
    await chat.panel.get_by_role("button", name="More").click()
    await chat.panel.get_by_role("menuitem", name="Forget me").click()
    await chat.panel.get_by_role("button", name="Yes, delete everything").click()


async def test_all_are_told_that_everything_is_deleted_and_none_begins_anew(tabs: Pair) -> None:
    await forget(tabs[0])

    for one in tabs:
        await expect(one.panel.get_by_text(DELETED)).to_be_visible()
        await one.page.evaluate("() => dispatchEvent(new Event('online'))")
    await tabs[1].page.wait_for_timeout(2_500)  # as long as a tab waits to be told
    for one in tabs:
        await expect(one.panel.get_by_text(DELETED)).to_be_visible()
        assert await one.page.evaluate("Object.keys(localStorage)") == []


async def test_what_is_read_in_one_is_not_new_in_the_other(tabs: Pair) -> None:
    one, other = tabs
    await other.page.evaluate("foyer.close()")
    await one.input.fill(QUESTION)
    # Sent and closed in one breath, so that no answer can come between.
    await one.page.evaluate(
        "document.querySelector('foyer-chat').shadowRoot.querySelector('[part=send]').click(); foyer.close()"
    )
    for tab in tabs:
        await expect(tab.page.locator("foyer-chat .badge")).to_have_text("1")

    await other.page.bring_to_front()
    await other.open()

    await expect(one.page.locator("foyer-chat .badge")).to_be_empty()
    await expect(one.launcher).to_have_accessible_name("Open chat")


async def test_what_one_begins_after_that_the_other_takes_up(tabs: Pair) -> None:
    await forget(tabs[0])
    for answers, one in enumerate(tabs):
        await one.panel.get_by_role("button", name="Start a new one").click()
        await expect(one.input).to_be_visible()
        await expect(one.panel.locator(".foot")).to_have_count(answers)
        await one.ask(QUESTION)

    for one in tabs:
        await expect(one.panel.locator(".item.visitor")).to_have_count(2)


async def test_what_the_page_forgets_in_one_is_forgotten_in_the_other(tabs: Pair) -> None:
    await tabs[0].page.evaluate("foyer.close(); foyer.reset()")

    await expect(tabs[1].panel.locator(".item.visitor")).to_have_count(0)
    await tabs[1].ask(QUESTION)
    await expect(tabs[1].panel.locator(".item.visitor")).to_have_count(1)


async def test_opinions_of_one_are_those_of_the_other(tabs: Pair) -> None:
    first, second = tabs
    await first.input.fill("thank you, goodbye")
    await first.input.press("Enter")
    for one in tabs:
        await expect(one.panel.locator(".rating")).to_be_visible()
    await first.panel.get_by_role("button", name="Yes").click()
    word = first.panel.get_by_role("textbox", name="What helped?")
    await word.fill("The ti")
    await first.panel.get_by_role("button", name="This did not help").click()

    await expect(second.panel.locator(".rating")).to_have_count(0)
    worse = second.panel.get_by_role("button", name="This did not help")
    better = second.panel.get_by_role("button", name="This helped")
    await expect(worse).to_have_attribute("aria-pressed", "true")
    await better.click()
    await expect(first.panel.get_by_role("button", name="This helped")).to_have_attribute(
        "aria-pressed", "true"
    )
    await expect(word).to_have_value("The ti")

    await first.page.reload()
    await expect(first.panel.get_by_role("button", name="This helped")).to_have_attribute(
        "aria-pressed", "true"
    )
    await expect(first.panel.locator(".rating")).to_have_count(0)
    kept = await first.page.evaluate("JSON.parse(localStorage['foyer:guest']).judged")
    assert list(kept.values()) == [True, True]
