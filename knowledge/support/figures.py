"""Numbers, prices, percentages, times, dates and telephone numbers of a text, in one form however they are written.

Promises: pure; "1,200", "1.200", "1 200", "1.2k" and "twelve hundred" as far as digits go are one number, two weeks are
14 days, 5 pm is 17:00 and "17 Uhr". What is written in a way that can mean two things means both.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from knowledge.amounts import WORDS
from knowledge.support.bounds import Bound, find_bound
from knowledge.support.calendar import DayOf, find_days
from knowledge.support.calendar_words import HALVES, MEASURES, NOT_NUMBERS, NUMBER_WORDS, TIMES, TO
from knowledge.support.clock import find_times
from knowledge.support.prices import MARK, is_mark, measure_of
from knowledge.support.rates import paid_for, rate_of
from knowledge.support.signs import BELOW_ZERO, find_minus, is_below_zero, is_lessened
from knowledge.support.wordings import FUNCTION_WORDS

TEXTS_REMEMBERED = 2048
END = re.compile(r"[.;:!?|\n]")
SHORTEST_NOUN = 4  # letters; more of two words need not agree: "person", "persons"
NOT_NOUNS = frozenset(FUNCTION_WORDS.split())
TAKEN = "\x00"  # stands where a figure was found, so that nothing of it is found again


class FigureKind(StrEnum):
    """What a figure is."""

    NUMBER = "number"
    PRICE = "price"
    PERCENT = "percent"
    TIME = "time"
    DAY = "day"
    PHONE = "phone"


SIGNED = frozenset({FigureKind.NUMBER, FigureKind.PRICE, FigureKind.PERCENT})


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a text, and where it stands.

    `values` are what it can mean: numbers, minutes of a day, or days of a calendar. `measure` is what is measured
    (`wordings.MEASURES`), the currency of a price (ISO 4217), how a time is written, or None; `bare` are the values
    without what is measured, where something is. `period` is what it is paid or counted for: "month"; `noun` the word
    after a number without a measure, in small letters, "" where none follows. `bound` says which end it is, where it is
    one: "up to 5"; `size` how much of the first measure of its kind one is: 60 of hours. `end_of_range` says
    which end of "two to four" it is.
    """

    kind: FigureKind
    values: frozenset[float | DayOf]
    start: int
    end: int
    text: str
    measure: str | None = None
    period: str | None = None
    bare: frozenset[float | DayOf] = frozenset()
    noun: str = ""
    bound: Bound | None = None
    size: float = 1.0
    end_of_range: Bound | None = None


