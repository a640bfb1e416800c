"""Hybrid retrieval: what the vectors find and what the words find, weighed together for each candidate.

Promises: an answer is listed once, however many phrasings or passages of it match; the same question over the
same passages gives the same order. The weights are one setting for every kind of text; how they were found
and what was tried is in docs/decisions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from knowledge.candidates import CandidateTable
from knowledge.carry_over import find_subject
from knowledge.document import Passage
from knowledge.embedding import Embedder
from knowledge.exact import Neighbour, VectorIndex
from knowledge.follow_up import Shown, Turn, find_shown, find_wordings
from knowledge.hits import Hit, Phrased, each_once
from knowledge.keywords import tokenizer_for
from knowledge.language import detect_language
from knowledge.phrasings import PhrasingHead, Reading, score_alone
from knowledge.scope import EVERYTHING, Scope

NEIGHBOURS = 200  # vectors asked of the index; an FAQ of many phrasings may take a hundred of them
DENSE_CANDIDATES = 40
LEXICAL_CANDIDATES = 20
MEANT_WEIGHT = 0.6  # what the phrasings make of the question; of a page, its most similar vector
WHOLE_WEIGHT = 0.1  # the passage as a whole: is it what this text is about?
LEXICAL_WEIGHT = 0.3  # BM25 as a share of what a text scores that holds every word asked for
PHRASINGS_READ = 3  # of a candidate that only words found
PREFERRED_BONUS = 0.1  # on the score of what is in the asker's language


@dataclass(frozen=True, slots=True)
class Query:
    """A question as the rankers take it: one unit vector, and texts whose BM25 scores are averaged.

    `question` is what was asked, without what it leans on; `shown` need not be found again;
    `scope` is where it is searched.
    """

    question: str
    vector: np.ndarray
    texts: tuple[str, ...]
    shown: Shown
    scope: Scope = EVERYTHING


class Retriever:
    """Finds passages for questions. Safe to use from several threads at once."""

    def __init__(
        self,
        passages: Sequence[Passage],
        index: VectorIndex,
        embedder: Embedder,
        *,
        language: str | None = None,
    ) -> None:
        """Take the passages of one version and the index of their vectors.

        Args:
            passages: all passages of the version.
            index: holds the vectors of `vector_keys(passage)` for each of them; while it is empty, words alone
                find.
            embedder: the model the vectors were made with.
            language: ISO 639-1 code that chooses the stemmer; found from the passages when None.
        """
        self.language = language or _language_of(passages)
        self.tokenize = tokenizer_for(self.language)
        self._is_multilingual = len({passage.language or self.language for passage in passages}) > 1
        self.table = CandidateTable(passages, self.tokenize)
        self._index = index
        self._embedder = embedder
        keys, owners = self.table.phrasings() if len(index) else ([], [])
        self._phrasings = PhrasingHead(index.vectors(keys), owners) if keys else None
        self._phrasing_rows: dict[str, list[int]] = {}
        for row, key in enumerate(keys):
            self._phrasing_rows.setdefault(key, []).append(row)

    def read_question(
        self, question: str, *, history: Sequence[Turn] = (), scope: Scope = EVERYTHING
    ) -> Query:
        """Make a question ready for searching.

        Args:
            question: what is asked.
            history: what was said before, oldest first, as (author, text).
            scope: which passages may be found.
        """
        wordings = find_wordings(question, history, find_subject(self.table, history))
        texts = tuple(wording.text for wording in wordings)
        vector = np.array([wording.weight for wording in wordings], np.float32) @ self._embedder.embed(texts)
        norm = max(float(np.linalg.norm(vector)), 1e-9)
        return Query(question, vector / norm, texts, find_shown(question, history), scope)

    def search(self, query: Query, *, limit: int = 10) -> list[Hit]:
        """Return up to `limit` hits, best first: at most one an answer, and nothing twice in other words."""
        if not self.table.candidates:
            return []
        lexical = self._lexical_shares(query)
        allowed = self._allowed(query.scope)
        neighbours = self._index.search(query.vector, NEIGHBOURS)
        numbers, known = self._gather(query, np.where(allowed, lexical, 0), neighbours, allowed)
        reading = self._read_phrasings(neighbours)
        hits = [
            self._liked(
                self._hit(number, known, lexical=float(lexical[number]), reading=reading), query.scope
            )
            for number in numbers
            if not query.shown.holds(self.table.candidates[number].main)
        ]
        return each_once(sorted(hits, key=lambda hit: -hit.score), limit)

    def is_in(self, passage: Passage, scope: Scope) -> bool:
        """Say whether a passage is in scope."""
        return scope.accepts(passage, main_language=self.language)

    def _allowed(self, scope: Scope) -> np.ndarray:
        """Return `(n_candidates,) bool`: which candidates are in scope."""
        if scope.language is None and not scope.tags:
            return np.ones(len(self.table.candidates), bool)
        return np.array([self.is_in(candidate.main, scope) for candidate in self.table.candidates], bool)

    def _liked(self, hit: Hit, scope: Scope) -> Hit:
        """Let the asker's language go before others, where the knowledge has several."""
        if not self._is_multilingual or scope.preferred != (hit.passage.language or self.language):
            return hit
        return replace(hit, score=hit.score + PREFERRED_BONUS)

    def _lexical_shares(self, query: Query) -> np.ndarray:
        shares = np.zeros(len(self.table.candidates), np.float32)
        for text in query.texts:
            scores = self.table.lexical_scores(text)
            expected = self.table.keywords.ideal_score(text)
            shares += scores / max(float(scores.max()), expected, 1e-9) / len(query.texts)
        return shares

    def _gather(
        self, query: Query, lexical: np.ndarray, neighbours: Sequence[Neighbour], allowed: np.ndarray
    ) -> tuple[list[int], dict[str, float]]:
        """Choose the candidates worth weighing, and find out the similarities they are weighed by."""
        closest: dict[int, float] = {}
        for key, similarity in neighbours:
            for number in self.table.owners.get(key, ()):
                if allowed[number]:
                    closest.setdefault(number, similarity)
        dense = sorted(
            closest,
            key=lambda n: -(MEANT_WEIGHT * score_alone(closest[n]) + LEXICAL_WEIGHT * float(lexical[n])),
        )
        by_words = [
            int(n) for n in np.argsort(-lexical, kind="stable")[:LEXICAL_CANDIDATES] if lexical[n] > 0
        ]
        few = np.flatnonzero(allowed)[:DENSE_CANDIDATES] if not allowed.all() else ()  # may be no neighbours
        numbers = list(dict.fromkeys([*dense[:DENSE_CANDIDATES], *by_words, *map(int, few)]))
        known = dict(neighbours)
        missing = self._missing_keys(numbers, known, closest)
        known.update(zip(missing, self._index.similarities(query.vector, missing), strict=True))
        return numbers, known

    def _missing_keys(
        self, numbers: list[int], known: dict[str, float], closest: dict[int, float]
    ) -> list[str]:
        keys: dict[str, None] = {}
        for number in numbers:
            candidate = self.table.candidates[number]
            keys.update(dict.fromkeys(candidate.wholes))
            if number not in closest:
                keys.update(dict.fromkeys(list(candidate.questions)[:PHRASINGS_READ]))
                keys.update(dict.fromkeys(candidate.units))
        return [key for key in keys if key not in known]

    def _read_phrasings(self, neighbours: Sequence[Neighbour]) -> Reading | None:
        if self._phrasings is None:
            return None
        near = [(row, s) for key, s in neighbours for row in self._phrasing_rows.get(key, ())]
        rows, similarities = [row for row, _ in near], [similarity for _, similarity in near]
        return self._phrasings.read(np.array(rows, np.int64), np.array(similarities, np.float32))

    def _hit(self, number: int, known: dict[str, float], *, lexical: float, reading: Reading | None) -> Hit:
        candidate = self.table.candidates[number]
        whole_key, whole = _closest(candidate.wholes, known)
        unit_key, unit = _closest(candidate.units, known)
        question_key, question = _closest(candidate.questions, known)
        similarity = max(whole, unit, question)
        found = candidate.units.get(unit_key) if unit > whole else None
        phrased = None
        if reading is not None and self._phrasings is not None and candidate.has_phrasings:
            # Each phrasing is a whole of its own; the first with the answer is no better than the others.
            whole = max(whole, question)
            phrased = Phrased(reading.scores.get(number, 0.0), reading.novelty, self._phrasings.left_out)
        meant = phrased.score if phrased else score_alone(similarity)
        return Hit(
            passage=found[0] if found else candidate.wholes[whole_key],
            answer_id=candidate.answer_id,
            score=MEANT_WEIGHT * meant + WHOLE_WEIGHT * whole + LEXICAL_WEIGHT * lexical,
            similarity=similarity,
            whole_similarity=whole,
            lexical=lexical,
            question=candidate.questions.get(question_key),
            unit=found[1] if found else None,
            phrased=phrased,
        )


def _closest(keys: Mapping[str, object], known: Mapping[str, float]) -> tuple[str, float]:
    best = max(keys, key=lambda key: known.get(key, -1.0), default="")
    return best, known.get(best, -1.0)


def _language_of(passages: Sequence[Passage]) -> str | None:
    step = max(len(passages) // 50, 1)
    return detect_language(" ".join(passage.search_text for passage in passages[::step])[:5000])
