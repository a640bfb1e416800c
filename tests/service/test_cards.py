"""A recommended product is a card: on the wire, after a resume, in the history and over plain HTTP the same."""

import pytest

from tests.service.conftest import Connect
from tests.service.running_server import QUESTION
from tests.service.visitor_client import Socket, Visitor

pytestmark = pytest.mark.slow

CARD = {
    "document_id": "care-crew",
    "name": "Crew Care",
    "price": "199",
    "currency": "EUR",
    "url": "https://shop.example/care/crew",
    "image": None,
    "reasons": {"for": "2-10 people"},
}


async def test_the_plan_for_five_people_is_a_card_wherever_the_reply_is_read(
    visitor: Visitor, socket: Socket, connect: Connect
) -> None:
    reply = await socket.ask("Which plan for 5 people?")

    resumed, _ = await connect(visitor, last_seq=0)
    async with visitor.http() as client:
        read = [(await client.get(f"/api/v1/{path}?after=0")).json() for path in ("history", "events")]
    assert reply["cards"] == [CARD]
    assert "2-10 people" in reply["text"] or reply["kind"] == "generated"  # with FOYER_TEST_MODEL
    assert resumed.frames[-2]["data"] == reply
    assert [page["events"][-1]["data"] for page in read] == [reply, reply]


async def test_an_answer_that_recommends_nothing_has_no_cards(socket: Socket) -> None:
    assert (await socket.ask(QUESTION))["cards"] == []
