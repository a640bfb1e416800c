"""The learned score of a site, and the page a visitor wrote from."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

Text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
Json = sa.JSON(none_as_null=True)


def upgrade() -> None:
    """Make the table and the column."""
    op.create_table(
        "learned_scores",
        sa.Column("site_id", Text, nullable=False),
        sa.Column("model", Json, nullable=False),
        sa.Column("trained_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("site_id", name="pk_learned_scores"),
    )
    op.add_column("messages", sa.Column("page_url", Text))


def downgrade() -> None:
    """Undo it."""
    op.drop_column("messages", "page_url")
    op.drop_table("learned_scores")
