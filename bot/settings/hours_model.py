"""The shape of `hours:` and `meeting:` in playbook.yaml: when people are there, and where a time is booked."""

import re
from datetime import date, time
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field

from bot.domain.hours import OpeningHours
from bot.domain.playbook import Meeting
from bot.settings.validation import Section

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_SPAN = re.compile(r"(\d{2}):(\d{2})-(\d{2}):(\d{2})")


def _span(text: str) -> str:
    if _times(text) is None:
        raise ValueError(f"{text!r} is no span of a day; write one like '09:00-17:30', in quotes")
    return text


def _times(text: str) -> tuple[time, time] | None:
    match = _SPAN.fullmatch(text)
    if match is None:
        return None
    from_hour, from_minute, to_hour, to_minute = map(int, match.groups())
    try:
        start = time(from_hour, from_minute)
        end = time.max if (to_hour, to_minute) == (24, 0) else time(to_hour, to_minute)
    except ValueError:
        return None
    return (start, end) if start < end else None


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"{text!r} is no time zone; write one like Europe/Berlin") from None
    return text


def _web_address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme != "https" or not parts.hostname or not text.isprintable() or " " in text:
        raise ValueError(f"{text!r} is no https address")
    return text


def _as_text(value: Any) -> Any:
    """A date without quotes is one already."""
    return value.isoformat() if isinstance(value, date) else value


def _day_off(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is no date; write one like 2027-12-25") from None
    return text


Spans = Annotated[
    list[Annotated[str, AfterValidator(_span)]],
    BeforeValidator(lambda v: [v] if isinstance(v, str) else v, json_schema_input_type=str | list[str]),
]


class HoursSection(Section):
    """When people are there to talk."""

    zone: Annotated[str, AfterValidator(_zone)] = Field(description="The time zone, like Europe/Berlin.")
    open: dict[Day, Spans] = Field(
        min_length=1, description="For each day mon to sun, one or more spans like '09:00-17:30'."
    )
    holidays: list[Annotated[str, BeforeValidator(_as_text), AfterValidator(_day_off)]] = Field(
        default=[], max_length=400, description="Days off, like 2027-12-25."
    )


class MeetingSection(Section):
    """Where a visitor books a time with a person."""

    url: Annotated[str, AfterValidator(_web_address)] = Field(description="The page, https.")
    at: Annotated[int, Field(ge=0, le=100)] | None = Field(
        default=None,
        description="From which score on the link is offered unasked; without it, only when asked.",
    )


def hours_of(section: HoursSection | None) -> OpeningHours | None:
    """Return the opening hours as values."""
    if section is None:
        return None
    week = (
        tuple(span for text in section.open.get(day, []) if (span := _times(text)) is not None)
        for day in _days()
    )
    return OpeningHours(
        zone=ZoneInfo(section.zone),
        week=tuple(week),
        holidays=frozenset(date.fromisoformat(day) for day in section.holidays),
    )


def meeting_of(section: MeetingSection | None) -> Meeting | None:
    """Return the meeting link as a value."""
    return None if section is None else Meeting(url=section.url, at=section.at)


def _days() -> tuple[Day, ...]:
    return ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
