"""Whoever uses a control that then goes is not left on nothing: the focus stays in the panel, Escape closes it."""

import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import Chat, PageHost, listened, snippet

QUESTION = "When are you open?"


@pytest_asyncio.fixture(loop_scope="session")
async def small(server: str, friend: PageHost, page: Page, chat: Chat) -> Chat:
    """Return a chat that was asked one thing, in a low window."""
    await page.set_viewport_size({"width": 500, "height": 480})
    await page.goto(friend.put("/focus", f"<h1>Shop</h1>{snippet(server)}"))
    await chat.open()
    await chat.ask(QUESTION)
    return chat


async def closed_by_escape(chat: Chat, kept: Locator) -> None:
    """See that the focus is where it should be, and that a key that is pressed there reaches the panel."""
    await expect(kept).to_be_focused()
    await chat.page.keyboard.press("Escape")
    await expect(chat.panel).to_be_hidden()
    await expect(chat.launcher).to_be_focused()


async def test_after_the_word_beside_a_thumb(small: Chat) -> None:
    await small.panel.get_by_role("button", name="This helped").press("Enter")
    await small.panel.get_by_role("textbox", name="What helped?").fill("The times")
    await small.page.keyboard.press("Enter")

    thanks = small.panel.get_by_text("Thank you. Noted.")
    await expect(thanks).to_have_css("outline-style", "none")  # it is read there, and is no button
    await closed_by_escape(small, thanks)


async def test_after_going_down_to_new_messages(server: str, small: Chat) -> None:
    other = Chat(await listened(small.page.context))
    await other.page.goto(small.page.url)
    await other.open()
    await small.ask("What does it cost to rent a room?")
    await small.panel.get_by_role("log").evaluate("(log) => log.scrollTo(0, 0)")
    await other.ask(QUESTION)
    await small.page.bring_to_front()
    below = small.panel.get_by_role("button", name="New messages")
    await expect(below).to_be_visible()
    await below.press("Enter")

    await expect(below).to_be_hidden()
    await closed_by_escape(small, small.input)


async def test_after_the_contact_form_is_sent(small: Chat) -> None:
    await small.input.fill("I want to talk to a person")
    await small.input.press("Enter")
    form = small.panel.locator("[part=form]")
    await form.get_by_label("E-mail").fill("ada@harbour.example")
    await form.get_by_role("button", name="Send").press("Enter")

    await expect(form).to_have_count(0)
    await closed_by_escape(small, small.panel.get_by_role("textbox", name="Your message"))


async def test_after_everything_is_deleted_and_begun_anew(small: Chat) -> None:
    await small.panel.get_by_role("button", name="More").press("Enter")
    await small.panel.get_by_role("menuitem", name="Forget me").press("Enter")
    await small.panel.get_by_role("button", name="Yes, delete everything").press("Enter")
    restart = small.panel.get_by_role("button", name="Start a new one")
    await expect(small.panel.get_by_role("log")).to_be_focused()
    await restart.press("Enter")

    await expect(restart).to_have_count(0)
    await closed_by_escape(small, small.input)


async def test_after_a_click_that_focuses_no_button(
    server: str, friend: PageHost, page: Page, chat: Chat
) -> None:
    # As in Safari, where a click on a button leaves the focus where it was.
    await page.add_init_script("addEventListener('mousedown', (event) => event.preventDefault(), true)")
    await page.goto(friend.put("/unfocused", f"<h1>Shop</h1>{snippet(server)}"))
    await page.evaluate("foyer.open()")
    await page.evaluate("document.activeElement.blur()")
    await chat.panel.locator(".choices button").first.click()

    await expect(chat.panel.locator(".item.visitor")).to_have_count(1)
    await closed_by_escape(chat, chat.input)
