"""A message that is refused silences nothing and can be dropped; a page asks only what can be asked."""

import pytest
import pytest_asyncio
from playwright.async_api import Page, Route, expect

from tests.browser.conftest import Chat, PageHost, snippet

QUESTION = "When are you open?"
LIMIT = 4_000


@pytest_asyncio.fixture(loop_scope="session")
async def plain(server: str, friend: PageHost, page: Page, chat: Chat) -> Chat:
    """Return a chat on a page."""
    await page.goto(friend.put("/refused", f"<h1>Shop</h1>{snippet(server)}"))
    return chat


async def more(route: Route) -> None:
    """Let the browser believe that a message may be longer than the server takes."""
    answer = await route.fetch()
    session = await answer.json()
    session["config"]["limits"]["text"] = LIMIT * 2
    await route.fulfill(response=answer, json=session)


@pytest_asyncio.fixture(loop_scope="session")
async def refused(plain: Chat) -> Chat:
    """Return a chat in which a message was refused."""
    await plain.page.route("**/api/v1/sessions", more)
    await plain.open()
    await plain.ask(QUESTION)
    await plain.input.fill("x" * (LIMIT + 1))
    await plain.input.press("Enter")
    await expect(plain.panel.locator(".unsent")).to_be_visible()
    return plain


async def test_what_was_refused_hides_no_form_and_goes_when_it_is_dropped(refused: Chat) -> None:
    await refused.input.fill("I want to talk to a person")
    await refused.input.press("Enter")
    form = refused.panel.locator("[part=form]")
    await expect(form).to_be_visible()
    await refused.page.reload()
    await expect(form).to_be_visible()
    await expect(refused.panel.locator(".unsent")).to_be_visible()

    await refused.panel.get_by_role("button", name="Discard").press("Enter")

    await expect(refused.panel.locator(".pending")).to_have_count(0)
    await expect(refused.panel.get_by_role("textbox", name="Your message")).to_be_focused()
    await refused.page.reload()
    await expect(form).to_be_visible()
    await expect(refused.panel.locator(".pending")).to_have_count(0)


async def test_what_was_refused_is_not_sent_again_by_itself(refused: Chat) -> None:
    sent: list[str] = []
    refused.page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(str(frame))))
    await refused.page.reload()
    await expect(refused.panel.locator(".unsent")).to_be_visible()
    await expect(refused.panel.locator(".foot")).to_have_count(1)
    await refused.ask("What does it cost to rent a room?")
    assert not [frame for frame in sent if "xxx" in frame]

    await refused.panel.get_by_role("button", name="Try again").click()
    await expect(refused.panel.locator(".unsent")).to_be_visible()
    assert [frame for frame in sent if "xxx" in frame]


@pytest.mark.parametrize("value", ["{}", "5", "'   '", "null", f"'x'.repeat({LIMIT + 1})"])
async def test_a_page_asks_only_what_can_be_asked(plain: Chat, value: str) -> None:
    await plain.page.evaluate(f"() => foyer.open({value})")
    await expect(plain.panel.locator(".greeting")).to_be_visible()
    await plain.page.evaluate("() => foyer.open('  When are you open? ')")

    await expect(plain.panel.locator(".foot")).to_have_count(1)
    assert await plain.panel.locator(".item.visitor .body").all_inner_texts() == [QUESTION]
