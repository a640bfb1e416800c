"""The widget's own words: the visitor's language, its direction, numbers and days, and what a site says otherwise."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Browser, Page, Route, expect

from tests.browser.conftest import Chat, PageHost, listened, snippet

QUESTION = "When are you open?"


async def opened(page: Page, address: str) -> Chat:
    await page.goto(address)
    chat = Chat(page)
    await chat.open()
    return chat


@pytest.mark.parametrize(
    ("tag", "says", "direction"),
    [("de-AT", "Frage stellen", "ltr"), ("ar", "اطرح سؤالاً", "rtl"), ("sv", "Ask a question", "ltr")],
)
async def test_the_page_says_the_language(
    server: str, friend: PageHost, page: Page, tag: str, says: str, direction: str
) -> None:
    address = friend.put(f"/in-{tag}", snippet(server, more=f'data-locale="{tag}"'))
    chat = await opened(page, address)

    await expect(chat.input).to_have_attribute("placeholder", says)
    await expect(chat.panel).to_have_css("direction", direction)
    before = await chat.input.bounding_box()
    send = await chat.panel.locator(".send").bounding_box()
    assert before
    assert send
    assert (before["x"] < send["x"]) == (direction == "ltr")


async def test_the_language_changes_while_the_chat_is_open(server: str, page: Page) -> None:
    chat = await opened(page, f"{server}/demo")
    async with page.expect_response("**/api/v1/sessions") as told:
        await page.evaluate("window.foyer.setLocale('fr')")

    await expect(chat.input).to_have_attribute("placeholder", "Posez une question")
    await expect(chat.panel).to_have_attribute("lang", "fr")
    assert json.loads((await told.value).request.post_data or "{}")["locale"] == "fr"


async def test_only_the_language_of_the_visitor_is_fetched(chromium: Browser, server: str) -> None:
    context = await chromium.new_context(locale="pl-PL")
    page = await listened(context)
    await page.goto(f"{server}/demo")
    await page.evaluate("document.documentElement.lang = ''")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    chat = Chat(page)
    await chat.open()

    await expect(chat.input).to_have_attribute("placeholder", "Zadaj pytanie")
    languages = {url.rpartition("/")[2] for url in asked if "/strings/" in url}
    assert languages == {"en.js", "pl.js"}
    await context.close()


async def test_a_site_says_its_own_words(server: str, page: Page, chat: Chat) -> None:
    async def with_words(route: Route) -> None:
        answer = await route.fetch()
        body = await answer.json()
        body["config"]["strings"] = {"placeholder": "Ask Harbour <b>", "bot": "From our handbook"}
        await route.fulfill(response=answer, json=body)

    await page.route("**/api/v1/sessions", with_words)
    await page.goto(f"{server}/demo")
    await chat.open()

    await expect(chat.input).to_have_attribute("placeholder", "Ask Harbour <b>")
    await expect(chat.panel.locator(".who")).to_have_text("From our handbook")


async def test_another_language_of_the_page_brings_its_greeting(server: str, page: Page, chat: Chat) -> None:
    async def in_tongues(route: Route) -> None:
        locale = json.loads(route.request.post_data or "{}")["locale"]
        answer = await route.fetch()
        body = await answer.json()
        body["config"] |= {"greeting": {"de": "Guten Tag."}.get(locale, "Good day."), "choices": []}
        await route.fulfill(response=answer, json=body)

    await page.route("**/api/v1/sessions", in_tongues)
    await page.goto(f"{server}/demo")
    await chat.open()
    await expect(chat.panel.locator(".greeting")).to_have_text("Good day.")
    await page.evaluate("window.foyer.close()")
    await page.add_init_script(
        "document.addEventListener('readystatechange', () => document.documentElement.lang = 'de')"
    )
    await page.reload()
    await chat.launcher.click()

    await expect(chat.panel.locator(".greeting")).to_have_text("Guten Tag.")


async def test_each_part_says_its_language(server: str, friend: PageHost, page: Page) -> None:
    chat = await opened(page, friend.put("/tongues", snippet(server, more='data-locale="ar"')))
    await expect(chat.panel).to_have_attribute("lang", "ar")
    await expect(chat.panel.locator(".greeting")).to_have_attribute("lang", "en")
    await expect(chat.panel.locator(".choices button").first).to_have_attribute("lang", "en")
    await expect(chat.launcher).to_have_attribute("lang", "ar")

    await chat.ask("When are you open?")
    await chat.panel.locator("textarea").fill("I want to talk to a person")
    await chat.panel.locator("textarea").press("Enter")
    email = chat.panel.locator("[part=form] input[name=email]")
    await expect(email).to_have_css("direction", "ltr")

    tongues = {
        ".item.bot .body": "en",
        ".item.visitor .body": "ar",
        ".note span": "en",
        ".foot button[aria-pressed]": "ar",
        ".field label": "ar",
        ".agree span span": "ar",
    }
    assert {
        part: await chat.panel.locator(part).first.evaluate("(one) => one.closest('[lang]').lang")
        for part in tongues
    } == tongues


async def test_who_answers_is_read_whole_on_a_small_screen(server: str, page: Page, chat: Chat) -> None:
    await page.set_viewport_size({"width": 320, "height": 640})
    await page.goto(f"{server}/demo")
    await chat.open()

    who = chat.panel.locator(".who")
    await expect(who).to_have_text("Answers from our documentation")
    assert await who.evaluate("(line) => line.scrollWidth <= line.clientWidth")


async def test_days_and_pauses_stand_between_the_messages(server: str, page: Page, chat: Chat) -> None:
    await page.goto(f"{server}/demo")
    await chat.open()
    await chat.ask("What does Foyer cost?")
    assert await chat.panel.locator("time").count() == 0

    await page.clock.install(time=datetime.now(UTC) + timedelta(days=1))
    await page.reload()
    await expect(chat.panel.locator("time").first).to_contain_text("Yesterday")
    assert await chat.panel.locator("time").count() == 1
