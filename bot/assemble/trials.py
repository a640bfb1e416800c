"""Personas talk to a site: many seeded conversations with the real engine, in memory, the same bytes every time."""

import asyncio
import os
import random
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path

from bot.assemble.live_site import LiveSite
from bot.assemble.offline import indexed_site, open_live_site
from bot.assemble.remembering import RememberingEmbedder
from bot.assemble.simulation import DEFAULT_NOW, tell_nobody
from bot.chat.deciding import Desk
from bot.chat.rehearsal import Rehearsal
from bot.domain.conversation import Message
from bot.domain.facts import current_facts
from bot.personas import (
    PERSONAS,
    Exchange,
    Heard,
    Language,
    Line,
    Talk,
    Trial,
    Visitor,
    language_of,
    without_signals,
)
from bot.settings import load_environment, load_site
from knowledge import load_embedder

MOST_PROCESSES = 4
WORTH_A_PROCESS = 150
"""Conversations that take longer than it takes to open a site once more."""
MOST_QUESTIONS = 60
"""So many of a site's own questions are asked: enough to be like its visitors, few enough to be remembered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Which conversations are played: so many, shared evenly among the personas, each by its own seed."""

    personas: tuple[str, ...]
    conversations: int
    seed: int
    now: datetime | None = None

    def names(self) -> Iterator[tuple[str, str]]:
        """Yield each conversation's persona and name."""
        for number in range(self.conversations):
            persona = self.personas[number % len(self.personas)]
            yield persona, f"{persona}-{number // len(self.personas) + 1:04}"


async def play_trials(folder: Path, plan: Plan, *, on_played: Callable[[int], None]) -> list[Trial]:
    """Play the plan against a site, answering from its knowledge; `on_played` hears about how many are done.

    Many are shared among processes. A conversation depends on its own seed alone, so that nobody can tell.
    """
    async with open_live_site(folder, wrap=RememberingEmbedder) as live:
        names = list(plan.names())
        shares = min(os.cpu_count() or 1, MOST_PROCESSES, -(-len(names) // WORTH_A_PROCESS))
        with ProcessPoolExecutor(max_workers=shares, mp_context=get_context("spawn")) as pool:
            elsewhere = [
                asyncio.wrap_future(pool.submit(play_share, folder, plan, names[share::shares]))
                for share in range(1, shares)
            ]
            own = await play_all(
                live, plan, names[::shares], on_played=lambda done: on_played(min(done * shares, len(names)))
            )
            others = [trial for share in elsewhere for trial in await share]
    by_name = {trial.name: trial for trial in (*own, *others)}
    return [by_name[name] for _, name in names]


def play_share(folder: Path, plan: Plan, names: Sequence[tuple[str, str]]) -> list[Trial]:
    """Play some of a plan in a process of its own, from the version that was just indexed."""

    async def play() -> list[Trial]:
        environment = load_environment()
        embedder = RememberingEmbedder(load_embedder(environment.embedding_model))
        live = await indexed_site(load_site(folder), environment, embedder)
        return await play_all(live, plan, names, on_played=lambda _: None)

    return asyncio.run(play())


async def play_all(
    live: LiveSite, plan: Plan, names: Sequence[tuple[str, str]], *, on_played: Callable[[int], None]
) -> list[Trial]:
    """Play conversations one after another against an open site."""
    desk = Desk(voice=live.voice(), answer=live.answer, tell=tell_nobody)
    questions = questions_of(live, language_of(live.site.locale))
    trials: list[Trial] = []
    for persona, name in names:
        trials.append(await play_trial(desk, persona, name, plan=plan, questions=questions))
        on_played(len(trials))
    return trials


def questions_of(live: LiveSite, language: Language) -> Sequence[str]:
    """Return what visitors of the site ask: its curated questions, and each page by its title."""
    if live.serving is None:
        return ()
    entries = live.serving.entries
    curated = {entry.id for entry in entries}
    titles = {
        passage.title for passage in live.serving.knowledge.passages if passage.document_id not in curated
    }
    asked = [entry.question for entry in entries]
    asked += [
        language.page_questions[number % len(language.page_questions)].format(title=title)
        for number, title in enumerate(sorted(filter(None, titles)))
    ]
    return asked if len(asked) <= MOST_QUESTIONS else random.Random(0).sample(asked, MOST_QUESTIONS)  # noqa: S311


async def play_trial(desk: Desk, persona: str, name: str, *, plan: Plan, questions: Sequence[str]) -> Trial:
    """Let one made-up visitor talk until they have nothing more to say."""
    at = plan.now or DEFAULT_NOW
    language = language_of(desk.voice.locale)
    chance = random.Random(f"{plan.seed}:{name}")  # noqa: S311
    visitor = Visitor(desk.voice.playbook, language, chance, questions=questions, today=at.date())
    rehearsal = Rehearsal(desk, now=at)
    exchanges = []
    talk = PERSONAS[persona](visitor)
    line: Line | None = next(talk)
    while line is not None:
        reply = await rehearsal.press(line.press) if line.press else await rehearsal.say(line.text)
        exchanges.append(Exchange(line=line, reply=reply))
        line = next_line(talk, reply)
    learned = rehearsal.learned
    return Trial(
        name=name,
        persona=persona,
        language=visitor.language.code,
        at=at,
        playbook=desk.voice.playbook,
        exchanges=tuple(exchanges),
        facts=without_signals(current_facts(rehearsal.fact_log)),
        judged=learned.assessment if learned else None,
        consent=rehearsal.consent,
        captured=learned.captured if learned else False,
        stopped_at=learned.stopped_at if learned else None,
    )


def next_line(talk: Talk, reply: Message | None) -> Line | None:
    """Let the visitor hear the reply and go on; None when they have left."""
    heard = Heard(asked=None)
    if reply is not None:
        heard = Heard(asked=reply.asked, choices=tuple(choice.label for choice in reply.choices))
    try:
        return talk.send(heard)
    except StopIteration:
        return None
