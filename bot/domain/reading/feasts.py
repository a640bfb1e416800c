"""When feasts are: Easter and what hangs on it, weekdays of a month, fixed days, and the moon's own calendars."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from bot.domain.reading.periods import Period, same_day

_FLAGS = re.IGNORECASE
_FROM_EASTER = (
    (r"good\s+friday", -2, -2),
    (r"easter\s+monday", 1, 1),
    (r"easter(?:\s+sunday)?", 0, 0),
    (r"holy\s+week", -6, 0),
    (r"palm\s+sunday", -7, -7),
    (r"ash\s+wednesday", -46, -46),
    (r"mardi\s+gras", -47, -47),
    (r"carnival", -51, -47),
    (r"ascension(?:\s+day)?", 39, 39),
    (r"pentecost|whitsun", 49, 49),
)
"""Days from Easter Sunday, first and last."""
_WEEKDAYS = (
    (r"thanks?giving(?:\s+day)?", 11, 3, 4, 0),
    (r"black\s+friday", 11, 3, 4, 1),
    (r"cyber\s+monday", 11, 3, 4, 4),
    (r"labou?r\s+day", 9, 0, 1, 0),
    (r"martin\s+luther\s+king.*|mlk\s+day", 1, 0, 3, 0),
    (r"presidents?'?s?\s+day", 2, 0, 3, 0),
    (r"columbus\s+day", 10, 0, 2, 0),
    (r"mother'?s?'?\s+day", 5, 6, 2, 0),
    (r"father'?s?'?\s+day", 6, 6, 3, 0),
)
"""Month, weekday (Monday is 0), which one of the month, days after it."""
_FIXED = (
    (r"(?:christmas|xmas|x-mas)\s+eve", (12, 24), (12, 24)),
    (r"(?:christmas|xmas|x-mas)(?:\s+day)?", (12, 25), (12, 25)),
    (r"boxing\s+day", (12, 26), (12, 26)),
    (r"new\s+year'?s?\s+eve", (12, 31), (12, 31)),
    (r"new\s+year(?:'?s)?(?:\s+day)?", (1, 1), (1, 1)),
    (r"halloween.*", (10, 31), (10, 31)),
    (r"valentine.*", (2, 14), (2, 14)),
    (r"(?:st|saint)\.?\s+patrick.*", (3, 17), (3, 17)),
    (r"independence\s+day", (7, 4), (7, 4)),
    (r"juneteenth", (6, 19), (6, 19)),
    (r"veterans?'?\s+day", (11, 11), (11, 11)),
    (r"cinco\s+de\s+mayo", (5, 5), (5, 5)),
    (r"earth\s+day", (4, 22), (4, 22)),
    (r"groundhog\s+day", (2, 2), (2, 2)),
    (r"april\s+fools?.*", (4, 1), (4, 1)),
    (r"all\s+saints(?:'?\s+day)?", (11, 1), (11, 1)),
)
_ISLAMIC = (
    (r"ramadan|ramzan", 9, 1, 29),
    (r"eid[\s-](?:al|ul)[\s-]adha", 12, 10, 0),
    (r"eid(?:[\s-](?:al|ul)[\s-]\w+)?", 10, 1, 0),
)
"""Month and day of the Islamic year, and how many days follow; a day may differ where the moon is watched."""
_CHINESE_NEW_YEAR = (
    "2026-02-17",
    "2027-02-06",
    "2028-01-26",
    "2029-02-13",
    "2030-02-03",
    "2031-01-23",
    "2032-02-11",
)
_DIWALI = ("2026-11-08", "2027-10-29", "2028-10-17", "2029-11-05", "2030-10-26", "2031-11-14", "2032-11-02")
_TABLES = ((r"chinese\s+new\s+year|lunar\s+new\s+year", _CHINESE_NEW_YEAR), (r"diwali|deepavali", _DIWALI))
_HOLIDAYS = re.compile(r"(?:(?:christmas|xmas|winter)\s+(?:holidays?|break)|holidays|festive\s+season)")
_YEAR = re.compile(r"\s+(?:of\s+)?((?:19|20)\d\d)$")


def feast(phrase: str, today: date) -> Period | None:
    """Return the days of a feast, the next one unless its year is told: "easter", "black friday 2027"."""
    phrase = phrase.removeprefix("this ").removeprefix("next ").removeprefix("coming ")
    told = _YEAR.search(phrase)
    name = phrase[: told.start()] if told else phrase
    find = _finder(name)
    if find is None:
        return None
    if told:
        return find(int(told[1]))
    years = (find(year) for year in range(today.year - 1, today.year + 3))
    return next((period for period in years if period and period.last and period.last >= today), None)


def _finder(name: str) -> Callable[[int], Period | None] | None:
    if _HOLIDAYS.fullmatch(name):
        return lambda year: Period(date(year, 12, 24), date(year + 1, 1, 1))
    for pattern, first, last in _FROM_EASTER:
        if re.fullmatch(pattern, name):
            return lambda year: Period(easter(year) + timedelta(first), easter(year) + timedelta(last))
    for pattern, month, weekday, which, after in _WEEKDAYS:
        if re.fullmatch(pattern, name):
            return lambda year: same_day(_weekday_of(year, month, weekday, which) + timedelta(after))
    for pattern, begins, ends in _FIXED:
        if re.fullmatch(pattern, name):
            return lambda year: Period(date(year, *begins), date(year, *ends))
    return _moon_finder(name)


def _moon_finder(name: str) -> Callable[[int], Period | None] | None:
    for pattern, month, day, more in _ISLAMIC:
        if re.fullmatch(pattern, name):
            return lambda year: _islamic(year, month, day, more)
    for pattern, days in _TABLES:
        if re.fullmatch(pattern, name):
            known = {found.year: found for found in map(date.fromisoformat, days)}
            return lambda year: same_day(known[year]) if year in known else None
    return None


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8)."""
    century, of_century = divmod(year, 100)
    golden = year % 19
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _weekday_of(year: int, month: int, weekday: int, which: int) -> date:
    first = date(year, month, 1)
    return first + timedelta((weekday - first.weekday()) % 7 + 7 * (which - 1))


_ISLAMIC_EPOCH = date(622, 7, 19).toordinal()
"""1 Muharram of the year 1 in the arithmetic Islamic calendar, in Gregorian days."""


def _islamic(year: int, month: int, day: int, more: int) -> Period | None:
    for islamic_year in range((year - 623) * 33 // 32, (year - 620) * 33 // 32 + 2):
        days = (
            (11 * islamic_year + 3) // 30
            + 354 * (islamic_year - 1)
            + 30 * (month - 1)
            - (month - 1) // 2
            + day
            - 1
        )
        first = date.fromordinal(_ISLAMIC_EPOCH + days)
        if first.year == year:
            return Period(first, first + timedelta(more))
    return None
