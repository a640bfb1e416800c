"""The form below a question for contact details: checked as it is typed, sent with the consent that was ticked."""

import json
from typing import Any

from playwright.async_api import Page, expect

from tests.browser.conftest import Chat


async def asked_for_an_address(server: str, page: Page) -> Chat:
    chat = Chat(page)
    await page.goto(f"{server}/demo")
    await chat.open()
    await chat.input.fill("I want to talk to a person")
    await chat.input.press("Enter")
    await expect(chat.panel.locator("[part=form]")).to_be_visible()
    return chat


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
