"""What a visitor does between messages is evidence of interest, and nothing is kept of who has not written."""

from datetime import timedelta

import pytest

from bot.domain.conversation import Author, Message, VisitorId
from bot.leads.visits import PAGES_KEPT, VISITED, keep_visit, shown_by_visit
from bot.store import conversations, facts

HOME, PRICES = "https://x.example/", "https://x.example/pricing"


@pytest.fixture
def said(now):
    def make(*pages: str) -> list[Message]:
        return [
            Message(
                message_id=f"m{number}", conversation_id="c", seq=number, author=Author.VISITOR, text="Hello",
                at=now, page_url=page,
            )
            for number, page in enumerate(pages, 1)
        ]  # fmt: skip

    return make


def walked(said, log, page, at) -> list[str]:
    shown = list(shown_by_visit(page, said, log, at=at))
    log += shown
    return [fact.slot.removeprefix("signal.") for fact in shown]


def test_pages_and_return_visits_show_each_once(said, now):
    log, mine = [], said(HOME)

    shown = [
        walked(mine, log, HOME, now),
        walked(mine, log, PRICES, now),
        walked(mine, log, PRICES, now),
        walked(mine, log, "https://x.example/docs", now),
        walked(mine, log, "https://x.example/blog", now + timedelta(hours=7)),
        walked(mine, log, HOME, now + timedelta(hours=20)),
    ]

    assert shown == [
        [], ["visited", "saw_pricing"], [], ["visited", "three_pages"], ["visited", "came_back"], []
    ]  # fmt: skip
    assert {fact.message_id for fact in log} == {"m1"}


def test_who_has_not_written_shows_nothing_and_pages_have_an_end(said, now):
    log: list = []
    for number in range(30):
        walked(said(HOME), log, f"{HOME}{number}", now)

    assert list(shown_by_visit(PRICES, [], [], at=now)) == []
    assert sum(fact.slot == VISITED for fact in log) == PAGES_KEPT


async def test_a_visit_is_kept_in_the_log_of_the_lead_without_its_query(db, keep_lead, now):
    row = await keep_lead(db, "lead_1", facts=(), page=HOME)
    stranger = VisitorId("v_stranger")
    async with db.write() as connection:
        await conversations.start(
            connection, conversation_id="c_s", site_id="demo", visitor_id=stranger, now=now
        )

    for visitor_id in (row.visitor_id, stranger):
        for url in (f"{PRICES}?token=secret#x", f"{PRICES}?again", None, "http://[broken"):
            await keep_visit(db, visitor_id, url, at=now)

    async with db.read() as connection:
        kept = [(fact.slot, fact.value) for fact in await facts.of_visitor(connection, row.visitor_id)]
        nothing = await facts.of_visitor(connection, stranger)
    assert kept == [("signal.visited", PRICES), ("signal.saw_pricing", True)]
    assert nothing == []
