"""What is ranked: an FAQ or product with all that belongs to it, or one passage of a page.

Promises: every vector and every keyword text leads back to its candidate; built once for a version, as flat arrays,
some 40 bytes a vector. A vector is a slot of its candidate: a phrasing, a passage as a whole, or a piece of one.
"""

from array import array
from collections.abc import Iterator, Sequence

import numpy as np

from knowledge.document import DocumentKind, Passage
from knowledge.key_rows import KeyRows, key_number, spread
from knowledge.keywords import KeywordIndex, Tokenizer
from knowledge.packed import packed
from knowledge.scope import Scope
from knowledge.vectors import PassageTexts, texts_of, vector_key

MOST_LOOKED_AT = 50  # texts in which two words stand together
QUESTION, WHOLE, UNIT = range(3)
"""Kinds of slots, in their order within a candidate."""


class CandidateTable:
    """All candidates of a version by number, their slots, and the keyword index over their texts.

    Of each slot: `keys` `(n_slots,) uint64` is its vector, `owners` whose it is, `kinds` what it is; `rows` is the
    number of its passage and `places` which of that passage's questions or units it is. In order of the owners.
    """

    def __init__(self, passages: Sequence[Passage], tokenize: Tokenizer) -> None:
        """Build the table; each passage is looked at once and not kept."""
        self.passages = packed(passages)
        gathering = _Gathering()
        self.keywords = KeywordIndex(gathering.texts(self.passages), tokenize)
        self._text_owners = np.array(gathering.text_owners, np.int32)
        self._first_rows = np.array(gathering.first_rows, np.int32)
        self._scopes = np.array(gathering.scopes, np.int32)
        self._in_scope = list(gathering.examples.values())
        self.keys, self.owners, self.kinds, self.rows, self.places = gathering.slots()
        self._starts = np.searchsorted(self.owners, np.arange(len(self) + 1))
        self._by_key = KeyRows(self.keys)

    def __len__(self) -> int:
        """Count the candidates."""
        return len(self._first_rows)

    def main(self, number: int) -> Passage:
        """Return the passage that is shown: all of an answer, or the passage of the page."""
        return self.passages[int(self._first_rows[number])]

    def slots_of(self, numbers: np.ndarray, *, kind: int | None = None) -> tuple[np.ndarray, np.ndarray]:
        """Return the slots of some candidates, or those of a kind, one after another: (place among them, slot)."""
        places, slots = spread(self._starts[numbers], self._starts[numbers + 1])
        wanted = self.kinds[slots] == kind if kind is not None else slice(None)
        return places[wanted], slots[wanted]

    def slots_with(self, keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the slots that these vectors stand for, key by key, as (place among the keys, slot)."""
        slots, places = self._by_key.all(keys)
        return places, slots

    def ranks(self, slots: np.ndarray) -> np.ndarray:
        """Return how many slots of the same candidate come before each."""
        return np.asarray(slots - self._starts[self.owners[slots]])

    def phrasings(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the vector keys of all phrasings and whose each is; none when no entry has several."""
        asked = self.kinds == QUESTION
        owners = self.owners[asked]
        is_alone = not (owners[1:] == owners[:-1]).any()
        return (self.keys[:0], owners[:0]) if is_alone else (self.keys[asked], owners)

    def have_phrasings(self, numbers: np.ndarray) -> np.ndarray:
        """Say which candidates are asked for in more than one way, so that there is something to learn from."""
        seconds = np.minimum(self._starts[numbers] + 1, self._starts[numbers + 1] - 1)
        return np.asarray((self.kinds[seconds] == QUESTION) & (seconds > self._starts[numbers]))

    def lexical_scores(self, question: str, *, rarest: int | None = None) -> np.ndarray:
        """Return `(n_candidates,) float32`: the best BM25 score among each candidate's texts.

        Args:
            question: what is asked.
            rarest: how many of its words count, the rarest; all by default.
        """
        scores = self.keywords.scores(question, rarest=rarest)
        if len(scores) == len(self):
            return scores
        best = np.zeros(len(self), np.float32)
        np.maximum.at(best, self._text_owners, scores)
        return best

    def are_together(self, stem: str, other: str) -> bool:
        """Say whether an entry or product holds both stems, so that the one may be a kind of the other."""
        both = np.intersect1d(self.keywords.texts_with(stem), self.keywords.texts_with(other))
        owners = both if len(self._text_owners) == len(self) else self._text_owners[both]
        return any(self.main(int(owner)).kind is not DocumentKind.PAGE for owner in owners[:MOST_LOOKED_AT])

    def accepted(self, scope: Scope, main_language: str | None) -> np.ndarray:
        """Return `(n_candidates,) bool`: which are in scope."""
        verdicts = [scope.accepts(passage, main_language=main_language) for passage in self._in_scope]
        return np.array(verdicts, bool)[self._scopes]

    def n_languages(self, main_language: str | None) -> int:
        """Count the languages; what declares none is in the main one."""
        return len({passage.language or main_language for passage in self._in_scope})


class _Gathering:
    """The columns while they grow, one number for each slot, candidate or text."""

    def __init__(self) -> None:
        self.first_rows, self.scopes, self.text_owners = array("i"), array("i"), array("i")
        self.examples: dict[tuple[str | None, tuple[str, ...]], Passage] = {}
        self._scope_numbers: dict[tuple[str | None, tuple[str, ...]], int] = {}
        self._entries: dict[str, tuple[int, set[int]]] = {}
        self._keys = array("Q")
        self._others = array("i"), array("i"), array("i"), array("i")

    def texts(self, passages: Sequence[Passage]) -> Iterator[str]:
        """Take the passages in, and yield the texts by which their candidates are found by words."""
        for row, passage in enumerate(passages):
            for owner, text in self._take(row, passage, texts_of(passage)):
                self.text_owners.append(owner)
                yield text
        self._entries.clear()

    def slots(self) -> tuple[np.ndarray, ...]:
        """Return the keys, owners, kinds, rows and places of all slots, owner by owner and kind by kind."""
        owners, kinds, rows, places = (np.frombuffer(column, np.int32) for column in self._others)
        order = np.lexsort((kinds, owners))
        keys = np.frombuffer(self._keys, np.uint64)
        return keys[order], owners[order], kinds[order].astype(np.uint8), rows[order], places[order]

    def _take(self, row: int, passage: Passage, texts: PassageTexts) -> Iterator[tuple[int, str]]:
        if passage.kind is DocumentKind.PAGE:
            number, asked = self._begin(row, passage), set[int]()
            yield number, passage.search_text
        elif passage.document_id in self._entries:
            number, asked = self._entries[passage.document_id]
        else:
            number, asked = self._entries[passage.document_id] = self._begin(row, passage), set[int]()
            # Unlike what is embedded, this is not cut at the model's tokens.
            yield number, f"{passage.head}\n{passage.text}"
        for place, text in enumerate(texts.questions):
            key = key_number(vector_key(text))
            if key not in asked:
                if asked and passage.kind is not DocumentKind.PAGE:
                    yield number, text
                asked.add(key)
                self._add(key, number, QUESTION, row, place)
        self._add(key_number(vector_key(texts.whole)), number, WHOLE, row, 0)
        for place, text in enumerate(texts.units):
            self._add(key_number(vector_key(text)), number, UNIT, row, place)

    def _begin(self, row: int, passage: Passage) -> int:
        self.first_rows.append(row)
        where = (passage.language, passage.tags)
        self.examples.setdefault(where, passage)
        self.scopes.append(self._scope_numbers.setdefault(where, len(self._scope_numbers)))
        return len(self.first_rows) - 1

    def _add(self, key: int, *columns: int) -> None:
        self._keys.append(key)
        for column, value in zip(self._others, columns, strict=True):
            column.append(value)
