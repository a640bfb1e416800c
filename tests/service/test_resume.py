"""Coming back after a cut: all of what was missed, in order, or a plain word that everything must be loaded."""

import asyncio
import random
import signal
from typing import Any

import pytest

from tests.service.conftest import Connect
from tests.service.running_server import RunningServer
from tests.service.visitor_client import Frame, Socket, Visitor
from tests.worlds import BOTH_WORLDS

pytestmark = [pytest.mark.slow, BOTH_WORLDS]


def durable(socket: Socket) -> list[int]:
    """Return the `seq` of each message frame, in order of arrival."""
    return [frame["seq"] for frame in socket.frames if frame["type"] == "message"]


async def poll(visitor: Visitor, *, last_seq: int = 0, **claims: Any) -> Frame:
    """Ask over HTTP for what is new."""
    async with visitor.http() as client:
        answer = await client.get("/api/v1/events", params={"after": last_seq, **claims})
    page: Frame = answer.raise_for_status().json()
    return page


async def test_a_cut_socket_resumes_with_everything_after_the_last_it_saw(
    visitor: Visitor, connect: Connect
) -> None:
    first, _ = await connect(visitor)
    reply = await first.reply_to(await first.say("Hello"))
    first.cut()
    other, _ = await connect(visitor)
    for text in ("thanks", "goodbye"):
        await other.ask(text)

    again, welcome = await connect(visitor, last_seq=reply["seq"])

    assert welcome["resumed"] is True
    assert (welcome["head_seq"], durable(again)) == (6, [3, 4, 5, 6])
    assert [frame["type"] for frame in again.frames][-1] == "live"


async def test_a_replay_holds_the_visitors_own_messages_too(visitor: Visitor, connect: Connect) -> None:
    first, _ = await connect(visitor)
    accepted = await first.say("Hello", client_message_id="mine")
    await first.reply_to(accepted)

    again, _ = await connect(visitor, last_seq=0)

    own = again.frames[1]["data"]
    assert (own["author"], own["client_message_id"], own["text"]) == ("visitor", "mine", "Hello")


async def test_a_resume_that_names_epoch_and_conversation_is_granted(
    visitor: Visitor, connect: Connect
) -> None:
    first, welcome = await connect(visitor)
    accepted = await first.say("Hello")
    await first.reply_to(accepted)

    _, again = await connect(
        visitor, last_seq=2, epoch=welcome["epoch"], conversation_id=accepted["conversation_id"]
    )

    assert again["resumed"] is True
    assert "reason" not in again


UNTRUE = pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ({"epoch": "of another database"}, "epoch_changed"),
        ({"last_seq": 99}, "ahead_of_head"),
        ({"conversation_id": "c_0000000000000000000000000"}, "another_conversation"),
    ],
)


@UNTRUE
async def test_a_claim_that_does_not_hold_is_not_resumed_and_nothing_is_replayed(
    visitor: Visitor, connect: Connect, claim: Frame, reason: str
) -> None:
    first, _ = await connect(visitor)
    await first.ask("Hello")

    again, welcome = await connect(visitor, **claim)

    assert (welcome["resumed"], welcome["reason"]) == (False, reason)
    assert durable(again) == []


@UNTRUE
async def test_a_poll_with_a_claim_that_does_not_hold_is_told_so_at_once(
    visitor: Visitor, connect: Connect, claim: Frame, reason: str
) -> None:
    socket, _ = await connect(visitor)
    await socket.ask("Hello")

    async with asyncio.timeout(15):  # a poll waits for 25 s
        page = await poll(visitor, **claim)

    assert (page["resumed"], page["reason"], page["events"]) == (False, reason, [])
    assert (page["head_seq"], page["epoch"]) == (2, visitor.session["epoch"])


async def test_a_poll_whose_claims_hold_goes_on_from_them(visitor: Visitor, connect: Connect) -> None:
    socket, welcome = await connect(visitor)
    accepted = await socket.say("Hello")
    await socket.reply_to(accepted)
    claims = {"epoch": welcome["epoch"], "conversation_id": accepted["conversation_id"]}

    missed = await poll(visitor, last_seq=1, **claims)
    async with asyncio.timeout(15):
        nothing_new = await poll(visitor, last_seq=2, wait=0, **claims)

    assert [page["resumed"] for page in (missed, nothing_new)] == [True, True]
    assert not {"reason"} & (missed.keys() | nothing_new.keys())
    assert [[event["seq"] for event in page["events"]] for page in (missed, nothing_new)] == [[2], []]


async def test_a_socket_that_was_not_resumed_still_gets_what_comes(
    visitor: Visitor, connect: Connect
) -> None:
    first, _ = await connect(visitor)
    await first.ask("Hello")

    again, _ = await connect(visitor, last_seq=99)
    reply = await again.reply_to(await again.say("thanks"))

    assert reply["seq"] == 4


@pytest.mark.parametrize("seed", range(3))
async def test_many_cuts_in_a_lively_conversation_leave_no_hole_and_nothing_twice(
    visitor: Visitor, connect: Connect, seed: int
) -> None:
    chance = random.Random(seed)
    talking, _ = await connect(visitor)
    seen: list[int] = []

    async def talk() -> None:
        for number in range(30):
            await talking.say(f"thanks {'so much ' * (number % 3)}")
            await asyncio.sleep(chance.uniform(0, 0.02))  # how people type: unevenly

    async def look_on() -> None:
        while len(seen) < 60:
            socket, _ = await visitor.connect(last_seq=len(seen))
            assert durable(socket) == list(range(len(seen) + 1, len(seen) + 1 + len(durable(socket))))
            seen.extend(durable(socket))
            for _ in range(chance.randrange(8)):
                if len(seen) == 60:
                    break
                frame = await socket.receive()
                if frame["type"] == "message":
                    seen.append(frame["seq"])
            socket.cut()

    async with asyncio.timeout(60):
        await asyncio.gather(talk(), look_on())

    assert seen == list(range(1, 61))


async def test_the_server_can_be_stopped_and_started_and_the_conversation_goes_on(
    own_server: RunningServer,
) -> None:
    visitor = await Visitor.arrive(own_server)
    socket, welcome = await visitor.connect()
    await socket.ask("Hello")

    status = await asyncio.to_thread(own_server.stop)
    code = await socket.close_code()
    await asyncio.to_thread(own_server.start)
    again, resumed = await visitor.connect(last_seq=2, epoch=welcome["epoch"])

    assert status in {0, -signal.SIGTERM}
    assert code == 1012
    assert any(frame["type"] == "goaway" for frame in socket.frames)
    assert resumed["resumed"] is True
    assert (await again.reply_to(await again.say("thanks")))["seq"] == 4
    await again.close()


async def test_a_stop_waits_for_no_long_poll(own_server: RunningServer) -> None:
    visitor = await Visitor.arrive(own_server)
    async with visitor.http() as client:
        polling = asyncio.create_task(client.get("/api/v1/events"))
        for _ in range(3):  # by the time these are answered the poll has arrived too
            await client.get("/api/v1/history")

        async with asyncio.timeout(20):  # a poll alone would wait for 25 seconds
            await asyncio.to_thread(own_server.stop)
            page = await polling

    assert (page.status_code, page.json()["events"]) == (200, [])
    assert "Traceback" not in own_server.log
