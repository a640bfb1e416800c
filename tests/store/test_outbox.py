"""What waits for delivery is put once, sent by one worker at a time, and ends delivered or dead."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.store import Database, outbox

Make = Callable[..., Any]
LEASE = timedelta(minutes=1)


@pytest.fixture
def put(noon: datetime) -> Make:
    async def one(
        conn: Any, item_id: str, *, after: timedelta = timedelta(), target: str = "webhook:x"
    ) -> bool:
        return await outbox.put(
            conn,
            item_id=item_id,
            event="lead.created",
            site_id="demo",
            target=target,
            payload={"n": 1, "text": "é"},
            now=noon + after,
        )

    return one


async def test_an_item_is_put_once_and_due_at_once(db: Database, put: Make, noon: datetime) -> None:
    async with db.write() as conn:
        results = [await put(conn, "a"), await put(conn, "a")]
        due = await outbox.next_due(conn)
        claimed = await outbox.claim(conn, now=noon, until=noon + LEASE, limit=10)

    assert results == [True, False]
    assert due == noon
    assert [(row.item_id, row.payload, row.attempts) for row in claimed] == [("a", {"n": 1, "text": "é"}, 1)]


async def test_a_claimed_item_is_nobody_elses_until_its_lease_is_over(
    db: Database, put: Make, noon: datetime
) -> None:
    async with db.write() as conn:
        await put(conn, "a")
        first = await outbox.claim(conn, now=noon, until=noon + LEASE, limit=10)
        second = await outbox.claim(conn, now=noon + LEASE / 2, until=noon + LEASE, limit=10)
        third = await outbox.claim(conn, now=noon + LEASE, until=noon + 2 * LEASE, limit=10)

    assert [len(rows) for rows in (first, second, third)] == [1, 0, 1]
    assert third[0].attempts == 2


async def test_what_waited_longest_is_claimed_first(db: Database, put: Make, noon: datetime) -> None:
    async with db.write() as conn:
        await put(conn, "later", after=timedelta(seconds=2))
        await put(conn, "sooner", after=timedelta(seconds=1))
        await put(conn, "not yet", after=timedelta(days=1))
        now = noon + timedelta(minutes=1)
        claims = [await outbox.claim(conn, now=now, until=now + LEASE, limit=1) for _ in range(3)]

    assert [[row.item_id for row in rows] for rows in claims] == [["sooner"], ["later"], []]


async def test_a_retry_waits_and_a_delivery_ends(db: Database, put: Make, noon: datetime) -> None:
    later = noon + timedelta(hours=1)
    async with db.write() as conn:
        await put(conn, "a")
        await put(conn, "b")
        await outbox.claim(conn, now=noon, until=noon + LEASE, limit=10)
        await outbox.retry(conn, "a", next_at=later, detail="HTTP 500")
        await outbox.mark_delivered(conn, "b", at=noon)
        due = await outbox.next_due(conn)
        waiting = await outbox.claim(conn, now=later, until=later + LEASE, limit=10)
        delivered = await outbox.page(conn, site_id="demo", state="delivered")

    assert due == later
    assert [(row.item_id, row.last_error) for row in waiting] == [("a", "HTTP 500")]
    assert [row.item_id for row in delivered] == ["b"]


async def test_a_dead_item_stays_to_be_seen_and_does_not_come_back(
    db: Database, put: Make, noon: datetime
) -> None:
    async with db.write() as conn:
        await put(conn, "a")
        await outbox.dead(conn, "a", at=noon, detail="gave up")
        await outbox.retry(conn, "a", next_at=noon, detail="too late")
        claimed = await outbox.claim(conn, now=noon, until=noon + LEASE, limit=10)
        dead = await outbox.page(conn, site_id=None, state="dead")

    assert claimed == []
    assert [(row.item_id, row.last_error) for row in dead] == [("a", "gave up")]


async def test_a_receiver_that_wants_nothing_more_gets_nothing_more(
    db: Database, put: Make, noon: datetime
) -> None:
    async with db.write() as conn:
        await put(conn, "a", target="webhook:gone")
        await put(conn, "b", target="webhook:gone")
        await put(conn, "c", target="webhook:here")
        count = await outbox.dead_target(conn, site_id="demo", target="webhook:gone", at=noon, detail="410")
        claimed = await outbox.claim(conn, now=noon, until=noon + LEASE, limit=10)

    assert count == 2
    assert [row.item_id for row in claimed] == ["c"]
