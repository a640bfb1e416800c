"""The similarities of some candidates, slot by slot, and the best slot of each kind."""

from dataclasses import dataclass

import numpy as np

from knowledge.candidates import CandidateTable

NOT_COMPARED = -1.0
BLOCK = 64  # values looked at together


@dataclass(frozen=True, slots=True)
class Best:
    """The best slot of a kind for each candidate, -1 where it has none.

    `similarities` are `NOT_COMPARED` where none of the kind was compared; then the first one's slot is named.
    """

    similarities: np.ndarray
    slots: np.ndarray


@dataclass(frozen=True, slots=True)
class Compared:
    """Candidates by `numbers`, and their slots: `places` says which of the numbers each belongs to."""

    table: CandidateTable
    numbers: np.ndarray
    places: np.ndarray
    slots: np.ndarray
    similarities: np.ndarray

    def best(self, kind: int) -> Best:
        """Return the best slot of a kind for each candidate, the first of equals."""
        some = np.flatnonzero(self.table.kinds[self.slots] == kind)
        places, similarities = self.places[some], self.similarities[some]
        found = Best(np.full(len(self.numbers), NOT_COMPARED), np.full(len(self.numbers), -1))
        np.maximum.at(found.similarities, places, similarities)
        best = np.flatnonzero(similarities == found.similarities[places])[::-1]  # the first is written last
        found.slots[places[best]] = self.slots[some[best]]
        return found


def highest(values: np.ndarray, k: int) -> np.ndarray:
    """Return where the k highest values above 0 are, highest first, the first of equals."""
    some = np.flatnonzero((values >= _least(values, k)) & (values > 0))
    return some[np.argsort(-values[some], kind="stable")[:k]]


def _least(values: np.ndarray, k: int) -> float:
    """Return what the k-th highest value is not below: of as many blocks, each has one that is as high."""
    whole = len(values) // BLOCK
    if not 0 < k <= whole:
        return 0.0
    best = values[: whole * BLOCK].reshape(whole, BLOCK).max(axis=1)
    return float(np.partition(best, whole - k)[whole - k])


def each_number_once(numbers: np.ndarray) -> np.ndarray:
    """Return the numbers without repetitions, in their order."""
    _, first = np.unique(numbers, return_index=True)
    return numbers[np.sort(first)]
