"""What programs ask is bounded: a flood fills no disk, and hides neither visitors nor what is asked again and again."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.conversation import ConversationId, SiteId
from bot.store import Database, gaps
from tests.worlds import BOTH_WORLDS

pytestmark = BOTH_WORLDS
SITE, OTHER = SiteId("harbour"), SiteId("quay")
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


async def record(db: Database, *questions: str, at: datetime = NOON, site: SiteId = SITE) -> None:
    async with db.write() as conn:
        for question in questions:
            await gaps.record_of_program(conn, site_id=site, question=question, at=at)


async def kept(db: Database, *, limit: int = 100, since: datetime | None = None) -> list[str]:
    async with db.read() as conn:
        return [row.question for row in await gaps.latest(conn, SITE, since=since, limit=limit)]


async def test_the_same_words_count_a_bounded_number_of_times_a_day(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gaps, "SAME_WORDS_A_DAY", 3)

    await record(db, *["invoice?"] * 5, "students?")
    await record(db, "invoice?", at=NOON + timedelta(days=1))

    assert sorted(await kept(db)) == ["invoice?"] * 4 + ["students?"]
    assert await kept(db, since=NOON + timedelta(hours=1)) == ["invoice?"]


async def test_where_there_is_no_room_what_was_asked_once_and_longest_ago_leaves(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gaps, "OF_PROGRAMS_KEPT", 6)
    monkeypatch.setattr(gaps, "MADE_ROOM", 2)
    await record(db, "another site's?", site=OTHER)

    await record(db, "invoice?", "invoice?", "first?", *(f"new {n}?" for n in range(20)))

    found = await kept(db)
    assert len(found) <= 6
    assert found[0] == "new 19?"
    assert found.count("invoice?") == 2
    assert "first?" not in found
    async with db.read() as conn:
        assert [row.question for row in await gaps.latest(conn, OTHER)] == ["another site's?"]


async def test_what_programs_ask_hides_no_visitors_question(db: Database) -> None:
    async with db.write() as conn:
        await gaps.record(
            conn, site_id=SITE, question="By a visitor?", conversation_id=ConversationId("c1"), at=NOON
        )

    await record(db, *(f"new {n}?" for n in range(5)), at=NOON + timedelta(hours=1))

    assert "By a visitor?" in await kept(db, limit=1)
