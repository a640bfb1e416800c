"""Column types that mean the same on SQLite and PostgreSQL.

Promises: times go in aware and come out aware, in UTC; text is compared and sorted byte by byte; JSON comes out as it
went in, keys in their order; None is SQL NULL.
"""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect
from sqlalchemy import Text as AnyText
from sqlalchemy.types import TypeDecorator


class UtcTime(TypeDecorator[datetime]):
    """An aware UTC time. SQLite keeps no zone, so it is dropped on the way in and given back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the time as the database keeps it.

        Raises:
            ValueError: The time is naive, so nobody knows what moment it means.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone; give an aware time")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the kept time as an aware UTC time."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Json = JSON(none_as_null=True)
"""Not JSONB, which would sort the keys: nothing looks into it but the few filters of `lead_filter`."""

Text = AnyText().with_variant(AnyText(collation="C"), "postgresql")
"""SQLite compares bytes, and folds the case of ASCII only; so does PostgreSQL in its collation C."""


def json_from(text: str) -> Any:
    """Return what a JSON text says. Most lists of a message are empty, and not worth a parser."""
    return [] if text == "[]" else json.loads(text)
