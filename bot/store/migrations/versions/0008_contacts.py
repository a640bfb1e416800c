"""Who visitors are: identities, codes, and leads that are one person."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

Text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
Json = sa.JSON(none_as_null=True)
Counter = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Time = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables and the column."""
    _make_identities()
    _make_codes()
    _make_merges()
    _make_log()
    op.add_column("leads", sa.Column("merged_into", Text))
    partial = sa.text("merged_into IS NOT NULL")
    op.create_index(
        "ix_leads_merged_into", "leads", ["merged_into"], sqlite_where=partial, postgresql_where=partial
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_index("ix_leads_merged_into", "leads")
    op.drop_column("leads", "merged_into")
    for table in ("merge_log", "merges", "codes", "identities"):
        op.drop_table(table)


def _make_identities() -> None:
    op.create_table(
        "identities",
        sa.Column("identity_id", Counter, nullable=False),
        sa.Column("site_id", Text, nullable=False),
        sa.Column("visitor_id", Text, nullable=False),
        sa.Column("kind", Text, nullable=False),
        sa.Column("value", Text, nullable=False),
        sa.Column("proof", Text, nullable=False),
        sa.Column("at", Time, nullable=False),
        sa.PrimaryKeyConstraint("identity_id", name="pk_identities"),
        sa.UniqueConstraint("visitor_id", "kind", "value", name="uq_identities_visitor_id_kind_value"),
    )
    op.create_index("ix_identities_site_id_kind_value", "identities", ["site_id", "kind", "value"])


def _make_codes() -> None:
    op.create_table(
        "codes",
        sa.Column("code_id", Text, nullable=False),
        sa.Column("site_id", Text, nullable=False),
        sa.Column("visitor_id", Text, nullable=False),
        sa.Column("conversation_id", Text, nullable=False),
        sa.Column("address", Text, nullable=False),
        sa.Column("sent_at", Time, nullable=False),
        sa.Column("expires_at", Time, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("used_at", Time),
        sa.PrimaryKeyConstraint("code_id", name="pk_codes"),
    )
    for columns in (["visitor_id"], ["conversation_id"], ["site_id", "sent_at"]):
        op.create_index(f"ix_codes_{'_'.join(columns)}", "codes", columns)


def _make_merges() -> None:
    op.create_table(
        "merges",
        sa.Column("merge_id", Text, nullable=False),
        sa.Column("site_id", Text, nullable=False),
        sa.Column("lead_id", Text, nullable=False),
        sa.Column("other_lead_id", Text, nullable=False),
        sa.Column("reason", Text, nullable=False),
        sa.Column("state", Text, nullable=False),
        sa.Column("merged_lead_id", Text),
        sa.Column("proposed_at", Time, nullable=False),
        sa.Column("decided_at", Time),
        sa.PrimaryKeyConstraint("merge_id", name="pk_merges"),
        sa.UniqueConstraint("lead_id", "other_lead_id", name="uq_merges_lead_id_other_lead_id"),
    )
    for columns in (["other_lead_id"], ["merged_lead_id"], ["site_id", "state", "proposed_at"]):
        op.create_index(f"ix_merges_{'_'.join(columns)}", "merges", columns)


def _make_log() -> None:
    op.create_table(
        "merge_log",
        sa.Column("entry_id", Counter, nullable=False),
        sa.Column("merge_id", Text, nullable=False),
        sa.Column("site_id", Text, nullable=False),
        sa.Column("action", Text, nullable=False),
        sa.Column("actor", Text, nullable=False),
        sa.Column("at", Time, nullable=False),
        sa.Column("before", Json, nullable=False),
        sa.PrimaryKeyConstraint("entry_id", name="pk_merge_log"),
    )
    op.create_index("ix_merge_log_merge_id", "merge_log", ["merge_id"])
