"""How the modules come: each group in one round; and what a page gets that has the loader's line twice."""

import asyncio
import re
from collections.abc import Sequence
from types import ModuleType

import pytest
from playwright.async_api import Page, Route, expect

from tests.browser.conftest import Chat, PageHost, snippet
from tests.browser.test_weight import size as size  # noqa: PLC0414 - the fixture


class Held:
    """Holds every answer of some modules back until all of them were asked for: nobody waits for another's text."""

    def __init__(self, names: Sequence[str]) -> None:
        self.missing = set(names)
        self._all_asked = asyncio.Event()

    async def hold(self, route: Route) -> None:
        """Hold one answer back."""
        self.missing.discard(re.sub(r".*/widget/[^/]+/", "", route.request.url))
        if not self.missing:
            self._all_asked.set()
        await self._all_asked.wait()
        await route.continue_()

    async def on(self, page: Page) -> None:
        """Begin."""
        names = "|".join(map(re.escape, self.missing))
        await page.route(re.compile(rf"/widget/[^/]+/({names})$"), self.hold)

    async def over(self) -> None:
        """Wait until all were asked for; says which were not."""
        try:
            await asyncio.wait_for(self._all_asked.wait(), 10)
        except TimeoutError:
            raise AssertionError(f"Waited for another to name them: {sorted(self.missing)}") from None
        finally:
            self._all_asked.set()


LATER = ("more_styles.js", "strings/en_more.js")


@pytest.mark.parametrize("group", ["panel", "transcript", "look", "menu", "form", "opinion"])
async def test_no_module_waits_for_another_to_name_it(
    server: str, friend: PageHost, page: Page, chat: Chat, size: ModuleType, group: str
) -> None:
    is_first = group in {"panel", "transcript", "look"}
    groups = {"look", "contrast"} if group == "look" else {group}
    held = Held(
        [name for of, name, _ in size.files(server) if of in groups] if is_first else (f"{group}.js", *LATER)
    )
    own = "<style>foyer-chat { --foyer-ink: #222 }</style>"
    await page.goto(friend.put("/rounds", f"<body>{snippet(server)}</body>", head=own))
    if not is_first:
        await chat.open()
        await chat.ask("When are you open?")
    await held.on(page)

    if group == "menu":
        await chat.panel.get_by_role("button", name="More").click()
    elif group == "opinion":
        await chat.panel.get_by_role("button", name="This helped").click()
    elif group == "form":
        await chat.input.fill("I want to talk to a person")
        await chat.input.press("Enter")
    else:
        await chat.launcher.click()

    await held.over()


async def chats(page: Page) -> list[str]:
    """Return the sites of the chats on the page."""
    return await page.locator("foyer-chat").evaluate_all(  # type: ignore[no-any-return]
        "(all) => all.map((one) => one.getAttribute('site'))"
    )


@pytest.mark.parametrize("more", ["", "?again"])
async def test_the_same_line_twice_is_one_chat_and_nothing_is_said(
    server: str, friend: PageHost, page: Page, chat: Chat, more: str
) -> None:
    twice = snippet(server) + snippet(server).replace("widget.js", f"widget.js{more}")
    await page.goto(friend.put("/twice", f"<body>{twice}</body>"))
    await page.wait_for_load_state("networkidle")

    assert await chats(page) == ["guest"]
    await page.evaluate("foyer.open('When are you open?')")
    await expect(chat.answers.last).to_contain_text("weekdays")
    assert page.said == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("more", ["", "?again"])
async def test_another_site_of_the_same_server_has_its_chat(
    server: str, friend: PageHost, page: Page, more: str
) -> None:
    other = snippet(server, "demo").replace("widget.js", f"widget.js{more}")
    await page.goto(friend.put("/sites", f"<body>{snippet(server)}{other}</body>"))
    await page.wait_for_load_state("networkidle")

    assert await chats(page) == ["guest", "demo"]
    await page.evaluate("document.body = document.createElement('body')")
    await expect(page.locator("foyer-chat")).to_have_count(2)
    assert page.said == []  # type: ignore[attr-defined]


async def test_another_servers_chat_is_refused_with_one_word_to_the_owner(
    server: str, friend: PageHost, page: Page, chat: Chat
) -> None:
    elsewhere = server.replace("127.0.0.1", "localhost")
    await page.goto(friend.put("/hosts", f"<body>{snippet(server)}{snippet(elsewhere)}</body>"))
    async with asyncio.timeout(15):
        while not page.said:  # type: ignore[attr-defined]
            await page.wait_for_timeout(50)

    assert await chats(page) == ["guest"]
    await page.evaluate("foyer.open('When are you open?')")
    await expect(chat.answers.last).to_contain_text("weekdays")
    (said,) = page.said  # type: ignore[attr-defined]
    assert said.startswith(f"Foyer: a page has the chats of one server. Here are those of {server}/widget.js")
    assert f"{elsewhere}/ is left out" in said
