"""Numbers with what makes them a range: "between 10 and 15", "40–50", "at least 20", "50+", "20-ish".

A single figure is both ends; an open end is None.
"""

import re
from typing import NamedTuple

from bot.domain.reading.digits import tidy
from bot.domain.reading.numbers import Number, find_numbers

MOST_COUNTED = 10_000_000
"""Nobody has more people, or orders more."""


class Range(NamedTuple):
    """A figure or range: `[start, end)` has the figures alone, `[outer_start, outer_end)` what opens an end too."""

    start: int
    end: int
    low: float | None
    high: float | None
    outer_start: int
    outer_end: int
    is_bare: bool

    def may_count(self, *, least: int = 1) -> bool:
        """Whether it may count people or things: whole, and no more than anybody has (a phone number is more)."""
        values = [value for value in (self.low, self.high) if value is not None]
        return all(value == int(value) and least <= value < MOST_COUNTED for value in values)


_BETWEEN = re.compile(
    r"\s*(?:-|–|—|\bto\b|\band\b|\bor\b|\bthrough\b|\bbis\b|\bà\b|\bund\b|\bet\b|\by\b|\ba\b|\bhasta\b)\s*",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?<![\w])(?:(?P<low>at\s+least|no\s+less\s+than|not\s+less\s+than|a\s+minimum\s+of|"
    r"minimum(?:\s+of)?|min\.?|more\s+than|over|above|"
    r"greater\s+than|mindestens|wenigstens|mehr\s+als|au\s+moins|plus\s+de|al\s+menos|como\s+m[íi]nimo|m[áa]s\s+de|upwards?\s+of|exceeding|starting\s+at|from|>=?|≥)"
    r"|(?P<high>up\s+to|at\s+most|no\s+more\s+than|not\s+more\s+than|a\s+maximum\s+of|"
    r"maximum(?:\s+of)?|max\.?|less\s+than|"
    r"fewer\s+than|höchstens|maximal|bis\s+zu|weniger\s+als|au\s+(?:plus|maximum)|jusqu'[àa]|moins\s+de|hasta|como\s+m[áa]ximo|"
    r"m[áa]ximo|menos\s+de|lower\s+than|under|below|<=?|≤)"
    r"|(?P<pair>between|from|zwischen|entre)"
    r"|(?P<about>about|around|approx(?:\.|imately)?|roughly|circa|ca\.?|some|maybe|perhaps|probably|"
    r"nearly|almost|"
    r"exactly|just|only|like|say|~|≈))\s*$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s?(?:(?P<low>\+|or\s+more\b|or\s+greater\b|and\s+(?:more|up|above)\b|plus\b|minimum\b|at\s+least\b)"
    r"|(?P<high>or\s+(?:less|fewer)\b|max(?:imum)?\b|at\s+most\b|tops\b)"
    r"|(?P<about>-?ish\b|or\s+so\b|more\s+or\s+less\b|give\s+or\s+take\b))",
    re.IGNORECASE,
)
_AND = ("and", "und", "et", "y", "a")
"""Between two figures after "between", be the greater one the first."""
_LOOK_BACK = 22


def find_ranges(text: str) -> list[Range]:
    """Return every figure and range of a text, in order."""
    return ranges_of(text, find_numbers(text))


def ranges_of(text: str, numbers: list[Number]) -> list[Range]:
    """Pair up numbers that make a range, and widen each by the words that open an end."""
    ranges: list[Range] = []
    index = 0
    while index < len(numbers):
        first = numbers[index]
        second = numbers[index + 1] if index + 1 < len(numbers) else None
        if second and _is_pair(text, first, second):
            low = _share_scale(first, second)
            ranges.append(_pair(text, low, second))
            index += 2
        else:
            ranges.append(_single(text, first))
            index += 1
    return ranges


def _is_pair(text: str, first: Number, second: Number) -> bool:
    gap = text[first.end : second.start]
    # The sign of "40 -50" was read as a minus; as a range it is a dash.
    if second.value < 0 <= first.value and text[second.start] in "-–":
        gap = text[first.end : second.start + 1]
    if not _BETWEEN.fullmatch(gap):
        return False
    word = gap.strip().lower()
    if word in _AND and not re.search(
        r"\b(?:between|from|zwischen|entre|de)\s*\W?\s*$",
        text[max(0, first.start - _LOOK_BACK) : first.start],
        re.IGNORECASE,
    ):
        return False
    is_ordered = _share_scale(first, second).value <= abs(second.value)
    return is_ordered or (word in _AND and second.value >= 0)


def _share_scale(first: Number, second: Number) -> Number:
    """Read `25–40k` and `7-9 lakh` as both in thousands, both in lakh."""
    if first.scale > 1 or first.value * second.scale > abs(second.value):
        return first
    return first._replace(value=tidy(first.value * second.scale))


def _pair(text: str, first: Number, second: Number) -> Range:
    low, high = sorted((first.value, abs(second.value)))
    figures = Range(first.start, second.end, low, high, 0, 0, first.is_bare and second.is_bare)
    wide = widen(text, figures)
    return wide._replace(low=figures.low, high=figures.high)


def _single(text: str, number: Number) -> Range:
    return widen(text, Range(number.start, number.end, number.value, number.value, 0, 0, number.is_bare))


def widen(text: str, figures: Range) -> Range:
    """Take in "at least", "up to", "or so" on either side, and open the end they open."""
    low, high = figures.low, figures.high
    outer_start, outer_end = figures.start, figures.end
    before = _BEFORE.search(text[max(0, figures.start - _LOOK_BACK) : figures.start])
    after = _AFTER.match(text, figures.end)
    if before:
        outer_start -= len(before.group())
        low, high = _open(before, low, high)
    if after:
        outer_end = after.end()
        low, high = _open(after, low, high)
    return figures._replace(low=low, high=high, outer_start=outer_start, outer_end=outer_end)


def _open(match: re.Match[str], low: float | None, high: float | None) -> tuple[float | None, float | None]:
    if match.group("low") and not match.group("low").lower().startswith("from"):
        return low, None
    if match.group("high"):
        return None, high
    return low, high
