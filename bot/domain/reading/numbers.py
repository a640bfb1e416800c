"""Numbers as people write them: digits with any separators, words, suffixes, fractions.

Promises linear time and exact spans. Whether a number counts people, money or days is decided elsewhere.
"""

import re
from typing import NamedTuple

_UNITS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
} | {"nought": 0, "naught": 0, "nil": 0}
_TENS = {
    word: (index + 2) * 10
    for index, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    )
} | {"fourty": 40}
_SCALES = {
    "hundred": 100,
    "dozen": 12,
    "dz": 12,
    "thousand": 1_000,
    "grand": 1_000,
    "lakh": 100_000,
    "lac": 100_000,
    "lkh": 100_000,
    "million": 1_000_000,
    "mio": 1_000_000,
    "crore": 10_000_000,
    "cr": 10_000_000,
    "krore": 10_000_000,
    "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
}
_SCALES |= {word + "s": value for word, value in _SCALES.items()}
_SUFFIXES = {
    "k": 1_000,
    "m": 1_000_000,
    "mm": 1_000_000,
    "mn": 1_000_000,
    "mln": 1_000_000,
    "mil": 1_000_000,
    "b": 1_000_000_000,
    "bn": 1_000_000_000,
    "g": 1_000_000_000,
    "t": 1_000_000_000_000,
    "l": 100_000,
    "cr": 10_000_000,
}
_DENOMINATORS = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "eleventh": 11,
    "twelfth": 12,
    "fifteenth": 15,
    "twentieth": 20,
    "hundredth": 100,
    "thousandth": 1000,
    "millionth": 1_000_000,
}
_DENOMINATORS |= {word + "s": value for word, value in _DENOMINATORS.items() if not word.endswith("s")}
_LOOSE = {"couple": 2, "few": 3}
_SMALL_BASE = 1e6
_LIMIT = 1e24
"""No visitor means more; keeps `trillion trillion …` away from infinity."""

DIGITS = (
    r"(?:\d{1,2}(?:,\d\d)+,\d{3}(?:\.\d+)?(?!\d)|\d{1,3}(?:[,.'’ \u00a0\u202f]\d{3})+(?!\d|"
    r"\.\d+\.)(?:[.,]\d+)?"
    r"|(?<!\d\.)\d+\.\d+(?!\d|\.\d)(?:e[+-]?\d{1,3}(?!\w))?|(?<!\d,)\d+,\d+(?!\d|,\d)|"
    r"\d+(?:e[+-]?\d{1,3}(?!\w))?"
    r"|(?<![\d.,])[.,]\d+)(?:\^[+-]?\d{1,2}(?![\d.]))?"
)
_TOKEN = re.compile(
    rf"(?P<digits>{DIGITS})|(?P<word>[^\W\d_]+)|(?P<dash>[-–])|(?P<slash>/)|(?P<other>[^\s\w])"
)
_HINT = re.compile(
    r"\d|\b(?:"
    + "|".join(sorted({*_UNITS, *_TENS, *_SCALES, *_DENOMINATORS, *_LOOSE}, key=len, reverse=True))
    + r")\b",
    re.IGNORECASE,
)


class Number(NamedTuple):
    """A number at `[start, end)`; `is_bare` if in plain digits, `scale` is the k, lakh or million it ends with."""

    start: int
    end: int
    value: float
    is_bare: bool
    scale: int = 1


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


def parse_digits(text: str, *, dot_groups: bool = False) -> float | None:
    """Return the value of digits with separators, None if they make no number.

    Args:
        text: for example `1,234.50`, `1.234,50`, `12 500`, `.75`.
        dot_groups: whether `1.500` is fifteen hundred (prices in much of Europe) and not one and a half.
    """
    plain = re.sub(r"[\s'’]", "", text)
    if "^" in plain:
        return _power(plain)
    if "e" in plain.lower():
        return _to_float(plain.replace(",", "."))
    last = max(plain.rfind(","), plain.rfind("."))
    if last < 0:
        return _to_float(plain)
    mark, tail = plain[last], plain[last + 1 :]
    other = "." if mark == "," else ","
    if other in plain:
        return _to_float(plain[:last].replace(other, "").replace(mark, "") + "." + tail)
    groups = mark == "," or dot_groups or plain.count(mark) > 1
    head = plain[:last].replace(mark, "")
    if groups and len(tail) == 3 and head and (not head.startswith("0") or len(head) > 3):
        return _to_float(head + tail)
    return _to_float((head or "0") + "." + tail)


