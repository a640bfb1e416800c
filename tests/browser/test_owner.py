"""What a page asks of the chat: calls, places, colours, several at once, and a page that changes under it."""

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.conftest import Chat, PageHost, listened, snippet
from tests.browser.test_access import CONTRAST

QUESTION = "When are you open?"


async def with_theme(page: Page, **theme: str) -> None:
    """Let the server say another look of the site."""

    async def answer(route) -> None:  # type: ignore[no-untyped-def]
        told = await route.fetch()
        body = await told.json()
        body["config"]["theme"] = theme
        await route.fulfill(response=told, json=body)

    await page.route("**/api/v1/sessions", answer)


async def test_a_reset_before_the_chat_was_touched_forgets(
    server: str, friend: PageHost, page: Page, chat: Chat
) -> None:
    await page.goto(friend.put("/one", f"<body>{snippet(server)}</body>"))
    await chat.open()
    await chat.ask(QUESTION)
    await page.evaluate("foyer.close()")
    await page.goto(friend.put("/two", f"<body>{snippet(server)}</body>"))

    await page.evaluate("foyer.reset()")
    await page.reload()
    await chat.open()

    await expect(chat.panel.locator(".greeting")).to_be_visible()
    await page.wait_for_timeout(500)
    assert await chat.panel.locator(".item.visitor").count() == 0


