"""One conversation on two sockets in two processes: the same events in the same order, once, whatever joins them."""

import asyncio
import contextlib
import json
import os
import random
import signal
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import httpx2
import pytest
from redis.asyncio import Redis

from benchmarks.line.lasting import LastingVisitor
from tests.service.conftest import GENEROUS
from tests.service.operator_client import Console, add_user
from tests.service.redis_server import RedisServer
from tests.service.running_server import ANSWER, QUESTION, RunningServer, until, write_site
from tests.service.visitor_client import Frame, Socket, Visitor, http_client

pytestmark = [pytest.mark.slow, pytest.mark.timeout(500)]

SESSIONS = 60
SETTINGS = GENEROUS | {
    "FOYER_LIMIT_FRAMES_PER_MINUTE": "100000",
    "FOYER_LIMIT_SESSIONS_PER_HOUR": str(SESSIONS),
}
"""Rates that no test reaches but that of sessions, for which each test has an address of its own."""


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path_factory.mktemp("redis-server")).start()
    yield server
    server.kill()


@pytest.fixture(scope="module", params=["hub", "redis"])
def crew(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """Two workers, joined by their parent or by Redis."""
    settings = dict(SETTINGS)
    if request.param == "redis":
        settings["FOYER_REDIS_URL"] = request.getfixturevalue("redis").url
    folder = tmp_path_factory.mktemp(request.param)
    running = RunningServer(write_site(folder / "site"), folder / "home", settings, workers=2).start()
    yield running
    log = running.log
    running.stop()
    assert "Traceback" not in log, log[log.index("Traceback") - 500 :][:3000]


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as opened:
        yield opened


def worker_of(server: RunningServer, socket: Socket) -> int:
    """Return the process that has the other end of a socket."""
    host, port = socket.connection.transport.get_extra_info("sockname")[:2]
    end = "".join(f"{int(part):02X}" for part in reversed(host.split("."))) + f":{port:04X}"
    rows = (line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:])
    inode = next(row[9] for row in rows if row[2] == end)
    for pid in server.worker_pids():
        for descriptor in Path(f"/proc/{pid}/fd").iterdir():
            with contextlib.suppress(OSError):
                if str(descriptor.readlink()) == f"socket:[{inode}]":
                    return pid
    raise AssertionError("no worker has this socket")


def limits_told(server: RunningServer) -> set[str]:
    """Return what `/readyz` says of the limits, asked often enough for both workers to answer."""
    return {httpx2.get(f"{server.url}/readyz").json()["parts"]["limits"] for _ in range(8)}


async def on_two_workers(
    server: RunningServer, visitor: Visitor, stack: AsyncExitStack
) -> tuple[Socket, Socket]:
    """Return two greeted sockets of a visitor whose other ends are in two processes."""
    first, _ = await visitor.connect()
    stack.push_async_callback(first.close)
    while True:
        second, _ = await visitor.connect()
        if worker_of(server, second) != worker_of(server, first):
            stack.push_async_callback(second.close)
            return first, second
        await second.close()


async def test_an_operator_in_one_process_answers_a_visitor_in_another(
    crew: RunningServer, stack: AsyncExitStack
) -> None:
    visitor = await Visitor.arrive(crew, address="127.0.2.8")
    sockets = await on_two_workers(crew, visitor, stack)
    conversation_id = (await sockets[0].say(QUESTION))["conversation_id"]
    await asyncio.gather(*(socket.until("message", author="bot") for socket in sockets))
    await asyncio.to_thread(add_user, crew, "ada")
    console = await Console.log_in(crew, "ada")
    stack.push_async_callback(console.client.aclose)
    line, _ = await console.follow(conversation_id, last_seq=2)
    stack.push_async_callback(line.close)
    far = next(socket for socket in sockets if worker_of(crew, socket) != worker_of(crew, line))

    await line.say("Ada here.")
    await far.until("status", status="live", operator={"name": "Ada"})
    await far.until("message", author="operator", text="Ada here.")
    await line.until("status", yours=True)
    await line.send("typing")
    await far.until("typing", author="operator")
    asked = await far.say("Do you ship to France?")
    await line.until("message", text="Do you ship to France?")
    await far.say("We have a budget of 20000 euros")
    await line.until("lead")
    await far.send("typing")
    await line.until("typing", author="visitor")
    await line.send("status", {"status": "bot"})
    assert ANSWER in (await far.reply_to(asked))["data"]["text"]
    await line.until("message", author="bot")


def check_deltas(frames: list[Frame]) -> None:
    """See that each reply's words begin at its first, go on without a gap, and end when the reply is there."""
    expected: dict[str, int | None] = {}
    for frame in frames:
        data = frame["data"]
        if frame["type"] == "message" and data.get("in_reply_to"):
            expected[data["in_reply_to"]] = None
        elif frame["type"] == "delta":
            assert data["n"] == expected.get(data["in_reply_to"], 0)
            expected[data["in_reply_to"]] = data["n"] + 1


