"""Kill -9 at random moments of a running conversation: nothing that was accepted is lost, doubled or left open.

The visitor's program keeps an outbox as `foyer.v1` asks: what is not accepted is sent again. The judge is the
database file, read from outside, and what a fresh socket is sent.
"""

import asyncio
import contextlib
import json
import os
import random
import signal
import time
from collections import Counter
from dataclasses import dataclass, field

import pytest
from websockets.exceptions import WebSocketException

from tests.service.running_server import QUESTION, RunningServer, until
from tests.service.visitor_client import Frame, Socket, Visitor

KILLS = 8
"""`python -m benchmarks.attacks` is the long form."""
MOST_KILLS = 40
"""On a machine that stalls the moments may all fall outside a turn: then it goes on until one is cut."""
SEED = 20260115
FINISHED_WITHIN_S = 60.0
"""How long after a start unfinished turns may take, by the protocol."""
LINES = (
    QUESTION,
    "Hello",
    "How much is the city bike?",
    "We are 40 people and our budget is 30k",
    "thanks",
    "What is the airspeed of a swallow?",
    "My e-mail is ada@harbour.example",
    "yes",
)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


@dataclass
class Outbox:
    """What the visitor wrote: waiting until it is accepted, then known by its message id and seq."""

    waiting: dict[str, str] = field(default_factory=dict)
    accepted: dict[str, Frame] = field(default_factory=dict)
    written: int = 0

    def write(self, text: str) -> None:
        """Put a new message in."""
        self.written += 1
        self.waiting[f"w{self.written}"] = text

    async def send_all(self, socket: Socket) -> None:
        """Send what waits and take in what is accepted, until nothing waits."""
        for key, text in list(self.waiting.items()):
            await socket.send("say", {"client_message_id": key, "text": text})
        while self.waiting:
            accepted = (await socket.until("accepted"))["data"]
            earlier = self.accepted.setdefault(accepted["client_message_id"], accepted)
            assert (earlier["message_id"], earlier["seq"]) == (accepted["message_id"], accepted["seq"])
            self.waiting.pop(accepted["client_message_id"], None)


async def talk_until_the_server_is_gone(socket: Socket, outbox: Outbox) -> None:
    """Send the outbox, and listen on until the connection is lost."""
    with contextlib.suppress(WebSocketException, OSError):
        await outbox.send_all(socket)
        while True:
            await socket.connection.recv()


async def seconds_of_a_turn(socket: Socket) -> float:
    """Return how long this machine takes from a question to its answer now."""
    began = time.monotonic()
    await socket.ask(QUESTION)
    return time.monotonic() - began


async def test_kills_lose_nothing_double_nothing_and_leave_nothing_open(
    own_server: RunningServer,
) -> None:
    chance = random.Random(SEED)
    server = own_server
    visitor = await Visitor.arrive(server)
    outbox = Outbox()
    found: Counter[str] = Counter()

    kills = 0
    while kills < KILLS or (kills < MOST_KILLS and not found["a cut turn"]):
        kills += 1
        socket, _ = await visitor.connect()
        turn_s = await seconds_of_a_turn(socket)
        for _ in range(chance.randint(1, 3)):
            outbox.write(chance.choice(LINES))
        talking = asyncio.create_task(talk_until_the_server_is_gone(socket, outbox))
        await asyncio.sleep(chance.uniform(0.0, 2 * turn_s))  # the moment of the kill is the experiment
        os.kill(server.pid, signal.SIGKILL)
        await talking
        await asyncio.to_thread(server.kill)
        found.update(state_on_disk(server, outbox))

        await asyncio.to_thread(server.start)

        await asyncio.to_thread(until, lambda: not unanswered(server), within_s=FINISHED_WITHIN_S)
        check_disk(server, outbox)

    socket, _ = await visitor.connect(last_seq=0)
    await outbox.send_all(socket)
    await asyncio.to_thread(until, lambda: not unanswered(server), within_s=FINISHED_WITHIN_S)
    check_disk(server, outbox)
    await check_replay(visitor, outbox)
    print(f"seed {SEED}, {kills} kills, {outbox.written} messages, as found after each kill: {dict(found)}")
    assert found["a cut turn"] >= 1
    assert "Traceback" not in server.log


def messages_on_disk(server: RunningServer) -> list[dict[str, object]]:
    query = "SELECT seq, author, text, message_id, client_message_id, in_reply_to, kind FROM messages ORDER BY seq"
    return [dict(row) for row in server.rows(query)]


def unanswered(server: RunningServer) -> set[object]:
    rows = messages_on_disk(server)
    replied = {row["in_reply_to"] for row in rows}
    return {row["message_id"] for row in rows if row["author"] == "visitor"} - replied


def state_on_disk(server: RunningServer, outbox: Outbox) -> dict[str, int]:
    """Count in which states the kill left what was in the outbox."""
    said = {row["client_message_id"] for row in messages_on_disk(server) if row["author"] == "visitor"}
    return {
        "not kept": len(outbox.waiting.keys() - said),
        "kept but its acceptance lost": len(outbox.waiting.keys() & said),
        "a cut turn": len(unanswered(server)),
    }


def check_disk(server: RunningServer, outbox: Outbox) -> None:
    """See that the database holds every accepted message once, each with one reply, without a hole."""
    rows = messages_on_disk(server)
    said = [row for row in rows if row["author"] == "visitor"]
    replies = [row["in_reply_to"] for row in rows if row["author"] == "bot"]
    kept = {row["client_message_id"]: (row["message_id"], row["seq"]) for row in said}

    assert [row["seq"] for row in rows] == list(range(1, len(rows) + 1))
    assert len(kept) == len(said)
    assert sorted(map(str, replies)) == sorted(str(row["message_id"]) for row in said)
    assert not [row for row in rows if row["kind"] == "failed"]
    for key, accepted in outbox.accepted.items():
        assert kept[key] == (accepted["message_id"], accepted["seq"])


async def check_replay(visitor: Visitor, outbox: Outbox) -> None:
    """See that a fresh socket is sent all of it, in order."""
    async with visitor.http() as client:
        events = []
        while page := (await client.get("/api/v1/history", params={"after": len(events)})).json()["events"]:
            events.extend(page)
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    shown = {e["data"]["client_message_id"] for e in events if e["data"]["author"] == "visitor"}
    assert {key for key in shown if key.startswith("w")} == outbox.accepted.keys()
    assert len(outbox.accepted) == outbox.written


async def test_fifty_messages_and_a_kill_at_the_fiftieth_acceptance_are_all_there(
    own_server: RunningServer,
) -> None:
    server = own_server
    visitor = await Visitor.arrive(server)
    socket, _ = await visitor.connect()
    for number in range(50):
        await socket.send("say", {"client_message_id": f"k{number}", "text": f"thanks {number}"})
    accepted = [(await socket.until("accepted"))["data"] for _ in range(50)]

    await asyncio.to_thread(server.kill)
    await asyncio.to_thread(server.start)
    await asyncio.to_thread(until, lambda: not unanswered(server), within_s=FINISHED_WITHIN_S)

    kept = {row["client_message_id"]: row["seq"] for row in messages_on_disk(server)}
    assert {row["client_message_id"]: row["seq"] for row in accepted}.items() <= kept.items()
    assert sorted(row["seq"] for row in messages_on_disk(server)) == list(range(1, 101))
    assert json.dumps(accepted).count('"duplicate": true') == 0
