"""The list by score keeps its place as the newest-first list does; words and withdrawals are filtered in SQL."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.dialects import sqlite

from bot.domain.conversation import LeadId, SiteId
from bot.domain.segment import Segment
from bot.store import Database, UnknownCursorError, consents, facts, leads
from bot.store.lead_filter import LeadFilter
from bot.store.leads import Order

Make = Callable[..., Any]
SCORES = (10, 90, 50, 90, 50, 0)


@pytest.fixture
async def many(db: Database, make_lead: Make) -> Database:
    async with db.write() as conn:
        for number, score in enumerate(SCORES, 1):
            await leads.save(conn, row=make_lead(number, score=score), receipts=())
    return db


async def ids(db: Database, where: LeadFilter, *, order: Order = "newest", limit: int = 50) -> list[str]:
    found: list[str] = []
    cursor: str | None = None
    async with db.read() as conn:
        while True:
            page = await leads.page(conn, where=where, cursor=cursor, limit=limit, order=order)
            found += [row.lead_id for row in page.rows]
            cursor = page.next_cursor
            if cursor is None:
                return found


@pytest.mark.parametrize("limit", [1, 2, 5, 50])
async def test_by_score_each_lead_comes_once_best_and_newest_first(many: Database, limit: int) -> None:
    found = await ids(many, LeadFilter(), order="score", limit=limit)

    assert found == ["l00004", "l00002", "l00005", "l00003", "l00001", "l00006"]


@pytest.mark.parametrize("order", ["newest", "score"])
async def test_a_cursor_of_the_other_order_is_refused(many: Database, order: Order) -> None:
    other: Order = "score" if order == "newest" else "newest"
    async with many.read() as conn:
        cursor = (await leads.page(conn, where=LeadFilter(), limit=2, order=other)).next_cursor
        with pytest.raises(UnknownCursorError):
            await leads.page(conn, where=LeadFilter(), cursor=cursor, order=order)


async def test_counting_stops_where_it_is_told(many: Database) -> None:
    async with many.read() as conn:
        assert await leads.count(conn, LeadFilter()) == 6
        assert await leads.count(conn, LeadFilter(), at_most=4) == 4


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("ferry",), ["l00002", "l00001"]),
        (("FERRY", "blue"), ["l00002"]),
        (("+4930",), ["l00001"]),
        (("100%",), []),
        (("%",), []),
    ],
)
async def test_words_stand_in_the_first_question_or_in_a_fact(
    db: Database, make_lead: Make, make_fact: Make, words: tuple[str, ...], found: list[str]
) -> None:
    async with db.write() as conn:
        for number, question in enumerate(("Which ferry?", "A blue ferry"), 1):
            await leads.save(conn, row=make_lead(number, first_question=question), receipts=())
        said = make_fact("phone", "+493012345", quote="030 12345")
        await facts.append(conn, lead_id=LeadId("l00001"), site_id=SiteId("demo"), facts=[said])

    assert await ids(db, LeadFilter(words=words)) == found


async def test_who_took_the_consent_back_is_left_out_until_they_give_it_again(
    db: Database, make_lead: Make, noon: datetime
) -> None:
    row = make_lead(1)

    async def say(answer: str) -> None:
        async with db.write() as conn:
            await consents.record(
                conn,
                site_id=row.site_id,
                visitor_id=row.visitor_id,
                conversation_id=row.conversation_id,
                message_id=None,
                answer=answer,  # type: ignore[arg-type]
                text="May we?",
                text_version="1",
                locale="en",
                at=noon,
            )

    async with db.write() as conn:
        await leads.save(conn, row=row, receipts=())
    seen = []
    for answer in ("given", "withdrawn", "given"):
        await say(answer)
        seen.append(await ids(db, LeadFilter(but_withdrawn=True)))

    assert seen == [["l00001"], [], ["l00001"]]


@pytest.mark.parametrize("world", ["sqlite"], indirect=True)
@pytest.mark.parametrize("order", ["newest", "score"])
@pytest.mark.parametrize("sites", [(), ("demo",), ("demo", "shop")], ids=str)
async def test_a_page_is_read_in_the_order_of_an_index(
    db: Database, order: Order, sites: tuple[str, ...]
) -> None:
    every = {SiteId(site): Segment(name="", label="") for site in sites} or None
    where = LeadFilter(segments=every, site_id=SiteId(sites[0]) if len(sites) == 1 else None)
    query = (
        leads.ordered(where, order)
        .limit(50)
        .compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    )
    async with db.read() as conn:
        plan = [row.detail for row in await conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}")]

    assert not any("TEMP B-TREE" in step for step in plan), plan
