"""Every language model of the process: sites with the same one share its connections, breaker and seats."""

import asyncio
import random
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import structlog

from bot.domain.model_settings import ModelSettings
from bot.domain.spending import Budget
from bot.llm.language_model import LanguageModel
from bot.llm.line import Line
from bot.llm.words import LineState

log = structlog.get_logger(__name__)

if TYPE_CHECKING:
    import httpx2

Connect = Callable[[str], "httpx2.AsyncClient"]
"""Makes the client for a base URL: its connections are checked, its answers bounded."""


class LanguageModels:
    """Opens language models. Nothing heavy is imported before the first is asked something or warmed."""

    def __init__(
        self, connect: Connect, *, clock: Callable[[], float], chance: Callable[[], float] = random.random
    ) -> None:
        """`clock` tells monotonic seconds, `chance` numbers from 0 to 1."""
        self._connect = connect
        self._clock = clock
        self._chance = chance
        self._lines: dict[ModelSettings, Line] = {}
        self._clients: dict[str, httpx2.AsyncClient] = {}
        self._seats: dict[str, tuple[asyncio.Semaphore, int]] = {}

    def open(self, settings: ModelSettings) -> LanguageModel:
        """Return the model of a site; call it as often as you like."""
        wanted = (settings, settings.fallback)
        lines = tuple(self._line(one) for one in wanted if one is not None)
        return LanguageModel(lines, clock=self._clock, chance=self._chance)

    async def warm(self) -> None:
        """Import and build in a thread what the opened models need, so that no visitor waits for it."""
        for line in tuple(self._lines.values()):
            await line.warm()

    def states(self, used: Iterable[ModelSettings]) -> tuple[LineState, ...]:
        """Return how each model in use does, by name; of two with one name the one that fails more."""
        states = (self._lines[own].state for own in map(_own, used) if own in self._lines)
        worst = {state.model: state for state in sorted(states, key=lambda state: state.failures)}
        return tuple(worst[name] for name in sorted(worst))

    async def close(self) -> None:
        """Close the connections."""
        for client in self._clients.values():
            await client.aclose()

    def _line(self, settings: ModelSettings) -> Line:
        """Return the line for what concerns the model; money and masks are the sites' own."""
        own = _own(settings)
        if own not in self._lines:
            seats, most = self._seats.setdefault(
                own.base_url, (asyncio.Semaphore(own.concurrency), own.concurrency)
            )
            if most != own.concurrency:
                what = f"{own.base_url} has {most} seats, as many as the first site says; `concurrency` changes none."
                log.warning("model.concurrency", model=own.name, warning=what)
            client = partial(self._client, own.base_url)
            self._lines[own] = Line(own, client=client, seats=seats, clock=self._clock)
        return self._lines[own]

    def _client(self, base_url: str) -> "httpx2.AsyncClient":
        if base_url not in self._clients:
            self._clients[base_url] = self._connect(base_url)
        return self._clients[base_url]


def _own(settings: ModelSettings) -> ModelSettings:
    return replace(settings, fallback=None, prices=None, budget=Budget(), mask_personal=True)
