"""The epoch, a random name of the course of a database's history, and how a database that is on another is noticed.

Promises: a PostgreSQL that was rolled back, restored or copied gets another epoch, once, in one transaction, before
anybody hears of it. What counts as the same course is in docs/decisions/0041-which-history-a-database-is-on.md.
"""

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Self

from sqlalchemy import delete, insert, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import meta

NewEpoch = Callable[[], str]

_EPOCH, _COURSE, _SALT = "epoch", "course", "salt"
IS_COURSE = meta.c.key == _COURSE
"""The row that says to which course the epoch was given; a copy of the database has another."""
_ROWS = text(
    "SELECT (SELECT xmin::text FROM meta WHERE key = 'epoch') AS written,"
    " (SELECT oid::text FROM pg_database WHERE datname = current_database()) AS database"
)
"""The transaction that wrote the epoch: any restore writes it again, and no VACUUM changes it."""
_CLUSTER = text("SELECT system_identifier::text AS cluster FROM pg_control_system()")
_LOG = text(
    "SELECT substr(pg_walfile_name(here), 1, 8) AS timeline, (here - '0/0')::bigint AS position"
    " FROM pg_current_wal_lsn() AS here"
)
"""Not `pg_control_checkpoint()`: that names the old timeline until the first checkpoint after a promotion."""
_UNREADABLE = frozenset({"42501", "42883", "0A000", "55000"})
"""Not allowed, not there, not supported, or not while the server is a copy of another."""


def random_epoch() -> str:
    """Return an epoch that no other database has."""
    return secrets.token_urlsafe(9)


@dataclass(frozen=True, slots=True)
class Course:
    """What tells one course of a PostgreSQL's history from another, as far as this role may read it.

    `position` in the log, in bytes, only grows along a course; None where it is not known.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    position: int | None = None

    def is_left_by(self, later: "Course") -> bool:
        """Whether what was found later is not on this course."""
        if any(later.names.get(key, name) != name for key, name in self.names.items()):
            return True
        return None not in (self.position, later.position) and self.position > later.position  # type: ignore[operator]


@dataclass(frozen=True, slots=True, kw_only=True)
class Epoch:
    """What a database says of its history. `kept` is the course that its epoch was given to, `here` the one it is on.

    `salt` stays when the epoch is renewed.
    """

    name: str
    salt: str
    kept: Course | None = None
    here: Course | None = None

    @classmethod
    async def find(cls, connection: AsyncConnection) -> Self | None:
        """Return the epoch; None in a database that has none yet."""
        keys = select(meta.c.key, meta.c.value).where(meta.c.key.in_((_EPOCH, _COURSE, _SALT)))
        rows = {row.key: row.value for row in await connection.execute(keys)}
        if (name := rows.get(_EPOCH)) is None:
            return None
        is_postgres = connection.dialect.name == "postgresql"
        return cls(
            name=name,
            salt=rows.get(_SALT, name),
            kept=Course(json.loads(rows[_COURSE])) if _COURSE in rows else None,
            here=await _find_course(connection) if is_postgres else None,
        )

    def is_over(self, known: "Epoch | None") -> bool:
        """Whether the database went over to another course, and the epoch did not; `known` was found before, if any."""
        if self.here is None:
            return False
        same = known.here if known is not None and known.name == self.name else None
        return any(before.is_left_by(self.here) for before in (self.kept, same) if before is not None)

    def is_settled(self, known: "Epoch | None") -> bool:
        """Whether nothing has to be written about it."""
        if self.here is None:
            return True
        is_whole = self.kept is not None and self.kept.names.keys() >= self.here.names.keys()
        return is_whole and not self.is_over(known)


async def settle(connection: AsyncConnection, known: Epoch | None, new: NewEpoch) -> Epoch:
    """Give the database an epoch, or another one, where that has to be, within a transaction that is alone."""
    found = await Epoch.find(connection)
    if found is None or found.is_over(known):
        return await begin_epoch(connection, new())
    if not found.is_settled(known):
        await _keep_course(connection, found)
    return found


async def begin_epoch(connection: AsyncConnection, name: str) -> Epoch:
    """Begin a new epoch, within a transaction that is alone; every client then loads afresh."""
    before = await Epoch.find(connection)
    if before is not None:
        await _put(connection, _SALT, before.salt)
    await _put(connection, _EPOCH, name)
    begun = await Epoch.find(connection)
    assert begun is not None
    await _keep_course(connection, begun)
    return begun


async def _keep_course(connection: AsyncConnection, epoch: Epoch) -> None:
    if epoch.here is not None:
        await _put(connection, _COURSE, json.dumps(dict(epoch.here.names)))


async def _put(connection: AsyncConnection, key: str, value: str) -> None:
    await connection.execute(delete(meta).where(meta.c.key == key))
    await connection.execute(insert(meta).values(key=key, value=value))


async def _find_course(connection: AsyncConnection) -> Course:
    names: dict[str, str] = {}
    for query in (_ROWS, _CLUSTER, _LOG):
        try:
            async with connection.begin_nested():
                names |= (await connection.execute(query)).mappings().one()
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) not in _UNREADABLE:
                raise
    position = names.pop("position", None)
    return Course(names, None if position is None else int(position))
