"""The patterns by which dates, times, ranges, durations and recurrences are found, longest wins.

Beside each stand the hints (`bot.domain.reading.date_hints`) without which it cannot match.
"""

import re
from typing import Literal

from bot.domain.reading import date_hints as hints
from bot.domain.reading import temporal_words as w

DateKind = Literal["day", "time", "hour", "part", "period", "year", "month", "duration", "set", "range"]

_FLAGS = re.IGNORECASE
HINT = re.compile(
    r"\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|today|"
    r"tomorrow|tmr|tonight|tonite|yesterday|"
    r"now|noon|midnight|(?:this|next|last|coming|upcoming|past|previous|each|every|all|same|current|"
    r"the)\s|spring|summer|autumn|fall|winter|"
    r"week|month|quarter|year|day|hour|minute|second|morning|evening|afternoon|night|daily|annual|"
    r"decade|centur|asap|soon|immediately|away|urgent|"
    r"eo[ymdwq]\b|lunch|easter|christmas|xmas|thanks|hallow|holiday|ramadan|ramzan|eid|diwali|deepavali|pentecost|whitsun|holy|lunar|"
    r"valentine|martin|st\.?\spatrick|cinco|mardi|fy|fiscal|half|fortnight|twen|nine)",
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
_PATTERNS: tuple[tuple[DateKind, tuple[str, ...], str], ...] = (
    # 10/1-11/7, 10-1-2018-10-7-2018
    ("range", hints.DIGITS,
        rf"{_OPEN}\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?\s?[-–]\s?\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?(?![\d/])"),
    ("range", hints.DIGITS, rf"{_OPEN}\d{{1,2}}-\d{{1,2}}-\d{{4}}\s?[-–]\s?\d{{1,2}}-\d{{1,2}}-\d{{4}}(?!\d)"),
    ("day", hints.MONTHS, rf"{w.DIGIT_YEAR}\s*[-/\s]\s*{w.MONTH}(?:\s*[-/\s]\s*{w.DAY})?(?!\w)"),
    ("day", hints.WEEKDAYS,
        rf"(?:{w.LONG_WEEKDAY}|mon|tue|wed|thu|fri)\s+(?:[12]\d|3[01]|0?[1-9])(?:[./-](?:[12]\d|3[01]|"
        rf"0?[1-9]))?(?![\w:/-]|\.\d|\s?(?:am|pm|people|to)\b)"),
    ("time", hints.HOURS, rf"{_OPEN}{_HOUR}\s*(?:-|–|to|and|until|till)\s*{w.CLOCK}"),
    ("time", hints.CLOCKS, rf"{_OPEN}{w.CLOCK}\s*(?:-|–|to|and|until|till)\s*(?:{w.CLOCK}|{_HOUR})"),
    ("hour", hints.RANGES, rf"(?:from|between)\s+{_HOUR}\s*(?:-|–|to|and|until|till)\s*{_HOUR}"),
    ("hour", hints.HOURS, rf"(?<=\bat |\bby ){_HOUR}|(?<=\baround ){_HOUR}|(?<=@ ){_HOUR}"),
    ("day", hints.WITHIN_A_DAY, r"\d{1,2}ish\b|(?:later|earlier)\s+in\s+the\s+(?:day|week|month|year|quarter)\b"),
    ("set", hints.ANNUAL, r"everyday\b|annual\b"),
    ("duration", hints.HALVES, rf"½\s+(?:an?\s+)?{w.UNIT}\b"),
    ("month", hints.MAY, r"(?<=\bfrom )may(?=\s+(?:to|until|till|through)\b)|(?<=\bbetween )may(?=\s+and\b)"),
    # 2019-03-04, 3/4/2019, 4.3.19, 3/4
    ("day", hints.DIGITS,
        r"(?<![\d.,/$€£-])(?:(?:19|20)\d\d\s?[-/.]\s?(?:1[0-2]|0?[1-9])\s?[-/.]\s?(?:[12]\d|3[01]|"
        r"0?[1-9])(?:t\d\d:\d\d(?::\d\d)?z?)?"

        r"|(?:[12]\d|3[01]|0?[1-9])\s?([-/.])\s?(?:[12]\d|3[01]|0?[1-9])\s?\1\s?(?:(?:19|20)\d\d|"
        r"\d\d))(?![\d/]|[.-]\d|[^\W\d])"),
    ("day", hints.DIGITS,
        r"(?<![\d.,/$€£-])(?:1[0-2]|0?[1-9])/(?:[12]\d|3[01]|0?[1-9])(?![\d/]|[.,-]\d|[^\W\d]|\s+of\b|"
        r"\s?(?:h|hrs?|hours?|days?)\b)"),
    ("range", hints.MONTHS, rf"{_OPEN}{w.DAY}{_RANGE_WORD}{w.DAY}(?:\s*,?\s*(?:of\s+)?){w.MONTH}(?!\w){_YEAR_TAIL}"),
    ("range", hints.MONTHS,
        rf"{_OPEN}{w.MONTH}\s*(?:the\s+)?{w.DAY}{_RANGE_WORD}(?:the\s+)?{w.DAY}(?!\s*{w.MONTH})(?![\w:/])"
        rf"{_YEAR_TAIL}"),
    ("day", hints.MONTHS_NEAR,
        rf"(?:{w.WEEKDAY}\s*,?\s*(?:the\s+)?)?(?:the\s+)?{w.DAY}(?:\s*[-,/]?\s*|"
        rf"\s+(?:day\s+)?of\s+)(?:{w.MONTH}|this\s+month|next\s+month|the\s+month)(?!\w){_YEAR_TAIL}"),
    ("day", hints.MONTHS,
        rf"(?:{w.WEEKDAY}\s*,?\s*(?:the\s+)?)?{w.MONTH}(?:\s*[-,/.]?\s*|\s+the\s+){w.DAY}(?![\w%]|"
        rf":\d){_YEAR_TAIL}"),
    ("day", hints.WEEKDAYS, rf"(?:{w.LONG_WEEKDAY}|mon|tue|wed|thu|fri)\s*,?\s+(?:the\s+)?{w.ORDINAL}(?!\w)"),
    ("day", hints.ORDINALS, rf"(?<=\bon )the\s+{w.ORDINAL}\b(?=[\s.,;!?]|$)(?!\s+(?:of|{w.UNIT}|\w+))"),
    ("day", hints.RECKONED,
        r"(?:the\s+)?day\s+(?:after\s+tomorrow|before\s+yesterday)|todays?|tomorrow|tmrw?|tmr|yesterday|"
        r"(?:the\s+)?(?:same|following|next)\s+day"

        r"|the\s+day\s+(?:after|before)(?=\s*[.?!]|$)|right\s+now|just\s+now|now(?=\s*[.?!,]|\s*$|"
        r"\s+(?:and|to|until|till)\b)|asap|as\s+soon\s+as\s+possible|immediately|right\s+away|"
        r"straight\s+away|at\s+the\s+moment|currently"),
    ("day", hints.WEEKDAYS,
        rf"{w.ORDINAL}\s+(?:to\s+last\s+)?{w.LONG_WEEKDAY}\s+(?:of|in)\s+(?:{w.MONTH}|(?:{w.RELATIVE}|"
        rf"the)\s+(?:month|year|quarter|{w.MONTH}))(?!\w){_YEAR_TAIL}"),
    ("day", hints.LAST,
        rf"(?:the\s+)?last\s+(?:{w.LONG_WEEKDAY}|day|(?:business|working)\s+day)\s+(?:of|"
        rf"in)\s+(?:{w.MONTH}|(?:{w.RELATIVE}|the)\s+(?:month|year|quarter))(?!\w){_YEAR_TAIL}"),
    ("day", hints.HOLIDAYS, rf"(?:{w.RELATIVE}\s+)?{w.HOLIDAY}(?!\w)(?:\s+(?:of\s+)?{w.YEAR})?"),
    ("day", hints.WEEKDAYS, rf"(?:{w.RELATIVE}\s+)(?:week(?:'?s)?\s+)?{w.WEEKDAY}(?!\w)"),
    ("day", hints.WEEKDAYS,
        rf"{w.WEEKDAY}(?:\s*,?\s+(?:of\s+)?(?:{w.RELATIVE}|the\s+(?:following|next))\s+week)?(?!\w)"),
    ("period", hints.CALENDAR_PARTS,
        rf"(?:the\s+)?(?:{w.ORDINAL}|last|1st|2nd|3rd|4th|5th)\s+(?:full\s+)?(?:week|wk|weekend|wkend|"
        rf"day|month|quarter|half|\d+\s+days)\s+(?:of|in)\s+(?:{w.MONTH}|{w.YEAR}|(?:{w.RELATIVE}|"
        rf"the)\s+(?:month|year|quarter)){_YEAR_TAIL}"),
    ("period", hints.QUARTERS,
        rf"(?:the\s+)?(?:{w.ORDINAL}\s+(?:quarter|half)|[qh][1-4]|"
        rf"quarter\s+[1-4])(?!\w)(?:(?:\s*[-/,]?\s*|\s+(?:of|in)\s+)(?:{w.YEAR}|{w.SHORT_YEAR}|"
        rf"\d\d(?!\d)|(?:{w.RELATIVE}|the)\s+year))?"),
    ("period", hints.DIGITS, rf"{w.DIGIT_YEAR}\s*[-,]?\s*(?:[qh][1-4])\b"),
    ("period", hints.DIGITS,
        r"(?:[qh][1-4]\s*[-,]?\s*(?:of\s+)?)?(?:fy|fiscal(?:\s+year)?\s)\s?['’]?(?:20)?\d\d(?!\d)"
        r"(?:\s*[qh][1-4]\b)?"),
    ("period", hints.SEASONS,
        rf"(?:(?<=\bin )|(?<=\bby )|(?<=\buntil )|(?<=\bbefore )|(?<=\bafter )|(?<=\bthe )){w.SEASON}"
        r"(?=\s*(?:$|[.,!?;]))"),
    ("period", hints.WEEK,
        rf"(?:the\s+)?week(?:end)?\s+(?:of|starting|beginning|"
        rf"commencing)\s+(?:the\s+)?(?:{w.MONTH}\s+{w.DAY}|{w.DAY}(?:\s+(?:of\s+)?{w.MONTH})?|"
        rf"{w.HOLIDAY})(?!\w){_YEAR_TAIL}"),
    ("period", hints.WEEK, rf"week\s+\d{{1,2}}\b(?:\s+of\s+{w.YEAR})?"),
    ("period", hints.PERIODS, rf"(?:{w.RELATIVE})\s+(?:{w.COUNT}\s+)?{w.PERIOD_UNIT}\b(?!\s+(?:ago|from\s+now))"),
    ("period", hints.PERIODS,
        rf"{w.COUNT}\s+(?:next|last|coming|upcoming|past|previous|following)\s+{w.PERIOD_UNIT}\b"),
    ("period", hints.SEASONS_AND_MONTHS, rf"(?:the\s+)?(?:{w.RELATIVE})\s+(?:{w.SEASON}|{w.MONTH})(?!\w){_YEAR_TAIL}"),
    ("period", hints.MEALS, rf"(?:{w.RELATIVE})\s+(?:(?:morning|afternoon|evening|night|lunch|noon)s?)\b"),
    ("period", hints.SEASONS, rf"{w.SEASON}(?:\s+(?:of\s+)?(?:{w.YEAR}|{w.SHORT_YEAR}))"),
    ("period", hints.DECADES,
        r"(?:the\s+)?(?:(?:19|20)\d0['’]?s|['’]?[2-9]0['’]?s|(?:nineteen\s+)?(?:twenties|thirties|"
        r"forties|fifties|sixties|seventies|eighties|nineties))\b"),
    ("period", hints.CENTURIES, rf"(?:the\s+)?{w.ORDINAL}\s+century\b|year\s+{w.DIGIT_YEAR}"),
    ("period", hints.ENDS,
        r"eo[ymdwq]\b|(?:end|start|beginning|middle)\s+of\s+(?:the\s+|this\s+|next\s+|last\s+)?(?:week|"
        r"month|quarter|year|day|business)\b|year[\s-]end|month[\s-]end"),
    ("month", hints.MONTHS,
        rf"(?:{w.LONG_MONTH}|{w.SHORT_MONTH})(?:\s*,?\s*(?:of\s+)?(?:(?:{w.RELATIVE})\s+year|{w.YEAR}|"
        rf"{w.SHORT_YEAR})|\s*[-/]\s*{w.DIGIT_YEAR})?(?![\w])"),
    ("month", hints.MAY,
        rf"may\s*,?\s*(?:of\s+)?{w.YEAR}(?!\w)|(?<=\bin )may\b(?!\s+\w)|(?<=\bby )may\b|(?<=\bof )may\b|"
        rf"(?<=\buntil )may\b|(?<=\bsince )may\b|(?<=\bmid )may\b|(?<=\blate )may\b|(?<=\bearly )may\b"),
    # A capital "May" that ends what is said is the month; the verb does neither.
    ("month", hints.MAY, r"(?-i:May)(?=\s*(?:$|[.,!?;)]))|^\W*may(?=\W*$)"),
    ("month", hints.MAY, r"(?-i:May)(?=\s+(?:would\s+(?:be|suit|work|do)|sounds|suits|works\s+(?:for|best|well)|"
     r"is\s+(?:good|fine|ok(?:ay)?|best|perfect|great|too|the))\b)"),
    ("month", hints.DIGITS, rf"(?:1[0-2]|0[1-9])\s?[-/.]\s?{w.DIGIT_YEAR}(?![-/\d])"),
    ("time", hints.CLOCKS, rf"(?<![\d.,:$€£]){w.CLOCK}(?![\d:%]){w.ZONE}?"),
    ("part", hints.PARTS_OF_DAY,
        rf"(?:in\s+the\s+|later\s+in\s+the\s+|early\s+in\s+the\s+|at\s+(?=night|noon|midnight)|"
        rf"during\s+the\s+|(?:later|early|earlier|late)\s+)?{w.PART_OF_DAY}\b"),
    ("part", hints.MEALS,
        r"(?:early|late|later|earlier)\s+(?:this|tomorrow|today)\s+(?:morning|afternoon|evening|night)"),
    ("set", hints.EVERY,
        rf"(?:every|each|all)\s+(?:other\s+|single\s+|{w.ORDINAL}\s+|\d{{1,3}}\s+|{w.WORD_BELOW_100}\s+|"
        rf"few\s+|couple\s+(?:of\s+)?)?"
            rf"(?:{w.UNIT}|{w.WEEKDAY}|{w.MONTH}|{w.PART_OF_DAY}|weekday|{w.SEASON})(?!\w)"),
    ("set", hints.REPEATED,
        r"(?:bi-?|semi-?)?(?:daily|weekly|monthly|quarterly|yearly|annually|hourly|nightly|"
        r"fortnightly)\b|weekdays\b|weekends\b"),
    ("set", hints.TIMES,
        rf"(?:once|twice|{w.COUNT}\s+times)\s+(?:an?|per|each|every)\s+{w.UNIT}\b|(?:mondays|tuesdays|"
        rf"wednesdays|thursdays|fridays|saturdays|sundays)\b"),
    ("day", hints.FROM_NOW,
        rf"(?:in\s+)?(?:less\s+than\s+|more\s+than\s+|about\s+|within\s+)?{_DURATION}\s+(?:ago|"
        rf"from\s+(?:now|today|tomorrow|yesterday|tmrw?)|hence|later|earlier|before\s+now|back)\b"),
    ("day", hints.FROM_THEN,
        rf"{_DURATION}\s+(?:from|after|before|prior\s+to|"
        rf"since)\s+(?:{w.RELATIVE}\s+)?(?:{w.MONTH}\s+{w.DAY}(?!\w)|{w.DAY}\s+{w.MONTH}|{w.WEEKDAY}|"
        rf"today|tomorrow|yesterday|now|{w.HOLIDAY})(?!\w){_YEAR_TAIL}"),
    ("day", hints.UNITS, rf"in\s+(?:about\s+|around\s+|roughly\s+|less\s+than\s+)?{_DURATION}(?:\s+time\b)?"),
    ("range", hints.WITHIN, rf"within\s+(?:the\s+next\s+|the\s+)?(?:{_DURATION}|{w.UNIT})\b"),
    ("range", hints.RESTS,
        r"(?:the\s+)?(?:rest|remainder)\s+of\s+(?:the\s+|this\s+|my\s+)?(?:day|week|month|quarter|year|"
        r"decade|morning|afternoon|evening)\b"),
    ("duration", hints.UNITS, rf"(?<![\d.,$€£/-]){_DURATION}(?!\w)(?!\s+(?:old|of\s+age)\b)"),
    ("duration", hints.WHOLE, r"(?:all|whole|entire)\s+(?:day|night|week|month|year)(?:\s+long)?\b"),
    ("year", hints.YEARS,
        rf"(?<![\w.,$€£/#-]){w.YEAR}(?![\w$€£])(?!\s+(?:people|users|seats|dollars|euros?|employees|"
        rf"units|items|usd|eur|gbp))"),
)  # fmt: skip
PATTERNS = tuple(
    (kind, needed, re.compile(rf"(?<![\w]){pattern}" if not pattern.startswith("(?<") else pattern, _FLAGS))
    for kind, needed, pattern in _PATTERNS
)
HINTS = frozenset(hint for _, hints, _ in PATTERNS for hint in hints)
