"""What the command line has a site's language model word: `foyer ask` and `foyer chat`.

It is the model of the server, within the same budgets, which are those of the home's database.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from pathlib import Path
from typing import Any

import structlog

from bot.assemble.generating import Generators
from bot.assemble.live_site import LiveSite
from bot.assemble.offline import open_live_site
from bot.assemble.parts_of_life import now
from bot.assemble.simulation import Simulation, open_simulation
from bot.assemble.storage import open_database
from bot.chat.generation.brief import Brief
from bot.chat.generation.generate import Generated, Generator, NotGenerated
from bot.domain.answer import Answer
from bot.domain.conversation import VisitorId
from bot.settings import load_environment
from bot.telemetry import Numbers
from bot.web.faq_api import answer_json
from knowledge import load_embedder

log = structlog.get_logger(__name__)

Answering = Callable[[str, Sequence[tuple[str, str]]], Awaitable[dict[str, Any]]]

AT_THE_TERMINAL = VisitorId("terminal")
"""On whose budget of a day it goes."""


@asynccontextmanager
async def open_generator(live: LiveSite, *, with_model: bool) -> AsyncIterator[Generator | None]:
    """Open who words a site's answers; None without a model, and nothing of one is loaded then."""
    if not with_model or live.site.model is None:
        yield None
        return
    environment = load_environment()
    async with open_database(environment) as db:
        generators = Generators(environment, db, Numbers([live.site.id]))
        try:
            await generators.load([live], load_embedder(environment.embedding_model))
            yield generators.of(live)
        finally:
            await generators.close()


@asynccontextmanager
async def open_knowledge(
    folder: Path, *, with_model: bool, language: str | None = None, tags: Sequence[str] = ()
) -> AsyncIterator[Answering]:
    """Open a site's knowledge; yields a callable that answers as `foyer ask` prints it, in a language and tags."""
    async with open_live_site(folder) as live, open_generator(live, with_model=with_model) as generator:

        async def answer(question: str, history: Sequence[tuple[str, str]]) -> dict[str, Any]:
            found = await live.answer(question, history, language=language, tags=tags)
            return answer_with_hits(await worded(generator, question, history, found))

        yield answer


def answer_with_hits(answer: Answer) -> dict[str, Any]:
    """Return an answer as `foyer ask` prints it: as the FAQ endpoint does, with hits."""
    return answer_json(answer) | {"hits": list(answer.hits)}


@asynccontextmanager
async def converse(folder: Path, *, with_model: bool) -> AsyncIterator[Simulation]:
    """Open a site to talk to; with a model it is talked to now, which is when it is paid."""
    async with AsyncExitStack() as stack:
        live = await stack.enter_async_context(open_live_site(folder))
        generator = await stack.enter_async_context(open_generator(live, with_model=with_model))
        playing = open_simulation(
            voice=live.voice(),
            answer=live.answer,
            site_id=live.site.id,
            now=now() if generator is not None else None,
            generator=generator,
        )
        yield await stack.enter_async_context(playing)


async def worded(
    generator: Generator | None, question: str, history: Sequence[tuple[str, str]], answer: Answer
) -> Answer:
    """Return an answer in a model's words, as it is where there is no model, or none of its words passed."""
    if generator is None or answer.kind == "none":
        return answer
    said = [(author, text) for author, text in history if author != "topic"] if answer.leans else ()
    brief = Brief(question=question, answer=answer, visitor_id=AT_THE_TERMINAL, at=now(), history=said)
    async with aclosing(generator.answer(brief, None, within_s=generator.model.total_s)) as parts:
        async for part in parts:
            if isinstance(part, Generated):
                return part.answer
            if isinstance(part, NotGenerated):
                log.warning("model.not_worded", reason=part.reason)
    return answer
