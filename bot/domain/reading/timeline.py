"""What words about time mean on the calendar, seen from the visitor's now.

A named month or quarter runs from its first to its last day; "by" gives the end only, "after" the beginning
only; a month or day that has passed means its next occurrence. What is not understood is None, never a guess.
"""

import re
from datetime import date, datetime, timedelta

from bot.domain.reading import temporal_words as w
from bot.domain.reading.calendar_days import (
    day_ahead,
    is_calendar_unit,
    month_or_year,
    named_day,
    numeric_date,
    weekday_named,
)
from bot.domain.reading.periods import Period, add_months, quarter_period, relative_period, same_day

_FLAGS = re.IGNORECASE
_UNTIL = re.compile(
    r"^(?:by|before|until|till?|no\s+later\s+than|not\s+later\s+than|on\s+or\s+before|prior\s+to|"
    r"due)\s+(?:the\s+)?",
    _FLAGS,
)
_AFTER = re.compile(
    r"^(?:after|since|starting(?:\s+(?:from|in|on))?|beginning\s+in|as\s+of|as\s+early\s+as|"
    r"on\s+or\s+after|(?:not|nothing|never)\s+(?:before|until|till)|(?:not|no)\s+(?:earlier|sooner)\s+than|not(?=\s+this\s)|from)\s+(?:the\s+)?",
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
        r"first\s+half\s+of|anfang|d[ée]but|(?:a\s+)?(?:principios|inicios)\s+de)"
        r"(?:\s+in)?[\s-]+(?:the\s+)?", _FLAGS), "early"),
    (re.compile(
        r"^(?:the\s+)?(?:mid|middle\s+of|mitte|mi(?=[\s-])|(?:a\s+)?mediados\s+de)[\s-]*(?:the\s+)?", _FLAGS), "mid"),
    (re.compile(r"^(?:the\s+)?(?:late|later|second\s+half\s+of)(?:\s+in)?[\s-]+(?:the\s+)?", _FLAGS), "late"),
    (re.compile(
        r"^(?:the\s+)?(?:very\s+)?(?:end\s+of|ende|fin(?:\s+de)?|(?:a\s+)?fin(?:al)?es\s+de)\s+(?:the\s+)?",
        _FLAGS), "end"),
)  # fmt: skip
_SPLIT = re.compile(r"\s*(?:–|—|\s-\s)\s*|\s+(?:to|till?|until|through|thru|and|or)\s+(?:the\s+)?", _FLAGS)
_FISCAL = re.compile(r"\s*(?:of\s+)?\b(?:fy|fiscal(?:\s+year)?\s)\s?['’]?(?:20)?(\d\d)(?!\d)")
"""A company's own year is taken for the calendar's; nobody told when it begins."""
_TOO_SHORT = re.compile(r"\b(?:seconds?|secs?|minutes?|mins?|hours?|hrs?)\b")


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
    phrase = _FISCAL.sub(r" 20\1", phrase).strip()
    try:
        return _relation(phrase, now.date(), region) or _ask_dateparser(phrase, now, region)
    except (OverflowError, ValueError):
        return None


def _relation(phrase: str, today: date, region: str) -> Period | None:
    if match := _UNTIL.match(phrase):
        return _until(phrase, match.end(), today, region)
    if match := _WITHIN.match(phrase):
        ahead = day_ahead(phrase[match.end() :], today)
        return Period(today, ahead) if ahead else None
    parts = _SPLIT.split(phrase.removeprefix("from ").removeprefix("between "))
    if len(parts) == 2 and (both := _between(parts, today, region)):
        return both
    if match := _AFTER.match(phrase):
        return _after(phrase, match.end(), today, region)
    return _modified(phrase, today, region)


def _until(phrase: str, end: int, today: date, region: str) -> Period | None:
    inner = _relation(phrase[end:], today, region)
    if inner is None:
        return None
    is_before = phrase.startswith("before") and inner.first != inner.last and inner.first
    return Period(None, inner.first - timedelta(days=1) if is_before and inner.first else inner.last)


def _after(phrase: str, end: int, today: date, region: str) -> Period | None:
    inner = _relation(phrase[end:], today, region)
    if inner is None:
        return None
    follows = phrase.startswith(("after", "not this")) and inner.last is not None
    return Period((inner.last or today) + timedelta(days=1) if follows else inner.first, None)


def _between(parts: list[str], today: date, region: str) -> Period | None:
    first, last = parts
    end = _modified(last, today, region)
    if end is None or end.last is None:
        return None
    if re.fullmatch(rf"{w.DAY}|\d{{1,3}}", first, _FLAGS):
        if (amount := re.match(r"(?:in\s+)?\d+\s+(\w+)", last)) and is_calendar_unit(amount.group(1)):
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
        start = add_months(start, -12)
    return Period(start, end.last)


def _modified(phrase: str, today: date, region: str) -> Period | None:
    while match := _FILLER.match(phrase):
        if phrase.startswith("in ") and (ahead := day_ahead(phrase[3:], today)):
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
        months = {"early": (0, 3), "mid": (4, 8), "late": (9, 12), "end": (11, 12)}[part]
        first = add_months(period.first, months[0])
        return Period(first, add_months(period.first, months[1]) - timedelta(days=1))
    third = days // 3
    if part == "early":
        return Period(period.first, period.first + timedelta(days=max(0, third - 1)))
    if part == "mid":
        return Period(period.first + timedelta(days=third), period.last - timedelta(days=third))
    return Period(period.last - timedelta(days=max(0, third)), period.last)


def _core(phrase: str, today: date, region: str) -> Period | None:
    phrase = phrase.removeprefix("the ").strip()
    for reader in (named_day, relative_period, quarter_period, month_or_year, weekday_named):
        if period := reader(phrase, today):
            return period
    if period := numeric_date(phrase, today, region):
        return period
    if (
        ahead := day_ahead(
            phrase.removesuffix(" from now").removesuffix(" time").removesuffix(" from today"), today
        )
    ) is not None:
        return Period(today, ahead) if not phrase.endswith(("now", "time", "today")) else Period(ahead, ahead)
    return None


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
    return same_day(found.date()) if found else None