async def test_calls_before_the_chat_was_touched_are_over_at_once_and_hold_later(
    server: str, friend: PageHost, page: Page, chat: Chat
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.goto(friend.put("/calls", f"<body>{snippet(server)}</body>"))

    await page.evaluate(
        "async () => { await foyer.setLocale('de'); await foyer.setUser(); await foyer.close(); }"
    )
    assert [url for url in asked if "/widget/" in url] == []
    await chat.open()

    await expect(chat.input).to_have_attribute("placeholder", "Frage stellen")
    assert page.said == []  # type: ignore[attr-defined]


async def test_attributes_and_the_language_are_followed_while_it_is_open(
    server: str, friend: PageHost, page: Page, chat: Chat
) -> None:
    await page.goto(friend.put("/lively", f"<body>{snippet(server)}</body>"))
    await chat.open()
    await chat.input.fill("I want to talk to a person")
    await chat.input.press("Enter")
    form = chat.panel.locator("[part=form]")
    await form.get_by_label("E-mail").fill("ada@harbour")

    await page.locator("foyer-chat").evaluate(
        "(host) => { for (const [name, value] of [['locale', 'ar'], ['accent', '#f00'], ['theme', 'dark'],"
        " ['position', 'left']]) host.setAttribute(name, value); }"
    )

    await expect(form.get_by_label("البريد الإلكتروني")).to_have_value("ada@harbour")
    await expect(page.get_by_role("region", name="محادثة")).to_have_count(1)
    await expect(chat.launcher).to_have_css("background-color", "color(srgb 1 0 0)")
    await expect(chat.panel).to_have_css("background-color", "rgb(32, 30, 27)")
    box = await chat.launcher.bounding_box()
    assert box
    assert box["x"] == 20


async def test_the_page_hears_no_key_that_is_typed_into_the_chat(
    server: str, friend: PageHost, page: Page, chat: Chat
) -> None:
    await page.goto(friend.put("/keys", f"<body>{snippet(server)}</body>"))
    await page.evaluate(
        "() => { window.keys = []; for (const name of ['keydown', 'keypress', 'keyup'])"
        " document.addEventListener(name, () => window.keys.push(name)); }"
    )
    await chat.open()
    await chat.input.press("s")

    assert await page.evaluate("window.keys") == []


async def test_the_sites_colour_and_side_are_there_before_the_chat_is_touched_again(
    server: str, friend: PageHost, page: Page, chat: Chat
) -> None:
    await with_theme(page, accent="#cc0000", mode="auto", position="left")
    await page.goto(friend.put("/themed", f"<body>{snippet(server)}</body>"))
    await chat.open()
    await expect(chat.launcher).to_have_css("background-color", "color(srgb 0.8 0 0)")
    await page.evaluate("foyer.close()")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    await page.reload()

    await expect(chat.launcher).to_have_css("background-color", "color(srgb 0.8 0 0)")
    box = await chat.launcher.bounding_box()
    assert box
    assert box["x"] == 20
    assert [url for url in asked if "/widget/" in url] == []


@pytest.mark.parametrize(("offset", "width", "height"), [(88, 1366, 650), (120, 1366, 500), (20, 1366, 650)])
async def test_an_offset_leaves_the_whole_panel_on_the_screen(
    chromium: Browser, server: str, friend: PageHost, offset: int, width: int, height: int
) -> None:
    context = await chromium.new_context(viewport={"width": width, "height": height})
    chat = Chat(await listened(context))
    head = f"<style>foyer-chat {{ --foyer-y: {offset}px; --foyer-x: 900px }}</style>"
    await chat.page.goto(friend.put("/offset", f"<body>{snippet(server)}</body>", head=head))
    await chat.open()
    await chat.at_rest()

    box = await chat.panel.bounding_box()
    assert box
    assert box["y"] >= 0
    assert box["y"] + box["height"] + 68 + offset == pytest.approx(height, abs=0.1)
    assert (box["x"] >= 0, box["width"]) == (True, 384)
    await context.close()


@pytest.mark.parametrize(
    "swap",
    [
        "document.body.replaceWith(Object.assign(document.createElement('body'), { innerHTML: '<h1>Two</h1>' }))",
        "document.body.innerHTML = '<h1>Two</h1>'",
        "document.body.replaceChildren(...[...document.body.cloneNode(true).children].filter("
        "({ localName }) => localName !== 'foyer-chat'))",
    ],
)
async def test_a_page_that_replaces_its_body_keeps_the_chat(
    server: str, friend: PageHost, page: Page, chat: Chat, swap: str
) -> None:
    await page.goto(friend.put("/swapped", f"<body><h1>One</h1>{snippet(server)}</body>"))
    await chat.open()
    await chat.ask(QUESTION)

    await page.evaluate(swap)

    await expect(page.locator("foyer-chat")).to_have_count(1)
    await expect(chat.panel.locator(".foot")).to_have_count(1)
    await page.evaluate(swap)
    await expect(chat.panel.locator(".foot")).to_have_count(1)
    await page.evaluate("document.querySelector('foyer-chat').remove()")
    await page.wait_for_timeout(300)
    assert await page.locator("foyer-chat").count() == 0


async def test_an_element_that_is_moved_before_the_panel_came_has_one(
    server: str, friend: PageHost, page: Page, chat: Chat
) -> None:
    await page.goto(friend.put("/hasty", f"<body><main></main>{snippet(server)}</body>"))

    await page.evaluate(
        """() => {
          const chat = document.querySelector('foyer-chat');
          chat.shadowRoot.querySelector('button').click();
          document.querySelector('main').append(chat);
        }"""
    )

    await expect(chat.panel.locator(".greeting")).to_be_visible()
    await expect(chat.panel).to_have_count(1)
    await expect(page.locator("foyer-chat .badge")).to_have_count(1)
    assert page.said == []  # type: ignore[attr-defined]


async def test_two_chats_of_a_site_on_a_page_are_one_conversation(
    server: str, friend: PageHost, page: Page
) -> None:
    opened: list[str] = []
    page.on("request", lambda request: opened.append(request.url) if request.method == "POST" else None)
    inline = '<foyer-chat id="inline" site="guest" mode="inline"></foyer-chat>'
    await page.goto(friend.put("/both", f"<body>{inline}{snippet(server)}</body>"))
    panels = page.locator("foyer-chat dialog")
    await expect(panels.first.locator(".greeting")).to_be_visible()
    await page.locator("foyer-chat:not([mode]) .launcher").click()
    corner = panels.nth(1)
    await corner.get_by_role("textbox").fill(QUESTION)
    await corner.get_by_role("textbox").press("Enter")

    await expect(corner.locator(".foot")).to_have_count(1)
    await expect(panels.first.locator(".foot")).to_have_count(1)
    assert len([url for url in opened if url.endswith("/sessions")]) == 1
    await page.reload()
    await expect(panels.nth(1).locator(".foot")).to_have_count(1)

    await page.evaluate("document.querySelector('#inline').call('reset')")

    for each in (panels.first, panels.nth(1)):
        await expect(each.locator(".item.visitor")).to_have_count(0)
        await expect(each.locator(".greeting")).to_be_visible()


async def test_an_inline_chat_far_below_opens_when_it_comes_near(
    server: str, friend: PageHost, page: Page, chat: Chat
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    script = f'<script type="module" src="{server}/widget.js"></script>'
    tall = '<div style="height:3000px"></div>'
    inline = '<foyer-chat site="guest" mode="inline"></foyer-chat>'
    await page.goto(friend.put("/below", f"<body>{tall}{inline}{script}</body>"))
    await page.wait_for_timeout(700)
    assert [url for url in asked if url.endswith("/sessions")] == []

    await page.evaluate("scrollTo(0, 3000)")

    await expect(chat.panel.locator(".greeting")).to_be_visible()


@pytest.mark.parametrize("style", ["--foyer-surface: #fff", "--foyer-muted: #ddd", "--foyer-muted: #444"])
async def test_words_read_in_the_pages_colours_also_when_the_device_turns_dark(
    server: str, friend: PageHost, page: Page, chat: Chat, style: str
) -> None:
    head = f"<style>foyer-chat {{ {style} }}</style>"
    await page.emulate_media(color_scheme="light", reduced_motion="reduce")
    await page.goto(friend.put("/own-colours", f"<body>{snippet(server)}</body>", head=head))
    await chat.open()
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        for words in ("h2", ".who"):
            for _ in range(50):
                pair = await chat.panel.evaluate(
                    "(panel, words) => [getComputedStyle(panel.querySelector(words)).color,"
                    " getComputedStyle(panel).backgroundColor]",
                    words,
                )
                if (seen := await page.evaluate(CONTRAST, pair)) >= 4.5:
                    break
                await page.wait_for_timeout(100)
            assert seen >= 4.5, (scheme, words, pair)


async def test_a_browser_without_popovers_has_a_chat(
    server: str, friend: PageHost, page: Page, chat: Chat
) -> None:
    await page.add_init_script("delete HTMLElement.prototype.showPopover")
    await page.goto(friend.put("/no-popover", f"<body>{snippet(server)}</body>"))

    await chat.open()

    assert page.said == []  # type: ignore[attr-defined]


async def test_a_picture_that_is_no_address_is_left_out(
    server: str, friend: PageHost, page: Page, chat: Chat
) -> None:
    head = "<style>foyer-chat { --foyer-surface: #111 }</style>"
    line = snippet(server, more='data-avatar="http://["')
    await page.goto(friend.put("/no-picture", f"<body>{line}</body>", head=head))
    await chat.open()

    await expect(chat.panel.locator("h2")).to_have_css("color", "rgb(255, 255, 255)")
    assert page.said == []  # type: ignore[attr-defined]


async def test_code_is_selected_where_the_clipboard_is_out_of_reach(
    server: str, friend: PageHost, page: Page, chat: Chat
) -> None:
    await page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    await page.goto(f"{server}/demo")
    await chat.open()
    await chat.ask("How do I add Foyer to my website?")

    await chat.panel.get_by_role("button", name="Copy").first.click()

    code = await chat.panel.locator("pre").first.inner_text()
    assert (await page.evaluate("`${getSelection()}`")).strip() == code.strip()
    assert page.said == []  # type: ignore[attr-defined]
