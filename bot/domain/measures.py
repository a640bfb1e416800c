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

LOWER = (
    r"(?:at least|minimum(?: of)?|min\.|from|starting at|starts at|more than|over|above|as of|mindestens|ab"
    r"|über|mehr als|au moins|minimum|à partir de|dès|plus de|al menos|mínimo|a partir de|desde|más de)"
)
UPPER = (
    r"(?:up to|at most|no more than|not more than|maximum(?: of)?|max\.?|within|until|till|under|below|less than|"
    r"fewer than|in under|no later than|by|höchstens|maximal|bis zu|bis|nicht mehr als|weniger als|unter|binnen"
    r"|innerhalb(?: von)?|jusqu['’]à|au plus|au maximum|pas plus de|moins de|sous|hasta|como máximo|máximo|no más de"
    r"|menos de)"
)
_LOWER = re.compile(rf"\b{LOWER}\s+(?:the\s+|about\s+)?$", re.IGNORECASE)
_UPPER = re.compile(rf"\b{UPPER}\s+(?:the\s+|about\s+)?$", re.IGNORECASE)
_AT_MOST = re.compile(
    r"\s*(?:at (?:the )?most|max(?:imum|imal)?\b|or (?:less|fewer)\b|tops\b|höchstens|au (?:plus|maximum)|como máximo)",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(
    r"\s*(?:at least|minimum\b|or more\b|mindestens|au moins|al menos|como mínimo)", re.IGNORECASE
)
_LIMIT = re.compile(r"\b(?:limit|limited|maximum|max)\b", re.IGNORECASE)
_ABOUT = re.compile(
    r"\b(?:about|around|approximately|approx\.?|roughly|nearly|almost|ca\.?|~)\s*$", re.IGNORECASE
)
_PERIODS = {
    "Sekunde": "second", "Minute": "minute", "Stunde": "hour", "Tag": "day", "Woche": "week", "Monat": "month",
    "Jahr": "year", "Nutzer": "user", "monatlich": "month", "jährlich": "year", "seconde": "second", "heure": "hour",
    "jour": "day", "semaine": "week", "mois": "month", "an": "year", "utilisateur": "user", "hora": "hour",
    "día": "day", "semana": "week", "mes": "month", "año": "year", "usuario": "user",
}  # fmt: skip
_PER = re.compile(
    r"\s*(?:(?:/|\b(?:per|an?|each|every|pro|im|je|par|al|por)\s+)(?P<one>second|minute|hour|day|week|month|year|user|seat"
    rf"|{'|'.join(_PERIODS)})|(?P<each>monatlich|jährlich))\b",
    re.IGNORECASE,
)
_PERIOD_NAMES = {name.lower(): period for name, period in _PERIODS.items()}
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
_CLOCK_RANGE = re.compile(
    r"^\s*(?:Uhr\s*)?(?:-|–|—|to|until|till|and|bis|und|à|a|y|hasta)\s*$", re.IGNORECASE
)
_OCLOCK = re.compile(  # "9–17 Uhr", "9.30 Uhr", "de 9h à 18h30"
    r"(?<![\d:.,])(?P<hour>[012]?\d)(?:[.:](?P<minute>[0-5]\d))?\s*(?:Uhr\s*)?(?:-|–|—|\bbis\b|\bund\b)\s*"
    r"(?P<last>[012]?\d)(?:[.:](?P<rest>[0-5]\d))?\s*Uhr\b"
    r"|(?<![\d:.,])(?P<hour1>[012]?\d)(?:[.:](?P<minute1>[0-5]\d))?\s*Uhr\b"
    r"|(?<![\d:.,])(?P<hour2>[012]?\d)\s?h\s?(?P<minute2>[0-5]\d)?\s*(?:-|–|—|\bà\b|\ba\b)\s*"
    r"(?P<last2>[012]?\d)\s?h\s?(?P<rest2>[0-5]\d)?\b",
    re.IGNORECASE,
)
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_OTHER_MONTHS = (
    "januar|jänner|janvier|enero", "februar|février|febrero", "märz|mars|marzo", "avril|abril", "mai|mayo",
    "juni|juin|junio", "juli|juillet|julio", "août|agosto", "septembre|septiembre", "oktober|octobre|octubre",
    "novembre|noviembre", "dezember|décembre|diciembre",
)  # fmt: skip
_MONTH_NUMBERS = {word: at for at, words in enumerate(_OTHER_MONTHS, 1) for word in words.split("|")}
_ENGLISH_MONTH = "|".join(f"{m[:3]}(?:{m[3:]})?" if len(m) > 3 else m for m in _MONTHS)
_MONTH = rf"(?P<month>{'|'.join(_OTHER_MONTHS)}|{_ENGLISH_MONTH})\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_DATES = (
    re.compile(
        rf"\b{_DAY}\.?(?:\s+(?:of|de))?\s+{_MONTH}(?:,?\s+(?:del?\s+)?(?P<year>[12]\d{{3}}))?\b",
        re.IGNORECASE,
    ),
    re.compile(rf"\b{_MONTH}\s+{_DAY}(?:,?\s+(?P<year>[12]\d{{3}}))?\b(?!\s*(?:-|–)?\s*\d)", re.IGNORECASE),
    re.compile(r"\b(?P<year>[12]\d{3})-(?P<month>[01]\d)-(?P<day>[0-3]\d)\b"),
    re.compile(r"(?<![\d.])(?P<day>[0-3]?\d)\.\s?(?P<month>0?[1-9]|1[0-2])\.\s?(?P<year>[12]\d{3})\b"),
    re.compile(r"(?<![\d/])(?P<day>1[3-9]|2\d|3[01])/(?P<month>0?[1-9]|1[0-2])/(?P<year>[12]\d{3})\b"),
    re.compile(r"(?<![\d/])(?P<month>0?[1-9]|1[0-2])/(?P<day>1[3-9]|2\d|3[01])/(?P<year>[12]\d{3})\b"),
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
    yield from _oclocks(text)
    yield from _clocks(text)
    for money in find_money(text):
        value = money.value
        per = value["per"] or _per_after(text, money.end)
        low, high = money.low, money.high
        unit = f"{value['currency']}/{per}" if per else str(value["currency"])
        figure = (low if low is not None else -inf, high if high is not None else inf)
        span = money.start, max(money.end, money.outer_end)
        yield _measure(text, f"money {unit}", unit, figure, span, span)
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
            text, unit.kind, unit.name, (unit.factor, unit.factor), found.span("said"), found.span("said")
        )


