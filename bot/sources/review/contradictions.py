"""Statements that contradict each other on a figure: the same thing said of the same subject with another value.

Promises: what is named is a contradiction nearly always; many are missed rather than one wrongly named. What counts is
in docs/decisions/0012. Work grows with the statements that share all words, not with all pairs.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf, isfinite

import numpy as np

from bot.domain.measures import Measure
from bot.sources.review.claims import Claim, find_claims, names_in
from bot.sources.review.subjects import Subjects
from knowledge import DocumentKind, Passage, tokenizer_for

Embed = Callable[[Sequence[str]], np.ndarray]

SAME_MEANING = 0.5
"""Cosine of two statements without their figures, from which they can speak of the same."""
ROUGH = 0.25
ACROSS_UNITS = 0.08
"""Relative differences that "about", and a month told in days, may make."""
PATTERN = 3
"""As many places that each say another figure of the same words are a list, no contradiction."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two statements, and the figure of each that differs."""

    first: Claim
    second: Claim
    first_value: str
    second_value: str


def find_contradictions(
    passages: Sequence[Passage], embed: Embed, *, language: str | None = None
) -> list[Contradiction]:
    """Return the contradictions between any two places, in the order of the passages.

    Args:
        passages: all passages of a version.
        embed: makes unit vectors `(n, dimensions)` of texts.
        language: ISO 639-1 code of the passages, for the stemmer.
    """
    subjects = Subjects(tokenizer_for(language))
    claims = find_claims(passages, subjects)
    names = names_in(passages, subjects, language)
    pairs = [
        Contradiction(first, second, *values)
        for first, second in _near(claims)
        if _is_one_subject(first, second, names) and (values := _difference(first, second)) is not None
    ]
    return _of_one_meaning(_without_lists(pairs), embed)


