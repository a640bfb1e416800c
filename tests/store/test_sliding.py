"""A visitor's session lives on while it is used, for 24 hours each time, and 30 days at most."""

from datetime import datetime, timedelta

from bot.domain.conversation import SiteId, VisitorId
from bot.store import Database
from bot.web.sessions import Lifetime, find_session, open_session, slide_session, token_hash

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LIFETIME = Lifetime(idle=DAY, longest=30 * DAY)


async def test_a_socket_that_is_used_keeps_its_session_for_30_days(db: Database, noon: datetime) -> None:
    token = (
        await open_session(
            db, site_id=SiteId("demo"), visitor_id=VisitorId("v1"), now=noon, lifetime=LIFETIME
        )
    ).token
    session = await find_session(db, token, noon, LIFETIME)
    assert session is not None

    ends = []
    for after in (HOUR / 2, 2 * HOUR, 25 * HOUR, 29.5 * DAY):
        session = await slide_session(db, session, token_hash(token), noon + after, LIFETIME)
        found = await find_session(db, token, noon + after, LIFETIME)
        assert found == session
        ends.append(session.expires_at - noon)

    assert ends == [DAY, DAY + 2 * HOUR, DAY + 25 * HOUR, 30 * DAY]


async def test_a_short_life_slides_in_shorter_steps(db: Database, noon: datetime) -> None:
    hour = Lifetime(idle=HOUR, longest=DAY)
    token = (
        await open_session(db, site_id=SiteId("demo"), visitor_id=VisitorId("v1"), now=noon, lifetime=hour)
    ).token

    session = await find_session(db, token, noon + HOUR / 2, hour)

    assert session is not None
    assert session.expires_at == noon + 1.5 * HOUR
