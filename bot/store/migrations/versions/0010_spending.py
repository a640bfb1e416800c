"""What language models cost a site and a visitor in a day."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

Text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "site_spending",
        sa.Column("site_id", Text, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("currency", Text, nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("settled", sa.Integer(), nullable=False),
        sa.Column("input_tokens", sa.BigInteger(), nullable=False),
        sa.Column("cached_tokens", sa.BigInteger(), nullable=False),
        sa.Column("output_tokens", sa.BigInteger(), nullable=False),
        sa.Column("micros", sa.BigInteger(), nullable=False),
        sa.Column("held_tokens", sa.BigInteger(), nullable=False),
        sa.Column("held_micros", sa.BigInteger(), nullable=False),
        sa.Column("refused_visitor", sa.Integer(), nullable=False),
        sa.Column("refused_site", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "day", name="pk_site_spending"),
    )
    op.create_table(
        "visitor_spending",
        sa.Column("visitor_id", Text, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("site_id", Text, nullable=False),
        sa.Column("tokens", sa.BigInteger(), nullable=False),
        sa.Column("micros", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("visitor_id", "day", name="pk_visitor_spending"),
    )
    op.create_table(
        "held_spending",
        sa.Column("reservation_id", Text, nullable=False),
        sa.Column("site_id", Text, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("tokens", sa.BigInteger(), nullable=False),
        sa.Column("micros", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("reservation_id", name="pk_held_spending"),
    )
    op.create_index("ix_held_spending_day", "held_spending", ["day"])


def downgrade() -> None:
    """Undo it."""
    op.drop_table("held_spending")
    op.drop_table("visitor_spending")
    op.drop_table("site_spending")
