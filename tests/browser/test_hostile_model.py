"""The real widget before a model that means harm: what it writes is text or nothing, and nothing is fetched for it."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.browser.conftest import CANARY, Chat, listened
from tests.model.conftest import Model, fresh, open_model
from tests.service.running_server import ANSWER

TRUE = "We ship to **France** for 12 euros [1]. "
SAID = (
    f"![x]({CANARY}) [1].",
    f"<img src={CANARY} onerror=document.title='owned'> [1].",
    f"<script src={CANARY}></script><svg/onload=document.title='owned'> [1].",
    f"[France]({CANARY}) is [1].",
    "[France](javascript:document.title='owned') is [1].",
    f"[a]: {CANARY}\n![b][a] [1].",
    f"<style>@import '{CANARY}'</style> **[France]({CANARY})** [1].",
    f"&lt;img src={CANARY}&gt; `{CANARY}` [1].",
)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def hostile(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Model]:
    async with AsyncExitStack() as stack:
        yield await open_model(tmp_path_factory.mktemp("hostile"), stack)


async def test_what_a_model_writes_is_text_and_nothing_is_fetched(hostile: Model, chromium: Browser) -> None:
    url = hostile.server.url
    context = await chromium.new_context(bypass_csp=True)
    page = await listened(context)
    strangers: list[str] = []
    page.on("request", lambda request: strangers.append(request.url))
    line = f'<script type="module" src="{url}/widget.js" data-site="harbour"></script>'
    blank = f'<!doctype html><html lang="en"><title>A page</title><body>{line}</body></html>'
    await page.route(f"{url}/blank", lambda route: route.fulfill(body=blank, content_type="text/html"))
    await page.goto(f"{url}/blank")
    chat = Chat(page)
    await chat.open()

    for said in SAID:
        hostile.say(TRUE, said)
        before = await chat.panel.locator(".foot").count()
        await chat.panel.get_by_role("textbox", name="Your message").fill(fresh())
        await page.keyboard.press("Enter")
        await expect(chat.panel.locator(".foot")).to_have_count(before + 1)

    await expect(chat.answers.last).to_contain_text(ANSWER)
    assert await page.title() == "A page"
    assert [address for address in strangers if not address.startswith(f"{url}/")] == []
    assert await chat.panel.locator(".item :is(img, script, style, iframe, svg[onload])").count() == 0
    links = await chat.panel.locator(".item a").evaluate_all("(all) => all.map(({ href }) => href)")
    assert not [href for href in links if CANARY in href or href.startswith("javascript:")]
    assert hostile.server.rows("SELECT 1 FROM messages WHERE kind = 'generated'")
    await context.close()
