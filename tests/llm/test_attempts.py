"""What is tried again, where, how often, and what is left alone."""

import asyncio
import time
from dataclasses import replace

import httpx2
import pytest
import structlog

from bot.domain.model_settings import ModelTimeouts
from bot.llm import Failed, Finished, LanguageModels, Piece, Prompt, Proposed, Spoken
from bot.llm.breaker import FAILURES, PROBE_EVERY_S
from bot.outbound import Guard, open_provider_client
from tests.llm.conftest import SILENT, settings_for
from tests.llm.provider import Provider
from tests.llm.script import Script

PROMPT = Prompt("You answer from passages.", (Spoken("user", "How fast?"),), 300)
SCHEMA = {"title": "facts", "description": "Facts.", "type": "object", "properties": {}}
BAD = Script(status=500)
QUICK = ModelTimeouts(first_token_s=2.0, gap_s=20.0, total_s=40.0)
NO_WAIT = {"retry-after": "0"}


async def spoken(model):
    items = [item async for item in model.stream(PROMPT)]
    return "".join(item.text for item in items if isinstance(item, Piece)), items[-1]


async def proposed(model):
    return await model.propose(PROMPT, SCHEMA, within_s=20.0)


@pytest.mark.parametrize("script", [Script(status=429), BAD, Script(status=503), Script(mishap="reset")])
async def test_what_may_pass_is_tried_once_more(models, script):
    async with Provider("openai", script, Script(value={"a": 1})) as provider:
        model = models(provider).open(settings_for(provider))

        text, finished = await spoken(model)
        provider.script[:] = [script, Script(value={"a": 1})]
        outcome = await proposed(model)

    assert (text, type(finished)) == ("Orders are shipped in two days. [1]", Finished)
    assert isinstance(outcome, Proposed)
    assert len(provider.requests) == 4


async def test_the_wait_that_is_asked_for_must_fit_into_the_time_for_the_first_word(models):
    late = Script(status=429, headers={"retry-after": "1"})
    async with Provider("openai", late, Script()) as provider:
        settings = settings_for(provider)

        _, refused = await spoken(models(provider).open(replace(settings, timeouts=SILENT)))
        provider.script[:] = [late, Script()]
        _, finished = await spoken(models(provider).open(settings))

    assert (refused.code, type(finished)) == ("rate_limited", Finished)
    assert len(provider.requests) == 3


@pytest.mark.parametrize(
    "script", [Script(status=401), BAD, Script(mishap="hang"), Script(mishap="garbage"), Script(pieces=())]
)
async def test_the_second_attempt_is_the_fallbacks(models, script):
    async with Provider("openai", script) as provider, Provider("anthropic") as other:
        fallback = settings_for(other)
        settings = settings_for(provider, fallback=fallback, timeouts=SILENT)
        model = models(provider, other).open(settings)

        text, finished = await spoken(model)

    assert text == "Orders are shipped in two days. [1]"
    assert finished.model == fallback.name
    assert (len(provider.requests), len(other.requests)) == (1, 1)


async def test_what_building_a_fallback_takes_is_not_taken_from_its_first_word() -> None:
    async with Provider("openai", BAD) as provider, Provider("anthropic") as other:
        guard = Guard((provider.entry, other.entry))

        def connect(base_url: str) -> httpx2.AsyncClient:
            if base_url == other.base_url:
                time.sleep(2 * QUICK.first_token_s)
            return open_provider_client(guard, base_url)

        models = LanguageModels(connect, clock=time.monotonic)
        fallback = settings_for(other, timeouts=QUICK)
        _, finished = await spoken(models.open(settings_for(provider, fallback=fallback)))
        await models.close()
        guard.close()

    assert (type(finished), finished.model) == (Finished, fallback.name)


async def test_a_model_that_only_thought_is_told_of_with_what_to_change(models):
    async with Provider("openai", Script(pieces=(), reason="length")) as provider:
        model = models(provider).open(settings_for(provider, max_output_tokens=700))

        _, failed = await spoken(model)

    assert failed.code == "empty"
    assert "`reasoning_effort`" in failed.message


