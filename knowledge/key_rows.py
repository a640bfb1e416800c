"""Which rows of a table carry a key: two flat arrays instead of a dictionary, 12 bytes a row.

Promises: rows of the same key are given in their order. A key is the first half of a vector's name as a number;
among ten million texts two share one with a probability of 0.000003.
"""

from collections.abc import Iterable

import numpy as np

DIGITS = 16  # hexadecimal, of a name's 32


def key_number(name: str) -> int:
    """Return the number that a vector's name (see `vector_key`) goes by in memory."""
    return int(name[:DIGITS], 16)


def key_numbers(names: Iterable[str]) -> np.ndarray:
    """Return `(n,) uint64`, the numbers of these names."""
    return np.fromiter(map(key_number, names), np.uint64)


class KeyRows:
    """The rows of a table by their key."""

    def __init__(self, keys: np.ndarray) -> None:
        """Take `(n,) uint64`, the key of each row."""
        self._order = np.argsort(keys, kind="stable").astype(np.int32)
        self._keys = keys[self._order]

    def different(self) -> np.ndarray:
        """Return the keys, each once."""
        return np.unique(self._keys)

    def first(self, keys: np.ndarray) -> np.ndarray:
        """Return `(n_keys,) int64`: the first row of each key, -1 where there is none."""
        if not len(self._keys):
            return np.full(len(keys), -1)
        at = np.searchsorted(self._keys, keys)
        found = self._keys[np.minimum(at, len(self._keys) - 1)] == keys
        return np.where(found, self._order[np.minimum(at, len(self._keys) - 1)], -1)

    def all(self, keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return every row of these keys, key by key, and for each the place of its key among those asked for."""
        places, at = spread(np.searchsorted(self._keys, keys), np.searchsorted(self._keys, keys, "right"))
        return self._order[at].astype(np.int64), places


def spread(starts: np.ndarray, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the numbers of all ranges one after another, as (which range, number)."""
    sizes = ends - starts
    places = np.repeat(np.arange(len(sizes)), sizes)
    return places, np.arange(len(places)) - np.repeat(np.cumsum(sizes) - sizes, sizes) + starts[places]
