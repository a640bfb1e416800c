"""How much one visitor, address or connection may do: the limits as they come, and what whoever meets one is told."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta

import pytest
from websockets.exceptions import ConnectionClosed

from bot.web.sessions import token_hash
from tests.service.raw_client import masked
from tests.service.running_server import RunningServer, write_site
from tests.service.visitor_client import Socket, Visitor, http_client

pytestmark = pytest.mark.slow

MINUTE_S, HOUR_S = 60, 3_600
"""The server counts in minutes and hours of the clock; of the one before it forgets a little with each second."""


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server with its own limits; only the slow ones are made quick. Each test has an address of its own."""
    folder = tmp_path_factory.mktemp("strict")
    settings = {"FOYER_LIMIT_HELLO_SECONDS": "1", "FOYER_LIMIT_REPLAY_MESSAGES": "4"}
    running = RunningServer(write_site(folder / "site"), folder / "home", settings).start()
    yield running
    log = running.log
    running.stop()
    assert "Traceback" not in log


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as opened:
        yield opened


async def greeted(visitor: Visitor, stack: AsyncExitStack, **hello: object) -> Socket:
    socket, _ = await visitor.connect(**hello)
    stack.push_async_callback(socket.close)
    return socket


async def within_one(
    window_s: int, counted: Callable[[str], Awaitable[list[int]]], *addresses: str
) -> list[int]:
    """Return what is counted from the first address whose minute or hour does not end meanwhile."""
    for address in addresses:
        began = time.time() // window_s
        found = await counted(address)
        if time.time() // window_s == began:
            return found
    raise AssertionError(f"each time {window_s} s ended meanwhile")


async def test_the_eleventh_message_at_once_is_told_how_long_to_wait(
    strict: RunningServer, stack: AsyncExitStack
) -> None:
    socket = await greeted(await Visitor.arrive(strict, address="127.0.1.1"), stack)

    first = [await socket.say("thanks") for _ in range(10)]
    # A slow machine gives time for one or two more.
    later = (await socket.say("thanks") for _ in range(10))
    refused = await anext(answer async for answer in later if "message_id" not in answer)

    assert all("message_id" in answer for answer in first)
    assert refused["code"] == "rate_limited"
    assert refused["retry"] is True
    assert 0 < refused["retry_after_ms"] <= 60_000


async def test_the_limit_of_messages_holds_over_sockets_and_http_together(
    strict: RunningServer, stack: AsyncExitStack
) -> None:
    visitor = await Visitor.arrive(strict, address="127.0.1.2")
    sockets = [await greeted(visitor, stack) for _ in range(2)]
    # On a slow machine the ten seconds of a burst are over before it is used up; the minute's twenty hold too.
    answers = [await sockets[number % 2].say("thanks") for number in range(20)]
    while "message_id" in answers[-1]:
        answers.append(await sockets[0].say("thanks"))

    async with visitor.http() as client:
        for number in range(3):  # one may be let through again by now
            key = {"Idempotency-Key": f"one more {number}"}
            response = await client.post("/api/v1/messages", json={"text": "thanks"}, headers=key)
            if response.status_code != 200:
                break

    assert (response.status_code, response.json()["code"]) == (429, "rate_limited")
    assert int(response.headers["Retry-After"]) >= 1


async def test_one_visitors_limit_is_not_anothers(strict: RunningServer, stack: AsyncExitStack) -> None:
    busy = await greeted(await Visitor.arrive(strict, address="127.0.1.3"), stack)
    for _ in range(11):
        await busy.say("thanks")

    other = await greeted(await Visitor.arrive(strict, address="127.0.1.3"), stack)

    assert "message_id" in await other.say("Hello")


async def test_sixty_sessions_an_hour_whatever_x_forwarded_for_says(strict: RunningServer) -> None:
    async def counted(address: str) -> list[int]:
        statuses = []
        async with http_client(strict, address=address, headers={"Origin": strict.url}) as client:
            for number in range(70):
                forwarded = {"X-Forwarded-For": f"198.51.100.{number}", "X-Real-IP": f"198.51.100.{number}"}
                response = await client.post("/api/v1/sessions", json={"site": "harbour"}, headers=forwarded)
                statuses.append(response.status_code)
        return statuses

    statuses = await within_one(HOUR_S, counted, "127.0.1.4", "127.0.1.44")

    assert statuses == [200] * 60 + [429] * 10


