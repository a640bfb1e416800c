"""Who answers a conversation in the bot's place and until when, and the tickets for the operators' sockets."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

IS_TAKEN = sa.text("live_until IS NOT NULL")


def upgrade() -> None:
    """Add the columns and the table; nobody has answered in the bot's place so far."""
    text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    time = sa.DateTime(timezone=True)
    op.add_column("operators", sa.Column("shown_name", text))
    op.add_column("conversations", sa.Column("operator_id", text))
    op.add_column("conversations", sa.Column("live_until", time))
    op.create_index(
        "ix_conversations_taken",
        "conversations",
        ["status", "live_until"],
        sqlite_where=IS_TAKEN,
        postgresql_where=IS_TAKEN,
    )
    op.create_table(
        "operator_tickets",
        sa.Column("ticket_hash", sa.LargeBinary(), nullable=False),
        sa.Column("session_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", time, nullable=False),
        sa.PrimaryKeyConstraint("ticket_hash", name="pk_operator_tickets"),
    )
    op.create_index("ix_operator_tickets_expires_at", "operator_tickets", ["expires_at"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("operator_tickets")
    op.drop_index("ix_conversations_taken", "conversations")
    op.drop_column("conversations", "live_until")
    op.drop_column("conversations", "operator_id")
    op.drop_column("operators", "shown_name")
