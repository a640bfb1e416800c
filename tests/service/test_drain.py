"""A stop: everybody is told, nobody is sent here any more, what is under way is finished."""

import asyncio
import os
import signal
from pathlib import Path

from bot.assemble.running import Running
from bot.settings import Environment, demo_site_folder, load_site
from bot.sources import ServerNote
from tests.service.raw_client import posted
from tests.service.running_server import QUESTION, RunningServer, until
from tests.service.visitor_client import Visitor


def test_readyz_turns_away_before_anything_else_ends(tmp_path: Path) -> None:
    running = Running(
        environment=Environment(home=tmp_path),
        sites=[load_site(demo_site_folder())],
        note=ServerNote("http://127.0.0.1:1", "token", 1),
        own_origins=frozenset(),
    )
    before = running.readiness()

    running.go_away()

    assert "server" not in before
    assert running.readiness()["server"] == "stopping"


async def test_what_is_accepted_when_the_stop_comes_is_answered_before_the_end(
    own_server: RunningServer,
) -> None:
    visitor = await Visitor.arrive(own_server)
    socket, _ = await visitor.connect()
    for number in range(5):
        await socket.send("say", {"client_message_id": f"k{number}", "text": QUESTION})
    for _ in range(5):
        await socket.until("accepted")

    status = await asyncio.to_thread(own_server.stop)

    goaway = await socket.until("goaway")
    assert 0 <= goaway["data"]["reconnect_in_ms"] < 5_000
    assert await socket.close_code() == 1012
    assert status in {0, -signal.SIGTERM}
    rows = own_server.rows("SELECT author, awaits_reply FROM messages")
    assert [row["author"] for row in rows].count("bot") == 5
    assert not [row for row in rows if row["awaits_reply"]]


async def test_a_request_that_never_becomes_whole_is_refused_when_the_stop_comes(
    own_server: RunningServer,
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", own_server.port)
    writer.write(posted(own_server, "Content-Length: 50") + b"{")
    await writer.drain()
    await asyncio.sleep(0.5)

    stopping = asyncio.create_task(asyncio.to_thread(own_server.stop))
    told = await reader.read()
    await stopping
    writer.close()

    assert told.startswith(b"HTTP/1.1 503 ")
    assert b"application/problem+json" in told
    assert "Traceback" not in own_server.log


async def test_a_hangup_ends_nobody_and_is_noted(own_server: RunningServer) -> None:
    visitor = await Visitor.arrive(own_server)
    socket, _ = await visitor.connect()

    os.kill(own_server.pid, signal.SIGHUP)
    await asyncio.to_thread(until, lambda: "hangup.ignored" in own_server.log)

    reply = await socket.ask(QUESTION)
    assert reply["author"] == "bot"
    await socket.close()
