"""200 sockets that ask for a long history and read nothing; some go on sending pings."""

import asyncio
import contextlib
import time
from typing import Any

from websockets.exceptions import ConnectionClosed

from benchmarks.attacks.bystanders import (
    Row,
    attacked,
    bystanders,
    elsewhere,
    open_files,
    p95_ms,
    resident_mib,
)
from tests.service.raw_client import unread
from tests.service.running_server import RunningServer
from tests.service.visitor_client import Visitor

LONG = "We would like to know more about the bikes that you have. " * 60
MESSAGES = 150
OPENING_S = 4.0
"""Over how long they are opened: how many may connect at once is another question."""
WATCHED_S = 40.0
GENEROUS = {
    "FOYER_LIMIT_MESSAGES_PER_MINUTE": "100000",
    "FOYER_LIMIT_MESSAGE_BURST": "100000",
    "FOYER_LIMIT_FRAMES_PER_MINUTE": "100000",
    "FOYER_LIMIT_SOCKETS_PER_VISITOR": "1000",
    "FOYER_LIMIT_SOCKETS_PER_ADDRESS": "1000",
}


async def talkative(server: RunningServer) -> Visitor:
    """Return a visitor whose history is long."""
    visitor = await Visitor.arrive(server)
    socket, _ = await visitor.connect()
    for number in range(MESSAGES):
        await socket.ask(f"{number} {LONG}"[:4_000])
    await socket.close()
    return visitor


async def hold_all(server: RunningServer, session: dict[str, Any], connections: int) -> None:
    """Hold many sockets of one visitor."""
    visitor = Visitor(server, session, origin=server.url, address="127.0.0.1")
    opening = []
    for number in range(connections):
        opening.append(asyncio.create_task(not_reading(visitor, is_pinging=bool(number % 2))))
        await asyncio.sleep(OPENING_S / connections)
    await asyncio.gather(*opening)


async def not_reading(visitor: Visitor, *, is_pinging: bool) -> None:
    """Say hello on a socket and read nothing for a while."""
    async with unread(visitor) as connection:
        began = time.monotonic()
        while time.monotonic() - began < WATCHED_S:
            if is_pinging:
                with contextlib.suppress(ConnectionClosed):
                    await connection.send('{"type": "ping"}')
            await asyncio.sleep(0.5)


async def attack(connections: int = 200) -> list[Row]:
    """Open them while visitors talk."""
    with attacked(GENEROUS) as server:
        visitor = await talkative(server)
        async with bystanders(server) as others:
            alone = await others.talk(8)
            before, files = resident_mib(server), open_files(server)
            holding = asyncio.create_task(elsewhere(hold_all, server, visitor.session, connections))
            watching = asyncio.create_task(watch(server))
            beside = await others.talk(12)
            seen = await watching
            await holding
    peak, after = max(mib for _, mib, _ in seen), seen[-1][1]
    gone = [since for since, _, opened in seen if since > 2 and opened <= files]
    return [
        ("history asked for", f"{MESSAGES * 2} messages", ""),
        ("memory for each socket, at most", f"{(peak - before) * 1024 / connections:.0f} KiB", "<= 1024 KiB"),
        ("memory when all are gone", f"+{after - before:.1f} MiB", ""),
        ("all closed after", f"{gone[0]:.1f} s" if gone else "never", "<= 30 s"),
        ("still open after 40 s", str(max(0, seen[-1][2] - files)), "0"),
        ("others' answer p95, before", f"{p95_ms(alone):.0f} ms", ""),
        ("others' answer p95, meanwhile", f"{p95_ms(beside):.0f} ms", "<= 2x"),
    ]


async def watch(server: RunningServer) -> list[tuple[float, float, int]]:
    """Return, several times a second, the time since the start (s), memory (MiB) and open files of the server."""
    began = time.monotonic()
    seen = []
    while (since := time.monotonic() - began) < WATCHED_S - 1:
        seen.append((since, resident_mib(server), open_files(server)))
        await asyncio.sleep(0.2)
    return seen
