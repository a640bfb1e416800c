"""The operator's line of a running service: who gets in, what they are sent, and who answers the visitor."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.postgres import fetch
from tests.service.conftest import Connect
from tests.service.operator_client import Console, add_user, run_user
from tests.service.running_server import ANSWER, QUESTION, RunningServer
from tests.service.visitor_client import Frame, Socket, Visitor
from tests.worlds import BOTH_WORLDS

pytestmark = [BOTH_WORLDS, pytest.mark.timeout(300)]

ADDED: set[tuple[Path, str]] = set()
WRONG_TICKETS = {
    "made up": lambda console: "x" * 43,
    "empty-looking": lambda console: " ",
    "the form token": lambda console: console.form_token,
    "the cookie": lambda console: console.cookie.partition("=")[2],
}


class Desk:
    """Consoles of one server, closed after the test."""

    def __init__(self, server: RunningServer, stack: AsyncExitStack) -> None:
        self.server = server
        self.stack = stack
        self.name = ""

    async def log_in(self, name: str = "ada", *options: str) -> Console:
        """Log somebody in; who is not there yet is added first."""
        self.name = name
        if (self.server.home, name) not in ADDED:
            await asyncio.to_thread(add_user, self.server, name, *options)
            ADDED.add((self.server.home, name))
        console = await Console.log_in(self.server, self.name)
        self.stack.push_async_callback(console.client.aclose)
        return console

    async def follow(self, console: Console, conversation_id: str, **hello: Any) -> tuple[Socket, Frame]:
        """Follow a conversation; the socket is closed after the test."""
        socket, welcome = await console.follow(conversation_id, **hello)
        self.stack.push_async_callback(socket.close)
        return socket, welcome


@pytest.fixture
async def desk(server: RunningServer) -> AsyncIterator[Desk]:
    async with AsyncExitStack() as stack:
        yield Desk(server, stack)


@pytest.fixture
async def own_desk(own_server: RunningServer) -> AsyncIterator[Desk]:
    async with AsyncExitStack() as stack:
        yield Desk(own_server, stack)


async def said(socket: Socket, text: str) -> str:
    """Say something as a visitor; return the conversation's id."""
    return str((await socket.say(text))["conversation_id"])


async def closed_with(console: Console, **hello: Any) -> int | None:
    """Return the code with which a socket ends that says hello so."""
    socket = await console.dial()
    await socket.send("hello", hello)
    return await socket.close_code()


async def test_an_operator_reads_along_answers_and_gives_back(
    desk: Desk, visitor: Visitor, connect: Connect
) -> None:
    chat, _ = await connect(visitor)
    first = await chat.say(QUESTION)
    assert ANSWER in (await chat.reply_to(first))["data"]["text"]
    console = await desk.log_in()
    line, welcome = await desk.follow(console, first["conversation_id"])
    assert [frame["data"]["author"] for frame in line.frames if frame["type"] == "message"] == [
        "visitor",
        "bot",
    ]
    assert (welcome["resumed"], welcome["head_seq"], "status" in welcome) == (True, 2, False)

    spoken = await line.say("Hello, this is Ada. How can I help?")
    heard = await chat.until("message", author="operator")
    assert (heard["seq"], heard["data"]["text"]) == (3, "Hello, this is Ada. How can I help?")
    assert (spoken["seq"], spoken["duplicate"]) == (3, False)
    told = [frame["data"] for frame in chat.frames if frame["type"] == "status"]
    assert told == [{"status": "live", "operator": {"name": desk.name.title()}}]
    assert (await line.until("status"))["data"]["yours"] is True

    await chat.say("Do you have a workshop?")
    assert (await line.until("message"))["data"]["text"] == "Do you have a workshop?"
    await line.say("We do.", client_message_id="mine")
    assert (await line.say("We do.", client_message_id="mine"))["duplicate"] is True
    assert (await line.say("Or not.", client_message_id="mine"))["code"] == "id_conflict"
    await chat.until("message", text="We do.")
    await line.send("status", {"status": "bot"})
    await chat.until("status", status="bot")

    reply = await chat.ask("How much is the city bike?")
    assert "900 euros" in reply["text"]
    authors = [frame["data"]["author"] for frame in chat.frames if frame["type"] == "message"]
    assert authors == ["bot", "operator", "operator", "bot"]
    assert line.seqs()[-1] <= chat.seqs()[-1] == 7


