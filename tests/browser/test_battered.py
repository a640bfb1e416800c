"""What pages do to the widget: they move it, take its styles, freeze it with themselves, forbid nearly everything."""

import shutil

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.browser.conftest import Chat, PageHost, listened, snippet
from tests.browser.test_page import HOSTILE_CSS
from tests.browser.test_triggers import with_rules
from tests.needed import needed

LISTENERS = """
window.listening = [];
const add = EventTarget.prototype.addEventListener;
EventTarget.prototype.addEventListener = function (name, listener, options) {
  const isPage = this === window || this === document || this === document.documentElement
    || this === window.visualViewport || this === window.navigation || this instanceof MediaQueryList;
  const entry = `${this.constructor.name} ${name}`;
  if (isPage) window.listening.push(entry);
  const forget = () => window.listening.splice(window.listening.indexOf(entry), 1);
  if (isPage) options?.signal?.addEventListener('abort', forget);
  return add.call(this, name, listener, options);
};
"""
SOCKETS = """
window.sockets = [];
window.WebSocket = class extends WebSocket {
  constructor(...values) {
    super(...values);
    window.sockets.push(this);
  }
};
"""
ENLARGED = """() => {
  for (const one of document.querySelector('foyer-chat').shadowRoot.querySelectorAll('dialog *')) {
    const { fontSize } = getComputedStyle(one);
    one.dataset.size = `${parseFloat(fontSize) * 2}px`;
  }
  for (const one of document.querySelector('foyer-chat').shadowRoot.querySelectorAll('dialog [data-size]')) {
    one.style.fontSize = one.dataset.size;
    one.style.lineHeight = '1.5';
    one.style.letterSpacing = '.12em';
    one.style.wordSpacing = '.16em';
  }
}"""
CUT_OFF = """(dialog) => [...dialog.querySelectorAll('*')].filter((one) => {
  const { left, right, width } = one.getBoundingClientRect();
  const box = dialog.getBoundingClientRect();
  return width && !one.closest('.sr, table') && (left < box.left - 1 || right > box.right + 1);
}).map((one) => one.outerHTML.slice(0, 120))"""


