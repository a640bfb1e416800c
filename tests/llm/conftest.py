"""Language models that call stand-in providers through the guard."""

import ssl
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import httpx2
import pytest

from bot.domain.model_settings import ModelSettings, ModelTimeouts
from bot.llm import LanguageModel, LanguageModels
from bot.llm.chat import build_chat
from bot.outbound import Guard, open_provider_client
from tests.llm.provider import Provider

UNHURRIED = ModelTimeouts(first_token_s=20.0, gap_s=20.0, total_s=40.0)
SILENT = ModelTimeouts(first_token_s=0.3, gap_s=20.0, total_s=20.0)
PAUSING = ModelTimeouts(first_token_s=20.0, gap_s=0.3, total_s=20.0)
ENDLESS = ModelTimeouts(first_token_s=20.0, gap_s=20.0, total_s=0.8)
"""Only what a test is about is short: the rest must hold on a busy machine."""
TRUST = ssl.create_default_context()
KEY = "sk-standin-0123456789abcdef"

Opening = Callable[..., LanguageModel]


def settings_for(standin: Provider, **changes: object) -> ModelSettings:
    """Return settings for a stand-in."""
    kind = "anthropic" if standin.base_url.endswith(str(standin.port)) else "compatible"
    plain = ModelSettings(
        provider=kind, model="stand-in", base_url=standin.base_url, key=KEY, timeouts=UNHURRIED
    )
    return replace(plain, **changes)


@pytest.fixture(scope="session", autouse=True)
def imported() -> None:
    """Import the libraries before any time runs."""
    for protocol in ("compatible", "anthropic"):
        settings = ModelSettings(provider=protocol, model="stand-in", base_url="http://127.0.0.1:1")
        build_chat(settings, httpx2.AsyncClient(trust_env=False))


@pytest.fixture
async def models() -> AsyncIterator[Callable[..., LanguageModels]]:
    """Make language models that may call the given providers, and nothing else."""
    opened: list[LanguageModels] = []

    def make(
        *providers: Provider, clock: Callable[[], float] = time.monotonic, **guard: object
    ) -> LanguageModels:
        gate = Guard(tuple(provider.entry for provider in providers), **{"tls": TRUST, **guard})
        opened.append(
            LanguageModels(lambda url: open_provider_client(gate, url), clock=clock, chance=lambda: 0.0)
        )
        return opened[-1]

    yield make
    for one in opened:
        await one.close()
