"""Hybrid retrieval: what the vectors find and what the words find, weighed together for each candidate.

Promises: an answer is listed once, however many phrasings or passages of it match; the same question over the
same passages gives the same order.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from knowledge.candidates import QUESTION, UNIT, WHOLE, CandidateTable
from knowledge.carry_over import SubjectMemory
from knowledge.compared import NOT_COMPARED, Compared, each_number_once, highest
from knowledge.completed import complete, find_earlier
from knowledge.document import Passage
from knowledge.embedding import Embedder
from knowledge.exact import Neighbours, VectorIndex
from knowledge.follow_up import (
    Shown,
    Turn,
    Wording,
    find_before,
    find_shown,
    find_wordings,
    leans,
    since_it_changed,
    stands_alone,
)
from knowledge.hits import Hit, each_once
from knowledge.key_rows import KeyRows
from knowledge.keywords import tokenizer_for
from knowledge.language import detect_language
from knowledge.phrasings import PhrasingHead, Reading, scores_alone
from knowledge.rewording import Rewording
from knowledge.scope import EVERYTHING, Scope
from knowledge.weighing import LEXICAL_WEIGHT, MEANT_WEIGHT, weigh

NEIGHBOURS = 200  # vectors asked of the index; an FAQ of many phrasings may take a hundred of them
DENSE_CANDIDATES = 40
LEXICAL_CANDIDATES = 20
KINDRED_FROM = 0.1  # similarity of two questions that may be about the same: prices and deliveries are not
# Similarity to something written from which a question that stands alone needs nothing beside it to be understood.
KNOWN_FROM = 0.6
PHRASINGS_READ = 3  # of a candidate that only words found


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked, before it is looked up.

    `question` is what was asked, without what it leans on, in words of the knowledge, and `typed` in the visitor's;
    `wordings` are the ways to say it, of which the first may do where it `stands_alone`; `shown` need not be found
    again; `scope` is where it is searched. Where it leans on what was said, `subject` is the title of what the bot
    quoted last, `before` the question asked before it, `told` what was said to that and `earlier` all questions
    before it, latest first; else they are empty.
    """

    question: str
    typed: str
    wordings: tuple[Wording, ...]
    stands_alone: bool
    shown: Shown
    scope: Scope = EVERYTHING
    subject: str = ""
    before: str = ""
    told: str = ""
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Query(Asked):
    """What is asked as the rankers take it: a unit vector, its neighbours, and texts whose BM25 scores are averaged."""

    vector: np.ndarray
    neighbours: Neighbours
    texts: tuple[str, ...]


