"""Numbers as people write them: digits with any separators, words, suffixes, fractions.

Promises linear time and exact spans. Whether a number counts people, money or days is decided elsewhere.
"""

import re
from typing import NamedTuple

from bot.domain.reading.digits import DIGITS, parse_digits, tidy
from bot.domain.reading.fractions_in_words import Token, denominator, is_tight, mixed_part
from bot.domain.reading.number_words import DENOMINATORS, LOOSE, SCALES, SPANISH, SUFFIXES, TENS, UNITS

_TOKEN = re.compile(
    rf"(?P<digits>{DIGITS})|(?P<word>[tkm](?=(?:eur|chf|usd|gbp)\b)|(?:tsd|mio|mrd)\.(?=\s*[^\W\d_]|\s*[€$£])|[^\W\d_]+)|(?P<dash>[-–])|(?P<slash>/)|(?P<other>[^\s\w])",
    re.IGNORECASE,
)
_HINT = re.compile(
    r"\d|\b(?:" + "|".join(sorted({*UNITS, *TENS, *SCALES, *DENOMINATORS, *LOOSE}, reverse=True)) + r")\b",
    re.IGNORECASE,
)


class Number(NamedTuple):
    """A number at `[start, end)`; `is_bare` if in plain digits, `scale` is the k, lakh or million it ends with."""

    start: int
    end: int
    value: float
    is_bare: bool
    scale: int = 1


def find_numbers(text: str, *, glued: bool = False) -> list[Number]:
    """Return the numbers of a text in order, never overlapping.

    Args:
        text: anything.
        glued: whether digits may follow letters, as in `Rs200` or `EUR20`.
    """
    if not _HINT.search(text):
        return []
    tokens = [Token(m.lastgroup or "", m.group().lower(), *m.span()) for m in _TOKEN.finditer(text)]
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


def _read_number(text: str, tokens: list[Token], index: int, *, glued: bool) -> tuple[Number, int] | None:
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
    scale = SCALES.get(last.text) or _suffix(text, last) or 1
    is_bare = is_bare and not has_fraction
    return Number(tokens[begin].start, last.end, tidy(sign * value), is_bare, scale), end


def _is_glued(text: str, token: Token) -> bool:
    before = text[token.start - 1] if token.start else " "
    return token.kind == "digits" and (before.isalpha() or before == "_")


def _is_sign(text: str, token: Token) -> bool:
    return token.start == 0 or text[token.start - 1] in " (\t\n:="


def _read_magnitude(
    text: str, tokens: list[Token], index: int, *, glued: bool = False
) -> tuple[float, int, bool] | None:
    token = tokens[index]
    if token.kind == "digits":
        return _read_from_digits(text, tokens, index, glued=glued)
    if token.kind != "word":
        return None
    if token.text in ("a", "an"):
        return _read_article(tokens, index)
    if token.text in LOOSE or token.text in ("half", "quarter"):
        return _read_loose(tokens, index)
    return _read_words(tokens, index)


def _read_from_digits(
    text: str, tokens: list[Token], index: int, *, glued: bool
) -> tuple[float, int, bool] | None:
    token = tokens[index]
    value = parse_digits(token.text)
    if value is None:
        return None
    follower = tokens[index + 1] if index + 1 < len(tokens) else None
    if follower is None or follower.kind != "word":
        return value, index + 1, True
    gap = follower.start - token.end
    if follower.text in SUFFIXES and gap <= _suffix_gap(text, follower):
        is_thousand = follower.text == "mil" and _IN_SPANISH.match(text, follower.end) is not None
        return value * (1_000 if is_thousand else _suffix(text, follower)), index + 2, False
    if gap <= 1 and follower.text in SCALES:
        total, end = _continue_words(tokens, index + 1, value)
        return total, end, False
    if follower.text == "point" and gap <= 1:
        return _read_point(tokens, index + 1, value)
    is_a_unit = follower.text in _ATTACHED or follower.text[0] >= _UNSPACED_SCRIPTS
    if gap == 0 and not is_a_unit and not glued:
        return None
    return value, index + 1, True


_THOUSAND_OF = re.compile(r"\s?(?:eur\b|€|chf\b)", re.IGNORECASE)


def _suffix(text: str, token: Token) -> int:
    """Return what a letter behind digits scales them by, 0 for none: the T of "20 TEUR" is a German thousand."""
    is_thousand = token.text == "t" and _THOUSAND_OF.match(text, token.end) is not None
    return 1_000 if is_thousand else SUFFIXES.get(token.text, 0)


_IN_SPANISH = re.compile(
    r"\s+(?:euros|pesos|d[óo]lares|soles|personas|empleados|usuarios|al|por)\b", re.IGNORECASE
)
"""What shows that "5 mil" are five thousand and no millions."""


def _suffix_gap(text: str, suffix: Token) -> int:
    """Return how far from its digits a suffix may stand: "10 k" and "5 M" yes, "5 m" and "3 t" no."""
    if suffix.text in ("cr", "mn", "mln", "mil", "bn") or text[suffix.start : suffix.end] == "l":
        return 1
    has_euros = suffix.text in ("k", "t") and _THOUSAND_OF.match(text, suffix.end) is not None
    return 2 if has_euros or text[suffix.start : suffix.end] in ("k", "K", "M") else 0


_ATTACHED = frozenset(
    {"x", "ish", "usd", "eur", "gbp", "rs", "pm", "am", "p", "people", "seats", "users", "person"}
)
_UNSPACED_SCRIPTS = "\u0590"
"""The first letter of the scripts, Hebrew to Hangul, that write a unit right behind its digits; "3D" is no three."""