def _near(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Yield pairs of figures of a kind in which all words of each stand in or above the other."""
    holders: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for number, claim in enumerate(claims):
        for word in claim.words | claim.above:
            for kind in {measure.kind for measure in claim.measures}:
                holders[kind, word].add(number)
    holding = [_all_holding(claim, holders) - {number} for number, claim in enumerate(claims)]
    pairs = {
        (min(number, other), max(number, other))
        for number, others in enumerate(holding)
        for other in others
        if number in holding[other] or not claims[other].words
    }
    for first, second in sorted(pairs):
        yield claims[first], claims[second]


def _all_holding(claim: Claim, holders: Mapping[tuple[str, str], set[int]]) -> set[int]:
    """Return the claims of one of its kinds that hold every word of a claim; none of one without words."""
    found: set[int] = set()
    for kind in {measure.kind for measure in claim.measures} if claim.words else ():
        smallest, *others = sorted((holders[kind, word] for word in claim.words), key=len)
        found |= smallest.intersection(*others)
    return found


def _is_one_subject(first: Claim, second: Claim, names: frozenset[str]) -> bool:
    if _same_place(first, second):
        return False
    ours, theirs = first.words | first.above, second.words | second.above
    shared = first.words & theirs | second.words & ours
    if not shared or not first.words <= theirs or not second.words <= ours:
        return False
    speaks_for_itself = len(first.words & second.words) > 1
    if _needs_more(first, theirs, names, speaks_for_itself) or _needs_more(
        second, ours, names, speaks_for_itself
    ):
        return False
    return _headings_agree(first, second, shared, names)


def _needs_more(claim: Claim, other: frozenset[str], names: frozenset[str], speaks_for_itself: bool) -> bool:  # noqa: FBT001
    """Whether a claim's question or product is of something that the other does not speak of."""
    missing = claim.strict - other
    if speaks_for_itself and claim.passage.kind is DocumentKind.FAQ:
        return bool(missing & names)
    return bool(missing)


def _same_place(first: Claim, second: Claim) -> bool:
    if first.passage.document_id != second.passage.document_id:
        return False
    return first.start == second.start or (first.is_cell and second.is_cell)


def _headings_agree(first: Claim, second: Claim, shared: frozenset[str], names: frozenset[str]) -> bool:
    ours, theirs = first.words | first.above, second.words | second.above
    only_first = frozenset().union(*first.headings) - theirs
    only_second = frozenset().union(*second.headings) - ours
    if (only_first | only_second) & names:
        return False
    if _narrows(first, theirs, shared) or _narrows(second, ours, shared):
        return False
    if only_first and only_second:
        apart = first.passage.document_id != second.passage.document_id
        return apart and len(first.words & second.words) > 1
    return True


def _narrows(claim: Claim, other: frozenset[str], shared: frozenset[str]) -> bool:
    """Whether a heading names the subject and narrows it: "Shipping to islands"."""
    return any(heading & shared and heading - other for heading in claim.headings)


def _difference(first: Claim, second: Claim) -> tuple[str, str] | None:
    """Return the two figures that differ, None unless it is exactly one and all others are the same."""
    ours, theirs = _by_kind(first), _by_kind(second)
    common = ours.keys() & theirs.keys()
    if any(kind.split()[0] not in {k.split()[0] for k in common} for kind in ours.keys() ^ theirs.keys()):
        return None
    differing = []
    for kind in common:
        if len(ours[kind]) != len(theirs[kind]):
            return None
        pairs = zip(ours[kind], theirs[kind], strict=True)
        differing += [(one, other) for one, other in pairs if differ(one, other)]
    if len(differing) != 1:
        return None
    one, other = differing[0]
    return _said(first, one), _said(second, other)


def _said(claim: Claim, measure: Measure) -> str:
    return claim.text[measure.start : measure.end].strip(" .,;")


def _by_kind(claim: Claim) -> dict[str, list[Measure]]:
    kinds: dict[str, list[Measure]] = {}
    for measure in claim.measures:
        kinds.setdefault(measure.kind, []).append(measure)
    return kinds


def differ(one: Measure, other: Measure) -> bool:
    """Whether two figures of a kind can not both be right: neither holds the other, or two limits are not one."""
    if one.low == other.low and one.high == other.high:
        return False
    if _close(one, other):
        return False
    if one.high < other.low or other.high < one.low:
        return True
    return _shape(one) == _shape(other) != "exact"


def _shape(measure: Measure) -> str:
    if measure.low == -inf:
        return "most"
    if measure.high == inf:
        return "least"
    return "exact" if measure.low == measure.high else "range"


def _close(one: Measure, other: Measure) -> bool:
    allowed = ROUGH if one.is_rough or other.is_rough else ACROSS_UNITS if one.unit != other.unit else 0.0
    ends = ((one.low, other.low), (one.high, other.high))
    return all(
        a == b or (isfinite(a) and isfinite(b) and abs(a - b) <= allowed * max(abs(a), abs(b)))
        for a, b in ends
    )


def _without_lists(pairs: Sequence[Contradiction]) -> list[Contradiction]:
    """Leave out what is said in many places with a figure each: such a list tells of different things."""
    values: defaultdict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        values[pair.first.masked].add(pair.first_value)
        values[pair.second.masked].add(pair.second_value)
    return [
        pair
        for pair in pairs
        if max(len(values[pair.first.masked]), len(values[pair.second.masked])) < PATTERN
        or pair.first.is_cell
        or pair.second.is_cell
    ]


def _of_one_meaning(pairs: Sequence[Contradiction], embed: Embed) -> list[Contradiction]:
    texts = list(dict.fromkeys(claim.masked for pair in pairs for claim in (pair.first, pair.second)))
    if not texts:
        return []
    rows = dict(zip(texts, embed(texts), strict=True))
    return [
        pair
        for pair in pairs
        if float(rows[pair.first.masked] @ rows[pair.second.masked]) >= SAME_MEANING
        or pair.first.is_cell
        or pair.second.is_cell
    ]
