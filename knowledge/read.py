"""The sentences of a passage that answer, quoted verbatim.

Promises: at most two quotes, each exactly a span of the document's text; sentences that follow one another
are one quote; what announces something ("like this:") is quoted with what it announces.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.document import Passage

SECOND_FROM = 0.5  # of the best sentence's score, for a sentence beside it to be quoted with it
COVERAGE_WEIGHT = 0.4  # of the words asked for, beside the similarity of the meaning


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim piece; offsets in code points into the document's text."""

    text: str
    start: int
    end: int


def read_passage(passage: Passage, scores: Sequence[float]) -> tuple[Quote, ...]:
    """Quote the best one or two of a passage's units.

    Args:
        passage: where to read.
        scores: how well each of `passage.units` answers; with none the whole passage is quoted.
    """
    if len(passage.units) < 2 or len(scores) != len(passage.units):
        return (_quote(passage, (0, len(passage.text))),)
    best = max(range(len(scores)), key=lambda unit: scores[unit])
    second = _second(passage, scores, best)
    if second is None:
        return (_quote(passage, passage.units[best]),)
    first, last = sorted((best, second))
    if last == first + 1:
        return (_quote(passage, (passage.units[first][0], passage.units[last][1])),)
    return (_quote(passage, passage.units[first]), _quote(passage, passage.units[last]))


def unit_score(similarity: float, coverage: float) -> float:
    """Weigh how close a unit's meaning is against how many of the words asked for it holds."""
    return (1 - COVERAGE_WEIGHT) * similarity + COVERAGE_WEIGHT * coverage


def _second(passage: Passage, scores: Sequence[float], best: int) -> int | None:
    start, end = passage.units[best]
    if passage.text[start:end].rstrip("*_ ").endswith(":") and best + 1 < len(scores):
        return best + 1
    others = [unit for unit in range(len(scores)) if unit != best]
    second = max(others, key=lambda unit: scores[unit])
    return second if scores[second] >= SECOND_FROM * scores[best] else None


def _quote(passage: Passage, span: tuple[int, int]) -> Quote:
    start, end = span
    return Quote(passage.text[start:end], passage.start + start, passage.start + end)
