"""Whether the figures of a sentence stand in its sources, and with what they are said of.

Promises: pure. A figure that its sources have only with another thing's name is not supported: "the Harbour costs
900" where 900 stands with the Pier and another price with the Harbour.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from knowledge.support.calendar import DayOf
from knowledge.support.calendar_words import MEASURES
from knowledge.support.evidence import Evidence, Unit
from knowledge.support.figures import Figure, FigureKind, agrees, find_figures, is_rival, without_figures
from knowledge.support.matter import is_held, stems_of
from knowledge.support.negation import denies
from knowledge.support.quoted import without_addresses
from knowledge.support.verdict import Reason

PIECES_REMEMBERED = 4096
CUT = re.compile(
    r"[,;](?!\d)|\s[-–—]\s|\.\s|\b(?:and|und|et|y|but|aber|mais|pero|while|während)\b", re.IGNORECASE
)
SUBJECT = re.compile(r"^([^:—]{2,60}?)(?::\s|\s—\s)")
FIRST, FIRST_AROUND = 2.5, 0.5  # the same for the word that a clause begins with: what it is about
FAR, MOST_FAR = (
    0.25,
    1.0,
)  # what a word counts that the sentence has in another clause, and what all of them do
AROUND = 0.5  # of it, where the source has the word in the same sentence, but not beside the figure
DENIAL = 1.5  # what it counts that both are without something
MOST_COUNTED = 12  # things that a sentence may count by itself: "three plans" of a list of three
REASONS = {FigureKind.PRICE: Reason.PRICE, FigureKind.DAY: Reason.DATE, FigureKind.TIME: Reason.DATE}


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure with the stems of the words it is said with, the first of them, and whether one denies: "without"."""

    figure: Figure
    stems: frozenset[str]
    first: str
    is_denied: bool


def find_misplaced(sentence: str, evidence: Evidence) -> Iterator[tuple[Reason, str]]:
    """Yield the figures of a sentence that its sources lack, or have with something else."""
    held = [(one, unit) for unit in evidence.units for one in placed_in(unit.text, evidence.language)]
    around = [one for source in evidence.sources for one in find_figures(source.title)]
    plain = without_addresses(sentence)
    others = frozenset(stems_of(without_figures(plain), evidence.language))
    for said in placed_in(plain, evidence.language):
        same = [(one, unit) for one, unit in held if agrees(said.figure, one.figure)]
        reason = REASONS.get(said.figure.kind, Reason.NUMBER)
        if not same:
            is_known = any(agrees(said.figure, one) for one in around) or _counts(said.figure, evidence)
            if not is_known:
                yield reason, said.figure.text
        elif _belongs_elsewhere(said, others, same, held):
            yield reason, said.figure.text


@lru_cache(maxsize=PIECES_REMEMBERED)
def placed_in(text: str, language: str) -> tuple[Placed, ...]:
    """Return the figures of a text, each with what it is said of: its own piece, and the subject of the whole."""
    figures = find_figures(text)
    if not figures:
        return ()
    subject = SUBJECT.match(text)
    shared = stems_of(subject[1], language) if subject else ()
    placed: list[Placed] = []
    for start, end in _pieces(text, figures):
        inside = [one for one in figures if start <= one.start < end]
        words = without_figures(text)[start:end]
        days = [day for one in inside if one.kind is FigureKind.DAY for day in one.values]
        named = [
            f"{day.weekday} weekday" for day in days if isinstance(day, DayOf) and day.weekday is not None
        ]
        own = (*named, *(stem for stem in stems_of(words, language) if stem not in _measure_stems(language)))
        if not own and placed:  # "in 2000, 2005 and 2006"
            placed += [replace(placed[-1], figure=one) for one in inside]
            continue
        stems = (*shared, *own, "")
        placed += [Placed(one, frozenset(stems) - {""}, stems[0], denies(words)) for one in inside]
    return tuple(placed)


def _is_first(stem: str, unit: Unit) -> bool:
    """Say whether a unit begins with a word: it is about it."""
    return stem in stems_of(without_figures(unit.text), unit.language)[:1]


@cache
def _measure_stems(language: str) -> frozenset[str]:
    """Return the stems of what is measured: "years" belongs to the figure."""
    return frozenset(stems_of(" ".join(MEASURES), language))


def _belongs_elsewhere(
    said: Placed,
    others: frozenset[str],
    same: Sequence[tuple[Placed, Unit]],
    held: Sequence[tuple[Placed, Unit]],
) -> bool:
    """Say whether another figure of the kind stands with more of the words that this one is said with."""
    rivals = [(one, unit) for one, unit in held if is_rival(said.figure, one.figure)]
    if not rivals or not said.stems or said.figure.kind is FigureKind.DAY:
        return False
    best = max(_agreement(said, others, one, unit) for one, unit in same)
    return max(_agreement(said, others, one, unit) for one, unit in rivals) > best


def _agreement(said: Placed, others: frozenset[str], one: Placed, unit: Unit) -> float:
    """Weigh the words that two figures are said with: those right beside them, and the rest of their sentences."""
    total = sum(
        _weight(stem, one, unit, *((FIRST, FIRST_AROUND) if stem == said.first else (1.0, AROUND)))
        for stem in said.stems
    )
    far = others - said.stems
    if far:
        total += sum(_weight(stem, one, unit, 1.0, AROUND) for stem in far) * min(FAR, MOST_FAR / len(far))
    return total + DENIAL * (said.is_denied and one.is_denied)


def _weight(stem: str, one: Placed, unit: Unit, near: float, around: float) -> float:
    if is_held(stem, one.stems) or (near == FIRST and _is_first(stem, unit)):
        return near
    return near * around if is_held(stem, unit.all_stems) else 0.0


def _pieces(text: str, figures: Sequence[Figure]) -> Iterator[tuple[int, int]]:
    """Cut a text between its figures where a mark or "and" stands; a piece without a figure goes with the next."""
    opened = 0
    for found in CUT.finditer(text):
        is_within = any(one.start <= found.start() < one.end for one in figures)
        if not is_within and any(opened <= one.start < found.start() for one in figures):
            yield opened, found.end()
            opened = found.end()
    yield opened, len(text)


def _counts(figure: Figure, evidence: Evidence) -> bool:
    """Say whether a number in words counts things that the sources list."""
    if figure.kind is not FigureKind.NUMBER or figure.measure is not None or not figure.text.isalpha():
        return False
    numbers = [value for value in figure.values if isinstance(value, float)]
    listed: dict[tuple[int, str], int] = {}
    for unit in evidence.units:
        key = (unit.place[0], unit.context)
        listed[key] = listed.get(key, 0) + 1
    return any(2 <= number <= MOST_COUNTED and number in listed.values() for number in numbers)
