"""Whether the figures of a sentence stand in its sources, and with what they are said of.

Promises: pure. A figure that its sources have only with another thing's name is not supported: "the Harbour costs
900" where 900 stands with the Pier and another price with the Harbour.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from knowledge.support.agreement import adds_bound, agrees, is_rival, loses_bound
from knowledge.support.calendar import DayOf
from knowledge.support.calendar_words import MEASURES, PERIODS
from knowledge.support.evidence import Evidence, Unit
from knowledge.support.figures import Figure, FigureKind, find_figures, without_figures
from knowledge.support.matter import is_held, share_held, stems_of
from knowledge.support.negation import denies
from knowledge.support.prices import currencies_named
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
BESIDE = 1.0  # and each figure that both are said with
FEWEST_ABOUT, SOME = 2, 0.5  # words of what a day is said with; the share of them from which it may be right
MOST_COUNTED = 12  # things that a sentence may count by itself: "three plans" of a list of three
ANOTHER = re.compile(r"\b((?:an?|the)\s+[^\W\d]+)\s+ones?\b", re.IGNORECASE)
"""What stands for the thing that was named before: "a large one"."""

# What says of a price that it is the least or the most.
HEDGE = re.compile(
    r"\b(?:from|start\w*|begin\w*|cheapest|lowest|highest|least|most|minim\w*|maxim\w*|mínim\w*|máxim\w*|"
    r"günstigst\w*|ab|dès|à partir|commenc\w*|desde|a partir|empiez\w*|more|less|mehr|weniger|plus|moins|más|menos|"
    r"within|innerhalb)\b",
    re.IGNORECASE,
)
REASONS = {FigureKind.PRICE: Reason.PRICE, FigureKind.DAY: Reason.DATE, FigureKind.TIME: Reason.DATE}


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure with the stems of the words it is said with, the first of them, and whether one denies: "without".

    `beside` are the other figures it is said with: a price "up to 30 kg".
    """

    figure: Figure
    stems: frozenset[str]
    first: str
    is_denied: bool
    beside: tuple[Figure, ...] = ()


def find_misplaced(sentence: str, evidence: Evidence) -> Iterator[tuple[Reason, str]]:
    """Yield the figures of a sentence that its sources lack, or have with something else."""
    held = [(one, unit) for unit in evidence.units for one in placed_in(unit.text, evidence.language)]
    around = [one for source in evidence.sources for one in find_figures(source.title)]
    plain = without_addresses(sentence)
    others = frozenset(stems_of(without_figures(plain), evidence.language))
    saying = placed_in(plain, evidence.language)
    for said in saying:
        same = [(one, unit) for one, unit in held if agrees(said.figure, one.figure)]
        if same and not HEDGE.search(plain):
            same = [pair for pair in same if not loses_bound(said.figure, pair[0].figure, plain)]
        same = [
            (one, unit)
            for one, unit in same
            if not adds_bound(said.figure, one.figure, said_in=plain, held_in=unit.text)
        ]
        reason = REASONS.get(said.figure.kind, Reason.NUMBER)
        if not same:
            is_known = any(agrees(said.figure, one) for one in around) or _counts(said.figure, evidence)
            if not is_known:
                yield reason, said.figure.text
        elif (
            _adds_period(said.figure, [one.figure for one, _ in same], evidence)
            or _is_other_currency(said.figure, same, evidence)
            or _is_of_a_sibling(said, others, [unit for _, unit in same], evidence)
            or _belongs_elsewhere(said, others, same, held, saying)
            or _is_of_another(said, others, [unit for _, unit in same], evidence)
            or _is_of_the_other(said, others, same, held)
        ):
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
    about: tuple[frozenset[str], str, bool] = (frozenset(shared), next(iter(shared), ""), False)
    for start, end in _pieces(text, figures):
        inside = [one for one in figures if start <= one.start < end]
        words = without_figures(text)[start:end]
        own = _own_stems(words, inside, language)
        if own:  # others are said of what is said before: "in 2000, 2005 and 2006"
            stems = (*shared, *own, "")
            about = (frozenset(stems) - {""}, stems[0], denies(words))
        placed += [Placed(one, *about, tuple(other for other in inside if other != one)) for one in inside]
    return tuple(placed)


def _own_stems(words: str, inside: Sequence[Figure], language: str) -> tuple[str, ...]:
    days = [day for one in inside if one.kind is FigureKind.DAY for day in one.values]
    named = (f"{day.weekday} weekday" for day in days if isinstance(day, DayOf) and day.weekday is not None)
    return (
        *named,
        *(
            stem
            for stem in stems_of(ANOTHER.sub(r"\1", words), language)
            if stem not in _measure_stems(language)
        ),
    )


def _adds_period(said: Figure, same: Sequence[Figure], evidence: Evidence) -> bool:
    """Say whether a figure is said to be "a week" where its sources have it by itself, and no week at all."""
    words = {word for word, period in PERIODS.items() if period == said.period and len(word) > len("mo")}
    return bool(words) and not any(one.period for one in same) and not any(w in evidence.plain for w in words)


def _is_other_currency(said: Figure, same: Sequence[tuple[Placed, Unit]], evidence: Evidence) -> bool:
    """Say whether a price stands in the sources as a bare number only, and not all that they name is its currency."""
    if said.kind is not FigureKind.PRICE or any(one.figure.kind is FigureKind.PRICE for one, _ in same):
        return False
    texts = (evidence.sources[unit.place[0]].text for _, unit in same)
    return not any(currencies_named(text) == {said.measure} for text in texts)


