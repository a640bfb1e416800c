"""A page that says who its visitor is: they find their conversation again, and a bad token stops nobody."""

from datetime import UTC, datetime

from playwright.async_api import Browser, expect

from tests.browser.conftest import Chat, PageHost, listened, snippet
from tests.identity.tokens import claims_for, signed


def page_with(server: str, token: str) -> str:
    script = f'<script type="module">foyer.setUser({{ token: "{token}" }});</script>'
    return f"<body><h1>Shop</h1>{snippet(server)}{script}</body>"


async def test_a_known_customer_finds_their_conversation_in_another_browser(
    server: str, friend: PageHost, chromium: Browser
) -> None:
    token = signed(claims_for("customer-at-two", now=datetime.now(UTC), site="guest"))
    address = friend.put("/known", page_with(server, token))
    seen = []
    for question in ("When are you open?", None):
        context = await chromium.new_context()
        chat = Chat(await listened(context))
        await chat.page.goto(address)
        await chat.open()
        if question is not None:
            await chat.ask(question)
        else:
            await expect(chat.panel.locator(".foot")).to_have_count(1)
        seen.append(await chat.transcript())
        await context.close()

    assert "When are you open?" in str(seen[0])
    assert "nine to five" in str(seen[1])
    assert "When are you open?" in str(seen[1])


async def test_a_token_that_proves_nothing_is_told_to_the_owner_and_stops_nobody(
    server: str, friend: PageHost, chromium: Browser
) -> None:
    token = signed(claims_for("customer-9", now=datetime.now(UTC), site="another"))
    context = await chromium.new_context()
    page = await listened(context)
    chat = Chat(page)
    await page.goto(friend.put("/unproven", page_with(server, token)))
    await chat.open()
    await chat.ask("When are you open?")

    assert any("The identity token is for another site" in said for said in page.said)  # type: ignore[attr-defined]
    await context.close()
