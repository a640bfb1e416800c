"""What changes around an open chat, the page's attributes, its language, its window, takes nothing from the visitor."""

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import Chat, PageHost, snippet

CONTACT = "I want to talk to a person"
SET = "([name, value]) => document.querySelector('foyer-chat').setAttribute(name, value)"
ATTRIBUTES = [
    ("theme", "dark"),
    ("class", "x"),
    ("style", "--foyer-y: 40px"),
    ("label", "Ask us"),
    ("accent", "navy"),
]


async def form_of(chat: Chat, address: str) -> Locator:
    """Open the chat and come to its form."""
    await chat.page.goto(address)
    await chat.open()
    await chat.ask("When are you open?")
    await chat.input.fill(CONTACT)
    await chat.input.press("Enter")
    form = chat.panel.locator("[part=form]")
    await expect(form).to_be_visible()
    return form


@pytest.mark.parametrize("attribute", ATTRIBUTES, ids=[name for name, _ in ATTRIBUTES])
async def test_an_attribute_that_changes_leaves_what_was_begun(
    server: str, friend: PageHost, page: Page, chat: Chat, attribute: tuple[str, str]
) -> None:
    form = await form_of(chat, friend.put("/changed", f"<body>{snippet(server)}</body>"))
    await form.get_by_role("checkbox").check()
    await chat.panel.locator(".note").first.click()
    await chat.panel.get_by_role("button", name="This helped", exact=True).click()
    word = chat.panel.get_by_role("textbox", name="What helped?")
    await word.fill("The ti")
    await form.get_by_label("E-mail").focus()

    await page.evaluate(SET, attribute)
    await page.evaluate("new Promise((done) => setTimeout(done, 200))")

    await expect(form.get_by_role("checkbox")).to_be_checked()
    await expect(form.get_by_label("E-mail")).to_be_focused()
    await expect(word).to_have_value("The ti")
    await expect(chat.panel.locator(".quote")).to_be_visible()


async def test_another_language_keeps_who_fills_in_a_form_at_their_field(
    server: str, friend: PageHost, page: Page, chat: Chat
) -> None:
    form = await form_of(chat, friend.put("/spoken", f"<body>{snippet(server)}</body>"))
    email = form.locator("input[name=email]")
    await email.fill("ada@")
    await email.press("Tab")
    await email.focus()
    async with page.expect_response("**/api/v1/sessions"):
        await page.evaluate("foyer.setLocale('de')")
    await expect(form.locator("label").first).to_have_text("Name")
    await expect(chat.panel).to_have_attribute("lang", "de")

    await expect(email).to_be_focused()
    await expect(form.locator(".problem").nth(1)).to_contain_text("E-Mail")
    await page.keyboard.type("harbour.example")
    await expect(email).to_have_value("ada@harbour.example")
    await expect(chat.panel.locator("textarea")).to_have_value("")


@pytest.mark.parametrize("field", ["textarea", "input[name=email]"])
async def test_a_window_that_becomes_small_and_large_again_keeps_the_focus(
    server: str, friend: PageHost, page: Page, chat: Chat, field: str
) -> None:
    await page.set_viewport_size({"width": 800, "height": 700})
    await form_of(chat, friend.put("/shrunk", f"<body>{snippet(server)}</body>"))
    focused = chat.panel.locator(field)
    await focused.fill("")
    await focused.press("a")

    for height, is_modal in ((380, True), (700, False)):
        await page.set_viewport_size({"width": 800, "height": height})
        await expect(chat.panel.and_(page.locator(":modal" if is_modal else ":not(:modal)"))).to_be_visible()
        await expect(focused).to_be_focused()
        await page.keyboard.press("b")

    await expect(focused).to_have_value("abb")


@pytest.mark.parametrize(("width", "height", "size"), [(568, 270, "15px"), (640, 400, "30px")])
async def test_a_greeting_that_does_not_fit_is_read_from_its_beginning(
    server: str, friend: PageHost, page: Page, chat: Chat, width: int, height: int, size: str
) -> None:
    await page.set_viewport_size({"width": width, "height": height})
    head = f"<style>foyer-chat {{ --foyer-size: {size} }}</style>"
    await page.goto(friend.put("/low", f"<body>{snippet(server)}</body>", head=head))
    await chat.open()
    await page.wait_for_load_state("networkidle")

    log = chat.panel.get_by_role("log")
    assert await log.evaluate("(log) => log.scrollHeight > log.clientHeight + 40")
    assert await log.evaluate("(log) => log.scrollTop") <= 4
    await expect(chat.panel.locator(".below")).to_be_hidden()
    await page.evaluate("foyer.close(); foyer.open()")
    assert await log.evaluate("(log) => log.scrollTop") <= 4


async def test_an_attribute_counts_after_a_call(
    server: str, friend: PageHost, page: Page, chat: Chat
) -> None:
    await page.goto(friend.put("/called", f"<body>{snippet(server)}</body>"))
    await chat.open()
    await page.evaluate("foyer.setLocale('ar')")
    await expect(chat.panel).to_have_attribute("lang", "ar")

    await page.evaluate("""() => {
      const chat = document.querySelector('foyer-chat');
      chat.remove();
      chat.setAttribute('locale', 'de');
      document.body.append(chat);
    }""")

    await expect(chat.panel).to_have_attribute("lang", "de")
