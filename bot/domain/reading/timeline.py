"""What words about time mean on the calendar, seen from the visitor's now.

A named month or quarter runs from its first to its last day; "by" gives the end only, "after" the beginning
only; a month or day that has passed means its next occurrence. What is not understood is None, never a guess.
"""

import calendar
import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

from bot.domain.reading import temporal_words as w
from bot.domain.reading.numbers import find_numbers

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


_UNTIL = re.compile(
    r"^(?:by|before|until|till?|no\s+later\s+than|not\s+later\s+than|on\s+or\s+before|prior\s+to|"
    r"due)\s+(?:the\s+)?",
    _FLAGS,
)
_AFTER = re.compile(
    r"^(?:after|since|starting(?:\s+(?:from|in|on))?|beginning\s+in|as\s+of|as\s+early\s+as|"
    r"on\s+or\s+after|not\s+before|from)\s+(?:the\s+)?",
    _FLAGS,
)
_WITHIN = re.compile(
    r"^(?:with)?in\s+(?:the\s+)?next\s+|^within\s+(?:the\s+)?|^(?:over|during)\s+the\s+next\s+|"
    r"^(?:the\s+)?next\s+(?=\d|couple|few|two|three|four|five|six|twelve|several)",
    _FLAGS,
)
_FILLER = re.compile(
    r"^(?:on|at|in|during|of|around|about|approximately|approx\.?|roughly|circa|"
    r"some\s?time(?:\s+in)?|any\s?time(?:\s+in)?|for|maybe|probably|hopefully|ideally|between|like|"
    r"say|the)\s+",
    _FLAGS,
)
_PARTS = (
    (re.compile(
        r"^(?:the\s+)?(?:very\s+)?(?:early|beginning\s+of|start\s+of|"
        r"first\s+half\s+of)(?:\s+in)?[\s-]+(?:the\s+)?", _FLAGS), "early"),
    (re.compile(r"^(?:the\s+)?(?:mid|middle\s+of)[\s-]*(?:the\s+)?", _FLAGS), "mid"),
    (re.compile(r"^(?:the\s+)?(?:late|later|end\s+of|second\s+half\s+of)(?:\s+in)?[\s-]+(?:the\s+)?", _FLAGS), "late"),
)  # fmt: skip
_SPLIT = re.compile(r"\s*(?:–|—|\s-\s)\s*|\s+(?:to|till?|until|through|thru|and|or)\s+(?:the\s+)?", _FLAGS)
_TOO_SHORT = re.compile(r"\b(?:seconds?|secs?|minutes?|mins?|hours?|hrs?)\b")
_MAX_AMOUNT = 5_000


def resolve(text: str, *, now: datetime, region: str = "US") -> Period | None:
    """Return the period that a phrase names, None if it names none.

    Args:
        text: the phrase alone, such as "by the end of March".
        now: the visitor's clock, aware.
        region: ISO country; decides whether 3/4 is in March or in April.
    """
    phrase = " ".join(text.strip(" .,;:!?()'\"").lower().split())
    if _TOO_SHORT.search(phrase):
        return None
    try:
        return _relation(phrase, now.date(), region) or _ask_dateparser(phrase, now, region)
    except (OverflowError, ValueError):
        return None


def _relation(phrase: str, today: date, region: str) -> Period | None:
    if (match := _UNTIL.match(phrase)) and match.end():
        inner = _relation(phrase[match.end() :], today, region)
        if inner is None:
            return None
        last = (
            inner.first - timedelta(days=1)
            if phrase.startswith("before") and inner.first != inner.last and inner.first
            else inner.last
        )
        return Period(None, last)
    if match := _WITHIN.match(phrase):
        ahead = _ahead(phrase[match.end() :], today)
        return Period(today, ahead) if ahead else None
    parts = _SPLIT.split(phrase.removeprefix("from ").removeprefix("between "))
    if len(parts) == 2 and (both := _between(parts, today, region)):
        return both
    if match := _AFTER.match(phrase):
        inner = _relation(phrase[match.end() :], today, region)
        if inner is None:
            return None
        begins = not phrase.startswith("after") or inner.last is None
        return Period(inner.first if begins else (inner.last or today) + timedelta(days=1), None)
    return _modified(phrase, today, region)


def _between(parts: list[str], today: date, region: str) -> Period | None:
    first, last = parts
    end = _modified(last, today, region)
    if end is None or end.last is None:
        return None
    if re.fullmatch(rf"{w.DAY}|\d{{1,3}}", first, _FLAGS):
        if (amount := re.match(r"(?:in\s+)?\d+\s+(\w+)", last)) and _unit_days(amount.group(1)):
            begin: Period | None = _modified(f"{first} {amount.group(1)}", today, region)
        else:
            month = re.search(w.MONTH, last, _FLAGS)
            begin = _modified(f"{first} {month.group()}", today, region) if month else None
    else:
        begin = _modified(first, today, region)
    if begin is None or begin.first is None:
        return None
    start = begin.first
    while start > end.last:
        start = _add_months(start, -12)
    return Period(start, end.last)


