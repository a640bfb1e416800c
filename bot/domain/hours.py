"""When people are at work: spans of each weekday in a time zone, and days off. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

LOOK_AHEAD_DAYS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningHours:
    """`week` has the spans of Monday to Sunday, each `(from, to)` on the zone's clock; none where closed."""

    zone: tzinfo
    week: tuple[tuple[tuple[time, time], ...], ...]
    holidays: frozenset[date] = frozenset()


def is_open(hours: OpeningHours, at: datetime) -> bool:
    """Whether somebody is at work then."""
    local = at.astimezone(hours.zone)
    return any(start <= local.time() < end for start, end in _spans(hours, local.date()))


def next_opening(hours: OpeningHours, at: datetime) -> datetime | None:
    """Return when somebody is next at work, on the zone's clock; None where that is not within two months."""
    return next((start for start in _openings(hours, at) if start > at), None)


def _openings(hours: OpeningHours, at: datetime) -> Iterator[datetime]:
    first = at.astimezone(hours.zone).date()
    for day in (first + timedelta(days=days) for days in range(LOOK_AHEAD_DAYS)):
        for start, _ in sorted(_spans(hours, day)):
            yield datetime.combine(day, start, tzinfo=hours.zone)


def _spans(hours: OpeningHours, day: date) -> Sequence[tuple[time, time]]:
    return () if day in hours.holidays else hours.week[day.weekday()]
