"""The tables of the people who work with the leads, of the browsers in which they are logged in, and of tries to.

Promises: of a password only its Argon2id hash is kept, of a session and of a ticket only the SHA-256 of its token.
"""

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, Table, UniqueConstraint

from bot.store.columns import Text, UtcTime
from bot.store.tables import metadata

operators = Table(
    "operators",
    metadata,
    Column("operator_id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("site_id", Text),
    Column("created_at", UtcTime, nullable=False),
    Column("disabled_at", UtcTime),
    Column("shown_name", Text),
    UniqueConstraint("name_key"),
)

operator_sessions = Table(
    "operator_sessions",
    metadata,
    Column("session_hash", LargeBinary, primary_key=True),
    Column("operator_id", Text, ForeignKey("operators.operator_id"), nullable=False, index=True),
    Column("created_at", UtcTime, nullable=False),
    Column("seen_at", UtcTime, nullable=False),
)

login_tries = Table(
    "login_tries",
    metadata,
    Column("key_hash", LargeBinary, primary_key=True),
    Column("tries", Integer, nullable=False),
    Column("last_at", UtcTime, nullable=False, index=True),
    Column("wait_until", UtcTime, nullable=False),
)

operator_tickets = Table(
    "operator_tickets",
    metadata,
    Column("ticket_hash", LargeBinary, primary_key=True),
    Column("session_hash", LargeBinary, nullable=False),
    Column("expires_at", UtcTime, nullable=False, index=True),
)
