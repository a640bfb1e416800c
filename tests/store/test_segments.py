"""A segment finds the leads it says, and what is not known is in none that asks for a value."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.conversation import Consent
from bot.domain.facts import FactState
from bot.domain.segment import Segment, Test
from bot.domain.slots import SlotKind
from bot.store import Database, facts, leads
from bot.store.lead_filter import LeadFilter
from bot.store.lead_list import read_block

Make = Callable[..., Any]
MONEY, PEOPLE, TEXT = SlotKind.MONEY, SlotKind.QUANTITY, SlotKind.NEED
DAY = timedelta(days=1)


def dollars(least: float | None, most: float | None, currency: str = "USD", per: str | None = None) -> dict:
    return {"min": least, "max": most, "currency": currency, "per": per}


@pytest.fixture
async def stored(db: Database, make_lead: Make, make_fact: Make, noon: Any) -> Database:
    """Five leads: big (1), small (2), one who said none (3), one who declined (4), one nobody asked (5)."""
    told = {
        1: [
            make_fact("budget", dollars(90, 90), at=noon - DAY),
            make_fact("budget", dollars(2_000, 3_000, per="month")),
            make_fact("team_size", {"min": 40, "max": None}),
            make_fact("timeline", {"from": "2026-03-20", "to": "2026-03-31"}),
            make_fact("need", "A Chat on 100% of our help_pages"),
            make_fact("decides", True),
            make_fact("email", "ada@web.de.example"),
        ],
        2: [
            make_fact("budget", dollars(10, 10, per="user/month")),
            make_fact("team_size", {"min": 10, "max": 15}),
            make_fact("timeline", {"from": None, "to": "2026-12-31"}),
            make_fact("decides", False),
            make_fact("email", "ben@GMail.com"),
        ],
        3: [make_fact("budget", None, state=FactState.NONE)],
        4: [
            make_fact("budget", None, state=FactState.DECLINED),
            make_fact("need", "a CRM"),
            make_fact("email", "x@in.mailinator.com"),
        ],
    }
    rows = [
        make_lead(
            1, score=80, stage="sql", grade="A1", referrer="https://www.search.example/?q=x", captured=True
        ),
        make_lead(
            2, score=30, stage="lead", grade="C3", page="https://x.org/pricing", stopped_at="left_at:email"
        ),
        make_lead(3, score=0, referrer="https://evil.org/www.search.example/", consent=Consent.REFUSED),
        make_lead(4, score=10, owner="ada", campaign="source=newsletter", updated_at=noon - 40 * DAY),
        make_lead(5, score=5, referrer="https://notsearch.example"),
    ]
    async with db.write() as conn:
        for number, row in enumerate(rows, start=1):
            changed = {} if number == 1 else {"captured": False}
            await leads.save(
                conn, row=type(row)(**{f: getattr(row, f) for f in row.__slots__} | changed), receipts=[]
            )
            await facts.append(conn, lead_id=row.lead_id, site_id="demo", facts=told.get(number, []))
    return db


async def found(db: Database, noon: Any, *every: Test, some: tuple[tuple[Test, ...], ...] = ()) -> set[int]:
    segment = Segment(name="x", label="x", every=every, some=some)
    where = LeadFilter(segments={"demo": segment}, as_of=noon)
    async with db.read() as conn:
        listed = [lead.lead_id for lead in await read_block(conn, where, limit=100)]
        assert await leads.count(conn, where) == len(listed)
    return {int(lead_id[1:]) for lead_id in listed}


BUDGET = {"field": "budget", "kind": MONEY, "heads_slot": "team_size"}
TEAM = {"field": "team_size", "kind": PEOPLE}
WHEN = {"field": "timeline", "kind": SlotKind.TIMELINE}
NEED = {"field": "need", "kind": TEXT}
EMAIL = {"field": "email", "kind": SlotKind.EMAIL}
DECIDES = {"field": "decides", "kind": SlotKind.BOOLEAN}
CASES = [
    (Test(field="score", at_least=30), {1, 2}),
    (Test(field="score", at_most=5), {3, 5}),
    (Test(field="stage", is_one_of=("sql", "mql")), {1}),
    (Test(field="grade", is_none_of=("A1", "B2")), {2}),
    (Test(field="consent", is_one_of=("refused",)), {3}),
    (Test(field="gate", is_one_of=("captured",)), {1}),
    (Test(field="gate", contains=("left_at",)), {2}),
    (Test(field="page", contains=("/PRICING",)), {2}),
    (Test(field="source", is_one_of=("search.example",)), {1}),
    (Test(field="source", is_one_of=("direct",)), {2, 4}),
    (Test(field="source", is_none_of=("direct",)), {1, 3, 5}),
    (Test(field="owner", states=("known",)), {4}),
    (Test(field="campaign", contains=("newsletter",)), {4}),
    (Test(field="owner", states=("unknown",)), {1, 2, 3, 5}),
    (Test(field="owner", is_none_of=("grace",)), {4}),
    (Test(field="updated_at", within=30 * DAY), {1, 2, 3, 5}),
    (Test(field="updated_at", before=date(2026, 2, 1)), {4}),
    (Test(field="updated_at", after=date(2026, 2, 1)), {1, 2, 3, 5}),
    (Test(**BUDGET, at_least=24_000), {1}),
    (Test(**BUDGET, at_least=1_200), {1, 2}),
    (Test(**BUDGET, at_least=1_201, at_most=36_000), {1}),
    (Test(**BUDGET, states=("none",)), {3}),
    (Test(**BUDGET, states=("none", "declined")), {3, 4}),
    (Test(**BUDGET, states=("not_asked",)), {5}),
    (Test(**BUDGET, states=("known", "not_asked"), at_least=24_000), {1, 5}),
    (Test(**TEAM, at_least=20), {1}),
    (Test(**TEAM, at_most=20), {2}),
    (Test(**WHEN, within=30 * DAY), {1}),
    (Test(**WHEN, before=date(2026, 4, 1)), {1}),
    (Test(**WHEN, after=date(2026, 4, 1)), {2}),
    (Test(**NEED, contains=("chat", "nothing")), {1}),
    (Test(**NEED, contains=("0% of our help_",)), {1}),
    (Test(**NEED, contains=("%",)), {1}),
    (Test(**NEED, is_one_of=("A crm",)), {4}),
    (Test(**NEED, is_none_of=("a crm",)), {1}),
    (Test(**DECIDES, is_one_of=(True,)), {1}),
    (Test(**DECIDES, is_none_of=(True,)), {2}),
    (Test(**DECIDES, is_one_of=(False,)), {2}),
    (Test(**EMAIL, mail=("company",)), {1}),
    (Test(**EMAIL, mail=("free",)), {2}),
    (Test(**EMAIL, mail=("disposable",)), {4}),
    (Test(**EMAIL, mail=("free", "disposable")), {2, 4}),
    (Test(**EMAIL, mail=("free", "company"), contains=("ada",)), {1}),
]


async def test_each_test_finds_the_leads_it_says(stored: Database, noon: Any) -> None:
    got = [(test, await found(stored, noon, test)) for test, _ in CASES]

    assert [ids for _, ids in got] == [ids for _, ids in CASES]


async def test_all_of_the_first_and_one_of_the_others_must_hold(stored: Database, noon: Any) -> None:
    rich, refused = Test(**BUDGET, at_least=1_000), Test(**BUDGET, states=("declined",))
    busy = Test(field="score", at_least=10)

    assert await found(stored, noon, busy, some=((rich, busy), (refused,))) == {1, 2, 4}
    assert await found(stored, noon, Test(field="score", at_least=50), some=((rich,), (refused,))) == {1}


async def test_a_segment_holds_for_its_site_alone_and_no_segment_for_none(
    stored: Database, make_lead: Make, noon: Any
) -> None:
    async with stored.write() as conn:
        await leads.save(conn, row=make_lead(9, site_id="other", score=99), receipts=[])
        good = Segment(name="x", label="x", every=(Test(field="score", at_least=50),))
        counts = [
            await leads.count(conn, LeadFilter(segments=segments, as_of=noon))
            for segments in ({"demo": good}, {"demo": good, "other": good}, {})
        ]

    assert counts == [1, 2, 0]


async def test_what_a_segment_compares_with_is_never_sql(stored: Database, noon: Any) -> None:
    for words in ("' OR 1=1 --", '"; DROP TABLE leads; --', "%", "_"):
        assert await found(stored, noon, Test(field="owner", contains=(words,))) == set()
        assert await found(stored, noon, Test(field="source", is_one_of=(words,))) == set()
        assert await found(stored, noon, Test(field=words, kind=TEXT, contains=(words,))) == set()
