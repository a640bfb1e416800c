"""A vector index that compares with every vector. Exact, and fast enough up to some ten thousand vectors."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from knowledge.key_rows import KeyRows, key_numbers

AT_ONCE = 300_000
"""Numbers multiplied in one go: larger products wake a second thread, which costs more than it helps."""

Neighbours = tuple[np.ndarray, np.ndarray]
"""Keys `(k,) uint64` (see `key_number`) and their cosine similarities `(k,) float32`, most similar first."""


class VectorIndex(Protocol):
    """Finds vectors by cosine similarity. Safe to search from several threads at once."""

    @property
    def finds_pieces(self) -> bool:
        """Whether a search finds the pieces of passages too, not only phrasings and passages as a whole."""

    def search(self, vector: np.ndarray, k: int) -> Neighbours:
        """Return up to k neighbours, most similar first."""

    def similarities(self, vector: np.ndarray, keys: np.ndarray) -> np.ndarray:
        """Return `(n_keys,) float32`: the similarity to each of these vectors; 0 for a key that is not here."""

    def vectors(self, keys: np.ndarray) -> np.ndarray:
        """Return `(n_keys, dimensions) float32`, one row a key; zeros for a key that is not here."""

    def __len__(self) -> int:
        """Count the vectors."""


def no_neighbours() -> Neighbours:
    """Return the neighbours of nothing."""
    return np.empty(0, np.uint64), np.empty(0, np.float32)


class ExactIndex:
    """All vectors in one matrix."""

    finds_pieces = True

    def __init__(self, names: Sequence[str] | np.ndarray, vectors: np.ndarray) -> None:
        """Take unit vectors `(n, dimensions) float32`, one a name (see `vector_key`) or its key `(n,) uint64`."""
        self._keys = names if isinstance(names, np.ndarray) else key_numbers(names)
        self._vectors = np.ascontiguousarray(vectors, np.float32)
        self._rows = KeyRows(self._keys)

    def __len__(self) -> int:
        """Count the vectors."""
        return len(self._keys)

    def search(self, vector: np.ndarray, k: int) -> Neighbours:
        """Return up to k neighbours, most similar first."""
        if not len(self):
            return no_neighbours()
        similarities = self._compared(vector)
        k = min(k, len(self))
        best = np.argpartition(-similarities, k - 1)[:k]
        best = best[np.argsort(-similarities[best], kind="stable")]
        return self._keys[best], similarities[best]

    def similarities(self, vector: np.ndarray, keys: np.ndarray) -> np.ndarray:
        """Return `(n_keys,) float32`: the similarity to each of these vectors; 0 for a key that is not here."""
        if not len(self):
            return np.zeros(len(keys), np.float32)
        rows = self._rows.first(keys)
        return np.where(rows >= 0, self._vectors[rows] @ vector, np.float32(0))

    def vectors(self, keys: np.ndarray) -> np.ndarray:
        """Return `(n_keys, dimensions) float32`, one row a key; zeros for a key that is not here."""
        if not len(self):
            return np.zeros((len(keys), 0), np.float32)
        rows = self._rows.first(keys)
        return np.where(rows[:, np.newaxis] >= 0, self._vectors[rows], np.float32(0))

    def _compared(self, vector: np.ndarray) -> np.ndarray:
        rows = max(AT_ONCE // len(vector), 1)
        found = np.empty(len(self), np.float32)
        for start in range(0, len(self), rows):
            np.dot(self._vectors[start : start + rows], vector, out=found[start : start + rows])
        return found
