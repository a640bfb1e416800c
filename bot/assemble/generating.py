"""Who words the answers of the sites that have a language model."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from bot.assemble.code_key import code_key, mark_of
from bot.assemble.live_site import LiveSite
from bot.assemble.parts_of_life import new_id
from bot.assemble.speaking import Speaking, models_of
from bot.chat.generation.generate import Generator
from bot.chat.generation.kept_answers import KeptAnswers
from bot.chat.generation.verify import Support
from bot.chat.spending import Purse
from bot.domain.answer import Written
from bot.domain.conversation import SiteId
from bot.domain.model_settings import ModelSettings
from bot.domain.spending import dearest
from bot.settings import Environment, Site
from bot.store import Database
from bot.telemetry import Numbers
from knowledge import Embedder, Source, check_sentence

WARMING = Written(document_id="", passage_id="", title="Hours", url=None, text="We are open.")


@dataclass(frozen=True, slots=True)
class Kept:
    """Who words a site's answers, for as long as its model is the same."""

    settings: ModelSettings
    generator: Generator


class Generators:
    """One for every site that has a language model. Close it when the process ends."""

    def __init__(self, environment: Environment, db: Database, numbers: Numbers) -> None:
        self._speaking = Speaking(environment)
        self._environment = environment
        self._db = db
        self._numbers = numbers
        self._kept: dict[str, Kept] = {}
        self._embedder: Embedder | None = None

    def of(self, live: LiveSite) -> Generator | None:
        """Return who words a site's answers, None where it has no model."""
        settings = live.site.model
        if settings is None:
            return None
        kept = self._kept.get(live.site.id)
        if kept is None or kept.settings != settings:
            kept = self._kept[live.site.id] = Kept(settings, self._open(live, settings))
        return kept.generator

    async def try_out(self, sites: Sequence[LiveSite]) -> None:
        """Say what keeps the models from being called, and call each once: a wrong key shows in the log."""
        await self._speaking.tell_obstacles(live.site for live in sites)
        for live in sites:
            async for _ in self._speaking.try_out(live.site):
                pass  # how it went is logged there

    async def load(self, sites: Sequence[LiveSite], embedder: Embedder) -> None:
        """Import and load what the first worded answer needs, where a site has a model."""
        self._embedder = embedder
        with_model = [live.site for live in sites if live.site.model is not None]
        if with_model:
            await self._speaking.warm(with_model)
            await self._check("We are open.", [WARMING], "")

    def readiness(self, sites: Iterable[Site]) -> Mapping[str, str]:
        """Return how each of the sites' models does: the service works without any of them."""
        return self._speaking.readiness(sites)

    async def close(self) -> None:
        """Close the connections."""
        await self._speaking.close()

    async def _check(self, sentence: str, written: Sequence[Written], question: str) -> Support:
        return await check(sentence, written, question, embedder=self._embedder)

    def _open(self, live: LiveSite, settings: ModelSettings) -> Generator:
        site_id = SiteId(live.site.id)
        model = self._speaking.model_of(live.site)
        assert model is not None
        return Generator(
            model=model,
            purse=Purse(
                db=self._db,
                site_id=site_id,
                prices=dearest([one.prices for one in models_of(live.site) if one.prices is not None]),
                budget=settings.budget,
                new_id=new_id,
                numbers=self._numbers,
            ),
            check=self._check,
            cite=live.cite,
            kept=KeptAnswers(),
            name=live.site.name,
            mark=mark_of(site_id, code_key(self._environment.home, self._environment.code_secret)),
            is_masked=settings.mask_personal,
            note=partial(self._numbers.model_came_to, site_id),
        )


async def check(
    sentence: str, written: Sequence[Written], question: str, *, embedder: Embedder | None = None
) -> Support:
    """Compare a sentence with the passages it cites, off the event loop."""
    sources = [Source(n, one.title, one.text, one.url) for n, one in enumerate(written, 1)]
    return await asyncio.to_thread(check_sentence, sentence, sources, question, embedder=embedder)
