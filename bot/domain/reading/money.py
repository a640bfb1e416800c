"""Sums of money: currency before or after, ranges, k, m and lakh, decimal commas, "per user per month".

A sum without a currency is no money here; `bot.domain.reading.budget` reads those where a budget is spoken of.
"""

import re
from typing import NamedTuple

from bot.domain.reading.currencies import (
    ANY_CURRENCY,
    CURRENCY_AFTER,
    CURRENCY_BEFORE,
    currency_code,
    dollars_of,
)
from bot.domain.reading.digits import parse_digits, tidy
from bot.domain.reading.numbers import Number, find_numbers
from bot.domain.reading.per import read_per
from bot.domain.reading.ranges import Range, ranges_of, widen


class Money(NamedTuple):
    """A sum at `[start, end)`; `[outer_start, outer_end)` takes in "about", "at least" and "per month"."""

    start: int
    end: int
    low: float | None
    high: float | None
    currency: str | None
    per: str | None
    outer_start: int
    outer_end: int

    @property
    def value(self) -> dict[str, float | str | None]:
        """The value of a money slot."""
        return {"min": self.low, "max": self.high, "currency": self.currency, "per": self.per}

    @property
    def is_floor(self) -> bool:
        """Whether it is "more than" a sum."""
        return self.low is not None and self.high is None

    def as_ceiling(self) -> "Money":
        """Return what "not more than" makes of "more than" a sum."""
        return self._replace(low=None, high=self.low)


_REACH = 26


def find_money(text: str, *, region: str = "US") -> list[Money]:
    """Return the sums that carry a currency, in order."""
    rupees = _RUPEES.get(region.upper()) if _LAKHS.search(text) else None
    if rupees is None and not ANY_CURRENCY.search(text):
        return []
    dollars = dollars_of(region)
    numbers = _join_spaced_cents(text, find_numbers(text, glued=True))
    figures = ranges_of(text, [_as_price(text, number) for number in numbers])
    sums = [
        money
        for item in figures
        if (money := _with_currency(text, item, dollars) or _in_lakhs(text, item, rupees))
    ]
    sums = _join_ranges(text, _join_cents(text, sums))
    return [_with_trailing_cents(text, money, figures) for money in sums]


_RUPEES = {"IN": "INR", "PK": "PKR", "BD": "BDT", "NP": "NPR"}
_LAKHS = re.compile(r"(?:\b|(?<=\d))(?:lakhs?|lacs?|lkhs?|k?crores?|cr)\b\.?", re.IGNORECASE)
_COUNTED_AFTER = re.compile(
    r"\s+(?!(?:for|per|an?|each|in|is|are|at|max\w*|budget|only|or|and|but|to|total|approx\w*|tops|please|would|will|every)\b)[^\W\d_]",
    re.IGNORECASE,
)


def _in_lakhs(text: str, figures: Range, rupees: str | None) -> Money | None:
    """Read "2 lakh" as money where lakhs are counted in, if no things follow ("2 lakh users")."""
    said = text[figures.start : figures.end]
    if rupees is None or not _LAKHS.search(said) or _COUNTED_AFTER.match(text, figures.end):
        return None
    return read_sum(text, figures)._replace(currency=rupees)


_FREE = re.compile(
    r"\W*(?:(?:it|that|this|it'?s|that'?s|is|should|must|has|to|be|completely|totally|entirely|all|for)\s+)*"
    r"(?P<free>free(?:\s+of\s+charge)?|at\s+no\s+(?:cost|charge)|no\s+charge|(?:v(?:ö|oe)llig\s+)?kostenlos|kostenfrei|"
    r"gratis|umsonst|gratuite?(?:ment)?|gratuit[oa])\W*",
    re.IGNORECASE,
)
_LONGEST_FREE = 60


def find_free(text: str) -> re.Match[str] | None:
    """Return the words (group `free`) of a text that says nothing but that something costs nothing."""
    return _FREE.fullmatch(text) if len(text) <= _LONGEST_FREE else None


_SPACED_CENTS = re.compile(
    r"\W*(?!(?:19|20)\d\d\b)(?P<whole>\d{1,3}(?:[.'\u00a0\u202f ]?\d{3})*)(?:\s*[.,]\s+|\s+[.,]?)(?P<cents>\d\d)(?!\d)"
)


def _join_spaced_cents(text: str, numbers: list[Number]) -> list[Number]:
    """Read the "12 99 €" and "12, 99 €" of a price tag as one figure, if a message is nothing else."""
    tag = _SPACED_CENTS.match(text)
    after = CURRENCY_AFTER.match(text, tag.end()) if tag else None
    if tag is None or after is None or text[after.end() :].strip(" .!?*"):
        return numbers
    whole = re.sub(r"\D", "", tag["whole"])
    value = tidy(int(whole) + int(tag["cents"]) / 100)
    return [Number(tag.start("whole"), tag.end(), value, is_bare=False)]


_CENT_GAP = re.compile(r"\s+(?:and\s+)?", re.IGNORECASE)