def _power(text: str) -> float | None:
    base, _, exponent = text.partition("^")
    value = parse_digits(base)
    return value ** int(exponent) if value and value < _SMALL_BASE else None


def find_numbers(text: str, *, glued: bool = False) -> list[Number]:
    """Return the numbers of a text in order, never overlapping.

    Args:
        text: anything.
        glued: whether digits may follow letters, as in `Rs200` or `EUR20`.
    """
    if not _HINT.search(text):
        return []
    tokens = [_Token(m.lastgroup or "", m.group().lower(), *m.span()) for m in _TOKEN.finditer(text)]
    numbers: list[Number] = []
    index = 0
    while index < len(tokens):
        found = (
            None
            if not glued and _is_glued(text, tokens[index])
            else _read_number(text, tokens, index, glued=glued)
        )
        if found is None:
            index += 1
            continue
        number, index = found
        numbers.append(number)
    return numbers


def _read_number(text: str, tokens: list[_Token], index: int, *, glued: bool) -> tuple[Number, int] | None:
    begin = index
    sign = 1
    token = tokens[index]
    if token.text in ("minus", "negative") or (token.kind == "dash" and _is_sign(text, token)):
        sign, index = -1, index + 1
        if index >= len(tokens) or (token.kind != "word" and tokens[index].start - token.end > 1):
            return None
    read = _read_magnitude(text, tokens, index, glued=glued)
    if read is None:
        return None
    value, end, is_bare = read
    value, end, has_fraction = _read_fraction(text, tokens, end, value, first=index)
    last = tokens[end - 1]
    scale = _SCALES.get(last.text) or _SUFFIXES.get(last.text) or 1
    is_bare = is_bare and not has_fraction
    return Number(tokens[begin].start, last.end, tidy(sign * value), is_bare, scale), end


def _is_glued(text: str, token: _Token) -> bool:
    before = text[token.start - 1] if token.start else " "
    return token.kind == "digits" and (before.isalpha() or before == "_")


def _is_sign(text: str, token: _Token) -> bool:
    return token.start == 0 or text[token.start - 1] in " (\t\n:="


def _read_magnitude(
    text: str, tokens: list[_Token], index: int, *, glued: bool = False
) -> tuple[float, int, bool] | None:
    token = tokens[index]
    if token.kind == "digits":
        return _read_from_digits(text, tokens, index, glued=glued)
    if token.kind != "word":
        return None
    if token.text in ("a", "an"):
        return _read_article(tokens, index)
    if token.text in _LOOSE or token.text in ("half", "quarter"):
        return _read_loose(tokens, index)
    return _read_words(tokens, index)


def _read_from_digits(
    text: str, tokens: list[_Token], index: int, *, glued: bool
) -> tuple[float, int, bool] | None:
    token = tokens[index]
    value = parse_digits(token.text)
    if value is None:
        return None
    follower = tokens[index + 1] if index + 1 < len(tokens) else None
    if follower is None or follower.kind != "word":
        return value, index + 1, True
    gap = follower.start - token.end
    if follower.text in _SUFFIXES and gap <= _suffix_gap(text, follower):
        return value * _SUFFIXES[follower.text], index + 2, False
    if gap <= 1 and follower.text in _SCALES:
        total, end = _continue_words(tokens, index + 1, value)
        return total, end, False
    if follower.text == "point" and gap <= 1:
        return _read_point(tokens, index + 1, value)
    if gap == 0 and follower.text not in _ATTACHED and not glued:
        return None
    return value, index + 1, True


def _suffix_gap(text: str, suffix: _Token) -> int:
    """Return how far from its digits a suffix may stand: "10 k" and "5 M" yes, "5 m" and "3 t" no."""
    if suffix.text in ("cr", "mn", "mln", "mil", "bn") or text[suffix.start : suffix.end] == "l":
        return 1
    return 2 if text[suffix.start : suffix.end] in ("k", "K", "M") else 0


_ATTACHED = frozenset(
    {"x", "ish", "usd", "eur", "gbp", "rs", "pm", "am", "p", "people", "seats", "users", "person"}
)


