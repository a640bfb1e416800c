"""Sessions, keys, sites, consents and gaps: small tables, each with its one promise."""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy.exc import StatementError

from bot.domain.conversation import Consent
from bot.store import Database, consents, gaps, keys, sites, visitors

Make = Callable[..., Any]
DAY = timedelta(days=1)


async def open_session(conn: Any, token: bytes, visitor_id: str, now: datetime) -> None:
    await visitors.create_session(
        conn, token_hash=token, site_id="demo", visitor_id=visitor_id, now=now, expires_at=now + DAY
    )


async def test_a_token_opens_its_visitors_latest_conversation(
    db: Database, start: Make, noon: datetime
) -> None:
    async with db.write() as conn:
        await open_session(conn, b"t1", "v1", noon)
        fresh = await visitors.find_session(conn, token_hash=b"t1", now=noon)
        await start(conn, "c1", at=noon)
        await start(conn, "c0", at=noon + DAY)
        await start(conn, "c2", visitor_id="v2")
        await open_session(conn, b"t2", "v1", noon)
        sessions = [
            await visitors.find_session(conn, token_hash=token, now=noon) for token in (b"t1", b"t2", b"t3")
        ]

    assert fresh == visitors.Session(
        site_id="demo",
        visitor_id="v1",
        conversation_id=None,
        created_at=noon,
        expires_at=noon + DAY,
        is_banned=False,
    )
    assert [session and session.conversation_id for session in sessions] == ["c0", "c0", None]


async def test_an_expired_session_is_told_from_an_unknown_one_for_thirty_days(
    db: Database, noon: datetime
) -> None:
    async with db.write() as conn:
        await open_session(conn, b"t1", "v1", noon)
        over = await visitors.find_session(conn, token_hash=b"t1", now=noon + 30 * DAY)
        forgotten = await visitors.find_session(conn, token_hash=b"t1", now=noon + 31 * DAY)
        await visitors.extend_session(conn, token_hash=b"t1", expires_at=noon + 5 * DAY)
        extended = await visitors.find_session(conn, token_hash=b"t1", now=noon + 31 * DAY)

    assert over is not None
    assert over.expires_at == noon + DAY
    assert forgotten is None
    assert extended is not None


async def test_a_banned_visitors_session_says_so(db: Database, noon: datetime) -> None:
    async with db.write() as conn:
        await open_session(conn, b"t1", "v1", noon)
        await visitors.ban(conn, "v1", at=noon)
        session = await visitors.find_session(conn, token_hash=b"t1", now=noon)

    assert session is not None
    assert session.is_banned


async def test_forgetting_expired_sessions_keeps_who_talked_or_is_banned(
    db: Database, start: Make, noon: datetime
) -> None:
    async with db.write() as conn:
        for number in range(1, 5):
            await open_session(conn, f"t{number}".encode(), f"v{number}", noon)
        await start(conn, "c1", visitor_id="v1")
        await visitors.ban(conn, "v2", at=noon)
        await visitors.extend_session(conn, token_hash=b"t4", expires_at=noon + 9 * DAY)
        gone = await visitors.forget_expired(conn, before=noon + 2 * DAY)
        from sqlalchemy import select

        from bot.store.tables import visitors as table

        left = (await conn.scalars(select(table.c.visitor_id).order_by(table.c.visitor_id))).all()

    assert gone == 3
    assert left == ["v1", "v2", "v4"]


async def test_a_revoked_key_opens_nothing_but_is_still_listed(db: Database, noon: datetime) -> None:
    async with db.write() as conn:
        for number in (1, 2):
            await keys.add(
                conn,
                key_id=f"k{number}",
                sha256=bytes([number]) * 32,
                prefix=f"foyer_{number}",
                name="Export",
                site_id=None if number == 1 else "demo",
                now=noon,
            )
        revoked = [await keys.revoke(conn, "k1", at=noon) for _ in range(2)]
        found = [await keys.find(conn, bytes([number]) * 32) for number in (1, 2, 3)]
        listed = await keys.list_all(conn)

    assert revoked == [True, False]
    assert [key and key.key_id for key in found] == [None, "k2", None]
    assert [(key.key_id, key.site_id, key.revoked_at) for key in listed] == [
        ("k1", None, noon),
        ("k2", "demo", None),
    ]


async def test_a_site_is_kept_as_last_seen(db: Database, noon: datetime) -> None:
    slots = [{"id": "name", "kind": "name"}, {"id": "budget", "kind": "money"}]
    async with db.write() as conn:
        for name in ("Old", "New"):
            await sites.register(
                conn,
                site_id="demo",
                folder="/srv/demo",
                name=name,
                slots=slots,
                playbook_version="1",
                now=noon,
            )
        listed = await sites.list_all(conn)
        found = await sites.find(conn, "demo")
        nobody = await sites.find(conn, "other")

    assert listed == [found]
    assert found is not None
    assert (found.name, list(found.slots)) == ("New", slots)
    assert nobody is None


async def test_consents_are_a_log_with_the_text_that_was_answered(db: Database, noon: datetime) -> None:
    async with db.write() as conn:
        for answer in (Consent.GIVEN, "withdrawn"):
            await consents.record(
                conn,
                site_id="demo",
                visitor_id="v1",
                conversation_id="c1",
                message_id="m1",
                answer=answer,
                text="May we?",
                text_version="2",
                locale="en",
                at=noon,
            )
        log = await consents.history(conn, "v1")

    assert [(one.answer, one.text, one.text_version) for one in log] == [
        ("given", "May we?", "2"),
        ("withdrawn", "May we?", "2"),
    ]


async def test_the_newest_gaps_of_a_site_are_listed(db: Database, noon: datetime) -> None:
    async with db.write() as conn:
        for number in range(3):
            at = noon + timedelta(minutes=number)
            await gaps.record(conn, site_id="demo", question=f"q{number}", conversation_id="c1", at=at)
        await gaps.record(conn, site_id="other", question="x", conversation_id="c2", at=noon)
        latest = await gaps.latest(conn, "demo", limit=2)

    assert [gap.question for gap in latest] == ["q2", "q1"]


async def test_times_are_kept_as_the_same_moment_whatever_their_zone(
    db: Database, start: Make, noon: datetime
) -> None:
    from bot.store import conversations

    in_tokyo = noon.astimezone(timezone(timedelta(hours=9)))
    async with db.write() as conn:
        await start(conn, at=in_tokyo)
        found = await conversations.find(conn, "c1")

    assert found is not None
    assert found.started_at == noon
    assert found.started_at.utcoffset() == timedelta()


async def test_a_naive_time_is_refused(db: Database, start: Make, noon: datetime) -> None:
    with pytest.raises(StatementError, match="no time zone"):
        async with db.write() as conn:
            await start(conn, at=noon.replace(tzinfo=None))
