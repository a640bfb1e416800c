"""People who log in: one name is one person, and what ends their access ends their sessions with it."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain.errors import ConfigurationError
from bot.store import Database, operators, passwords

TOKEN = b"hash of a token"


@pytest.fixture
async def ada(db: Database, noon: datetime) -> str:
    async with db.write() as conn:
        await operators.add(conn, operator_id="u1", name="Ada", password_hash="h", site_id=None, now=noon)
        await operators.begin_session(conn, "u1", TOKEN, now=noon)
    return "u1"


async def session(db: Database) -> operators.SessionRow | None:
    async with db.read() as conn:
        return await operators.find_session(conn, TOKEN)


async def test_a_name_is_one_persons_whatever_its_capitals(db: Database, ada: str, noon: datetime) -> None:
    with pytest.raises(ConfigurationError, match="already"):
        async with db.write() as conn:
            await operators.add(
                conn, operator_id="u2", name="aＤa ", password_hash="h", site_id=None, now=noon
            )
    async with db.read() as conn:
        found = await operators.find(conn, " aDA")

    assert found is not None
    assert found[0].name == "Ada"


@pytest.mark.parametrize(
    "end",
    [
        lambda conn: operators.set_password(conn, "u1", "other"),
        lambda conn: operators.set_disabled(conn, "u1", at=datetime.fromisoformat("2026-03-02T12:00Z")),
        lambda conn: operators.remove(conn, "u1"),
        lambda conn: operators.end_session(conn, TOKEN),
    ],
    ids=["password", "disabled", "removed", "logged out"],
)
async def test_what_ends_access_ends_the_sessions(
    db: Database, ada: str, end: Callable[[Any], Awaitable[None]]
) -> None:
    assert await session(db) is not None

    async with db.write() as conn:
        await end(conn)

    assert await session(db) is None


@pytest.mark.parametrize(("idle", "age", "is_kept"), [(1, 1, True), (13, 13, False), (1, 24 * 8, False)])
async def test_sessions_that_are_over_are_forgotten(
    db: Database, ada: str, noon: datetime, idle: int, age: int, is_kept: bool
) -> None:
    now = noon + timedelta(hours=age)
    async with db.write() as conn:
        await operators.note_seen(conn, TOKEN, at=now - timedelta(hours=idle))
        await operators.forget_sessions(conn, now=now, idle=timedelta(hours=12), longest=timedelta(days=7))

    assert (await session(db) is not None) is is_kept


def test_only_the_right_password_is_right() -> None:
    kept = passwords.hash_of("a quiet green door")

    assert passwords.is_right("a quiet green door", kept)
    assert not passwords.is_right("a quiet green Door", kept)
    assert not passwords.is_right("a quiet green door", None)
    assert not passwords.is_right("a quiet green door", "no hash")
    assert not passwords.is_outdated(kept)
