"""The tables of what language models cost: a site's days, a visitor's days, and what is held for calls under way."""

from sqlalchemy import BigInteger, Column, Date, Integer, Table

from bot.store.columns import Text
from bot.store.tables import metadata


def _count(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False)


site_spending = Table(
    "site_spending",
    metadata,
    Column("site_id", Text, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("currency", Text, nullable=False),
    Column("calls", Integer, nullable=False),
    Column("settled", Integer, nullable=False),
    _count("input_tokens"),
    _count("cached_tokens"),
    _count("output_tokens"),
    _count("micros"),
    _count("held_tokens"),
    _count("held_micros"),
    Column("refused_visitor", Integer, nullable=False),
    Column("refused_site", Integer, nullable=False),
)

visitor_spending = Table(
    "visitor_spending",
    metadata,
    Column("visitor_id", Text, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("site_id", Text, nullable=False),
    _count("tokens"),
    _count("micros"),
)

held_spending = Table(
    "held_spending",
    metadata,
    Column("reservation_id", Text, primary_key=True),
    Column("site_id", Text, nullable=False),
    Column("day", Date, nullable=False, index=True),
    _count("tokens"),
    _count("micros"),
)
