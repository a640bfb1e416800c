"""Reading and writing: what is read stays where it is, the composer grows, and tabs agree."""

import asyncio

from playwright.async_api import BrowserContext, Page, Route, WebSocketRoute, expect

from tests.browser.conftest import Chat, listened

QUESTION = "What does Foyer cost?"
WATCHED = """() => {
  const root = document.querySelector('foyer-chat').shadowRoot;
  const log = root.querySelector('.log');
  log.scrollTop = 40;
  const first = root.querySelector('.item.visitor');
  const place = () => Math.round(first.getBoundingClientRect().top);
  window.places = new Set([place()]);
  new MutationObserver(() => window.places.add(place())).observe(log, { childList: true, subtree: true });
}"""


async def at_the_demo(context: BrowserContext, server: str) -> Chat:
    chat = Chat(await listened(context))
    await chat.page.goto(f"{server}/demo")
    return chat


async def test_news_do_not_move_what_is_read(server: str, context: BrowserContext) -> None:
    chat, other = await at_the_demo(context, server), await at_the_demo(context, server)
    await chat.open()
    for _ in range(3):
        await chat.ask("How do I add Foyer to my website?")
    await other.open()
    await expect(other.panel.locator(".foot")).to_have_count(3)
    below = chat.panel.get_by_role("button", name="New messages")
    await expect(below).to_be_hidden()
    await chat.at_rest()
    await chat.page.evaluate(WATCHED)
    # The scroll event of the observer's own scrolling has to be heard first.
    await chat.page.evaluate(
        "new Promise((resume) => requestAnimationFrame(() => requestAnimationFrame(resume)))"
    )

    await other.ask(QUESTION)

    await expect(chat.panel.locator(".foot")).to_have_count(4)
    await expect(below).to_be_visible()
    assert len(await chat.page.evaluate("[...window.places]")) == 1
    await below.click()
    await expect(below).to_be_hidden()
    await expect(chat.panel.locator(".foot").last).to_be_in_viewport()


async def test_the_composer_grows_to_five_lines_and_takes_a_long_paste(
    server: str, page: Page, chat: Chat
) -> None:
    await page.goto(f"{server}/demo")
    await chat.open()

    async def height() -> int:
        box = await chat.input.bounding_box()
        assert box is not None
        return round(box["height"])

    assert await height() == 36
    await chat.input.fill("one\ntwo\nthree")
    assert await height() == 80
    await chat.input.focus()
    await page.keyboard.insert_text("\n" + "x" * 10_000)

    assert await height() == 124
    assert len(await chat.input.input_value()) == 10_014
    await expect(chat.panel.locator("footer")).to_contain_text("10,014 of 4,000")
    await expect(chat.panel.get_by_role("button", name="Send")).to_be_disabled()
    await chat.input.fill(QUESTION)
    await chat.input.press("Enter")
    assert await height() == 36


async def test_a_tab_that_was_loaded_earlier_joins_the_conversation_of_another(
    server: str, context: BrowserContext
) -> None:
    chat, other = await at_the_demo(context, server), await at_the_demo(context, server)
    for one in (chat, other):
        await one.launcher.hover()
        await expect(one.page.locator("foyer-chat dialog")).to_be_attached()

    await chat.open()
    await chat.ask(QUESTION)
    await other.open()

    await expect(other.panel.locator(".foot")).to_have_count(1)
    assert await other.transcript() == await chat.transcript()


async def test_two_tabs_that_are_opened_at_once_are_one_visitor(server: str, context: BrowserContext) -> None:
    opened: list[str] = []

    async def slowly(route: Route) -> None:
        opened.append(route.request.url)
        await asyncio.sleep(0.5)
        await route.continue_()

    await context.route("**/api/v1/sessions", slowly)
    tabs = [await at_the_demo(context, server) for _ in range(2)]
    for tab in tabs:
        await tab.launcher.hover()
    await asyncio.gather(*(tab.page.evaluate("window.foyer.open()") for tab in tabs))
    for tab in tabs:
        await expect(tab.panel.locator(".greeting")).to_be_visible()
        await tab.input.fill(QUESTION)
    await asyncio.gather(*(tab.input.press("Enter") for tab in tabs))

    for tab in tabs:
        await expect(tab.panel.locator(".foot")).to_have_count(2)
    assert await tabs[0].transcript() == await tabs[1].transcript()
    # What one tab has stored, another process of the browser may not see at once; it then opens one for nobody.
    assert len(opened) <= 2


async def test_a_new_conversation_in_one_tab_is_the_conversation_of_all(
    server: str, context: BrowserContext
) -> None:
    tabs = [await at_the_demo(context, server) for _ in range(2)]
    await tabs[0].open()
    await tabs[0].ask(QUESTION)
    await tabs[1].open()
    await expect(tabs[1].panel.locator(".foot")).to_have_count(1)

    await tabs[0].page.evaluate("window.foyer.reset()")
    await expect(tabs[1].panel.locator(".item.visitor")).to_have_count(0)
    await tabs[1].ask("How do I add Foyer to my website?")

    await expect(tabs[0].panel.locator(".foot")).to_have_count(1)
    assert await tabs[0].transcript() == await tabs[1].transcript()


async def test_what_waits_in_two_tabs_goes_once(server: str, context: BrowserContext) -> None:
    is_down = False

    async def line(socket: WebSocketRoute) -> None:
        if is_down:
            await socket.close(code=1012)
        else:
            socket.connect_to_server()

    async def answer(request: Route) -> None:
        await (request.abort() if is_down else request.continue_())

    await context.route_web_socket("**/api/v1/ws", line)
    await context.route("**/api/v1/**", answer)
    chat = await at_the_demo(context, server)
    await chat.open()
    is_down = True
    await chat.page.reload()
    await expect(chat.panel.locator(".greeting")).to_be_visible()
    await chat.input.fill(QUESTION)
    await chat.input.press("Enter")
    await expect(chat.panel.locator(".pending")).to_have_count(1)
    async with context.expect_page() as copied:
        await chat.page.evaluate("void window.open(location.href)")
    copy = Chat(await copied.value)
    await expect(copy.panel.locator(".pending")).to_have_count(1)

    is_down = False
    for one in (chat, copy):
        await one.page.evaluate("dispatchEvent(new Event('online'))")

    for one in (chat, copy):
        await expect(one.panel.locator(".foot")).to_have_count(1)
        await expect(one.panel.locator(".item.visitor")).to_have_count(1)
        await expect(one.panel.locator(".pending")).to_have_count(0)
