"""Parts of a whole in a row of tokens: `and a half`, `two thirds`, ` 1/4`, `twenty-fifth`."""

from typing import NamedTuple

from bot.domain.reading.number_words import DENOMINATORS, SCALES, TENS, UNITS


class Token(NamedTuple):
    """A word, number or mark at `[start, end)`."""

    kind: str
    text: str
    start: int
    end: int


def mixed_part(tokens: list[Token], end: int, rest: list[str]) -> tuple[float, int] | None:
    """Read what follows a whole number: `and a half`, `and two thirds`, ` 1/4`."""
    if rest[0] == "and" and len(rest) > 2 and (below := denominator(tokens, end + 2)):
        if rest[1] in ("a", "an") and rest[3:4] not in (["to"], ["past"], ["of"]):
            scale = SCALES.get(rest[3], 1) if len(rest) > 3 else 1
            return scale / below[0], below[1] + (scale > 1)
        if rest[1] in UNITS:
            return UNITS[rest[1]] / below[0], below[1]
    has_slash = len(rest) > 2 and rest[1] == "/" and rest[0].isdecimal() and rest[2].isdecimal()
    if has_slash and is_tight(tokens, end + 1) and tokens[end - 1].kind == "digits":
        above, under = int(rest[0][:3]), int(rest[2][:3])
        return (above / under, end + 3) if 0 < above < under <= _LARGEST_FRACTION else None
    return None


_LARGEST_FRACTION = 16
"""Rulers and recipes: beyond sixteenths a slash is a date or a reference."""


def denominator(tokens: list[Token], index: int) -> tuple[int, int] | None:
    """Read `fifths`, `quarter`, `twenty-fifth`."""
    if index >= len(tokens):
        return None
    word = tokens[index].text
    if word in DENOMINATORS:
        return DENOMINATORS[word], index + 1
    if word in TENS:
        unit = index + 2 if index + 1 < len(tokens) and tokens[index + 1].kind == "dash" else index + 1
        name = tokens[unit].text if unit < len(tokens) else ""
        below = 1 if name in ("first", "firsts") else DENOMINATORS.get(name, 0)
        if 0 < below < 10:
            return TENS[word] + below, unit + 1
    return None


def is_tight(tokens: list[Token], index: int) -> bool:
    """Tell whether nothing stands between a mark and its neighbours."""
    return tokens[index - 1].end == tokens[index].start and (
        index + 1 < len(tokens) and tokens[index].end == tokens[index + 1].start
    )
