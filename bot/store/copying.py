"""A whole database copied into an empty one of another kind, in one transaction: all of it, or nothing.

Promises: every table, row by row, with its ids, times and epoch, so that clients go on as if nothing had happened; the
rows are counted on both sides before the commit. What the other database can keep in no text (NUL, in PostgreSQL)
becomes U+FFFD, as everywhere.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, Select, Table, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import ConfigurationError, StorageError
from bot.store import contact_tables, knowledge_tables, operator_tables, tables
from bot.store.epoch import IS_COURSE
from bot.store.tables import meta, metadata

ROWS_AT_ONCE = 500
ROOMS = (tables, contact_tables, knowledge_tables, operator_tables)
"""Where tables are."""
TABLES = tuple(metadata.sorted_tables)
"""Every table of them, those that others refer to first."""


async def copy_all(source: AsyncConnection, target: AsyncConnection) -> Mapping[str, int]:
    """Copy everything; return the rows of each table.

    Args:
        source: a read transaction, of a database that nobody writes to.
        target: a write transaction, alone, of a database of the same schema in which there is nothing yet.

    Raises:
        ConfigurationError: there is something in the target.
        StorageError: the target does not hold what the source does; end the transaction.
    """
    for table in TABLES:
        if table is not meta and await _count(target, table):
            raise ConfigurationError(
                f"The database that FOYER_DATABASE_URL names is not empty ({table.name!r} has rows);"
                " copy into a new one."
            )
    await target.execute(delete(meta))  # the epoch of a database that nobody has used
    copied = {}
    for table in TABLES:
        await _copy(source, target, table)
        copied[table.name] = await _count(target, table)
        if copied[table.name] != await _count(source, table):
            raise StorageError(f"{table.name!r} was not copied whole; nothing is kept.")
    return copied


async def _copy(source: AsyncConnection, target: AsyncConnection, table: Table) -> None:
    async with source.stream(_what_is_copied(table)) as rows:
        async for part in rows.mappings().partitions(ROWS_AT_ONCE):
            await target.execute(insert(table), [dict(row) for row in part])
    number = table.autoincrement_column
    if number is not None and target.dialect.name == "postgresql":
        await _count_on(target, table, number)


async def _count_on(target: AsyncConnection, table: Table, number: Column[Any]) -> None:
    """Have the numbers that the database gives begin after those that were copied."""
    sequence = func.pg_get_serial_sequence(table.name, number.name)
    latest = await target.scalar(select(func.max(number)))
    if latest is not None:
        await target.execute(select(func.setval(sequence, latest)))


async def _count(connection: AsyncConnection, table: Table) -> int:
    return int(
        await connection.scalar(select(func.count()).select_from(_what_is_copied(table).subquery())) or 0
    )


def _what_is_copied(table: Table) -> Select[Any]:
    """Return every row; only what tells where the epoch was given stays with the database that it is true of."""
    return select(table).where(~IS_COURSE) if table is meta else select(table)
