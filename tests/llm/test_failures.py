"""Whatever a provider does, a call ends in one outcome with the right name, in time, after at most two requests."""

import asyncio
import ssl
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.model_settings import ModelSettings
from bot.llm import Failed, Finished, LanguageModel, LanguageModels, Piece, Prompt, Spoken
from tests.llm.conftest import ENDLESS, KEY, PAUSING, SILENT, UNHURRIED, settings_for
from tests.llm.provider import Provider
from tests.llm.script import Script

PROMPT = Prompt("You answer from passages.", (Spoken("user", "My secret is swordfish."),), 300)
SCHEMA = {
    "title": "facts",
    "description": "What the visitor told.",
    "type": "object",
    "properties": {"city": {"type": "string"}},
    "required": ["city"],
    "additionalProperties": False,
}
CERTIFICATES = Path(__file__).parent.parent / "outbound" / "certificates"
SLOW = Script(pieces=("word ",) * 40, delay_s=0.25)

# name: (script, code of a stream, requests of a stream, whether text comes first, code of a proposal, its requests)
MISBEHAVIOURS = {
    "401": (Script(status=401, error="invalid_api_key"), "unauthorised", 1, False, "unauthorised", 1),
    "403": (Script(status=403), "unauthorised", 1, False, "unauthorised", 1),
    "400": (Script(status=400), "provider", 1, False, "provider", 3),
    "404": (Script(status=404), "provider", 1, False, "provider", 3),
    "429": (Script(status=429), "rate_limited", 2, False, "rate_limited", 2),
    "429 soon": (
        Script(status=429, headers={"retry-after": "0.1"}),
        "rate_limited",
        2,
        False,
        "rate_limited",
        2,
    ),
    "429 late": (
        Script(status=429, headers={"retry-after": "30"}),
        "rate_limited",
        1,
        False,
        "rate_limited",
        1,
    ),
    "429 paid up": (
        Script(status=429, error="insufficient_quota"),
        "rate_limited",
        1,
        False,
        "rate_limited",
        1,
    ),
    "500": (Script(status=500), "provider", 2, False, "provider", 2),
    "503": (Script(status=503), "provider", 2, False, "provider", 2),
    "redirect": (
        Script(status=302, headers={"location": "http://127.0.0.1:1/"}),
        "provider",
        1,
        False,
        "provider",
        1,
    ),
    "hang": (Script(mishap="hang"), "timeout", 1, False, "timeout", 1),
    "hang midway": (Script(mishap="hang_midway"), "timeout", 1, True, "timeout", 1),
    "reset": (Script(mishap="reset"), "unreachable", 2, False, "unreachable", 2),
    "reset midway": (Script(mishap="reset_midway"), "unreachable", 1, True, "unreachable", 2),
    "cut json": (Script(mishap="cut_json"), "malformed", 1, True, "malformed", 1),
    "bad utf-8": (Script(mishap="bad_utf8"), "malformed", 1, True, "malformed", 1),
    "error in a 200": (Script(mishap="error_in_200"), "provider", 1, True, "provider", 1),
    "empty": (Script(pieces=(), counts=None), "empty", 1, False, "malformed", 3),
    "only blanks": (Script(pieces=(" ", "\n"), counts=None), "empty", 1, False, "malformed", 3),
    "10 MB": (Script(mishap="flood"), "too_large", 1, False, "too_large", 1),
    "packed": (Script(mishap="gzip"), "malformed", 1, False, "malformed", 1),
    "a web page": (Script(mishap="garbage"), "empty", 1, False, "malformed", 1),
    "one word a second": (SLOW, "timeout", 1, True, "timeout", 1),
}
TIMES = {"hang": SILENT, "hang midway": PAUSING, "one word a second": ENDLESS}
"""Where it is the time that ends the call."""
BOTH = pytest.mark.parametrize("protocol", ["openai", "anthropic"])


def assert_well_told(failed: Failed, code: str) -> None:
    assert isinstance(failed, Failed)
    assert failed.code == code, failed
    assert failed.message.endswith(".")
    for secret in (KEY, KEY[3:12], "swordfish", "Orders", "A sentence of the provider"):
        assert secret not in failed.message + repr(failed)


async def warmed(models: LanguageModels, settings: ModelSettings) -> LanguageModel:
    """Open a model and build it: what a test measures is the provider's time."""
    model = models.open(settings)
    await models.warm()
    return model


