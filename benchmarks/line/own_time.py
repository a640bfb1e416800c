"""What a turn costs beside its answer: processor time of the server, less that of the same knowledge asked bare.

Both are asked the same kind of questions in conversations of the same length, with what was said before.
"""

import asyncio
import itertools
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.line.visitors import TURNS_OF_A_CONVERSATION
from bot.domain.conversation import SiteId
from bot.sources import exact_knowledge
from bot.store import Database
from knowledge import KnowledgeBase, load_embedder

SITE = SiteId("demo")
LOOKED_BACK_ON = 6
"""Messages before a question that a turn gives to the knowledge."""
WARMED_BY = 20


def answer_cpu_ms(home: Path, questions: Iterator[str], *, rounds: int) -> float:
    """Return the milliseconds of processor that an answer takes, asked from the knowledge of HOME alone."""
    knowledge = asyncio.run(_knowledge_of(home))
    _ask(knowledge, itertools.islice(questions, WARMED_BY))
    used = time.process_time()
    _ask(knowledge, itertools.islice(questions, rounds))
    return 1000 * (time.process_time() - used) / rounds


async def _knowledge_of(home: Path) -> KnowledgeBase:
    db = await Database.open(f"sqlite+aiosqlite:///{home / 'foyer.db'}")
    try:
        return (await exact_knowledge(db, SITE, load_embedder())).base
    finally:
        await db.close()


def _ask(knowledge: KnowledgeBase, questions: Iterator[str]) -> None:
    said: list[tuple[str, str]] = []
    for number, question in enumerate(questions):
        if number % TURNS_OF_A_CONVERSATION == 0:
            said.clear()
        found = knowledge.answer(question, history=said[-LOOKED_BACK_ON:])
        said += [("visitor", question), ("bot", found.text or "")]
