"""FAQ entries that ask the same: two to merge where they answer the same, one too many where they do not.

Promises: deterministic; compares each phrasing with the nearest others only where their words agree.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.domain.measures import find_measures
from bot.sources.review.claims import names_in
from bot.sources.review.contradictions import Embed, differ
from bot.sources.review.subjects import Subjects
from knowledge import DocumentKind, Passage, tokenizer_for

NEAR = 0.6
"""Cosine of two questions from which their words are compared."""
SAME_QUESTION = 0.8
"""The same from which equal words of matter ask the same; where both say what is asked for, `NEAR` will do."""
NEARLY_THE_SAME = 0.95
"""The same where one has a word of matter more."""
SAME_ANSWER = 0.85
ROWS_AT_A_TIME = 1_000

_ASKED = {
    "price": re.compile(r"\bhow (?:much|expensive)\b|\bprice|\bcosts?\b|\bfees?\b", re.IGNORECASE),
    "time": re.compile(r"\bwhen\b|\bhow (?:long|fast|soon|quickly)\b|\bwhat time\b", re.IGNORECASE),
    "count": re.compile(r"\bhow many\b", re.IGNORECASE),
    "place": re.compile(r"\bwhere\b", re.IGNORECASE),
    "person": re.compile(r"\bwho(?:m|se)?\b", re.IGNORECASE),
    "reason": re.compile(r"\bwhy\b", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class Twins:
    """Two entries, the phrasing of each that asks the same, and whether their answers agree."""

    first: Passage
    second: Passage
    first_question: str
    second_question: str
    is_same_answer: bool


def find_twins(passages: Sequence[Passage], embed: Embed, *, language: str | None = None) -> list[Twins]:
    """Return each FAQ entry that asks what an earlier one asks, with the earliest such, in their order."""
    entries = faq_entries(passages)
    asked = [(number, question) for number, entry in enumerate(entries) for question in entry.questions]
    if len(entries) < 2:
        return []
    subjects = Subjects(tokenizer_for(language))
    vectors = embed([question for _, question in asked])
    earliest: dict[int, tuple[int, str, str]] = {}
    names = names_in(passages, subjects, language)
    for row, column in _near(vectors):
        (first, ours), (second, theirs) = asked[row], asked[column]
        similarity = float(vectors[row] @ vectors[column])
        is_new = first != second and second not in earliest
        if is_new and _is_same(ours, theirs, similarity, subjects, names):
            earliest[second] = (first, ours, theirs)
    pairs = {second: first for second, (first, _, _) in sorted(earliest.items())}
    agree = _agreement(entries, [(first, second) for second, first in pairs.items()], embed)
    return [
        Twins(entries[first], entries[second], *earliest[second][1:], agree[first, second])
        for second, first in pairs.items()
    ]


def faq_entries(passages: Sequence[Passage]) -> list[Passage]:
    """Return the entries of the FAQ, each by its first passage."""
    entries = [p for p in passages if p.kind is DocumentKind.FAQ and p.start == 0 and p.questions]
    return list({entry.document_id: entry for entry in entries}.values())


def figures_in(text: str) -> list[str]:
    """Return the figures of a text, in order."""
    return re.findall(r"\d+", text)


def _near(vectors: np.ndarray) -> list[tuple[int, int]]:
    """Return the pairs of rows that are near each other, the earlier row first."""
    near: list[tuple[int, int]] = []
    for start in range(0, len(vectors), ROWS_AT_A_TIME):
        similarities = vectors[start : start + ROWS_AT_A_TIME] @ vectors.T
        for row, column in np.argwhere(similarities >= NEAR):
            if start + row < column:
                near.append((int(start + row), int(column)))
    return near


def _is_same(ours: str, theirs: str, similarity: float, subjects: Subjects, names: frozenset[str]) -> bool:
    if " ".join(re.findall(r"\w+", ours.casefold())) == " ".join(re.findall(r"\w+", theirs.casefold())):
        return True
    if _asked_for(ours) != _asked_for(theirs) or figures_in(ours) != figures_in(theirs):
        return False
    first, second = subjects.of_sentence(ours), subjects.of_sentence(theirs)
    if not first or not second:
        return False
    if first == second:
        return similarity >= SAME_QUESTION or bool(_asked_for(ours))
    is_one_sided = first < second or second < first
    return is_one_sided and similarity >= NEARLY_THE_SAME and not (first ^ second) & names


def _asked_for(question: str) -> frozenset[str]:
    return frozenset(kind for kind, pattern in _ASKED.items() if pattern.search(question))


def _agreement(
    entries: Sequence[Passage], pairs: Sequence[tuple[int, int]], embed: Embed
) -> Mapping[tuple[int, int], bool]:
    numbers = sorted({number for pair in pairs for number in pair})
    if not numbers:
        return {}
    rows = dict(zip(numbers, embed([entries[number].text for number in numbers]), strict=True))
    return {
        (first, second): float(rows[first] @ rows[second]) >= SAME_ANSWER
        and not _figures_differ(entries[first].text, entries[second].text)
        for first, second in pairs
    }


def _figures_differ(first: str, second: str) -> bool:
    theirs = find_measures(second)
    return any(
        all(differ(one, other) for other in theirs if other.kind == one.kind)
        for one in find_measures(first)
        if any(other.kind == one.kind for other in theirs)
    )
