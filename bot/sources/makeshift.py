"""What answers while a vector index is damaged: every vector compared in memory, or words alone."""

from collections.abc import AsyncIterator, Sequence

import numpy as np

from bot.store import Database, passages, version_pages
from bot.store.passages import IndexVersion
from knowledge import ExactIndex, IndexUnavailableError, VectorIndex

EXACT_VECTORS = 50_000
"""Up to this many are compared in memory (75 MB) while the index is mended; beyond, words have to do."""
VECTORS_AT_A_TIME = 500

Neighbours = tuple[np.ndarray, np.ndarray]
"""Keys and similarities, most similar first."""


class SteadyIndex:
    """A vector index that may break while it is used: then it finds nothing, says so, and words alone answer."""

    def __init__(self, index: VectorIndex) -> None:
        self._index = index
        self.is_broken = False

    def __len__(self) -> int:
        """Count the vectors."""
        return len(self._index)

    @property
    def finds_pieces(self) -> bool:
        """Whether a search finds the pieces of passages too."""
        return self._index.finds_pieces

    def search(self, vector: np.ndarray, k: int) -> Neighbours:
        """Return up to k neighbours, most similar first."""
        try:
            return self._index.search(vector, k)
        except IndexUnavailableError:
            self.is_broken = True
            return np.empty(0, np.uint64), np.empty(0, np.float32)

    def similarities(self, vector: np.ndarray, keys: np.ndarray) -> np.ndarray:
        """Return `(n_keys,) float32`: the similarity to each of these vectors; 0 for what cannot be told."""
        try:
            return self._index.similarities(vector, keys)
        except IndexUnavailableError:
            self.is_broken = True
            return np.zeros(len(keys), np.float32)

    def vectors(self, keys: np.ndarray) -> np.ndarray:
        """Return `(n_keys, dimensions) float32`, one row a key; `(n_keys, 0)` when it broke."""
        try:
            return self._index.vectors(keys)
        except IndexUnavailableError:
            self.is_broken = True
            return np.zeros((len(keys), 0), np.float32)


async def makeshift_index(db: Database, version: IndexVersion) -> ExactIndex:
    """Return what stands in for a damaged index; of a large version it finds nothing."""
    async with db.read() as connection:
        count = await version_pages.count_vectors(connection, version)
    return await exact_index(db, version) if count <= EXACT_VECTORS else ExactIndex([], _matrix([]))


async def exact_index(db: Database, version: IndexVersion) -> ExactIndex:
    """Return an index that compares with every vector of the version."""
    keys: list[str] = []
    parts: list[np.ndarray] = []
    async for some, vectors in vector_pages(db, version):
        keys.extend(some)
        parts.append(vectors)
    return ExactIndex(keys, _matrix(parts))


async def vector_pages(db: Database, version: IndexVersion) -> AsyncIterator[tuple[list[str], np.ndarray]]:
    """Yield a version's vectors as `(keys, (n, dimensions) float32)`, in the order of their keys."""
    after = ""
    while True:
        async with db.read() as connection:
            keys = await version_pages.keys_after(connection, version, after=after, limit=VECTORS_AT_A_TIME)
            stored = await passages.known_vectors(
                connection, site_id=version.site_id, model_id=version.model_id, keys=keys
            )
        if not keys:
            return
        after = keys[-1]
        yield keys, _matrix([np.frombuffer(stored[key], "<f4")[np.newaxis] for key in keys])


def _matrix(parts: Sequence[np.ndarray]) -> np.ndarray:
    return np.concatenate(parts) if parts else np.empty((0, 0), np.float32)
