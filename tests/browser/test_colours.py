"""A page's own colours: whatever it chooses, and whenever it changes its mind, every word of the chat reads."""

import json
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.browser.conftest import Chat, PageHost, listened, snippet

ACCENTS = ("#ffee00", "#0b3d91", "rgb(0 0 0/.1)")
SURFACES = (
    *("#777", "#b08968", "#5b8def", "#6b7280", "#999", "#e67e22", "#c0392b", "#888", "#94a3b8"),
    *("#fff", "#f4efe6", "#bbb", "#555", "#1c2330", "#000", "oklch(0.6 0.2 150)"),
)
THIN = ("rgb(255 255 255/.6)", "rgb(20 20 30/.3)", "transparent", "rgb(255 0 0/.5)")
LEAST = 4.5
FAINTEST = """(page) => {
  const WORDS_TO_EDGE = 1.5;
  const root = document.querySelector('foyer-chat').shadowRoot;
  const pen = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const over = (colours) => {
    pen.globalAlpha = 1;
    for (const [colour, alpha] of [[page, 1], ...colours]) {
      pen.globalAlpha = alpha;
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1, 1);
    }
    const [r, g, b] = [...pen.getImageData(0, 0, 1, 1).data]
      .map((byte) => byte / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  const contrast = (element, colour) => {
    const under = [];
    let opacity = 1;
    for (let at = element; at instanceof HTMLElement; at = at.parentElement) {
      under.unshift([getComputedStyle(at).backgroundColor, 1]);
      opacity *= at.matches('.body, .body *') ? getComputedStyle(at).opacity : 1;
    }
    const [one, two] = [over([...under, [colour, opacity]]), over(under)];
    return Math.max(one, two) / Math.min(one, two);
  };
  const launcher = root.querySelector('.launcher');
  const seen = [[contrast(launcher, getComputedStyle(launcher).color), 'launcher']];
  for (const field of root.querySelectorAll('dialog form[part=composer], dialog input:not([type=checkbox])'))
    seen.push([contrast(field, getComputedStyle(field).borderTopColor) * WORDS_TO_EDGE, `edge of ${field.localName}`]);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const element = text.parentElement;
    const disabled = element.closest('[disabled]');
    if (!text.data.trim() || disabled || !element.checkVisibility() || element.closest('.sr')) continue;
    const where = `${element.className || element.localName}: ${text.data}`;
    seen.push([contrast(element, getComputedStyle(element).color), where]);
  }
  const field = root.querySelector('textarea');
  seen.push([contrast(field, getComputedStyle(field, '::placeholder').color), 'placeholder']);
  return [seen.length, ...seen.sort(([one], [other]) => one - other)[0]];
}"""
"""How many words are looked at, the least contrast among them, and where; an edge needs two thirds of a word's."""


async def faintest(page: Page) -> tuple[int, float, str]:
    """Look at every word and every control's edge, over a white page and over a black one."""
    found = [await page.evaluate(FAINTEST, colour) for colour in ("#fff", "#000")]
    return min(found, key=lambda one: one[1])  # type: ignore[no-any-return]


async def reads(page: Page) -> None:
    """Wait until every word has contrast enough."""
    await page.wait_for_timeout(60)
    count, least, where = await faintest(page)
    for _ in range(20):
        if least >= LEAST:
            break
        await page.wait_for_timeout(50)
        count, least, where = await faintest(page)
    assert count > 8
    assert least >= LEAST, where


@pytest_asyncio.fixture(loop_scope="session", params=["light", "dark"])
async def talk(
    request: pytest.FixtureRequest, chromium: Browser, server: str, friend: PageHost
) -> AsyncIterator[Chat]:
    """Return an open chat, in either light, in which both sides have said something and a form stands."""
    context = await chromium.new_context(color_scheme=request.param, reduced_motion="reduce")
    chat = Chat(await listened(context))
    head = "<style>html.night foyer-chat { --foyer-surface: #111 } html.day foyer-chat { --foyer-ink: #ddd }</style>"
    await chat.page.goto(friend.put("/colours", f"<body>{snippet(server)}</body>", head=head))
    await chat.open()
    await chat.ask("When are you open?")
    await chat.input.fill("I want to talk to a person")
    await chat.input.press("Enter")
    await expect(chat.panel.locator("[part=form]")).to_be_visible()
    yield chat
    await context.close()


async def test_every_word_reads_on_every_surface(talk: Chat) -> None:
    for accent in ACCENTS:
        for surface in (*SURFACES, *THIN):
            colours = {"--foyer-accent": accent, "--foyer-surface": surface}
            await talk.page.evaluate(
                "(colours) => { for (const [name, value] of Object.entries(colours))"
                " document.querySelector('foyer-chat').style.setProperty(name, value); }",
                colours,
            )
            try:
                await reads(talk.page)
            except AssertionError as error:
                raise AssertionError(json.dumps(colours)) from error


async def test_a_page_that_changes_its_colours_by_a_class_is_followed(talk: Chat) -> None:
    for name in ("night", "", "day", "night", "day", ""):
        await talk.page.evaluate("(name) => { document.documentElement.className = name; }", name)
        await reads(talk.page)


async def test_a_button_in_a_translucent_colour_is_seen_before_the_panel_is_there(
    server: str, friend: PageHost, page: Page
) -> None:
    line = snippet(server, more='data-accent="rgb(0 0 0/.1)"')
    await page.goto(friend.put("/thin", f"<body>{line}</body>"))
    launcher = page.locator("foyer-chat .launcher")
    await expect(launcher).to_be_visible()

    assert await launcher.evaluate(
        "(button) => [getComputedStyle(button).color, getComputedStyle(button).backgroundColor]"
    ) == ["color(srgb-linear 1 1 1)", "color(srgb 0 0 0)"]
