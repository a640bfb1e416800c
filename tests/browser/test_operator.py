"""An operator and a visitor, each in a browser of their own: a lead's page that follows its chat, and answers in it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Route, expect

from bot.store import Database, operators, passwords
from tests.browser.conftest import AXE, CANARY, Chat, listened
from tests.browser.test_access import violations
from tests.browser.test_leads_page import EVIL, log_in
from tests.needed import needed

PASSWORD = "a quiet green door"
KEPT_SOCKETS = """
  window.sockets = [];
  window.WebSocket = class extends WebSocket {
    constructor(...all) { super(...all); window.sockets.push(this); }
  };
"""


@dataclass
class Desk:
    """A visitor's chat, and the page of the lead that comes of it."""

    chat: Chat
    page: Page

    @property
    def state(self) -> str:
        """Where the page says who answers."""
        return ".answering [role=status]"

    async def expect_state(self, words: str) -> None:
        """Wait until the page says so."""
        await expect(self.page.locator(self.state)).to_contain_text(words)

    async def reply(self, text: str) -> None:
        """Answer the visitor."""
        await self.page.get_by_label("Your message to the visitor").fill(text)
        await self.page.get_by_role("button", name="Send").click()

    async def say(self, text: str) -> None:
        """Say something as the visitor; nobody's answer is waited for."""
        await self.chat.input.fill(text)
        await self.chat.input.press("Enter")
        await expect(self.chat.panel.locator(".item.visitor").last).to_contain_text(text)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def staffed(server: str, home: Path) -> AsyncIterator[str]:
    """Let Ada log in at the server that all tests share."""
    db = await Database.open(f"sqlite+aiosqlite:///{home / 'foyer.db'}")
    async with db.write() as connection:
        if await operators.find(connection, "Ada") is None:
            await operators.add(
                connection,
                operator_id="u_ada",
                name="Ada",
                password_hash=passwords.hash_of(PASSWORD),
                site_id=None,
                now=datetime.now(UTC),
                shown_name="Ada",
            )
    await db.close()
    yield server


@pytest_asyncio.fixture(loop_scope="session")
async def desk(chromium: Browser, staffed: str) -> AsyncIterator[Desk]:
    theirs, ours = await chromium.new_context(), await chromium.new_context(bypass_csp=False)
    chat = Chat(await listened(theirs))
    await chat.page.goto(f"{staffed}/demo")
    await chat.open()
    await chat.ask("How do I add Foyer to my website?")
    page = await listened(ours)
    await page.add_init_script(KEPT_SOCKETS)
    await log_in(page, staffed, then="/leads?who=everyone&sort=newest")
    await page.locator("table.leads a.row").first.click()
    desk = Desk(chat, page)
    await desk.expect_state("The bot answers.")
    page.said.clear()  # type: ignore[attr-defined] # the login is no part of it
    yield desk
    await theirs.close()
    await ours.close()


