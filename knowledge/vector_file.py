"""All vectors of a version in one flat file, read a few at a time by key: on disk, not in memory.

Promises: what is read is what was written, to the bit. A key takes 12 bytes of memory; reading the vectors of a
passage takes a few microseconds once the machine has the file in its cache.
"""

import contextlib
import os
import weakref
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import numpy as np

from knowledge.errors import IndexUnavailableError
from knowledge.key_rows import KeyRows

VECTORS = "vectors.f32"
KEYS = "keys.u64"


class VectorFileWriter:
    """The file while it is written."""

    def __init__(self, folder: Path) -> None:
        """Begin the file in a folder."""
        self._folder = folder
        self._file: BinaryIO = (folder / VECTORS).open("wb+")
        self._keys = array("Q")
        self._size_bytes = 0

    @property
    def n_rows(self) -> int:
        """How many vectors were appended."""
        return len(self._keys)

    def add(self, keys: np.ndarray, vectors: np.ndarray) -> None:
        """Append `(n, dimensions) float32` vectors, one a key `(n,) uint64`."""
        self._file.write(np.ascontiguousarray(vectors, "<f4").data)
        self._keys.extend(keys.tolist())
        self._size_bytes = vectors.shape[1] * 4

    def read(self, start: int, end: int) -> np.ndarray:
        """Return the vectors of some rows as they were appended."""
        self._file.flush()
        content = os.pread(self._file.fileno(), (end - start) * self._size_bytes, start * self._size_bytes)
        return np.frombuffer(content, "<f4").reshape(end - start, -1)

    def close(self) -> None:
        """Finish the file."""
        self._file.close()
        (self._folder / KEYS).write_bytes(np.array(self._keys, "<u8").tobytes())


class VectorFile:
    """The finished file. Safe to read from several threads at once; closed when nobody holds it any more."""

    def __init__(self, folder: Path) -> None:
        """Open the file of a folder.

        Raises:
            OSError: there is none.
        """
        keys = np.fromfile(folder / KEYS, "<u8")
        self._rows = KeyRows(keys)
        self._size = len(np.unique(keys))
        self._descriptor = os.open(folder / VECTORS, os.O_RDONLY)
        self._dimensions = os.fstat(self._descriptor).st_size // (4 * max(len(keys), 1))
        self._close = weakref.finalize(self, os.close, self._descriptor)

    def __len__(self) -> int:
        """Count the vectors."""
        return self._size

    def close(self) -> None:
        """Let go of the file."""
        self._close()
        self._descriptor = -1

    def all(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the keys `(n,) uint64` and `(n, dimensions) float32`, each key once.

        Raises:
            OSError: the file cannot be read, or it was closed.
        """
        keys = self._rows.different()
        return keys, self.vectors(keys)

    def vectors(self, keys: np.ndarray) -> np.ndarray:
        """Return `(n_keys, dimensions) float32`, one row a key; zeros for a key that is not here.

        Raises:
            OSError: the file cannot be read, or it was closed.
        """
        rows, places = np.unique(self._rows.first(keys), return_inverse=True)
        found = np.zeros((len(rows), self._dimensions), np.float32)
        begin = int(np.searchsorted(rows, 0))  # those before are -1
        breaks = np.flatnonzero(np.diff(rows[begin:]) != 1) + begin + 1
        for start, end in zip([begin, *breaks], [*breaks, len(rows)], strict=True):
            if start < end:
                found[start:end] = self._read(int(rows[start]), int(end - start))
        return found[places]

    def first(self) -> np.ndarray:
        """Return the first vector, `(dimensions,) float32`.

        Raises:
            OSError: the file cannot be read, or it was closed.
        """
        vector: np.ndarray = self._read(0, 1)[0]
        return vector

    def _read(self, row: int, n_rows: int) -> np.ndarray:
        size = self._dimensions * 4
        content = os.pread(self._descriptor, n_rows * size, row * size)
        if len(content) < n_rows * size:
            raise OSError("the file of the vectors is too short")
        return np.frombuffer(content, "<f4").reshape(n_rows, -1)


class FiledVectors:
    """What every index with such a file beside it can do without searching."""

    def __init__(self, file: VectorFile) -> None:
        self._file = file

    def __len__(self) -> int:
        """Count the vectors."""
        return len(self._file)

    def similarities(self, vector: np.ndarray, keys: np.ndarray) -> np.ndarray:
        """Return `(n_keys,) float32`: the similarity to each of these vectors; 0 for a key that is not here.

        Raises:
            IndexUnavailableError: the file is gone or damaged.
        """
        found = self.vectors(keys)
        return found @ vector if found.shape[1] else np.zeros(len(keys), np.float32)

    def vectors(self, keys: np.ndarray) -> np.ndarray:
        """Return `(n_keys, dimensions) float32`, one row a key; zeros for a key that is not here.

        Raises:
            IndexUnavailableError: the file is gone or damaged.
        """
        with self._readable():
            return self._file.vectors(keys)

    def first(self) -> np.ndarray:
        """Return one of the vectors, `(dimensions,) float32`.

        Raises:
            IndexUnavailableError: the file is gone or damaged.
        """
        with self._readable():
            return self._file.first()

    @contextlib.contextmanager
    def _readable(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise IndexUnavailableError(
                f"The vectors cannot be read ({error}); the index is built again."
            ) from error
