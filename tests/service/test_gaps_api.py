"""`GET /api/v1/knowledge/gaps`: pages of what was not answered, for keys of the site alone."""

import asyncio

import pytest

from tests.service.running_server import RunningServer
from tests.service.test_lead_is_told import api_key
from tests.service.visitor_client import Socket, Visitor

pytestmark = pytest.mark.slow
PATH = "/api/v1/knowledge/gaps"


async def test_gaps_are_paged_and_closed_to_others(
    server: RunningServer, visitor: Visitor, socket: Socket
) -> None:
    await socket.ask("Do you teach unicycle juggling?")
    await socket.ask("Which opera singer designed the saddle?")
    key = await asyncio.to_thread(api_key, server)
    async with visitor.http(token=key) as client:
        first = (await client.get(PATH, params={"site": "harbour", "limit": 1})).json()
        second = (
            await client.get(PATH, params={"site": "harbour", "limit": 200, "cursor": first["next_cursor"]})
        ).json()
        wrong = await client.get(PATH, params={"site": "harbour", "cursor": "x"})
        nowhere = await client.get(PATH, params={"site": "other"})

    listed = [gap["question"] for gap in first["gaps"] + second["gaps"]]
    assert len(listed) == len(set(listed)) >= 2
    assert {"Do you teach unicycle juggling?", "Which opera singer designed the saddle?"} <= set(listed)
    assert first["gaps"][0]["asked"][0]["lead_id"] is None
    assert first["gaps"][0]["nearest"]["document_id"]
    assert (wrong.status_code, wrong.json()["code"]) == (422, "unknown_cursor")
    assert (nowhere.status_code, nowhere.json()["code"]) == (404, "unknown_site")


async def test_each_unanswered_question_at_the_faq_endpoint_leaves_a_gap_of_nobody(
    server: RunningServer, visitor: Visitor
) -> None:
    asked = {"site": "harbour", "q": "Which tenor sang for kim@opera.example?"}
    key = await asyncio.to_thread(api_key, server)
    async with visitor.http(token=key) as client:
        kinds = [(await client.get("/api/v1/faq", params=asked)).json()["answer"]["kind"] for _ in range(2)]
        listed = (await client.get(PATH, params={"site": "harbour", "limit": 200})).json()["gaps"]

    (gap,) = [gap for gap in listed if "tenor" in gap["question"]]
    assert kinds == ["none", "none"]
    assert gap["question"] == "Which tenor sang for •••••••••••••••••?"
    assert (gap["count"], gap["channels"], gap["visitors"]) == (2, {"faq": 2}, 0)
    assert gap["contacts"] == []
