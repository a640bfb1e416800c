"""Every state of the chat on one page: what axe finds, what is cut off; and the page to play on."""

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.conftest import AXE, Chat, listened
from tests.browser.test_access import violations
from tests.needed import needed

DONE = (
    ".badge:not(:empty)",
    ".hint",
    ".menu",
    ".quote",
    ".word input",
    ".foot + div .quiet:not(:empty)",
    ".aside .quiet:not(:empty)",
    "[type=tel]",
    "[type=url]",
    ".below",
    ".problem:not(:empty)",
    ".over",
)
"""What is only there once somebody has done something, or something has come."""

OUT_OF_PLACE = """() => [...document.querySelectorAll('#states > section')].filter((section) => {
  const own = section.getBoundingClientRect();
  return [...section.querySelectorAll('div[mode]')].some((host) => {
    const { top, bottom } = host.getBoundingClientRect();
    return top < own.top || bottom > own.bottom + 1;
  });
}).map((section) => section.innerText)"""


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
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    await page.goto(f"{server}/demo/states?locale={tag}")
    await expect(page.locator("#states[data-ready]")).to_be_visible()
    await expect(page.locator("#states [part=form]")).to_have_count(4)
    await expect(page.locator("#states .rating")).to_be_visible()
    for what in DONE:
        await expect(page.locator(f"#states {what}:visible")).not_to_have_count(0)
    await page.add_script_tag(path=str(AXE))

    assert await violations(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert await page.locator("#states dialog").count() >= 35
    assert await page.evaluate(OUT_OF_PLACE) == []
    assert all(f"{server}/demo/" in url or f"{server}/widget" in url for url in requests)
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
    await expect(chat.launcher).to_have_css("background-color", "color(srgb 0.701961 0.14902 0.117647)")
    await expect(page.locator("#snippet")).to_contain_text(
        'data-site="demo" data-accent="#b3261e" data-position="left" data-locale="fr"></script>'
    )
    await expect(page.locator("#styles")).to_contain_text("--foyer-surface: #1c2330;")
    await chat.at_rest()
    place = await chat.panel.bounding_box()
    assert place
    assert place["x"] < 100

    await page.locator("#controls [name=y]").fill("64")
    await page.locator("#controls [name=ink]").select_option("#f4f1ea")
    await page.locator("#controls [name=avatar]").select_option(label="A face")
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.locator("#styles [data-copy]").click()

    await expect(page.locator("#styles [data-copy]")).to_have_text("Copied")
    copied = await page.evaluate("navigator.clipboard.readText()")
    rules = ("surface: #1c2330", "ink: #f4f1ea", "y: 64px")
    assert sorted(copied.split("\n  ")[1:]) == sorted(
        f"--foyer-{rule};" + ("\n}" if rule is rules[-1] else "") for rule in rules
    )
    await expect(page.locator("#snippet")).to_contain_text(f'data-avatar="{server}/demo/face.svg"')


async def test_on_the_page_to_play_on_the_chat_may_stand_in_the_page(
    server: str, page: Page, chat: Chat
) -> None:
    await page.goto(f"{server}/demo")
    await page.locator("#controls [name=position]").select_option("inline")
    await page.locator("#inline").scroll_into_view_if_needed()  # it loads when it comes into sight

    await expect(page.locator("#inline").get_by_role("textbox")).to_be_visible()
    await expect(page.locator("foyer-chat")).to_have_count(1)
    await expect(page.locator("#snippet")).to_have_text(
        f'<script type="module" src="{server}/widget.js"></script>\n'
        '<foyer-chat site="demo" mode="inline"></foyer-chat>'
    )

    await page.locator("#controls [name=position]").select_option("left")

    await expect(chat.launcher).to_be_visible()
    await expect(page.locator("foyer-chat")).to_have_count(1)
    await expect(page.locator("#snippet")).to_contain_text('data-site="demo" data-position="left"></script>')


@pytest.mark.parametrize("width", [360, 768, 1440])
async def test_the_page_to_play_on_fits_and_the_open_chat_hides_no_line_where_there_is_room(
    chromium: Browser, server: str, width: int
) -> None:
    context = await chromium.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    page = await listened(context)
    await page.goto(f"{server}/demo")
    await page.locator("#controls [name=surface]").select_option("#fdf3e3")

    assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    if width == 1440:
        await page.locator("#look [data-open]").click()
        panel = await page.locator("foyer-chat dialog").bounding_box()
        for box in (page.locator("#controls"), page.locator("#styles")):
            lines = await box.bounding_box()
            assert lines
            assert panel
            assert lines["x"] + lines["width"] <= panel["x"]
    await context.close()


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
