"""The process's language models, over connections that the guard has checked."""

import asyncio
import time
from collections.abc import AsyncGenerator, Iterable, Mapping
from dataclasses import replace

import structlog

from bot.domain.model_settings import ModelSettings
from bot.llm import Failed, Finished, LanguageModel, LanguageModels, LineState
from bot.outbound import Guard, find_obstacle, open_provider_client
from bot.settings import Environment, Site

log = structlog.get_logger(__name__)


class Speaking:
    """Opens the sites' models; none is built, and nothing of langchain imported, before a site has one."""

    def __init__(self, environment: Environment) -> None:
        self._guard = Guard(environment.outbound_allow)
        self._models = LanguageModels(
            lambda base_url: open_provider_client(self._guard, base_url), clock=time.monotonic
        )

    def model_of(self, site: Site) -> LanguageModel | None:
        """Return the site's model; ask again whenever its settings may have changed."""
        return self._models.open(site.model) if site.model is not None else None

    async def warm(self, sites: Iterable[Site]) -> None:
        """Build the sites' models before a visitor waits; nothing is called, and no name looked up."""
        for site in sites:
            self.model_of(site)
        await self._models.warm()

    async def tell_obstacles(self, sites: Iterable[Site]) -> None:
        """Log what will keep the sites' models from being called."""
        for site in sites:
            for settings in models_of(site):
                obstacle = await find_obstacle(self._guard, settings.base_url)
                if obstacle is not None:
                    log.warning("model.unreachable", site=site.id, model=settings.name, warning=obstacle)

    async def try_out(self, site: Site) -> AsyncGenerator[tuple[ModelSettings, Finished | Failed], None]:
        """Call each of the site's models once, its fallback too, and yield how that went.

        It counts in no budget. How it went is logged, as of any call.
        """
        for settings in models_of(site):
            yield settings, await self._models.open(replace(settings, fallback=None)).try_out()

    def readiness(self, sites: Iterable[Site]) -> Mapping[str, str]:
        """Return how each of the sites' models does, in the words of `/readyz`: the service works without any."""
        used = [settings for site in sites for settings in models_of(site)]
        return {f"model.{state.model}": _state_of(state) for state in self._models.states(used)}

    async def close(self) -> None:
        """Close the connections."""
        await self._models.close()
        self._guard.close()


def models_of(site: Site) -> tuple[ModelSettings, ...]:
    """Return the site's model and its fallback."""
    return tuple(model for model in (site.model, site.model and site.model.fallback) if model is not None)


def find_obstacles(site: Site, environment: Environment) -> list[str]:
    """Return what will keep the site's models from being called, as far as it shows without a network."""
    guard = Guard(environment.outbound_allow, resolve=_only_this_machine)

    async def ask() -> list[str | None]:
        return [await find_obstacle(guard, settings.base_url) for settings in models_of(site)]

    try:
        return [obstacle for obstacle in dict.fromkeys(asyncio.run(ask())) if obstacle is not None]
    finally:
        guard.close()


async def try_models(site: Site, environment: Environment) -> list[tuple[ModelSettings, Finished | Failed]]:
    """Call each of a site's models once, its fallback too; return how that went."""
    speaking = Speaking(environment)
    try:
        return [tried async for tried in speaking.try_out(site)]
    finally:
        await speaking.close()


def _state_of(state: LineState) -> str:
    if state.last_failure is None:
        return "ready"
    if state.breaker != "closed":
        return f"degraded: left alone after {state.failures} failures ({state.last_failure})"
    times = "the last time" if state.failures == 1 else f"the last {state.failures} times"
    return f"degraded: it failed {times} ({state.last_failure})"


async def _only_this_machine(host: str, _port: int) -> list[str]:
    return ["127.0.0.1"] if host == "localhost" else []
