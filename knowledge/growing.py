"""A collection while it grows, and the file of all its vectors; one that becomes large does without pieces.

Promises: every vector is in the file; the collection holds all of them, or, beyond a size, those of phrasings and of
passages as a whole. An index in memory costs two kilobytes a vector, and a passage of running text has seven.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from knowledge.chroma import ChromaWriter
from knowledge.key_rows import key_numbers
from knowledge.vector_file import VectorFileWriter

PROBES = 16
"""Vectors that must find themselves in the new collection before it may be used."""
READ_ROWS = 5_000
"""Vectors taken from the file at a time when the collection is begun again."""


@dataclass(frozen=True, slots=True)
class Batch:
    """`(n, dimensions) float32` vectors by name; those of `pieces` are left out of a large collection."""

    names: list[str]
    vectors: np.ndarray
    pieces: frozenset[str]


class GrowingCollection:
    """A collection while it is written, in a folder of its own."""

    def __init__(self, name: str, folder: Path, most: int) -> None:
        """Begin in a folder that is not there yet; up to `most` vectors, pieces are in the collection too."""
        self._name = name
        self._folder = folder
        self._most = most
        self._collection = ChromaWriter(name, folder)
        self._file = VectorFileWriter(folder)
        self._rows: dict[str, int] = {}  # of what is searched, while pieces are
        self._pieces: set[str] = set()
        self._finds_pieces = True
        self._stride = 1
        self.probes: list[np.ndarray] = []
        self.n_searched = 0

    def add(self, batch: Batch) -> None:
        """Add vectors; one that came as a piece may come again as more."""
        first = self._file.n_rows
        self._file.add(key_numbers(batch.names), batch.vectors)
        if self._finds_pieces:
            new = [at for at, name in enumerate(batch.names) if name not in self._rows]
            self._rows.update({batch.names[at]: first + at for at in new})
            self._pieces |= batch.pieces
            self._pieces -= set(batch.names) - batch.pieces
        else:
            new = [at for at, name in enumerate(batch.names) if name not in batch.pieces]
        if len(self._rows) > self._most:
            self._begin_again()
        else:
            self._search(new, batch)

    def close(self) -> None:
        """Finish both."""
        self._file.close()
        self._collection.close()

    def _search(self, places: list[int], batch: Batch) -> None:
        vectors = batch.vectors[places]
        self._collection.add([batch.names[at] for at in places], vectors)
        for row, vector in enumerate(vectors, start=self.n_searched):
            if row % self._stride == 0:
                self.probes.append(vector.copy())
        self.n_searched += len(places)
        while len(self.probes) > 2 * PROBES:
            self.probes, self._stride = self.probes[::2], self._stride * 2

    def _begin_again(self) -> None:
        """Make the collection anew without pieces."""
        self._finds_pieces = False
        self._collection.discard()
        self._collection = ChromaWriter(self._name, self._folder)
        self.probes, self._stride, self.n_searched = [], 1, 0
        kept = {row: name for name, row in self._rows.items() if name not in self._pieces}
        self._rows, self._pieces = {}, set()
        for start in range(0, self._file.n_rows, READ_ROWS):
            end = min(start + READ_ROWS, self._file.n_rows)
            rows = [row for row in range(start, end) if row in kept]
            names = [kept[row] for row in rows]
            vectors = self._file.read(start, end)[[row - start for row in rows]]
            self._search(list(range(len(names))), Batch(names, vectors, frozenset()))