async def test_the_bot_is_silent_while_somebody_answers_and_answers_what_they_left(
    desk: Desk, visitor: Visitor, connect: Connect
) -> None:
    chat, _ = await connect(visitor)
    conversation_id = await said(chat, "Hello")
    await chat.until("message", author="bot")
    line, _ = await desk.follow(await desk.log_in(), conversation_id)
    await line.send("status", {"status": "live"})
    await chat.until("status", status="live")

    asked = await chat.say(QUESTION)
    await line.until("message", text=QUESTION)
    await asyncio.sleep(1.5)
    async with visitor.http() as client:
        page = (await client.get("/api/v1/events", params={"after": 2, "wait": 0})).json()
    assert [event["data"]["author"] for event in page["events"]] == ["visitor"]
    assert page["status"] == {"status": "live", "operator": {"name": desk.name.title()}}

    await line.send("status", {"status": "bot"})
    assert ANSWER in (await chat.reply_to(asked))["data"]["text"]
    assert (await line.until("message", author="bot"))["data"]["in_reply_to"] == asked["message_id"]
    await line.send("status", {"status": "bot"}, id="again")
    assert (await line.until("error"))["data"]["code"] == "taken"


async def test_what_is_told_to_a_person_is_read_and_their_page_hears_of_it(
    desk: Desk, visitor: Visitor, connect: Connect
) -> None:
    chat, _ = await connect(visitor)
    conversation_id = await said(chat, "Hello")
    await chat.until("message", author="bot")
    console = await desk.log_in()
    line, _ = await desk.follow(console, conversation_id)
    await line.say("What do you have in mind?")

    await chat.say("We have a budget of 20000 euros for it")
    assert (await line.until("lead"))["data"] == {}
    found = (await console.client.get("/api/v1/leads", params={"all": True})).json()["leads"]
    (lead,) = [one for one in found if one["conversation_id"] == conversation_id]
    assert lead["facts"]["budget"]["quote"] == "20000 euros"
    assert lead["score"] > 0

    await line.send("status", {"status": "bot"})
    await chat.until("status", status="bot")
    assert not [frame for frame in chat.frames if frame["type"] == "lead"]


async def test_who_comes_back_is_told_who_answers(desk: Desk, visitor: Visitor, connect: Connect) -> None:
    chat, welcome = await connect(visitor)
    conversation_id = await said(chat, "Hello")
    line, _ = await desk.follow(await desk.log_in(), conversation_id)
    await line.say("Ada here.")

    again, _ = await connect(visitor, last_seq=1, epoch=welcome["epoch"])
    assert ("status", {"status": "live", "operator": {"name": desk.name.title()}}) in [
        (frame["type"], frame["data"]) for frame in again.frames
    ]
    await line.send("status", {"status": "bot"})
    await again.until("status", status="bot")
    once_more, _ = await connect(visitor, last_seq=1, epoch=welcome["epoch"])
    assert ("status", {"status": "bot"}) in [(frame["type"], frame["data"]) for frame in once_more.frames]


async def test_a_waiting_poll_hears_that_somebody_else_answers(
    desk: Desk, visitor: Visitor, connect: Connect
) -> None:
    chat, _ = await connect(visitor)
    conversation_id = await said(chat, "Hello")
    await chat.until("message", author="bot")
    line, _ = await desk.follow(await desk.log_in(), conversation_id)
    async with visitor.http() as client:
        begun = time.monotonic()
        polling = asyncio.create_task(client.get("/api/v1/events", params={"after": 2}))
        await asyncio.sleep(0.5)
        await line.send("status", {"status": "live"})
        page = (await polling).json()
        assert (page["events"], page["status"]["status"]) == ([], "live")
        assert time.monotonic() - begun < 15

        await line.send("status", {"status": "bot"})
        await chat.until("status", status="bot")
        page = (await client.get("/api/v1/events", params={"after": 2, "status": "live"})).json()
    assert (page["events"], page["status"]) == ([], {"status": "bot"})
    assert time.monotonic() - begun < 15


async def test_typing_goes_to_the_other_side_alone(desk: Desk, visitor: Visitor, connect: Connect) -> None:
    chat, _ = await connect(visitor)
    conversation_id = await said(chat, "Hello")
    line, _ = await desk.follow(await desk.log_in(), conversation_id)
    await line.send("typing")  # not theirs yet: the bot answers
    await line.say("Ada here.")
    await chat.send("typing")
    assert (await line.until("typing"))["data"] == {"author": "visitor"}
    await line.send("typing")
    assert (await chat.until("typing"))["data"] == {"author": "operator"}
    await chat.say("Hello Ada")
    await line.until("message", text="Hello Ada")
    assert sum(frame["type"] == "typing" for frame in chat.frames + line.frames) == 2


