"""Where a text speaks of time: dates, times, ranges, durations and recurrences, as exact spans.

Words are found by class, then neighbours are joined ("next friday" + "at" + "3pm"); both steps are linear.
What a span means on the calendar is decided in `bot.domain.reading.timeline`.
"""

import re
from typing import Literal, NamedTuple

from bot.domain.reading import temporal_words as w

DateKind = Literal["day", "time", "hour", "part", "period", "year", "month", "duration", "set", "range"]


class DateSpan(NamedTuple):
    """A stretch `[start, end)` that speaks of time."""

    start: int
    end: int
    kind: DateKind


_FLAGS = re.IGNORECASE
_HINT = re.compile(
    r"\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|today|"
    r"tomorrow|tmr|tonight|tonite|yesterday|"
    r"now|noon|midnight|(?:this|next|last|coming|upcoming|past|previous|each|every|all|same|current|"
    r"the)\s|spring|summer|autumn|fall|winter|"
    r"week|month|quarter|year|day|hour|minute|second|morning|evening|afternoon|night|daily|annual|"
    r"decade|centur|asap|soon|immediately|away|urgent|"
    r"eo[ymdwq]\b|lunch|easter|christmas|xmas|thanks|hallow|half|fortnight|twen|nine)",
    _FLAGS,
)
_GAP = r"(?:\s*[,/]\s*|\s*-\s*|\s+of\s+|\s+)"
_RANGE_WORD = r"(?:\s*(?:-|–|—|~)\s*|\s+(?:to|till?|until|through|thru|and|or)\s+(?:the\s+)?)"
_OPEN = r"(?:(?:from|between)\s+(?:the\s+)?)?"
_YEAR_TAIL = rf"(?:(?:\s*,\s*|\s+(?:of\s+|in\s+)?|\s*-\s*|\s*/\s*)(?:{w.YEAR}|{w.SHORT_YEAR}))?"
_COUNTED = (
    rf"{w.COUNT}(?:\s*-\s*|\s+(?:more\s+|extra\s+|additional\s+|full\s+|"
    rf"other\s+)?)?{w.UNIT}\b(?:\s+and\s+an?\s+half|\s+{w.FRACTION_TAIL})?"
)
_HOUR = rf"(?:1[0-2]|[1-9]|{w.HOUR_WORD})(?![\d:%/]|[.,]\d|-?\w)"
_DURATION = (
    rf"(?:(?:\d{{1,4}}|{w.WORD_BELOW_100}|an?)\s+and\s+(?:an?\s+)?(?:half|quarter|(?:one|two|"
    rf"three)\s+quarters?)(?:\s+of)?(?:\s+an?)?\s+{w.UNIT}\b"
    rf"|(?:\d{{1,3}}|{w.WORD_BELOW_100})(?:\s?(?:-|–|to|or)\s?(?:\d{{1,3}}|{w.WORD_BELOW_100}))\s+{w.UNIT}\b"
    rf"|{_COUNTED}(?:\s*(?:,\s*(?:and\s+)?|and\s+)?\s*(?:\d{{1,4}}|{w.WORD_BELOW_100}|half\s+an|"
    rf"an?)\s+{w.UNIT}\b){{0,4}})"
)
_PATTERNS: tuple[tuple[DateKind, str], ...] = (
    # 10/1-11/7, 10-1-2018-10-7-2018
    ("range", rf"{_OPEN}\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?\s?[-–]\s?\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?(?![\d/])"),
    ("range", rf"{_OPEN}\d{{1,2}}-\d{{1,2}}-\d{{4}}\s?[-–]\s?\d{{1,2}}-\d{{1,2}}-\d{{4}}(?!\d)"),
    ("day", rf"{w.DIGIT_YEAR}\s*[-/\s]\s*{w.MONTH}(?:\s*[-/\s]\s*{w.DAY})?(?!\w)"),
    ("day",
        rf"(?:{w.LONG_WEEKDAY}|mon|tue|wed|thu|fri)\s+(?:[12]\d|3[01]|0?[1-9])(?:[./-](?:[12]\d|3[01]|"
        rf"0?[1-9]))?(?![\w:/-]|\.\d|\s?(?:am|pm|people|to)\b)"),
    ("time", rf"{_OPEN}{_HOUR}\s*(?:-|–|to|and|until|till)\s*{w.CLOCK}"),
    ("time", rf"{_OPEN}{w.CLOCK}\s*(?:-|–|to|and|until|till)\s*(?:{w.CLOCK}|{_HOUR})"),
    ("hour", rf"(?:from|between)\s+{_HOUR}\s*(?:-|–|to|and|until|till)\s*{_HOUR}"),
    ("hour", rf"(?<=\bat |\bby ){_HOUR}|(?<=\baround ){_HOUR}|(?<=@ ){_HOUR}"),
    ("day", r"\d{1,2}ish\b|(?:later|earlier)\s+in\s+the\s+(?:day|week|month|year|quarter)\b"),
    ("set", r"everyday\b|annual\b"),
    ("duration", rf"½\s+(?:an?\s+)?{w.UNIT}\b"),
    ("month", r"(?<=\bfrom )may(?=\s+(?:to|until|till|through)\b)|(?<=\bbetween )may(?=\s+and\b)"),
    # 2019-03-04, 3/4/2019, 4.3.19, 3/4
    ("day",
        r"(?<![\d.,/$€£-])(?:(?:19|20)\d\d\s?[-/.]\s?(?:1[0-2]|0?[1-9])\s?[-/.]\s?(?:[12]\d|3[01]|"
        r"0?[1-9])(?:t\d\d:\d\d(?::\d\d)?z?)?"

        r"|(?:[12]\d|3[01]|0?[1-9])\s?([-/.])\s?(?:[12]\d|3[01]|0?[1-9])\s?\1\s?(?:(?:19|20)\d\d|"
        r"\d\d))(?![\d/]|[.-]\d|[^\W\d])"),
    ("day",
        r"(?<![\d.,/$€£-])(?:1[0-2]|0?[1-9])/(?:[12]\d|3[01]|0?[1-9])(?![\d/]|[.,-]\d|[^\W\d]|\s+of\b|"
        r"\s?(?:h|hrs?|hours?|days?)\b)"),
    ("range", rf"{_OPEN}{w.DAY}{_RANGE_WORD}{w.DAY}(?:\s*,?\s*(?:of\s+)?){w.MONTH}(?!\w){_YEAR_TAIL}"),
    ("range",
        rf"{_OPEN}{w.MONTH}\s*(?:the\s+)?{w.DAY}{_RANGE_WORD}(?:the\s+)?{w.DAY}(?!\s*{w.MONTH})(?![\w:/])"
        rf"{_YEAR_TAIL}"),
    ("day",
        rf"(?:{w.WEEKDAY}\s*,?\s*(?:the\s+)?)?(?:the\s+)?{w.DAY}(?:\s*[-,/]?\s*|"
        rf"\s+(?:day\s+)?of\s+)(?:{w.MONTH}|this\s+month|next\s+month|the\s+month)(?!\w){_YEAR_TAIL}"),
    ("day",
        rf"(?:{w.WEEKDAY}\s*,?\s*(?:the\s+)?)?{w.MONTH}(?:\s*[-,/.]?\s*|\s+the\s+){w.DAY}(?![\w%]|"
        rf":\d){_YEAR_TAIL}"),
    ("day", rf"(?:{w.LONG_WEEKDAY}|mon|tue|wed|thu|fri)\s*,?\s+(?:the\s+)?{w.ORDINAL}(?!\w)"),
    ("day", rf"(?<=\bon )the\s+{w.ORDINAL}\b(?=[\s.,;!?]|$)(?!\s+(?:of|{w.UNIT}|\w+))"),
    ("day",
        r"(?:the\s+)?day\s+(?:after\s+tomorrow|before\s+yesterday)|todays?|tomorrow|tmrw?|tmr|yesterday|"
        r"(?:the\s+)?(?:same|following|next)\s+day"

        r"|the\s+day\s+(?:after|before)(?=\s*[.?!]|$)|right\s+now|just\s+now|now(?=\s*[.?!,]|\s*$|"
        r"\s+(?:and|to|until|till)\b)|asap|as\s+soon\s+as\s+possible|immediately|right\s+away|"
        r"straight\s+away|at\s+the\s+moment|currently"),
    ("day",
        rf"{w.ORDINAL}\s+(?:to\s+last\s+)?{w.LONG_WEEKDAY}\s+(?:of|in)\s+(?:{w.MONTH}|(?:{w.RELATIVE}|"
        rf"the)\s+(?:month|year|quarter|{w.MONTH}))(?!\w){_YEAR_TAIL}"),
    ("day",
        rf"(?:the\s+)?last\s+(?:{w.LONG_WEEKDAY}|day|(?:business|working)\s+day)\s+(?:of|"
        rf"in)\s+(?:{w.MONTH}|(?:{w.RELATIVE}|the)\s+(?:month|year|quarter))(?!\w){_YEAR_TAIL}"),
    ("day", rf"(?:{w.RELATIVE}\s+)?{w.HOLIDAY}(?!\w)(?:\s+(?:of\s+)?{w.YEAR})?"),
    ("day", rf"(?:{w.RELATIVE}\s+)(?:week(?:'?s)?\s+)?{w.WEEKDAY}(?!\w)"),
    ("day", rf"{w.WEEKDAY}(?:\s*,?\s+(?:of\s+)?(?:{w.RELATIVE}|the\s+(?:following|next))\s+week)?(?!\w)"),
    ("period",
        rf"(?:the\s+)?(?:{w.ORDINAL}|last|1st|2nd|3rd|4th|5th)\s+(?:full\s+)?(?:week|wk|weekend|wkend|"
        rf"day|month|quarter|half|\d+\s+days)\s+(?:of|in)\s+(?:{w.MONTH}|{w.YEAR}|(?:{w.RELATIVE}|"
        rf"the)\s+(?:month|year|quarter)){_YEAR_TAIL}"),
    ("period",
        rf"(?:the\s+)?(?:{w.ORDINAL}\s+(?:quarter|half)|[qh][1-4]|"
        rf"quarter\s+[1-4])(?!\w)(?:(?:\s*[-/,]?\s*|\s+(?:of|in)\s+)(?:{w.YEAR}|{w.SHORT_YEAR}|"
        rf"\d\d(?!\d)|(?:{w.RELATIVE}|the)\s+year))?"),
    ("period", rf"{w.DIGIT_YEAR}\s*[-,]?\s*(?:[qh][1-4])\b"),
    ("period",
        rf"(?:the\s+)?week(?:end)?\s+(?:of|starting|beginning|"
        rf"commencing)\s+(?:the\s+)?(?:{w.MONTH}\s+{w.DAY}|{w.DAY}(?:\s+(?:of\s+)?{w.MONTH})?|"
        rf"{w.HOLIDAY})(?!\w){_YEAR_TAIL}"),
    ("period", rf"week\s+\d{{1,2}}\b(?:\s+of\s+{w.YEAR})?"),
    ("period", rf"(?:{w.RELATIVE})\s+(?:{w.COUNT}\s+)?{w.PERIOD_UNIT}\b(?!\s+(?:ago|from\s+now))"),
    ("period", rf"{w.COUNT}\s+(?:next|last|coming|upcoming|past|previous|following)\s+{w.PERIOD_UNIT}\b"),
    ("period", rf"(?:the\s+)?(?:{w.RELATIVE})\s+(?:{w.SEASON}|{w.MONTH})(?!\w){_YEAR_TAIL}"),
    ("period", rf"(?:{w.RELATIVE})\s+(?:(?:morning|afternoon|evening|night|lunch|noon)s?)\b"),
    ("period", rf"{w.SEASON}(?:\s+(?:of\s+)?(?:{w.YEAR}|{w.SHORT_YEAR}))"),
    ("period",
        r"(?:the\s+)?(?:(?:19|20)\d0['’]?s|['’]?[2-9]0['’]?s|(?:nineteen\s+)?(?:twenties|thirties|"
        r"forties|fifties|sixties|seventies|eighties|nineties))\b"),
    ("period", rf"(?:the\s+)?{w.ORDINAL}\s+century\b|year\s+{w.DIGIT_YEAR}"),
    ("period",
        r"eo[ymdwq]\b|(?:end|start|beginning|middle)\s+of\s+(?:the\s+|this\s+|next\s+|last\s+)?(?:week|"
        r"month|quarter|year|day|business)\b|year[\s-]end|month[\s-]end"),
    ("month",
        rf"(?:{w.LONG_MONTH}|{w.SHORT_MONTH})(?:\s*,?\s*(?:of\s+)?(?:(?:{w.RELATIVE})\s+year|{w.YEAR}|"
        rf"{w.SHORT_YEAR})|\s*[-/]\s*{w.DIGIT_YEAR})?(?![\w])"),
    ("month",
        rf"may\s*,?\s*(?:of\s+)?{w.YEAR}(?!\w)|(?<=\bin )may\b(?!\s+\w)|(?<=\bby )may\b|(?<=\bof )may\b|"
        rf"(?<=\buntil )may\b|(?<=\bsince )may\b|(?<=\bmid )may\b|(?<=\blate )may\b|(?<=\bearly )may\b"),
    # A capital "May" that ends what is said is the month; the verb does neither.
    ("month", r"(?-i:May)(?=\s*(?:$|[.,!?;)]))|^\W*may(?=\W*$)"),
    ("month", rf"(?:1[0-2]|0[1-9])\s?[-/.]\s?{w.DIGIT_YEAR}(?![-/\d])"),
    ("time", rf"(?<![\d.,:$€£]){w.CLOCK}(?![\d:%]){w.ZONE}?"),
    ("part",
        rf"(?:in\s+the\s+|later\s+in\s+the\s+|early\s+in\s+the\s+|at\s+(?=night|noon|midnight)|"
        rf"during\s+the\s+|(?:later|early|earlier|late)\s+)?{w.PART_OF_DAY}\b"),
    ("part", r"(?:early|late|later|earlier)\s+(?:this|tomorrow|today)\s+(?:morning|afternoon|evening|night)"),
    ("set",
        rf"(?:every|each|all)\s+(?:other\s+|single\s+|{w.ORDINAL}\s+|\d{{1,3}}\s+|{w.WORD_BELOW_100}\s+|"
        rf"few\s+|couple\s+(?:of\s+)?)?"
            rf"(?:{w.UNIT}|{w.WEEKDAY}|{w.MONTH}|{w.PART_OF_DAY}|weekday|{w.SEASON})(?!\w)"),
    ("set",
        r"(?:bi-?|semi-?)?(?:daily|weekly|monthly|quarterly|yearly|annually|hourly|nightly|"
        r"fortnightly)\b|weekdays\b|weekends\b"),
    ("set",
        rf"(?:once|twice|{w.COUNT}\s+times)\s+(?:an?|per|each|every)\s+{w.UNIT}\b|(?:mondays|tuesdays|"
        rf"wednesdays|thursdays|fridays|saturdays|sundays)\b"),
    ("day",
        rf"(?:in\s+)?(?:less\s+than\s+|more\s+than\s+|about\s+|within\s+)?{_DURATION}\s+(?:ago|"
        rf"from\s+(?:now|today|tomorrow|yesterday|tmrw?)|hence|later|earlier|before\s+now|back)\b"),
    ("day",
        rf"{_DURATION}\s+(?:from|after|before|prior\s+to|"
        rf"since)\s+(?:{w.RELATIVE}\s+)?(?:{w.MONTH}\s+{w.DAY}(?!\w)|{w.DAY}\s+{w.MONTH}|{w.WEEKDAY}|"
        rf"today|tomorrow|yesterday|now|{w.HOLIDAY})(?!\w){_YEAR_TAIL}"),
    ("day", rf"in\s+(?:about\s+|around\s+|roughly\s+|less\s+than\s+)?{_DURATION}(?:\s+time\b)?"),
    ("range", rf"within\s+(?:the\s+next\s+|the\s+)?(?:{_DURATION}|{w.UNIT})\b"),
    ("range",
        r"(?:the\s+)?(?:rest|remainder)\s+of\s+(?:the\s+|this\s+|my\s+)?(?:day|week|month|quarter|year|"
        r"decade|morning|afternoon|evening)\b"),
    ("duration", rf"(?<![\d.,$€£/-]){_DURATION}(?!\w)(?!\s+(?:old|of\s+age)\b)"),
    ("duration", r"(?:all|whole|entire)\s+(?:day|night|week|month|year)(?:\s+long)?\b"),
    ("year",
        rf"(?<![\w.,$€£/#-]){w.YEAR}(?![\w$€£])(?!\s+(?:people|users|seats|dollars|euros?|employees|"
        rf"units|items|usd|eur|gbp))"),
)  # fmt: skip
_COMPILED = tuple(
    (kind, re.compile(rf"(?<![\w]){pattern}" if not pattern.startswith("(?<") else pattern, _FLAGS))
    for kind, pattern in _PATTERNS
)

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
    r"as\s+late\s+as|not\s+before|sometime)\s+(?:the\s+)?)?"
    r"(?:(?:the\s+)?(?:very\s+)?(?:early|late|later|earlier|mid|beginning\s+of|start\s+of|"
    r"middle\s+of|end\s+of|(?:first|second)\s+half\s+of)"
    r"(?:\s+in)?[\s-]+(?:the\s+)?)?)$",
    _FLAGS,
)
_LOOK_BACK = 44


