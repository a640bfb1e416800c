"""Whole turns over the socket by the size of the knowledge: the demo, among so many passages that are invented.

The invented passages have vectors around invented topics, which takes hours less than embedding them. All else is
as in earnest: loaded, split, written and built by an index run, and served; what a turn does with them takes as long.
"""

import asyncio
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from zlib import crc32

import numpy as np

from benchmarks.answer_time import WORDS
from benchmarks.line.visitors import converse
from benchmarks.serving import Started, served
from bot.assemble.indexing import SiteSources, make_sync
from bot.assemble.storage import open_database, register_sites
from bot.settings import demo_site_folder, load_environment, load_site
from knowledge import ChromaStore, Embedder, load_embedder
from knowledge.collections import PIECES_UP_TO

PASSAGES_A_PAGE = 1_000
INVENTED = frozenset(WORDS)
TOPICS = 500
AROUND_A_TOPIC = 0.8
"""How far from its topic a passage lies, as a share of the topic's length."""
VISITORS, TURNS = 4, 60


@contextmanager
def served_among(home: Path, *, passages: int) -> Iterator[Started]:
    """Serve the demo among `passages` invented passages, from a folder in `home`, while the block runs."""
    place = home / f"among-{passages}"
    site = place / "site"
    shutil.copytree(demo_site_folder(), site)
    _invent(site / "knowledge", passages)
    asyncio.run(_index(place, site, is_large=passages >= PIECES_UP_TO))
    with served(place, str(site)) as started:
        yield started


def turn_ms(started: Started, questions: Iterator[str]) -> float:
    """Return the median of some turns with new questions, in milliseconds."""
    taken = asyncio.run(converse(started.url, questions, visitors=VISITORS, turns=TURNS))
    return taken.percentile_ms(0.5)


def _invent(folder: Path, count: int) -> None:
    """Write pages of sections, each of them one passage with one vector."""
    chance = np.random.default_rng(1)
    for start in range(0, count, PASSAGES_A_PAGE):
        sections = []
        for _ in range(start, min(count, start + PASSAGES_A_PAGE)):
            words = chance.choice(WORDS, 33)
            sections.append(f"## {' '.join(words[:8])}\n\n{' '.join(words[8:])}.\n")
        page = f"# Invented, from {start}\n\n" + "\n".join(sections)
        (folder / f"invented-{start}.md").write_text(page)


async def _index(home: Path, folder: Path, *, is_large: bool) -> None:
    """Index a folder; a large one without pieces from the beginning, as it ends: else it is begun again on the way."""
    environment, site = load_environment({"FOYER_HOME": str(home)}), load_site(folder)
    embedder = AroundTopics(load_embedder())
    chroma = ChromaStore(home / "index", pieces_up_to=0 if is_large else PIECES_UP_TO)
    async with open_database(environment) as db:
        await register_sites(db, [site])
        sync = make_sync(SiteSources.of(site), environment, db, embedder)
        await replace(sync, chroma=chroma).run()


class AroundTopics:
    """An embedder that gives invented texts vectors around topics, the same for the same text, and others their own."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.model_id = embedder.model_id
        self.dimensions = embedder.dimensions
        self.max_tokens = embedder.max_tokens
        self.embed_questions = embedder.embed_questions
        self.count_tokens = embedder.count_tokens
        self._topics = _directions(np.random.default_rng(2), TOPICS, self.dimensions)

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """Return `(n, dimensions) float32` unit vectors."""
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> np.ndarray:
        if INVENTED.isdisjoint(text.split()):
            return self._embedder.embed([text])[0]
        seed = crc32(text.encode())
        [aside] = _directions(np.random.default_rng(seed), 1, self.dimensions)
        vector: np.ndarray = self._topics[seed % TOPICS] + AROUND_A_TOPIC * aside
        vector /= np.linalg.norm(vector)
        return vector


def _directions(chance: np.random.Generator, count: int, dimensions: int) -> np.ndarray:
    """Return `(count, dimensions) float32` unit vectors."""
    found = chance.standard_normal((count, dimensions), np.float32)
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    return found
