"""Sixteen ways in which a model fails: each turn has its one reply in time, no text twice, and nobody else notices."""

import asyncio
import ssl
import time
from contextlib import AsyncExitStack
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from bot.domain.model_settings import ModelSettings, ModelTimeouts
from bot.llm import LanguageModels
from bot.outbound import Guard, open_provider_client
from tests.llm.provider import Provider
from tests.llm.script import Request, Script
from tests.model.counter import Counter, open_counter

pytestmark = pytest.mark.asyncio(loop_scope="session")

CERTIFICATES = Path(__file__).parent.parent / "outbound" / "certificates"
TIMES = ModelTimeouts(first_token_s=0.6, gap_s=0.5, total_s=1.5)
PATIENT = ModelTimeouts(first_token_s=60.0, gap_s=60.0, total_s=60.0)
VISITORS, TURNS_EACH = 4, 5
PATIENCE_S = 90.0
EXTRACT = "Yes, we ship to France for 12 euros."
WELL = "We ship to France for 12 euros [1]."
BEGUN = (f"{WELL} ", "It takes three ")
BY_ANSWER = {
    "401": Script(status=401),
    "429": Script(status=429),
    "429 soon": Script(status=429, headers={"retry-after": "0.1"}),
    "500": Script(status=500),
    "503": Script(status=503),
    "hang": Script(mishap="hang"),
    "hang midway": Script(pieces=BEGUN, mishap="hang_midway"),
    "reset": Script(mishap="reset"),
    "reset midway": Script(pieces=BEGUN, mishap="reset_midway"),
    "cut JSON": Script(mishap="cut_json"),
    "bad UTF-8": Script(mishap="bad_utf8"),
    "error in a 200": Script(mishap="error_in_200"),
    "empty": Script(pieces=()),
    "flood": Script(mishap="flood"),
    "one token a second": Script(pieces=("We ", "ship ", "to ", "Mars ") * 10, delay_s=1.0),
}
BY_ADDRESS = ("refused", "no name", "no trust")


async def test_every_turn_has_one_reply_whatever_the_model_does_and_nobody_else_notices(
    tmp_path: Path,
) -> None:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(CERTIFICATES / "example.pem", CERTIFICATES / "example.key")

    def answer(request: Request) -> Script:
        return BY_ANSWER.get(request.body["model"], Script(pieces=(WELL,)))

    async with AsyncExitStack() as stack:
        provider = await stack.enter_async_context(Provider("openai", answer))
        untrusted = await stack.enter_async_context(Provider("openai", answer, tls=tls))
        gone = await stack.enter_async_context(Provider("openai", answer))
        gone.refuse()
        urls = {
            "refused": gone.base_url,
            "no name": "http://model.invalid/v1",
            "no trust": untrusted.base_url,
        }
        guard = Guard(tuple(one.entry for one in (provider, untrusted, gone)))
        models = LanguageModels(lambda url: open_provider_client(guard, url), clock=time.monotonic)
        stack.push_async_callback(models.close)
        settings = {
            name: ModelSettings(
                provider="compatible", model=name, base_url=urls.get(name, provider.base_url), timeouts=TIMES
            )
            for name in ("well", *BY_ANSWER, *BY_ADDRESS)
        }
        settings["well"] = replace(settings["well"], key="own-seats", timeouts=PATIENT)
        counter = await stack.enter_async_context(open_counter(tmp_path, models, settings))
        await models.warm()
        async with asyncio.timeout(PATIENCE_S), asyncio.TaskGroup() as group:
            for name, visitor in product(settings, range(VISITORS)):
                group.create_task(play(counter, name, visitor))

        for name in BY_ANSWER:
            asked = [request for request in provider.requests if request.body["model"] == name]
            assert len(asked) <= 2 * VISITORS * (TURNS_EACH + 1), name
        assert ("answer", "open") in counter.noted


async def play(counter: Counter, name: str, visitor: int) -> None:
    """Have a visitor ask five times, and once what nobody understands without the rest."""
    for turn in range(TURNS_EACH):
        reply = await counter.ask(name, f"{name} {visitor}", "Do you ship to France" + "?" * (turn + 1))
        told = "".join(counter.told[str(reply.in_reply_to)])
        if name == "well":
            assert (reply.kind, reply.degraded) == ("generated", False), reply
            assert told == reply.text
        else:
            assert (reply.kind, reply.degraded) == ("faq", True), (name, reply)
            assert reply.text.startswith(EXTRACT)
            assert told in {"", WELL, reply.text}, (name, told)
    reply = await counter.ask(name, f"{name} {visitor}", "and what about giving that back?")
    assert (reply.kind, reply.degraded) == ("none", name != "well"), (name, reply)
