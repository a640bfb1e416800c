"""Conversations, leads and what is around them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

Text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
Time = sa.DateTime(timezone=True)
Json = sa.JSON(none_as_null=True)
Counter = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

TABLES = (
    "meta",
    "sites",
    "api_keys",
    "outbox",
    "tombstones",
    "visitors",
    "sessions",
    "consents",
    "gaps",
    "conversations",
    "messages",
    "feedback",
    "leads",
    "facts",
    "receipts",
)


def upgrade() -> None:
    """Make the tables."""
    _make_service()
    _make_visitors()
    _make_conversations()
    _make_leads()


def _make_service() -> None:
    op.create_table(
        "meta",
        sa.Column("key", Text, nullable=False),
        sa.Column("value", Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_meta"),
    )
    op.create_table(
        "sites",
        sa.Column("site_id", Text, nullable=False),
        sa.Column("folder", Text, nullable=False),
        sa.Column("name", Text, nullable=False),
        sa.Column("slots", Json, nullable=False),
        sa.Column("playbook_version", Text, nullable=False),
        sa.Column("seen_at", Time, nullable=False),
        sa.PrimaryKeyConstraint("site_id", name="pk_sites"),
    )
    op.create_table(
        "api_keys",
        sa.Column("key_id", Text, nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("prefix", Text, nullable=False),
        sa.Column("name", Text, nullable=False),
        sa.Column("site_id", Text),
        sa.Column("created_at", Time, nullable=False),
        sa.Column("revoked_at", Time),
        sa.PrimaryKeyConstraint("key_id", name="pk_api_keys"),
        sa.UniqueConstraint("sha256", name="uq_api_keys_sha256"),
    )
    op.create_table(
        "outbox",
        sa.Column("item_id", Text, nullable=False),
        sa.Column("site_id", Text, nullable=False),
        sa.Column("event", Text, nullable=False),
        sa.Column("target", Text, nullable=False),
        sa.Column("payload", Json, nullable=False),
        sa.Column("lead_id", Text),
        sa.Column("conversation_id", Text),
        sa.Column("state", Text, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", Time, nullable=False),
        sa.Column("created_at", Time, nullable=False),
        sa.Column("finished_at", Time),
        sa.Column("last_error", Text),
        sa.PrimaryKeyConstraint("item_id", name="pk_outbox"),
    )
    op.create_index("ix_outbox_conversation_id", "outbox", ["conversation_id"])
    op.create_index("ix_outbox_lead_id", "outbox", ["lead_id"])
    op.create_index("ix_outbox_state_next_at", "outbox", ["state", "next_at"])
    op.create_table(
        "tombstones",
        sa.Column("kind", Text, nullable=False),
        sa.Column("subject_hash", Text, nullable=False),
        sa.Column("erased_at", Time, nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject_hash", name="pk_tombstones"),
    )


def _make_visitors() -> None:
    op.create_table(
        "visitors",
        sa.Column("visitor_id", Text, nullable=False),
        sa.Column("site_id", Text, nullable=False),
        sa.Column("created_at", Time, nullable=False),
        sa.Column("banned_at", Time),
        sa.PrimaryKeyConstraint("visitor_id", name="pk_visitors"),
    )
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("site_id", Text, nullable=False),
        sa.Column("visitor_id", Text, nullable=False),
        sa.Column("created_at", Time, nullable=False),
        sa.Column("expires_at", Time, nullable=False),
        sa.Column("is_erased", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_sessions"),
    )
    op.create_index("ix_sessions_expires_at", "sessions", ["expires_at"])
    op.create_index("ix_sessions_visitor_id", "sessions", ["visitor_id"])
    op.create_table(
        "consents",
        sa.Column("consent_id", Counter, nullable=False),
        sa.Column("site_id", Text, nullable=False),
        sa.Column("visitor_id", Text, nullable=False),
        sa.Column("conversation_id", Text, nullable=False),
        sa.Column("message_id", Text),
        sa.Column("answer", Text, nullable=False),
        sa.Column("text", Text, nullable=False),
        sa.Column("text_version", Text, nullable=False),
        sa.Column("locale", Text),
        sa.Column("at", Time, nullable=False),
        sa.PrimaryKeyConstraint("consent_id", name="pk_consents"),
    )
    op.create_index("ix_consents_visitor_id", "consents", ["visitor_id"])
    op.create_table(
        "gaps",
        sa.Column("gap_id", Counter, nullable=False),
        sa.Column("site_id", Text, nullable=False),
        sa.Column("question", Text, nullable=False),
        sa.Column("conversation_id", Text, nullable=False),
        sa.Column("at", Time, nullable=False),
        sa.PrimaryKeyConstraint("gap_id", name="pk_gaps"),
    )
    op.create_index("ix_gaps_conversation_id", "gaps", ["conversation_id"])
    op.create_index("ix_gaps_site_id_at", "gaps", ["site_id", "at"])


def _make_conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("conversation_id", Text, nullable=False),
        sa.Column("site_id", Text, nullable=False),
        sa.Column("visitor_id", Text, nullable=False),
        sa.Column("status", Text, nullable=False),
        sa.Column("consent", Text, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("head_seq", Counter, nullable=False),
        sa.Column("shown_seq", Counter, nullable=False),
        sa.Column("started_at", Time, nullable=False),
        sa.Column("locale", Text),
        sa.Column("page_url", Text),
        sa.Column("page_title", Text),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_conversations"),
    )
    op.create_index("ix_conversations_site_id_started_at", "conversations", ["site_id", "started_at"])
    op.create_index("ix_conversations_visitor_id_started_at", "conversations", ["visitor_id", "started_at"])
    op.create_table(
        "messages",
        sa.Column("message_id", Text, nullable=False),
        sa.Column("conversation_id", Text, nullable=False),
        sa.Column("site_id", Text, nullable=False),
        sa.Column("seq", Counter, nullable=False),
        sa.Column("author", Text, nullable=False),
        sa.Column("text", Text, nullable=False),
        sa.Column("at", Time, nullable=False),
        sa.Column("client_message_id", Text),
        sa.Column("body_hash", Text),
        sa.Column("in_reply_to", Text),
        sa.Column("kind", Text),
        sa.Column("asked", Text),
        sa.Column("citations", Json, nullable=False),
        sa.Column("choices", Json, nullable=False),
        sa.Column("degraded", sa.Boolean(), nullable=False),
        sa.Column("awaits_reply", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.conversation_id"], name="fk_messages_conversation_id"
        ),
        sa.PrimaryKeyConstraint("message_id", name="pk_messages"),
        sa.UniqueConstraint(
            "conversation_id", "client_message_id", name="uq_messages_conversation_id_client_message_id"
        ),
        sa.UniqueConstraint("conversation_id", "seq", name="uq_messages_conversation_id_seq"),
        sa.UniqueConstraint("in_reply_to", name="uq_messages_in_reply_to"),
    )
    op.create_index(
        "ix_messages_awaiting",
        "messages",
        ["at"],
        sqlite_where=sa.text("awaits_reply"),
        postgresql_where=sa.text("awaits_reply"),
    )
    op.create_table(
        "feedback",
        sa.Column("message_id", Text, nullable=False),
        sa.Column("conversation_id", Text, nullable=False),
        sa.Column("site_id", Text, nullable=False),
        sa.Column("helpful", sa.Boolean(), nullable=False),
        sa.Column("comment", Text),
        sa.Column("at", Time, nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["messages.message_id"], name="fk_feedback_message_id"),
        sa.PrimaryKeyConstraint("message_id", name="pk_feedback"),
    )
    op.create_index("ix_feedback_conversation_id", "feedback", ["conversation_id"])


def _make_leads() -> None:
    op.create_table(
        "leads",
        sa.Column("lead_id", Text, nullable=False),
        sa.Column("site_id", Text, nullable=False),
        sa.Column("visitor_id", Text, nullable=False),
        sa.Column("conversation_id", Text, nullable=False),
        sa.Column("created_at", Time, nullable=False),
        sa.Column("updated_at", Time, nullable=False),
        sa.Column("stage", Text, nullable=False),
        sa.Column("grade", Text, nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("consent", Text, nullable=False),
        sa.Column("consent_at", Time),
        sa.Column("captured", sa.Boolean(), nullable=False),
        sa.Column("stopped_at", Text),
        sa.Column("first_question", Text),
        sa.Column("page", Text),
        sa.Column("referrer", Text),
        sa.Column("owner", Text),
        sa.Column("playbook_version", Text),
        sa.PrimaryKeyConstraint("lead_id", name="pk_leads"),
        sa.UniqueConstraint("visitor_id", name="uq_leads_visitor_id"),
    )
    op.create_index("ix_leads_conversation_id", "leads", ["conversation_id"])
    op.create_index("ix_leads_site_id_created_at_lead_id", "leads", ["site_id", "created_at", "lead_id"])
    op.create_index("ix_leads_site_id_updated_at", "leads", ["site_id", "updated_at"])
    op.create_table(
        "facts",
        sa.Column("fact_id", Counter, nullable=False),
        sa.Column("site_id", Text, nullable=False),
        sa.Column("lead_id", Text, nullable=False),
        sa.Column("slot", Text, nullable=False),
        sa.Column("state", Text, nullable=False),
        sa.Column("value", Json),
        sa.Column("quote", Text, nullable=False),
        sa.Column("message_id", Text, nullable=False),
        sa.Column("extractor", Text, nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("at", Time, nullable=False),
        sa.PrimaryKeyConstraint("fact_id", name="pk_facts"),
    )
    op.create_index("ix_facts_lead_id", "facts", ["lead_id"])
    op.create_index("ix_facts_message_id", "facts", ["message_id"])
    op.create_table(
        "receipts",
        sa.Column("lead_id", Text, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("site_id", Text, nullable=False),
        sa.Column("rule", Text, nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("reason", Text, nullable=False),
        sa.Column("quote", Text),
        sa.Column("message_id", Text),
        sa.Column("at", Time, nullable=False),
        sa.Column("dimension", Text, nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["leads.lead_id"], name="fk_receipts_lead_id"),
        sa.PrimaryKeyConstraint("lead_id", "ordinal", name="pk_receipts"),
    )


def downgrade() -> None:
    """Drop the tables, and all that is in them."""
    for table in reversed(TABLES):
        op.drop_table(table)