def _modified(phrase: str, today: date, region: str) -> Period | None:
    while match := _FILLER.match(phrase):
        if phrase.startswith("in ") and (ahead := _ahead(phrase[3:], today)):
            return Period(ahead, ahead)
        phrase = phrase[match.end() :]
    for pattern, part in _PARTS:
        if match := pattern.match(phrase):
            inner = _core(phrase[match.end() :], today, region)
            return _part_of(inner, part) if inner else None
    return _core(phrase, today, region)


def _part_of(period: Period, part: str) -> Period:
    if period.first is None or period.last is None:
        return period
    days = (period.last - period.first).days + 1
    if days > 200:
        months = {"early": (0, 3), "mid": (4, 8), "late": (9, 12)}[part]
        first = _add_months(period.first, months[0])
        return Period(first, _add_months(period.first, months[1]) - timedelta(days=1))
    third = days // 3
    if part == "early":
        return Period(period.first, period.first + timedelta(days=max(0, third - 1)))
    if part == "mid":
        return Period(period.first + timedelta(days=third), period.last - timedelta(days=third))
    return Period(period.last - timedelta(days=max(0, third)), period.last)


def _core(phrase: str, today: date, region: str) -> Period | None:
    phrase = phrase.removeprefix("the ").strip()
    for reader in (_named_day, _relative_unit, _quarter, _month_or_year, _weekday):
        if period := reader(phrase, today):
            return period
    if period := _numeric(phrase, today, region):
        return period
    if (
        ahead := _ahead(
            phrase.removesuffix(" from now").removesuffix(" time").removesuffix(" from today"), today
        )
    ) is not None:
        return Period(today, ahead) if not phrase.endswith(("now", "time", "today")) else Period(ahead, ahead)
    return None


_DAYS_AHEAD = {
    "today": 0, "tonight": 0, "tomorrow": 1, "tmrw": 1, "tmr": 1, "yesterday": -1, "day after tomorrow": 2, "day before yesterday": -2,
}  # fmt: skip
_SOON = re.compile(
    r"(?:asap|as\s+soon\s+as\s+(?:possible|we\s+can|you\s+can)|(?:right\s+)?now|immediate(?:ly)?|"
    r"right\s+away|straight\s+away|urgent(?:ly)?|"
    r"at\s+once|as\s+fast\s+as\s+possible)"
)
_ENDS = {"eoy": "year", "eom": "month", "eoq": "quarter", "eow": "week", "eod": "day"}


def _named_day(phrase: str, today: date) -> Period | None:
    if phrase in _DAYS_AHEAD:
        day = today + timedelta(days=_DAYS_AHEAD[phrase])
        return Period(day, day)
    if _SOON.fullmatch(phrase):
        return Period(today, None)
    ending = _ENDS.get(phrase) or (
        m.group(1) if (m := re.fullmatch(r"(year|month|quarter|week)[\s-]end", phrase)) else None
    )
    if ending:
        last = _unit_period(ending, 0, today).last
        return Period(last, last)
    for name, (month, number) in _HOLIDAYS.items():
        if phrase.startswith(name):
            year = re.search(r"(?:19|20)\d\d", phrase)
            day = date(int(year.group()) if year else today.year, month, number)
            return _same_day(day if year or day >= today else day.replace(year=day.year + 1))
    return None


_HOLIDAYS = {
    "christmas eve": (12, 24), "christmas": (12, 25), "xmas": (12, 25), "new year's eve": (12, 31), "new years eve": (12, 31),
    "new year": (1, 1), "halloween": (10, 31), "valentine": (2, 14),
}  # fmt: skip


def _same_day(day: date) -> Period:
    return Period(day, day)


_RELATIVE = re.compile(
    r"(?P<which>this|current|present|same|coming|upcoming|next|following|last|past|previous|"
    r"rest of (?:the |this )?|remainder of (?:the |this )?)\s*"
    r"(?:(?:calendar|fiscal|financial|business|working)\s+)?"
    r"(?P<unit>days?|weeks?|weekend|months?|quarters?|qtr|years?|half|spring|summer|autumn|fall|winter|"
    + w.LONG_MONTH
    + r"|"
    + w.SHORT_MONTH
    + r")$",
    _FLAGS,
)
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


def _relative_unit(phrase: str, today: date) -> Period | None:
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
        return _month_period(w.MONTHS[unit[:3]], today, step)
    if unit == "half":
        return _half_period(today, step)
    period = _unit_period("quarter" if unit == "qtr" else unit.removesuffix("s"), step, today)
    return Period(today, period.last) if which.startswith(("rest", "remainder")) else period


