"""Figures that a sentence states: prices, spans of time, sizes, counts, times of day and dates, each with its unit.

Promises: pure; offsets are code points into the sentence; measures are in order and never overlap; a number without
anything that says what it counts (a version, a phone number, a step) is no measure.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

from bot.domain.reading.money import find_money
from bot.domain.reading.ranges import find_ranges
from bot.domain.units import UNITS, Unit, counted_noun

LOWER = r"(?:at least|minimum(?: of)?|min\.|from|starting at|starts at|more than|over|above|as of)"
UPPER = (
    r"(?:up to|at most|no more than|not more than|maximum(?: of)?|max\.?|within|until|till|under|below|less than|"
    r"fewer than|in under|no later than|by)"
)
_LOWER = re.compile(rf"\b{LOWER}\s+(?:the\s+|about\s+)?$", re.IGNORECASE)
_UPPER = re.compile(rf"\b{UPPER}\s+(?:the\s+|about\s+)?$", re.IGNORECASE)
_LIMIT = re.compile(r"\b(?:limit|limited|maximum|max)\b", re.IGNORECASE)
_ABOUT = re.compile(
    r"\b(?:about|around|approximately|approx\.?|roughly|nearly|almost|ca\.?|~)\s*$", re.IGNORECASE
)
_PER = re.compile(
    r"\s*(?:/|\b(?:per|a|an|each|every)\s+)(second|minute|hour|day|week|month|year|user|seat)\b",
    re.IGNORECASE,
)
_ANY_FIGURE = re.compile(
    r"\d|\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|"
    r"sixty|seventy|eighty|ninety|half|dozen|hundred|thousand|million)\b",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"\b(?:takes?|lasts?|within|for|after|about|only|is|up to|at least|at most)\s+"
    r"(?P<said>an?\s+(?P<unit>second|minute|hour|day|week|month|year))\b",
    re.IGNORECASE,
)
_PART_OF_NUMBER = re.compile(r"[\w.:/#]$")
_CLOCK = re.compile(
    r"(?<![\d:.,])(?P<hour>\d{1,2})(?::(?P<minute>[0-5]\d))?\s*(?P<half>[ap]\.?m\b\.?)?(?![\d:])",
    re.IGNORECASE,
)
_CLOCK_RANGE = re.compile(r"^\s*(?:-|–|—|to|until|till|and)\s*$", re.IGNORECASE)
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTH = rf"(?P<month>{'|'.join(f'{m[:3]}(?:{m[3:]})?' if len(m) > 3 else m for m in _MONTHS)})\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_DATES = (
    re.compile(rf"\b{_DAY}(?:\s+of)?\s+{_MONTH}(?:,?\s+(?P<year>[12]\d{{3}}))?\b", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}\s+{_DAY}(?:,?\s+(?P<year>[12]\d{{3}}))?\b(?!\s*(?:-|–)?\s*\d)", re.IGNORECASE),
    re.compile(r"\b(?P<year>[12]\d{3})-(?P<month>[01]\d)-(?P<day>[0-3]\d)\b"),
)
_YEAR = re.compile(r"\b(?:in|since|of)\s+(?P<year>(?:19|20)\d{2})\b(?![\d.,-]*\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure: its least and greatest value in `unit` (open ends are infinite), where it stands, how it is said.

    `kind` is what is measured (`money`, `time`, `size`, `count:user`, `clock`, `date` …), `unit` how it is said;
    values of one kind compare. `is_rough` says "about".
    """

    kind: str
    unit: str
    low: float
    high: float
    start: int
    end: int
    is_rough: bool = False


def find_measures(text: str) -> tuple[Measure, ...]:
    """Return the measures of a sentence, in order."""
    if not _ANY_FIGURE.search(text):
        return ()
    taken: list[Measure] = []
    for measure in _candidates(text):
        if all(measure.end <= other.start or other.end <= measure.start for other in taken):
            taken.append(measure)
    return tuple(sorted(taken, key=lambda measure: measure.start))


