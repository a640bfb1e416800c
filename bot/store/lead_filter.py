"""Which leads are meant, as SQL: by site, time, consent, and by the tests of a segment.

Promises: nothing of a value becomes SQL text; a segment is answered by the database, so that a page is a page and a
stream holds one page at a time, however few leads it finds.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, false, func, not_, null, or_, select, true

from bot.domain.capture import CAPTURED
from bot.domain.conditions import HEADS, SMALL_UNITS, TIMES_A_YEAR
from bot.domain.conversation import Consent, SiteId
from bot.domain.facts import FactState
from bot.domain.mail_kinds import DISPOSABLE_PATTERN, FREE_PATTERN
from bot.domain.segment import DIRECT, LEAD_TEXTS, LEAD_TIMES, Segment, Test, Value
from bot.domain.slots import SlotKind
from bot.store.spelling import JsonBoolean, JsonNumber, PlainText
from bot.store.tables import consents
from bot.store.tables import facts as facts_table
from bot.store.tables import leads as leads_table

NOT_ASKED = "not_asked"
WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadFilter:
    """Which leads: of one site or all; changed at or after `since`; reachable ones; those who said yes.

    Leads that are part of a merged one are left out, but for `with_parts`. `segments`, when given, are by site: a
    lead must be in its site's. They count time from `as_of`. `words` must each stand in the first question or in a
    fact. `but_withdrawn` leaves out who took their consent back.
    """

    site_id: SiteId | None = None
    since: datetime | None = None
    captured_only: bool = False
    consented_only: bool = False
    but_withdrawn: bool = False
    words: tuple[str, ...] = ()
    with_parts: bool = False
    segments: Mapping[SiteId, Segment] | None = None
    as_of: datetime = field(default=datetime.min.replace(tzinfo=UTC))


def matches(where: LeadFilter) -> ColumnElement[bool]:
    """Return the filter as a condition on the table of leads."""
    parts: list[ColumnElement[bool]] = [true()]
    if not where.with_parts:
        parts.append(leads_table.c.merged_into.is_(None))
    if where.site_id is not None:
        parts.append(leads_table.c.site_id == where.site_id)
    if where.since is not None:
        parts.append(leads_table.c.updated_at >= where.since)
    if where.captured_only:
        parts.append(leads_table.c.captured)
    if where.consented_only:
        parts.append(leads_table.c.consent == Consent.GIVEN.value)
    if where.but_withdrawn:
        parts.append(_latest_consent().is_distinct_from(WITHDRAWN))
    parts += [_mentions(word) for word in where.words]
    if where.segments is not None:
        parts.append(_in_sites(where.segments, where.as_of))
    return and_(*parts)


def _in_sites(segments: Mapping[SiteId, Segment], as_of: datetime) -> ColumnElement[bool]:
    """Whether the lead is in its site's segment; of several sites without an OR, which would sort all they have."""
    of_sites = {site_id: _in_segment(segment, as_of) for site_id, segment in segments.items()}
    if not of_sites:
        return false()
    if len(of_sites) == 1:
        return and_(leads_table.c.site_id == next(iter(of_sites)), *of_sites.values())
    return case(of_sites, value=leads_table.c.site_id, else_=false())


def _latest_consent() -> Any:
    said = select(consents.c.answer).where(consents.c.visitor_id == leads_table.c.visitor_id)
    latest = said.order_by(consents.c.consent_id.desc()).limit(1)
    return latest.correlate(leads_table).scalar_subquery()


def _mentions(word: str) -> ColumnElement[bool]:
    """Whether the word stands in what the lead asked first, or in a fact, as it was said or as it was read."""
    fact = facts_table.alias()
    is_said = or_(
        fact.c.quote.icontains(word, autoescape=True),
        PlainText(fact.c.value[()].as_string()).icontains(word, autoescape=True),
    )
    of_lead = exists().where(fact.c.lead_id == leads_table.c.lead_id, is_said).correlate(leads_table)
    return or_(leads_table.c.first_question.icontains(word, autoescape=True), of_lead)