def _read_article(tokens: list[_Token], index: int) -> tuple[float, int, bool] | None:
    if index + 1 >= len(tokens):
        return None
    word = tokens[index + 1].text
    if word in _SCALES and not word.endswith("s"):
        total, end = _continue_words(tokens, index + 1, 1)
        return total, end, False
    if word in _LOOSE or word == "half":
        return _read_loose(tokens, index + 1)
    if word in _DENOMINATORS and word not in ("second", "quarter", "third"):
        return 1 / _DENOMINATORS[word], index + 2, False
    return None


def _read_loose(tokens: list[_Token], index: int) -> tuple[float, int, bool] | None:
    word, end = tokens[index].text, index + 1
    following = [token.text for token in tokens[end : end + 3]]
    if word in ("half", "quarter"):
        skip = 1 if following[:1] in (["a"], ["of"]) else 0
        if len(following) > skip and following[skip] in ("million", "billion", "dozen", "thousand"):
            share = 0.5 if word == "half" else 0.25
            return share * _SCALES[following[skip]], end + skip + 1, False
        return (
            (0.5, end, False) if word == "half" and following[:1] not in (["past"], ["an"], ["a"]) else None
        )
    skip = 1 if following[:1] == ["of"] else 0
    if len(following) > skip and following[skip] in _SCALES:
        return float(_LOOSE[word] * _SCALES[following[skip]]), end + skip + 1, False
    return float(_LOOSE[word]), end, False


def _read_words(tokens: list[_Token], index: int) -> tuple[float, int, bool] | None:
    word = tokens[index].text
    if word not in _UNITS and word not in _TENS:
        return None
    value = float(_UNITS.get(word, _TENS.get(word, 0)))
    end = index + 1
    if word in _TENS:
        unit = end + 1 if end < len(tokens) and tokens[end].kind == "dash" else end
        if unit < len(tokens) and 0 < _UNITS.get(tokens[unit].text, 0) < 10:
            value, end = value + _UNITS[tokens[unit].text], unit + 1
    if end < len(tokens) and tokens[end].text == "point":
        return _read_point(tokens, end, value)
    value, end = _continue_words(tokens, end, value)
    if end < len(tokens) and tokens[end].text == "point":
        return _read_point(tokens, end, value)
    return value, end, False


def _continue_words(tokens: list[_Token], end: int, current: float) -> tuple[float, int]:
    """Read scales and what they add: `two` + `hundred and five thousand`."""
    total = 0.0
    ceiling = float("inf")
    while end < len(tokens):
        if tokens[end].kind == "dash" and end + 1 < len(tokens) and tokens[end + 1].text in _SCALES:
            end += 1
        word = tokens[end].text
        scale = _SCALES.get(word)
        if scale is None:
            break
        if scale in (100, 12):
            current *= scale
        elif scale < ceiling:
            total, current, ceiling = total + current * scale, 0.0, scale
        else:
            total, current = (total + current) * scale, 0.0
        end += 1
        rest = _read_below_hundred(tokens, end, may_continue=current == 0 or scale == 100)
        if rest is None:
            continue
        current, end = current + rest[0], rest[1]
    return total + current, end


def _read_below_hundred(tokens: list[_Token], end: int, *, may_continue: bool) -> tuple[float, int] | None:
    if not may_continue:
        return None
    start = end + 1 if end < len(tokens) and tokens[end].text in ("and", "-") else end
    if start >= len(tokens):
        return None
    word = tokens[start].text
    if word in _TENS:
        unit = start + 2 if start + 1 < len(tokens) and tokens[start + 1].kind == "dash" else start + 1
        if unit < len(tokens) and 0 < _UNITS.get(tokens[unit].text, 0) < 10:
            return float(_TENS[word] + _UNITS[tokens[unit].text]), unit + 1
        return float(_TENS[word]), start + 1
    if word in _UNITS:
        return float(_UNITS[word]), start + 1
    return None