_WORDS = {
    word: float(value) for word, value in (*WORDS.items(), *NUMBER_WORDS.items()) if word not in NOT_NUMBERS
}
_GROUPED = r"\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d{1,2}(?!\d))?"
_DIGITS = rf"(?:{_GROUPED}|\d+(?:[.,]\d+)?)"
_SCALE = r"(?:\s?(?:k|thousand|tsd\.?|mio\.?|mn|million|millions|millionen|millones|billion)\b)?"
_NUMBER = rf"(?<![\w.,])(?P<number>{_DIGITS})(?P<scale>{_SCALE})"
_PRICE = re.compile(
    rf"(?P<before>{MARK})(?:\s?\)?\s?:)?\s?(?P<number1>{_DIGITS})(?P<scale1>{_SCALE}|m\b)|{_NUMBER}\s?(?P<after>{MARK})",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    rf"{_NUMBER}\s?(?:%|percent\b|per cent\b|prozent\b|pour cent\b|por ciento\b)", re.IGNORECASE
)
_HALF = re.compile(r"\b(?:" + "|".join(sorted(HALVES)) + r")\b", re.IGNORECASE)
_PLAIN = re.compile(rf"{_NUMBER}(?:(?:st|nd|rd|th|er|ère|e|º|ª)\b)?", re.IGNORECASE)
_WORD = re.compile(
    r"(?<!\bau )(?<!\ble )(?<!\bdu )(?<!\bun )\b(?:"  # "au four" is an oven
    + "|".join(sorted(_WORDS, key=len, reverse=True))
    + r")(?:fold|fach)?\b",
    re.IGNORECASE,
)
_TIMES = re.compile(r"(?:^twice|mal)$", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\w.,/-])(?:\+|00)?\(?\d[\d()]*(?:[\s/.-]\(?\d[\d()]*)+(?![\w%€$£])")
_AFTERWARDS = re.compile(
    r"[\s-]*((?:°\s?|(?:degrees?|grad|degrés?|grados?)\s+)(?:[cf]\b|celsius|fahrenheit)|"
    r"(?:working|business) days?\b|jours? ouvr(?:é|able)s?\b|días? (?:hábil(?:es)?|laborables?)\b|"
    r"[^\W\d_]+(?:[²³23]|/h\b)?)",
    re.IGNORECASE,
)
_DEGREES = re.compile(r"^(?:°\s?|\w+\s+)(?=[cf])")
_RANGE_END = re.compile(rf"\s*(?:{TO}|or|oder|ou|o)\s*(?:{_DIGITS}|{'|'.join(_WORDS)})\b", re.IGNORECASE)
_TO = re.compile(rf"\s*[^\W\d]{{0,8}}\s*{TO}\s*", re.IGNORECASE)
FEWEST_OF_PHONE, MOST_OF_PHONE = 7, 15


@lru_cache(maxsize=TEXTS_REMEMBERED)
def find_figures(text: str) -> tuple[Figure, ...]:
    """Return the figures of a text in their order."""
    found: list[Figure] = []
    written = text
    for finder in _FINDERS:
        for figure in finder(text):
            found.append(figure)
            text = text[: figure.start] + TAKEN * (figure.end - figure.start) + text[figure.end :]
    figures = list(_carried_on(sorted(found, key=lambda one: one.start), text))
    return tuple(_bounded([_rated(_signed(one, written), written) for one in figures], written))


def _carried_on(figures: Sequence[Figure], text: str) -> Iterator[Figure]:
    """Give a bare number the measure of the one before it: "seven years on parts, two on labour"."""
    last: Figure | None = None
    for one in figures:
        if one.bare and one.measure != TIMES:
            last = one
        elif (
            last and one.kind is FigureKind.NUMBER and not (one.noun or END.search(text, last.end, one.start))
        ):
            size = last.size
            sized = frozenset(round(_whole(value) * size, 6) for value in one.values)
            yield replace(one, values=sized, measure=last.measure, bare=one.values, size=size)
            continue
        yield one


def _signed(figure: Figure, text: str) -> Figure:
    """Give a figure its minus; that prices fell by 3 % may also be written as -3 %."""
    if figure.kind not in SIGNED:
        return figure
    minus = find_minus(text, figure.start)
    turned, bare = (frozenset(-_whole(value) for value in values) for values in (figure.values, figure.bare))
    if minus is not None or is_below_zero(text, figure.end):
        start = figure.start if minus is None else minus
        return replace(figure, values=turned, bare=bare, start=start, text=text[start : figure.end])
    if is_lessened(text, figure.start, figure.end):
        return replace(figure, values=figure.values | turned, bare=figure.bare | bare)
    return figure


def _rated(figure: Figure, text: str) -> Figure:
    """Give a number what it is counted for: "20 messages a minute"."""
    if figure.kind is not FigureKind.NUMBER:
        return figure
    return replace(figure, period=rate_of(text, figure.start, figure.end))


def _bounded(figures: Sequence[Figure], text: str) -> Iterator[Figure]:
    """Say of each figure which end it is; the ends of a range are none."""
    for before, one, after in zip((None, *figures), figures, (*figures[1:], None), strict=False):
        is_end = before is not None and _TO.fullmatch(text, before.end, one.start)
        is_begin = after is not None and _TO.fullmatch(text, one.end, after.start)
        if is_end or is_begin:
            yield replace(one, end_of_range=Bound.LEAST if is_begin else Bound.MOST)
        else:
            is_bound = one.kind is not FigureKind.PHONE
            yield replace(one, bound=find_bound(text, one.start, one.end)) if is_bound else one


def _whole(value: float | DayOf) -> float:
    return value if isinstance(value, float) else 0.0


def without_figures(text: str) -> str:
    """Return a text with its figures left out, and with what puts them below zero."""
    for one in find_figures(text):
        text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    return BELOW_ZERO.sub(lambda found: " " * len(found[0]), text)


def _days(text: str) -> Iterator[Figure]:
    for days, (start, end) in find_days(text):
        yield Figure(FigureKind.DAY, frozenset(days), start, end, text[start:end])


def _phones(text: str) -> Iterator[Figure]:
    for found in _PHONE.finditer(text):
        figures = re.sub(r"\D", "", found[0])
        looks_grouped = (
            re.fullmatch(r"\d{1,3}(?:[ .]\d{3})+", found[0]) and found[0][0] != "0" and len(figures) < 9
        )
        if FEWEST_OF_PHONE <= len(figures) <= MOST_OF_PHONE and not looks_grouped:
            yield Figure(FigureKind.PHONE, frozenset({float(figures)}), *found.span(), found[0])


def _prices(text: str) -> Iterator[Figure]:
    for found in _PRICE.finditer(text):
        is_before = found["before"] is not None
        number, scale = (
            (found["number1"], found["scale1"]) if is_before else (found["number"], found["scale"])
        )
        currency, size = measure_of(found["before"] or found["after"])
        values = frozenset(round(_whole(value) * size, 6) for value in _values(number, scale))
        yield Figure(
            FigureKind.PRICE, values, *found.span(), found[0], currency, paid_for(text, *found.span())
        )


def _percents(text: str) -> Iterator[Figure]:
    for found in _PERCENT.finditer(text):
        yield Figure(FigureKind.PERCENT, _values(found["number"], ""), *found.span(), found[0])


def _times(text: str) -> Iterator[Figure]:
    for values, written, (start, end) in find_times(text, is_beside_days=TAKEN in text):
        yield Figure(FigureKind.TIME, frozenset(values), start, end, text[start:end], written)


def _numbers(text: str) -> Iterator[Figure]:
    for found in _PLAIN.finditer(text):
        yield _measured(text, found, _values(found["number"], found["scale"]))
    for found in _WORD.finditer(text):
        value = _WORDS.get(re.sub(r"(?:fold|fach)$", "", found[0].lower()))
        if value is not None:
            one = _measured(text, found, frozenset[float | DayOf]({value}))
            yield replace(one, measure=TIMES, bare=one.values) if _TIMES.search(found[0]) else one
    for found in _HALF.finditer(text):
        yield Figure(FigureKind.PERCENT, frozenset({50.0}), *found.span(), found[0])


def _measured(text: str, found: re.Match[str], values: frozenset[float | DayOf]) -> Figure:
    range_end = _RANGE_END.match(text, found.end())
    after = range_end.end() if range_end else found.end()
    word = _AFTERWARDS.match(text, after)
    following = _DEGREES.sub("°", word[1].lower()) if word else ""
    if is_mark(following):
        name, size = measure_of(following)
        sized = frozenset(round(_whole(value) * size, 6) for value in values)
        return Figure(FigureKind.PRICE, sized, *found.span(), found[0], name)
    if following not in MEASURES:
        is_noun = len(following) >= SHORTEST_NOUN and following not in NOT_NOUNS
        return Figure(FigureKind.NUMBER, values, *found.span(), found[0], noun=following if is_noun else "")
    name, size = MEASURES[following]
    sized = frozenset(round(value * size, 6) for value in values if isinstance(value, float))
    return Figure(FigureKind.NUMBER, sized, *found.span(), found[0], name, bare=values, size=size)


def _values(number: str, scale: str) -> frozenset[float | DayOf]:
    """Return what a number in digits can mean: "1.200" may be a thousand and more, or one and a fifth."""
    plain = re.sub(r"['’\s]", "", number)
    factor = _factor(scale.strip().lower())
    meant = {re.sub(r"[.,](?=\d{3}(?!\d))", "", plain).replace(",", ".")}
    if re.fullmatch(r"\d{1,3}[.,]\d{3}", plain) and not plain.startswith("0") and "," not in plain:
        meant.add(plain)
    return frozenset(round(float(one) * factor, 6) for one in meant if one.count(".") < 2)


def _factor(scale: str) -> float:
    if scale.startswith(("k", "t")):
        return 1e3
    return 1e9 if scale.startswith("b") else 1e6 if scale else 1


_FINDERS: tuple[Callable[[str], Iterator[Figure]], ...] = (
    _days,
    _times,
    _prices,
    _percents,
    _phones,
    _numbers,
)