async def test_a_socket_in_another_process_sees_the_question_the_words_and_the_reply_in_this_order(
    crew: RunningServer, stack: AsyncExitStack
) -> None:
    visitor = await Visitor.arrive(crew)
    asking, watching = await on_two_workers(crew, visitor, stack)
    await watching.reply_to(await asking.say("Hello"))

    words = ""
    while not words:  # none when the reply was there before the question was read on: a busy machine
        watching.frames.clear()
        accepted = await asking.say(QUESTION)
        reply = await watching.reply_to(accepted)

        assert ANSWER in reply["data"]["text"]
        kinds = [frame["type"] for frame in watching.frames if frame["type"] in {"message", "delta"}]
        assert kinds[0] == kinds[-1] == "message"
        assert set(kinds[1:-1]) <= {"delta"}
        words = "".join(frame["data"]["text"] for frame in watching.frames if frame["type"] == "delta")
    assert words.split() == reply["data"]["text"].split()
    check_deltas(watching.frames)


async def test_two_tabs_in_two_processes_that_talk_at_once_see_one_order(
    crew: RunningServer, stack: AsyncExitStack
) -> None:
    visitor = await Visitor.arrive(crew)
    tabs = await on_two_workers(crew, visitor, stack)
    lines = (QUESTION, "thanks", "How much is the city bike?", "Hello", "How long is the guarantee?")

    async def talk(tab: Socket, name: str) -> None:
        for number, line in enumerate(lines):
            await tab.send("say", {"client_message_id": f"{name}{number}", "text": line})

    await asyncio.gather(*(talk(tab, name) for tab, name in zip(tabs, "ab", strict=True)))
    for tab in tabs:
        while len([frame for frame in tab.frames if frame["type"] == "message"]) < 15:
            await tab.receive()

    for tab in tabs:
        assert sorted(tab.seqs()) == list(range(1, 21))
        seqs = [frame["seq"] for frame in tab.frames if frame["type"] == "message"]
        assert seqs == sorted(seqs)
        check_deltas(tab.frames)
    rows = crew.rows(
        "SELECT seq, author, message_id, in_reply_to FROM messages WHERE conversation_id = "
        "(SELECT conversation_id FROM messages WHERE client_message_id = 'a0') ORDER BY seq"
    )
    asked = [row["message_id"] for row in rows if row["author"] == "visitor"]
    answered = [row["in_reply_to"] for row in rows if row["author"] == "bot"]
    assert answered == asked


async def test_what_is_sent_from_four_sockets_of_two_processes_is_kept_once(
    crew: RunningServer, stack: AsyncExitStack
) -> None:
    visitor = await Visitor.arrive(crew)
    sockets = list(await on_two_workers(crew, visitor, stack))
    for _ in range(2):
        socket, _ = await visitor.connect()
        stack.push_async_callback(socket.close)
        sockets.append(socket)

    async def send(socket: Socket, keys: list[str]) -> dict[str, tuple[str, int]]:
        for key in keys:
            await socket.send("say", {"client_message_id": key, "text": f"thanks {key}"})
        accepted: dict[str, tuple[str, int]] = {}
        while len(accepted) < len(set(keys)):
            data = (await socket.until("accepted"))["data"]
            accepted[data["client_message_id"]] = (data["message_id"], data["seq"])
        return accepted

    keys = [f"four-{number}" for number in range(40)]
    answers = await asyncio.gather(
        *(send(socket, keys[n::3] + keys[:12]) for n, socket in enumerate(sockets))
    )

    known: dict[str, tuple[str, int]] = {}
    for accepted in answers:
        for key, told in accepted.items():
            assert known.setdefault(key, told) == told
    rows = crew.rows(
        "SELECT client_message_id, message_id FROM messages WHERE client_message_id LIKE 'four-%'"
    )
    assert {row["client_message_id"]: row["message_id"] for row in rows} == {
        k: v[0] for k, v in known.items()
    }
    assert len(rows) == len(keys)


async def test_the_limit_of_sessions_holds_for_all_workers_whatever_x_forwarded_for_says(
    crew: RunningServer,
) -> None:
    statuses: Counter[int] = Counter()
    for number in range(SESSIONS + 10):
        async with http_client(crew, address="127.0.2.1") as client:  # a connection each, to either worker
            headers = {"Origin": crew.url, "X-Forwarded-For": f"203.0.113.{number}"}
            response = await client.post("/api/v1/sessions", json={"site": "harbour"}, headers=headers)
            statuses[response.status_code] += 1

    assert statuses == {200: SESSIONS, 429: 10}


