"""Whether a figure of a source is the one that a sentence says, and whether it tells the same kind of thing.

Promises: pure. A price is never a number that may count something else, and never one of another currency; what is at
most so much is not what is at least so much.
"""

import re

from knowledge.amounts import PEOPLE
from knowledge.support.bounds import Bound
from knowledge.support.calendar import DayOf
from knowledge.support.calendar_words import TIMES
from knowledge.support.clock import HALF_DAY, OPEN, TWELVE_HOURS
from knowledge.support.figures import FEWEST_OF_PHONE, SHORTEST_NOUN, Figure, FigureKind
from knowledge.support.prices import CENT, NO_CENTS

BOUNDED = frozenset({FigureKind.NUMBER, FigureKind.PRICE, FigureKind.PERCENT})
AN_END = re.compile(
    r"\d\s*(?:[-–—]|to|bis|à|a)\s*[€$£]?\d|\b(?:between|from|zwischen|entre|ab|von|de \d|dès|desde|until|till|bis|"
    r"within|starts?|minim\w*|mindest\w*|maxim\w*|mínim\w*|máxim\w*|limit\w*|límit\w*|longest|shortest|cheapest|largest|"
    r"smallest|before|vor|avant|antes|after|nach|après|después)\b|^[^.]{0,60}:\s",
    re.IGNORECASE,
)
NEEDED = re.compile(
    r"\b(?:needs?|needed|requir\w+|must|have to|necessary|brauch\w*|benötig\w*|nötig|erforderlich|müss\w*|muss|"
    r"faut|doi(?:t|vent)|nécessaires?|requis\w*|necesit\w*|debe[n]?|necesari\w*|hay que)\b",
    re.IGNORECASE,
)
HOLDS = re.compile(
    r"\b(?:seats?|sleeps?|holds?|room for|space for|fits?|takes?|stores?|storage|capacity|carr(?:y|ies)|places?|"
    r"plätze\w*|platz|fasst|fassen|passen|schlafen|places|accueill\w*|contien\w*|plazas?|capacidad|cabe[n]?|caben|"
    r"admite|[gtmk]b|allow\w*|permit\w*|erlaub\w*|autoris\w*|permite\w*|(?:in|dans|en|binnen) (?:\d+|two|three))\b",
    re.IGNORECASE,
)
SPANS = frozenset({"time", "long time", "night", "working time", "weekday time"})
MAY = re.compile(
    r"\b(?:may|can|could|dürf\w*|darf\w*|könn\w*|kann\w*|peu(?:t|vent|x)|pouvez|pued\w*|podéis)\b[^,;:.]*$",
    re.IGNORECASE,
)
BEYOND = re.compile(
    r"\b(?:under|below|less than|fewer than|over|above|more than|before|after|unter|über|weniger als|mehr als|vor|nach|"
    r"moins de|plus de|avant|après|menos de|más de|antes de|después de)\s+$",
    re.IGNORECASE,
)
EXACTLY = re.compile(
    r"\b(?:exactly|precisely|genau|exakt|exactement|précisément|exactamente|justo)\s+$", re.IGNORECASE
)
TOLD_WITH_ITS_BOUND = frozenset({FigureKind.PRICE, FigureKind.PERCENT})


def agrees(said: Figure, held: Figure) -> bool:
    """Say whether a figure of a source is the one that was said."""
    if FigureKind.DAY in {said.kind, held.kind}:
        return said.kind is held.kind and _same_day(said, held) and not _is_other_end(said, held)
    if FigureKind.PHONE in {said.kind, held.kind}:
        return _same_phone(said, held)
    if not _same_values(said, held) or _is_other_end(said, held):
        return False
    if FigureKind.TIME in {said.kind, held.kind}:
        return True
    if said.kind is not held.kind:
        return _may_be_bare(said, held)
    return _same_measure(said, held) and _same_period(said, held)


def loses_bound(said: Figure, held: Figure, text: str) -> bool:
    """Say whether a price or share, or "exactly" so many, is said where the source has "from" or "up to" before it."""
    is_told = said.kind in TOLD_WITH_ITS_BOUND or bool(EXACTLY.search(text[: said.start]))
    return is_told and said.bound is None and held.bound is not None


