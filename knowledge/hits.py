"""A passage found, and a list of them in which nothing is said twice."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.cross_encoder import Judgement
from knowledge.document import DocumentKind, Passage

SUGGESTIONS = 3
SUGGESTED_SHARE = 0.7  # of the best hit's similarity
SETS_OF_WORDS = 256  # kept, of the passages found last
SAME_SHARE = 0.9  # of the words of two texts, for the second to be the first in other words


@dataclass(frozen=True, slots=True)
class Phrased:
    """What the phrasings of an entry say of a question (see `PhrasingHead`), all from 0 to about 1."""

    score: float
    novelty: float
    left_out: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found: `similarity` is its closest vector's cosine, `lexical` its share of the BM25 hoped for.

    `question` is the phrasing that matched best (None for pages); `unit` the piece of the passage that did.
    `phrased` is what its phrasings say of the question; None where there are not several. `judgement` is what
    the trained model read in the passage's text, None where it did not read.
    """

    passage: Passage
    answer_id: str
    score: float
    similarity: float
    whole_similarity: float
    lexical: float
    question: str | None
    unit: int | None
    phrased: Phrased | None
    judgement: Judgement | None = None


def each_once(hits: Iterable[Hit], limit: int) -> list[Hit]:
    """Return the first `limit` hits that say something new: one an answer, and no near-duplicate of an earlier.

    A near-duplicate holds the same numbers and nearly the same words: a price that differs is no repetition.
    """
    listed: list[Hit] = []
    answers: set[str] = set()
    said: list[frozenset[str]] = []
    for hit in hits:
        if len(listed) == limit:
            break
        if hit.answer_id in answers:
            continue
        words = _words_said(hit.passage)
        if not any(_is_same(words, earlier) for earlier in said):
            listed.append(hit)
            said.append(words)
            answers.add(hit.answer_id)
    return listed


def suggestions_of(hits: Sequence[Hit]) -> tuple[tuple[str, str], ...]:
    """Return the questions that may be meant: those of entries nearly as close as the closest, each once."""
    near = (hit for hit in hits if hit.similarity >= SUGGESTED_SHARE * hits[0].similarity)
    meant: dict[str, tuple[str, str]] = {}
    for hit in near:
        question = hit.passage.title or hit.question or ""  # the entry's own wording; a variant may be odd
        if hit.passage.kind is DocumentKind.FAQ and question:
            meant.setdefault(question.casefold(), (hit.passage.document_id, question))
    return tuple(meant.values())[:SUGGESTIONS]


def _words_said(passage: Passage) -> frozenset[str]:
    """Return the words of what is shown; two products are told apart by their names."""
    named = passage.title if passage.kind is DocumentKind.PRODUCT and passage.text else ""
    return _words_of(named, passage.text)


@lru_cache(SETS_OF_WORDS)
def _words_of(*texts: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", " ".join(texts).lower()))


def _is_same(words: frozenset[str], others: frozenset[str]) -> bool:
    fewer, more = sorted((len(words), len(others)))
    if not fewer or fewer < SAME_SHARE * more or len(words & others) < SAME_SHARE * len(words | others):
        return False
    return not any(character.isdigit() for word in words ^ others for character in word)
