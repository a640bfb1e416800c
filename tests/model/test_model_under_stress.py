"""Money that runs out, a process that dies in the middle of an answer, a provider that never comes back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import httpx2
import pytest
import pytest_asyncio

from tests.llm.script import Script
from tests.model.conftest import GENERATED, Model, fresh, open_model
from tests.service.running_server import ANSWER, until
from tests.service.visitor_client import Socket, Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")

COSTS = (1_500, 500, 0)
"""Of each call: less than what is held for it."""
BUDGET = 10_000
SHARED = f"  budget: {{site_tokens: {BUDGET}}}\n"
FIRST = "We ship to France for 12 euros [1]. "


@pytest_asyncio.fixture(loop_scope="session")
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as opened:
        yield opened


async def connected(model: Model) -> Socket:
    return (await (await Visitor.arrive(model.server)).connect())[0]


async def test_two_workers_share_a_budget_and_beyond_it_the_documentation_is_quoted(
    tmp_path: Path, stack: AsyncExitStack
) -> None:
    model = await open_model(tmp_path, stack, more=SHARED, workers=2)
    model.say(GENERATED, counts=COSTS)
    model.facts = Script(value={"facts": []}, counts=COSTS)
    sockets = [await connected(model) for _ in range(6)]

    replies = await asyncio.gather(*(socket.ask(fresh()) for socket in sockets))
    replies += [await socket.ask(fresh()) for socket in sockets]

    assert 0 < len(model.asked("answer") + model.asked("facts")) <= BUDGET // sum(COSTS)
    assert replies[-1]["kind"] == "faq"
    assert all(ANSWER in reply["text"] and not reply.get("degraded") for reply in replies)
    (day,) = model.server.rows(
        "SELECT input_tokens + output_tokens AS spent, refused_site FROM site_spending"
    )
    assert day["spent"] <= BUDGET
    assert day["refused_site"] >= len(sockets)
    async with httpx2.AsyncClient() as client:
        numbers = (await client.get(f"{model.server.url}/metrics")).text
    assert 'foyer_model_refused_total{site="harbour",whose="site"}' in numbers
    assert 'foyer_model_outcomes_total{of="answer",outcome="over_budget_site",site="harbour"}' in numbers


async def test_a_kill_in_the_middle_of_an_answer_leaves_one_reply_after_two_more_calls_at_most(
    model: Model,
) -> None:
    model.say(FIRST, "Ship", mishap="hang_midway")
    socket = await connected(model)
    accepted = await socket.say(fresh())
    await socket.until("delta", in_reply_to=accepted["message_id"])
    await asyncio.to_thread(model.server.kill)
    before = len(model.asked("answer"))
    model.say(GENERATED)

    await asyncio.to_thread(model.server.start)

    query = "SELECT kind, text FROM messages WHERE in_reply_to = ?"
    await asyncio.to_thread(until, lambda: model.server.rows(query, accepted["message_id"]), within_s=20)
    (reply,) = model.server.rows(query, accepted["message_id"])
    assert ANSWER in reply["text"]
    assert reply["text"].count("12 euros") == 1
    assert 0 < len(model.asked("answer")) - before <= 2


async def test_a_stop_lets_an_answer_be_written_to_its_end(model: Model) -> None:
    model.say(FIRST, "Shipping to France takes three days [1].", delay_s=0.5)
    socket = await connected(model)
    accepted = await socket.say(fresh())
    await socket.until("delta", in_reply_to=accepted["message_id"])

    await asyncio.to_thread(model.server.stop)
    await asyncio.to_thread(model.server.start)

    (reply,) = model.server.rows(
        "SELECT kind, text FROM messages WHERE in_reply_to = ?", accepted["message_id"]
    )
    assert reply["kind"] == "generated"
    assert "three days" in reply["text"]


async def test_who_waits_for_a_silent_model_keeps_nobody_else_waiting(model: Model) -> None:
    model.answer = model.facts = Script(mishap="hang")
    waiting = [await connected(model) for _ in range(20)]
    accepted = [await socket.say(fresh()) for socket in waiting]
    await asyncio.to_thread(until, lambda: model.asked("answer"))

    other = await connected(model)
    reply = await other.ask("Thanks a lot")

    assert reply["kind"] != "failed"
    answered = [
        row["in_reply_to"] for row in model.server.rows("SELECT in_reply_to FROM messages WHERE kind = 'faq'")
    ]
    assert not {one["message_id"] for one in accepted} & set(answered)
    for socket in (*waiting, other):
        await socket.close()
