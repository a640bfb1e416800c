"""The similarities of some candidates, slot by slot, and the best slot of each kind."""

from dataclasses import dataclass

import numpy as np

from knowledge.candidates import CandidateTable

NOT_COMPARED = -1.0


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
        order = some[np.lexsort((-self.similarities[some], self.places[some]))]
        places, first = np.unique(self.places[order], return_index=True)
        found = Best(np.full(len(self.numbers), NOT_COMPARED), np.full(len(self.numbers), -1))
        found.similarities[places] = self.similarities[order[first]]
        found.slots[places] = self.slots[order[first]]
        return found


def highest(values: np.ndarray, k: int) -> np.ndarray:
    """Return where the k highest values above 0 are, highest first, the first of equals."""
    k = min(k, len(values))
    least = np.partition(values, len(values) - k)[len(values) - k] if k else 0
    some = np.flatnonzero((values >= least) & (values > 0))
    return some[np.argsort(-values[some], kind="stable")[:k]]


def each_number_once(numbers: np.ndarray) -> np.ndarray:
    """Return the numbers without repetitions, in their order."""
    _, first = np.unique(numbers, return_index=True)
    return numbers[np.sort(first)]
