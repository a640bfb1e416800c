"""Keyboard, screen reader, contrast, small screens: the widget works for everybody."""

import asyncio
import base64
import itertools

import pytest
from playwright.async_api import Browser, Page, Route, expect

from tests.browser.conftest import AXE, Chat, PageHost, snippet
from tests.needed import needed

QUESTION = "How do I add Foyer to my website?"
ACCENTS = [
    "#2f6f4f",
    "#ffdd00",
    "#ff5a00",
    "#1133ff",
    "#777777",
    "#000000",
    "#ffffff",
    "#e11d74",
    "#00b8d9",
    "#76b900",
]
CONTRAST = """([text, ground]) => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 });
  const paint = canvas.getContext('2d', { willReadFrequently: true });
  const light = (colour) => {
    paint.fillStyle = colour;
    paint.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...paint.getImageData(0, 0, 1, 1).data]
      .map((byte) => byte / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  const [one, two] = [light(text), light(ground)];
  return Math.max(one, two) / Math.min(one, two);
}"""


PAINTED = """(colours) => {
  const paint = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d');
  for (const colour of colours.reverse()) {
    paint.fillStyle = colour;
    paint.fillRect(0, 0, 1, 1);
  }
  return `rgb(${paint.getImageData(0, 0, 1, 1).data.slice(0, 3)})`;
}"""


async def test_a_whole_conversation_by_keyboard_alone(server: str, page: Page, chat: Chat) -> None:
    await page.goto(f"{server}/demo")
    await chat.launcher.focus()

    await page.keyboard.press("Enter")
    await expect(chat.input).to_be_focused()
    await page.keyboard.type("What does Foyer")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("cost?")
    await page.keyboard.press("Enter")

    await expect(chat.panel.locator(".foot")).to_have_count(1)
    await expect(chat.panel.locator(".item.visitor .body")).to_have_text("What does Foyer\ncost?")
    await expect(chat.input).to_be_focused()

    await page.keyboard.press("Escape")

    await expect(chat.panel).to_be_hidden()
    await expect(chat.launcher).to_be_focused()


async def test_every_control_is_reached_with_tab_and_shows_its_focus(
    server: str, page: Page, chat: Chat
) -> None:
    await page.goto(f"{server}/demo")
    await chat.open()
    await chat.ask(QUESTION)
    wanted = await chat.panel.locator("button:visible:enabled, a:visible, textarea").count()
    reached: set[str] = set()
    active = """() => {
      const element = document.querySelector('foyer-chat').shadowRoot.activeElement;
      const look = element && getComputedStyle(element);
      const form = element && getComputedStyle(element.closest('form') ?? element);
      const isShown = element && (look.outlineStyle !== 'none' || form.boxShadow !== 'none');
      return element && [element.outerHTML.slice(0, 200), Boolean(isShown)];
    }"""

    await chat.panel.get_by_role("button", name="Close chat").focus()
    for _ in range(wanted + 3):
        found = await page.evaluate(active)
        if found is not None:
            assert found[1], f"no visible focus: {found[0]}"
            reached.add(found[0])
        await page.keyboard.press("Tab")

    assert len(reached) >= wanted


async def test_the_live_region_hears_whole_messages_only(server: str, page: Page, chat: Chat) -> None:
    async def slowly(route: Route) -> None:
        await asyncio.sleep(0.5)
        await route.continue_()

    await page.route("**/transcript.js", slowly)  # what shows messages may come after them
    await page.goto(f"{server}/demo")
    await chat.open()
    await page.evaluate(
        """() => {
          window.heard = [];
          const region = document.querySelector('foyer-chat').shadowRoot.querySelector('.sr[aria-live=polite]');
          new MutationObserver(() => window.heard.push(region.textContent))
            .observe(region, { childList: true, characterData: true, subtree: true });
        }"""
    )

    await chat.ask(QUESTION)

    region = chat.panel.page.locator("foyer-chat .sr[aria-live=polite]")
    await expect(region).to_contain_text("foyer.yaml")  # it is told once the message is whole
    heard = await page.evaluate("window.heard")
    assert len(heard) == 1
    assert heard[0].startswith("Foyer: ")
    assert "foyer.yaml" in heard[0]
    await expect(chat.panel.get_by_role("log")).to_have_attribute("aria-live", "off")


