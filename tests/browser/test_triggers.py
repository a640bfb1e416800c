"""The widget speaks first, where the site's rules say so, and is silent for a day once it was met."""

from typing import Any

from playwright.async_api import Page, Route, expect

from tests.browser.conftest import Chat, PageHost, snippet


async def with_rules(page: Page, *rules: dict[str, Any]) -> None:
    async def answer(route: Route) -> None:
        origin = route.request.headers.get("origin", "*")
        await route.fulfill(json={"rules": rules}, headers={"Access-Control-Allow-Origin": origin})

    await page.route("**/api/v1/proactive*", answer)


async def test_nothing_is_asked_for_on_pages_that_do_not_want_it(
    server: str, friend: PageHost, page: Page
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.goto(friend.put("/quiet", snippet(server)))
    await page.wait_for_load_state("networkidle")

    assert [url for url in asked if "proactive" in url or "triggers" in url] == []


async def test_the_server_tells_the_rules(server: str, friend: PageHost, page: Page) -> None:
    async with page.expect_response("**/api/v1/proactive*") as told:
        await page.goto(friend.put("/asks", snippet(server, more="data-triggers")))

    assert await (await told.value).json() == {"rules": []}


async def test_what_it_said_is_the_greeting_and_then_a_day_is_silent(
    server: str, friend: PageHost, page: Page, chat: Chat
) -> None:
    await with_rules(page, {"say": "Shall I compare the <b>plans</b>?", "url": "/pric*"})
    address = friend.put("/pricing", snippet(server, more="data-triggers"))
    await page.goto(address)
    hint = page.locator("foyer-chat [part=hint]")
    await expect(hint).to_contain_text("Shall I compare the <b>plans</b>?")
    assert await page.evaluate("localStorage.length + sessionStorage.length") == 0

    await hint.get_by_role("button").first.click()
    await expect(chat.panel.locator(".greeting")).to_have_text("Shall I compare the <b>plans</b>?")
    await expect(hint).to_have_count(0)
    await page.get_by_role("button", name="Close chat").first.click()
    await page.reload()
    await page.wait_for_timeout(1_500)
    await expect(hint).to_have_count(0)


async def test_the_line_is_in_the_language_of_the_page_and_a_slash_at_its_end_is_no_other_page(
    server: str, friend: PageHost, page: Page
) -> None:
    says = {"de": "Darf ich helfen?", "fr": "Puis-je aider ?"}
    await with_rules(page, {"say": "Shall I help?", "says": says, "url": "/angebote/für-alle"})
    more = 'data-triggers data-locale="de-AT"'
    await page.goto(friend.put("/angebote/f%C3%BCr-alle/", snippet(server, more=more)))

    await expect(page.locator("foyer-chat [part=hint]")).to_contain_text("Darf ich helfen?")


async def test_what_the_page_tells_of_the_visitor_chooses_the_rule_and_is_told_to_nobody(
    server: str, friend: PageHost, page: Page, chat: Chat
) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data}"))
    await with_rules(
        page,
        {"say": "Fill it", "attributes": {"cart": 0}},
        {"say": "Shall I help you upgrade?", "attributes": {"plan": "trial", "is_admin": True}},
    )
    await page.goto(friend.put("/app", snippet(server, more="data-triggers")))
    hint = page.locator("foyer-chat [part=hint]")
    await page.wait_for_timeout(1_300)
    assert await hint.count() == 0

    await page.evaluate("window.foyer.setAttributes({ plan: 'trial', is_admin: true, cart: 2 })")
    await expect(hint).to_contain_text("Shall I help you upgrade?")
    await hint.get_by_role("button").first.click()
    await chat.ask("When are you open?")
    assert [line for line in sent if "trial" in line] == []
    assert page.said == []  # type: ignore[attr-defined]


async def test_a_hidden_line_stays_hidden(server: str, friend: PageHost, page: Page) -> None:
    await with_rules(page, {"say": "Hello there"})
    await page.goto(friend.put("/hide", snippet(server, more="data-triggers")))
    hint = page.locator("foyer-chat [part=hint]")
    await hint.get_by_role("button", name="Hide").click()
    await expect(hint).to_have_count(0)
    await page.reload()
    await page.wait_for_timeout(1_500)

    await expect(hint).to_have_count(0)


async def test_scrolling_and_a_page_of_a_single_page_application_count(
    server: str, friend: PageHost, page: Page
) -> None:
    await with_rules(page, {"say": "You have read it all", "scroll_percent": 90, "url": "/long/two"})
    tall = '<div style="height:5000px"></div>'
    await page.goto(friend.put("/long/one", tall + snippet(server, more="data-triggers")))
    hint = page.locator("foyer-chat [part=hint]")
    await page.evaluate("scrollTo(0, 5000)")
    await page.wait_for_timeout(1_300)
    assert await hint.count() == 0

    await page.evaluate("history.pushState(null, '', '/long/two')")
    await expect(hint).to_have_text("You have read it all×")


async def test_what_scrolls_within_a_page_is_what_counts(server: str, friend: PageHost, page: Page) -> None:
    await with_rules(page, {"say": "You have read it all", "scroll_percent": 60})
    shell = (
        '<div id="shell" style="height:100vh;overflow-y:auto"><div style="height:5000px">Long</div></div>'
        "<style>body { margin: 0 }</style>"
    )
    await page.goto(friend.put("/shell", f"<body>{shell}{snippet(server, more='data-triggers')}</body>"))
    hint = page.locator("foyer-chat [part=hint]")
    await page.wait_for_timeout(1_300)
    assert await hint.count() == 0

    await page.evaluate("document.querySelector('#shell').scrollTop = 4000")

    await expect(hint).to_contain_text("You have read it all")


async def test_a_line_goes_with_its_page_and_the_next_pages_own_may_be_said(
    server: str, friend: PageHost, page: Page, chat: Chat
) -> None:
    await with_rules(
        page, {"say": "About this bike", "url": "/bikes/*"}, {"say": "Shall I compare?", "url": "/pricing"}
    )
    await page.goto(friend.put("/bikes/one", snippet(server, more="data-triggers")))
    hint = page.locator("foyer-chat [part=hint]")
    await expect(hint).to_have_text("About this bike×")

    await page.evaluate("history.pushState(null, '', '/bikes/two')")
    await page.wait_for_timeout(1_300)
    await expect(hint).to_have_text("About this bike×")
    await page.evaluate("history.pushState(null, '', '/about')")
    await expect(hint).to_have_count(0)
    await page.evaluate("history.pushState(null, '', '/pricing')")
    await expect(hint).to_have_text("Shall I compare?×")
    await page.evaluate("history.pushState(null, '', '/bikes/one')")
    await expect(hint).to_have_count(0)

    await chat.launcher.click()
    await expect(chat.panel.locator(".greeting")).not_to_contain_text("compare")


async def test_the_language_that_was_called_counts_before_the_chat_is_opened(
    server: str, friend: PageHost, page: Page
) -> None:
    await with_rules(
        page, {"say": "May I help?", "says": {"de": "Darf ich helfen?"}, "locales": ["de"], "after_s": 1}
    )
    await page.goto(friend.put("/called", f"<body>{snippet(server, more='data-triggers')}</body>"))

    await page.evaluate("foyer.setLocale('de')")

    await expect(page.locator("foyer-chat [part=hint]")).to_have_text("Darf ich helfen?×")
