"""Stretches of the calendar: weeks, months, quarters, halves, seasons, years, as first and last day."""

import calendar
import re
from datetime import date, timedelta
from typing import NamedTuple

from bot.domain.reading import temporal_words as w

_FLAGS = re.IGNORECASE


class Period(NamedTuple):
    """First and last day; None where open."""

    first: date | None
    last: date | None

    @property
    def value(self) -> dict[str, str | None]:
        """The value of a timeline slot."""
        return {
            "from": self.first.isoformat() if self.first else None,
            "to": self.last.isoformat() if self.last else None,
        }

    def is_over(self, today: date) -> bool:
        """Whether it ended before today: no time to start."""
        return self.last is not None and self.last < today


def same_day(day: date) -> Period:
    """Return the period that is one day."""
    return Period(day, day)


_RELATIVE = re.compile(
    r"(?P<which>this|current|present|same|coming|upcoming|next|following|last|past|previous|"
    r"rest of (?:the |this )?|remainder of (?:the |this )?)\s*"
    r"(?:(?:calendar|fiscal|financial|business|working)\s+)?"
    r"(?P<unit>days?|weeks?|weekend|months?|quarters?|qtr|years?|half|spring|summer|autumn|fall|winter|"
    + w.MONTH
    + r")$",
    _FLAGS,
)
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


def relative_period(phrase: str, today: date) -> Period | None:
    """Read "next quarter", "this year", "rest of the month", "spring 2027"."""
    match = _RELATIVE.match(phrase) or re.match(r"(?P<which>)(?P<unit>week|month|quarter|year)$", phrase)
    if not match:
        return _season(phrase, today)
    which, unit = match.group("which"), match.group("unit").rstrip(".")
    step = (
        1
        if which in ("next", "following", "upcoming", "coming")
        else -1
        if which in ("last", "past", "previous")
        else 0
    )
    if unit in _SEASONS:
        return _season_period(unit, today, step)
    if unit[:3] in w.MONTHS and unit not in ("month", "months"):
        return month_period(w.MONTHS[unit[:3]], today, step)
    if unit == "half":
        return _half_period(today, step)
    period = unit_period("quarter" if unit == "qtr" else unit.removesuffix("s"), step, today)
    return Period(today, period.last) if which.startswith(("rest", "remainder")) else period


def unit_period(unit: str, step: int, today: date) -> Period:
    """Return this week, month, quarter or year, or the one some steps away."""
    if unit == "day":
        return same_day(today + timedelta(days=step))
    if unit in ("week", "weekend"):
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=step)
        return Period(monday if unit == "week" else monday + timedelta(days=5), monday + timedelta(days=6))
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    first = today.replace(day=1)
    first = add_months(first, -((first.month - 1) % months) + step * months)
    return Period(first, add_months(first, months) - timedelta(days=1))


def month_period(month: int, today: date, step: int) -> Period:
    """Return the next month of that number, this one included; with a negative step the last one."""
    year = today.year + (1 if month < today.month else 0)
    if step < 0:
        year = today.year - (0 if month < today.month else 1)
    return whole_month(year, month)


def _half_period(today: date, step: int) -> Period:
    first = add_months(date(today.year, 1 if today.month < 7 else 7, 1), 6 * step)
    return Period(first, add_months(first, 6) - timedelta(days=1))


def _season(phrase: str, today: date) -> Period | None:
    match = re.fullmatch(r"(spring|summer|autumn|fall|winter)(?:\s+(?:of\s+)?((?:19|20)\d\d))?", phrase)
    if not match:
        return None
    if match.group(2):
        first = date(int(match.group(2)), _SEASONS[match.group(1)], 1)
        return Period(first, add_months(first, 3) - timedelta(days=1))
    return _season_period(match.group(1), today, 0)


def _season_period(name: str, today: date, step: int) -> Period:
    first = date(today.year, _SEASONS[name], 1)
    if (step >= 0 and add_months(first, 3) <= today) or (step > 0 and first <= today):
        first = add_months(first, 12)
    if step < 0 and add_months(first, 3) > today:
        first = add_months(first, -12)
    return Period(first, add_months(first, 3) - timedelta(days=1))


_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_QUARTER = re.compile(
    r"(?:(?P<y1>(?:19|20)\d\d)\s*[-,]?\s*)?(?:(?P<kind>[qh])\s?(?P<n>[1-4])|"
    r"(?:quarter\s+(?P<m>[1-4]))|(?P<word>first|second|third|fourth|last|1st|2nd|3rd|4th)\s+"
    r"(?P<name>quarter|half))(?:(?:\s*[-/,]?\s*|\s+(?:of|in)\s+)(?:(?P<y2>(?:19|20)\d\d)|"
    r"['’]?(?P<y3>\d\d)|(?P<rel>this|next|the)\s+year))?$",
    _FLAGS,
)


def quarter_period(phrase: str, today: date) -> Period | None:
    """Read "Q1", "H2 2027", "third quarter of next year"."""
    match = _QUARTER.match(phrase)
    if not match:
        return None
    months = 6 if (match.group("kind") or "").lower() == "h" or match.group("name") == "half" else 3
    word = match.group("word")
    number = int(match.group("n") or match.group("m") or 0) or (
        _ORDINALS.get(word, 12 // months) if word else 1
    )
    if number > 12 // months:
        return None
    year = match.group("y1") or match.group("y2") or (f"20{match.group('y3')}" if match.group("y3") else None)
    rel = match.group("rel")
    first = date(int(year) if year else today.year + (rel == "next"), (number - 1) * months + 1, 1)
    if not year and not rel and add_months(first, months) <= today:
        first = add_months(first, 12)
    return Period(first, add_months(first, months) - timedelta(days=1))


def whole_month(year: int, month: int) -> Period:
    """Return a month from its first to its last day."""
    return Period(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def add_months(day: date, months: int) -> date:
    """Return a day some months on, or the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
