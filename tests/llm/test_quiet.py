"""Nothing of a key, a prompt or a reply gets anywhere else."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.domain.model_settings import ModelSettings
from bot.llm import LanguageModels
from tests.llm.conftest import KEY
from tests.llm.provider import provider_in_thread
from tests.llm.script import Script

ROOT = Path(__file__).resolve().parent.parent.parent
CALLS = """
import asyncio, json, sys, time
import structlog
seen = set()
def watch(event, arguments):
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        seen.add(f"{arguments[1][0]}:{arguments[1][1]}")
    elif event == "socket.getaddrinfo":
        seen.add(f"name {arguments[0]}:{arguments[1]}")
sys.addaudithook(watch)
from bot.domain.model_settings import ModelSettings
from bot.llm import LanguageModels, Prompt, Spoken
from bot.outbound import Guard, open_provider_client
async def main(protocol, url, entry, key):
    guard = Guard((entry,))
    models = LanguageModels(lambda base: open_provider_client(guard, base), clock=time.monotonic)
    model = models.open(ModelSettings(provider=protocol, model="stand-in", base_url=url, key=key))
    prompt = Prompt("You answer.", (Spoken("user", "My secret is swordfish."),), 50)
    for _ in range(3):
        async for item in model.stream(prompt):
            pass
        await model.propose(prompt, {"title": "t", "description": "d", "type": "object"}, within_s=20)
    await models.close()
    await asyncio.sleep(1)
with structlog.testing.capture_logs() as logged:
    asyncio.run(main(*sys.argv[1:]))
print(json.dumps([sorted(seen), logged]))
"""
TEMPTATIONS = {
    "LANGSMITH_TRACING": "true",
    "LANGCHAIN_TRACING_V2": "true",
    "LANGSMITH_API_KEY": "lsv2_pt_0123456789",
    "LANGSMITH_ENDPOINT": "http://127.0.0.2:9",
    "LANGSMITH_GATEWAY": "http://127.0.0.2:9",
    "OPENAI_LOG": "debug",
    "ANTHROPIC_LOG": "debug",
    "OPENAI_BASE_URL": "http://127.0.0.2:9/v1",
    "OPENAI_API_BASE": "http://127.0.0.2:9/v1",
    "ANTHROPIC_BASE_URL": "http://127.0.0.2:9",
    "OPENAI_PROXY": "http://127.0.0.2:9",
    "ANTHROPIC_PROXY": "http://127.0.0.2:9",
    "HTTP_PROXY": "http://127.0.0.2:9",
    "HTTPS_PROXY": "http://127.0.0.2:9",
    "ALL_PROXY": "http://127.0.0.2:9",
}


@pytest.mark.parametrize("protocol", ["openai", "anthropic"])
def test_no_request_goes_elsewhere_and_nothing_is_printed(protocol) -> None:
    well, troubled = [Script(), Script(value={"a": 1})], [Script(status=400), Script(mishap="bad_utf8")]
    scripts = [*well, *troubled, *well]
    with provider_in_thread(protocol, *scripts) as provider:
        result = subprocess.run(
            [sys.executable, "-c", CALLS, protocol, provider.base_url, provider.entry, KEY],
            capture_output=True,
            text=True,
            cwd=ROOT,
            env=os.environ | TEMPTATIONS,
            check=True,
        )

    seen, logged = json.loads(result.stdout)
    assert seen == [provider.entry]
    assert result.stderr == ""
    assert {line["event"] for line in logged} == {"model.failing", "model.well"}
    assert not any(secret in str(logged) for secret in (KEY, "swordfish", "two days"))
    assert len(provider.requests) >= 6


def test_a_key_shows_in_no_representation() -> None:
    settings = ModelSettings(provider="openai", model="m", base_url="http://127.0.0.1:1/v1", key=KEY)
    models = LanguageModels(lambda url: None, clock=lambda: 0.0)  # type: ignore[arg-type,return-value]
    model = models.open(settings)

    shown = f"{settings!r} {settings!s} {model!r} {model.state()} {models.states([settings])} {vars(models)}"

    assert KEY not in shown
