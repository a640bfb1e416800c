"""Digits with any separators, as a pattern and as a value."""

import re

_SMALL_BASE = 1e6
_LIMIT = 1e24
"""No visitor means more; keeps `trillion trillion …` away from infinity."""

DIGITS = (
    r"(?:\d{1,2}(?:,\d\d)+,\d{3}(?:\.\d+)?(?!\d)|\d{1,3}(?:[,.'’ \u00a0\u202f]\d{3})+(?!\d|"
    r"\.\d+\.)(?:[.,]\d+)?"
    r"|(?<!\d\.)\d+\.\d+(?!\d|\.\d)(?:e[+-]?\d{1,3}(?!\w))?|(?<!\d,)\d+,\d+(?!\d|,\d)|"
    r"\d+(?:e[+-]?\d{1,3}(?!\w))?"
    r"|(?<![\d.,])[.,]\d+(?!\d|[.,]\d))(?:\^[+-]?\d{1,2}(?![\d.]))?"
)


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
