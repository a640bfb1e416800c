"""Days and dates of a text: "3 May", "2025-05-03", "Monday to Friday", "in June".

Promises: pure; a range holds what lies between its ends, so that Wednesday is within Monday to Friday.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knowledge.amounts import WORDS
from knowledge.support.calendar_words import (
    EVERY_DAY,
    MONTHS,
    NUMBER_WORDS,
    TO,
    WEEKDAYS,
    WEEKENDS,
    WORKING_DAYS,
)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class DayOf:
    """A date, a month or a day of the week, as far as it is told; None is what is not told."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None

    def holds(self, other: "DayOf") -> bool:
        """Say whether all that the other tells is told here."""
        pairs = (
            (self.year, other.year), (self.month, other.month), (self.day, other.day), (self.weekday, other.weekday)
        )  # fmt: skip
        return all(theirs is None or ours == theirs for ours, theirs in pairs)


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


# English names of months are other words in small letters, or verbs: "may", "march".
_MONTH = rf"(?:(?-i:May|March|Mar|Mars)|(?!may\b|march\b|mar\b)(?:{_any_of(MONTHS)}))\b\.?"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_WEEKDAY = rf"\b(?:{_any_of(WEEKDAYS)})\b"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b",
        rf"(?<![\w.,])(?P<day>{_DAY})[./](?P<month>0?[1-9]|1[0-2])[./](?P<year>\d{{4}})\b",
        rf"(?<![\w.,])(?P<day>{_DAY})(?:st|nd|rd|th|\.|er|º)?\s+(?:of\s+|de\s+)?(?P<name>{_MONTH})"
        r"(?:,?\s+(?:de\s+|of\s+)?(?P<year>\d{4}))?",
        rf"\b(?P<name>{_MONTH})\s+(?P<day>{_DAY})(?:st|nd|rd|th)?\b(?!:|\s?(?:am|pm)\b)"
        r"(?:,?\s+(?P<year>\d{4}))?",
    )
)
_MONTH_ALONE = re.compile(rf"\b(?P<name>{_MONTH})(?:\s+(?:de\s+|of\s+)?(?P<year>\d{{4}}))?", re.IGNORECASE)
_MONTHS_BETWEEN = re.compile(
    rf"\b(?P<first>{_MONTH})\s*{TO}\s*(?:(?:end of|ende|fin)\s+)?(?P<last>{_MONTH})", re.IGNORECASE
)
_WEEKDAYS_BETWEEN = re.compile(rf"(?P<first>{_WEEKDAY})\s*(?P<to>{TO})\s*(?P<last>{_WEEKDAY})", re.IGNORECASE)
_ONE_WEEKDAY = re.compile(_WEEKDAY, re.IGNORECASE)
_SETS_OF_DAYS = tuple(
    (re.compile(rf"(?<!\w)(?:{_any_of(words)})(?!\w)", re.IGNORECASE), days)
    for words, days in ((EVERY_DAY, range(7)), (WORKING_DAYS, range(5)), (WEEKENDS, (5, 6)))
)
# "Five working days" are a span of time, and no days of the week.
_COUNTED = re.compile(rf"(?:\d|\b(?:one|{_any_of((*WORDS, *NUMBER_WORDS))}))\s$", re.IGNORECASE)
_AND = frozenset({"and", "und", "et", "y"})


def find_days(text: str) -> Iterator[tuple[set[DayOf], Span]]:
    """Yield the days that a text tells, each part of it once: a range with all it holds."""
    taken: list[Span] = []
    for days, span in _candidates(text):
        if days and not any(span[0] < end and start < span[1] for start, end in taken):
            taken.append(span)
            yield days, span


def _candidates(text: str) -> Iterator[tuple[set[DayOf], Span]]:
    for pattern in _DATES:
        yield from (({_date(found)}, found.span()) for found in pattern.finditer(text))
    for found in _MONTHS_BETWEEN.finditer(text):
        first, last = (_month(found[end]) - 1 for end in ("first", "last"))
        yield {DayOf(month=at % 12 + 1) for at in _circle(first, last, 12)}, found.span()
    yield from (({_date(found)}, found.span()) for found in _MONTH_ALONE.finditer(text))
    yield from _weekdays(text)


def _weekdays(text: str) -> Iterator[tuple[set[DayOf], Span]]:
    for found in _WEEKDAYS_BETWEEN.finditer(text):
        first, last = (WEEKDAYS[found[end].lower()] for end in ("first", "last"))
        days = (first, last) if found["to"].lower() in _AND else _circle(first, last, 7)
        yield {DayOf(weekday=at % 7) for at in days}, found.span()
    for found in _ONE_WEEKDAY.finditer(text):
        yield {DayOf(weekday=WEEKDAYS[found[0].lower()])}, found.span()
    for pattern, several in _SETS_OF_DAYS:
        found_apart = (one for one in pattern.finditer(text) if not _COUNTED.search(text[: one.start()]))
        yield from (({DayOf(weekday=at) for at in several}, one.span()) for one in found_apart)


def _circle(first: int, last: int, size: int) -> range:
    return range(first, last + 1 if first <= last else last + size + 1)


def _date(found: re.Match[str]) -> DayOf:
    parts = found.groupdict()
    month = _month(parts["name"]) if parts.get("name") else int(parts["month"])
    year, day = (int(parts[name]) if parts.get(name) else None for name in ("year", "day"))
    return DayOf(year, month, day)


def _month(name: str) -> int:
    return MONTHS[name.lower().rstrip(".")]
