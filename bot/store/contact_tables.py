"""Who visitors are: by what they are known, the codes that were sent to find out, and which leads are one person."""

from sqlalchemy import Column, Index, Integer, Table, UniqueConstraint

from bot.store.columns import Json, Text, UtcTime
from bot.store.tables import counter, metadata

identities = Table(
    "identities",
    metadata,
    Column("identity_id", counter, primary_key=True),
    Column("site_id", Text, nullable=False),
    Column("visitor_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("proof", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    UniqueConstraint("visitor_id", "kind", "value"),
    Index(None, "site_id", "kind", "value"),
)

codes = Table(
    "codes",
    metadata,
    Column("code_id", Text, primary_key=True),
    Column("site_id", Text, nullable=False),
    Column("visitor_id", Text, nullable=False, index=True),
    Column("conversation_id", Text, nullable=False, index=True),
    Column("address", Text, nullable=False),
    Column("sent_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("used_at", UtcTime),
    Index(None, "site_id", "sent_at"),
)

merges = Table(
    "merges",
    metadata,
    Column("merge_id", Text, primary_key=True),
    Column("site_id", Text, nullable=False),
    Column("lead_id", Text, nullable=False),
    Column("other_lead_id", Text, nullable=False, index=True),
    Column("reason", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("merged_lead_id", Text, index=True),
    Column("proposed_at", UtcTime, nullable=False),
    Column("decided_at", UtcTime),
    UniqueConstraint("lead_id", "other_lead_id"),
    Index(None, "site_id", "state", "proposed_at"),
)

merge_log = Table(
    "merge_log",
    metadata,
    Column("entry_id", counter, primary_key=True),
    Column("merge_id", Text, nullable=False, index=True),
    Column("site_id", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("before", Json, nullable=False),
)
