"""Thousands of sends, many of them twice, from four sockets of each visitor to two workers: one row each?

    python -m benchmarks.line.sends [--sends 10000] [--visitors 50] [--workers 2]

Of every visitor's messages 30 % are sent by a second of their sockets too, which one's turn is left to chance.
What is refused for a while (`retry`) is sent again, as a client does, and counted.
"""

import argparse
import asyncio
import json
import random
import sqlite3
import time
from collections import Counter
from pathlib import Path
from typing import Any

import httpx2
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from benchmarks.line.rolling import serving

SOCKETS = 4
SHARE_TWICE = 0.3
AT_ONCE = 20
"""Messages of one socket that wait for `accepted`."""


async def send_all(url: str, *, sends: int, visitors: int) -> Counter[str]:
    """Send everything; return what was told, by kind."""
    told: Counter[str] = Counter()
    await asyncio.gather(*(visit(url, number, sends // visitors, told) for number in range(visitors)))
    return told


async def visit(url: str, number: int, sends: int, told: Counter[str]) -> None:
    """Send one visitor's messages from four sockets."""
    chance = random.Random(number)
    async with httpx2.AsyncClient(base_url=url, timeout=60) as client:
        opened = await client.post("/api/v1/sessions", json={"site": "demo"}, headers={"Origin": url})
    token = opened.raise_for_status().json()["visitor_token"]
    n_keys = round(sends / (1 + SHARE_TWICE))
    parts: list[list[str]] = [[] for _ in range(SOCKETS)]
    for at in range(n_keys):
        places = chance.sample(range(SOCKETS), 2 if chance.random() < SHARE_TWICE else 1)
        for place in places:
            parts[place].append(f"v{number}-{at}")
    known: dict[str, tuple[str, int]] = {}
    await asyncio.gather(*(speak(url, token, part, known, told) for part in parts))
    assert sorted(seq for _, seq in known.values()) == sorted({seq for _, seq in known.values()})
    told["messages"] += len(known)


async def speak(
    url: str, token: str, keys: list[str], known: dict[str, tuple[str, int]], told: Counter[str]
) -> None:
    """Send the messages of one socket, a few at once, and compare what each acceptance says."""
    async with connect(
        url.replace("http", "ws", 1) + "/api/v1/ws",
        origin=Origin(url),
        subprotocols=[Subprotocol("foyer.v1")],
        ping_interval=None,
        proxy=None,
        open_timeout=60,
    ) as socket:
        await socket.send(json.dumps({"type": "hello", "data": {"token": token, "last_seq": 0}}))
        for start in range(0, len(keys), AT_ONCE):
            waiting = set(keys[start : start + AT_ONCE])
            for key in waiting:
                await say(socket, key)
            while waiting:
                data = await accepted_of(socket, told)
                told["duplicates" if data["duplicate"] else "first"] += 1
                answer = (data["message_id"], data["seq"])
                assert known.setdefault(data["client_message_id"], answer) == answer
                waiting.discard(data["client_message_id"])


async def say(socket: ClientConnection, key: str) -> None:
    """Send a message; the frame is called after it."""
    said = {"client_message_id": key, "text": f"thanks {key}"}
    await socket.send(json.dumps({"type": "say", "id": key, "data": said}))


async def accepted_of(socket: ClientConnection, told: Counter[str]) -> dict[str, Any]:
    """Return the data of the next acceptance; heartbeats are answered meanwhile, and refusals for a while."""
    while True:
        frame = json.loads(await socket.recv())
        if frame["type"] == "ping":
            await socket.send(json.dumps({"type": "pong", "data": {}}))
        elif frame["type"] == "error":
            assert frame["data"]["retry"], frame
            told[f"refused: {frame['data']['code']}"] += 1
            await asyncio.sleep(frame["data"]["retry_after_ms"] / 1000)
            await say(socket, frame["id"])
        elif frame["type"] == "accepted":
            data: dict[str, Any] = frame["data"]
            return data


def rows(home: Path) -> dict[str, int]:
    """Count what the database holds."""
    with sqlite3.connect(f"file:{home / 'foyer.db'}?mode=ro", uri=True) as connection:
        said, kept, answered = connection.execute(
            "SELECT count(client_message_id), count(DISTINCT client_message_id), "
            "count(DISTINCT in_reply_to) FROM messages"
        ).fetchone()
    return {"rows": said, "different": kept, "answered": answered}


def main() -> None:
    """Print what was counted."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sends", type=int, default=10_000)
    parser.add_argument("--visitors", type=int, default=50)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    with serving(asked.workers) as (url, _, log):
        began_s = time.monotonic()
        told = asyncio.run(send_all(url, sends=asked.sends, visitors=asked.visitors))
        print({**told, **rows(log.parent / "home"), "seconds": round(time.monotonic() - began_s)})


if __name__ == "__main__":
    main()