def adds_bound(said: Figure, held: Figure, *, said_in: str, held_in: str) -> bool:
    """Say whether a figure is said to be the least or the most, where its source has it as it is.

    What something holds, or one may, can be said to be its most, what is needed its least, and each end of a range
    what it is: of "two to four" two is the least and no most; "under two" is no part of it.
    """
    if said.kind not in BOUNDED or said.bound is None or held.bound is not None:
        return False
    is_within = said.bound in {Bound.LEAST, Bound.MOST} and not BEYOND.search(said_in[: said.start])
    if held.end_of_range and is_within:
        return said.bound is not held.end_of_range
    if said.bound is Bound.MOST and said.kind is FigureKind.NUMBER and MAY.search(held_in[: held.start]):
        return False
    return not (AN_END.search(held_in) or (NEEDED if said.bound is Bound.LEAST else HOLDS).search(held_in))


def is_rival(said: Figure, other: Figure) -> bool:
    """Say whether a figure tells the same kind of thing as one that was said, and another value."""
    same_kind = (
        said.kind is other.kind and said.measure == other.measure and _is_year(said) == _is_year(other)
    )
    tells_other = bool(other.noun) and other.noun[:SHORTEST_NOUN] != said.noun[:SHORTEST_NOUN]
    return same_kind and not tells_other and not _same_values(said, other)


def _may_be_bare(said: Figure, held: Figure) -> bool:
    """Say whether the one is a number that may be the amount of the other: never a share, nor what counts people."""
    if FigureKind.PERCENT in {said.kind, held.kind}:
        return False
    if held.kind is FigureKind.NUMBER:
        return held.measure is None and not held.noun and not held.text.isalpha()
    return said.measure is None and said.noun not in PEOPLE


def _is_other_end(said: Figure, held: Figure) -> bool:
    return {said.bound, held.bound} in ({Bound.LEAST, Bound.MOST}, {Bound.EARLY, Bound.LATE})


def _same_measure(said: Figure, held: Figure) -> bool:
    measures = {said.measure, held.measure}
    if CENT in measures:
        return not measures & NO_CENTS
    return None in measures or len(measures) == 1


def _same_period(said: Figure, held: Figure) -> bool:
    """Say whether both are of the same time, or of none; what is done twice a year is not said to be done twice."""
    if said.measure == held.measure == TIMES and said.period is None:
        return held.period is None
    if (
        said.period and said.measure is None and held.measure in SPANS
    ):  # "thirty bikes a day" of "thirty days"
        return False
    return None in {said.period, held.period} or said.period == held.period


def _same_values(said: Figure, held: Figure) -> bool:
    kinds = {said.kind, held.kind}
    if kinds == {FigureKind.TIME, FigureKind.NUMBER}:
        return said.kind is FigureKind.NUMBER and said.measure is None and bool(_hours(held) & said.values)
    if kinds == {FigureKind.TIME} and {said.measure, held.measure} == {OPEN, TWELVE_HOURS}:
        return bool(_on_a_dial(said) & _on_a_dial(held))
    if kinds == {FigureKind.NUMBER} and None in {said.measure, held.measure}:
        return bool((said.bare or said.values) & (held.bare or held.values))
    return bool(said.values & held.values)


def _is_year(figure: Figure) -> bool:
    is_bare = figure.kind is FigureKind.NUMBER and figure.measure is None
    return is_bare and bool(re.fullmatch(r"(?:1[5-9]|20)\d\d", figure.text))


def _on_a_dial(figure: Figure) -> set[float]:
    return {value % HALF_DAY for value in figure.values if isinstance(value, float)}


def _hours(figure: Figure) -> frozenset[float | DayOf]:
    minutes = [value for value in figure.values if isinstance(value, float) and value % 60 == 0]
    return frozenset(hour for value in minutes for hour in (value / 60, (value / 60) % 12))


def _same_day(said: Figure, held: Figure) -> bool:
    if _is_season(said) and _is_season(held):
        return said.values == held.values
    days = [day for day in held.values if isinstance(day, DayOf)]
    return all(any(day.holds(one) for day in days) for one in said.values if isinstance(one, DayOf))


def _is_season(figure: Figure) -> bool:
    """Say whether a figure is a range of months: "April to October" is not "March to October"."""
    days = [day for day in figure.values if isinstance(day, DayOf)]
    return len(days) > 1 and all(day.month and not day.day for day in days)


def _same_phone(said: Figure, held: Figure) -> bool:
    one, other = (re.sub(r"\D", "", figure.text).lstrip("0") for figure in (said, held))
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= FEWEST_OF_PHONE and longer.endswith(shorter)