def _in_segment(segment: Segment, as_of: datetime) -> ColumnElement[bool]:
    every = [_holds(test, as_of) for test in segment.every]
    some = [and_(true(), *(_holds(test, as_of) for test in tests)) for tests in segment.some]
    return and_(true(), *every, or_(false(), *some) if some else true())


def _holds(test: Test, as_of: datetime) -> ColumnElement[bool]:
    if test.kind is not None:
        return _fact_holds(test, test.kind, as_of)
    match test.field:
        case "score":
            return _number_holds(test, leads_table.c.score, leads_table.c.score)
        case "gate":
            return _choice_holds(
                test, case((leads_table.c.captured, CAPTURED), else_=leads_table.c.stopped_at)
            )
        case "source":
            return _source_holds(test)
        case name:
            return _column_holds(test, leads_table.c[name], as_of)


def _column_holds(test: Test, column: Any, as_of: datetime) -> ColumnElement[bool]:
    if test.states:
        is_known = test.states == (FactState.KNOWN.value,)
        return column.is_not(None) if is_known else column.is_(None)  # type: ignore[no-any-return]
    if test.field in LEAD_TIMES:
        return _moment_holds(test, column, as_of)
    return _text_holds(test, column) if test.field in LEAD_TEXTS else _choice_holds(test, column)


def _fact_holds(test: Test, kind: SlotKind, as_of: datetime) -> ColumnElement[bool]:
    states = test.states or (FactState.KNOWN.value,)
    fact = facts_table.alias()
    said = [state for state in states if state != NOT_ASKED]
    parts: list[ColumnElement[bool]] = []
    if said:
        value = _value_holds(test, kind, fact, as_of) if test.asks_value else true()
        is_so = exists().where(is_current(fact, test.field), fact.c.state.in_(said), value)
        parts.append(is_so.correlate(leads_table))
    if NOT_ASKED in states:
        parts.append(
            not_(
                exists()
                .where(fact.c.lead_id == leads_table.c.lead_id, fact.c.slot == test.field)
                .correlate(leads_table)
            )
        )
    return or_(*parts)


def is_current(fact: Any, slot: str) -> ColumnElement[bool]:
    """Whether the fact is the lead's latest of its slot."""
    later = facts_table.alias()
    is_later = or_(later.c.at > fact.c.at, and_(later.c.at == fact.c.at, later.c.fact_id > fact.c.fact_id))
    return and_(
        fact.c.lead_id == leads_table.c.lead_id,
        fact.c.slot == slot,
        not_(exists().where(later.c.lead_id == fact.c.lead_id, later.c.slot == slot, is_later)),
    )


def _value_holds(test: Test, kind: SlotKind, fact: Any, as_of: datetime) -> ColumnElement[bool]:
    value = fact.c.value
    match kind:
        case SlotKind.QUANTITY | SlotKind.MONEY:
            factor = _yearly(test, value) if kind is SlotKind.MONEY else 1.0
            low, high = JsonNumber(value["min"]), JsonNumber(value["max"])
            return _number_holds(test, func.coalesce(low, high) * factor, high * factor)
        case SlotKind.TIMELINE:
            return _span_holds(test, value, as_of.date())
        case SlotKind.BOOLEAN:
            return _choice_holds(test, JsonBoolean(value))
        case _:
            text = PlainText(value[()].as_string())
            return and_(_text_holds(test, text), *([or_(*_mail_kinds(test, text))] if test.mail else []))


def _mail_kinds(test: Test, address: Any) -> Iterator[ColumnElement[bool]]:
    is_free = address.regexp_match(FREE_PATTERN)
    is_disposable = address.regexp_match(DISPOSABLE_PATTERN)
    for kind in test.mail:
        match kind:
            case "free":
                yield is_free
            case "disposable":
                yield is_disposable
            case "company":
                yield and_(not_(is_free), not_(is_disposable))