async def test_one_operator_at_a_time(desk: Desk, visitor: Visitor, connect: Connect) -> None:
    chat, _ = await connect(visitor)
    conversation_id = await said(chat, "Hello")
    first, _ = await desk.follow(await desk.log_in(), conversation_id)
    second, _ = await desk.follow(await desk.log_in("ben"), conversation_id)
    await first.say("Ada here.")
    assert (await second.until("status"))["data"]["yours"] is False

    assert (await second.say("Me too."))["code"] == "taken"
    await second.send("status", {"status": "live"})
    await first.until("status", yours=False)
    assert (await second.say("Now me."))["seq"] > 0
    assert (await first.say("Still me."))["code"] == "taken"
    await chat.until("message", text="Now me.")


async def test_a_visitor_may_always_have_everything_deleted(
    desk: Desk, visitor: Visitor, connect: Connect
) -> None:
    chat, _ = await connect(visitor)
    conversation_id = await said(chat, "Hello")
    line, _ = await desk.follow(await desk.log_in(), conversation_id)
    await line.say("Ada here. Do you want a call?")
    await chat.until("message", author="operator")

    asked = await chat.ask("Please delete all my data.")
    assert asked["asked"] == "forget"
    await chat.say("Yes")
    assert await chat.close_code() == 4505
    assert await line.close_code() == 4505


async def test_a_yes_to_a_person_is_no_yes_to_the_bots_question(
    desk: Desk, visitor: Visitor, connect: Connect
) -> None:
    chat, _ = await connect(visitor)
    asked = await chat.ask("My e-mail is cara@harbour-works.example, call me about the city bike.")
    assert asked["asked"] == "consent"
    conversation_id = next(f["data"]["conversation_id"] for f in chat.frames if f["type"] == "accepted")
    line, _ = await desk.follow(await desk.log_in(), conversation_id)
    await line.say("Is it for yourself?")
    await chat.until("message", author="operator")
    accepted = await chat.say("Yes")
    await line.send("status", {"status": "bot"})
    await chat.reply_to(accepted)
    assert await consent_of(desk.server, conversation_id) == "not_asked"


async def consent_of(server: RunningServer, conversation_id: str) -> str:
    """Return what is kept of the visitor's answer to the consent question."""
    query = f"SELECT consent FROM conversations WHERE conversation_id = '{conversation_id}'"
    if "FOYER_DATABASE_URL" in server.environment:
        return str((await asyncio.to_thread(fetch, server.database_url, query))[0][0])
    with sqlite3.connect(Path(server.home) / "foyer.db") as db:
        return str(db.execute(query).fetchone()[0])


@pytest.mark.parametrize("what", ["no token", "wrong token", "other page", "nobody", "key"])
async def test_a_ticket_needs_the_login_and_the_form_token(desk: Desk, what: str) -> None:
    console = await desk.log_in()
    headers = {
        "no token": {"X-CSRF-Token": ""},
        "wrong token": {"X-CSRF-Token": "x" * 43},
        "other page": {"Origin": "https://evil.example"},
    }.get(what, {})
    if what in {"nobody", "key"}:
        console.client.cookies.clear()
    if what == "key":
        headers = {"Authorization": f"Bearer {console.form_token}"}
    refused = await console.fetch(**headers)
    assert refused.status_code == (401 if what in {"nobody", "key"} else 403)
    assert refused.json()["code"] == ("unauthorized" if what in {"nobody", "key"} else "csrf")


@pytest.mark.parametrize("kind", WRONG_TICKETS)
async def test_a_socket_needs_a_ticket(desk: Desk, visitor: Visitor, connect: Connect, kind: str) -> None:
    chat, _ = await connect(visitor)
    conversation_id = await said(chat, "Hello")
    console = await desk.log_in()
    ticket = WRONG_TICKETS[kind](console)
    assert await closed_with(console, ticket=ticket, conversation_id=conversation_id) == 4500


async def test_a_ticket_opens_one_socket_of_the_browser_that_fetched_it(
    desk: Desk, visitor: Visitor, connect: Connect
) -> None:
    chat, _ = await connect(visitor)
    conversation_id = await said(chat, "Hello")
    ada, ben = await desk.log_in(), await desk.log_in("ben")
    ticket = await ada.ticket()
    assert await closed_with(ben, ticket=ticket, conversation_id=conversation_id) == 4500
    sockets = [await ada.dial() for _ in range(6)]
    hello = {"ticket": ticket, "conversation_id": conversation_id}
    await asyncio.gather(*(socket.send("hello", hello) for socket in sockets))
    firsts = await asyncio.gather(*(first_or_code(socket) for socket in sockets))
    assert sorted(map(str, firsts)) == ["4500"] * 5 + ["welcome"]


