"""A visitor talks with the demo, in a real browser with the real server."""

import asyncio
import re

from playwright.async_api import Page, Route, WebSocketRoute, expect

from tests.browser.conftest import Chat, listened

QUESTION = "How do I add Foyer to my website?"


async def test_the_demo_answers_with_a_citation(server: str, page: Page, chat: Chat) -> None:
    await page.goto(f"{server}/demo")

    await chat.open()
    await chat.ask(QUESTION)

    await expect(chat.answers.last).to_contain_text("widget.js")
    await expect(chat.sources.first).to_contain_text("1")
    assert page.said == []


async def test_a_source_without_an_address_shows_its_quote_in_place(
    server: str, page: Page, chat: Chat
) -> None:
    await page.goto(f"{server}/demo")
    await chat.open()
    await chat.ask(QUESTION)
    source = chat.panel.locator("button.note").first

    await source.click()

    await expect(source).to_have_attribute("aria-expanded", "true")
    await expect(chat.panel.locator(".quote")).to_be_visible()


async def test_a_quick_reply_is_asked_and_the_replies_go(server: str, page: Page, chat: Chat) -> None:
    await page.goto(f"{server}/demo")
    await chat.open()
    reply = chat.panel.locator(".choices button").first
    label = await reply.inner_text()

    await reply.click()

    await expect(chat.panel.locator(".item.visitor .body").first).to_have_text(label)
    await expect(chat.panel.locator(".foot")).to_have_count(1)
    await expect(chat.panel.get_by_role("button", name=label, exact=True)).to_have_count(0)


async def test_a_choice_of_the_bots_question_is_sent_as_its_choice(
    server: str, page: Page, chat: Chat
) -> None:
    frames: list[str] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: frames.append(str(frame))))
    await page.goto(f"{server}/demo")
    await chat.open()
    await chat.input.fill("My email is ana@example.org, please write to me")
    await chat.input.press("Enter")
    replies = chat.panel.locator(".choices button")
    await expect(replies).to_have_count(2)

    await replies.last.click()

    await expect(chat.panel.locator(".item.visitor")).to_have_count(2)
    await expect(chat.answers).to_have_count(2)
    assert '"choice":' in next(frame for frame in reversed(frames) if '"say"' in frame)


async def test_an_answer_streams_and_the_final_message_replaces_it(
    server: str, page: Page, chat: Chat
) -> None:
    await page.goto(f"{server}/demo")
    await chat.open()

    await chat.ask(QUESTION)

    await expect(chat.answers).to_have_count(1)


async def test_a_reload_resumes_the_open_conversation(server: str, page: Page, chat: Chat) -> None:
    await page.goto(f"{server}/demo")
    await chat.open()
    await chat.ask(QUESTION)
    before = await chat.transcript()

    await page.reload()

    await expect(chat.panel.locator(".foot")).to_have_count(1)
    assert await chat.transcript() == before


async def test_two_tabs_show_the_same_conversation(server: str, page: Page, chat: Chat) -> None:
    await page.goto(f"{server}/demo")
    await chat.open()
    await chat.ask(QUESTION)
    other = Chat(await listened(page.context))
    await other.page.goto(f"{server}/demo")
    await other.open()
    await expect(other.panel.locator(".foot")).to_have_count(1)

    await other.ask("What does Foyer cost?")

    await expect(chat.panel.locator(".foot")).to_have_count(2)
    assert await chat.transcript() == await other.transcript()


async def test_what_is_written_without_a_connection_waits_and_goes(
    server: str, page: Page, chat: Chat
) -> None:
    sockets: list[WebSocketRoute] = []
    is_down = False

    async def route(socket: WebSocketRoute) -> None:
        if is_down:
            await socket.close(code=1012)
            return
        socket.connect_to_server()
        sockets.append(socket)

    async def answer(request: Route) -> None:
        await (request.abort() if is_down else request.continue_())

    await page.route_web_socket("**/api/v1/ws", route)
    await page.route("**/api/v1/**", answer)
    await page.goto(f"{server}/demo")
    await chat.open()
    await chat.ask(QUESTION)

    is_down = True
    await sockets[-1].close(code=1012)
    await chat.input.fill("What does Foyer cost?")
    await chat.input.press("Enter")

    await expect(chat.panel.locator(".pending")).to_have_count(1)
    await expect(chat.panel.get_by_role("status")).to_contain_text("No connection")

    is_down = False
    await page.evaluate("dispatchEvent(new Event('online'))")

    await expect(chat.panel.locator(".foot")).to_have_count(2)
    await expect(chat.panel.locator(".pending")).to_have_count(0)
    await expect(chat.panel.get_by_role("status")).to_be_empty()


