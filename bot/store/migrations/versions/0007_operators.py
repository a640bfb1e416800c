"""People who log in to see the leads, their sessions, and the lead list by score."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

Text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables and the indexes."""
    op.create_table(
        "operators",
        sa.Column("operator_id", Text, nullable=False),
        sa.Column("name", Text, nullable=False),
        sa.Column("name_key", Text, nullable=False),
        sa.Column("password_hash", Text, nullable=False),
        sa.Column("site_id", Text),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("operator_id", name="pk_operators"),
        sa.UniqueConstraint("name_key", name="uq_operators_name_key"),
    )
    op.create_table(
        "operator_sessions",
        sa.Column("session_hash", sa.LargeBinary(), nullable=False),
        sa.Column("operator_id", Text, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["operator_id"], ["operators.operator_id"], name="fk_operator_sessions_operator_id"
        ),
        sa.PrimaryKeyConstraint("session_hash", name="pk_operator_sessions"),
    )
    op.create_index("ix_operator_sessions_operator_id", "operator_sessions", ["operator_id"])
    op.create_index(
        "ix_leads_site_id_score_created_at_lead_id", "leads", ["site_id", "score", "created_at", "lead_id"]
    )
    op.create_index("ix_leads_score_created_at_lead_id", "leads", ["score", "created_at", "lead_id"])


def downgrade() -> None:
    """Undo it."""
    op.drop_index("ix_leads_score_created_at_lead_id", "leads")
    op.drop_index("ix_leads_site_id_score_created_at_lead_id", "leads")
    op.drop_table("operator_sessions")
    op.drop_table("operators")
