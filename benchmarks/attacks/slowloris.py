"""2,000 connections that dribble: headers, bodies, handshakes, silence, and a kept connection that is left idle."""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field

from benchmarks.attacks.bystanders import (
    Row,
    attacked,
    bystanders,
    elsewhere,
    open_files,
    p95_ms,
    resident_mib,
)
from tests.service.running_server import RunningServer
from tests.service.visitor_client import http_client

WATCHED_S = 22.0
CLOSED_WITHIN_S = 15.0
DRIBBLE_S = 1.0
HEAD = "POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nOrigin: {origin}\r\nContent-Type: application/json\r\n"
BEGINNINGS = {
    "header": b"GET /healthz HTTP/1.1\r\nHost: x\r\n",
    "body": (HEAD + "Content-Length: 60000\r\n\r\n").encode() + b'{"site": "',
    "chunked body": (HEAD + "Transfer-Encoding: chunked\r\n\r\n").encode(),
    "handshake": b"GET /api/v1/ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n",
    "silence": b"",
    "idle": b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
    "blank lines": b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
}
DRIBBLES = {
    "header": b"X-A: b\r\n",
    "body": b"a",
    "chunked body": b"1\r\na\r\n",
    "handshake": b"X-A: b\r\n",
    "blank lines": b"\r\n",
}


@dataclass
class Lasted:
    """How long each kind of connection was let live (s)."""

    by_kind: dict[str, list[float]] = field(default_factory=dict)
    survivors: Counter[str] = field(default_factory=Counter)


async def dribble_all(server: RunningServer, connections: int) -> Lasted:
    """Hold many connections as long as the server lets us."""
    lasted = Lasted()
    kinds = list(BEGINNINGS)
    await asyncio.gather(*(dribble(server, kinds[n % len(kinds)], lasted) for n in range(connections)))
    return lasted


async def dribble(server: RunningServer, kind: str, lasted: Lasted) -> None:
    """Hold one connection as long as the server lets us."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    began = time.monotonic()
    try:
        writer.write(BEGINNINGS[kind].replace(b"{origin}", server.url.encode()))
        reading = asyncio.create_task(until_closed(reader))
        while time.monotonic() - began < WATCHED_S:
            done, _ = await asyncio.wait({reading}, timeout=DRIBBLE_S)
            if done:
                lasted.by_kind.setdefault(kind, []).append(time.monotonic() - began)
                return
            writer.write(DRIBBLES.get(kind, b""))
        lasted.survivors[kind] += 1
        reading.cancel()
    finally:
        writer.close()


async def until_closed(reader: asyncio.StreamReader) -> None:
    """Read until the server closes, politely or not."""
    try:
        while await reader.read(65_536):
            pass
    except ConnectionError:
        pass


async def ask_health(server: RunningServer, for_s: float) -> list[float]:
    """Return the seconds of each new connection's /healthz."""
    seconds = []
    until = time.monotonic() + for_s
    while time.monotonic() < until:
        began = time.monotonic()
        async with http_client(server) as client:
            assert (await client.get("/healthz")).status_code == 200
        seconds.append(time.monotonic() - began)
        await asyncio.sleep(0.1)
    return seconds


async def attack(connections: int = 2_000) -> list[Row]:
    """Dribble on many connections at once while visitors talk."""
    with attacked() as server:
        async with bystanders(server) as others:
            alone = await others.talk(8)
            before, files = resident_mib(server), open_files(server)
            dribbling = asyncio.create_task(elsewhere(dribble_all, server, connections))
            beside, health = await asyncio.gather(others.talk(12), ask_health(server, 12))
            peak = resident_mib(server)
            lasted = await dribbling
            await asyncio.sleep(1)
            left = open_files(server) - files
    longest = {kind: max(seconds) for kind, seconds in lasted.by_kind.items()}
    rows: list[Row] = [
        (
            f"longest-lived, {kind}",
            f"{longest[kind]:.1f} s" if kind in longest else "-",
            f"<= {CLOSED_WITHIN_S:.0f} s",
        )
        for kind in BEGINNINGS
    ]
    return [
        *rows,
        ("still open after 22 s", str(lasted.survivors.total()), "0"),
        ("files left open", str(left), "0"),
        ("memory for each connection", f"{(peak - before) * 1024 / connections:.0f} KiB", ""),
        ("/healthz p95 meanwhile", f"{p95_ms(health):.0f} ms", "<= 100 ms"),
        ("others' answer p95, before", f"{p95_ms(alone):.0f} ms", ""),
        ("others' answer p95, meanwhile", f"{p95_ms(beside):.0f} ms", "<= 2x"),
    ]
