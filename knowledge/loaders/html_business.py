"""What a page says of a business in schema.org's words: when it is open, where it is, how it is reached.

Promises: each becomes an entry that answers what visitors ask, in the page's language; where a page describes one
business only, "you" is it. Nothing is said that is not described.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from knowledge.loaders.html_answers import Answer
from knowledge.loaders.schema_words import (
    ALL_DAY,
    CLOSED,
    CONTACT_ASKED,
    DAYS,
    EVERY_DAY,
    HOURS_ASKED,
    MAIL,
    PHONE,
    PLACE_ASKED,
    YOUR_CONTACT_ASKED,
    YOUR_HOURS_ASKED,
    YOUR_PLACE_ASKED,
    place_of,
)
from knowledge.loaders.things import Thing, plain

NO_BUSINESS = frozenset({
    "Person", "PostalAddress", "ContactPoint", "Product", "Offer", "Event", "JobPosting", "Question", "Answer", "Brand",
    "Place", "TouristAttraction", "Accommodation", "Apartment", "House", "Residence", "SingleFamilyResidence",
})  # fmt: skip
LONGEST_NAME = 200  # characters
LONGEST_LINE = 300
MOST_LINES = 60
WEEK = 7
SHORT_DAYS = {short: number for number, short in enumerate(("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH"))}
LONG_DAYS = {day: number for number, day in enumerate((*DAYS[0][:WEEK], "PublicHolidays"))}
WRITTEN = re.compile(
    r"(?P<days>(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)(?:\s*[-–,]\s*(?:Mo|Tu|We|Th|Fr|Sa|Su|PH))*)"
    r"\s+(?P<times>\d{1,2}:\d\d\s*[-–]\s*\d{1,2}:\d\d(?:\s*,\s*\d{1,2}:\d\d\s*[-–]\s*\d{1,2}:\d\d)*|closed|off)"
)
TIME = re.compile(r"T?(\d{1,2}):(\d\d)")
DATE = re.compile(r"\d{4}-\d\d-\d\d")


def business_in(things: Sequence[Thing], language: str | None) -> Iterator[Answer]:
    """Yield what is told of the businesses of a page, each fact once."""
    place = place_of(language)
    told = [(thing, _facts(thing, place)) for thing in things if _may_be_business(thing)]
    described = [(thing, facts) for thing, facts in told if any(facts)]
    names = {_name(thing).casefold() for thing, _ in described}
    said: set[tuple[str, ...]] = set()
    for thing, facts in described:
        for asked, of_you, text in zip(
            (HOURS_ASKED, PLACE_ASKED, CONTACT_ASKED),
            (YOUR_HOURS_ASKED, YOUR_PLACE_ASKED, YOUR_CONTACT_ASKED),
            facts,
            strict=True,
        ):
            name = _name(thing)
            of_name = [one.format(name=name) for one in asked[place] if name]
            questions = (*of_name, *(of_you[place] if len(names) == 1 else ()))
            if text and questions and (questions[0], text) not in said:
                said.add((questions[0], text))
                yield Answer(questions, text, thing.fragment)


def _may_be_business(thing: Thing) -> bool:
    return not NO_BUSINESS & thing.types and not any(one.endswith("Event") for one in thing.types)


def _name(thing: Thing) -> str:
    return thing.text("name", "legalName")[:LONGEST_NAME]


def _facts(thing: Thing, place: int) -> tuple[str, str, str]:
    return _hours(thing, place), _address(thing), _contact(thing, place)


def _hours(thing: Thing, place: int) -> str:
    lines = [*_written_hours(thing, place), *_specified_hours(thing, place)]
    return "\n".join(f"- {line}" for line in dict.fromkeys(lines[:MOST_LINES]))


def _specified_hours(thing: Thing, place: int) -> Iterator[str]:
    specified = thing.things("openingHoursSpecification", "specialOpeningHoursSpecification")
    usual: dict[int, list[str]] = {}
    for one in specified:
        span = _span(one.text("opens"), one.text("closes"), place)
        dates = _dates(one)
        if dates:
            yield from [f"{dates}: {span or CLOSED[place]}"]
        elif span:
            for day in _days(one):
                usual.setdefault(day, []).append(span)
    yield from _by_day(usual, place)


def _days(specified: Thing) -> list[int]:
    named = [*specified.texts("dayOfWeek"), *(one.text("name") for one in specified.things("dayOfWeek"))]
    words = [re.split(r"[/#:]", one)[-1].strip() for one in named]
    days = [
        SHORT_DAYS.get(word[:2].title(), -1) if len(word) == 2 else LONG_DAYS.get(word, -1) for word in words
    ]
    return [day for day in days if day >= 0] if named else list(range(WEEK))


def _written_hours(thing: Thing, place: int) -> Iterator[str]:
    usual: dict[int, list[str]] = {}
    written = " ".join(map(plain, thing.texts("openingHours")))
    for found in WRITTEN.finditer(written):
        spans = (one.replace("–", "-").partition("-") for one in found["times"].split(",") if ":" in one)
        times = [_span(opens, closes, place) for opens, _, closes in spans]
        for day in _spelt_out(found["days"]):
            usual.setdefault(day, []).extend(times or [CLOSED[place]])
    yield from _by_day(usual, place)


def _spelt_out(days: str) -> Iterator[int]:
    for part in re.split(r"\s*,\s*", days):
        first, *last = (SHORT_DAYS[one] for one in re.split(r"\s*[-–]\s*", part))
        if not last or last[0] >= WEEK or first >= WEEK:
            yield from (first, *last)
        else:
            yield from ((first + step) % WEEK for step in range((last[0] - first) % WEEK + 1))


def _by_day(usual: dict[int, list[str]], place: int) -> Iterator[str]:
    """Say the hours of each day, days that follow one another and are alike together."""
    hours = {day: ", ".join(dict.fromkeys(spans)) for day, spans in sorted(usual.items())}
    if len(hours) >= WEEK and len({hours[day] for day in range(WEEK)}) == 1:
        yield f"{EVERY_DAY[place]}: {hours[0]}"
        hours = {day: said for day, said in hours.items() if day >= WEEK}
    runs = groupby(enumerate(hours), key=lambda item: (item[1] - item[0], hours[item[1]], item[1] >= WEEK))
    for (_, said, _), run in runs:
        first, *rest = [day for _, day in run]
        last = f"–{DAYS[place][rest[-1]]}" if rest else ""
        yield f"{DAYS[place][first]}{last}: {said}"


def _span(opens: str, closes: str, place: int) -> str:
    """Return "9:00–18:00"; "" where a time is missing. From midnight to midnight is closed, a minute less all day."""
    first, last = TIME.search(opens), TIME.search(closes)
    if first is None or last is None:
        return ""
    start, end = (f"{int(found[1])}:{found[2]}" for found in (first, last))
    if start == end:
        return CLOSED[place] if start == "0:00" else ALL_DAY[place]
    return ALL_DAY[place] if (start, end) in {("0:00", "23:59"), ("0:00", "24:00")} else f"{start}–{end}"


def _dates(specified: Thing) -> str:
    found = [DATE.search(specified.text(name)) for name in ("validFrom", "validThrough")]
    days = [one.group() for one in found if one]
    return "–".join(dict.fromkeys(days))


def _address(thing: Thing) -> str:
    for one in thing.things("address"):
        country = one.text("addressCountry") or next(
            (c.text("name") for c in one.things("addressCountry")), ""
        )
        town = " ".join(filter(None, (one.text("postalCode"), one.text("addressLocality"))))
        street = one.text("streetAddress") or one.text("postOfficeBoxNumber")
        if street or one.text("addressLocality"):
            return ", ".join(filter(None, (street, town, one.text("addressRegion"), country)))[:LONGEST_LINE]
    return thing.text("address")[:LONGEST_LINE]


def _contact(thing: Thing, place: int) -> str:
    lines = [*_ways(thing, place, "")]
    for point in thing.things("contactPoint", "contactPoints"):
        lines += _ways(point, place, point.text("contactType"))
    return "\n".join(f"- {line[:LONGEST_LINE]}" for line in dict.fromkeys(lines[:MOST_LINES]))


def _ways(thing: Thing, place: int, whose: str) -> Iterator[str]:
    of = f" ({whose})" if whose else ""
    for number in map(plain, thing.texts("telephone")):
        if any(map(str.isdigit, number)):
            yield f"{PHONE[place]}{of}: {number.removeprefix('tel:')}"
    for address in map(plain, thing.texts("email")):
        if "@" in address:
            yield f"{MAIL[place]}{of}: {address.removeprefix('mailto:')}"