def _is_of_a_sibling(said: Placed, others: frozenset[str], units: Sequence[Unit], evidence: Evidence) -> bool:
    """Say whether a figure stands in other rows or items than that which the sentence is about: Firm's, not Team's."""
    names = [_name_of(unit) for unit in units]
    if not all(names) or any(_are_held(name, others) for name in names):
        return False
    siblings = (
        one for one in evidence.units if one not in units and any(_are_siblings(one, unit) for unit in units)
    )
    return any(_are_held(_name_of(one), said.stems) for one in siblings)


def _is_of_another(said: Placed, others: frozenset[str], units: Sequence[Unit], evidence: Evidence) -> bool:
    """Say whether a figure stands with what the sentence lacks, and what it is said of begins another sentence."""
    if said.figure.kind is not FigureKind.PRICE or not said.first:
        return False
    begins = any(_is_first(said.first, unit) for unit in evidence.units if unit not in units)
    return begins and not any(
        is_held(said.first, unit.all_stems) or _begins_with(others, unit) for unit in units
    )


def _begins_with(stems: frozenset[str], unit: Unit) -> bool:
    return any(is_held(stem, stems) for stem in stems_of(without_figures(unit.text), unit.language)[:1])


def _are_siblings(one: Unit, other: Unit) -> bool:
    return (one.place[0], one.context) == (other.place[0], other.context)


def _name_of(unit: Unit) -> tuple[str, ...]:
    """Return the stems of what a row or item is about; none where it does not begin with a name."""
    found = SUBJECT.match(unit.text)
    return stems_of(without_figures(found[1]), unit.language) if found else ()


def _are_held(name: Sequence[str], stems: frozenset[str]) -> bool:
    return bool(name) and all(is_held(stem, stems) for stem in name)


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
    saying: Sequence[Placed],
) -> bool:
    """Say whether another figure of the kind stands with more of the words that this one is said with.

    What the sentence says of that other figure speaks for this one, and not for the other.
    """
    rivals = [(one, unit) for one, unit in held if is_rival(said.figure, one.figure)]
    if not rivals or not said.stems:
        return False
    if said.figure.kind is FigureKind.DAY:
        return _is_of_another_day(said, same, held)
    best = max(_agreement(said, others, one, unit) for one, unit in same)
    if any(_has_all(said, one, unit) for one, unit in same):
        others = said.stems  # what else the sentence tells is no evidence against it
    return any(_agreement(said, others - _told_of(one, saying), one, unit) > best for one, unit in rivals)


def _has_all(said: Placed, one: Placed, unit: Unit) -> bool:
    """Say whether a figure of a table's cell is said with all that this stands with: its row's and column's name."""
    name = one.stems - _measure_stems(unit.language)
    return bool(SUBJECT.match(unit.text)) and _are_held(tuple(name), said.stems)


def _told_of(held: Placed, saying: Sequence[Placed]) -> frozenset[str]:
    return frozenset().union(*(one.stems for one in saying if agrees(one.figure, held.figure)))


def _is_of_the_other(
    said: Placed,
    others: frozenset[str],
    same: Sequence[tuple[Placed, Unit]],
    held: Sequence[tuple[Placed, Unit]],
) -> bool:
    """Say whether all that a rival stands with is said, and not all of this: "a pot costs 4 and a large one 9"."""
    return all(
        any(
            rival.stems - one.stems
            and _are_held(tuple(rival.stems), said.stems)
            and not _are_held(tuple(one.stems), others)
            for rival, other in held
            if other == unit and is_rival(said.figure, rival.figure)
        )
        for one, unit in same
    )


def _is_of_another_day(
    said: Placed, same: Sequence[tuple[Placed, Unit]], held: Sequence[tuple[Placed, Unit]]
) -> bool:
    """Say whether all that a day is said with stands with another day, and hardly any of it with this one."""
    about = [stem for stem in said.stems if not stem.endswith(" weekday")]
    if len(about) < FEWEST_ABOUT or any(share_held(about, unit.all_stems) >= SOME for _, unit in same):
        return False
    others = (unit for one, unit in held if one.figure.kind is FigureKind.DAY and (one, unit) not in same)
    return any(share_held(about, unit.all_stems) == 1 for unit in others)


def _agreement(said: Placed, others: frozenset[str], one: Placed, unit: Unit) -> float:
    """Weigh the words that two figures are said with: those right beside them, and the rest of their sentences."""
    total = sum(
        _weight(stem, one, unit, *((FIRST, FIRST_AROUND) if stem == said.first else (1.0, AROUND)))
        for stem in said.stems
    )
    far = others - said.stems
    if far:
        total += sum(_weight(stem, one, unit, 1.0, AROUND) for stem in far) * min(FAR, MOST_FAR / len(far))
    total += BESIDE * sum(any(agrees(other, held) for held in one.beside) for other in said.beside)
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
    is_bare = figure.measure is None and figure.bound is None
    if figure.kind is not FigureKind.NUMBER or not is_bare or not figure.text.isalpha():
        return False
    numbers = [value for value in figure.values if isinstance(value, float)]
    listed: dict[tuple[int, str], int] = {}
    for unit in evidence.units:
        key = (unit.place[0], unit.context)
        listed[key] = listed.get(key, 0) + 1
    return any(2 <= number <= MOST_COUNTED and number in listed.values() for number in numbers)
