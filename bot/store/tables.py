"""Every table of the service; the only description of them besides the migrations that make them.

Promises: a row that belongs to a site carries `site_id`; a column that is often asked for has an index here.
Tables that hold anything of a visitor are listed in `bot.store.erasure`, and a test compares the two.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    UniqueConstraint,
    text,
)

from bot.store.columns import Json, Text, UtcTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite counts rows up by itself only where the key is exactly INTEGER.
counter = BigInteger().with_variant(Integer(), "sqlite")

meta = Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

sites = Table(
    "sites",
    metadata,
    Column("site_id", Text, primary_key=True),
    Column("folder", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("slots", Json, nullable=False),
    Column("playbook_version", Text, nullable=False),
    Column("seen_at", UtcTime, nullable=False),
)

visitors = Table(
    "visitors",
    metadata,
    Column("visitor_id", Text, primary_key=True),
    Column("site_id", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("banned_at", UtcTime),
    Column("asked_at", Json),
    Column("vouched_address", Text),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("site_id", Text, nullable=False),
    Column("visitor_id", Text, nullable=False, index=True),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False, index=True),
    Column("is_erased", Boolean, nullable=False),
)

conversations = Table(
    "conversations",
    metadata,
    Column("conversation_id", Text, primary_key=True),
    Column("site_id", Text, nullable=False),
    Column("visitor_id", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("consent", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("head_seq", counter, nullable=False),
    Column("shown_seq", counter, nullable=False),
    Column("started_at", UtcTime, nullable=False),
    Column("locale", Text),
    Column("page_url", Text),
    Column("page_title", Text),
    Column("operator_id", Text),
    Column("live_until", UtcTime),
    Index(None, "visitor_id", "started_at"),
    Index(None, "site_id", "started_at"),
    # Few were ever taken by a person: the search for those that were left must not read them all.
    Index(
        "ix_conversations_taken",
        "status",
        "live_until",
        sqlite_where=text("live_until IS NOT NULL"),
        postgresql_where=text("live_until IS NOT NULL"),
    ),
)

messages = Table(
    "messages",
    metadata,
    Column("message_id", Text, primary_key=True),
    Column("conversation_id", Text, ForeignKey("conversations.conversation_id"), nullable=False),
    Column("site_id", Text, nullable=False),
    Column("seq", counter, nullable=False),
    Column("author", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("client_message_id", Text),
    Column("body_hash", Text),
    Column("page_url", Text),
    Column("in_reply_to", Text),
    Column("kind", Text),
    Column("asked", Text),
    Column("citations", Json, nullable=False),
    Column("choices", Json, nullable=False),
    Column("cards", Json),
    Column("degraded", Boolean, nullable=False),
    Column("awaits_reply", Boolean, nullable=False),
    UniqueConstraint("conversation_id", "seq"),
    UniqueConstraint("conversation_id", "client_message_id"),
    UniqueConstraint("in_reply_to"),
    # Few messages wait at any time: the start-up search for cut turns must not read them all.
    Index(
        "ix_messages_awaiting",
        "at",
        sqlite_where=text("awaits_reply"),
        postgresql_where=text("awaits_reply"),
    ),
)

feedback = Table(
    "feedback",
    metadata,
    Column("message_id", Text, ForeignKey("messages.message_id"), primary_key=True),
    Column("conversation_id", Text, nullable=False, index=True),
    Column("site_id", Text, nullable=False),
    Column("helpful", Boolean, nullable=False),
    Column("comment", Text),
    Column("at", UtcTime, nullable=False),
)

leads = Table(
    "leads",
    metadata,
    Column("lead_id", Text, primary_key=True),
    Column("site_id", Text, nullable=False),
    Column("visitor_id", Text, nullable=False),
    Column("conversation_id", Text, nullable=False, index=True),
    Column("created_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    Column("stage", Text, nullable=False),
    Column("grade", Text, nullable=False),
    Column("score", Integer, nullable=False),
    Column("consent", Text, nullable=False),
    Column("consent_at", UtcTime),
    Column("captured", Boolean, nullable=False),
    Column("stopped_at", Text),
    Column("first_question", Text),
    Column("page", Text),
    Column("referrer", Text),
    Column("campaign", Text),
    Column("owner", Text),
    Column("playbook_version", Text),
    Column("merged_into", Text),
    UniqueConstraint("visitor_id"),
    # Few leads are part of another one.
    Index(
        "ix_leads_merged_into",
        "merged_into",
        sqlite_where=text("merged_into IS NOT NULL"),
        postgresql_where=text("merged_into IS NOT NULL"),
    ),
    Index(None, "site_id", "created_at", "lead_id"),
    Index(None, "created_at", "lead_id"),
    Index(None, "site_id", "updated_at"),
    Index(None, "site_id", "score", "created_at", "lead_id"),
    Index(None, "score", "created_at", "lead_id"),
)

facts = Table(
    "facts",
    metadata,
    Column("fact_id", counter, primary_key=True),
    Column("site_id", Text, nullable=False),
    Column("lead_id", Text, nullable=False, index=True),
    Column("slot", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("value", Json),
    Column("quote", Text, nullable=False),
    Column("message_id", Text, nullable=False, index=True),
    Column("extractor", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("at", UtcTime, nullable=False),
)

receipts = Table(
    "receipts",
    metadata,
    Column("lead_id", Text, ForeignKey("leads.lead_id"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("site_id", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("points", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("quote", Text),
    Column("message_id", Text),
    Column("at", UtcTime, nullable=False),
    Column("dimension", Text, nullable=False),
)

consents = Table(
    "consents",
    metadata,
    Column("consent_id", counter, primary_key=True),
    Column("site_id", Text, nullable=False),
    Column("visitor_id", Text, nullable=False, index=True),
    Column("conversation_id", Text, nullable=False),
    Column("message_id", Text),
    Column("answer", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("text_version", Text, nullable=False),
    Column("locale", Text),
    Column("at", UtcTime, nullable=False),
)

gaps = Table(
    "gaps",
    metadata,
    Column("gap_id", counter, primary_key=True),
    Column("site_id", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("conversation_id", Text, nullable=False, index=True),
    Column("at", UtcTime, nullable=False),
    Index(None, "site_id", "at"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("item_id", Text, primary_key=True),
    Column("site_id", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("payload", Json, nullable=False),
    Column("lead_id", Text, index=True),
    Column("conversation_id", Text, index=True),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", UtcTime, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("finished_at", UtcTime),
    Column("last_error", Text),
    Index(None, "state", "next_at"),
)

learned_scores = Table(
    "learned_scores",
    metadata,
    Column("site_id", Text, primary_key=True),
    Column("model", Json, nullable=False),
    Column("trained_at", UtcTime, nullable=False),
)

tombstones = Table(
    "tombstones",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("subject_hash", Text, primary_key=True),
    Column("erased_at", UtcTime, nullable=False),
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("key_id", Text, primary_key=True),
    Column("sha256", LargeBinary, nullable=False),
    Column("prefix", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("site_id", Text),
    Column("created_at", UtcTime, nullable=False),
    Column("revoked_at", UtcTime),
    UniqueConstraint("sha256"),
)