def strict(server: str) -> dict[str, str]:
    policy = (
        "default-src 'none'; script-src 'nonce-abc'; style-src 'self'; "
        f"connect-src {server} {server.replace('http', 'ws', 1)}; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
    return {"Content-Security-Policy": policy}


async def test_no_part_of_the_chat_violates_a_strict_policy(
    server: str, friend: PageHost, page: Page, chat: Chat
) -> None:
    await with_rules(page, {"say": "May I help?"})
    line = snippet(server, more='nonce="abc" data-triggers data-locale="de"')
    style = "foyer-chat { --foyer-surface: #333 }"
    await page.goto(friend.put("/stricter", f"<body>{line}</body>", headers=strict(server)))
    await page.evaluate(
        f"document.adoptedStyleSheets = [new CSSStyleSheet()].map((s) => (s.replaceSync('{style}'), s))"
    )

    await page.locator("foyer-chat .hint .words").click()
    await chat.ask("When are you open?")
    await chat.panel.locator(".foot > button").first.click()
    await expect(chat.panel.locator(".word input")).to_be_visible()
    await chat.panel.locator("header [aria-haspopup]").click()
    async with page.expect_download():
        await chat.panel.get_by_role("menuitem").nth(1).click()
    await chat.panel.locator("header [aria-haspopup]").click()
    await chat.panel.get_by_role("menuitem").first.click()
    await expect(chat.panel.locator("[part=form]")).to_be_visible()
    await chat.panel.locator("textarea").fill("bye")
    await chat.panel.locator("textarea").press("Enter")
    await expect(chat.panel.locator(".rating")).to_be_visible()

    assert [text for text in page.said if "favicon" not in text] == []  # type: ignore[attr-defined]


async def test_hostile_css_changes_nothing_of_what_comes_later(
    server: str, friend: PageHost, page: Page, chat: Chat
) -> None:
    await with_rules(page, {"say": "May I help?"})
    body = f"<body><div id=cover></div>{snippet(server, more='data-triggers')}</body>"
    await page.goto(friend.put("/hostile-later", body, head=HOSTILE_CSS))

    await page.locator("foyer-chat .hint .words").click()
    await chat.ask("When are you open?")
    await chat.panel.locator(".foot > button").first.click()
    await expect(chat.panel.locator(".word input")).to_have_css("font-size", "14px")
    await chat.panel.locator("header [aria-haspopup]").click()
    item = chat.panel.get_by_role("menuitem").first
    await expect(item).to_have_css("padding", "8px 12px")
    await expect(item).to_have_css("font-size", "15px")
    await item.click()
    await expect(chat.panel.locator("[part=form] input").first).to_have_css("border-radius", "8px")


async def test_an_inline_chat_stands_under_hostile_css(server: str, friend: PageHost, page: Page) -> None:
    script = f'<script type="module" src="{server}/widget.js"></script>'
    body = f'<body><main><foyer-chat site="guest" mode="inline"></foyer-chat></main>{script}</body>'
    head = HOSTILE_CSS.replace("</style>", "#cover, button { display: none !important }</style>")
    await page.goto(friend.put("/hostile-inline", body, head=head))
    chat = Chat(page)

    await expect(chat.panel.locator(".greeting")).to_be_visible()
    await expect(chat.input).to_have_css("font-size", "15px")
    await chat.at_rest()
    box = await chat.panel.bounding_box()
    assert box is not None
    assert box["height"] > 500


@pytest.mark.parametrize(("width", "height"), [(640, 430), (320, 256)])
async def test_at_200_and_400_percent_all_is_reached(
    chromium: Browser, server: str, width: int, height: int
) -> None:
    context = await chromium.new_context(viewport={"width": width, "height": height})
    chat = Chat(await listened(context))
    await chat.page.goto(f"{server}/demo")
    await chat.open()
    await chat.ask("What does Foyer cost?")

    for control in (chat.input, chat.panel.locator("[part=close]")):
        await expect(control).to_be_in_viewport(ratio=1)
    await chat.at_rest()
    assert await chat.panel.evaluate(CUT_OFF) == []
    log = await chat.panel.locator(".log").bounding_box()
    assert log is not None
    assert log["height"] > 80
    await context.close()


@pytest.mark.parametrize("width", [360, 1280])
async def test_text_twice_as_large_with_wide_spacing_is_not_cut_off(
    chromium: Browser, server: str, width: int
) -> None:
    context = await chromium.new_context(viewport={"width": width, "height": 800})
    chat = Chat(await listened(context))
    await chat.page.goto(f"{server}/demo")
    await chat.open()
    await chat.ask("What does Foyer cost?")
    await chat.input.fill("I want to talk to a person")
    await chat.input.press("Enter")
    await expect(chat.panel.locator("[part=form]")).to_be_visible()
    await chat.panel.locator("header [aria-haspopup]").click()

    await chat.page.evaluate(ENLARGED)
    await chat.at_rest()

    assert await chat.panel.evaluate(CUT_OFF) == []
    for control in (
        chat.panel.locator("textarea"),
        chat.panel.locator("[part=close]"),
        chat.panel.get_by_role("menuitem").last,
    ):
        await expect(control).to_be_in_viewport(ratio=1)
    await context.close()


async def test_a_removed_widget_leaves_no_listener_and_a_moved_one_speaks_once(
    server: str, friend: PageHost, page: Page, chat: Chat
) -> None:
    await page.add_init_script(LISTENERS)
    await with_rules(page, {"say": "May I help?", "after_s": 1})
    line = snippet(server, more="data-triggers")
    address = friend.put("/moved", f"<body><main></main>{line}</body>")
    async with page.expect_response("**/api/v1/proactive*"):
        await page.goto(address)
    await page.wait_for_load_state("networkidle")

    await page.evaluate("document.querySelector('main').append(document.querySelector('foyer-chat'))")

    hint = page.locator("foyer-chat .hint")
    await expect(hint).to_have_count(1)
    await page.wait_for_timeout(1_500)
    await expect(hint).to_have_count(1)

    await hint.locator(".words").click()
    await expect(chat.panel.locator(".greeting")).to_be_visible()
    await page.evaluate("document.querySelector('foyer-chat').remove()")

    for _ in range(150):
        if not (listening := await page.evaluate("window.listening")):
            break
        await page.wait_for_timeout(100)
    assert listening == []


async def test_a_page_from_the_cache_of_the_browser_goes_on(server: str, friend: PageHost) -> None:
    chromium = shutil.which("chromium")
    needed("chromium", chromium, "apt install chromium")
    address = friend.put("/there", f"<body>{snippet(server)}</body>")
    elsewhere = friend.put("/elsewhere", "<body>Elsewhere</body>")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-dev-shm-usage"],
            ignore_default_args=["--disable-back-forward-cache"],
        )
        page = await browser.new_page()
        chat = Chat(page)
        await page.add_init_script(SOCKETS)
        await page.goto(address)
        await page.evaluate(
            "addEventListener('pageshow', (event) => { window.isRestored = event.persisted })"
        )
        await chat.open()
        await chat.ask("When are you open?")
        await page.goto(elsewhere)
        await page.go_back(wait_until="commit")

        await chat.ask("What does it cost to rent a room?")

        assert await page.evaluate("window.isRestored") is True
        await expect(chat.panel.locator(".item.visitor")).to_have_count(2)
        assert await page.evaluate("window.sockets.filter(({ readyState }) => readyState < 2).length") == 1
        await browser.close()