async def test_a_sixth_socket_of_one_visitor_is_refused_whichever_worker_has_the_other_five(
    crew: RunningServer, stack: AsyncExitStack
) -> None:
    visitor = await Visitor.arrive(crew, address="127.0.2.2")
    there = [asyncio.create_task(one.close_code()) for one in await on_two_workers(crew, visitor, stack)]
    for _ in range(3):
        socket, _ = await visitor.connect()
        stack.push_async_callback(socket.close)
        there.append(asyncio.create_task(socket.close_code()))

    more = [await visitor.dial() for _ in range(4)]
    for socket in more:
        await socket.send("hello", {"token": visitor.token, "last_seq": 0})
    assert [await socket.close_code() for socket in more] == [4504] * 4
    assert not [task for task in there if task.done()]
    for task in there:
        task.cancel()


async def test_visitors_of_a_worker_that_is_killed_find_their_places_free(
    crew: RunningServer, stack: AsyncExitStack
) -> None:
    visitor = await Visitor.arrive(crew, address="127.0.2.9")

    async def there() -> Socket:
        socket, _ = await visitor.connect()
        stack.push_async_callback(socket.close)
        stack.callback(asyncio.create_task(socket.close_code()).cancel)  # who answers calls keeps its place
        return socket

    held = Counter([worker_of(crew, await there()) for _ in range(5)])
    pid, lost = held.most_common(1)[0]

    os.kill(pid, signal.SIGKILL)
    again = [await there() for _ in range(lost)]

    assert pid not in {worker_of(crew, socket) for socket in again}
    await asyncio.to_thread(until, lambda: len(crew.worker_pids()) == 2, within_s=60)


@pytest.mark.parametrize("crew", ["hub"], indirect=True)
async def test_no_secret_stands_where_every_user_of_the_machine_can_read_it(crew: RunningServer) -> None:
    token, lines = token_and_command_lines(crew.home)

    assert [line for line in lines if b"bot.assemble.working" in line]
    assert not [line for line in lines if token in line]


def token_and_command_lines(home: Path) -> tuple[bytes, list[bytes]]:
    token = json.loads((home / "server.json").read_text())["control_token"]
    lines = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            lines.append(path.read_bytes())
    return token.encode(), lines


@pytest.mark.parametrize("crew", ["hub"], indirect=True)
async def test_any_worker_shows_what_all_have_counted(crew: RunningServer, stack: AsyncExitStack) -> None:
    visitor = await Visitor.arrive(crew)
    sockets = await on_two_workers(crew, visitor, stack)
    before = await numbers_of(crew)

    for socket in sockets:
        await socket.reply_to(await socket.say("thanks"))

    for _ in range(4):  # a connection each, to either worker
        after = await numbers_of(crew)
        replies = (k for k in after if k.startswith("foyer_replies_total"))
        assert sum(after[k] - before.get(k, 0) for k in replies) == 2
        assert after["foyer_sockets_open"] >= 2


async def numbers_of(server: RunningServer) -> dict[str, float]:
    """Return what /metrics says to this machine."""
    async with http_client(server) as client:
        lines = (await client.get("/metrics")).text.splitlines()
    return {name: float(value) for name, value in (one.rsplit(" ", 1) for one in lines if one[0] != "#")}


async def test_a_worker_that_is_killed_is_replaced_and_its_turns_have_their_replies(
    crew: RunningServer, stack: AsyncExitStack
) -> None:
    visitor = await Visitor.arrive(crew)
    doomed, staying = await on_two_workers(crew, visitor, stack)
    pid = worker_of(crew, doomed)
    for number in range(5):
        await doomed.send("say", {"client_message_id": f"doomed-{number}", "text": QUESTION})
    await doomed.until("accepted")

    os.kill(pid, signal.SIGKILL)
    accepted = await staying.say("thanks")
    await staying.reply_to(accepted)
    await asyncio.to_thread(until, all_answered(crew), within_s=60)
    await asyncio.to_thread(until, lambda: len(crew.worker_pids()) == 2, within_s=60)
    # What the dead one had open counts no more.
    left = (crew.home / "metrics").glob
    await asyncio.to_thread(until, lambda: not list(left(f"gauge_live*_{pid}.db")), within_s=60)

    while not [frame for frame in staying.frames if frame["type"] == "message" and is_last(crew, frame)]:
        await staying.receive()
    assert sorted(staying.seqs()) == list(range(1, len(staying.seqs()) + 1))


def all_answered(server: RunningServer) -> Callable[[], bool]:
    query = "SELECT count(*) AS n FROM messages WHERE awaits_reply"
    return lambda: server.rows(query)[0]["n"] == 0