async def test_enter_while_composing_does_not_send(server: str, page: Page, chat: Chat) -> None:
    await page.goto(f"{server}/demo")
    await chat.open()
    await chat.input.fill("にほん")

    await chat.input.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})

    await expect(chat.panel.locator(".item.visitor")).to_have_count(0)


@pytest.mark.parametrize(("scheme", "width"), itertools.product(["light", "dark"], [1280, 360]))
async def test_axe_finds_nothing(chromium: Browser, server: str, scheme: str, width: int) -> None:
    needed("axe-core", AXE.is_file(), "npm install in widget/")
    context = await chromium.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        bypass_csp=True,
        reduced_motion="reduce",
    )
    page = await context.new_page()
    chat = Chat(page)
    await page.goto(f"{server}/demo")
    await page.add_script_tag(path=str(AXE))

    assert await violations(page) == []
    await chat.open()
    assert await violations(page) == []
    await chat.ask(QUESTION)
    await chat.panel.locator("button.note").first.click()
    assert await violations(page) == []
    await chat.input.fill("x" * 4_001)
    assert await violations(page) == []
    await context.close()


async def test_a_table_keeps_its_words_whole_on_a_small_screen(
    chromium: Browser, server: str, friend: PageHost
) -> None:
    context = await chromium.new_context(viewport={"width": 360, "height": 640})
    page = await context.new_page()
    chat = Chat(page)
    await page.goto(friend.put("/rooms", f"<body>{snippet(server)}</body>"))
    await chat.open()
    await chat.ask("What does it cost to rent a room?")

    table = chat.answers.last.locator("table")
    rows, lines, fits = await table.evaluate(
        """(table) => {
            const words = document.createRange();
            const cell = [...table.querySelectorAll('td')].find((one) => one.textContent === 'complimentary');
            words.selectNodeContents(cell);
            const body = table.closest('.body').getBoundingClientRect();
            return [table.rows.length, words.getClientRects().length, table.clientWidth <= body.width];
        }"""
    )

    assert (rows, lines, fits) == (3, 1, True)
    await table.focus()
    assert await table.evaluate("(table) => table.matches(':focus')")
    await context.close()


