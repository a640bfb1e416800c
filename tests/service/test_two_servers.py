"""Two servers with one PostgreSQL and nothing else: they hear one another, and kill -9 of either, while a visitor
writes to both, loses and doubles nothing.

The visitor's program sends some messages twice, through both; what the dead server did not accept goes to the other.
`KILLS=100 pytest tests/service/test_two_servers.py` is the long form.
"""

import asyncio
import contextlib
import json
import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from websockets.exceptions import WebSocketException

from tests.postgres import PostgresServer, in_thread
from tests.service.conftest import GENEROUS
from tests.service.running_server import ALLOWED_ORIGIN, QUESTION, RunningServer, until, write_site
from tests.service.test_kills import (
    FINISHED_WITHIN_S,
    LINES,
    Outbox,
    check_disk,
    check_replay,
    state_on_disk,
    unanswered,
)
from tests.service.visitor_client import Socket, Visitor

KILLS = int(os.environ.get("KILLS", "5"))
SEED = 20260712
SENT_TWICE = 0.3

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300 + 60 * KILLS)]


@pytest.fixture
def servers(postgres: PostgresServer, tmp_path: Path) -> Iterator[list[RunningServer]]:
    """Two servers that come up at the same moment on a database without a table."""
    url = in_thread(postgres.empty_database())
    settings = GENEROUS | {"FOYER_LIMIT_FRAMES_PER_MINUTE": "100000", "FOYER_DATABASE_URL": url}
    site = write_site(tmp_path / "site")
    made = [RunningServer(site, tmp_path / f"home{number}", settings) for number in range(2)]
    with ThreadPoolExecutor() as both:
        list(both.map(RunningServer.start, made))
    yield made
    for server in made:
        server.kill()


async def hear(socket: Socket, outbox: Outbox) -> None:
    """Take in what is accepted, until the connection is lost."""
    with contextlib.suppress(WebSocketException, OSError):
        while True:
            frame = json.loads(await socket.connection.recv())
            if frame["type"] == "accepted":
                accepted = frame["data"]
                earlier = outbox.accepted.setdefault(accepted["client_message_id"], accepted)
                assert (earlier["message_id"], earlier["seq"]) == (accepted["message_id"], accepted["seq"])
                outbox.waiting.pop(accepted["client_message_id"], None)


async def send(socket: Socket, key: str, text: str) -> None:
    with contextlib.suppress(WebSocketException, OSError):
        await socket.send("say", {"client_message_id": key, "text": text})


async def test_a_socket_hears_what_is_said_to_the_other_server(servers: list[RunningServer]) -> None:
    first = await Visitor.arrive(servers[0], origin=ALLOWED_ORIGIN)
    second = Visitor(servers[1], first.session, origin=ALLOWED_ORIGIN, address=first.address)
    (one, _), (other, _) = await first.connect(), await second.connect()

    for key, asking, watching in (("first", one, other), ("second", other, one)):
        accepted = await asking.say(QUESTION, client_message_id=key)
        for socket in (asking, watching):
            await socket.reply_to(accepted)

    for socket in (one, other):
        await socket.close()
        assert socket.seqs() == [1, 2, 3, 4]


async def test_kills_of_either_server_lose_nothing_double_nothing_and_leave_nothing_open(
    servers: list[RunningServer],
) -> None:
    chance = random.Random(SEED)
    first = await Visitor.arrive(servers[0], origin=ALLOWED_ORIGIN)
    second = Visitor(servers[1], first.session, origin=ALLOWED_ORIGIN, address=first.address)
    outbox, found = Outbox(), Counter[str]()

    for _ in range(KILLS):
        sockets = [(await visitor.connect())[0] for visitor in (first, second)]
        began = time.monotonic()
        await sockets[0].ask(QUESTION)
        turn_s = time.monotonic() - began
        hearing = [asyncio.create_task(hear(socket, outbox)) for socket in sockets]
        for _ in range(chance.randint(1, 4)):
            outbox.write(chance.choice(LINES))
        for key, text in list(outbox.waiting.items()):
            for socket in sockets if chance.random() < SENT_TWICE else [chance.choice(sockets)]:
                await send(socket, key, text)
        await asyncio.sleep(chance.uniform(0.0, 2 * turn_s))  # the moment of the kill is the experiment
        dead = chance.randrange(2)
        await asyncio.to_thread(servers[dead].kill)
        await hearing[dead]
        found.update(state_on_disk(servers[dead], outbox))
        for key, text in list(outbox.waiting.items()):
            await send(sockets[1 - dead], key, text)
        await asyncio.to_thread(until, lambda: not outbox.waiting, what="that all was accepted")
        await asyncio.to_thread(servers[dead].start)

        await asyncio.to_thread(until, lambda: not unanswered(servers[0]), within_s=FINISHED_WITHIN_S)
        check_disk(servers[0], outbox)
        await sockets[1 - dead].close()
        await hearing[1 - dead]

    await check_replay(first, outbox)
    print(f"seed {SEED}, {KILLS} kills, {outbox.written} messages, as found after each kill: {dict(found)}")
    for server in servers:
        assert "Traceback" not in server.log, server.log[-3000:]
