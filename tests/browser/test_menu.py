"""Behind the dots: a person, the transcript, a fresh start, being forgotten; and what a visitor thinks of an answer."""

import asyncio
import re
from pathlib import Path

from playwright.async_api import Page, Route, expect
from sqlalchemy import text

from bot.store import Database
from tests.browser.conftest import Chat, PageHost, snippet

QUESTION = "What does Foyer cost?"


async def asked(server: str, page: Page) -> Chat:
    chat = Chat(page)
    await page.goto(f"{server}/demo")
    await chat.open()
    await chat.ask(QUESTION)
    return chat


async def test_the_menu_goes_by_keyboard_and_gives_the_focus_back(server: str, page: Page) -> None:
    chat = await asked(server, page)
    dots = chat.panel.get_by_role("button", name="More")
    await dots.focus()
    await page.keyboard.press("Enter")
    items = chat.panel.get_by_role("menuitem")

    await expect(items).to_have_text(
        ["Talk to a person", "Download this chat", "New conversation", "Forget me"]
    )
    await expect(items.first).to_be_focused()
    await page.keyboard.press("ArrowUp")
    await expect(items.last).to_be_focused()
    await page.keyboard.press("Home")
    await expect(items.first).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(items).to_have_count(0)
    await expect(dots).to_be_focused()
    await expect(chat.panel).to_be_visible()


async def test_the_transcript_is_a_text_file_with_sources(server: str, page: Page, tmp_path: Path) -> None:
    chat = await asked(server, page)
    await chat.panel.get_by_role("button", name="More").click()
    async with page.expect_download() as started:
        await chat.panel.get_by_role("menuitem", name="Download this chat").click()
    download = await started.value
    await download.save_as(tmp_path / "chat.txt")

    told = (tmp_path / "chat.txt").read_text()
    assert download.suggested_filename.startswith("Foyer 20")
    assert told.startswith("Conversation with Foyer\n")
    assert re.search(rf"\n\nYou, [^\n]*\d[^\n]*\n{re.escape(QUESTION)}\n\nFoyer, ", told)
    assert "\n[1] " in told


async def test_a_person_is_asked_for_in_the_words_of_the_site(server: str, page: Page) -> None:
    chat = await asked(server, page)
    await chat.panel.get_by_role("button", name="More").click()
    await chat.panel.get_by_role("menuitem", name="Talk to a person").click()

    await expect(chat.answers.last).to_contain_text("Nobody is here to take over the chat")
    await page.reload()
    await expect(chat.panel.locator(".item.visitor").last).to_contain_text(
        "I would like to talk to a person."
    )


async def test_forget_me_asks_once_more_and_then_nothing_is_left(server: str, page: Page) -> None:
    chat = await asked(server, page)
    await chat.panel.get_by_role("button", name="More").click()
    await chat.panel.get_by_role("menuitem", name="Forget me").click()
    await chat.panel.get_by_role("button", name="Yes, delete everything").click()

    await expect(
        chat.panel.get_by_text("This conversation and all we knew about you are deleted.")
    ).to_be_visible()
    await expect(chat.panel.locator(".item.visitor")).to_have_count(0)
    assert await page.evaluate("Object.keys(localStorage)") == []

    await chat.panel.get_by_role("button", name="Start a new one").click()
    await chat.ask(QUESTION)
    await expect(chat.panel.locator(".item.visitor")).to_have_count(1)
    await expect(
        chat.panel.get_by_text("This conversation and all we knew about you are deleted.")
    ).to_have_count(0)


async def test_what_the_page_asks_after_forget_me_is_asked_in_a_new_conversation(
    server: str, page: Page
) -> None:
    chat = await asked(server, page)
    await chat.panel.get_by_role("button", name="More").click()
    await chat.panel.get_by_role("menuitem", name="Forget me").click()
    await chat.panel.get_by_role("button", name="Yes, delete everything").click()
    await expect(chat.panel.get_by_role("button", name="Start a new one")).to_be_visible()

    await page.evaluate("(question) => foyer.open(question)", QUESTION)

    await expect(chat.panel.locator(".foot")).to_have_count(1)
    await expect(chat.panel.locator(".item.visitor")).to_have_count(1)
    await expect(chat.input).to_be_visible()


