"""The visitor's line from hello to the answer, and the order of everything in it."""

import asyncio
import random

import pytest

from tests.service.conftest import Connect
from tests.service.running_server import ANSWER, QUESTION, RunningServer, until
from tests.service.visitor_client import Frame, Socket, Visitor
from tests.worlds import BOTH_WORLDS

pytestmark = [pytest.mark.slow, BOTH_WORLDS]


async def test_hello_is_answered_with_welcome_and_then_live(visitor: Visitor, connect: Connect) -> None:
    socket, welcome = await connect(visitor)

    assert [frame["type"] for frame in socket.frames] == ["welcome", "live"]
    assert welcome["epoch"] == visitor.session["epoch"]
    assert welcome["conversation_id"] is None
    assert welcome["head_seq"] == 0
    assert welcome["resumed"] is True
    assert welcome["heartbeat_ms"] == 25_000
    assert welcome["limits"]["text"] == 4_000


async def test_a_question_is_answered_from_the_documentation_with_a_citation(socket: Socket) -> None:
    accepted = await socket.say(QUESTION)
    reply = await socket.reply_to(accepted)

    assert ANSWER in reply["data"]["text"]
    assert reply["data"]["citations"][0]["n"] == 1
    assert {"title", "url", "quote", "passage_id"} <= reply["data"]["citations"][0].keys()
    assert (accepted["seq"], reply["seq"]) == (1, 2)


async def test_the_deltas_of_a_reply_join_to_the_words_of_its_message(socket: Socket) -> None:
    await socket.ask("hello")
    accepted = await socket.say(QUESTION)
    reply = await socket.reply_to(accepted)

    deltas = [
        frame["data"]
        for frame in socket.frames
        if frame["type"] == "delta" and frame["data"]["in_reply_to"] == accepted["message_id"]
    ]
    assert [delta["n"] for delta in deltas] == list(range(len(deltas)))
    assert "".join(delta["text"] for delta in deltas) == reply["data"]["text"]


async def test_what_is_told_as_it_happens_is_what_the_database_has(
    visitor: Visitor, connect: Connect
) -> None:
    told, _ = await connect(visitor)
    for text in (QUESTION, "My e-mail is ada@harbour.example", "No, thank you", "We are 12 people"):
        await told.ask(text)
    read, _ = await connect(visitor)

    kept = {f["seq"]: f for f in read.frames if f["type"] == "message"}
    assert [kept[f["seq"]] for f in told.frames if f["type"] == "message"] == [
        f for f in told.frames if f["type"] == "message"
    ]
    assert len(kept) == 8


async def test_what_is_accepted_is_on_disk_already(server: RunningServer, socket: Socket) -> None:
    accepted = await socket.say("The workshop is lovely.")

    assert stored_text(server, accepted) == "The workshop is lovely."


async def test_ten_things_said_at_once_are_each_answered_once_in_order_without_a_hole(socket: Socket) -> None:
    texts = [QUESTION, "thanks"] * 5  # one to think about, one that could overtake it
    for number, text in enumerate(texts):
        await socket.send("say", {"client_message_id": f"burst{number}", "text": text})
    replies = [await socket.until("message", author="bot") for _ in texts]

    accepted = [frame["data"]["message_id"] for frame in socket.frames if frame["type"] == "accepted"]
    assert [reply["data"]["in_reply_to"] for reply in replies] == accepted
    assert not any(reply["data"]["kind"] == "failed" for reply in replies)
    assert sorted(socket.seqs()) == list(range(1, 21))


async def test_the_sender_gets_no_echo_and_its_other_tab_does(visitor: Visitor, connect: Connect) -> None:
    first, _ = await connect(visitor)
    second, _ = await connect(visitor)

    accepted = await first.say("Hello")
    await first.reply_to(accepted)
    await second.reply_to(accepted)

    assert [f["seq"] for f in first.frames if f["type"] == "message"] == [2]
    assert [f["seq"] for f in second.frames if f["type"] == "message"] == [1, 2]
    echoed = next(f["data"] for f in second.frames if f["type"] == "message")
    assert (echoed["author"], echoed["text"]) == ("visitor", "Hello")


async def test_a_tab_that_opened_while_another_began_the_conversation_misses_nothing(
    server: RunningServer, connect: Connect
) -> None:
    chance = random.Random(5)
    for _ in range(30):
        visitor = await Visitor.arrive(server)
        talking, _ = await connect(visitor)
        other = await visitor.dial()
        await other.send("hello", {"token": visitor.token, "last_seq": 0})
        await asyncio.sleep(chance.uniform(0, 0.004))  # another moment of the greeting each time

        accepted = await talking.say("Hello")

        reply = await other.reply_to(accepted)
        assert reply["seq"] == 2
        assert [f["seq"] for f in other.frames if f["type"] == "message"] == [1, 2]
        await other.close()


async def test_a_quick_reply_is_kept_in_the_words_that_people_read(
    server: RunningServer, socket: Socket
) -> None:
    asked = await socket.ask("My e-mail is ada@harbour.example")
    labels = {choice["id"]: choice["label"] for choice in asked["choices"]}

    await socket.send("say", {"client_message_id": "press", "choice": "yes"})
    accepted = (await socket.until("accepted"))["data"]
    await socket.reply_to(accepted)

    assert stored_text(server, accepted) == labels["yes"]


async def test_a_form_is_kept_field_by_field(server: RunningServer, socket: Socket) -> None:
    await socket.send("say", {"client_message_id": "form", "form": {"team": "12", "city": "Brest"}})
    accepted = (await socket.until("accepted"))["data"]

    assert stored_text(server, accepted) == "team: 12\ncity: Brest"


async def test_a_ping_is_answered_with_a_pong_that_repeats_its_id(socket: Socket) -> None:
    await socket.send("ping", id="p1")

    assert (await socket.until("pong"))["id"] == "p1"


async def test_unknown_fields_are_ignored(socket: Socket) -> None:
    await socket.send("say", {"client_message_id": "f1", "text": "Hello", "mood": "fine"}, colour="red")

    assert (await socket.until("accepted"))["data"]["duplicate"] is False


async def test_feedback_on_a_reply_is_kept(server: RunningServer, socket: Socket) -> None:
    reply = await socket.ask(QUESTION)

    await socket.send(
        "feedback", {"message_id": reply["message_id"], "helpful": False, "comment": "too short"}
    )

    def kept() -> list[object]:
        return server.rows("SELECT helpful, comment FROM feedback WHERE message_id = ?", reply["message_id"])

    row = until(kept)[0]
    assert (row["helpful"], row["comment"]) == (0, "too short")


def stored_text(server: RunningServer, accepted: Frame) -> str:
    """Return the words of an accepted message as they are on disk."""
    query = "SELECT text FROM messages WHERE message_id = ? AND seq = ?"
    (row,) = server.rows(query, accepted["message_id"], accepted["seq"])
    return str(row["text"])
