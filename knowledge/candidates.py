"""What is ranked: an FAQ or product with all that belongs to it, or one passage of a page.

Promises: every vector and every keyword text leads back to its candidate; built once for a version.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from knowledge.document import DocumentKind, Passage
from knowledge.keywords import KeywordIndex, Tokenizer
from knowledge.vectors import texts_of, vector_key


@dataclass(slots=True)
class Candidate:
    """One thing that can answer. `passages` are its own; `questions` its phrasings' vector keys."""

    answer_id: str
    passages: list[Passage] = field(default_factory=list)
    questions: dict[str, str] = field(default_factory=dict)
    wholes: dict[str, Passage] = field(default_factory=dict)
    units: dict[str, tuple[Passage, int]] = field(default_factory=dict)

    @property
    def has_phrasings(self) -> bool:
        """Whether it is asked for in more than one way, so that there is something to learn from."""
        return len(self.questions) > 1

    @property
    def main(self) -> Passage:
        """The passage that is shown: all of an answer, or the passage of the page."""
        return self.passages[0]


class CandidateTable:
    """All candidates of a version, their vector keys, and the keyword index over their texts."""

    def __init__(self, passages: Sequence[Passage], tokenize: Tokenizer) -> None:
        """Build the table; memory grows with the passages' vector keys and words."""
        self.candidates = _gather(passages)
        self.owners: dict[str, list[int]] = {}
        texts: list[str] = []
        owners: list[int] = []
        for number, candidate in enumerate(self.candidates):
            for key in {**candidate.questions, **candidate.wholes, **candidate.units}:
                self.owners.setdefault(key, []).append(number)
            found_by = _keyword_texts(candidate)
            texts.extend(found_by)
            owners.extend([number] * len(found_by))
        self.keywords = KeywordIndex(texts, tokenize)
        self._keyword_owners = np.array(owners, np.int64)

    def phrasings(self) -> tuple[list[str], list[int]]:
        """Return the vector keys of all phrasings and whose each is; none when no entry has several."""
        if not any(candidate.has_phrasings for candidate in self.candidates):
            return [], []
        pairs = [(key, number) for number, one in enumerate(self.candidates) for key in one.questions]
        return [key for key, _ in pairs], [number for _, number in pairs]

    def lexical_scores(self, question: str) -> np.ndarray:
        """Return `(n_candidates,) float32`: the best BM25 score among each candidate's texts."""
        best = np.zeros(len(self.candidates), np.float32)
        np.maximum.at(best, self._keyword_owners, self.keywords.scores(question))
        return best


def _gather(passages: Sequence[Passage]) -> list[Candidate]:
    by_id: dict[str, Candidate] = {}
    for passage in passages:
        is_page = passage.kind is DocumentKind.PAGE
        name = passage.passage_id if is_page else passage.document_id
        answer_id = passage.group or passage.document_id
        candidate = by_id.setdefault(name, Candidate(answer_id))
        candidate.passages.append(passage)
        texts = texts_of(passage)
        candidate.questions.update((vector_key(text), text) for text in texts.questions)
        candidate.wholes[vector_key(texts.whole)] = passage
        for unit, text in enumerate(texts.units):
            candidate.units.setdefault(vector_key(text), (passage, unit))
    return list(by_id.values())


def _keyword_texts(candidate: Candidate) -> list[str]:
    """Return the texts to be found by words: the passage or all of the answer, and further phrasings."""
    if candidate.main.kind is DocumentKind.PAGE:
        return [candidate.main.search_text]
    # Unlike what is embedded, this is not cut at the model's tokens.
    whole = f"{candidate.main.head}\n{candidate.main.text}"
    return [whole, *list(candidate.questions.values())[1:]]