async def first_or_code(socket: Socket) -> str | int | None:
    """Return the kind of the first frame, or the code of a socket that ends without one."""
    try:
        return str((await socket.receive())["type"])
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else None


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "https://shop.example"}, 403),
        ({"origin": None}, 403),
        ({"cookie": ""}, 401),
        ({"cookie": "foyer=x"}, 401),
        ({"protocol": "foyer.v9"}, 400),
    ],
)
async def test_a_handshake_from_elsewhere_or_nobody_is_refused(
    desk: Desk, options: dict[str, Any], status: int
) -> None:
    console = await desk.log_in()
    with pytest.raises(InvalidStatus) as refused:
        await console.dial(**options)
    assert refused.value.response.status_code == status


@pytest.mark.parametrize("how", ["log out", "disable", "remove", "password"])
async def test_who_is_logged_out_hears_nothing_more(
    desk: Desk, visitor: Visitor, connect: Connect, how: str
) -> None:
    chat, _ = await connect(visitor)
    conversation_id = await said(chat, "Hello")
    await chat.until("message", author="bot")
    console = await desk.log_in(f"who will {how}")
    line, _ = await desk.follow(console, conversation_id)
    await line.say("Here I am.")
    await asyncio.sleep(1.1)
    if how == "log out":
        await console.log_out()
    elif how == "password":
        typed = "another quiet green door\n"
        await asyncio.to_thread(run_user, desk.server, how, desk.name, "--password-stdin", typed=typed)
    else:
        await asyncio.to_thread(run_user, desk.server, how, desk.name)
    n_before = len(line.frames)
    await chat.say("A secret")
    assert await line.close_code() == 4009
    assert [frame for frame in line.frames[n_before:] if frame["type"] != "status"] == []
    await chat.until("status", status="bot")
    await chat.until("message", author="bot")


async def test_an_operator_of_another_site_sees_nothing(
    desk: Desk, visitor: Visitor, connect: Connect
) -> None:
    chat, _ = await connect(visitor)
    conversation_id = await said(chat, "Hello")
    console = await desk.log_in("harbour", "--site", "harbour")
    await desk.follow(console, conversation_id)
    for_nothing = {"ticket": await console.ticket(), "conversation_id": "c_none"}
    assert await closed_with(console, **for_nothing) == 4505


@pytest.mark.parametrize(
    "frame",
    [
        '{"type":"say","data":{"client_message_id":"a","choice":"x"}}',
        '{"type":"say","data":{"client_message_id":"a","form":{"a":"b"}}}',
        '{"type":"say","data":{"client_message_id":"a","text":"\\u0000"}}',
        '{"type":"say","data":{"client_message_id":"a","text":"' + "x" * 4_001 + '"}}',
        '{"type":"status","data":{"status":"closed"}}',
        '{"type":"status","data":[]}',
        '{"type":"feedback","data":{"message_id":"m","helpful":true}}',
        '{"type":"hello","data":{"ticket":"x","conversation_id":"y"}}',
        "[]",
        "NaN",
        "[" * 5_000,
    ],
)
async def test_a_bad_frame_is_refused_and_the_socket_lives(
    desk: Desk, visitor: Visitor, connect: Connect, frame: str
) -> None:
    chat, _ = await connect(visitor)
    conversation_id = await said(chat, "Hello")
    line, _ = await desk.follow(await desk.log_in(), conversation_id)
    await line.connection.send(frame)
    code = (await line.until("error"))["data"]["code"]
    assert code in {"bad_frame", "bad_json", "too_long", "unknown_type", "unexpected"}
    await line.send("ping", id="p")
    assert (await line.until("pong"))["id"] == "p"


async def test_a_console_goes_on_after_a_restart(own_desk: Desk) -> None:
    server = own_desk.server
    visitor = await Visitor.arrive(server)
    chat, welcome = await visitor.connect()
    conversation_id = await said(chat, "Hello")
    await chat.until("message", author="bot")
    console = await own_desk.log_in()
    line, _ = await own_desk.follow(console, conversation_id)
    await line.say("Ada here.")
    stopping = asyncio.create_task(asyncio.to_thread(server.stop))
    await line.until("goaway")
    assert await line.close_code() == 1012
    await stopping
    await asyncio.to_thread(server.start)

    again, back = await own_desk.follow(console, conversation_id, last_seq=3, epoch=welcome["epoch"])
    assert (back["resumed"], back["head_seq"]) == (True, 3)
    assert ("status", True) in [(frame["type"], frame["data"].get("yours")) for frame in again.frames]
    fresh, other = await own_desk.follow(console, conversation_id, last_seq=9)
    assert (other["resumed"], other["reason"]) == (False, "ahead_of_head")
    assert [frame["type"] for frame in fresh.frames if frame["type"] == "message"] == []
    chat_again, _ = await visitor.connect(last_seq=3)
    await again.say("Still here.")
    await chat_again.until("message", text="Still here.")
