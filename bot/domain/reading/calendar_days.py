"""Days of the calendar: named, numbered, dated, counted from today."""

import re
from datetime import date, timedelta

from bot.domain.reading import temporal_words as w
from bot.domain.reading.feasts import feast
from bot.domain.reading.numbers import find_numbers
from bot.domain.reading.periods import Period, add_months, month_period, same_day, unit_period, whole_month

_FLAGS = re.IGNORECASE
_MAX_AMOUNT = 5_000
_DAYS_AHEAD = {
    "today": 0,
    "tonight": 0,
    "tomorrow": 1,
    "tmrw": 1,
    "tmr": 1,
    "yesterday": -1,
    "day after tomorrow": 2,
    "day before yesterday": -2,
}
_SOON = re.compile(
    r"(?:asap|as\s+soon\s+as\s+(?:possible|we\s+can|you\s+can)|(?:right\s+)?now|immediate(?:ly)?|"
    r"right\s+away|straight\s+away|urgent(?:ly)?|"
    r"at\s+once|as\s+fast\s+as\s+possible)"
)
_ENDS = {"eoy": "year", "eom": "month", "eoq": "quarter", "eow": "week", "eod": "day"}


def named_day(phrase: str, today: date) -> Period | None:
    """Read "tomorrow", "asap", "end of the year" for short, holidays."""
    if phrase in _DAYS_AHEAD:
        day = today + timedelta(days=_DAYS_AHEAD[phrase])
        return Period(day, day)
    if _SOON.fullmatch(phrase):
        return Period(today, None)
    ending = _ENDS.get(phrase) or (
        m.group(1) if (m := re.fullmatch(r"(year|month|quarter|week)[\s-]end", phrase)) else None
    )
    if ending:
        last = unit_period(ending, 0, today).last
        return Period(last, last)
    return feast(phrase, today)


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


def month_or_year(phrase: str, today: date) -> Period | None:
    """Read "1 March", "March 2027", "2027"."""
    if match := _DAY_MONTH.match(phrase):
        month = w.MONTHS[(match.group("m1") or match.group("m2"))[:3]]
        number = _day_number(match.group("d1") or match.group("d2"))
        year = _named_year(match, today)
        day = date(year or today.year, month, number)
        return same_day(day if year or day >= today else day.replace(year=day.year + 1))
    if match := _MONTH_YEAR.match(phrase):
        month = w.MONTHS[match.group("month")[:3]]
        year = _named_year(match, today)
        return whole_month(year, month) if year else month_period(month, today, 0)
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


def weekday_named(phrase: str, today: date) -> Period | None:
    """Read "friday", "next friday"."""
    match = re.fullmatch(
        rf"(?:(this|next|coming|last|past)\s+)?({w.WEEKDAY})(?:\s+(next)\s+week)?", phrase, _FLAGS
    )
    if not match:
        return None
    target = w.WEEKDAYS[match.group(2)[:3]]
    which = match.group(1) or match.group(3)
    if which in ("last", "past"):
        return same_day(today - timedelta(days=(today.weekday() - target - 1) % 7 + 1))
    if which == "next":
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=1)
        return same_day(monday + timedelta(days=target))
    return same_day(today + timedelta(days=(target - today.weekday() - 1) % 7 + 1))


def numeric_date(phrase: str, today: date, region: str) -> Period | None:
    """Read "2027-03-01", "3/4/2027", "03/2027"."""
    if match := re.fullmatch(r"((?:19|20)\d\d)[-/.](\d{1,2})(?:[-/.](\d{1,2}))?", phrase):
        if not match.group(3):
            return whole_month(int(match.group(1)), int(match.group(2)))
        return same_day(date(int(match.group(1)), int(match.group(2)), int(match.group(3))))
    if match := re.fullmatch(r"(\d{1,2})[-/.](\d{4})", phrase):
        return whole_month(int(match.group(2)), int(match.group(1)))
    match = re.fullmatch(r"(\d{1,2})([-/.])(\d{1,2})(?:\2(\d{4}|\d\d))?", phrase)
    if not match:
        return None
    one, two = int(match.group(1)), int(match.group(3))
    month_first = (region.upper() in ("US", "PH", "CA") and match.group(2) != "." and one <= 12) or two > 12
    month, number = (one, two) if month_first else (two, one)
    year = match.group(4)
    day = date(int(year) + (2000 if len(year) == 2 else 0) if year else today.year, month, number)
    return same_day(day if year or day >= today else day.replace(year=day.year + 1))


_UNITS = {"day": 1, "week": 7, "wk": 7, "fortnight": 14, "sprint": 14}


def is_calendar_unit(word: str) -> bool:
    """Tell whether a word names days, weeks, months or years."""
    return word.removesuffix("s") in (*_UNITS, "month", "mo", "quarter", "year", "yr")


def day_ahead(phrase: str, today: date) -> date | None:
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
    return add_months(today, int(months)) + timedelta(days=round((months % 1) * 30))