async def test_a_page_follows_its_chat_and_a_person_answers_in_it(desk: Desk) -> None:
    page, chat = desk.page, desk.chat
    await page.evaluate("document.body.dataset.was = 'here'")
    await chat.ask("We are a team of 40. Do I need a language model?")
    await expect(page.locator(".facts .known", has_text="Team size")).to_contain_text("40")
    await expect(page.locator(".thread li.visitor mark").last).to_have_text("40")
    score = page.locator(".verdict .points")
    await expect(score).not_to_have_text("0")
    await expect(page.locator(".card h2", has_text="Why")).to_have_text(f"Why {await score.inner_text()}")

    await desk.reply("Hello, Ada here.\nMay I help?")
    answer = chat.panel.locator(".item.operator")
    await expect(answer).to_contain_text("Our team:")
    await expect(answer.locator(".body")).to_have_text("Hello, Ada here.\nMay I help?", use_inner_text=True)
    await expect(chat.panel.locator("header")).to_contain_text("You are talking with Ada")
    await desk.expect_state("You answer; the bot is silent.")
    await expect(page.locator(".thread li.operator .by bdi")).to_have_text("Ada")
    await expect(page.get_by_label("Your message to the visitor")).to_have_value("")

    worth = await score.inner_text()
    await desk.say("Our budget is 20000 euros")
    await expect(page.locator(".facts .known", has_text="Budget")).to_contain_text("20,000")
    await expect(score).not_to_have_text(worth)

    await desk.say("How does the scoring work?")
    await expect(page.locator(".thread li").last).to_contain_text("How does the scoring work?")
    await chat.page.wait_for_timeout(1_500)
    await expect(chat.panel.locator(".item").last).to_have_class("item visitor")
    await page.get_by_role("button", name="Give back to the bot").press("Enter")
    await expect(page.get_by_label("Your message to the visitor")).to_be_focused()
    await expect(chat.panel.locator(".item.bot").last).to_contain_text("score")
    await expect(chat.panel.locator("header")).not_to_contain_text("Ada")
    await desk.expect_state("The bot answers.")
    assert await page.evaluate("document.body.dataset.was") == "here"
    assert page.said + chat.page.said == []  # type: ignore[attr-defined]


async def test_who_stops_writing_is_not_shown_to_write_on(desk: Desk) -> None:
    await desk.reply("Hello, Ada here.")
    dots = desk.chat.panel.get_by_role("img", name="Writing")
    await expect(desk.chat.panel.locator(".item.operator")).to_be_visible()
    await desk.chat.page.clock.install()
    await desk.page.get_by_label("Your message to the visitor").press_sequentially("I")
    await expect(dots).to_be_visible()
    await desk.say("Are you there?")
    await expect(desk.page.locator(".thread li").last).to_contain_text("Are you there?")
    await desk.chat.page.clock.run_for(8_000)
    await expect(dots).to_have_count(0)


async def test_what_was_unfolded_typed_and_focused_stays(desk: Desk) -> None:
    page = desk.page
    await desk.chat.ask("We are 12 people. Do I need a language model?")
    await desk.chat.ask("Sorry, we are 14 people. How does the scoring work?")
    await page.locator(".facts summary").first.click()
    typed = page.get_by_label("Your message to the visitor")
    await typed.fill("Not sent yet")
    await page.evaluate("document.querySelector('textarea').setSelectionRange(4, 8)")

    await desk.chat.ask("We have a budget of 5000 euros a year. Is it free?")
    await expect(page.locator(".facts .known", has_text="Budget")).to_be_visible()
    await expect(page.locator(".facts details[open]")).to_have_count(1)
    await expect(typed).to_have_value("Not sent yet")
    await expect(typed).to_be_focused()
    assert await page.evaluate("document.querySelector('textarea').selectionStart") == 4


async def test_the_newest_is_seen_by_who_reads_the_end_and_by_nobody_else(desk: Desk) -> None:
    page = desk.page
    await page.set_viewport_size({"width": 768, "height": 700})
    last = page.locator(".thread li").last
    await page.evaluate("scrollTo(0, 0)")
    await desk.chat.ask("Do I need a language model?")
    await expect(last).to_contain_text("model")
    assert await page.evaluate("scrollY") == 0

    await page.get_by_label("Your message to the visitor").focus()
    await desk.reply("Ada here. " * 60)
    await expect(last).to_contain_text("Ada here.")
    covered = "document.querySelector('.threads').getBoundingClientRect().bottom"
    covered += " - document.querySelector('.answering').getBoundingClientRect().top"
    await page.wait_for_function(f"{covered} <= 1")
    await desk.say("I see.")
    await expect(last).to_contain_text("I see.")
    await page.wait_for_function(f"{covered} <= 1")