def _unit_period(unit: str, step: int, today: date) -> Period:
    if unit == "day":
        return _same_day(today + timedelta(days=step))
    if unit in ("week", "weekend"):
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=step)
        return Period(monday if unit == "week" else monday + timedelta(days=5), monday + timedelta(days=6))
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    first = today.replace(day=1)
    first = _add_months(first, -((first.month - 1) % months) + step * months)
    return Period(first, _add_months(first, months) - timedelta(days=1))


def _month_period(month: int, today: date, step: int) -> Period:
    year = today.year + (1 if month < today.month else 0)
    if step < 0:
        year = today.year - (0 if month < today.month else 1)
    return _whole_month(year, month)


def _half_period(today: date, step: int) -> Period:
    first = _add_months(date(today.year, 1 if today.month < 7 else 7, 1), 6 * step)
    return Period(first, _add_months(first, 6) - timedelta(days=1))


def _season(phrase: str, today: date) -> Period | None:
    match = re.fullmatch(r"(spring|summer|autumn|fall|winter)(?:\s+(?:of\s+)?((?:19|20)\d\d))?", phrase)
    if not match:
        return None
    if match.group(2):
        first = date(int(match.group(2)), _SEASONS[match.group(1)], 1)
        return Period(first, _add_months(first, 3) - timedelta(days=1))
    return _season_period(match.group(1), today, 0)


def _season_period(name: str, today: date, step: int) -> Period:
    first = date(today.year, _SEASONS[name], 1)
    if (step >= 0 and _add_months(first, 3) <= today) or (step > 0 and first <= today):
        first = _add_months(first, 12)
    if step < 0 and _add_months(first, 3) > today:
        first = _add_months(first, -12)
    return Period(first, _add_months(first, 3) - timedelta(days=1))


_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_QUARTER = re.compile(
    r"(?:(?P<y1>(?:19|20)\d\d)\s*[-,]?\s*)?(?:(?P<kind>[qh])\s?(?P<n>[1-4])|"
    r"(?:quarter\s+(?P<m>[1-4]))|(?P<word>first|second|third|fourth|last|1st|2nd|3rd|4th)\s+"
    r"(?P<name>quarter|half))(?:(?:\s*[-/,]?\s*|\s+(?:of|in)\s+)(?:(?P<y2>(?:19|20)\d\d)|"
    r"['’]?(?P<y3>\d\d)|(?P<rel>this|next|the)\s+year))?$",
    _FLAGS,
)


def _quarter(phrase: str, today: date) -> Period | None:
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
    if not year and not rel and _add_months(first, months) <= today:
        first = _add_months(first, 12)
    return Period(first, _add_months(first, months) - timedelta(days=1))


_DAY_MONTH = re.compile(
    rf"(?:{w.WEEKDAY}\s*,?\s*(?:the\s+)?)?(?:(?P<d1>{w.DAY})(?:\s*[-,/]?\s*|"
    rf"\s+of\s+)(?P<m1>{w.MONTH})|(?P<m2>{w.MONTH})(?:\s*[-,/.]?\s*|\s+the\s+)(?P<d2>{w.DAY})(?!\d))"
    rf"(?:[\s,/-]*(?:of\s+|in\s+)?(?:(?P<year>(?:19|20)\d\d)|['’](?P<yy>\d\d)|(?P<rel>this|next)\s+year))?$",
    _FLAGS,
)
_MONTH_YEAR = re.compile(
    rf"(?P<month>{w.MONTH})(?:[\s,/-]*(?:of\s+|in\s+)?(?:(?P<year>(?:19|20)\d\d)|['’](?P<yy>\d\d)|"
    rf"(?P<rel>this|next)\s+year))?$",
    _FLAGS,
)


def _month_or_year(phrase: str, today: date) -> Period | None:
    if match := _DAY_MONTH.match(phrase):
        month = w.MONTHS[(match.group("m1") or match.group("m2"))[:3]]
        number = _day_number(match.group("d1") or match.group("d2"))
        year = _named_year(match, today)
        day = date(year or today.year, month, number)
        return _same_day(day if year or day >= today else day.replace(year=day.year + 1))
    if match := _MONTH_YEAR.match(phrase):
        month = w.MONTHS[match.group("month")[:3]]
        year = _named_year(match, today)
        return _whole_month(year, month) if year else _month_period(month, today, 0)
    if re.fullmatch(r"(?:19|20)\d\d", phrase):
        return Period(date(int(phrase), 1, 1), date(int(phrase), 12, 31))
    return None


def _named_year(match: re.Match[str], today: date) -> int | None:
    if match.group("year"):
        return int(match.group("year"))
    if match.group("yy"):
        return 2000 + int(match.group("yy"))
    if match.group("rel"):
        return today.year + (match.group("rel").lower() == "next")
    return None