@BOTH
@pytest.mark.parametrize("name", MISBEHAVIOURS)
async def test_a_reply_that_fails_has_one_outcome(models, name, protocol, caplog, capfd):
    script, code, requests, is_begun, _, _ = MISBEHAVIOURS[name]
    async with Provider(protocol, script) as provider:
        model = await warmed(models(provider), settings_for(provider, timeouts=TIMES.get(name, UNHURRIED)))

        items = [item async for item in model.stream(PROMPT)]

        assert len(provider.requests) == requests
        if name in TIMES:
            async with asyncio.timeout(5):
                await provider.requests[0].was_left.wait()
    assert_well_told(items[-1], code)
    assert all(isinstance(item, Piece) for item in items[:-1])
    assert bool(items[:-1]) == is_begun
    written = "".join(item.text for item in items[:-1])
    assert "".join(script.pieces).startswith(written)
    assert (items[-1].usage.output_tokens > 0) == is_begun
    shown = caplog.text + "".join(capfd.readouterr())
    assert not [secret for secret in (KEY, "swordfish", "Orders") if secret in shown]


@BOTH
@pytest.mark.parametrize("name", MISBEHAVIOURS)
async def test_a_proposal_that_fails_has_one_outcome(models, name, protocol):
    script, _, _, _, code, requests = MISBEHAVIOURS[name]
    if (name, protocol) == ("error in a 200", "anthropic"):
        code = "malformed"  # langchain-anthropic reads the error as a message without content
    async with Provider(protocol, script) as provider:
        model = await warmed(models(provider), settings_for(provider))

        outcome = await model.propose(PROMPT, SCHEMA, within_s=1.0 if name in TIMES else 20.0)

        assert len(provider.requests) == requests
    assert_well_told(outcome, code)


async def unreachable(provider, models, tls=None):
    provider.refuse()
    return models(provider), settings_for(provider)


async def unresolved(provider, models, tls=None):
    async def nothing(host, port):
        return []

    url = provider.base_url.replace("127.0.0.1", "llm.example")
    return models(provider, resolve=nothing), settings_for(provider, base_url=url)


async def forbidden(provider, models, tls=None):
    return models(), settings_for(provider)


async def not_tls(provider, models, tls=None):
    url = provider.base_url.replace("http:", "https:")
    return models(provider), settings_for(provider, base_url=url)


@BOTH
@pytest.mark.parametrize(
    ("arranged", "code"),
    [(unreachable, "unreachable"), (unresolved, "unresolved"), (forbidden, "forbidden"), (not_tls, "tls")],
)
async def test_a_connection_that_can_not_be_made_says_why(models, arranged, code, protocol):
    async with Provider(protocol) as provider:
        made, settings = await arranged(provider, models)
        model = made.open(settings)

        (failed,) = [item async for item in model.stream(PROMPT)]
        outcome = await model.propose(PROMPT, SCHEMA, within_s=20.0)

        assert provider.requests == []
    for one in (failed, outcome):
        assert_well_told(one, code)
        assert one.usage.input_tokens == one.usage.output_tokens == 0
    if code == "forbidden":
        assert f"add {provider.entry} to FOYER_OUTBOUND_ALLOW" in failed.message


async def test_a_certificate_must_be_that_of_the_name(models, server_tls, client_tls):
    async def here(host, port):
        return ["127.0.0.1"]

    async with Provider("openai", tls=server_tls) as provider:
        ends = {}
        for host in ("hook.example", "other.example"):
            made = models(provider, resolve=here, tls=client_tls)
            url = provider.base_url.replace("127.0.0.1", host)
            items = [item async for item in made.open(settings_for(provider, base_url=url)).stream(PROMPT)]
            ends[host] = items[-1]

    assert isinstance(ends["hook.example"], Finished)
    assert ends["other.example"].code == "tls"


async def test_a_flood_is_not_held_in_memory(models):
    async with Provider("openai", Script(mishap="flood")) as provider:
        model = models(provider).open(settings_for(provider))
        await model.propose(PROMPT, SCHEMA, within_s=20.0)
        tracemalloc.start()
        before = tracemalloc.get_traced_memory()[0]

        await model.propose(PROMPT, SCHEMA, within_s=20.0)

        peak = tracemalloc.get_traced_memory()[1] - before
        tracemalloc.stop()
    assert peak < 4 * 1024 * 1024


async def test_one_hanging_call_keeps_no_other_waiting(models):
    def by_question(request):
        return Script(mishap="hang") if "swordfish" in request.text else Script()

    async with Provider("openai", by_question) as provider:
        made = models(provider)
        model = made.open(settings_for(provider, timeouts=replace(SILENT, first_token_s=1.0)))
        await made.warm()
        other = Prompt("You answer.", (Spoken("user", "How fast?"),), 300)

        async def last(prompt):
            return [item async for item in model.stream(prompt)][-1]

        ends = await asyncio.gather(*(last(PROMPT if n % 2 else other) for n in range(8)))

    assert [type(end) for end in ends] == [Finished, Failed] * 4


@pytest.fixture
def server_tls() -> ssl.SSLContext:
    """A server that says it is hook.example, with a certificate of the tests' own."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / "example.pem", CERTIFICATES / "example.key")
    return context


@pytest.fixture
def client_tls() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=CERTIFICATES / "example.pem")
