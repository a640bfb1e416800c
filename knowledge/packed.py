"""All passages of a version in little memory: each is packed, and unpacked when it is asked for.

Promises: a passage that is unpacked equals the one that was packed. A passage of running text takes about a kilobyte,
a tenth of what it takes as Python objects, and some 20 µs to unpack; a question needs a dozen.
"""

import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import overload

import numpy as np
import orjson

from knowledge.document import DocumentKind, Passage, fingerprint
from knowledge.key_rows import KeyRows, key_number

LEVEL = 1
"""Of compression: the text is in a passage twice, and any level finds that."""
UNPACKED = 256
"""Passages that are kept unpacked, those asked for last: some two megabytes."""
KINDS = tuple(DocumentKind)


class PackedPassages(Sequence[Passage]):
    """Passages in order. Once no more are added, safe to read from several threads at once."""

    def __init__(self, passages: Iterable[Passage] = ()) -> None:
        """Pack passages."""
        self._packed: list[bytes] = []
        self._kinds, self._tabled, self._documents = array("B"), array("B"), array("Q")
        self._unpacked = lru_cache(UNPACKED)(self._unpack)
        self.extend(passages)

    def extend(self, passages: Iterable[Passage]) -> None:
        """Pack further passages, before anything is looked up."""
        for passage in passages:
            self._packed.append(zlib.compress(orjson.dumps(passage.to_row()), LEVEL))
            self._kinds.append(KINDS.index(passage.kind))
            self._tabled.append(passage.kind is DocumentKind.PAGE and "|" in passage.text)
            self._documents.append(_document_key(passage.document_id))

    def __len__(self) -> int:
        """Count the passages."""
        return len(self._packed)

    @overload
    def __getitem__(self, at: int) -> Passage: ...

    @overload
    def __getitem__(self, at: slice) -> list[Passage]: ...

    def __getitem__(self, at: int | slice) -> Passage | list[Passage]:
        """Unpack a passage, or those of a slice."""
        if isinstance(at, slice):
            return [self[row] for row in range(*at.indices(len(self)))]
        return self._unpacked(at)

    def _unpack(self, at: int) -> Passage:
        return Passage.from_row(orjson.loads(zlib.decompress(self._packed[at])))

    def __iter__(self) -> Iterator[Passage]:
        """Unpack one after another."""
        return map(self._unpack, range(len(self)))

    def of_kind(self, kind: DocumentKind) -> Iterator[Passage]:
        """Unpack those of a kind, in order."""
        rows = np.flatnonzero(np.array(self._kinds, np.uint8) == KINDS.index(kind))
        return map(self._unpack, rows.tolist())

    def with_tables(self) -> Iterator[Passage]:
        """Unpack those of pages that may hold a table, in order."""
        return map(self._unpack, np.flatnonzero(np.array(self._tabled, np.uint8)).tolist())

    def of_document(self, document_id: str) -> "DocumentPassages":
        """Return the passages of a document, in order; none of one that is not there."""
        rows, _ = self._rows_of_documents.all(np.array([_document_key(document_id)], np.uint64))
        return DocumentPassages(self, rows)

    @cached_property
    def _rows_of_documents(self) -> KeyRows:
        return KeyRows(np.array(self._documents, np.uint64))


class DocumentPassages(Sequence[Passage]):
    """The passages of one document, in order."""

    def __init__(self, passages: PackedPassages, rows: np.ndarray) -> None:
        self._passages = passages
        self._rows = rows

    def __len__(self) -> int:
        """Count the passages."""
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> Passage: ...

    @overload
    def __getitem__(self, at: slice) -> list[Passage]: ...

    def __getitem__(self, at: int | slice) -> Passage | list[Passage]:
        """Unpack a passage, or those of a slice."""
        if isinstance(at, slice):
            return [self._passages[int(row)] for row in self._rows[at]]
        return self._passages[int(self._rows[at])]


def packed(passages: Sequence[Passage]) -> PackedPassages:
    """Return the passages packed, as they are when they are packed already."""
    return passages if isinstance(passages, PackedPassages) else PackedPassages(passages)


def _document_key(document_id: str) -> int:
    return key_number(fingerprint(document_id))
