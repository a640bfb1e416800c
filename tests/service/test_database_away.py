"""PostgreSQL goes away and comes back while the service runs: nothing is accepted meanwhile, and nothing is lost."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from tests.postgres import PostgresServer, in_thread
from tests.service.conftest import GENEROUS, Connect
from tests.service.running_server import QUESTION, RunningServer, until, write_site
from tests.service.visitor_client import Visitor

pytestmark = pytest.mark.slow


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
    await asyncio.to_thread(own_postgres.begin)
    await asyncio.to_thread(until, lambda: database_of(server) == "ready", what="that it came back")
    accepted = await socket.say("How much is the city bike?", client_message_id="mine")
    reply = await socket.reply_to(accepted)

    assert closed_with == 4000  # come back later
    assert (refused["code"], refused["retry"]) == ("storage", True)
    assert "foyer:" not in state
    assert faq.status_code == 200
    assert (accepted["seq"], accepted["duplicate"]) == (3, False)
    assert "900" in reply["data"]["text"]
    assert not [line for line in server.log.splitlines() if "Traceback" in line]