async def test_without_websockets_the_conversation_goes_over_http(
    server: str, page: Page, chat: Chat
) -> None:
    await page.add_init_script(
        "window.WebSocket = class { constructor() { setTimeout(() => this.onclose?.({ code: 1006 }), 5); }"
        " send() {} close() {} };"
    )
    await page.goto(f"{server}/demo")
    await chat.open()

    await chat.ask(QUESTION)
    async with page.expect_response("**/api/v1/feedback") as told:
        await chat.panel.get_by_role("button", name="This helped").click()

    await expect(chat.answers).to_have_count(1)
    await expect(chat.panel.locator(".item.visitor")).to_have_count(1)
    assert (await (await told.value).json())["helpful"] is True


async def test_a_thumb_is_sent_and_shown(server: str, page: Page, chat: Chat) -> None:
    frames: list[str] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: frames.append(str(frame))))
    await page.goto(f"{server}/demo")
    await chat.open()
    await chat.ask(QUESTION)
    thumb = chat.panel.get_by_role("button", name="This helped")

    await thumb.click()

    await expect(thumb).to_have_attribute("aria-pressed", "true")
    assert any('"feedback"' in frame and '"helpful":true' in frame for frame in frames)


async def test_a_text_over_the_limit_is_counted_and_not_sent(server: str, page: Page, chat: Chat) -> None:
    await page.goto(f"{server}/demo")
    await chat.open()

    await chat.input.fill("x" * 4_001)
    await chat.input.press("Enter")

    await expect(chat.panel.locator("footer")).to_contain_text("4,001 of 4,000")
    await expect(chat.panel.locator(".item.visitor")).to_have_count(0)
    await expect(chat.panel.get_by_role("button", name="Send")).to_be_disabled()


async def test_the_page_opens_asks_and_hears_through_window_foyer(
    server: str, page: Page, chat: Chat
) -> None:
    await page.goto(f"{server}/demo")
    await page.evaluate(
        """() => {
          window.heard = [];
          for (const name of ['open', 'close', 'message'])
            document.addEventListener(`foyer:${name}`, (event) => window.heard.push([name, event.detail?.author]));
        }"""
    )

    await page.evaluate("foyer.open('What does Foyer cost?')")
    async with asyncio.timeout(60):
        while len(await page.evaluate("window.heard")) < 2:
            await page.wait_for_timeout(50)
    await page.evaluate("foyer.close()")

    await expect(chat.panel).to_be_hidden()
    assert await page.evaluate("window.heard") == [["open", None], ["message", "bot"], ["close", None]]


async def test_reset_forgets_the_conversation_in_this_browser(server: str, page: Page, chat: Chat) -> None:
    await page.goto(f"{server}/demo")
    await chat.open()
    await chat.ask(QUESTION)

    await page.evaluate("foyer.reset()")

    await expect(chat.panel.locator(".item.visitor")).to_have_count(0)
    await expect(chat.panel.locator(".choices button")).not_to_have_count(0)


async def test_news_behind_a_closed_panel_are_counted_on_the_button(
    server: str, page: Page, chat: Chat
) -> None:
    await page.goto(f"{server}/demo")
    await chat.open()
    await page.evaluate("foyer.close()")
    await expect(chat.launcher).to_have_accessible_name("Open chat")
    await chat.open()
    await chat.input.fill(QUESTION)
    # Sent and closed in one breath, so that no answer can come between.
    await page.evaluate(
        "document.querySelector('foyer-chat').shadowRoot.querySelector('[part=send]').click(); foyer.close()"
    )

    await expect(chat.launcher).to_have_accessible_name("Open chat, 1 new message")


async def test_a_question_of_the_page_over_the_limit_waits_in_the_composer(
    server: str, page: Page, chat: Chat
) -> None:
    await page.goto(f"{server}/demo")
    await chat.open()
    await chat.input.fill("Before that:")
    await page.evaluate("foyer.open('x'.repeat(4001))")

    await expect(chat.input).to_have_value("Before that:\n" + "x" * 4001)
    await expect(chat.panel.locator(".over")).to_contain_text("4,014")
    await expect(chat.panel.get_by_role("button", name="Send")).to_be_disabled()
    await expect(chat.panel.locator(".item.visitor")).to_have_count(0)

    await chat.input.fill("Before that:")
    await page.evaluate("foyer.open('What is Foyer?')")

    await expect(chat.panel.locator(".item.visitor")).to_have_text(re.compile("What is Foyer"))
    await expect(chat.input).to_have_value("Before that:")
