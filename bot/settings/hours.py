"""When people of the site are there to talk: opening hours a weekday, in the site's own time zone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SPAN = re.compile(r"([01]\d|2[0-3]):([0-5]\d)\s*[-–]\s*([01]\d|2[0-4]):([0-5]\d)")
_END_OF_DAY = time(23, 59, 59, 999_999)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Opening spans by weekday (0 is Monday)."""

    timezone: ZoneInfo
    spans: Mapping[int, tuple[tuple[time, time], ...]]

    def is_open(self, at: datetime) -> bool:
        """Whether somebody is there at an aware moment."""
        local = at.astimezone(self.timezone)
        return any(start <= local.time() < end for start, end in self.spans.get(local.weekday(), ()))


def parse_span(text: str) -> tuple[time, time]:
    """Read "09:00-17:30"; "24:00" ends the day.

    Raises:
        ValueError: it is not such a span, or ends before it begins.
    """
    match = _SPAN.fullmatch(text.strip())
    if not match:
        raise ValueError(f"{text!r} is not a span of hours; write it like 09:00-17:30")
    first_hour, first_minute, last_hour, last_minute = (int(part) for part in match.groups())
    start = time(first_hour, first_minute)
    end = _END_OF_DAY if last_hour == 24 else time(last_hour, last_minute)
    if end <= start or (last_hour == 24 and last_minute):
        raise ValueError(f"{text!r} ends before it begins; split hours over midnight into two days")
    return start, end