def _read_article(tokens: list[Token], index: int) -> tuple[float, int, bool] | None:
    if index + 1 >= len(tokens):
        return None
    word = tokens[index + 1].text
    if word in SCALES and not word.endswith("s"):
        total, end = _continue_words(tokens, index + 1, 1)
        return total, end, False
    if word in LOOSE or word == "half":
        return _read_loose(tokens, index + 1)
    if word in DENOMINATORS and word not in ("second", "quarter", "third"):
        return 1 / DENOMINATORS[word], index + 2, False
    return None


def _read_loose(tokens: list[Token], index: int) -> tuple[float, int, bool] | None:
    word, end = tokens[index].text, index + 1
    following = [token.text for token in tokens[end : end + 3]]
    if word in ("half", "quarter"):
        skip = 1 if following[:1] in (["a"], ["of"]) else 0
        if len(following) > skip and following[skip] in ("million", "billion", "dozen", "thousand"):
            share = 0.5 if word == "half" else 0.25
            return share * SCALES[following[skip]], end + skip + 1, False
        return (
            (0.5, end, False) if word == "half" and following[:1] not in (["past"], ["an"], ["a"]) else None
        )
    skip = 1 if following[:1] == ["of"] else 0
    if len(following) > skip and following[skip] in SCALES:
        return float(LOOSE[word] * SCALES[following[skip]]), end + skip + 1, False
    return float(LOOSE[word]), end, False


def _read_words(tokens: list[Token], index: int) -> tuple[float, int, bool] | None:
    word = tokens[index].text
    if word not in UNITS and word not in TENS:
        return None
    value = float(UNITS.get(word, TENS.get(word, 0)))
    end = index + 1
    if word in TENS:
        unit = end + 1 if end < len(tokens) and tokens[end].kind == "dash" else end
        if unit < len(tokens) and 0 < UNITS.get(tokens[unit].text, 0) < 10:
            value, end = value + UNITS[tokens[unit].text], unit + 1
    if end < len(tokens) and tokens[end].text == "point":
        return _read_point(tokens, end, value)
    value, end = _continue_words(tokens, end, value)
    if end < len(tokens) and tokens[end].text == "point":
        return _read_point(tokens, end, value)
    if tokens[end - 1].text in SPANISH and tokens[end : end + 1] and tokens[end].text == "mil":
        return value * 1_000, end + 1, False
    return value, end, False


def _continue_words(tokens: list[Token], end: int, current: float) -> tuple[float, int]:
    """Read scales and what they add: `two` + `hundred and five thousand`."""
    total = 0.0
    ceiling = float("inf")
    while end < len(tokens):
        if tokens[end].kind == "dash" and end + 1 < len(tokens) and tokens[end + 1].text in SCALES:
            end += 1
        word = tokens[end].text
        scale = SCALES.get(word)
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


def _read_below_hundred(tokens: list[Token], end: int, *, may_continue: bool) -> tuple[float, int] | None:
    if not may_continue:
        return None
    start = end + 1 if end < len(tokens) and tokens[end].text in ("and", "-") else end
    if start >= len(tokens):
        return None
    word = tokens[start].text
    if word in TENS:
        unit = start + 2 if start + 1 < len(tokens) and tokens[start + 1].kind == "dash" else start + 1
        if unit < len(tokens) and 0 < UNITS.get(tokens[unit].text, 0) < 10:
            return float(TENS[word] + UNITS[tokens[unit].text]), unit + 1
        return float(TENS[word]), start + 1
    if word in UNITS:
        return float(UNITS[word]), start + 1
    return None


def _read_point(tokens: list[Token], end: int, whole: float) -> tuple[float, int, bool] | None:
    digits = ""
    index = end + 1
    while index < len(tokens):
        word = tokens[index].text
        if word in UNITS:
            digits += str(UNITS[word])
        elif tokens[index].kind == "digits" and word.isdigit():
            digits += word
        elif word in TENS:
            digits += str(TENS[word])
        else:
            break
        index += 1
    if not digits:
        return whole, end, False
    value = whole + float("0." + digits)
    scale = SCALES.get(tokens[index].text) if index < len(tokens) else None
    return (value * scale, index + 1, False) if scale else (value, index, False)


def _read_fraction(
    text: str, tokens: list[Token], end: int, value: float, *, first: int
) -> tuple[float, int, bool]:
    """Extend a number by `1/2`, `/5`, `thirds`, `and a half`, `over seven`, `out of ten`."""
    rest = [token.text for token in tokens[end : end + 5]]
    if not rest:
        return value, end, False
    if (
        tokens[end].kind == "slash"
        and is_tight(tokens, end)
        and rest[1:2]
        and tokens[end + 1].kind == "digits"
    ):
        below = parse_digits(rest[1]) or 0
        is_date = end + 2 < len(tokens) and tokens[end + 2].kind == "slash"
        return (value / below, end + 2, True) if below and not is_date else (value, end, False)
    if (mixed := mixed_part(tokens, end, rest)) is not None:
        return value + mixed[0], mixed[1], True
    if (rest[0] == "over" or rest[:2] == ["out", "of"]) and len(rest) > 1:
        below_read = _read_magnitude(text, tokens, end + (1 if rest[0] == "over" else 2))
        if below_read and below_read[0] and not _is_word(tokens, below_read[1], rest[0]):
            return value / below_read[0], below_read[1], True
    if tokens[first].kind == "word" and (below_words := denominator(tokens, end)):
        return value / below_words[0], below_words[1], True
    return value, end, False


def _is_word(tokens: list[Token], index: int, after: str) -> bool:
    """Tell "over 3 years" from "one over three"."""
    return after == "over" and index < len(tokens) and tokens[index].kind == "word"
