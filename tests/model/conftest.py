"""The real service with a language model: a stand-in provider of ours, over HTTP."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.llm.provider import Protocol, Provider
from tests.llm.script import Request, Script
from tests.service.conftest import GENEROUS
from tests.service.running_server import RunningServer, write_site
from tests.service.visitor_client import Frame, Socket, Visitor

MODEL = """
model:
  name: {kind}:stand-in
  base_url: {url}
  key: ${{FOYER_SECRET_MODEL}}
"""
KINDS: dict[Protocol, str] = {"openai": "compatible", "anthropic": "anthropic"}
KEY = "sk-standin-never-to-be-seen"
GENERATED = "Yes, we ship to France for 12 euros within three days [1]."
_marks = itertools.count(1)


def fresh() -> str:
    """Return the question as nobody asked it before: what is asked again is not worded again."""
    return "Do you ship to France" + "?" * next(_marks)


@dataclass
class Model:
    """What the stand-in says next, and what it was asked; `facts` are asked for apart from answers."""

    provider: Provider
    server: RunningServer
    answer: Script | Callable[[Request], Script] = field(default_factory=lambda: Script(pieces=(GENERATED,)))
    facts: Script = field(default_factory=lambda: Script(value={"facts": []}))
    question: Script = field(default_factory=lambda: Script(pieces=("?",)))
    mapped_when_ready: str = ""

    def say(self, *pieces: str, **script: Any) -> None:
        """Have answers be these pieces."""
        self.answer = Script(pieces=pieces, **script)

    def asked(self, kind: str) -> list[Request]:
        """Return the requests for an `answer`, for `facts`, or for a completed `question`."""
        return [request for request in self.provider.requests if kind_of(request) == kind]

    def script_for(self, request: Request) -> Script:
        """Return what is answered to a request."""
        said = {"trial": Script(), "answer": self.answer, "facts": self.facts, "question": self.question}[
            kind_of(request)
        ]
        return said if isinstance(said, Script) else said(request)


def kind_of(request: Request) -> str:
    """Tell what is asked for by the instructions; a `trial` is made when a server starts."""
    if "You are tried out" in request.text:
        return "trial"
    if "point at the words" in request.text:
        return "facts"
    return "question" if "You complete a question" in request.text else "answer"


async def open_model(
    folder: Path,
    stack: AsyncExitStack,
    *,
    more: str = "",
    protocol: Protocol = "openai",
    workers: int = 1,
    **settings: str,
) -> Model:
    """Start a server whose site has a model."""
    provider = await stack.enter_async_context(Provider(protocol))
    site = write_site(folder / "site")
    with (site / "foyer.yaml").open("a") as file:
        file.write(MODEL.format(kind=KINDS[protocol], url=provider.base_url) + more)
    environment = GENEROUS | {
        "FOYER_SECRET_MODEL": KEY,
        "FOYER_OUTBOUND_ALLOW": provider.entry,
        "FOYER_LIMIT_FRAMES_PER_MINUTE": "100000",
        **settings,
    }
    server = RunningServer(site, folder / "home", environment, workers=workers)
    model = Model(provider, server)
    provider.script = [model.script_for]
    await asyncio.to_thread(server.start)
    stack.callback(server.kill)
    maps = Path(f"/proc/{server.pid}/maps")
    model.mapped_when_ready = await asyncio.to_thread(maps.read_text)
    return model


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def opened(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Model]:
    async with AsyncExitStack() as stack:
        yield await open_model(tmp_path_factory.mktemp("model"), stack)


@pytest.fixture
def model(opened: Model) -> Model:
    """A server with a model that words the answer rightly, until the test says otherwise."""
    opened.answer = Script(pieces=(GENERATED,))
    opened.facts, opened.question = Script(value={"facts": []}), Script(pieces=("?",))
    opened.provider.requests.clear()
    return opened


@pytest_asyncio.fixture(loop_scope="session")
async def arrive(model: Model) -> AsyncIterator[Callable[[], Awaitable[Socket]]]:
    """Return what brings a new visitor, connected."""
    async with AsyncExitStack() as stack:

        async def come() -> Socket:
            socket, _ = await (await Visitor.arrive(model.server)).connect()
            stack.push_async_callback(socket.close)
            return socket

        yield come


@pytest_asyncio.fixture(loop_scope="session")
async def socket(arrive: Callable[[], Awaitable[Socket]]) -> Socket:
    return await arrive()


def told(socket: Socket, accepted: Frame) -> list[str]:
    """Return the words of a reply as they were told while it was written."""
    return [
        frame["data"]["text"]
        for frame in socket.frames
        if frame["type"] == "delta" and frame["data"]["in_reply_to"] == accepted["message_id"]
    ]