@pytest.mark.parametrize(("effort", "rooms"), [(None, (700, 80)), ("none", (700, 80)), ("low", (700, 700))])
async def test_thoughts_have_room_where_a_model_thinks(models, effort, rooms):
    async with Provider("openai") as provider:
        settings = settings_for(provider, max_output_tokens=700, reasoning_effort=effort)
        model = models(provider).open(settings)

        assert (model.room_for(), model.room_for(80)) == rooms


async def test_nothing_is_tried_after_the_first_word(models):
    async with Provider("openai", Script(mishap="reset_midway")) as provider, Provider() as other:
        model = models(provider, other).open(settings_for(provider, fallback=settings_for(other)))

        text, failed = await spoken(model)

    assert text
    assert isinstance(failed, Failed)
    assert (len(provider.requests), len(other.requests)) == (1, 0)


async def test_when_both_fail_there_were_two_requests_and_what_they_took_is_told(models):
    async with Provider("openai", Script(mishap="hang")) as provider, Provider("openai", BAD) as other:
        fallback = settings_for(other)
        model = models(provider, other).open(settings_for(provider, fallback=fallback, timeouts=SILENT))

        _, failed = await spoken(model)

    assert (failed.code, failed.usage.is_estimated) == ("provider", True)
    assert failed.usage.input_tokens > 0
    assert (len(provider.requests), len(other.requests)) == (1, 1)


async def test_a_model_that_fails_again_and_again_is_left_alone_but_for_probes(models):
    now = [1000.0]
    async with Provider("openai", Script(status=401)) as provider:
        model = models(provider, clock=lambda: now[0]).open(settings_for(provider))

        codes = [(await spoken(model))[1].code for _ in range(FAILURES + 3)]
        assert codes == ["unauthorised"] * FAILURES + ["open"] * 3
        assert len(provider.requests) == FAILURES
        assert isinstance(await proposed(model), Failed)
        (state,) = model.state()
        assert (state.breaker, state.failures, state.last_failure) == ("open", FAILURES, "unauthorised")

        now[0] += PROBE_EVERY_S
        assert [(await spoken(model))[1].code for _ in range(2)] == ["unauthorised", "open"]

        provider.script[:] = [Script()]
        now[0] += PROBE_EVERY_S
        assert isinstance((await spoken(model))[1], Finished)
        assert [(state.breaker, state.failures) for state in model.state()] == [("closed", 0)]
        assert len(provider.requests) == FAILURES + 2


async def test_one_probe_at_a_time_and_one_that_is_left_does_not_count(models):
    now = [1000.0]
    async with Provider("openai", Script(status=401)) as provider:
        model = models(provider, clock=lambda: now[0]).open(settings_for(provider))
        for _ in range(FAILURES):
            await spoken(model)
        provider.script[:] = [Script(mishap="hang_midway"), Script()]
        now[0] += PROBE_EVERY_S

        probe = model.stream(PROMPT)
        await anext(probe)
        assert model.state()[0].breaker == "probing"
        assert (await spoken(model))[1].code == "open"
        await probe.aclose()
        assert (await spoken(model))[1].code == "open"

        now[0] += PROBE_EVERY_S
        assert isinstance((await spoken(model))[1], Finished)


@pytest.mark.parametrize("script", [Script(mishap="hang"), Script(pieces=("We ",) * 100, delay_s=0.1)])
async def test_a_call_may_be_given_less_than_its_time_and_to_be_late_for_that_is_no_failure(models, script):
    async with Provider("openai", script) as provider:
        model = models(provider).open(settings_for(provider))

        async with asyncio.timeout(15.0):
            *_, failed = [item async for item in model.stream(PROMPT, within_s=0.5)]

    assert (failed.code, model.state()[0].failures) == ("timeout", 0)


