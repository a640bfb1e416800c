"""What keeps vector indexes: folders of this machine, or a Chroma server. Only one of them is configured."""

from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import Protocol, Self

import numpy as np

from knowledge.exact import VectorIndex


class IndexBuilder(Protocol):
    """A collection while it is built. Not finished, nothing of it is left."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def add(self, names: Sequence[str], vectors: np.ndarray, pieces: Iterable[str] = ()) -> None:
        """Take `(n, dimensions) float32` unit vectors, one a name; those of `pieces` may be left out of searches."""

    def finish(self) -> int:
        """Wait until the collection is whole and checked; return its size."""


class VectorKeeper(Protocol):
    """The file of a collection's vectors on this machine, while it is written; nothing is left of one cut off."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def add(self, names: Sequence[str], vectors: np.ndarray) -> None:
        """Append `(n, dimensions) float32` vectors, one a name."""


class IndexStore(Protocol):
    """The collections of one installation. Those that cannot be reached raise `IndexAwayError`."""

    def begin(self, name: str) -> IndexBuilder:
        """Begin to build a collection; it can be opened once the builder has finished."""

    def keeper_of_missing(self, name: str) -> VectorKeeper | None:
        """Return what takes the vectors of a collection that this machine lacks; None when it has them."""

    def open(self, name: str) -> VectorIndex:
        """Verify a collection and return it for searching.

        Raises:
            IndexUnavailableError: there is no such collection, or it is damaged.
        """

    def check(self) -> None:
        """See that the collections can be reached.

        Raises:
            IndexAwayError: they cannot.
        """

    def names(self) -> list[str]:
        """List the collections, whole or damaged."""

    def drop(self, name: str) -> None:
        """Remove a collection, if there is one, and what a cut-off build of it left."""

    def leftovers(self) -> list[str]:
        """List the collections that a cut-off build left something of."""
