"""What a figure bounds: "up to 50 MB", "from €6", "< 5 V", "three nights or more".

Promises: pure; English, German, French and Spanish. How long before something has ends of its own: "until 48 hours
before" and "at least 48 hours before" are the same, and "from 48 hours before" is what they leave.
"""

import re
from enum import StrEnum

from knowledge.amounts import LEAST, MOST, WORDS

LOOKED_AT = 32  # characters before a figure
_OF = (
    r"(?:\s+(?:an?|einem|einer|un[ea]?)\s+[^\W\d]+)?(?:\s+(?:of|von|de|d['’]|the|der|dem|los|las|les|à|al?))?"
    r"\s*:?\s*\(?\s*$"
)
NOT_OVER = (
    r"(?:(?:not|never|cannot|can['’]t|n['’]t) exceed|"
    r"ne (?:(?:doi(?:t|vent)|peu(?:t|vent)) pas )?dépass(?:e|ent|er)(?: pas)?|"
    r"no (?:(?:deben?|pueden?) )?(?:superan?|superar|exceden?|exceder)|nicht über(?:schr|st)ei\w+)"
)
_MOST = re.compile(
    rf"(?:{MOST}|[<≤⩽]=?|\b(?:until|till|by|before|vor|avant|antes de(?:l| las?| los)?|a lo sumo|como máximo|"
    rf"au maximum|maximal|allenfalls|{NOT_OVER})\b){_OF}",
    re.IGNORECASE,
)
_LEAST = re.compile(
    rf"(?:{LEAST}|[>≥⩾]=?|\b(?:after|since|nach|seit|après|depuis|después de(?:l| las?| los)?|upwards of|"
    rf"wenigstens|por lo menos|como mínimo|au minimum|exceed(?:s|ed|ing)?|übersteig\w*|überschreit\w*|"
    rf"dépass(?:e|ent|ant)|superan?|supere[n]?|exceden?|rebasan?|"
    rf"(?:starts?|starting|begins?|beginn\w+) (?:at|bei))\b){_OF}",
    re.IGNORECASE,
)
_NAMED_END = re.compile(
    r"\b(?:(?P<least>min\w*|mindest\w*|mín\w*)|(?P<most>max\w*|máx\w*))\b(?:\s+[^\W\d]+){0,3}\s+"
    r"(?:is|are|es|est|ist|sind|beträgt|son)\s+(?:de\s+)?$",
    re.IGNORECASE,
)
_MARK_BEFORE = re.compile(r"(?:us\$|[€$£¥]|\b(?:eur|usd|gbp|chf))\s?$", re.IGNORECASE)
_MOST_AFTER = re.compile(
    r"\s*(?:[^\W\d]+\s+)?(?:nicht über(?:schr|st)ei\w+|or (?:less|fewer|under|younger)|"
    r"oder weniger|ou moins|o menos|at most|"
    r"höchstens|maximum|max\b)",
    re.IGNORECASE,
)
_LEAST_AFTER = re.compile(
    r"\s*(?:\+(?!\d)|(?:[^\W\d]+\s+)?(?:(?:or|and) (?:more|over|above|older|up)|(?:oder|und) (?:mehr|älter)|"
    r"ou plus|et plus|o más|y más|at least|mindestens|minimum))",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"[\s-]*[^\W\d]+\s+(?:before|prior|ahead|in advance|notice|earlier|vor|vorher|davor|zuvor|im voraus|avant|"
    r"à l['’]avance|antes|de antelación)\b",
    re.IGNORECASE,
)
# Who or how much, and no end: "by two people", "by 20 percent".
_BY = re.compile(r"\bby\s+$", re.IGNORECASE)
_COUNTED = re.compile(rf"(?:\d+|{'|'.join(WORDS)})\s+[a-z]{{3,}}")
_LATE = re.compile(
    r"\b(?:from|starting|within|in|less than|under|during|ab|innerhalb von|innerhalb der letzten|weniger als|unter|"
    r"à partir de|dès|moins de|dans les|a partir de|desde|menos de|en las|dentro de las)(?: the)?(?: last)?\s+$",
    re.IGNORECASE,
)
_EARLY = re.compile(
    r"\b(?:up to|until|till|to|at least|more than|bis(?: zu)?|spätestens|mindestens|mehr als|jusqu['’]à|au moins|"
    r"au plus tard|plus de|hasta|al menos|como mínimo|más de)\s+$",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:not|nicht|no|pas|never|nie|nunca|jamais)\s+$", re.IGNORECASE)


class Bound(StrEnum):
    """Which end a figure is."""

    LEAST = "least"
    MOST = "most"
    EARLY = "early"
    """How long before something at the latest: "up to 48 hours before", "at least 48 hours before"."""

    LATE = "late"
    """From how long before something on: "within 48 hours before", "from 48 hours before"."""


def find_bound(text: str, start: int, end: int) -> Bound | None:
    """Return which end the figure from `start` to `end` is, None where it is none."""
    if not _AHEAD.match(text, end):
        return find_end(text, start, end)
    before = text[max(0, start - LOOKED_AT) : start]
    if _LATE.search(before):
        return Bound.LATE
    return Bound.EARLY if _EARLY.search(before) else None


def find_end(text: str, start: int, end: int) -> Bound | None:
    """Do as `find_bound`, and also with how long before something it is: "until 48 hours before"."""
    before = text[max(0, start - LOOKED_AT) : start]
    if _BY.search(before) and _COUNTED.match(text, start):
        before = _BY.sub("", before)
    before = _MARK_BEFORE.sub("", before)
    found = [
        (pattern.search(before), bound) for pattern, bound in ((_MOST, Bound.MOST), (_LEAST, Bound.LEAST))
    ]
    # The longer is what is meant: "no less than" holds "less than".
    first = min(
        ((one.start(), bound, one) for one, bound in found if one), default=None, key=lambda one: one[0]
    )
    if first and not _DENIED.search(before[: first[0]]):
        return first[1]
    named = _NAMED_END.search(before)
    if named:
        return Bound.LEAST if named["least"] else Bound.MOST
    if _MOST_AFTER.match(text, end):
        return Bound.MOST
    return Bound.LEAST if _LEAST_AFTER.match(text, end) else None
