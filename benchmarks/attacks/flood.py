"""1,000 messages a second from one visitor, who comes back the moment the socket is closed."""

import asyncio
import json
import time
from collections import Counter
from dataclasses import dataclass, field

from websockets.exceptions import ConnectionClosed, WebSocketException

from benchmarks.attacks.bystanders import Row, attacked, bystanders, elsewhere, p95_ms
from tests.service.running_server import QUESTION, RunningServer
from tests.service.visitor_client import Socket, Visitor

A_SECOND = 1_000
FLOOD_S = 12.0


@dataclass
class Told:
    """What the flooding visitor was told, and when first that it is too much (s)."""

    began: float = field(default_factory=time.monotonic)
    frames: Counter[str] = field(default_factory=Counter)
    closes: Counter[int | None] = field(default_factory=Counter)
    first_refusal_s: float | None = None
    sent: int = 0

    def refused(self) -> None:
        """Note the first time that the flood was held up."""
        self.first_refusal_s = self.first_refusal_s or time.monotonic() - self.began


async def flood(server: RunningServer) -> Told:
    """Say something a thousand times a second for a while, on as many sockets as it takes."""
    told = Told()
    visitor = await Visitor.arrive(server)
    until = time.monotonic() + FLOOD_S
    told.began = time.monotonic()
    while time.monotonic() < until:
        try:
            socket = await visitor.dial()
            await socket.send("hello", {"token": visitor.token, "last_seq": 0})
        except (WebSocketException, OSError):
            told.closes[None] += 1
            await asyncio.sleep(0.01)
            continue
        listening = asyncio.create_task(listen(socket, told))
        try:
            while time.monotonic() < until and not listening.done():
                await say(socket, told)
        except ConnectionClosed:
            pass
        told.closes[await listening] += 1
    return told


async def say(socket: Socket, told: Told) -> None:
    """Say ten things at the pace of the flood."""
    for _ in range(10):
        told.sent += 1
        data = {"client_message_id": f"f{told.sent}", "text": QUESTION}
        await socket.connection.send(json.dumps({"type": "say", "data": data}))
    await asyncio.sleep(max(0.0, told.began + told.sent / A_SECOND - time.monotonic()))


async def listen(socket: Socket, told: Told) -> int | None:
    """Count what comes until the server closes; return the close code."""
    try:
        while True:
            frame = json.loads(await socket.connection.recv())
            kind = frame["data"]["code"] if frame["type"] == "error" else frame["type"]
            told.frames[kind] += 1
            if kind == "rate_limited":
                told.refused()
    except ConnectionClosed as closed:
        told.refused()
        return closed.rcvd.code if closed.rcvd else None


async def attack() -> list[Row]:
    """Flood while visitors talk."""
    with attacked() as server:
        async with bystanders(server) as others:
            alone = await others.talk(FLOOD_S)
            flooding = asyncio.create_task(elsewhere(flood, server))
            beside = await others.talk(FLOOD_S + 2)
            told = await flooding
    return [
        ("messages sent", str(told.sent), ""),
        ("limited after", f"{told.first_refusal_s or 99:.2f} s", "<= 1 s"),
        ("accepted", str(told.frames["accepted"]), "<= 20 in a minute"),
        ("closed with", str(dict(told.closes)), "4008"),
        ("others' answer p95, before", f"{p95_ms(alone):.0f} ms", ""),
        ("others' answer p95, meanwhile", f"{p95_ms(beside):.0f} ms", "<= 2x"),
    ]