def _read_point(tokens: list[_Token], end: int, whole: float) -> tuple[float, int, bool] | None:
    digits = ""
    index = end + 1
    while index < len(tokens):
        word = tokens[index].text
        if word in _UNITS:
            digits += str(_UNITS[word])
        elif tokens[index].kind == "digits" and word.isdigit():
            digits += word
        elif word in _TENS:
            digits += str(_TENS[word])
        else:
            break
        index += 1
    if not digits:
        return whole, end, False
    value = whole + float("0." + digits)
    scale = _SCALES.get(tokens[index].text) if index < len(tokens) else None
    return (value * scale, index + 1, False) if scale else (value, index, False)


def _read_fraction(
    text: str, tokens: list[_Token], end: int, value: float, *, first: int
) -> tuple[float, int, bool]:
    """Extend a number by `1/2`, `/5`, `thirds`, `and a half`, `over seven`, `out of ten`."""
    rest = [token.text for token in tokens[end : end + 5]]
    if not rest:
        return value, end, False
    if (
        tokens[end].kind == "slash"
        and _is_tight(tokens, end)
        and rest[1:2]
        and tokens[end + 1].kind == "digits"
    ):
        below = parse_digits(rest[1]) or 0
        is_date = end + 2 < len(tokens) and tokens[end + 2].kind == "slash"
        return (value / below, end + 2, True) if below and not is_date else (value, end, False)
    if (mixed := _mixed(tokens, end, rest)) is not None:
        return value + mixed[0], mixed[1], True
    if (rest[0] == "over" or rest[:2] == ["out", "of"]) and len(rest) > 1:
        below_read = _read_magnitude(text, tokens, end + (1 if rest[0] == "over" else 2))
        if below_read and below_read[0] and not _is_word(tokens, below_read[1], rest[0]):
            return value / below_read[0], below_read[1], True
    if tokens[first].kind == "word" and (below_words := _denominator(tokens, end)):
        return value / below_words[0], below_words[1], True
    return value, end, False


def _is_word(tokens: list[_Token], index: int, after: str) -> bool:
    """Tell "over 3 years" from "one over three"."""
    return after == "over" and index < len(tokens) and tokens[index].kind == "word"


def _mixed(tokens: list[_Token], end: int, rest: list[str]) -> tuple[float, int] | None:
    """Read what follows a whole number: `and a half`, `and two thirds`, ` 1/4`."""
    if rest[0] == "and" and len(rest) > 2 and (below := _denominator(tokens, end + 2)):
        if rest[1] in ("a", "an") and rest[3:4] not in (["to"], ["past"], ["of"]):
            scale = _SCALES.get(rest[3], 1) if len(rest) > 3 else 1
            return scale / below[0], below[1] + (scale > 1)
        if rest[1] in _UNITS:
            return _UNITS[rest[1]] / below[0], below[1]
    has_slash = len(rest) > 2 and rest[1] == "/" and rest[0].isdecimal() and rest[2].isdecimal()
    if has_slash and _is_tight(tokens, end + 1) and tokens[end - 1].kind == "digits":
        above, under = int(rest[0][:3]), int(rest[2][:3])
        return (above / under, end + 3) if 0 < above < under <= _LARGEST_FRACTION else None
    return None


_LARGEST_FRACTION = 16
"""Rulers and recipes: beyond sixteenths a slash is a date or a reference."""


def _denominator(tokens: list[_Token], index: int) -> tuple[int, int] | None:
    """Read `fifths`, `quarter`, `twenty-fifth`."""
    if index >= len(tokens):
        return None
    word = tokens[index].text
    if word in _DENOMINATORS:
        return _DENOMINATORS[word], index + 1
    if word in _TENS:
        unit = index + 2 if index + 1 < len(tokens) and tokens[index + 1].kind == "dash" else index + 1
        name = tokens[unit].text if unit < len(tokens) else ""
        below = 1 if name in ("first", "firsts") else _DENOMINATORS.get(name, 0)
        if 0 < below < 10:
            return _TENS[word] + below, unit + 1
    return None


def _is_tight(tokens: list[_Token], index: int) -> bool:
    return tokens[index - 1].end == tokens[index].start and (
        index + 1 < len(tokens) and tokens[index].end == tokens[index + 1].start
    )


def tidy(value: float) -> float:
    """Return whole numbers as int, others rounded to what a person could have meant."""
    value = max(-_LIMIT, min(_LIMIT, value))
    if value == int(value):
        return int(value)
    return round(value, 10)


def _to_float(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if value < 1e300 else None
