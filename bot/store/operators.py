"""The people who work with the leads, and their sessions. A name is one person's, whatever its capitals.

Promises: a new password, disabling and removing end every session of that person in the same transaction.
"""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.conversation import SiteId
from bot.domain.errors import ConfigurationError
from bot.store.operator_tables import operator_sessions, operators

LIST_LIMIT = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorRow:
    """A person as they are shown. `site_id` None sees every site; `shown_name` is what visitors are told, if any."""

    operator_id: str
    name: str
    site_id: SiteId | None
    created_at: datetime
    disabled_at: datetime | None
    shown_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """A browser in which somebody is logged in."""

    operator: OperatorRow
    created_at: datetime
    seen_at: datetime


def name_key(name: str) -> str:
    """Return what two spellings of one name have in common."""
    return unicodedata.normalize("NFKC", name).casefold().strip()


async def add(  # noqa: PLR0913 - a row has as many columns
    conn: AsyncConnection,
    *,
    operator_id: str,
    name: str,
    password_hash: str,
    site_id: SiteId | None,
    now: datetime,
    shown_name: str | None = None,
) -> None:
    """Keep a new person.

    Raises:
        ConfigurationError: Somebody has that name.
    """
    try:
        await conn.execute(
            insert(operators).values(
                operator_id=operator_id,
                name=name,
                name_key=name_key(name),
                password_hash=password_hash,
                site_id=site_id,
                created_at=now,
                shown_name=shown_name,
            )
        )
    except IntegrityError as error:
        raise ConfigurationError(
            f"There is a user {name!r} already; `foyer user password` changes the password."
        ) from error


async def find(conn: AsyncConnection, name: str) -> tuple[OperatorRow, str] | None:
    """Return the person of that name with the hash of their password, disabled or not."""
    row = (await conn.execute(select(operators).where(operators.c.name_key == name_key(name)))).one_or_none()
    return None if row is None else (_operator_from(row), row.password_hash)


async def list_all(conn: AsyncConnection) -> list[OperatorRow]:
    """Return everybody, by name."""
    rows = await conn.execute(select(operators).order_by(operators.c.name_key).limit(LIST_LIMIT))
    return [_operator_from(row) for row in rows]


async def is_anybody(conn: AsyncConnection) -> bool:
    """Whether anybody could log in."""
    return await conn.scalar(select(operators.c.operator_id).limit(1)) is not None


async def set_password(conn: AsyncConnection, operator_id: str, password_hash: str) -> None:
    """Keep a new password and end the sessions that the old one opened."""
    await keep_hash(conn, operator_id, password_hash)
    await end_sessions(conn, operator_id)


async def keep_hash(conn: AsyncConnection, operator_id: str, password_hash: str) -> None:
    """Keep another hash of the same password."""
    await conn.execute(
        update(operators).where(operators.c.operator_id == operator_id).values(password_hash=password_hash)
    )


async def set_shown_name(conn: AsyncConnection, operator_id: str, shown_name: str | None) -> None:
    """Say under which name visitors talk with them; None: under none."""
    await conn.execute(
        update(operators).where(operators.c.operator_id == operator_id).values(shown_name=shown_name)
    )


async def set_disabled(conn: AsyncConnection, operator_id: str, *, at: datetime | None) -> None:
    """Let the person in no more from `at` on; None lets them in again."""
    await conn.execute(update(operators).where(operators.c.operator_id == operator_id).values(disabled_at=at))
    await end_sessions(conn, operator_id)


async def remove(conn: AsyncConnection, operator_id: str) -> None:
    """Forget the person."""
    await end_sessions(conn, operator_id)
    await conn.execute(delete(operators).where(operators.c.operator_id == operator_id))


async def begin_session(
    conn: AsyncConnection, operator_id: str, session_hash: bytes, *, now: datetime
) -> None:
    """Keep a new session."""
    row = {"session_hash": session_hash, "operator_id": operator_id, "created_at": now, "seen_at": now}
    await conn.execute(insert(operator_sessions).values(row))


async def find_session(conn: AsyncConnection, session_hash: bytes) -> SessionRow | None:
    """Return the session of that hash, unless its person may not come in; whether it is over, the caller knows."""
    times = (operator_sessions.c.created_at.label("begun_at"), operator_sessions.c.seen_at)
    found = await conn.execute(
        select(operators, *times)
        .join(operator_sessions, operator_sessions.c.operator_id == operators.c.operator_id)
        .where(operator_sessions.c.session_hash == session_hash, operators.c.disabled_at.is_(None))
    )
    row = found.one_or_none()
    if row is None:
        return None
    return SessionRow(operator=_operator_from(row), created_at=row.begun_at, seen_at=row.seen_at)


async def note_seen(conn: AsyncConnection, session_hash: bytes, *, at: datetime) -> None:
    """Note that the session was used."""
    await conn.execute(
        update(operator_sessions).where(operator_sessions.c.session_hash == session_hash).values(seen_at=at)
    )


async def end_session(conn: AsyncConnection, session_hash: bytes) -> None:
    """Let the session open nothing any more."""
    await conn.execute(delete(operator_sessions).where(operator_sessions.c.session_hash == session_hash))


async def end_sessions(conn: AsyncConnection, operator_id: str) -> None:
    """End every session of a person."""
    await conn.execute(delete(operator_sessions).where(operator_sessions.c.operator_id == operator_id))


async def forget_sessions(
    conn: AsyncConnection, *, now: datetime, idle: timedelta, longest: timedelta
) -> None:
    """Drop the sessions that are over: not used for `idle`, or older than `longest`."""
    is_over = or_(operator_sessions.c.seen_at <= now - idle, operator_sessions.c.created_at <= now - longest)
    await conn.execute(delete(operator_sessions).where(is_over))


async def count_sessions(conn: AsyncConnection, operator_id: str) -> int:
    """Return in how many browsers the person is logged in."""
    of_them = operator_sessions.c.operator_id == operator_id
    return int(await conn.scalar(select(func.count()).select_from(operator_sessions).where(of_them)) or 0)


def _operator_from(row: Row[Any]) -> OperatorRow:
    return OperatorRow(
        operator_id=row.operator_id,
        name=row.name,
        site_id=row.site_id,
        created_at=row.created_at,
        disabled_at=row.disabled_at,
        shown_name=row.shown_name,
    )