async def test_an_open_breaker_goes_straight_to_the_fallback(models):
    async with (
        Provider("openai", Script(status=401)) as provider,
        Provider("openai", Script(value={})) as other,
    ):
        made = models(provider, other)
        alone = made.open(settings_for(provider))
        model = made.open(settings_for(provider, fallback=settings_for(other)))
        for _ in range(FAILURES):
            await spoken(alone)

        assert isinstance((await spoken(model))[1], Finished)
        assert isinstance(await proposed(model), Proposed)
        assert (len(provider.requests), len(other.requests)) == (FAILURES, 2)


@pytest.mark.parametrize(
    "script", [Script(status=400), Script(reason="content_filter", pieces=()), Script(value="no object")]
)
async def test_what_a_visitor_can_bring_about_opens_no_breaker(models, script):
    async with Provider("openai", script) as provider:
        model = models(provider).open(settings_for(provider))

        for _ in range(FAILURES + 1):
            await spoken(model)
            await proposed(model)

    assert [(state.breaker, state.failures) for state in model.state()] == [("closed", 0)]


@pytest.mark.parametrize("protocol", ["openai", "anthropic"])
@pytest.mark.parametrize(
    ("knows", "asked"),
    [
        ({"json_schema", "tool", "plain"}, ["json_schema", "json_schema"]),
        ({"tool", "plain"}, ["json_schema", "tool", "tool"]),
        ({"plain"}, ["json_schema", "tool", "plain", "plain"]),
    ],
)
async def test_the_way_to_an_object_is_found_once(models, protocol, knows, asked):
    script = Script(value={"city": "Porto", "n": [1, {"a": None}]}, knows=frozenset(knows))
    async with Provider(protocol, script) as provider:
        model = models(provider).open(settings_for(provider))

        outcomes = [await proposed(model) for _ in range(2)]

    assert [outcome.value for outcome in outcomes] == [script.value] * 2
    assert [request.way for request in provider.requests] == asked
    usage = outcomes[0].usage
    assert (usage.input_tokens, usage.output_tokens) == (40, 12)
    if asked[-1] == "plain":
        assert '"title":"facts"' in provider.requests[-1].text


async def test_those_who_ask_at_once_let_one_find_the_way(models):
    script = Script(value={"a": 1}, knows=frozenset({"plain"}))
    async with Provider("openai", script) as provider:
        model = models(provider).open(settings_for(provider))

        outcomes = await asyncio.gather(*(proposed(model) for _ in range(6)))

    assert [outcome.value for outcome in outcomes] == [{"a": 1}] * 6
    assert sorted(request.way for request in provider.requests) == ["json_schema", *["plain"] * 6, "tool"]


async def test_seats_that_two_sites_count_otherwise_are_named(models):
    async with Provider("openai") as provider:
        made = models(provider)
        with structlog.testing.capture_logs() as lines:
            for concurrency in (8, 8, 2):
                made.open(settings_for(provider, concurrency=concurrency))

    (line,) = lines
    assert (line["event"], line["model"]) == ("model.concurrency", "compatible:stand-in")
    assert "8" in line["warning"]


async def test_a_model_that_ignores_the_form_is_asked_in_words(models):
    def plain_only(request):
        return Script(value='Here:\n```json\n{"a": 1}\n```' if request.way == "plain" else "Certainly!")

    async with Provider("openai", plain_only) as provider:
        model = models(provider).open(settings_for(provider))

        outcomes = [await proposed(model) for _ in range(2)]

    assert [outcome.value for outcome in outcomes] == [{"a": 1}] * 2
    assert [request.way for request in provider.requests] == ["json_schema", "tool", "plain", "plain"]


@pytest.mark.parametrize(
    "value",
    [
        "[" * 50_000,
        '{"a":' * 50_000 + "1" + "}" * 50_000,
        "[1]",
        '{"a": "\\ud800"}',
        '{"lc": 1',
    ],
)
async def test_what_is_no_object_is_malformed(models, value):
    async with Provider("openai", Script(value=value)) as provider:
        outcome = await proposed(models(provider).open(settings_for(provider)))

    assert isinstance(outcome, Failed)
    assert outcome.code == "malformed"
