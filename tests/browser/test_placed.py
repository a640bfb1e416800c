"""Where a page puts the chat: it moves nothing, and works wherever its script or its element stands."""

from itertools import pairwise

import pytest
from playwright.async_api import Page, Route, expect

from tests.browser.conftest import Chat, PageHost, snippet

PIECES = "<header>a</header><main>b</main><footer>c</footer>"
PLACES = """[...document.querySelectorAll('header,main,footer')].map((piece) => {
  const { x, y, width, height } = piece.getBoundingClientRect();
  return [x, y, width, height];
})"""


@pytest.mark.parametrize(
    "body",
    [
        "display:grid;place-items:center;min-height:100vh",
        "display:flex;justify-content:space-between",
        "display:flex;flex-direction:column;gap:24px;min-height:100vh",
        "display:grid;grid-template-rows:auto 1fr auto;gap:20px;min-height:100vh",
    ],
)
async def test_the_closed_chat_moves_nothing_of_the_page(
    server: str, friend: PageHost, page: Page, chat: Chat, body: str
) -> None:
    head = f"<style>body {{ {body} }}</style>"
    await page.goto(friend.put("/without", f"<body>{PIECES}</body>", head=head))
    without = await page.evaluate(PLACES)

    await page.goto(friend.put("/with", f"<body>{PIECES}{snippet(server)}</body>", head=head))
    await chat.launcher.wait_for()

    assert await page.evaluate(PLACES) == without


@pytest.mark.parametrize("way", ["async", "injected"])
async def test_a_script_that_runs_before_the_body_waits_for_it(
    server: str, friend: PageHost, page: Page, chat: Chat, way: str
) -> None:
    injected = f"""<script>
      const script = document.createElement('script');
      Object.assign(script, {{ type: 'module', src: '{server}/widget.js' }}).dataset.site = 'guest';
      document.head.append(script);
    </script>"""
    line = snippet(server, more="async") if way == "async" else injected

    async def late(route: Route) -> None:
        await page.wait_for_function("window.foyer", polling=50)
        await route.fulfill(body="", content_type="text/javascript")

    await page.route("**/slow.js", late)
    slow = '<script src="/slow.js"></script>'
    await page.goto(friend.put("/early", "<body><h1>Page</h1></body>", head=line + slow))

    await chat.open()
    assert page.said == []  # type: ignore[attr-defined]


async def test_calls_before_the_panel_is_there_are_done_in_their_order(
    server: str, friend: PageHost, page: Page, chat: Chat
) -> None:
    await page.goto(friend.put("/calls", f"<body>{snippet(server)}</body>"))
    # Whichever call fetched first is held up: none may overtake another.
    delays = iter(range(400, 0, -40))

    async def slow(route: Route) -> None:
        await page.wait_for_timeout(next(delays, 0))
        await route.continue_()

    await page.route("**/strings/en.js", slow)
    await page.wait_for_function("window.foyer")
    await page.evaluate("""() => {
      foyer.reset(); foyer.open('When are you open?'); foyer.open('What does it cost to rent a room?');
      foyer.toggle(); foyer.toggle();
    }""")

    await expect(chat.panel.locator(".item.visitor")).to_have_count(2)
    await expect(chat.panel).to_be_visible()
    said = [text for text in await chat.transcript() if text.startswith("You")]
    assert ["open?" in said[0], "rent" in said[1]] == [True, True]


async def test_a_panel_that_could_not_be_fetched_is_fetched_with_the_next_call(
    server: str, friend: PageHost, page: Page, chat: Chat
) -> None:
    await page.route("**/render.js", lambda route: route.abort())
    await page.goto(friend.put("/retried", f"<body>{snippet(server)}</body>"))
    await page.wait_for_function("window.foyer")
    await page.evaluate("foyer.open()")
    await page.unroute_all()

    await chat.open()
    assert [text for text in page.said if "uncaught" in text] == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("media", ["screen", "print"])
async def test_an_inline_chat_is_hidden_when_it_is_to_be(
    server: str, friend: PageHost, page: Page, media: str
) -> None:
    hidden = "hidden" if media == "screen" else ""
    body = f'<body><foyer-chat site="guest" mode="inline" {hidden}></foyer-chat></body>'
    await page.emulate_media(media=media)  # type: ignore[arg-type]
    async with page.expect_response("**/mode.js"):
        await page.goto(
            friend.put("/inline", body, head=f'<script type="module" src="{server}/widget.js"></script>')
        )
    await page.wait_for_function(
        "document.querySelector('foyer-chat').shadowRoot.adoptedStyleSheets.length > 1"
    )

    await expect(page.locator("foyer-chat")).to_have_css("display", "none")
    await page.emulate_media(media="screen")
    await page.evaluate("document.querySelector('foyer-chat').hidden = false")
    await expect(page.locator("foyer-chat")).to_have_css("height", "600px")


async def test_in_a_dialog_of_the_page_the_button_can_be_pressed(
    server: str, friend: PageHost, page: Page, chat: Chat
) -> None:
    body = f"""<body><dialog style="width:300px"><button id="leave" onclick="this.parentElement.close()">Leave</button>
      <foyer-chat site="guest"></foyer-chat></dialog>
      <script type="module" src="{server}/widget.js"></script></body>"""
    await page.goto(friend.put("/dialog", body))
    await page.wait_for_load_state("networkidle")
    for _ in pairwise(range(3)):
        await page.evaluate("document.querySelector('dialog').showModal()")
        await chat.open()
        await page.keyboard.press("Escape")
        await expect(chat.panel).to_be_hidden()
        await page.locator("#leave").click()
        await expect(chat.launcher).to_be_hidden()


async def test_from_a_shadow_root_of_the_page_it_is_heard_and_called(
    server: str, friend: PageHost, page: Page, chat: Chat
) -> None:
    body = f"""<body><div id="holder"></div><script type="module" src="{server}/widget.js"></script>
      <script type="module">
        window.heard = [];
        for (const name of ['ready', 'open']) document.addEventListener(`foyer:${{name}}`, () => heard.push(name));
        holder.attachShadow({{ mode: 'open' }}).innerHTML = '<foyer-chat site="guest"></foyer-chat>';
      </script></body>"""
    await page.goto(friend.put("/shadow", body))

    await page.evaluate("holder.shadowRoot.querySelector('foyer-chat').call('open', 'When are you open?')")

    await expect(chat.answers.last).to_contain_text("weekdays")
    assert await page.evaluate("heard") == ["ready", "open"]
