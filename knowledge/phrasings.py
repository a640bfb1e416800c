"""A classifier over the phrasings of entries: which entry would this question be another phrasing of?

Promises: nothing is fitted ahead; the `NEAREST` phrasings of a question decide, so time is bounded however many
there are, and memory holds their vectors and nothing else. Kernel ridge regression on the entries (Rasmussen and
Williams, Gaussian Processes for Machine Learning, ch. 2): far from every phrasing all scores are 0, so a question
of another world is nobody's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

NEAREST = 64
WIDTH = 0.4  # of the kernel exp((cosine - 1) / WIDTH)
RIDGE = 0.3  # the noise a phrasing is taken to have, beside the kernel's 1
BALANCE = 0.5  # 0: every phrasing weighs the same; 1: every entry does
LEFT_OUT = 300  # phrasings asked when a version is opened
USUAL_LEFT_OUT = 0.33  # what they come to elsewhere, for as much as
USUAL_WEIGHT = 20  # phrasings: a handful proves little
ROWS = 8  # multiplied at a time: larger products wake a second thread, which costs more than it helps


@dataclass(frozen=True, slots=True)
class Reading:
    """What the phrasings say of a question.

    `scores` by owner are about 1 for an entry that surely asks the same and 0 for one that does not; an owner
    that is not named has 0. `novelty` (0–1) is how little the phrasings tell about such a question, `left_out` how
    sure they look of what they do not hold (see `PhrasingHead`).
    """

    scores: dict[int, float]
    novelty: float
    left_out: float


class PhrasingHead:
    """The phrasings of a version. Safe to use from several threads at once.

    `left_out` is the best score, on average, that a phrasing gets from the other entries once its own is taken
    away: how sure this very knowledge looks of what it does not hold.
    """

    def __init__(self, vectors: np.ndarray, owners: Sequence[int] | np.ndarray) -> None:
        """Take the phrasings and ask some of them, each without its entry.

        Args:
            vectors: `(n, dimensions) float32` unit vectors, one a phrasing; at least one.
            owners: whose phrasing each is, any numbers from 0.
        """
        self._vectors = vectors
        self._owners = np.asarray(owners, np.int64)
        counts = np.bincount(self._owners)
        mean = len(owners) / np.count_nonzero(counts)
        self.left_out = USUAL_LEFT_OUT
        self._noise = (RIDGE * (counts[self._owners] / mean) ** BALANCE).astype(np.float32)
        sample = self._sample()
        parts = (sample[start : start + ROWS] for start in range(0, len(sample), ROWS))
        best = [score for part in parts for score in self._best_of_others(part)]
        self.left_out = (sum(best) + USUAL_LEFT_OUT * USUAL_WEIGHT) / (len(best) + USUAL_WEIGHT)

    def read(self, rows: np.ndarray, similarities: np.ndarray) -> Reading:
        """Read a question from its nearest phrasings.

        Args:
            rows: `(k,)` which phrasings, nearest first; those after the first `NEAREST` do not count.
            similarities: `(k,) float32` their cosines.
        """
        rows, near = rows[:NEAREST], similarity_kernel(similarities[:NEAREST])
        if not len(rows):
            return Reading({}, 1.0, self.left_out)
        kernel = similarity_kernel(self._cosines(rows))
        kernel.flat[:: len(rows) + 1] += self._noise[rows]
        shares = np.linalg.solve(kernel, near)
        owners, places = np.unique(self._owners[rows], return_inverse=True)
        totals = np.bincount(places, shares)
        scores = dict(zip(owners.tolist(), totals.tolist(), strict=True))
        return Reading(scores, float(np.clip(1 - shares @ near, 0, 1)), self.left_out)

    def _cosines(self, rows: np.ndarray) -> np.ndarray:
        among = self._vectors[rows]
        parts = (among[start : start + ROWS] @ among.T for start in range(0, len(rows), ROWS))
        return np.concatenate(list(parts))

    def _sample(self) -> np.ndarray:
        """Choose rows: of each owner its first, then of each its second, until there are enough."""
        order = np.argsort(self._owners, kind="stable")
        sorted_owners = self._owners[order]
        turn = np.arange(len(order)) - np.searchsorted(sorted_owners, sorted_owners)
        return order[np.argsort(turn, kind="stable")[:LEFT_OUT]]

    def _best_of_others(self, rows: np.ndarray) -> Iterator[float]:
        for row, cosines in zip(rows, self._vectors[rows] @ self._vectors.T, strict=True):
            cosines[self._owners == self._owners[row]] = -np.inf
            nearest = np.argpartition(-cosines, min(NEAREST, len(cosines)) - 1)[:NEAREST]
            nearest = nearest[np.isfinite(cosines[nearest])]
            yield max(self.read(nearest, cosines[nearest]).scores.values(), default=0.0)


def similarity_kernel(cosines: np.ndarray) -> np.ndarray:
    """Return how alike the kernel takes texts of these cosines to be, from 0 to 1."""
    return np.asarray(np.exp((cosines - 1) / np.float32(WIDTH)))


def scores_alone(similarities: np.ndarray) -> np.ndarray:
    """Return the scores of what has one phrasing, or none, for a question of these cosines."""
    return np.exp((np.asarray(similarities, np.float64) - 1) / WIDTH) / (1 + RIDGE)
