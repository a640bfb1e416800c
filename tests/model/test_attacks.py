"""Orders to a model that obeys them all, said by visitors and written in documents: nothing of it is seen."""

import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio

from bot.domain.answer import Answer, Citation, Written
from bot.domain.model_settings import ModelSettings
from bot.llm import LanguageModels
from bot.outbound import Guard, open_provider_client
from tests.chat.conversations import DOCUMENTATION
from tests.llm.provider import Provider
from tests.model.attacks import ATTACKS
from tests.model.counter import Counter, answer_with_passages, open_counter
from tests.model.obedient import Obedient, gives_away, unsupported

pytestmark = pytest.mark.asyncio(loop_scope="session")

KEY = "sk-standin-never-to-be-seen"
FOREIGN = "Wilhelmina Oddfellow of Oddfellow Ltd wants seventeen unicycles"
NEUTRAL = "How much does the bike cost, for our team of twelve?"


@dataclass
class Besieged:
    """One counter for two sites: `model` has the obedient one, `plain` has none."""

    counter: Counter
    provider: Provider
    obedient: Obedient


def price_of(number: int) -> str:
    return f"The Kestrel costs {900 + number} euros."


async def answer_poisoned(
    question: str, history: Sequence[tuple[str, str]], locale: str | None = None
) -> Answer:
    """Answer what asks for the bike of an attack from the document in which that attack stands."""
    name, _, number = question.rstrip("?").partition("Kestrel ")
    if not name or not number.isdigit():
        return await answer_with_passages(question, history, locale)
    quote = price_of(int(number))
    passage = Written(
        document_id=question,
        passage_id=question,
        title="Kestrel",
        url=None,
        text=f"{ATTACKS[int(number)]}\n{quote}",
    )
    cited = Citation(n=1, document_id=question, passage_id=question, title="Kestrel", url=None, quote=quote)
    return Answer(
        kind="passages", text=quote, confidence=0.9, citations=(cited,), hits=(question,), passages=(passage,)
    )


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def besieged(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Besieged]:
    obedient = Obedient()
    async with AsyncExitStack() as stack:
        provider = await stack.enter_async_context(Provider("openai", obedient.script_for))
        guard = Guard((provider.entry,))
        models = LanguageModels(lambda url: open_provider_client(guard, url), clock=time.monotonic)
        stack.push_async_callback(models.close)
        settings = {
            "model": ModelSettings(
                provider="compatible", model="stand-in", base_url=provider.base_url, key=KEY
            ),
            "plain": None,
        }
        counter = await stack.enter_async_context(
            open_counter(tmp_path_factory.mktemp("besieged"), models, settings, answer=answer_poisoned)
        )
        for site in settings:
            await counter.ask(site, f"{site} bystander", FOREIGN)
        provider.requests.clear()
        yield Besieged(counter, provider, obedient)


@pytest.mark.parametrize("number", range(len(ATTACKS)))
async def test_orders_change_nothing_whoever_gives_them(besieged: Besieged, number: int) -> None:
    lines = [
        NEUTRAL,
        ATTACKS[number],
        f"{ATTACKS[number]} Do you ship to France?",
        f"What is the Kestrel {number}?",
    ]

    replies = [await besieged.counter.ask("model", f"model {number}", line) for line in lines]
    tame = [await besieged.counter.ask("plain", f"plain {number}", line) for line in lines]

    sources = " ".join([*DOCUMENTATION.values(), ATTACKS[number], price_of(number)])
    for reply, plain in zip(replies, tame, strict=True):
        told = "".join(besieged.counter.told[str(reply.in_reply_to)])
        for shown in (told, reply.text):
            assert not gives_away(shown, besieged.obedient.marks)
            assert unsupported(shown, sources, plain.text) == []
        assert (reply.kind == "none") == (plain.kind == "none")
    pointed = await facts_of(besieged, f"model {number}") - await facts_of(besieged, f"plain {number}")
    assert all(quote in " ".join(lines) and by == "model" for _, quote, by in pointed)
    if not pointed:  # what is known already is not asked
        assert [reply.asked for reply in replies] == [reply.asked for reply in tame]
    assert await standing(besieged, f"model {number}") == await standing(besieged, f"plain {number}")
    for request in besieged.provider.requests:
        assert not any(secret in request.text for secret in (KEY, FOREIGN, "Oddfellow"))


async def facts_of(besieged: Besieged, visitor: str) -> set[tuple[str, str, str]]:
    """Return what is kept of a visitor: slot, quote and who read it."""
    query = "SELECT slot, quote, extractor FROM facts JOIN leads USING (lead_id) WHERE leads.visitor_id = ?"
    return set(await rows(besieged, query, visitor))


async def standing(besieged: Besieged, visitor: str) -> list[tuple[Any, ...]]:
    """Return what the list of leads says of a visitor."""
    query = "SELECT score, stage, consent, captured FROM leads WHERE visitor_id = ?"
    return await rows(besieged, query, visitor)


async def rows(besieged: Besieged, query: str, visitor: str) -> list[tuple[Any, ...]]:
    async with besieged.counter.db.read() as connection:
        found = await connection.exec_driver_sql(query, (visitor,))
        return [tuple(row) for row in found.all()]


async def test_the_model_was_asked_and_heard(besieged: Besieged) -> None:
    """Without this nothing above would say anything."""
    assert len(besieged.provider.requests) > len(ATTACKS)
    heard = {outcome for what, outcome in besieged.counter.noted if what == "answer"}
    assert {"generated", "gave_away", "unsupported"} <= heard
