"""A message that is sent again is the same message: accepted once, answered once."""

import asyncio

import pytest

from tests.service.conftest import Connect
from tests.service.running_server import QUESTION, RunningServer
from tests.service.visitor_client import Socket, Visitor
from tests.worlds import BOTH_WORLDS

pytestmark = [pytest.mark.slow, BOTH_WORLDS]


async def test_the_same_id_and_body_is_accepted_as_a_duplicate_of_the_first(socket: Socket) -> None:
    first = await socket.say("Hello", client_message_id="one")
    second = await socket.say("Hello", client_message_id="one")

    assert (first["duplicate"], second["duplicate"]) == (False, True)
    assert (second["message_id"], second["seq"]) == (first["message_id"], first["seq"])


async def test_the_same_id_with_another_body_is_an_id_conflict(server: RunningServer, socket: Socket) -> None:
    first = await socket.say("Hello", client_message_id="one")

    error = await socket.say("Something else", client_message_id="one")

    assert (error["code"], error["retry"]) == ("id_conflict", False)
    (row,) = server.rows("SELECT text FROM messages WHERE message_id = ?", first["message_id"])
    assert row["text"] == "Hello"


async def test_an_error_repeats_the_id_of_the_frame_it_answers(socket: Socket) -> None:
    await socket.say("Hello", client_message_id="one")

    await socket.send("say", {"client_message_id": "one", "text": "Other"}, id="frame 7")

    assert (await socket.until("error"))["id"] == "frame 7"


@pytest.mark.parametrize("attempt", range(3))
async def test_one_message_on_four_sockets_at_once_is_one_row_with_one_reply(
    server: RunningServer, visitor: Visitor, connect: Connect, attempt: int
) -> None:
    sockets = [(await connect(visitor))[0] for _ in range(4)]

    accepted = await asyncio.gather(*(s.say(QUESTION, client_message_id="same") for s in sockets))
    replies = await asyncio.gather(*(s.reply_to(accepted[0]) for s in sockets))

    assert sorted(a["duplicate"] for a in accepted) == [False, True, True, True]
    assert {(a["message_id"], a["seq"]) for a in accepted} == {(accepted[0]["message_id"], 1)}
    assert len({reply["data"]["message_id"] for reply in replies}) == 1
    rows = server.rows(
        "SELECT seq, author FROM messages WHERE conversation_id = ? ORDER BY seq",
        accepted[0]["conversation_id"],
    )
    assert [tuple(row) for row in rows] == [(1, "visitor"), (2, "bot")]


async def test_a_message_whose_sender_is_cut_off_at_once_is_answered_all_the_same(
    server: RunningServer, connect: Connect
) -> None:
    visitors = [await Visitor.arrive(server) for _ in range(12)]
    for number, visitor in enumerate(visitors):
        socket, _ = await visitor.connect()
        await socket.send("say", {"client_message_id": "last words", "text": QUESTION})
        await asyncio.sleep(number / 2000)  # another moment of the turn each time
        socket.cut()

    for visitor in visitors:
        again, _ = await connect(visitor)
        accepted = await again.say(QUESTION, client_message_id="last words")
        assert (await again.reply_to(accepted))["seq"] == 2
