"""Every state of the chat on one page: what axe finds, what is cut off; and the page to play on."""

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.conftest import AXE, Chat, listened
from tests.browser.test_access import violations
from tests.needed import needed


@pytest.mark.parametrize(
    ("scheme", "width", "tag"),
    [("light", 1440, "en"), ("dark", 360, "en"), ("light", 360, "ar"), ("dark", 1440, "ar")],
)
async def test_no_state_has_a_barrier_or_is_cut_off(
    chromium: Browser, server: str, scheme: str, width: int, tag: str
) -> None:
    needed("axe-core", AXE.is_file(), "npm install in widget/")
    context = await chromium.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        bypass_csp=True,
        reduced_motion="reduce",
    )
    page = await listened(context)
    await page.goto(f"{server}/demo/states?locale={tag}")
    await expect(page.locator("#states[data-ready]")).to_be_visible()
    await expect(page.locator("#states [part=form]")).to_be_visible()
    await expect(page.locator("#states .rating")).to_be_visible()
    await page.add_script_tag(path=str(AXE))

    assert await violations(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert await page.locator("#states dialog").count() >= 20
    assert page.said == []  # type: ignore[attr-defined]
    await context.close()


async def test_the_page_to_play_on_shows_each_change_and_writes_the_line(
    server: str, page: Page, chat: Chat
) -> None:
    await page.goto(f"{server}/demo")
    await chat.open()
    await expect(page.locator("#styles")).to_be_hidden()
    await page.locator("#controls [name=accent]").fill("#b3261e")
    await page.locator("#controls [name=position]").select_option("left")
    await page.locator("#controls [name=locale]").select_option("fr")
    await page.locator("#controls [name=surface]").select_option("#1c2330")

    await expect(chat.input).to_have_attribute("placeholder", "Posez une question")
    await expect(chat.launcher).to_have_css("background-color", "rgb(179, 38, 30)")
    await expect(page.locator("#snippet")).to_contain_text(
        'data-site="demo" data-accent="#b3261e" data-position="left" data-locale="fr"></script>'
    )
    await expect(page.locator("#styles")).to_contain_text("--foyer-surface: #1c2330;")
    await chat.at_rest()
    place = await chat.panel.bounding_box()
    assert place
    assert place["x"] < 100


async def test_words_read_on_a_surface_of_the_pages_own(server: str, page: Page, chat: Chat) -> None:
    await page.goto(f"{server}/demo")
    await page.evaluate(
        """() => {
          const { style } = document.querySelector('foyer-chat');
          style.setProperty('--foyer-surface', '#333');
          style.setProperty('--foyer-ink', '#444');
        }"""
    )
    await chat.open()

    await expect(chat.panel.locator(".greeting")).to_have_css("color", "rgb(255, 255, 255)")
