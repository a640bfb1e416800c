"""Visitors over the real socket: each asks, waits for the stored reply, and asks again."""

import asyncio
import json
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import websockets

TURNS_OF_A_CONVERSATION = 10
"""After so many a new visitor comes: a conversation has an end."""
GREETED_AT_ONCE = 20
PONG = json.dumps({"type": "pong", "data": {}})


@dataclass(slots=True)
class Taken:
    """What was measured of the turns: seconds from `say` to the first words and to the stored reply, and the whole."""

    first_words_s: list[float] = field(default_factory=list)
    replies_s: list[float] = field(default_factory=list)
    kinds: dict[str, int] = field(default_factory=dict)
    wall_s: float = 0.0
    server_cpu_s: float = 0.0

    @property
    def per_second(self) -> float:
        """Turns finished in a second."""
        return len(self.replies_s) / self.wall_s

    def percentile_ms(self, share: float) -> float:
        """Return the milliseconds below which `share` of the turns ended."""
        ordered = sorted(self.replies_s)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


async def converse(
    url: str,
    questions: Iterator[str],
    *,
    visitors: int,
    turns: int,
    cpu_s: Callable[[], float] | None = None,
) -> Taken:
    """Have `turns` questions asked by so many visitors at a time, each waiting for its reply.

    Each visitor goes on to a new conversation after some turns; all of them are greeted before the time begins.
    `cpu_s` tells how much processor time the server has used.
    """
    taken = Taken()
    each = max(1, turns // visitors)
    async with AsyncExitStack() as stack:
        gate = asyncio.Semaphore(GREETED_AT_ONCE)

        async def greet() -> Any:
            async with gate:
                return await stack.enter_async_context(line(url))

        async def visit(sockets: Sequence[Any]) -> None:
            for turn in range(each):
                await take_turn(sockets[turn // TURNS_OF_A_CONVERSATION], next(questions), taken)

        conversations = -(-each // TURNS_OF_A_CONVERSATION)
        greeted = await asyncio.gather(*(greet() for _ in range(visitors * conversations)))
        taken.server_cpu_s = -(cpu_s() if cpu_s else 0.0)
        begun = time.perf_counter()
        await asyncio.gather(
            *(visit(greeted[at : at + conversations]) for at in range(0, len(greeted), conversations))
        )
        taken.wall_s = time.perf_counter() - begun
        taken.server_cpu_s += cpu_s() if cpu_s else 0.0
    return taken


@asynccontextmanager
async def line(url: str, token: str | None = None, **options: Any) -> Any:
    """Hold a greeted socket of a visitor, a new one unless a token is given."""
    token = token or await asyncio.to_thread(open_session, url)
    address = url.replace("http", "ws") + "/api/v1/ws"
    options = {"compression": None, "max_queue": None, "ping_interval": None} | options
    async with websockets.connect(address, origin=url, subprotocols=["foyer.v1"], **options) as socket:
        await socket.send(json.dumps({"type": "hello", "data": {"token": token, "last_seq": 0}}))
        while b'"live"' not in await socket.recv(decode=False):
            pass
        yield socket


def open_session(url: str) -> str:
    """Return a new visitor's token."""
    body = json.dumps({"site": "demo"}).encode()
    headers = {"Content-Type": "application/json", "Origin": url}
    request = urllib.request.Request(url + "/api/v1/sessions", body, headers)
    with urllib.request.urlopen(request) as answer:
        return str(json.load(answer)["visitor_token"])


async def take_turn(socket: Any, question: str, taken: Taken) -> None:
    """Ask one question and wait for the stored reply."""
    said = {"client_message_id": uuid.uuid4().hex, "text": question}
    frame = json.dumps({"type": "say", "data": said})
    begun = time.perf_counter()
    await socket.send(frame)
    first = None
    while True:
        data = await socket.recv(decode=False)
        if b'"type":"ping"' in data:
            await socket.send(PONG)
        if first is None and b'"type":"delta"' in data:
            first = time.perf_counter() - begun
        if b'"type":"message"' in data:
            break
    taken.replies_s.append(time.perf_counter() - begun)
    taken.first_words_s.append(first if first is not None else taken.replies_s[-1])
    kind = json.loads(data)["data"].get("kind", "?")
    taken.kinds[kind] = taken.kinds.get(kind, 0) + 1
