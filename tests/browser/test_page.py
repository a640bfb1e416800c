"""The widget on other people's pages: it takes nothing, breaks nothing, and nothing of theirs breaks it."""

import re

from playwright.async_api import Page, Request, expect

from tests.browser.conftest import CANARY, Chat, PageHost, snippet

HOSTILE_CSS = """<style>
* { all: unset !important; color: red !important; font: 40px cursive !important }
button, dialog, section, textarea, foyer-chat { display: none !important; visibility: hidden !important }
button, dialog, section, textarea { opacity: 0 !important }
div { position: static !important; z-index: -1 !important }
body { transform: rotate(1deg); filter: blur(0); overflow: hidden; display: block !important }
#cover { position: fixed !important; display: block !important; inset: 0 !important; z-index: 2147483647 !important }
</style>"""


async def test_nothing_but_the_loader_is_fetched_before_interest(
    server: str, friend: PageHost, page: Page
) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    address = friend.put("/quiet", f"<body><h1>Page</h1>{snippet(server)}</body>")

    await page.goto(address)
    await page.wait_for_load_state("networkidle")

    assert [url for url in requests if url.startswith(server)] == [f"{server}/widget.js"]


async def test_nothing_is_stored_before_the_first_click(server: str, page: Page, chat: Chat) -> None:
    stored = "() => [localStorage.length, sessionStorage.length, document.cookie]"
    await page.goto(f"{server}/demo")
    await chat.launcher.hover()
    await chat.launcher.focus()
    await page.wait_for_load_state("networkidle")

    assert await page.evaluate(stored) == [0, 0, ""]

    await chat.open()

    assert await page.evaluate(stored) == [1, 1, ""]


async def test_no_campaign_leaves_the_page_before_consent(server: str, page: Page, chat: Chat) -> None:
    sent: list[str] = []

    def keep(request: Request) -> None:
        if request.url.endswith("/sessions"):
            sent.append(request.post_data or "")

    page.on("request", keep)
    await page.goto(f"{server}/demo?utm_source=secret-campaign#secret-place")

    await chat.open()

    assert len(sent) == 1
    assert "secret" not in sent[0]


async def test_where_a_visitor_came_from_waits_for_their_yes(server: str, page: Page, chat: Chat) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(str(frame))))
    address = f"{server}/demo?utm_source=spring&utm_medium=mail&gclid=secret"
    await page.goto(address, referer="https://search.example/results?q=secret")
    await chat.open()
    await chat.input.fill("My email is ana@example.org, please write to me")
    await chat.input.press("Enter")
    replies = chat.panel.locator(".choices button")
    await expect(replies).to_have_count(2)
    early = [text for text in sent if "search.example" in text or "spring" in text]

    async with page.expect_request("**/api/v1/sessions") as request:
        await replies.first.click()

    assert early == []
    told = (await request.value).post_data or ""
    assert '"referrer":"https://search.example/' in told
    assert '"utm":{"source":"spring","medium":"mail"}' in told
    assert not any("secret" in text for text in sent)


async def test_hostile_css_changes_nothing(server: str, friend: PageHost, page: Page, chat: Chat) -> None:
    body = f'<body><div id="cover"></div><button>Theirs</button>{snippet(server)}</body>'
    await page.goto(friend.put("/hostile", body, head=HOSTILE_CSS))

    await chat.open()
    await chat.ask("When are you open?")

    box = await chat.launcher.bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (56, 56)
    assert (box["x"], box["y"]) == (1280 - 56 - 20, 860 - 56 - 20)
    await expect(chat.input).to_have_css("font-size", "15px")
    await expect(chat.answers.last).to_contain_text("weekdays")


async def test_a_widget_inside_a_transformed_box_still_stands_in_the_corner(
    server: str, friend: PageHost, page: Page, chat: Chat
) -> None:
    style = "transform: scale(.5); overflow: hidden; width: 9px"
    holder = f'<div style="{style}"><foyer-chat site="guest"></foyer-chat></div>'
    script = f'<script type="module" src="{server}/widget.js"></script>'
    await page.goto(friend.put("/transformed", f"<body>{holder}{script}</body>"))

    await chat.open()

    box = await chat.launcher.bounding_box()
    assert box is not None
    assert (box["width"], box["x"]) == (56, 1280 - 56 - 20)