async def test_a_lost_line_comes_back_with_what_was_said_meanwhile(desk: Desk) -> None:
    page = desk.page
    await page.context.set_offline(True)
    await desk.expect_state("Not connected.")
    await desk.chat.ask("Do I need a language model?")
    await page.get_by_label("Your message to the visitor").fill("Written on the way")
    await page.get_by_role("button", name="Send").click()

    await page.context.set_offline(False)
    await expect(page.locator(".thread li.visitor").last).to_contain_text("language model")
    await expect(desk.chat.panel.locator(".item.operator .body")).to_have_text("Written on the way")
    await desk.expect_state("You answer;")
    assert await page.evaluate("sockets.length") >= 2


async def test_what_is_typed_on_is_not_lost_and_what_is_too_long_stays(desk: Desk) -> None:
    page = desk.page
    await page.context.set_offline(True)
    await desk.expect_state("Not connected.")
    field = page.get_by_label("Your message to the visitor")
    await field.fill("one")
    await field.press("Enter")
    await page.keyboard.type("two and more")
    await expect(field).to_have_value("two and more")
    await expect(page.get_by_role("list", name="Being sent")).to_have_text("one")
    await page.context.set_offline(False)
    await expect(desk.chat.panel.locator(".item.operator .body")).to_have_text("one")
    await expect(page.get_by_role("listitem").filter(has_text="one").first).to_be_visible()
    await expect(field).to_have_value("two and more")

    await field.fill("x" * 4_001)
    await field.press("Enter")
    await desk.expect_state("4,001 of 4,000 characters.")
    await expect(field).to_have_value("x" * 4_001)


async def test_a_page_that_can_not_be_drawn_now_is_drawn_later(desk: Desk) -> None:
    page, refused = desk.page, 0

    async def unwell(route: Route) -> None:
        nonlocal refused
        refused += 1
        await route.fulfill(status=503, content_type="text/html", body="<h1>Bad gateway</h1>")

    await page.route("**/leads/l_*", unwell, times=2)
    await desk.chat.ask("Do I need a language model?")
    await expect(page.locator(".thread li.visitor").last).to_contain_text("language model")
    assert refused == 2
    await desk.expect_state("The bot answers.")


async def test_what_a_visitor_writes_runs_nowhere(desk: Desk) -> None:
    page, asked = desk.page, []
    page.on("request", lambda request: asked.append(request.url))
    await desk.say(EVIL)
    await expect(page.locator(".thread li.visitor").last).to_contain_text("onerror=")
    await desk.say("And now?")
    await expect(page.locator(".thread li.visitor").last).to_contain_text("And now?")
    assert "owned" not in await page.title()
    assert not any(url.startswith(CANARY) for url in asked)
    assert await page.locator(".threads img, .threads script").count() == 0
    assert page.said == []  # type: ignore[attr-defined]


async def test_who_logs_out_elsewhere_is_told(desk: Desk) -> None:
    other = await desk.page.context.new_page()
    await other.goto(desk.page.url)
    await other.get_by_role("button", name="Log out").click()
    await expect(other.get_by_label("Password")).to_be_visible()
    await desk.page.wait_for_timeout(1_100)
    await desk.say("Hello?")
    await desk.expect_state("You are logged out.")
    await expect(desk.page.get_by_role("button", name="Send")).to_be_hidden()


async def test_an_erased_visitors_page_says_so(desk: Desk) -> None:
    await desk.say("Delete all my data")
    await expect(desk.page.locator(".thread li.bot").last).to_contain_text("delete", ignore_case=True)
    await desk.chat.input.fill("Yes")
    await desk.chat.input.press("Enter")
    await expect(desk.page.locator("main")).to_contain_text("There is no such lead. It was erased")
    await expect(desk.page.get_by_text("How do I add Foyer")).to_have_count(0)


@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_it_fits_and_axe_finds_nothing(desk: Desk, scheme: str, width: int) -> None:
    needed("axe-core", AXE.is_file(), "npm install in widget/")
    page = desk.page
    await desk.reply("Ada here, with averyveryveryveryveryveryveryveryveryverylongwordthatgoesonandon.")
    await desk.expect_state("You answer;")
    await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    await page.set_viewport_size({"width": width, "height": 800})
    assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    await page.evaluate(AXE.read_text())
    assert await violations(page) == []