def _candidates(text: str) -> Iterator[Measure]:
    """Yield measures, those that win where two overlap first."""
    yield from _dates(text)
    yield from _clocks(text)
    for money in find_money(text):
        value = money.value
        per = value["per"] or _per_after(text, money.end)
        low, high = money.low, money.high
        unit = f"{value['currency']}/{per}" if per else str(value["currency"])
        figure = (low if low is not None else -inf, high if high is not None else inf)
        yield _measure(
            text, f"money {unit}", unit, figure, (money.start, max(money.end, money.outer_end)), money.start
        )
    yield from _articles(text)
    for figures in find_ranges(text):
        if _PART_OF_NUMBER.search(text[: figures.start]) and not text[: figures.start].endswith(" ~"):
            continue
        low = figures.low if figures.low is not None else -inf
        high = figures.high if figures.high is not None else inf
        yield from _with_unit(text, (float(low), float(high)), (figures.start, figures.end))


def _articles(text: str) -> Iterator[Measure]:
    """Yield "takes a week": one of a unit, where it is no rate ("twice a week")."""
    for found in _ONE.finditer(text):
        unit = Unit.named(found.group("unit"))
        yield _measure(
            text, unit.kind, unit.name, (unit.factor, unit.factor), found.span("said"), found.start("said")
        )


def _with_unit(text: str, figure: tuple[float, float], span: tuple[int, int]) -> Iterator[Measure]:
    start, end = span
    found = UNITS.match(text, end)
    if found:
        unit = Unit.named(found.group("unit"))
        factor = unit.factor
        scaled = (figure[0] * factor, figure[1] * factor)
        yield _measure(text, unit.kind, unit.name, scaled, (start, found.end()), start)
        return
    noun = counted_noun(text, end)
    if noun is not None:
        word, noun_end = noun
        per = _per_after(text, noun_end)
        kind = f"count {word}/{per}" if per else f"count {word}"
        yield _measure(text, kind, word, figure, (start, end), start)


def _measure(
    text: str, kind: str, unit: str, figure: tuple[float, float], span: tuple[int, int], said_from: int
) -> Measure:
    low, high = figure
    before = text[:said_from]
    is_rough = bool(_ABOUT.search(before))
    if low == high:
        if _LOWER.search(before):
            high = inf
        elif _UPPER.search(before) or _LIMIT.search(before):
            low = -inf
    return Measure(kind, unit, low, high, *span, is_rough)


def _per_after(text: str, end: int) -> str | None:
    found = _PER.match(text, end)
    return found.group(1).lower() if found else None


def _clocks(text: str) -> Iterator[Measure]:
    found = [one for one in _CLOCK.finditer(text) if one.group("minute") or one.group("half")]
    at = 0
    while at < len(found):
        first = found[at]
        following = found[at + 1] if at + 1 < len(found) else None
        if following and _CLOCK_RANGE.match(text[first.end() : following.start()]):
            yield Measure("clock", "hours", _hour(first), _hour(following), first.start(), following.end())
            at += 2
        else:
            yield Measure("clock", "hours", _hour(first), _hour(first), first.start(), first.end())
            at += 1


def _hour(found: re.Match[str]) -> float:
    hour, half = int(found.group("hour")), (found.group("half") or "")[:1].lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour + int(found.group("minute") or 0) / 60


def _dates(text: str) -> Iterator[Measure]:
    for pattern in _DATES:
        for found in pattern.finditer(text):
            month = found.group("month")
            number = int(month) if month.isdigit() else _month_number(month)
            day = number * 100 + int(found.group("day"))
            year = found.group("year")
            value = float(int(year) * 10_000 + day if year else day)
            yield Measure(f"date {'year' if year else 'day'}", "date", value, value, *found.span())
    for found in _YEAR.finditer(text):
        value = float(found.group("year"))
        yield Measure("year", "year", value, value, *found.span("year"))


def _month_number(word: str) -> int:
    return next(n for n, month in enumerate(_MONTHS, 1) if month.startswith(word[:3].lower()))
