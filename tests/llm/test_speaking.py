"""A server's models: opened by site, with one sentence about each that may not be called."""

from dataclasses import replace
from pathlib import Path

import structlog

from bot.assemble.speaking import Speaking
from bot.llm import Failed, Finished, Prompt, Spoken
from bot.llm.breaker import FAILURES
from bot.settings import Environment, demo_site_folder, load_site
from tests.llm.conftest import KEY, settings_for
from tests.llm.provider import Provider
from tests.llm.script import Script

PROMPT = Prompt("You answer.", (Spoken("user", "How fast?"),), 50)
SCHEMA = {"title": "t", "description": "d", "type": "object", "properties": {}}


async def test_a_site_gets_its_model_and_its_neighbour_without_one_none(tmp_path: Path) -> None:
    plain = load_site(demo_site_folder())
    async with Provider() as provider:
        speaking = Speaking(Environment(home=tmp_path, outbound_allow=(provider.entry,)))
        site = replace(plain, model=settings_for(provider))

        with structlog.testing.capture_logs() as lines:
            await speaking.warm([plain, site])
            await speaking.tell_obstacles([plain, site])
        model = speaking.model_of(site)
        assert model is not None
        ended = [item async for item in model.stream(PROMPT)][-1]

        assert isinstance(ended, Finished)
        assert speaking.model_of(plain) is None
        assert speaking.readiness([plain, site]) == {"model.compatible:stand-in": "ready"}
        assert speaking.readiness([plain]) == {}
        assert lines == []
        await speaking.close()


async def test_a_model_that_may_not_be_called_is_named_at_the_start(tmp_path: Path) -> None:
    async with Provider("openai", Script()) as provider:
        site = replace(load_site(demo_site_folder()), model=settings_for(provider))
        speaking = Speaking(Environment(home=tmp_path))

        with structlog.testing.capture_logs() as lines:
            await speaking.tell_obstacles([site])
        model = speaking.model_of(site)
        assert model is not None
        for _ in range(FAILURES):
            ended = [item async for item in model.stream(PROMPT)][-1]
            assert isinstance(ended, Failed)

        (line,) = lines
        assert line["warning"].endswith(f"add {provider.entry} to FOYER_OUTBOUND_ALLOW.")
        assert KEY not in str(lines)
        (state,) = speaking.readiness([site]).values()
        assert state == "degraded: left alone after 5 failures (forbidden)"
        assert provider.connections == 0
        await speaking.close()


async def test_each_change_of_how_a_model_does_is_told_once_with_what_to_mend(tmp_path: Path) -> None:
    refused, cut_off = Script(status=401), Script(status=404)
    async with Provider("openai", refused) as provider:
        site = replace(load_site(demo_site_folder()), model=settings_for(provider))
        speaking = Speaking(Environment(home=tmp_path, outbound_allow=(provider.entry,)))
        with structlog.testing.capture_logs() as lines:
            tried = [ended async for _, ended in speaking.try_out(site)]
            model = speaking.model_of(site)
            assert model is not None
            after_one = speaking.readiness([site])
            changed = replace(site, model=replace(settings_for(provider), temperature=0.9))
            speaking.model_of(changed)
            after_a_change = speaking.readiness([changed])
            await model.try_out()
            for provider.script[:] in [cut_off], [Script()], [Script()]:
                await model.try_out()
        await speaking.close()

    assert isinstance(tried[0], Failed)
    assert after_a_change == {"model.compatible:stand-in": "ready"}
    assert after_one == {"model.compatible:stand-in": "degraded: it failed the last time (unauthorised)"}
    told = [(line["event"], line.get("failure")) for line in lines]
    assert told == [("model.failing", "unauthorised"), ("model.failing", "provider"), ("model.well", None)]
    assert "check the variable that `key` names" in lines[0]["warning"]
    assert KEY not in str(lines)


async def test_one_thing_that_fails_while_another_goes_well_is_told_once(tmp_path: Path) -> None:
    good, bad = Script(value={}), Script(pieces=(), counts=None)
    async with Provider("openai", good) as provider:
        site = replace(load_site(demo_site_folder()), model=settings_for(provider))
        speaking = Speaking(Environment(home=tmp_path, outbound_allow=(provider.entry,)))
        model = speaking.model_of(site)
        assert model is not None
        with structlog.testing.capture_logs() as lines:
            for _ in range(3):
                provider.script[:] = [bad]
                await model.try_out()
                provider.script[:] = [good]
                await model.propose(PROMPT, SCHEMA, within_s=20.0)
            provider.script[:] = [Script()]
            await model.try_out()
        await speaking.close()

    assert [line["event"] for line in lines] == ["model.failing", "model.well"]
