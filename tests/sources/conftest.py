"""Real index runs: the real embedder, counting what it embeds, a real database and a real vector index."""

import time
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from bot.domain.conversation import SiteId
from bot.sources import Sync
from bot.store import Database
from knowledge import ChromaStore, Embedder, IndexStore, LoadedSource, load_embedder
from knowledge.sandbox import Sandbox


class PowerCutError(Exception):
    """The run ends here, as if somebody had pulled the plug."""


class CountingEmbedder:
    """The real embedder, and every text it was given; `cut_after` texts the power goes."""

    def __init__(self, real: Embedder) -> None:
        self._real = real
        self.model_id = real.model_id
        self.dimensions = real.dimensions
        self.max_tokens = real.max_tokens
        self.embedded: list[str] = []
        self.cut_after: int | None = None

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        if self.cut_after is not None and len(self.embedded) >= self.cut_after:
            raise PowerCutError
        self.embedded.extend(texts)
        return self._real.embed(texts)

    def embed_questions(self, texts: Sequence[str]) -> np.ndarray:
        self.embedded.extend(texts)
        return self._real.embed_questions(texts)

    def count_tokens(self, text: str) -> int:
        return self._real.count_tokens(text)

    def __getattr__(self, name: str) -> object:
        return getattr(self._real, name)


@pytest.fixture(scope="session")
def real_embedder() -> Embedder:
    return load_embedder()


@pytest.fixture
def embedder(real_embedder: Embedder) -> CountingEmbedder:
    return CountingEmbedder(real_embedder)


@pytest.fixture
async def db(url: str) -> AsyncIterator[Database]:
    database = await Database.open(url)
    yield database
    await database.close()


@pytest.fixture
def chroma(tmp_path: Path) -> ChromaStore:
    return ChromaStore(tmp_path / "index")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of three documents: two FAQ rows and a page."""
    path = tmp_path / "knowledge"
    path.mkdir()
    (path / "faq.csv").write_text(
        "id,question,answer\n"
        "ship,Do you ship to France?,We ship to France for 12 euros.\n"
        "price,How much is the city bike?,The city bike costs 900 euros.\n"
    )
    (path / "battery.md").write_text("# Batteries\n\nThe battery of the cargo bike charges in four hours.\n")
    return path


@pytest.fixture
def sync(db: Database, chroma: ChromaStore, embedder: CountingEmbedder, folder: Path) -> Sync:
    return sync_of("harbour", db, chroma, embedder, folder)


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files and pages that are parsed from now on."""
    names: list[str] = []
    real = Sandbox.parse

    def parse(sandbox: Sandbox, source: str, content: bytes, *, suffix: str) -> LoadedSource:
        names.append(source)
        return real(sandbox, source, content, suffix=suffix)

    monkeypatch.setattr(Sandbox, "parse", parse)
    return names


@pytest.fixture
def sync_site(
    db: Database, chroma: ChromaStore, embedder: CountingEmbedder, folder: Path
) -> Callable[[str], Sync]:
    """Return what makes the index runs of a site with this id on the same home."""
    return lambda site_id: sync_of(site_id, db, chroma, embedder, folder)


def sync_of(site_id: str, db: Database, chroma: IndexStore, embedder: CountingEmbedder, folder: Path) -> Sync:
    return Sync(
        db=db,
        chroma=chroma,
        embedder=embedder,
        site_id=SiteId(site_id),
        folder=folder,
        clock=lambda: datetime(2026, 3, 2, tzinfo=UTC),
        clock_s=time.monotonic,
    )
