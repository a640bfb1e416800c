"""What a visitor began is there when they come back: without a network, over a reload, on the next page."""

import asyncio

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.conftest import Chat, PageHost, listened, snippet

QUESTION = "When are you open?"
ASK_FOR_A_PERSON = "I want to talk to a person"
SHRUNK = """(port) => {
  for (const [name, value] of Object.entries(port))
    Object.defineProperty(visualViewport, name, { configurable: true, get: () => value });
  visualViewport.dispatchEvent(new Event('resize'));
}"""


async def at(page: Page, address: str) -> Chat:
    """Open the chat of a page."""
    await page.goto(address)
    chat = Chat(page)
    await chat.open()
    return chat


async def asked_for_an_address(page: Page, address: str) -> Chat:
    """Ask for a person, and come to the form."""
    chat = await at(page, address)
    await chat.input.fill(ASK_FOR_A_PERSON)
    await chat.input.press("Enter")
    await expect(chat.panel.locator("[part=form]")).to_be_visible()
    return chat


async def test_the_first_message_without_a_network_is_shown_waits_and_goes(
    server: str, friend: PageHost, page: Page
) -> None:
    chat = await at(page, friend.put("/cut", f"<body>{snippet(server)}</body>"))
    await page.wait_for_load_state("networkidle")
    await page.context.set_offline(True)
    await expect(chat.panel.get_by_role("status").last).to_contain_text("No connection")

    await chat.input.fill(QUESTION)
    await chat.input.press("Enter")

    await expect(chat.panel.locator(".item.visitor")).to_have_text("You: When are you open?")
    await page.context.set_offline(False)
    await expect(chat.panel.locator(".foot")).to_have_count(1)
    await expect(chat.panel.get_by_role("status").last).to_be_empty()
    assert [text for text in page.said if "uncaught" in text] == []  # type: ignore[attr-defined]


async def test_what_is_too_much_without_a_network_is_refused_in_words(
    server: str, friend: PageHost, page: Page
) -> None:
    chat = await at(page, friend.put("/much", f"<body>{snippet(server)}</body>"))
    await page.wait_for_load_state("networkidle")
    await page.context.set_offline(True)
    line = chat.panel.get_by_role("status").last
    await expect(line).to_contain_text("No connection")

    for number in range(21):
        await chat.input.fill(f"Thought {number}")
        await chat.input.press("Enter")

    await expect(line).to_contain_text("Please wait until your earlier messages are sent")
    await expect(chat.input).to_have_value("Thought 20")


async def test_what_can_not_be_fetched_is_said_in_the_quiet_line(
    server: str, friend: PageHost, page: Page
) -> None:
    for late in ("menu", "transcript"):
        await page.route(f"**/{late}.js", lambda route: route.abort())
    chat = await at(page, friend.put("/late", f"<body>{snippet(server)}</body>"))

    await chat.panel.locator("header [aria-haspopup]").click()

    line = chat.panel.get_by_role("status").last
    await expect(line).to_contain_text("No connection")
    assert await line.get_attribute("title") is None
    await page.unroute_all()
    await chat.ask(QUESTION)
    await chat.panel.locator("header [aria-haspopup]").click()
    await expect(chat.panel.get_by_role("menuitem").first).to_be_visible()
    assert [text for text in page.said if "uncaught" in text] == []  # type: ignore[attr-defined]


async def test_half_written_words_and_a_half_filled_form_outlive_a_reload_and_a_move(
    server: str, friend: PageHost, page: Page
) -> None:
    address = friend.put("/half", f"<body><main></main>{snippet(server)}</body>")
    chat = await asked_for_an_address(page, address)
    composer = chat.panel.locator("textarea")
    form = chat.panel.locator("[part=form]")
    await composer.fill("A long thought that")
    await form.get_by_label("E-mail").fill("ada@harbour.example")

    await page.reload()
    await expect(form.get_by_label("E-mail")).to_have_value("ada@harbour.example")
    await expect(composer).to_have_value("A long thought that")
    await expect(chat.panel.locator(".send")).to_be_enabled()
    await page.evaluate("document.querySelector('main').append(document.querySelector('foyer-chat'))")
    await expect(form.get_by_label("E-mail")).to_have_value("ada@harbour.example")
    await expect(composer).to_have_value("A long thought that")

    replies = await chat.panel.locator(".item.bot").count()
    await form.get_by_role("button", name="Send").click()
    await expect(form).to_have_count(0)
    await expect(chat.panel.locator(".item.bot")).to_have_count(replies + 1)
    await composer.fill("")
    await page.evaluate("foyer.close()")
    await page.reload()
    assert "ada@" not in str(await page.evaluate("Object.values(sessionStorage).join()"))