async def test_a_strict_policy_is_not_violated(server: str, friend: PageHost, page: Page, chat: Chat) -> None:
    policy = (
        "default-src 'none'; script-src 'nonce-abc'; style-src 'self'; "
        f"connect-src {server} {server.replace('http', 'ws', 1)}; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
    line = snippet(server, more='nonce="abc"')
    await page.goto(
        friend.put("/strict", f"<body>{line}</body>", headers={"Content-Security-Policy": policy})
    )

    await chat.open()
    await chat.ask("When are you open?")
    await chat.panel.get_by_role("button", name="This helped").click()

    assert [text for text in page.said if "favicon" not in text] == []


async def test_a_refused_origin_is_said_in_the_console_with_the_remedy(
    server: str, stranger: PageHost, page: Page, chat: Chat
) -> None:
    await page.goto(stranger.put("/refused", f"<body>{snippet(server)}</body>"))

    async with page.expect_console_message(lambda message: message.text.startswith("Foyer:")):
        await chat.launcher.click()

    await expect(chat.panel.get_by_role("status")).to_contain_text("not available")
    told = [text for text in page.said if text.startswith("Foyer:")]
    assert len(told) == 1
    assert re.search(rf"{re.escape(stranger.origin)}.*origins.*foyer\.yaml", told[0])


async def test_a_refused_panel_says_so_and_offers_no_composer(
    server: str, stranger: PageHost, page: Page, chat: Chat
) -> None:
    await page.goto(stranger.put("/refused-panel", f"<body>{snippet(server)}</body>"))

    await chat.launcher.click()

    await expect(chat.panel.get_by_role("status")).to_contain_text("not available")
    await expect(chat.panel.locator("form")).to_be_hidden()
    await expect(chat.panel.locator(".choices")).to_have_count(0)
    await page.keyboard.press("Escape")
    await expect(chat.panel).to_be_hidden()


async def test_another_sites_demo_speaks_of_that_site(server: str, page: Page, chat: Chat) -> None:
    await page.goto(f"{server}/demo?site=guest")

    await expect(page).to_have_title(re.compile("Guest"))
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Guest")
    words = await page.locator("body").inner_text()
    assert "Foyer’s own documentation" not in words
    assert "Do I need a language model" not in words
    assert 'data-site="guest" data-accent="#7a3e12"></script>' in await page.locator("#snippet").inner_text()
    assert await page.locator("a[href*='docs']").count() > 0
    colour = await page.locator(".arch").evaluate("(arch) => getComputedStyle(arch).backgroundColor")
    assert colour == "rgb(122, 62, 18)"

    await page.get_by_role("button", name="When are you open?").click()

    await expect(chat.answers.last).to_contain_text("weekdays")
    assert page.said == []


async def test_foyers_own_demo_speaks_of_foyer(server: str, page: Page) -> None:
    await page.goto(f"{server}/demo?site=demo")

    assert "Foyer’s own documentation" in await page.locator("footer").inner_text()


async def test_an_unknown_site_is_said_in_the_console(
    server: str, friend: PageHost, page: Page, chat: Chat
) -> None:
    await page.goto(friend.put("/unknown", f"<body>{snippet(server, site='nobody')}</body>"))

    async with page.expect_console_message(lambda message: message.text.startswith("Foyer:")):
        await chat.launcher.click()

    await expect(chat.panel.get_by_role("status")).to_contain_text("not available")
    assert any("nobody" in text for text in page.said if text.startswith("Foyer:"))


async def test_hostile_knowledge_is_only_text(server: str, friend: PageHost, page: Page, chat: Chat) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    await page.goto(friend.put("/knowledge", f"<body>{snippet(server)}</body>"))
    await chat.open()

    await chat.ask("What is the secret of the house?")
    await chat.sources.first.click()

    answer = chat.answers.last
    await expect(answer).to_contain_text("onerror")
    assert await answer.locator("img, script, iframe").count() == 0
    links = await chat.panel.locator(".log a").evaluate_all("(links) => links.map((link) => link.href)")
    assert links == ["https://example.com/good"]
    assert await page.title() == "A page"
    assert [url for url in requests if url.startswith(CANARY)] == []


async def test_recommended_products_are_cards_with_safe_links_and_no_pictures(
    server: str, friend: PageHost, page: Page, chat: Chat
) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    await page.goto(friend.put("/plans", f"<body>{snippet(server)}</body>"))
    await chat.open()
    await chat.ask("Which plan for 5 people?")
    await page.reload()

    cards = chat.answers.last.locator("[part=card]")
    await expect(cards).to_have_text(
        ["Solo €9 up to 10 people", "Crew €29 up to 10 people (opens in a new tab)"]
    )
    links = await cards.evaluate_all(
        "(cards) => cards.map(({ href, target }) => [href ?? null, target ?? null])"
    )
    assert links == [[None, None], ["https://example.com/crew", "_blank"]]
    assert await cards.locator("img").count() == 0
    assert [url for url in requests if url.startswith(CANARY)] == []


async def test_a_visitors_words_are_only_text(server: str, page: Page, chat: Chat) -> None:
    words = "<img src=x onerror=\"document.title='owned'\"> **not bold** [x](javascript:alert(1))"
    await page.goto(f"{server}/demo")
    await chat.open()

    await chat.input.fill(words)
    await chat.input.press("Enter")

    own = chat.panel.locator(".item.visitor .body")
    await expect(own).to_have_text(words)
    assert await own.locator("*").count() == 0


async def test_a_widget_that_is_removed_and_put_back_works_and_leaves_no_socket(
    server: str, friend: PageHost, page: Page, chat: Chat
) -> None:
    closed: list[bool] = []
    page.on("websocket", lambda socket: socket.on("close", lambda _: closed.append(True)))
    await page.goto(friend.put("/moving", f"<body>{snippet(server)}</body>"))
    await chat.open()
    await chat.ask("When are you open?")

    await page.evaluate("() => { window.kept = document.querySelector('foyer-chat'); window.kept.remove(); }")
    await page.wait_for_function("() => !document.querySelector('foyer-chat')")
    await page.evaluate("() => document.body.append(window.kept)")

    await expect(chat.panel.locator(".foot")).to_have_count(1)
    await expect(chat.launcher).to_have_count(1)
    for _ in range(150):
        if closed:
            break
        await page.wait_for_timeout(100)
    assert closed == [True]
    assert page.said == []


async def test_the_page_gets_one_global_and_no_more(
    server: str, friend: PageHost, page: Page, chat: Chat
) -> None:
    await page.goto(friend.put("/globals", "<body></body>"))
    before = set(await page.evaluate("Object.getOwnPropertyNames(window)"))
    await page.goto(friend.put("/globals-with", f"<body>{snippet(server)}</body>"))
    await chat.open()

    after = set(await page.evaluate("Object.getOwnPropertyNames(window)"))

    assert after - before == {"foyer"}