async def test_sixty_questions_a_minute_to_the_faq_route(strict: RunningServer) -> None:
    async def counted(address: str) -> list[int]:
        async with http_client(strict, address=address) as client:
            answers = [
                await client.get(
                    "/api/v1/faq/entries",
                    params={"site": "harbour"},
                    headers={"X-Forwarded-For": f"203.0.113.{number}"},
                )
                for number in range(62)
            ]
        return [answer.status_code for answer in answers]

    statuses = await within_one(MINUTE_S, counted, "127.0.1.5", "127.0.1.55")

    assert statuses == [200] * 60 + [429] * 2


async def test_a_sixth_socket_of_one_visitor_is_closed_with_4504(
    strict: RunningServer, stack: AsyncExitStack
) -> None:
    visitor = await Visitor.arrive(strict, address="127.0.1.6")
    there = [asyncio.create_task((await greeted(visitor, stack)).close_code()) for _ in range(5)]

    sixth = await visitor.dial()
    await sixth.send("hello", {"token": visitor.token, "last_seq": 0})

    assert await sixth.close_code() == 4504
    assert not [task for task in there if task.done()]
    for task in there:
        task.cancel()


async def test_sockets_whose_clients_went_away_without_a_word_make_room_for_the_sixth(
    strict: RunningServer, stack: AsyncExitStack
) -> None:
    visitor = await Visitor.arrive(strict, address="127.0.1.15")
    first = await greeted(visitor, stack)
    await first.ask("thanks")
    there = asyncio.create_task(first.close_code())
    gone = [await greeted(visitor, stack) for _ in range(4)]

    sixth = await greeted(visitor, stack)

    assert sixth.frames[-1]["type"] == "live"
    assert [await socket.close_code() for socket in gone] == [4004] * 4
    assert not there.done()
    there.cancel()


async def test_a_client_whose_answer_stands_behind_a_message_that_waits_is_not_taken_for_gone(
    strict: RunningServer, stack: AsyncExitStack
) -> None:
    visitor = await Visitor.arrive(strict, address="127.0.1.16")
    first = await greeted(visitor, stack)
    await first.ask("thanks")
    gone = [await greeted(visitor, stack) for _ in range(4)]
    with sqlite3.connect(strict.home / "foyer.db", isolation_level=None, timeout=10) as other:
        other.execute("BEGIN IMMEDIATE")
        waiting = asyncio.create_task(first.say("thanks again"))
        await asyncio.sleep(0.2)

        await greeted(visitor, stack)
        assert [await socket.close_code() for socket in gone] == [4004] * 4
        await asyncio.sleep(0.5)
        other.execute("ROLLBACK")

    assert (await waiting).keys() & {"seq", "retry"}


async def test_a_sixth_poll_of_one_visitor_is_429_and_one_that_was_given_up_makes_room(
    strict: RunningServer,
) -> None:
    visitor = await Visitor.arrive(strict, address="127.0.1.13")
    async with AsyncExitStack() as polls:
        clients = [await polls.enter_async_context(visitor.http()) for _ in range(6)]
        waiting = [asyncio.create_task(client.get("/api/v1/events")) for client in clients]
        done, held = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        for poll in held:
            poll.cancel()
        await asyncio.wait(held)
    refused = done.pop().result()

    async with visitor.http() as client:
        page = await client.get("/api/v1/history")
        polling = asyncio.create_task(client.get("/api/v1/events"))
        await client.post("/api/v1/messages", json={"text": "thanks"}, headers={"Idempotency-Key": "k"})
        events = (await polling).json()["events"]

    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_sockets")
    assert len(held) == 5
    assert page.status_code == 200
    assert events


async def test_more_than_120_connections_a_minute_of_one_visitor_are_4008(strict: RunningServer) -> None:
    visitor = await Visitor.arrive(strict, address="127.0.1.14")

    async def code() -> int | None:
        socket = await visitor.dial()
        await socket.send("hello", {"token": visitor.token, "last_seq": 0})
        while (await socket.receive())["type"] == "welcome":
            await socket.close()
            return None
        return await socket.close_code()

    codes = [await code() for _ in range(130)]

    assert codes[:100] == [None] * 100
    assert codes[-1] == 4008


async def test_more_than_120_requests_a_minute_of_one_visitor_are_429(strict: RunningServer) -> None:
    async def counted(address: str) -> list[int]:
        visitor = await Visitor.arrive(strict, address=address)
        async with visitor.http() as client:
            return [(await client.get("/api/v1/history")).status_code for _ in range(130)]

    statuses = await within_one(MINUTE_S, counted, "127.0.1.16", "127.0.1.17")

    assert statuses == [200] * 120 + [429] * 10


async def test_a_closed_socket_gives_its_place_back(strict: RunningServer, stack: AsyncExitStack) -> None:
    visitor = await Visitor.arrive(strict, address="127.0.1.7")
    for _ in range(12):
        socket, _ = await visitor.connect()
        await socket.close()

    assert (await (await greeted(visitor, stack)).say("Hello"))["seq"] == 1


