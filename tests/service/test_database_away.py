"""PostgreSQL goes away, or hangs, while the service runs: nothing is accepted meanwhile, and nothing is lost."""

import asyncio
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from tests.postgres import PostgresServer, in_thread
from tests.service.conftest import GENEROUS, Connect
from tests.service.running_server import QUESTION, RunningServer, until, write_site
from tests.service.visitor_client import Visitor, http_client

pytestmark = pytest.mark.slow

AWAY_S = 4.0
"""Time for what is tried again and again to be tried twice."""
ANSWERED_WITHIN_S = 9.0
"""The end of a test that would hang; 4 s are usual, and one statement may take 15."""


@pytest.fixture
def own_postgres() -> Iterator[PostgresServer]:
    server = PostgresServer().start()
    yield server
    server.remove()


@pytest.fixture
def server(own_postgres: PostgresServer, tmp_path: Path) -> Iterator[RunningServer]:
    settings = GENEROUS | {"FOYER_DATABASE_URL": in_thread(own_postgres.new_database())}
    running = RunningServer(write_site(tmp_path / "site"), tmp_path / "home", settings).start()
    yield running
    running.kill()


def database_of(server: RunningServer) -> str:
    state: str = httpx2.get(f"{server.url}/readyz").json()["parts"]["database"]
    return state


def assert_told_once(log: str) -> None:
    """The outage, its end and what it cost have one line each, whatever was tried meanwhile."""
    told = Counter(json.loads(line)["event"] for line in log.splitlines() if line.startswith("{"))
    named = ("database.away", "database.back", "caretaker.lost", "knowledge.not_followed")
    assert {told[event] for event in named} == {1}, told
    assert max(told[event] for event in told if ".not_" in event) == 1, told


async def test_what_is_said_while_the_database_is_away_is_kept_by_the_client_and_answered_after(
    server: RunningServer, own_postgres: PostgresServer, connect: Connect
) -> None:
    socket, _ = await connect(await Visitor.arrive(server))
    await socket.ask(QUESTION)

    other = await Visitor.arrive(server)
    leaving, _ = await connect(other)
    await leaving.ask(QUESTION)
    await leaving.send("ack", {"seq": 2})

    await asyncio.to_thread(own_postgres.end)
    await leaving.close()
    arriving = await other.dial()
    await arriving.send("hello", {"token": other.token, "last_seq": 0})
    closed_with = await arriving.close_code()
    refused = await socket.say("How much is the city bike?", client_message_id="mine")
    state = await asyncio.to_thread(
        until, lambda: (now := database_of(server)).startswith("failed") and now, what="that readyz names it"
    )
    faq = httpx2.get(f"{server.url}/api/v1/faq", params={"site": "harbour", "q": QUESTION})
    await asyncio.sleep(AWAY_S)
    await asyncio.to_thread(own_postgres.begin)
    await asyncio.to_thread(until, lambda: database_of(server) == "ready", what="that it came back")
    accepted = await socket.say("How much is the city bike?", client_message_id="mine")
    reply = await socket.reply_to(accepted)

    assert closed_with == 4000  # come back later
    assert (refused["code"], refused["retry"], refused["retry_after_ms"]) == ("storage", True, 2000)
    assert "database" not in refused["message"].lower()
    assert "foyer:" not in state
    assert_told_once(server.log)
    assert faq.status_code == 200
    assert (accepted["seq"], accepted["duplicate"]) == (3, False)
    assert "900" in reply["data"]["text"]
    assert not [line for line in server.log.splitlines() if "Traceback" in line]


async def test_a_database_that_hangs_is_named_at_once_and_holds_nothing_up(
    server: RunningServer, own_postgres: PostgresServer, connect: Connect
) -> None:
    socket, _ = await connect(await Visitor.arrive(server))
    await socket.ask(QUESTION)

    await asyncio.to_thread(own_postgres.freeze)
    async with http_client(server) as client, asyncio.timeout(ANSWERED_WITHIN_S):
        looked, numbers, opened, refused = await asyncio.gather(
            client.get("/readyz"),
            client.get("/metrics"),
            client.post("/api/v1/sessions", json={"site": "harbour"}, headers={"Origin": server.url}),
            socket.say("How much is the city bike?", client_message_id="mine"),
        )
    await asyncio.sleep(AWAY_S)
    alive = httpx2.get(f"{server.url}/healthz")
    faq = httpx2.get(f"{server.url}/api/v1/faq", params={"site": "harbour", "q": QUESTION})
    await asyncio.to_thread(own_postgres.thaw)
    await asyncio.to_thread(
        until, lambda: httpx2.get(f"{server.url}/readyz").is_success, what="that all is ready"
    )
    reply = await socket.ask("How much is the city bike?")

    assert (looked.status_code, looked.json()["parts"]["database"]) == (503, "failed: no answer within 2 s")
    assert 'foyer_ready{part="database"} 0' in numbers.text
    assert (opened.status_code, opened.json()["code"], opened.headers["retry-after"]) == (503, "storage", "2")
    assert (opened.json()["detail"], opened.json()["retry_after_ms"]) == (refused["message"], 2000)
    assert (refused["code"], refused["retry"]) == ("storage", True)
    assert (alive.status_code, faq.status_code) == (200, 200)
    assert "900" in reply["text"]
    assert "Traceback" not in server.log
    assert_told_once(server.log)