async def test_a_reply_that_came_on_the_way_to_the_next_page_is_counted_on_its_button(
    server: str, friend: PageHost, page: Page
) -> None:
    chat = await asked_for_an_address(page, friend.put("/first", f"<body>{snippet(server)}</body>"))
    await expect(chat.panel.locator(".choices, [part=form]").first).to_be_visible()
    await chat.panel.locator("textarea").fill(QUESTION)
    # Sent and closed in one breath, so that no answer can come between.
    await page.evaluate(
        "document.querySelector('foyer-chat').shadowRoot.querySelector('[part=send]').click(); foyer.close()"
    )
    await page.goto(friend.put("/second", f"<body>{snippet(server)}</body>"))

    await expect(page.locator("foyer-chat .badge")).to_have_text("1")
    await chat.open()
    await expect(page.locator("foyer-chat .badge")).to_be_empty()


async def test_a_chat_that_was_rated_is_not_asked_again(server: str, friend: PageHost, page: Page) -> None:
    chat = await at(page, friend.put("/rated", f"<body>{snippet(server)}</body>"))
    await chat.ask(QUESTION)
    thumb = chat.panel.get_by_role("button", name="This helped", exact=True)
    await thumb.click()
    composer = chat.panel.locator("textarea")  # the thumb asks for a word in a field of its own
    await composer.fill("bye")
    await composer.press("Enter")
    await chat.panel.locator(".rating button").first.click()
    await expect(chat.panel.locator(".word input").last).to_be_focused()

    await page.reload()

    await expect(chat.panel.locator(".item.bot:not(.greeting)")).to_have_count(2)
    await expect(thumb).to_have_attribute("aria-pressed", "true")
    await asyncio.sleep(0.3)
    assert await chat.panel.locator(".rating").count() == 0


@pytest.mark.parametrize(
    ("size", "port", "place"),
    [
        ((390, 844), {"height": 500, "offsetTop": 120, "scale": 1}, (120, 620)),
        ((390, 844), {"height": 422, "offsetTop": 200, "scale": 2}, (0, 844)),
        ((844, 390), {"height": 200, "offsetTop": 0, "scale": 1}, (0, 200)),
        ((768, 1024), {"height": 600, "offsetTop": 0, "scale": 1}, (8, 512)),
    ],
    ids=["a keyboard moves the page", "two fingers", "on its side", "a tablet"],
)
async def test_the_panel_stands_above_the_keyboard(
    chromium: Browser,
    server: str,
    friend: PageHost,
    size: tuple[int, int],
    port: dict[str, float],
    place: tuple[int, int],
) -> None:
    context = await chromium.new_context(
        viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce"
    )
    chat = await at(await listened(context), friend.put("/keyboard", f"<body>{snippet(server)}</body>"))
    await chat.page.wait_for_load_state("networkidle")

    await chat.page.evaluate(SHRUNK, port)

    box = await chat.panel.bounding_box()
    assert box
    assert (round(box["y"]), round(box["y"] + box["height"])) == place
    await context.close()


async def test_a_browsers_larger_text_is_the_chats(server: str, friend: PageHost, page: Page) -> None:
    head = "<style>foyer-chat { --foyer-size: 30px } html { font-size: 62.5% }</style>"
    chat = await at(page, friend.put("/large", f"<body>{snippet(server)}</body>", head=head))

    await expect(chat.input).to_have_css("font-size", "30px")
    await expect(chat.panel.locator(".who")).to_have_css("font-size", "26px")
    await page.evaluate("document.querySelector('style').remove()")
    await expect(chat.input).to_have_css("font-size", "15px")