ASKED = tuple(one.name for one in fields(Asked))


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
        self.table = CandidateTable(passages, self.tokenize)
        self._subjects = SubjectMemory(self.table)
        self._rewording = Rewording(self.table.keywords, self.tokenize, self.language, embedder)
        self._index = index
        self._embedder = embedder
        keys, owners = self.table.phrasings()
        has_phrasings = bool(len(index) and len(keys))
        self._phrasings = PhrasingHead(index.vectors(keys), owners) if has_phrasings else None
        self._phrasing_rows = KeyRows(keys)
        self._is_multilingual = self.table.n_languages(self.language) > 1

    def read_question(
        self, question: str, *, history: Sequence[Turn] = (), scope: Scope = EVERYTHING
    ) -> Query:
        """Make a question ready for searching; see `hear` for what is taken."""
        return self.look_up(self.hear(question, history=history, scope=scope))

    def hear(self, question: str, *, history: Sequence[Turn] = (), scope: Scope = EVERYTHING) -> Asked:
        """Find out what is asked.

        Args:
            question: what is asked.
            history: what was said before, oldest first, as (author, text).
            scope: which passages may be found.
        """
        typed = complete(question, history)
        question = self._rewording.as_written(typed)
        if leans(question):
            history = since_it_changed(history, self._may_be_about_the_same)
        subject = self._subjects.find(question, history)
        asked = Asked(
            question=question,
            typed=typed,
            wordings=find_wordings(question, history, subject),
            stands_alone=stands_alone(question, history, subject),
            shown=find_shown(question, history),
            scope=scope,
        )
        if not leans(question):
            return asked
        before, told = find_before(history)
        return replace(asked, subject=subject, before=before, told=told, earlier=find_earlier(history))

    def look_up(self, asked: Asked) -> Query:
        """Make what is asked ready for searching, said in as many ways as are needed to understand it."""
        if not asked.stands_alone:
            return self._look_up(asked, asked.wordings)
        first = self._look_up(asked, asked.wordings[:1])
        is_known = len(asked.wordings) == 1 or first.neighbours[1].max(initial=0) >= KNOWN_FROM
        return first if is_known else self._look_up(asked, asked.wordings)

    def look_up_alone(self, asked: Asked) -> Query:
        """Make what is asked ready for searching, without what it leans on."""
        return self._look_up(asked, (Wording(asked.question),))

    def _look_up(self, asked: Asked, wordings: Sequence[Wording]) -> Query:
        """Find the unit vector of what is said in several ways, and what is nearest to it."""
        weights = np.array([wording.weight for wording in wordings], np.float32)
        vector = weights @ self._embedder.embed_questions([wording.text for wording in wordings])
        vector /= max(float(np.linalg.norm(vector)), 1e-9)
        return Query(
            **{name: getattr(asked, name) for name in ASKED},
            vector=vector,
            neighbours=self._index.search(vector, NEIGHBOURS),
            texts=tuple(wording.text for wording in wordings),
        )

    def _may_be_about_the_same(self, earlier: str, question: str) -> bool:
        one, other = self._embedder.embed_questions([earlier, question])
        return float(one @ other) >= KINDRED_FROM

    def search(self, query: Query, *, limit: int = 10) -> list[Hit]:
        """Return up to `limit` hits, best first: at most one an answer, and nothing twice in other words."""
        if not len(self.table):
            return []
        lexical = self._lexical_shares(query)
        compared = self._compare(query, lexical)
        weighed = weigh(
            compared,
            lexical[compared.numbers],
            self._read_phrasings(query.neighbours),
            liked=self._is_liked(compared.numbers, query.scope),
        )
        return each_once(weighed.hits(query.shown), limit)

    def is_in(self, passage: Passage, scope: Scope) -> bool:
        """Say whether a passage is in scope."""
        return scope.accepts(passage, main_language=self.language)

    def _allowed(self, scope: Scope) -> np.ndarray:
        """Return `(n_candidates,) bool`: which candidates are in scope."""
        if scope.language is None and not scope.tags:
            return np.ones(len(self.table), bool)
        return self.table.accepted(scope, self.language)

    def _lexical_shares(self, query: Query) -> np.ndarray:
        shares = np.zeros(len(self.table), np.float32)
        for text in query.texts:
            expected = self.table.keywords.ideal_score(text)
            scores = self.table.lexical_scores(text)
            scores /= max(expected, 1e-9) * len(query.texts)
            shares += scores
        return shares

    def _compare(self, query: Query, lexical: np.ndarray) -> Compared:
        """Choose the candidates worth weighing, and find out the similarities they are weighed by."""
        allowed = self._allowed(query.scope)
        near, similarities = self._closest(query, allowed)
        held = np.where(allowed, lexical, np.float32(0))
        meant = MEANT_WEIGHT * scores_alone(similarities) + LEXICAL_WEIGHT * held[near]
        dense = near[np.argsort(-meant, kind="stable")[:DENSE_CANDIDATES]]
        by_words = highest(held, LEXICAL_CANDIDATES)
        few = np.flatnonzero(allowed)[:DENSE_CANDIDATES] if not allowed.all() else by_words[:0]
        numbers = each_number_once(np.concatenate([dense, by_words, few]))  # there may be no neighbours
        places, slots = self.table.slots_of(numbers)
        found = self._known(query.neighbours, slots)
        sought = self._is_sought(slots, np.isin(numbers, near)[places]) & (found == NOT_COMPARED)
        found[sought] = self._index.similarities(query.vector, self.table.keys[slots[sought]])
        return Compared(self.table, numbers, places, slots, found)

    def _closest(self, query: Query, allowed: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the candidates that own the neighbours, nearest first, and the similarity of each."""
        keys, similarities = query.neighbours
        places, slots = self.table.slots_with(keys)
        owners = self.table.owners[slots]
        is_allowed = allowed[owners]
        _, first = np.unique(owners[is_allowed], return_index=True)
        first.sort()
        near, closest = owners[is_allowed][first], similarities[places[is_allowed][first]]
        if not self._index.finds_pieces:
            places, slots = self.table.slots_of(near, kind=UNIT)
            np.maximum.at(closest, places, self._index.similarities(query.vector, self.table.keys[slots]))
        return near, closest

    def _known(self, neighbours: Neighbours, slots: np.ndarray) -> np.ndarray:
        """Return the similarity of each slot that is among the neighbours."""
        keys, similarities = neighbours
        rows = KeyRows(keys).first(self.table.keys[slots])
        return np.asarray(np.append(similarities, np.float32(NOT_COMPARED))[rows])

    def _is_sought(self, slots: np.ndarray, is_near: np.ndarray) -> np.ndarray:
        """Say which slots have to be compared: wholes, and of what only words found the pieces and a few phrasings."""
        kinds = self.table.kinds[slots]
        few = (kinds == QUESTION) & (self.table.ranks(slots) < PHRASINGS_READ)
        unit = (kinds == UNIT) & (~is_near | (not self._index.finds_pieces))
        return np.asarray((kinds == WHOLE) | unit | (~is_near & few))

    def _read_phrasings(self, neighbours: Neighbours) -> Reading | None:
        if self._phrasings is None:
            return None
        keys, similarities = neighbours
        rows, places = self._phrasing_rows.all(keys)
        return self._phrasings.read(rows, similarities[places])

    def _is_liked(self, numbers: np.ndarray, scope: Scope) -> np.ndarray:
        """Say which candidates are in the asker's language, where the knowledge has several."""
        if scope.preferred is None or not self._is_multilingual:
            return np.zeros(len(numbers), bool)
        return np.asarray(self.table.accepted(Scope(language=scope.preferred), self.language)[numbers])


def _language_of(passages: Sequence[Passage]) -> str | None:
    step = max(len(passages) // 50, 1)
    return detect_language(" ".join(passage.search_text for passage in passages[::step])[:5000])