_ORDINAL_WORDS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
]


def _day_number(text: str) -> int:
    if digits := re.match(r"\d+", text):
        return int(digits.group())
    words = re.split(r"[\s-]+", text.lower())
    tens = {"twenty": 20, "thirty": 30, "thirtieth": 30}.get(words[0], 0)
    return tens + (_ORDINAL_WORDS.index(words[-1]) + 1 if words[-1] in _ORDINAL_WORDS else 0)


def _whole_month(year: int, month: int) -> Period:
    return Period(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def _weekday(phrase: str, today: date) -> Period | None:
    match = re.fullmatch(
        rf"(?:(this|next|coming|last|past)\s+)?({w.WEEKDAY})(?:\s+(next)\s+week)?", phrase, _FLAGS
    )
    if not match:
        return None
    target = w.WEEKDAYS[match.group(2)[:3]]
    which = match.group(1) or match.group(3)
    if which in ("last", "past"):
        return _same_day(today - timedelta(days=(today.weekday() - target - 1) % 7 + 1))
    if which == "next":
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=1)
        return _same_day(monday + timedelta(days=target))
    return _same_day(today + timedelta(days=(target - today.weekday() - 1) % 7 + 1))


def _numeric(phrase: str, today: date, region: str) -> Period | None:
    if match := re.fullmatch(r"((?:19|20)\d\d)[-/.](\d{1,2})(?:[-/.](\d{1,2}))?", phrase):
        if not match.group(3):
            return _whole_month(int(match.group(1)), int(match.group(2)))
        return _same_day(date(int(match.group(1)), int(match.group(2)), int(match.group(3))))
    if match := re.fullmatch(r"(\d{1,2})[-/.](\d{4})", phrase):
        return _whole_month(int(match.group(2)), int(match.group(1)))
    match = re.fullmatch(r"(\d{1,2})([-/.])(\d{1,2})(?:\2(\d{4}|\d\d))?", phrase)
    if not match:
        return None
    one, two = int(match.group(1)), int(match.group(3))
    month_first = (region.upper() in ("US", "PH", "CA") and match.group(2) != "." and one <= 12) or two > 12
    month, number = (one, two) if month_first else (two, one)
    year = match.group(4)
    day = date(int(year) + (2000 if len(year) == 2 else 0) if year else today.year, month, number)
    return _same_day(day if year or day >= today else day.replace(year=day.year + 1))


_UNITS = {"day": 1, "week": 7, "wk": 7, "fortnight": 14, "sprint": 14}


def _unit_days(word: str) -> bool:
    return word.removesuffix("s") in (*_UNITS, "month", "mo", "quarter", "year", "yr")


def _ahead(phrase: str, today: date) -> date | None:
    """Return the day some weeks or months from today; of a range of them, the later one."""
    unit = re.search(
        r"(business\s+|working\s+)?(days?|weeks?|wks?|fortnights?|sprints?|months?|mos?|quarters?|years?|"
        r"yrs?)(?:\s+time)?$",
        phrase,
    )
    if not unit:
        return None
    numbers = find_numbers(phrase[: unit.start()])
    amount = max((number.value for number in numbers), default=0.0)
    head = phrase[: unit.start()].strip(" -")
    if not numbers:
        amount = {
            "a": 1,
            "an": 1,
            "": 1,
            "one": 1,
            "half a": 0.5,
            "several": 4,
            "some": 4,
            "a couple": 2,
        }.get(head, 0)
    if not 0 < amount <= _MAX_AMOUNT:
        return None
    name = unit.group(2).removesuffix("s")
    if unit.group(1):
        return today + timedelta(days=round(amount * 7 / 5))
    if name in _UNITS:
        return today + timedelta(days=round(amount * _UNITS[name]))
    months = amount * {"month": 1, "mo": 1, "quarter": 3, "year": 12, "yr": 12}[name]
    return _add_months(today, int(months)) + timedelta(days=round((months % 1) * 30))


def _add_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


_PARSEABLE = re.compile(r"\d|[a-zß-ÿ]{4,}")
_MAX_PHRASE = 40


def _ask_dateparser(phrase: str, now: datetime, region: str) -> Period | None:
    """Ask dateparser about what the rules above do not know, in the languages it is good at."""
    if len(phrase) > _MAX_PHRASE or not _PARSEABLE.search(phrase) or not re.search(r"\d", phrase):
        return None
    import dateparser

    found = dateparser.parse(
        phrase,
        languages=["en", "de", "fr", "es"],
        settings={
            "RELATIVE_BASE": now.replace(tzinfo=None),
            "PREFER_DATES_FROM": "future",
            "DATE_ORDER": "MDY" if region.upper() == "US" else "DMY",
        },
    )
    return _same_day(found.date()) if found else None
