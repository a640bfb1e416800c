"""Everything a text names, whoever it is about: the entities of `foyer extract`."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bot.domain.reading.acts import small_act
from bot.domain.reading.clauses import plain
from bot.domain.reading.companies import find_companies
from bot.domain.reading.contacts import find_phones, find_urls
from bot.domain.reading.dates import find_dates
from bot.domain.reading.email_addresses import find_emails
from bot.domain.reading.money import find_free, find_money
from bot.domain.reading.name_kinds import classify_name, is_bare_name
from bot.domain.reading.numbers import find_numbers
from bot.domain.reading.people import find_loose_names, find_names
from bot.domain.reading.ranges import find_ranges
from bot.domain.reading.reading import Act, Entity
from bot.domain.reading.timeline import resolve

_FLAGS = re.IGNORECASE


def find_entities(
    text: str, *, now: datetime, region: str = "US", asked: str | None = None
) -> tuple[Entity, ...]:
    """Return what a text names, sorted by place, never overlapping.

    Args:
        text: anything.
        now: the clock that relative dates are seen from, aware.
        region: ISO country for phone numbers and dates.
        asked: kind that was asked for (`phone`, `name`, `company`, …), which bare answers are read by.
    """
    taken: list[Entity] = []
    is_taken = bytearray(len(text))
    for entity in _candidates(text, now=now, region=region, asked=asked):
        if not any(is_taken[entity.start : entity.end]):
            is_taken[entity.start : entity.end] = b"\x01" * (entity.end - entity.start)
            taken.append(entity)
    return tuple(sorted(taken, key=lambda entity: entity.start))


def _candidates(text: str, *, now: datetime, region: str, asked: str | None) -> Iterator[Entity]:
    """Yield entities, those that win where two overlap first."""
    for contact in find_emails(text):
        yield _entity(text, "email", contact.value, contact.start, contact.end, 0.98)
    for contact in find_urls(text):
        yield _entity(text, "url", contact.value, contact.start, contact.end, 0.95)
    source = plain(text) if text.lstrip()[:1] != ">" else text
    yield from _free(text, source)
    yield from _asked_names(text, source, asked)
    yield from _bare_names(text, source, asked)
    for phone in find_phones(source, region=region, asked=asked == "phone"):
        yield _entity(text, "phone", phone.value, phone.start, phone.end, 0.6 if phone.problem else 0.95)
    for money in find_money(source, region=region):
        # A message that is nothing but a sum is quoted whole: "about $10-$20".
        last = max(money.end, money.outer_end)
        is_all = not source[: money.outer_start].strip() and not source[last:].strip(" .!?")
        span = (money.outer_start, last) if is_all else (money.start, money.end)
        yield _entity(text, "money", money.value, *span, 0.9)
    yield from _percents(text, source)
    for found in find_dates(source):
        kind = "duration" if found.kind == "duration" else "date"
        period = resolve(source[found.start : found.end], now=now, region=region)
        value: Any = period.value if period and kind == "date" else source[found.start : found.end].lower()
        yield _entity(text, kind, value, found.start, found.end, 0.85)
    yield from _names(text, source)
    yield from _figures(text, source)
    yield from _yes_no(text, source)


def _entity(text: str, kind: str, value: Any, start: int, end: int, confidence: float) -> Entity:
    return Entity(kind=kind, value=value, text=text[start:end], start=start, end=end, confidence=confidence)


def _free(text: str, source: str) -> Iterator[Entity]:
    """Yield a text that is nothing but the word for "costs nothing" as the sum it is."""
    if free := find_free(source):
        value = {"min": 0, "max": 0, "currency": None, "per": None}
        yield _entity(text, "money", value, *free.span("free"), 0.9)


def _asked_names(text: str, source: str, asked: str | None) -> Iterator[Entity]:
    if asked in ("name", "person"):
        for named in find_names(source, asked=True):
            yield _entity(text, "person", named.value, named.start, named.end, named.confidence)
    if asked == "company":
        for named in find_companies(source, asked=True):
            yield _entity(text, "company", named.value, named.start, named.end, named.confidence)


def _bare_names(text: str, source: str, asked: str | None) -> Iterator[Entity]:
    """Yield a text that is nothing but a name."""
    core = source.strip().rstrip(",;")
    if asked is not None or small_act(source) is not None or not is_bare_name(source):
        return
    if re.search(r"\d", core) and (find_money(core) or find_phones(core)):
        return
    kind, confidence = classify_name(core)
    start = source.index(core)
    yield _entity(text, kind, text[start : start + len(core)], start, start + len(core), confidence)


def _names(text: str, source: str) -> Iterator[Entity]:
    names = find_names(source) or find_loose_names(source)
    for named in names:
        yield _entity(text, "person", named.value, named.start, named.end, named.confidence)
    for named in find_companies(source, names=names):
        yield _entity(text, "company", named.value, named.start, named.end, named.confidence)


_PERCENT_AFTER = re.compile(r"\s?(?:%|per\s?cents?\b|percents?\b|percentages?\b|pct\b)", _FLAGS)
_PERCENT_BEFORE = re.compile(r"(?:per\s?cent(?:age)?|percentage|%)\s+of\s+$", _FLAGS)


def _percents(text: str, source: str) -> Iterator[Entity]:
    if not re.search(r"%|per\s?cent|pct", source, _FLAGS):
        return
    for figures in find_ranges(source):
        if after := _PERCENT_AFTER.match(source, figures.end):
            value = {"min": figures.low, "max": figures.high}
            yield _entity(text, "percent", value, figures.start, after.end(), 0.95)
        elif before := _PERCENT_BEFORE.search(source[max(0, figures.start - 30) : figures.start]):
            value = {"min": figures.low, "max": figures.high}
            yield _entity(text, "percent", value, before.start(), figures.end, 0.9)


_COUNTED = re.compile(
    r"\s+(?:people|users?|seats?|employees|pieces|items|units|licen[cs]es?|boxes|copies|pcs|nos|"
    r"customers|agents|members|persons|tickets|sets)\b",
    _FLAGS,
)


def _figures(text: str, source: str) -> Iterator[Entity]:
    for number in find_numbers(source):
        kind = "quantity" if _COUNTED.match(source, number.end) else "number"
        value: Any = {"min": number.value, "max": number.value} if kind == "quantity" else number.value
        yield _entity(text, kind, value, number.start, number.end, 0.9)


_YES_NO = re.compile(
    r"\W*?(?:(?P<yes>ye+s+|yea+h*|yep+|yup+|ya|sure|ok(?:ay)?|agreed?|of course|absolutely|correct|👌|"
    r"👍|ja|oui|s[ií](?!\w))"
    r"|(?P<no>no+|nope+|nah|disagree|not ok(?:ay)?|nein|non|👎))(?!\w)(?!\s+(?:problem|idea|budget|"
    r"rush|hurry))",
    _FLAGS,
)
_YES_NO_ACTS = {Act.AFFIRM: True, Act.DENY: False, Act.REFUSE: False}


def _yes_no(text: str, source: str) -> Iterator[Entity]:
    if lead := _YES_NO.match(source):
        value = lead.group("yes") is not None
        yield _entity(text, "yes_no", value, lead.start("yes" if value else "no"), lead.end(), 0.9)
    elif (act := small_act(source)) in _YES_NO_ACTS:
        core = source.strip(" \n\t.,!?")
        start = source.index(core)
        yield _entity(text, "yes_no", _YES_NO_ACTS[act], start, start + len(core), 0.9)