async def test_a_fifty_first_socket_of_one_address_is_closed_with_4504(
    strict: RunningServer, stack: AsyncExitStack
) -> None:
    visitors = [await Visitor.arrive(strict, address="127.0.1.8") for _ in range(10)]
    for visitor in visitors:
        for _ in range(5):
            await greeted(visitor, stack)

    one_more = await visitors[0].dial()

    assert await one_more.close_code() == 4504
    elsewhere = await visitors[0].dial(address="127.0.1.88")
    stack.push_async_callback(elsewhere.close)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await elsewhere.connection.recv()


async def test_more_than_120_frames_a_minute_close_the_socket_with_4008(
    strict: RunningServer, stack: AsyncExitStack
) -> None:
    socket = await greeted(await Visitor.arrive(strict, address="127.0.1.9"), stack)
    try:
        for _ in range(130):
            await socket.send("typing")
    except ConnectionClosed:
        pass

    assert await socket.close_code() == 4008
    last = socket.frames[-1]["data"]
    assert (last["code"], last["retry"]) == ("rate_limited", True)
    assert last["retry_after_ms"] > 0


async def test_who_does_not_say_hello_in_time_is_closed_with_4001(strict: RunningServer) -> None:
    visitor = await Visitor.arrive(strict, address="127.0.1.10")

    silent = await visitor.dial()

    assert await silent.close_code() == 4001


async def test_a_gap_over_the_limit_is_loaded_afresh_not_replayed_in_part(
    strict: RunningServer, stack: AsyncExitStack
) -> None:
    visitor = await Visitor.arrive(strict, address="127.0.1.11")
    socket = await greeted(visitor, stack)
    for _ in range(3):
        await socket.ask("thanks")

    too_far, welcome = await visitor.connect(last_seq=1)
    near, resumed = await visitor.connect(last_seq=2)
    for opened in (too_far, near):
        stack.push_async_callback(opened.close)

    async with visitor.http() as client:
        page = (await client.get("/api/v1/events", params={"after": 1})).json()

    for told in (welcome, page):
        assert (told["resumed"], told["reason"]) == (False, "gap_too_large")
    assert page["events"] == []
    assert [frame for frame in too_far.frames if frame["type"] == "message"] == []
    assert resumed["resumed"] is True
    assert [frame["seq"] for frame in near.frames if frame["type"] == "message"] == [3, 4, 5, 6]


async def test_history_is_loaded_page_by_page_to_the_head(
    strict: RunningServer, stack: AsyncExitStack
) -> None:
    visitor = await Visitor.arrive(strict, address="127.0.1.12")
    socket = await greeted(visitor, stack)
    for _ in range(3):
        await socket.ask("thanks")

    seen: list[int] = []
    async with visitor.http() as client:
        while not seen or seen[-1] < 6:
            page = (await client.get("/api/v1/history", params={"after": seen[-1] if seen else 0})).json()
            seen.extend(event["seq"] for event in page["events"])

    assert seen == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("first_byte", [0x89, 0x8A], ids=["pings", "pongs"])
async def test_a_flood_of_control_frames_is_ended_at_once(
    strict: RunningServer, first_byte: int, stack: AsyncExitStack
) -> None:
    visitor = await Visitor.arrive(strict, address=f"127.0.7.{first_byte - 0x80}")
    unknown, known = await visitor.dial(), await greeted(visitor, stack)

    for socket in (unknown, known):
        socket.connection.transport.write(masked(first_byte) * 100_000)

        assert await socket.close_code() in {4008, None}  # who does not stop may miss what it is told


async def test_a_session_of_30_days_ends_under_an_open_socket(
    strict: RunningServer, stack: AsyncExitStack
) -> None:
    visitor = await Visitor.arrive(strict, address="127.0.8.1")
    ends = datetime.now(UTC) + timedelta(seconds=10)
    written = [moment.strftime("%Y-%m-%d %H:%M:%S.%f") for moment in (ends - timedelta(days=30), ends)]
    with sqlite3.connect(strict.home / "foyer.db", isolation_level=None, timeout=10) as other:
        set_times = "UPDATE sessions SET created_at = ?, expires_at = ? WHERE token_hash = ?"
        assert other.execute(set_times, (*written, token_hash(visitor.token))).rowcount == 1
    socket = await greeted(visitor, stack)

    await socket.say("hello")
    await asyncio.sleep((ends - datetime.now(UTC)).total_seconds() + 0.1)
    await socket.send("say", {"client_message_id": "late", "text": "hello"})

    assert await socket.close_code() == 4009