def _yearly(test: Test, value: Any) -> ColumnElement[float]:
    """Return what makes a sum a year's, in units of about a dollar; NULL when that cannot be told."""
    heads: Any = null()
    if test.heads_slot is not None:
        fact = facts_table.alias()
        people = func.coalesce(
            func.nullif(JsonNumber(fact.c.value["min"]), 0), func.nullif(JsonNumber(fact.c.value["max"]), 0)
        )
        said = select(people).where(is_current(fact, test.heads_slot)).limit(1)
        heads = said.correlate(leads_table).scalar_subquery()
    per = func.coalesce(value["per"].as_string(), "")
    times: dict[Any, Any] = {"": 1.0, **TIMES_A_YEAR}
    for head in HEADS:
        times[head] = heads
        for period, number in TIMES_A_YEAR.items():
            times |= {f"{head}/{period}": heads * number, f"{period}/{head}": heads * number}
    currency = func.upper(func.coalesce(value["currency"].as_string(), ""))
    units = case(dict(SMALL_UNITS), value=currency, else_=1.0)
    return units * case(times, value=per, else_=null())


def _number_holds(test: Test, least: Any, most: Any) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [true()]
    if test.at_least is not None:
        parts.append(least >= test.at_least)
    if test.at_most is not None:
        parts.append(most <= test.at_most)
    if test.is_one_of:
        parts.append(and_(least.in_(test.is_one_of), most == least))
    if test.is_none_of:
        parts.append(or_(least.not_in(test.is_none_of), most != least))
    return and_(*parts)


def _span_holds(test: Test, value: Any, today: date) -> ColumnElement[bool]:
    first, last = PlainText(value["from"].as_string()), PlainText(value["to"].as_string())
    begins, ends = func.coalesce(first, last), func.coalesce(last, first)
    parts: list[ColumnElement[bool]] = [true()]
    if test.before is not None:
        parts.append(ends < test.before.isoformat())
    if test.after is not None:
        parts.append(begins > test.after.isoformat())
    if test.within is not None:
        parts.append(and_(begins <= (today + test.within).isoformat(), ends >= today.isoformat()))
    return and_(*parts)


def _moment_holds(test: Test, column: Any, as_of: datetime) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [true()]
    if test.before is not None:
        parts.append(column < _midnight(test.before))
    if test.after is not None:
        parts.append(column >= _midnight(test.after + timedelta(days=1)))
    if test.within is not None:
        parts.append(column >= as_of - test.within)
    return and_(*parts)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _choice_holds(test: Test, column: Any) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [true()]
    if test.is_one_of:
        parts.append(column.in_(test.is_one_of))
    if test.is_none_of:
        parts.append(column.not_in(test.is_none_of))
    if test.contains:
        parts.append(or_(*(column.icontains(words, autoescape=True) for words in test.contains)))
    return and_(*parts)


def _text_holds(test: Test, column: Any) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [true()]
    if test.is_one_of:
        parts.append(func.lower(column).in_([_lower(value) for value in test.is_one_of]))
    if test.is_none_of:
        parts.append(func.lower(column).not_in([_lower(value) for value in test.is_none_of]))
    if test.contains:
        parts.append(or_(*(column.icontains(words, autoescape=True) for words in test.contains)))
    return and_(*parts)


def _lower(value: Value) -> str:
    # As the databases' lower() does: ASCII only.
    return re.sub("[A-Z]", lambda letter: letter[0].lower(), str(value))


def _source_holds(test: Test) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [true()]
    if test.is_one_of:
        parts.append(or_(*(_is_from(value) for value in test.is_one_of)))
    parts += [not_(_is_from(value)) for value in test.is_none_of]
    if test.contains:
        parts.append(
            or_(*(leads_table.c.referrer.icontains(word, autoescape=True) for word in test.contains))
        )
    return and_(*parts)


def _is_from(source: Value) -> ColumnElement[bool]:
    referrer = leads_table.c.referrer
    if source == DIRECT:
        return referrer.is_(None)
    host = rf"(?i)^[a-z]+://([^/?#@]*\.)?{re.escape(str(source))}(:[0-9]+)?([/?#]|$)"
    return and_(referrer.is_not(None), referrer.regexp_match(host))
