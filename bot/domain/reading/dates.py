"""Where a text speaks of time: dates, times, ranges, durations and recurrences, as exact spans.

Words are found by class, then neighbours are joined ("next friday" + "at" + "3pm"); both steps are linear.
What a span means on the calendar is decided in `bot.domain.reading.timeline`.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.domain.reading.date_hints import searchable
from bot.domain.reading.date_patterns import HINT, HINTS, PATTERNS, DateKind


class DateSpan(NamedTuple):
    """A stretch `[start, end)` that speaks of time."""

    start: int
    end: int
    kind: DateKind


_FLAGS = re.IGNORECASE
_JOIN_GAP = re.compile(
    r"\s*(?:,|@|\()?\s*(?:at|around|about|by|on|of|in|for|this|the|any\s?time)?\s*(?:the\s+)?", _FLAGS
)
_RANGE_GAP = re.compile(r"\s*(?:-|–|—|~)\s*|\s+(?:to|till?|until|through|thru)\s+(?:the\s+)?", _FLAGS)
_AND_GAP = re.compile(r"\s+(?:and|or)\s+(?:the\s+)?", _FLAGS)
_OPENING = re.compile(r"\b(?:from|between)\s+(?:the\s+)?$", _FLAGS)
_PREFIX = re.compile(
    r"(?<![\w-])(?:(?:(?:no\s+later\s+than|on\s+or\s+(?:before|after)|any\s?time\s+(?:before|after|"
    r"from|in|during)|starting(?:\s+(?:from|in|on))?|"
    r"beginning(?:\s+in)?|as\s+of|prior\s+to|before|after|since|until|til|till|by|as\s+early\s+as|"
    r"as\s+late\s+as|(?:not|nothing|never)\s+(?:before|until|till)|(?:not|no)\s+(?:earlier|sooner)\s+than|sometime)\s+(?:the\s+)?)?"
    r"(?:(?:the\s+)?(?:very\s+)?(?:early|late|later|earlier|mid|beginning\s+of|start\s+of|"
    r"middle\s+of|end\s+of|(?:first|second)\s+half\s+of|anfang|mitte|ende|d[ée]but|mi|fin(?:\s+de)?|(?:a\s+)?(?:principios|"
    r"inicios|mediados|fin(?:al)?es)\s+de)"
    r"(?:\s+in)?[\s-]+(?:the\s+)?)?)$",
    _FLAGS,
)
_NOT = re.compile(r"(?<![\w'])not\s+$", _FLAGS)
_LOOK_BACK = 44


def find_dates(text: str) -> list[DateSpan]:
    """Return every stretch of a text that speaks of time, in order, never overlapping."""
    if not HINT.search(text):
        return []
    spans = _longest(
        [
            DateSpan(m.start(), m.end(), kind)
            for kind, pattern in _worth_trying(text)
            for m in pattern.finditer(text)
        ]
    )
    spans = [_trim(text, span) for span in spans]
    spans = _join(text, spans)
    spans = [_extend(text, span) for span in _join_ranges(text, spans)]
    return [span for span in _longest(spans) if span.kind != "hour" and _stands_alone(text, span)]


def _worth_trying(text: str) -> Iterator[tuple[DateKind, re.Pattern[str]]]:
    """Yield the patterns of whose hints the text holds one."""
    searched = searchable(text)
    there = {hint for hint in HINTS if hint in searched}
    for kind, hints, pattern in PATTERNS if there else ():
        if not there.isdisjoint(hints):
            yield kind, pattern


def _longest(spans: list[DateSpan]) -> list[DateSpan]:
    chosen: list[DateSpan] = []
    is_taken = bytearray(max((span.end for span in spans), default=0))
    for span in sorted(spans, key=lambda s: (s.start - s.end, s.start)):
        if not any(is_taken[span.start : span.end]):
            is_taken[span.start : span.end] = b"\x01" * (span.end - span.start)
            chosen.append(span)
    return sorted(chosen)


def _trim(text: str, span: DateSpan) -> DateSpan:
    raw = text[span.start : span.end]
    return span._replace(end=span.start + len(raw.rstrip(" ,;-/")))


def _join(text: str, spans: list[DateSpan]) -> list[DateSpan]:
    """Join a day with its time, a time with its part of the day."""
    joined: list[DateSpan] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last and _JOIN_GAP.fullmatch(text, last.end, span.start) and _fits(last.kind, span.kind):
            end = (
                span.end + 1
                if text[span.end : span.end + 1] == ")" and "(" in text[last.end : span.start]
                else span.end
            )
            joined[-1] = DateSpan(last.start, end, "range" if "range" in (last.kind, span.kind) else "day")
        else:
            joined.append(span)
    return joined


_DAYS = frozenset({"day", "month"})
_CLOCKS = frozenset({"time", "part"})


def _fits(first: DateKind, second: DateKind) -> bool:
    if "hour" in (first, second):
        other = second if first == "hour" else first
        return other in _CLOCKS or other in _DAYS or other == "set"
    if first in _CLOCKS:
        return second in _CLOCKS or second == "day"
    if first == "set":
        return second in _CLOCKS or second == "set"
    return first in _DAYS and (second in _CLOCKS or second in ("day", "year"))


def _join_ranges(text: str, spans: list[DateSpan]) -> list[DateSpan]:
    joined: list[DateSpan] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last and last.kind not in ("duration", "set") and span.kind not in ("duration", "set"):
            opening = _OPENING.search(text[max(0, last.start - _LOOK_BACK) : last.start])
            is_range = _RANGE_GAP.fullmatch(text, last.end, span.start) or (
                opening and _AND_GAP.fullmatch(text, last.end, span.start)
            )
            if is_range:
                start = last.start - len(opening.group()) if opening else last.start
                joined[-1] = DateSpan(start, span.end, "range")
                continue
        joined.append(span)
    return joined


def _extend(text: str, span: DateSpan) -> DateSpan:
    """Take in "before", "by", "end of", "early" and their like."""
    if span.kind in ("duration", "set"):
        return span
    before = _PREFIX.search(text[max(0, span.start - _LOOK_BACK) : span.start])
    if text[span.start : span.end].lower().startswith("this ") and (
        before_it := _NOT.search(text, 0, span.start)
    ):
        return DateSpan(before_it.start(), span.end, "range")
    if before and before.group().strip():
        return DateSpan(span.start - len(before.group()), span.end, "range")
    return span


_WORDLIKE = re.compile(
    r"(?:sat|sun|mar|march|may|wed|mon|thu|jan|second|spring|fall|am|a|day|night|or|to)\.?", _FLAGS
)


_MONTHLIKE = re.compile(r"(?:jan|mar|march|may|spring|fall)\.?", _FLAGS)
_VERB = re.compile(
    r"\s+(?:be|have|not|also|well|still|even|only|never|need|take|help|work|depend|come|go|want|cost|change)\b",
    _FLAGS,
)
"""What follows "may" where it is no month: "the next may be better"."""
_IN_MONTH = re.compile(r"\b(?:in|this|next)\s+$", _FLAGS)


def _stands_alone(text: str, span: DateSpan) -> bool:
    """Tell "sat" the weekday from "sat" the verb: short words need company or to be all there is."""
    raw = text[span.start : span.end]
    if raw.endswith("may") and _VERB.match(text, span.end):
        return False
    if not _WORDLIKE.fullmatch(raw) or raw[0].isupper() or len(text.strip()) == len(raw):
        return True
    return _MONTHLIKE.fullmatch(raw) is not None and _IN_MONTH.search(text, 0, span.start) is not None