def _with_unit(text: str, figure: tuple[float, float], span: tuple[int, int]) -> Iterator[Measure]:
    start, end = span
    found = UNITS.match(text, end)
    if found:
        unit = Unit.named(found.group("unit"))
        factor = unit.factor
        scaled = (figure[0] * factor, figure[1] * factor)
        yield _measure(text, unit.kind, unit.name, scaled, (start, found.end()), (start, found.end()))
        return
    noun = counted_noun(text, end)
    if noun is not None:
        word, noun_end = noun
        per = _per_after(text, noun_end)
        kind = f"count {word}/{per}" if per else f"count {word}"
        yield _measure(text, kind, word, figure, (start, end), (start, noun_end))


def _measure(
    text: str, kind: str, unit: str, figure: tuple[float, float], span: tuple[int, int], said: tuple[int, int]
) -> Measure:
    low, high = figure
    before, said_to = text[: said[0]], said[1]
    is_rough = bool(_ABOUT.search(before))
    if low == high:
        if _LOWER.search(before) or _AT_LEAST.match(text, said_to):
            high = inf
        elif _UPPER.search(before) or _LIMIT.search(before) or _AT_MOST.match(text, said_to):
            low = -inf
    return Measure(kind, unit, low, high, *span, is_rough)


def _per_after(text: str, end: int) -> str | None:
    found = _PER.match(text, end)
    said = (found["one"] or found["each"]).lower() if found else None
    return _PERIOD_NAMES.get(said, said) if said else None


def column_measure(column: str, cell: str) -> Measure | None:
    """Return the figure of a table's cell that is a mere number or limit ("up to 5"), of what its column counts."""
    found = [one for one in find_ranges(cell) if not cell[one.outer_end :].strip()]
    if len(found) != 1 or cell[: found[0].outer_start].strip():
        return None
    (figures,) = found
    low, high = figures.low, figures.high
    noun = counted_noun(f"1 {column}", 1)
    kind = f"count {noun[0]}" if noun else f"cell {column.casefold()}"
    ends = -inf if low is None else float(low), inf if high is None else float(high)
    return Measure(kind, noun[0] if noun else "", *ends, figures.outer_start, figures.outer_end)


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


def _oclocks(text: str) -> Iterator[Measure]:
    for found in _OCLOCK.finditer(text):
        hour, minute, last, rest = (_first(found, name) for name in ("hour", "minute", "last", "rest"))
        first = int(hour or 0) + int(minute or 0) / 60
        end = int(last) + int(rest or 0) / 60 if last else first
        yield Measure("clock", "hours", first, end, *found.span())


def _first(found: re.Match[str], name: str) -> str | None:
    """Return the group of this name, with a number or without, that has matched."""
    return next(
        (said for group, said in found.groupdict().items() if said and group.rstrip("12") == name), None
    )


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
    known = _MONTH_NUMBERS.get(word.lower())
    return known or next(n for n, month in enumerate(_MONTHS, 1) if month.startswith(word[:3].lower()))
