"""Words that come over seconds, as from a language model: they grow in place and are replaced quietly."""

import asyncio
import itertools
import json
from typing import Any

import pytest
from playwright.async_api import BrowserContext, WebSocketRoute, expect

from tests.browser.conftest import Chat, listened

QUESTION = "What does Foyer cost?"
STREAMED = [
    "Foyer costs nothing. [1] ",
    "You pay for the machine it runs on, ",
    "and for nobody else. ",
    "It is **free software**. ",
]
MORE = [f"Sentence {n} says a little more about what that means for you and your team. " for n in range(12)]
WATCH = """() => {
  const root = document.querySelector('foyer-chat').shadowRoot;
  const region = root.querySelector('.sr[aria-live=polite]');
  const asked = [...root.querySelectorAll('.item.visitor')].pop();
  window.seen = [];
  window.heard = [];
  new MutationObserver(() => window.heard.push(region.textContent))
    .observe(region, { childList: true, characterData: true, subtree: true });
  const look = () => {
    const after = [...root.querySelectorAll('.item')].slice([...root.querySelectorAll('.item')].indexOf(asked) + 1);
    window.seen.push([
      Math.round(asked.getBoundingClientRect().top),
      after.length + root.querySelectorAll('.wait').length,
      after.map((item) => item.querySelector('.body').textContent).join('|'),
    ]);
    requestAnimationFrame(look);
  };
  look();
}"""


class Model:
    """Between page and server: the reply is kept back, and said in pieces of a test's own."""

    def __init__(self) -> None:
        self.reply: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self.page: WebSocketRoute | None = None

    async def stand_between(self, route: WebSocketRoute) -> None:
        """Pass everything on but replies."""
        self.page = route
        server = route.connect_to_server()
        route.on_message(server.send)

        def heard(text: str | bytes) -> None:
            frame = json.loads(text)
            if frame["type"] == "message" and frame["data"]["author"] == "bot" and not self.reply.done():
                self.reply.set_result(frame)
            elif frame["type"] != "delta":
                route.send(text)

        server.on_message(heard)

    async def say(self, pieces: list[str]) -> dict[str, Any]:
        """Say the pieces one by one; return the frame of the reply."""
        frame = await self.reply
        assert self.page is not None
        for n, text in enumerate(pieces, 1):
            data = {"in_reply_to": frame["data"]["in_reply_to"], "n": n, "text": text}
            self.page.send(json.dumps({"type": "delta", "data": data}))
            await asyncio.sleep(0.06)
        return frame

    def end(self, frame: dict[str, Any], **changes: Any) -> None:
        """Send the reply itself."""
        assert self.page is not None
        self.page.send(json.dumps(frame | {"data": frame["data"] | changes}))


async def asked(context: BrowserContext, server: str, height: int) -> tuple[Chat, Model]:
    model = Model()
    await context.route_web_socket("**/api/v1/ws", model.stand_between)
    chat = Chat(await listened(context))
    await chat.page.set_viewport_size({"width": 1000, "height": height})
    await chat.page.goto(f"{server}/demo")
    await chat.open()
    await chat.at_rest()
    await chat.input.fill(QUESTION)
    await chat.input.press("Enter")
    await expect(chat.panel.locator(".wait")).to_have_count(1)
    await chat.page.evaluate(WATCH)
    return chat, model


@pytest.mark.parametrize(
    ("height", "pieces", "final"),
    [
        (860, STREAMED, "the same"),
        (860, STREAMED + MORE, "shorter"),
        (420, STREAMED + MORE, "the same"),
        (420, STREAMED + MORE, "other"),
        (420, STREAMED, "shorter"),
    ],
)
async def test_streamed_words_grow_and_are_replaced_in_place(
    server: str, context: BrowserContext, height: int, pieces: list[str], final: str
) -> None:
    chat, model = await asked(context, server, height)
    frame = await model.say(pieces)
    streamed = "".join(pieces).strip()
    text = {
        "the same": streamed,
        "shorter": STREAMED[0].strip(),
        "other": "I do not know; " + "nothing is written of it. " * 6,
    }
    model.end(frame, text=text[final], degraded=final != "the same")
    await expect(chat.panel.locator(".foot")).to_have_count(1)
    await chat.page.wait_for_timeout(100)

    seen = await chat.page.evaluate("window.seen")
    tops = [top for top, _, _ in seen]
    assert sorted(tops, reverse=True) == tops, "what is above only ever moves up, to make room"
    assert {count for _, count, _ in seen} == {1}
    growing = [words for _, _, words in seen if words]
    streaming = growing[: next(n for n, words in enumerate(growing) if words == growing[-1])]
    assert all(after.startswith(before) for before, after in itertools.pairwise(streaming))
    heard = await chat.page.evaluate("window.heard")
    assert len(heard) == 1
    assert heard[0].count("Foyer costs nothing") == (final != "other")
