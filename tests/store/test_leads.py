"""Leads are kept once for each visitor, in a stable order, and exported in constant memory."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import IntegrityError

from bot.domain.conversation import Consent
from bot.domain.errors import NotFoundError
from bot.domain.facts import FactState
from bot.store import Database, UnknownCursorError, facts, leads
from bot.store.lead_filter import LeadFilter
from bot.store.lead_list import list_query, read_block

Make = Callable[..., Any]


def compiled(query: Any) -> str:
    return str(query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))


async def test_a_lead_comes_back_as_it_was_saved(db: Database, make_lead: Make, make_receipt: Make) -> None:
    receipts = (
        make_receipt(),
        make_receipt("cap.fit", -10, quote=None, message_id=None, dimension="interest"),
    )
    row = make_lead(
        consent_at=make_lead().created_at,
        stopped_at="budget",
        first_question="How?",
        page="https://x.org/",
        referrer="https://y.org/",
        owner="ada",
        playbook_version="abc",
        receipts=receipts,
    )
    async with db.write() as conn:
        await leads.save(conn, row=row, receipts=receipts)
    async with db.read() as conn:
        read = [
            await leads.get(conn, row.lead_id),
            await leads.find(conn, row.lead_id),
            await leads.find_for_visitor(conn, row.visitor_id),
        ]
        why = await leads.receipts(conn, row.lead_id)

    assert read == [row, row, row]
    assert why == list(receipts)


async def test_saving_again_replaces_the_judgement_but_not_the_day_it_began(
    db: Database, make_lead: Make, make_receipt: Make
) -> None:
    first = make_lead()
    later = first.created_at + timedelta(days=1)
    async with db.write() as conn:
        await leads.save(conn, row=first, receipts=[make_receipt(), make_receipt("a.b")])
        again = make_lead(score=70, created_at=later, updated_at=later)
        await leads.save(conn, row=again, receipts=[make_receipt("c.d", 70)])
        read = await leads.get(conn, first.lead_id)

    assert (read.score, read.created_at, read.updated_at) == (70, first.created_at, later)
    assert [receipt.rule for receipt in read.receipts] == ["c.d"]


async def test_a_visitor_has_one_lead(db: Database, make_lead: Make) -> None:
    with pytest.raises(IntegrityError):  # noqa: PT012 - the whole transaction fails
        async with db.write() as conn:
            await leads.save(conn, row=make_lead(1), receipts=[])
            await leads.save(conn, row=make_lead(2, visitor_id="v1"), receipts=[])


async def test_a_lead_that_is_not_there_is_named(db: Database) -> None:
    async with db.read() as conn:
        assert await leads.find(conn, "l9") is None
        with pytest.raises(NotFoundError, match="l9"):
            await leads.get(conn, "l9")


async def test_facts_keep_their_history_and_every_shape_of_value(
    db: Database, make_fact: Make, noon: Any
) -> None:
    told = [
        make_fact(value={"min": 5, "max": 5}),
        make_fact("decision_maker", False),
        make_fact("budget", None, state=FactState.NONE),
        make_fact("name", "Ada", at=noon + timedelta(minutes=1)),
        make_fact(value={"min": 12, "max": None}),
    ]
    async with db.write() as conn:
        await facts.append(conn, lead_id="l1", site_id="demo", facts=told[:3])
        await facts.append(conn, lead_id="l1", site_id="demo", facts=told[3:])
        await facts.append(conn, lead_id="l2", site_id="demo", facts=[])
        history = await facts.history(conn, "l1")
        nothing = await facts.history(conn, "l2")

    assert history == told
    assert history[1].value is False
    assert nothing == []


async def test_pages_show_every_lead_once_newest_first_although_leads_change(
    db: Database, make_lead: Make
) -> None:
    async with db.write() as conn:
        for number in range(1, 8):
            # Two of one moment: the id decides.
            await leads.save(
                conn, row=make_lead(number, created_at=make_lead(number // 2).created_at), receipts=[]
            )

    seen: list[str] = []
    cursor = None
    while True:
        async with db.write() as conn:
            page = await leads.page(conn, where=LeadFilter(site_id="demo"), cursor=cursor, limit=2)
            seen += [row.lead_id for row in page.rows]
            changed = make_lead(1, created_at=make_lead(0).created_at, updated_at=make_lead(99).updated_at)
            await leads.save(conn, row=changed, receipts=[])
        cursor = page.next_cursor
        if cursor is None:
            break

    assert seen == [f"l{number:05}" for number in (7, 6, 5, 4, 3, 2, 1)]


@pytest.mark.parametrize("cursor", ["", "x", "é", "bm90IGEgY3Vyc29y", "MjAyNi0wMy0wMlQxMjowMA==", "a" * 5000])
async def test_a_cursor_that_is_not_ours_is_refused_or_harmless(db: Database, cursor: str) -> None:
    async with db.read() as conn:
        try:
            page = await leads.page(conn, where=LeadFilter(), cursor=cursor)
        except UnknownCursorError:
            return
    assert page.rows == ()


async def test_filters_pick_site_time_capture_and_consent(db: Database, make_lead: Make) -> None:
    async with db.write() as conn:
        for row in (
            make_lead(1),
            make_lead(2, site_id="other"),
            make_lead(3, captured=False),
            make_lead(4, captured=False, consent=Consent.REFUSED),
        ):
            await leads.save(conn, row=row, receipts=[])

        async def ids(**parts: Any) -> list[str]:
            where = LeadFilter(**parts)
            listed = [lead.lead_id for lead in await read_block(conn, where, limit=10)]
            paged = await leads.page(conn, where=where)
            assert [row.lead_id for row in paged.rows] == listed
            assert await leads.count(conn, where) == len(listed)
            return [row.visitor_id for row in reversed(paged.rows)]

        assert await ids() == ["v1", "v2", "v3", "v4"]
        assert await ids(site_id="demo") == ["v1", "v3", "v4"]
        assert await ids(since=make_lead(2).updated_at) == ["v2", "v3", "v4"]
        assert await ids(captured_only=True) == ["v1", "v2"]
        assert await ids(consented_only=True, site_id="demo") == ["v1", "v3"]


async def test_a_list_gives_each_lead_its_current_facts_and_reasons(
    db: Database, make_lead: Make, make_fact: Make, make_receipt: Make
) -> None:
    async with db.write() as conn:
        for number in (1, 2, 3):
            await leads.save(conn, row=make_lead(number), receipts=[make_receipt(points=number)])
        nine = make_fact(value={"min": 9, "max": 9})
        earlier = make_fact(value={"min": 5, "max": 5}, at=nine.at - timedelta(minutes=1))
        told = [nine, make_fact("name", "Ada 🔧"), earlier]
        await facts.append(conn, lead_id="l00001", site_id="demo", facts=told)
        await facts.append(conn, lead_id="l00003", site_id="demo", facts=[make_fact("name", "Grace")])
        listed = list(await read_block(conn, LeadFilter(), limit=10))

    assert [lead.reasons[0][1] for lead in listed] == [3, 2, 1]
    assert [{slot: value for slot, (_, value, _) in lead.facts.items()} for lead in listed] == [
        {"name": "Grace"},
        {},
        {"team_size": {"min": 9, "max": 9}, "name": "Ada 🔧"},
    ]


@pytest.mark.parametrize("world", ["sqlite"], indirect=True)
async def test_the_list_of_all_sites_is_read_in_order_without_sorting(db: Database) -> None:
    async with db.read() as conn:
        for site_id in (None, "demo"):
            query = list_query(LeadFilter(site_id=site_id), limit=10)
            plan = (await conn.execute(text(f"EXPLAIN QUERY PLAN {compiled(query)}"))).all()

            assert not any("TEMP B-TREE" in row.detail for row in plan)
