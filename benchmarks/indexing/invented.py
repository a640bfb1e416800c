"""Invented knowledge of any size: pages of words as frequent as words are, and vectors that follow the words."""

import asyncio
import random
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from zlib import crc32

import numpy as np

from bot.domain.conversation import SiteId
from bot.sources import Sync
from bot.store import Database
from knowledge import ChromaStore, Embedder

SITE = SiteId("bench")
WORDS = 30_000
SENTENCES = 6
WORDS_IN_SENTENCE = 18
PAGES_IN_FILE = 40
LATENT = 32
NOISE = 0.3


class InventedEmbedder:
    """Counts words as tokens, and makes the vector of a text of its words, at once: alike words, alike vectors."""

    model_id = "invented"
    dimensions = 384
    max_tokens = 256

    def __init__(self) -> None:
        rng = np.random.default_rng(1)
        self._words = rng.standard_normal((WORDS, LATENT), np.float32)
        self._turned = rng.standard_normal((LATENT, self.dimensions), np.float32)

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        rows = np.empty((len(texts), self.dimensions), np.float32)
        for row, text in zip(rows, texts, strict=True):
            words = [crc32(word.encode()) % WORDS for word in text.lower().split() if len(word) > 3]
            noise = np.random.default_rng(crc32(text.encode())).standard_normal(self.dimensions, np.float32)
            known = self._words[words or [0]].sum(0) @ self._turned
            row[:] = known / np.linalg.norm(known) + NOISE * noise / np.linalg.norm(noise)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def embed_questions(self, texts: Sequence[str]) -> np.ndarray:
        return self.embed(texts)

    def count_tokens(self, text: str) -> int:
        return len(text.split()) + 2


class AskedEmbedder(InventedEmbedder):
    """Takes the time of the real model for a question, and gives the invented vector."""

    def __init__(self, real: Embedder) -> None:
        super().__init__()
        self._real = real

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        self._real.embed(texts)
        return super().embed(texts)


@cache
def invented_words(mark: str) -> tuple[list[str], list[float]]:
    """Return words, and for each how often it and those before it occur."""
    rng = random.Random(f"words{mark}")
    words = ["".join(rng.choices("aeioubcdfglmnprst", k=rng.randint(2, 9))) for _ in range(WORDS)]
    return words, np.cumsum([1 / (rank + 3) for rank in range(WORDS)]).tolist()


def write_folder(folder: Path, passages: int, *, mark: str = "") -> None:
    """Write pages whose sections are a passage each."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(f"pages{mark}")
    words, often = invented_words(mark)
    for file in range(-(-passages // PAGES_IN_FILE)):
        drawn = iter(rng.choices(words, cum_weights=often, k=PAGES_IN_FILE * SENTENCES * WORDS_IN_SENTENCE))
        sections = (
            f"## Part {number} {mark}\n\n"
            + " ".join(
                " ".join(next(drawn) for _ in range(WORDS_IN_SENTENCE)).capitalize() + "."
                for _ in range(SENTENCES)
            )
            for number in range(min(PAGES_IN_FILE, passages - file * PAGES_IN_FILE))
        )
        (folder / f"page{file:05}.md").write_text(f"# Page {file}\n\n" + "\n\n".join(sections) + "\n")


async def sync_of(home: Path, folder: Path, embedder: Embedder) -> tuple[Database, Sync]:
    """Open a home and return it with the index runs of the folder."""
    await asyncio.to_thread(home.mkdir, parents=True, exist_ok=True)
    db = await Database.open(f"sqlite+aiosqlite:///{home / 'foyer.db'}")
    sync = Sync(
        db=db,
        chroma=ChromaStore(home / "index"),
        embedder=embedder,
        site_id=SITE,
        folder=folder,
        clock=lambda: datetime.now(UTC),
        clock_s=time.monotonic,
    )
    return db, sync


async def index(home: Path, folder: Path, embedder: Embedder) -> float:
    """Run an index once; return its seconds."""
    db, sync = await sync_of(home, folder, embedder)
    try:
        begun = time.perf_counter()
        await sync.run()
        return time.perf_counter() - begun
    finally:
        await db.close()
