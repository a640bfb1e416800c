"""Whole turns over the socket by the size of the knowledge: the demo, among so many passages that are invented.

The invented passages have random vectors, which takes minutes less than embedding them; what a turn does with them
takes as long.
"""

import asyncio
import csv
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from zlib import crc32

import numpy as np

from benchmarks.answer_time import WORDS
from benchmarks.line.visitors import Taken, converse
from benchmarks.serving import served
from bot.assemble.offline import open_live_site
from bot.settings import demo_site_folder
from knowledge import Embedder

ROWS_A_FILE = 5_000
INVENTED = frozenset(WORDS)
VISITORS, TURNS = 4, 120


def turns_among(home: Path, questions: Iterator[str], *, passages: int) -> Taken:
    """Serve the demo among `passages` invented passages from a folder in `home`; return turns with new questions."""
    place = home / f"among-{passages}"
    site = place / "site"
    shutil.copytree(demo_site_folder(), site)
    _invent(site / "knowledge", passages)
    asyncio.run(_index(place, site))
    with served(place, str(site)) as started:
        return asyncio.run(converse(started.url, questions, visitors=VISITORS, turns=TURNS))


def _invent(folder: Path, count: int) -> None:
    chance = np.random.default_rng(1)
    for start in range(0, count, ROWS_A_FILE):
        with (folder / f"invented-{start}.csv").open("w", newline="") as file:
            table = csv.writer(file)
            table.writerow(["id", "question", "answer"])
            for number in range(start, min(count, start + ROWS_A_FILE)):
                words = chance.choice(WORDS, 33)
                table.writerow([f"invented-{number}", " ".join(words[:8]), " ".join(words[8:])])


async def _index(home: Path, site: Path) -> None:
    before = os.environ.get("FOYER_HOME")
    os.environ["FOYER_HOME"] = str(home)
    try:
        async with open_live_site(site, wrap=RandomForInvented):
            pass
    finally:
        if before is None:
            del os.environ["FOYER_HOME"]
        else:
            os.environ["FOYER_HOME"] = before


class RandomForInvented:
    """An embedder that gives invented texts random vectors, the same for the same text, and others their own."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.model_id = embedder.model_id
        self.dimensions = embedder.dimensions
        self.max_tokens = embedder.max_tokens
        self.embed_questions = embedder.embed_questions
        self.count_tokens = embedder.count_tokens

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """Return `(n, dimensions) float32` unit vectors."""
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> np.ndarray:
        if INVENTED.isdisjoint(text.split()):
            return self._embedder.embed([text])[0]
        vector: np.ndarray = np.random.default_rng(crc32(text.encode())).standard_normal(
            self.dimensions, np.float32
        )
        vector /= np.linalg.norm(vector)
        return vector
