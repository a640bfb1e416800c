"""One reply in time, whichever of the things that a model is asked for one turn does not come."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.chat import wording
from bot.domain.model_settings import ModelSettings, ModelTimeouts
from bot.llm import LanguageModels
from bot.outbound import Guard, open_provider_client
from tests.llm.provider import Provider
from tests.llm.script import Request, Script
from tests.model.conftest import kind_of
from tests.model.counter import Counter, open_counter

pytestmark = pytest.mark.asyncio(loop_scope="session")

PATIENT = ModelTimeouts(first_token_s=100.0, gap_s=100.0, total_s=100.0)
PATIENCE_S = 60.0
"""Far more than it takes, and far less than what the settings above would have a visitor wait."""

WELL = "We ship to France for 12 euros [1]."
FAILS = "fails"
HANGS = Script(mishap="hang")
NONE = Script(value={"facts": []})
TELLING = "Do you ship to France? It is for our whole crew of cyclists."
LEANING = "and what about giving that back?"


class Scripts:
    """What is said to each kind of request, and the requests themselves."""

    def __init__(self, *, first_fails: bool = False, **kinds: Script) -> None:
        self.first_fails = first_fails
        self.kinds = {
            "answer": Script(pieces=(WELL,)),
            "facts": NONE,
            "question": Script(pieces=("?",)),
        } | kinds
        self.asked: list[str] = []

    def __call__(self, request: Request) -> Script:
        kind = kind_of(request)
        self.asked.append(kind)
        if request.body["model"] == FAILS:
            return Script(status=500)
        return self.kinds[kind]


@asynccontextmanager
async def opened(folder: Path, scripts: Scripts, times: ModelTimeouts = PATIENT) -> AsyncIterator[Counter]:
    async with AsyncExitStack() as stack:
        provider = await stack.enter_async_context(Provider("openai", scripts))
        guard = Guard((provider.entry,))
        models = LanguageModels(lambda url: open_provider_client(guard, url), clock=time.monotonic)
        stack.push_async_callback(models.close)
        well = ModelSettings(provider="compatible", model="well", base_url=provider.base_url, timeouts=times)
        settings = replace(well, model=FAILS, fallback=well) if scripts.first_fails else well
        counter = open_counter(folder, models, {"site": settings}, version="1")
        yield await stack.enter_async_context(counter)


async def test_a_question_that_nobody_completes_is_abstained_from_soon_and_says_that_the_model_failed(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path, Scripts(question=HANGS)) as counter:
        await counter.ask("site", "ada", "Do you ship to France?")
        async with asyncio.timeout(PATIENCE_S):
            reply = await counter.ask("site", "ada", LEANING)
    assert (reply.kind, reply.degraded) == ("none", True)
    assert ("question", "timeout") in counter.noted
    assert [state.failures for state in counter.models.states(filter(None, counter.settings.values()))] == [
        0
    ]  # it had less than its own time


async def test_an_answer_that_was_shown_is_kept_when_facts_do_not_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wording, "FACTS_BY_S", 100.0)
    scripts = Scripts(facts=HANGS)
    async with opened(tmp_path, scripts) as counter, asyncio.timeout(PATIENCE_S):
        reply = await counter.ask("site", "ada", TELLING)
    assert (reply.kind, reply.degraded) == ("generated", False)
    assert "facts" in scripts.asked


async def test_an_answer_that_was_shown_is_kept_when_facts_fail_in_a_way_that_nobody_thought_of(
    tmp_path: Path,
) -> None:
    class Tripping(list[tuple[str, str]]):
        def append(self, noted: tuple[str, str]) -> None:
            assert noted[0] != "facts"
            super().append(noted)

    async with opened(tmp_path, Scripts()) as counter:
        counter.noted = Tripping()
        reply = await counter.ask("site", "ada", TELLING)
    assert (reply.kind, reply.degraded) == ("generated", False)


async def test_an_answer_of_the_fallback_is_counted_as_one(tmp_path: Path) -> None:
    async with opened(tmp_path, Scripts(first_fails=True)) as counter:
        reply = await counter.ask("site", "ada", TELLING)
    assert (reply.kind, reply.degraded) == ("generated", False)
    assert ("answer", "generated_by_fallback") in counter.noted


async def test_an_answer_of_the_fallback_is_not_said_again_in_the_models_place(tmp_path: Path) -> None:
    scripts = Scripts(first_fails=True)
    async with opened(tmp_path, scripts) as counter:
        await counter.ask("site", "ada", "Do you ship to France?")
        scripts.first_fails = False
        asked = scripts.asked.count("answer")
        await counter.ask("site", "bob", "Do you ship to France?")
    assert scripts.asked.count("answer") > asked