async def test_the_rating_at_the_end_is_seen_unless_the_reader_is_elsewhere(server: str, page: Page) -> None:
    await page.set_viewport_size({"width": 1000, "height": 420})
    chat = await asked(server, page)
    await chat.input.fill("thank you, goodbye")
    await chat.input.press("Enter")

    rating = chat.panel.get_by_role("group", name="Did this chat help you?")
    await expect(rating.get_by_role("button").last).to_be_in_viewport(ratio=1)
    await rating.get_by_role("button", name="Yes").click()
    field = chat.panel.get_by_role("textbox", name="What helped?")
    await expect(field).to_be_focused()
    await expect(field).to_be_in_viewport(ratio=1)


async def test_a_rating_that_comes_late_moves_nothing_for_who_reads_above(server: str, page: Page) -> None:
    await page.set_viewport_size({"width": 1000, "height": 420})
    released = asyncio.Event()

    async def late(route: Route) -> None:
        await released.wait()
        await route.continue_()

    await page.route("**/opinion.js", late)
    chat = await asked(server, page)
    await chat.input.fill("thank you, goodbye")
    await chat.input.press("Enter")
    await expect(chat.panel.locator(".aside")).to_have_count(1)
    log = chat.panel.get_by_role("log")
    await log.evaluate("(log) => { log.scrollTop = 0; }")
    released.set()

    await expect(chat.panel.get_by_role("group", name="Did this chat help you?")).to_be_attached()
    assert await log.evaluate("(log) => log.scrollTop") == 0


async def test_a_word_goes_with_the_thumb(server: str, page: Page, home: Path) -> None:
    chat = await asked(server, page)
    await chat.panel.get_by_role("button", name="This did not help").click()
    field = chat.panel.get_by_role("textbox", name="What was missing?")
    await field.fill("The price in euros")
    await field.press("Enter")
    await expect(chat.panel.get_by_text("Thank you. Noted.")).to_be_visible()

    db = await Database.open(f"sqlite+aiosqlite:///{home / 'foyer.db'}")
    for _ in range(150):
        async with db.read() as connection:
            rows = (await connection.execute(text("SELECT helpful, comment FROM feedback"))).all()
        if (0, "The price in euros") in [tuple(row) for row in rows]:
            break
        await asyncio.sleep(0.1)
    else:
        raise AssertionError(rows)
    await db.close()


async def test_an_inline_chat_stands_in_the_page_and_keeps_nothing_untouched(
    server: str, friend: PageHost, page: Page
) -> None:
    loader = f'<script type="module" src="{server}/widget.js"></script>'
    box = '<div style="width:400px;height:500px"><foyer-chat site="guest" mode="inline" style="--foyer-height:100%">'
    await page.goto(friend.put("/inline", f"<p>Before</p>{box}</foyer-chat></div><p>After</p>{loader}"))
    chat = Chat(page)
    await expect(chat.panel.locator(".greeting")).to_contain_text("Hello")
    untouched = await page.evaluate(
        "[document.activeElement.tagName, localStorage.length, sessionStorage.length]"
    )
    await chat.at_rest()
    place = await chat.panel.bounding_box()
    after = await page.get_by_text("After").bounding_box()
    await chat.ask("When are you open?")

    assert untouched == ["BODY", 0, 0]
    assert place
    assert after
    assert (round(place["width"]), round(place["height"])) == (400, 500)
    assert after["y"] >= place["y"] + 500
    await expect(chat.launcher).to_be_hidden()
    await expect(chat.panel.get_by_role("button", name="Close chat")).to_be_hidden()
    assert await page.evaluate("localStorage.length") == 1


async def test_two_widgets_on_one_page_are_two_chats(server: str, friend: PageHost, page: Page) -> None:
    more = '<foyer-chat site="guest" position="left" label="Ask the crew"></foyer-chat>'
    await page.goto(friend.put("/two", f"{more}{snippet(server)}"))
    for name in ("Ask the crew", "Chat"):
        await page.get_by_role("button", name=name, exact=True).click()

    await expect(page.locator("foyer-chat dialog[open]")).to_have_count(2)
    await expect(page.locator("foyer-chat .greeting")).to_have_count(2)
