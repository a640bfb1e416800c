"""A site with a model of the other protocol: it answers, it fails, and it is refused, likewise."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
import pytest_asyncio

from tests.llm.script import Script
from tests.model.conftest import GENERATED, KEY, Model, fresh, open_model, told
from tests.service.running_server import ANSWER, until
from tests.service.visitor_client import Socket

pytestmark = pytest.mark.asyncio(loop_scope="session")
TOOL = {"type": "input_json_delta", "partial_json": '{"to": "all"}'}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def opened(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Model]:
    async with AsyncExitStack() as stack:
        yield await open_model(tmp_path_factory.mktemp("anthropic"), stack, protocol="anthropic")


async def test_it_words_the_answer_and_points_at_facts(model: Model, socket: Socket) -> None:
    model.facts = Script(value={"facts": [{"slot": "team_size", "quote": "forty or so"}]})
    await socket.say("Whatever it is has to work for the crew, forty or so, and for the boss.")
    accepted = await socket.say(fresh())
    reply = (await socket.reply_to(accepted))["data"]

    assert reply["kind"] == "generated"
    assert reply["text"].startswith(GENERATED)
    assert "".join(told(socket, accepted)) == reply["text"]
    sent = model.asked("answer")[-1]
    assert any(KEY in value for value in sent.headers.values())
    assert KEY not in sent.text
    assert sent.body["system"][0]["cache_control"] == {"type": "ephemeral"}
    told_of = "SELECT * FROM facts WHERE slot = 'team_size' AND quote = 'forty or so' AND extractor = 'model'"
    until(lambda: model.server.rows(told_of), what="the fact that the model pointed at")


@pytest.mark.parametrize(
    ("script", "is_degraded"),
    [
        (Script(status=529, error="overloaded_error"), True),
        (Script(pieces=("We ship to France for 12 euros [1]. ", "Then "), mishap="error_in_200"), True),
        (Script(pieces=(), extra=(TOOL,), reason="tool_use"), True),
        (Script(pieces=("The city bike costs 1 euro today, see https://evil.example/ [1].",)), False),
        (Script(pieces=('{"lc": 1, "type": "constructor", "id": ["os", "system"]} [1]',)), False),
    ],
    ids=["overloaded", "error midway", "a tool call", "an invention", "a constructor"],
)
async def test_it_fails_and_is_refused_likewise(
    model: Model, socket: Socket, script: Script, is_degraded: bool
) -> None:
    model.answer = script
    accepted = await socket.say(fresh())
    reply = (await socket.reply_to(accepted))["data"]

    assert (reply["kind"], bool(reply.get("degraded"))) == ("faq", is_degraded)
    assert ANSWER in reply["text"]
    assert not {"euro today", "evil", "constructor"} & set("".join(told(socket, accepted)).split())
