"""Times of day in a text: "5 pm", "17:00", "9–17 Uhr", "8 h 30", "noon".

Promises: pure. In a range the first time takes after the second: "9 to 5 pm", "8 bis 20 Uhr".
"""

import re
from collections.abc import Iterator

from knowledge.support.calendar_words import TO

Span = tuple[int, int]
HALF_DAY, DAY_MINUTES = 720, 1440
# How a time is written: with am or pm, by 24 hours, or so that it can be either.
TWELVE_HOURS, TWENTY_FOUR_HOURS, OPEN = "12 h", "24 h", "open"

_CLOCK = (
    r"(?P<hour{n}>[01]?\d|2[0-4])(?:(?P<mark{n}>[:.]|\s?h\s?)(?P<minute{n}>[0-5]\d))?"
    r"\s?(?P<suffix{n}>am\b|pm\b|a\.m\.|p\.m\.|uhr\b|heures\b|h\b|o'clock\b)?"
)
_CLOCKS = re.compile(
    rf"(?<![\w.,:/€$£])(?:{_CLOCK.format(n=1)}\s?{TO}\s?)?{_CLOCK.format(n=2)}(?![\d%]|[.,]\d)", re.IGNORECASE
)
_NOON = re.compile(
    r"\b(?:noon|midday|mittags?|midi|mediodía|midnight|mitternacht|minuit|medianoche)\b", re.IGNORECASE
)
_MIDNIGHT = frozenset({"midnight", "mitternacht", "minuit", "medianoche"})


# "Mon–Fri 9-17"
_BARE = re.compile(
    r"(?<![\w.,:/€$£])(?P<hour1>[01]?\d|2[0-4])\s?[-–]\s?(?P<hour2>[01]?\d|2[0-4])(?![\w%]|[.,:/-]\d)"
)


def find_times(text: str, *, is_beside_days: bool) -> Iterator[tuple[set[float], str, Span]]:
    """Yield the minutes of the day that each time can mean, how it is written, and where it stands.

    Args:
        text: to look through.
        is_beside_days: whether days of the week stand in it, beside which two bare numbers are hours.
    """
    for found in _CLOCKS.finditer(text):
        marked = [found[part] for part in ("mark1", "suffix1", "mark2", "suffix2")]
        is_decimal = found["mark2"] == "." and not found["suffix2"]
        if not any(marked) or is_decimal:
            continue
        for n in (1, 2):
            if found[f"hour{n}"]:
                end = max(found.end(f"{part}{n}") for part in ("hour", "minute", "suffix"))
                yield *_minutes(found, n), (found.start(f"hour{n}"), end)
    for found in _BARE.finditer(text) if is_beside_days else ():
        yield from (({float(found[hour]) * 60}, OPEN, found.span(hour)) for hour in ("hour1", "hour2"))
    for found in _NOON.finditer(text):
        minutes = 0.0 if found[0].lower() in _MIDNIGHT else float(HALF_DAY)
        yield {minutes}, TWENTY_FOUR_HOURS, found.span()


def _minutes(found: re.Match[str], n: int) -> tuple[set[float], str]:
    hour, minute = int(found[f"hour{n}"]), int(found[f"minute{n}"] or 0)
    own, last = ((found[name] or "").lower() for name in (f"suffix{n}", "suffix2"))
    at = float(hour % 24 * 60 + minute)
    if own.startswith(("a", "p")):
        return {at % HALF_DAY + (HALF_DAY if own.startswith("p") else 0)}, TWELVE_HOURS
    if last.startswith(("a", "p")) and not found["mark1"]:
        return {at % HALF_DAY, at % HALF_DAY + HALF_DAY}, TWELVE_HOURS
    has_hour_sign = "h" in (found[f"mark{n}"] or "")
    is_open = hour <= 12 and {own, last} <= {"", "o'clock"} and not has_hour_sign
    return {at}, OPEN if is_open else TWENTY_FOUR_HOURS