def _with_trailing_cents(text: str, money: Money, figures: list[Range]) -> Money:
    """Read the 43 of "20 dollars 43" as cents, if nothing is counted by it."""
    item = next((item for item in figures if item.start >= money.end), None)
    if item is None or money.low is None or money.low != money.high or money.low != int(money.low):
        return money
    is_cents = item.low == item.high and item.low in range(1, 100)
    is_counted = re.match(r"\s?[\w%$€£.,:/-]", text[item.end : item.end + 2])
    if not is_cents or is_counted or item.low is None or not _CENT_GAP.fullmatch(text, money.end, item.start):
        return money
    value = tidy(money.low + item.low / 100)
    return money._replace(end=item.end, outer_end=item.end, low=value, high=value)


def read_sum(text: str, figures: Range) -> Money:
    """Return a range without currency as a sum, with its "per …"."""
    per, end = read_per(text, figures.outer_end)
    return Money(figures.start, figures.end, figures.low, figures.high, None, per, figures.outer_start, end)


def _as_price(text: str, number: Number) -> Number:
    """Read `1.500` as fifteen hundred: no price has three decimals."""
    raw = text[number.start : number.end]
    if not number.is_bare or not re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", raw):
        return number
    value = parse_digits(raw, dot_groups=True)
    return number if value is None else number._replace(value=tidy(value))


def _with_currency(text: str, figures: Range, dollars: str) -> Money | None:
    offset = max(0, figures.start - _REACH)
    head = CURRENCY_BEFORE.search(text[offset : figures.start])
    tail = CURRENCY_AFTER.match(text, figures.end)
    if head is None and tail is None:
        return None
    code = currency_code(head.group() if head else tail.group(1) if tail else "", dollars)
    if head and tail is None and _is_only_a_letter(head.group(), figures):
        return None
    start = offset + head.start() if head else figures.start
    if head and tail and _NEXT_FIGURE.match(text, tail.end()):
        tail = None
    if head and tail and code not in (currency_code(tail.group(1), dollars), dollars):
        tail = None
    if head and tail:
        code = currency_code(tail.group(1), dollars) if code == dollars else code
    end = tail.end() if tail else figures.end
    wide = widen(text, figures._replace(start=start, end=end))
    low = None if figures.low is None else wide.low
    high = None if figures.high is None else wide.high
    per, outer_end = read_per(text, wide.outer_end)
    return Money(start, end, low, high, code, per, min(figures.outer_start, wide.outer_start), outer_end)


THOUSANDS = re.compile(r"\bgrand\b|\d\s?k\b", re.IGNORECASE)


def has_thousands(text: str, money: Money | Range) -> bool:
    """Whether a sum is written in thousands ("15k"): hardly anything but money is."""
    return THOUSANDS.search(text, money.start, money.end) is not None


_SMALLEST_LETTERED = 20


def _is_only_a_letter(head: str, figures: Range) -> bool:
    """Tell the quarter "Q2" and the level "L1" from the rand of "R200"."""
    return len(head) == 1 and "A" <= head <= "Z" and (figures.high or 0) < _SMALLEST_LETTERED


_NEXT_FIGURE = re.compile(r"\s?\d")
_PAIR_GAP = re.compile(r"\s*(?:-|–|—|to|and|or)\s*", re.IGNORECASE)
_PAIR_OPENS = re.compile(r"(?:between|from)\s*$", re.IGNORECASE)


def _is_range(text: str, low: Money, high: Money) -> bool:
    gap = text[low.end : high.start]
    if low.currency != high.currency or low.low is None or high.high is None or low.low > high.high:
        return False
    if not _PAIR_GAP.fullmatch(gap):
        return False
    needs_opening = gap.strip().lower() in ("and", "or")
    return not needs_opening or _PAIR_OPENS.search(text[max(0, low.start - 12) : low.start]) is not None


def _join_ranges(text: str, sums: list[Money]) -> list[Money]:
    """Join `$25k – $40k`, `from 10 dollars to 20 dollars`."""
    joined: list[Money] = []
    for item in sums:
        if joined and _is_range(text, joined[-1], item):
            low = joined[-1]
            joined[-1] = low._replace(
                end=item.end, high=item.high, per=item.per or low.per, outer_end=max(item.outer_end, item.end)
            )
        else:
            joined.append(item)
    return joined


def _join_cents(text: str, sums: list[Money]) -> list[Money]:
    """Join `two dollars and ten cents`; a lone cent is a hundredth."""
    joined: list[Money] = []
    for item in sums:
        if item.currency != "CENT":
            joined.append(item)
            continue
        cents = tidy((item.low or item.high or 0) / 100)
        last = joined[-1] if joined else None
        if last and last.low is not None and re.fullmatch(r"\s*(?:,|and|&)?\s*", text[last.end : item.start]):
            value = tidy(last.low + cents)
            joined[-1] = last._replace(end=item.end, low=value, high=value, outer_end=item.outer_end)
        else:
            pence = text[item.start : item.end].lower().rstrip().endswith(("pence", "penny"))
            joined.append(item._replace(low=cents, high=cents, currency="GBP" if pence else "USD"))
    return joined
