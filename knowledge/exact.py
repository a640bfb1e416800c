"""A vector index that compares with every vector. Exact, and fast enough up to some ten thousand vectors."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

Neighbour = tuple[str, float]


class VectorIndex(Protocol):
    """Finds vectors by cosine similarity. Safe to search from several threads at once."""

    def search(self, vector: np.ndarray, k: int) -> list[Neighbour]:
        """Return up to k `(vector_key, similarity)`, most similar first."""

    def similarities(self, vector: np.ndarray, keys: Sequence[str]) -> list[float]:
        """Return the similarity to each of these vectors; 0 for a key that is not in the index."""

    def vectors(self, keys: Sequence[str]) -> np.ndarray:
        """Return `(n_keys, dimensions) float32`, one row a key; zeros for a key that is not in the index."""

    def __len__(self) -> int:
        """Count the vectors."""


class ExactIndex:
    """All vectors in one matrix."""

    def __init__(self, keys: Sequence[str], vectors: np.ndarray) -> None:
        """Take unit vectors `(n, dimensions) float32`, one a key."""
        self._keys = list(keys)
        self._vectors = np.ascontiguousarray(vectors, np.float32)
        self._rows = {key: row for row, key in enumerate(self._keys)}

    def __len__(self) -> int:
        """Count the vectors."""
        return len(self._keys)

    def search(self, vector: np.ndarray, k: int) -> list[Neighbour]:
        """Return up to k `(vector_key, similarity)`, most similar first."""
        if not self._keys:
            return []
        similarities = self._vectors @ vector
        k = min(k, len(self._keys))
        best = np.argpartition(-similarities, k - 1)[:k]
        best = best[np.argsort(-similarities[best], kind="stable")]
        return [(self._keys[row], float(similarities[row])) for row in best]

    def similarities(self, vector: np.ndarray, keys: Sequence[str]) -> list[float]:
        """Return the similarity to each of these vectors; 0 for a key that is not in the index."""
        rows = [self._rows.get(key, -1) for key in keys]
        if not rows or not self._keys:
            return [0.0] * len(rows)
        found = self._vectors[rows] @ vector
        return [float(value) if row >= 0 else 0.0 for row, value in zip(rows, found, strict=True)]

    def vectors(self, keys: Sequence[str]) -> np.ndarray:
        """Return `(n_keys, dimensions) float32`, one row a key; zeros for a key that is not in the index."""
        found = np.zeros((len(keys), self._vectors.shape[1]), np.float32)
        for place, key in enumerate(keys):
            if key in self._rows:
                found[place] = self._vectors[self._rows[key]]
        return found