def is_last(server: RunningServer, frame: Frame) -> bool:
    query = (
        "SELECT max(seq) AS head FROM messages WHERE conversation_id = "
        "(SELECT conversation_id FROM messages WHERE message_id = ?)"
    )
    head: int = server.rows(query, frame["data"]["message_id"])[0]["head"]
    return bool(frame["seq"] == head)


@pytest.mark.parametrize("crew", ["redis"], indirect=True)
async def test_redis_holds_digests_for_a_while_and_nothing_else(
    crew: RunningServer, redis: RedisServer
) -> None:
    visitor = await Visitor.arrive(crew, address="127.0.2.4")
    socket, _ = await visitor.connect()
    await socket.ask(QUESTION)

    async with Redis.from_url(redis.url, protocol=2) as client:
        keys = [key.decode() async for key in client.scan_iter()]
        lives = [await client.ttl(key) for key in keys]
    await socket.close()

    assert keys
    assert all(key.startswith("foyer:") for key in keys)
    assert not [key for key in keys if "127.0" in key or "v_" in key or "c_" in key]
    assert all(0 < seconds <= 2 * 3_600 for seconds in lives)


@pytest.mark.parametrize("crew", ["hub"], indirect=True)
async def test_a_rolling_restart_under_active_chats_loses_and_doubles_nothing(crew: RunningServer) -> None:
    before = set(crew.worker_pids())
    visitors = [
        LastingVisitor(crew.url, "harbour", chance=random.Random(n), address="127.0.2.3") for n in range(12)
    ]
    for visitor in visitors:
        await visitor.arrive()
    keeping = [asyncio.create_task(visitor.run()) for visitor in visitors]

    os.kill(crew.pid, signal.SIGHUP)
    number = 0
    while "crew.replaced" not in crew.log:
        for visitor in visitors:
            await visitor.say(f"r{number}", "thanks")
        number += 1
        await asyncio.sleep(0.3)  # how people talk: not all the time
    await asyncio.gather(*(visitor.until_answered(within_s=180) for visitor in visitors))
    for task in keeping:
        task.cancel()
    await asyncio.gather(*keeping, return_exceptions=True)

    assert before.isdisjoint(crew.worker_pids())
    for visitor in visitors:
        visitor.check()
        assert len(visitor.accepted) == number
    assert sum(visitor.n_connects for visitor in visitors) > len(visitors)
    rows = crew.rows(
        "SELECT count(*) AS n, count(DISTINCT in_reply_to) AS m FROM messages WHERE author = 'bot'"
    )
    assert rows[0]["n"] == rows[0]["m"]


@pytest.mark.parametrize("crew", ["redis"], indirect=True)
async def test_redis_dies_in_the_middle_and_comes_back_and_nothing_is_lost(
    crew: RunningServer, redis: RedisServer, stack: AsyncExitStack
) -> None:
    visitor = await Visitor.arrive(crew)
    asking, watching = await on_two_workers(crew, visitor, stack)
    await watching.reply_to(await asking.say("Hello"))
    before = {event: crew.log.count(event) for event in ("bus.away", "bus.back", "limits.local")}
    limits_before = limits_told(crew)

    redis.kill()
    await asyncio.to_thread(until, lambda: limits_told(crew) == {"degraded: each process counts alone"})
    for text in ("thanks", QUESTION):
        await watching.reply_to(await asking.say(text))
    async with visitor.http() as client:
        away = (await client.get("/readyz")).json()
    await asyncio.to_thread(redis.start)
    await asyncio.to_thread(until, lambda: crew.log.count("bus.back") >= before["bus.back"] + 2, within_s=60)
    await asyncio.to_thread(until, lambda: limits_told(crew) == {"ready"})
    await watching.reply_to(await asking.say("goodbye"))

    assert limits_before == {"ready"}
    assert away["parts"]["bus"].startswith("degraded")
    assert away["status"] == "ready"
    assert [frame["seq"] for frame in watching.frames if frame["type"] == "message"] == list(range(1, 9))
    check_deltas(watching.frames)
    assert crew.log.count("bus.away") - before["bus.away"] == 2
    assert 1 <= crew.log.count("limits.local") - before["limits.local"] <= 2
    assert "Traceback" not in crew.log


@pytest.mark.parametrize("crew", ["hub"], indirect=True)
async def test_workers_whose_parent_is_killed_end_and_the_next_server_finds_the_place_free(
    crew: RunningServer,
) -> None:
    pids = crew.worker_pids()

    crew.kill()
    await asyncio.to_thread(
        until, lambda: not any(Path(f"/proc/{pid}").exists() for pid in pids), within_s=60
    )
    await asyncio.to_thread(crew.start)

    visitor = await Visitor.arrive(crew)
    socket, _ = await visitor.connect()
    assert ANSWER in (await socket.ask(QUESTION))["text"]
    await socket.close()