async def violations(page: Page) -> list[str]:
    """Return what axe finds, each with the elements it means."""
    found = await page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")
    return [f"{one['id']}: {[node['html'][:120] for node in one['nodes']]}" for one in found["violations"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_accent_reads(chromium: Browser, server: str, friend: PageHost, scheme: str) -> None:
    context = await chromium.new_context(color_scheme=scheme, reduced_motion="reduce")
    page = await context.new_page()
    chat = Chat(page)
    await page.goto(friend.put("/accents", f"<body>{snippet(server)}</body>"))
    await chat.open()

    for accent in ACCENTS:
        await page.locator("foyer-chat").evaluate(
            "(host, accent) => host.style.setProperty('--foyer-accent', accent)", accent
        )
        looks = await page.evaluate(
            """() => {
              const root = document.querySelector('foyer-chat').shadowRoot;
              const look = (selector, name) => getComputedStyle(root.querySelector(selector))[name];
              const ground = look('dialog', 'backgroundColor');
              return {
                launcher: [look('.launcher', 'color'), look('.launcher', 'backgroundColor')],
                choice: [look('.choices button', 'color'), ground],
                muted: [look('.who', 'color'), ground],
              };
            }"""
        )
        for name, pair in looks.items():
            assert await page.evaluate(CONTRAST, pair) >= 4.5, (accent, name, pair)
    await context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_accents_shapes_are_seen(
    chromium: Browser, server: str, friend: PageHost, scheme: str
) -> None:
    context = await chromium.new_context(color_scheme=scheme, reduced_motion="reduce")
    page = await context.new_page()
    chat = Chat(page)
    await page.goto(friend.put("/shapes", f"<body>{snippet(server)}</body>"))
    await chat.open()
    await chat.input.fill("?")

    for accent in [*ACCENTS, "#7a3e12", "#101010"]:
        await page.locator("foyer-chat").evaluate(
            "(host, accent) => host.style.setProperty('--foyer-accent', accent)", accent
        )
        for shape in (".launcher", "header i", ".send"):
            fill, edge, panel = await page.evaluate(
                """(shape) => {
                  const root = document.querySelector('foyer-chat').shadowRoot;
                  const look = getComputedStyle(root.querySelector(shape));
                  const edge = look.boxShadow.match(/^(.*?\\)) 0px 0px 0px 1px/)?.[1];
                  return [
                    look.backgroundColor, edge, getComputedStyle(root.querySelector('dialog')).backgroundColor,
                  ];
                }""",
                shape,
            )
            grounds = ["#ffffff", "#fdfcfa", "#191715", "#000000"] if shape == ".launcher" else [panel]
            for ground in grounds:
                painted = [
                    await page.evaluate(PAINTED, [colour, ground]) for colour in (fill, edge) if colour
                ]
                seen = [await page.evaluate(CONTRAST, [colour, ground]) for colour in painted]
                assert max(seen) >= 3, (accent, shape, ground, seen)
    await context.close()


async def test_a_panel_that_was_open_takes_no_focus_after_a_reload(
    server: str, friend: PageHost, page: Page, chat: Chat
) -> None:
    field = '<input id="theirs" autofocus>'
    await page.goto(friend.put("/reloaded", f"<body>{field}{snippet(server)}</body>"))
    await chat.open()
    await chat.ask("When are you open?")

    await page.reload()

    await expect(chat.panel.locator(".foot")).to_have_count(1)
    await expect(page.locator("#theirs")).to_be_focused()

    await page.evaluate("foyer.close()")

    await expect(chat.panel).to_be_hidden()
    await expect(page.locator("#theirs")).to_be_focused()


async def test_a_full_screen_panel_after_a_reload_is_modal_once_it_is_touched(
    chromium: Browser, server: str, friend: PageHost
) -> None:
    context = await chromium.new_context(viewport={"width": 360, "height": 640})
    page = await context.new_page()
    chat = Chat(page)
    await page.goto(friend.put("/small", f'<body><input id="theirs" autofocus>{snippet(server)}</body>'))
    await chat.open()

    await page.reload()
    await expect(chat.panel.locator(".greeting")).to_be_visible()
    await expect(page.locator("#theirs")).to_be_focused()
    await chat.input.click()

    await expect(chat.input).to_be_focused()
    assert await chat.panel.evaluate("(dialog) => dialog.matches(':modal')")
    await context.close()


async def test_a_small_screen_is_filled_and_keeps_the_focus(chromium: Browser, server: str) -> None:
    context = await chromium.new_context(viewport={"width": 320, "height": 568})
    page = await context.new_page()
    chat = Chat(page)
    await page.goto(f"{server}/demo")
    await chat.open()
    await chat.ask(QUESTION)

    await chat.at_rest()
    assert await chat.panel.bounding_box() == {"x": 0, "y": 0, "width": 320, "height": 568}
    assert await chat.panel.evaluate("(dialog) => dialog.matches(':modal')")
    widest = """(dialog) =>
      Math.max(...[...dialog.querySelectorAll('*')].map((one) => one.getBoundingClientRect().right))"""
    assert await chat.panel.evaluate(widest) <= 320
    await context.close()


async def test_reduced_motion_moves_nothing(chromium: Browser, server: str) -> None:
    context = await chromium.new_context(reduced_motion="reduce")
    page = await context.new_page()
    chat = Chat(page)
    await page.goto(f"{server}/demo")
    await chat.open()

    await expect(chat.panel).to_have_css("transition-property", "none")
    await context.close()


async def test_forced_colours_keep_the_button_visible(chromium: Browser, server: str) -> None:
    context = await chromium.new_context(forced_colors="active", bypass_csp=True)
    page = await context.new_page()
    chat = Chat(page)
    await page.goto(f"{server}/demo")

    picture = base64.b64encode(await chat.launcher.screenshot()).decode()
    levels = await page.evaluate(
        """async (picture) => {
          const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
          const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
          const canvas = new OffscreenCanvas(56, 56);
          canvas.getContext('2d').drawImage(bitmap, 0, 0);
          const [x, y, width, height] = [14, 14, 28, 28];
          const { data } = canvas.getContext('2d').getImageData(x, y, width, height);
          return [...new Set(data.filter((_, index) => index % 4 === 1))];
        }""",
        picture,
    )

    assert max(levels) - min(levels) > 100
    await context.close()
