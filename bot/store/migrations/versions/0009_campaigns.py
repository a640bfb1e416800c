"""The campaign that led a visitor to the site."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the column."""
    op.add_column(
        "leads", sa.Column("campaign", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"))
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_column("leads", "campaign")
