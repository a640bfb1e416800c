"""The form below a question for contact details: checked as it is typed, sent with the consent that was ticked."""

import json
from typing import Any

import pytest
from playwright.async_api import Page, expect

from bot.domain.reading.email_addresses import find_emails
from tests.browser.conftest import Chat


async def asked_for_an_address(server: str, page: Page) -> Chat:
    chat = Chat(page)
    await page.goto(f"{server}/demo")
    await chat.open()
    await chat.input.fill("I want to talk to a person")
    await chat.input.press("Enter")
    await expect(chat.panel.locator("[part=form]")).to_be_visible()
    return chat


PLACES = """() => {
  const root = document.querySelector('foyer-chat').shadowRoot;
  const form = root.querySelector('.contact');
  const log = root.querySelector('.log').getBoundingClientRect();
  const send = form.querySelector('button').getBoundingClientRect();
  return [form.getBoundingClientRect().top - log.top, log.bottom - send.bottom];
}"""
MOST_ROOM_PX = 40


@pytest.mark.parametrize(
    ("width", "height", "locale"), [(360, 560, "en"), (360, 640, "de"), (1440, 640, "fr")]
)
async def test_a_form_opens_with_its_first_field_and_its_button_in_sight(
    server: str, page: Page, width: int, height: int, locale: str
) -> None:
    await page.set_viewport_size({"width": width, "height": height})
    await page.add_init_script(f"document.documentElement.lang = '{locale}'")
    chat = await asked_for_an_address(server, page)
    await expect(chat.panel.locator(".draft")).to_have_count(0)
    await page.wait_for_timeout(200)

    above, below = await page.evaluate(PLACES)
    assert above >= 0
    assert 0 <= below <= MOST_ROOM_PX, "no room is kept for what the answer was while it was written"


async def test_what_is_wrong_is_said_at_its_field_and_nothing_is_sent(server: str, page: Page) -> None:
    chat = await asked_for_an_address(server, page)
    form = chat.panel.locator("[part=form]")
    email = form.get_by_label("E-mail")
    said = await chat.panel.locator(".item.visitor").count()

    await form.get_by_role("button", name="Send").click()
    await expect(form.get_by_role("alert").last).to_have_text("Please fill this in.")
    await expect(email).to_be_focused()
    await email.fill("ada@@harbour")
    await email.press("Enter")
    await expect(form.get_by_role("alert").last).to_contain_text("name@example.com")
    await expect(email).to_have_attribute("aria-invalid", "true")
    await email.fill("ada@harbour.example")
    await expect(form.get_by_role("alert").last).to_be_empty()
    assert await chat.panel.locator(".item.visitor").count() == said


async def test_details_and_a_ticked_box_go_in_one_message(server: str, page: Page) -> None:
    frames: list[dict[str, Any]] = []
    page.on(
        "websocket",
        lambda socket: socket.on("framesent", lambda frame: frames.append(json.loads(frame))),
    )
    chat = await asked_for_an_address(server, page)
    await page.evaluate(
        "() => { window.lead = new Promise((told) => {"
        " document.addEventListener('foyer:lead', ({ detail }) => told(detail.kind)); }); }"
    )
    form = chat.panel.locator("[part=form]")
    assert not await form.get_by_role("checkbox").is_checked()
    await form.get_by_label("Name").fill("Ada Lovelace")
    await form.get_by_label("E-mail").fill("ada@harbour.example")
    await form.get_by_role("checkbox").check()
    await form.get_by_label("E-mail").press("Enter")

    await expect(chat.answers.last).to_contain_text("The team can reach you now")
    await expect(form).to_have_count(0)
    await page.evaluate("() => window.lead")  # the words stream before the message is there
    assert await page.evaluate("window.lead") == "consent_given"
    (filled,) = [frame["data"]["form"] for frame in frames if "form" in frame["data"]]
    assert filled.pop("consent")
    assert filled == {"name": "Ada Lovelace", "email": "ada@harbour.example"}


ADDRESSES = (
    "ada@harbour.example", "o'ada+x@harbour.co.uk", "jürgen@harbour.example", "zoe@müller.example", "иван@почта.рф",
    "用户1@例子.广告", "राम@उदाहरण.भारत", "zoe@xn--mller-kva.example", "zoe@xn--80a1acny.xn--p1ai",
    "zoe@mu\u0308ller.example",
    "ada@@harbour", "ada@harbour", "ada..x@harbour.example", ".ada@harbour.example", "ada@-harbour.example",
    "ada@harbour.e", "ada@harbour.12", "a(da@harbour.example", "ada@harbour..example", "a da@harbour.example",
)  # fmt: skip


async def test_the_form_takes_the_addresses_that_are_read_and_shows_them_as_typed(
    server: str, page: Page
) -> None:
    chat = await asked_for_an_address(server, page)
    email = chat.panel.locator("[part=form]").get_by_label("E-mail")
    for address in ADDRESSES:
        await email.fill(address)
        await email.blur()
        assert await email.input_value() == address
        is_read = [one.end - one.start for one in find_emails(f"email: {address}")] == [len(address)]
        assert await email.get_attribute("aria-invalid") == str(not is_read).lower(), address

    await email.fill("zoe@müller.example")
    await email.press("Enter")

    await expect(chat.panel.locator(".item.visitor").last).to_contain_text("zoe@müller.example")
    await expect(chat.answers.last).to_contain_text("May we keep")
