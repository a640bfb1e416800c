"""PostgreSQL is put back to an earlier moment beneath the service: every client loads afresh, nothing doubles."""

import asyncio
import json
import subprocess
from pathlib import Path

import httpx2
import pytest

from tests.postgres import PostgresServer, find_tool
from tests.service.conftest import Connect
from tests.service.running_server import QUESTION, RunningServer
from tests.service.visitor_client import Visitor

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("world", ["postgres"], indirect=True)]

LATER = "How much is the city bike?"


async def put_back(postgres: PostgresServer, url: str, file: Path) -> None:
    name = url.rpartition("/")[2]
    await postgres.run(f"DROP DATABASE {name} WITH (FORCE)")
    await postgres.run(f"CREATE DATABASE {name} TEMPLATE template0")
    await run_tool("pg_restore", "--single-transaction", f"--dbname={url}", str(file))


async def run_tool(name: str, *arguments: str) -> None:
    await asyncio.to_thread(
        subprocess.run, [str(find_tool(name)), *arguments], check=True, capture_output=True, cwd="/"
    )


async def history_of(visitor: Visitor) -> httpx2.Response:
    async with visitor.http() as client:
        return await client.get("/api/v1/history")


async def test_who_is_connected_is_sent_away_with_4010_and_loads_what_there_is(
    own_server: RunningServer, postgres: PostgresServer, connect: Connect, tmp_path: Path
) -> None:
    url = own_server.database_url
    visitor = await Visitor.arrive(own_server)
    socket, welcome = await connect(visitor)
    await socket.ask(QUESTION)
    await run_tool("pg_dump", "--format=custom", f"--file={tmp_path / 'dump'}", url)
    await socket.ask(LATER)
    lost_seq = max(socket.seqs())

    async with visitor.http() as client, asyncio.timeout(20):  # a poll alone would wait for 25 seconds
        polling = asyncio.create_task(client.get(f"/api/v1/events?after={lost_seq}"))
        await client.get("/api/v1/history")  # by the time this is answered the poll has arrived too
        await put_back(postgres, url, tmp_path / "dump")
        code = await socket.close_code()
        polled = await polling
    again, anew = await connect(visitor, last_seq=lost_seq - 1, epoch=welcome["epoch"])
    accepted = await again.say(LATER, client_message_id="again")
    reply = await again.reply_to(accepted)
    history = (await history_of(visitor)).json()

    assert code == 4010
    assert socket.frames[-1]["type"] == "goaway"
    assert (anew["resumed"], anew["reason"], anew["head_seq"]) == (False, "epoch_changed", 2)
    assert "900" in reply["data"]["text"]
    assert [frame["seq"] for frame in history["events"]] == [1, 2, 3, 4]
    assert [frame["data"]["text"] for frame in history["events"]][::2] == [QUESTION, LATER]
    assert history["epoch"] == anew["epoch"] != welcome["epoch"]
    # One that was woken before the process looked holds more than there is.
    assert polled.json()["epoch"] == anew["epoch"] or polled.json()["reason"] == "ahead_of_head"
    told = [json.loads(line)["event"] for line in own_server.log.splitlines() if line.startswith("{")]
    assert told.count("epoch.changed") == 1
    assert "Traceback" not in own_server.log