def find_dates(text: str) -> list[DateSpan]:
    """Return every stretch of a text that speaks of time, in order, never overlapping."""
    if not _HINT.search(text):
        return []
    spans = _longest(
        [DateSpan(m.start(), m.end(), kind) for kind, pattern in _COMPILED for m in pattern.finditer(text)]
    )
    spans = [_trim(text, span) for span in spans]
    spans = _join(text, spans)
    spans = [_extend(text, span) for span in _join_ranges(text, spans)]
    return [span for span in _longest(spans) if span.kind != "hour" and _stands_alone(text, span)]


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
    if before and before.group().strip():
        return DateSpan(span.start - len(before.group()), span.end, "range")
    return span


_WORDLIKE = re.compile(
    r"(?:sat|sun|mar|march|may|wed|mon|thu|jan|second|spring|fall|am|a|day|night|or|to)\.?", _FLAGS
)


_MONTHLIKE = re.compile(r"(?:jan|mar|march|may)\.?", _FLAGS)
_IN_MONTH = re.compile(r"\b(?:in|this|next)\s+$", _FLAGS)


def _stands_alone(text: str, span: DateSpan) -> bool:
    """Tell "sat" the weekday from "sat" the verb: short words need company or to be all there is."""
    raw = text[span.start : span.end]
    if not _WORDLIKE.fullmatch(raw) or raw[0].isupper() or len(text.strip()) == len(raw):
        return True
    return _MONTHLIKE.fullmatch(raw) is not None and _IN_MONTH.search(text, 0, span.start) is not None
