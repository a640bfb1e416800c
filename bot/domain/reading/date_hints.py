"""What a text must hold for a pattern of time to be worth trying: most patterns cannot match most messages.

Each hint is a few pieces of words, in lower case; a text with none of them has no match of the patterns that name it.
To look for a piece costs a fiftieth of trying a pattern.
"""

import re

DIGIT = "\x00"
"""Stands for a digit of any script."""
SHORT_UNIT = "\x01"
"""Stands for a unit of one or two letters at the end of a word: "2h", "3 mo"."""

_DIGIT = re.compile(r"\d")
_SHORT_UNIT = re.compile(r"(?:h|mos?)\b", re.IGNORECASE)
_FOLDED = str.maketrans({"ſ": "s", "ı": "i", "İ": "i", "\N{KELVIN SIGN}": "k"})
"""Letters that `re.IGNORECASE` takes for others and `str.lower` does not."""

DIGITS = (DIGIT,)
MAY = ("may",)
MONTHS = ("jan", "feb", "mar", "apr", *MAY, "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS_NEAR = (*MONTHS, "month")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
HOURS = (DIGIT, *_SMALL)
CLOCKS = (*HOURS, "twenty", "thir", "fif", "forty", "eighty", "noon", "mid")
_ORDINALS_TO_TENTH = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
)
ORDINALS = (DIGIT, *_ORDINALS_TO_TENTH, "eleventh", "twelfth", "teenth", "tieth")
YEARS = (DIGIT, "twenty", "nineteen", "thousand")
DECADES = (DIGIT, "ties")
CENTURIES = ("century", "year")
SEASONS = ("spring", "summer", "autumn", "fall", "winter")
SEASONS_AND_MONTHS = (*SEASONS, *MONTHS)
HOLIDAYS = (
    "day", "mas", "year", "easter", "giving", "halloween", "king", "fool", "cinco", "mardi", "pentecost", "whitsun",
    "holy", "holi", "break", "diwali", "deepavali", "dussehra", "navaratri", "ramadan", "ramzan", "eid", "nuk",
    "passover", "rosh", "kippur", "purim", "shavuot", "sukkot", "kwanzaa", "juneteenth",
)  # fmt: skip
RECKONED = ("day", "tomorrow", "tmr", "now", "asap", "soon", "immediately", "away", "moment", "currently")
WEEK = ("week",)
_LONG = (*WEEK, "wk", "month", "quarter", "qtr", "semester", "year", "yr", "decade", "centur", "fortnight")
_SHORT = ("day", "hour", "hr", "min", "sec", "night", "evening", "morning", "noon")
PERIODS = (*_LONG, *_SHORT, "season")
UNITS = (*_LONG, *_SHORT, "sprint", SHORT_UNIT)
CALENDAR_PARTS = ("week", "wk", "day", "month", "quarter", "half")
QUARTERS = (DIGIT, "quarter", "half")
ENDS = ("eo", "week", "month", "quarter", "year", "day", "business")
LAST = ("last",)
MEALS = ("morning", "noon", "evening", "night", "lunch")
PARTS_OF_DAY = (
    *MEALS, "mid", "day", "dusk", "dawn", "dinner", "brunch", "sunset", "sunrise", "tonite", "business", "breakfast",
)  # fmt: skip
EVERY = ("every", "each", "all")
REPEATED = ("daily", "hourly", "nightly", "annually", "yearly", "week", "monthly", "quarterly", "fortnight")
TIMES = ("once", "twice", "times", "days")
RANGES = ("from", "between")
WITHIN_A_DAY = ("ish", "later", "earlier")
ANNUAL = ("everyday", "annual")
HALVES = ("½",)
FROM_NOW = ("ago", "from", "back", "later", "hence", "before", "earlier")
FROM_THEN = ("from", "since", "after", "prior", "before")
WITHIN = ("within",)
RESTS = ("rest", "remainder")
WHOLE = ("day", "night", "week", "month", "year")


def searchable(text: str) -> str:
    """Return the text as hints are looked for in it."""
    folded = text.lower() if text.isascii() else text.translate(_FOLDED).lower()
    return f"{folded}{DIGIT * bool(_DIGIT.search(text))}{SHORT_UNIT * bool(_SHORT_UNIT.search(text))}"
