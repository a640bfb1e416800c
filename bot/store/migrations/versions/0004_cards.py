"""The products that a reply recommends, kept with it."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

Json = sa.JSON(none_as_null=True)


def upgrade() -> None:
    """Add the column; a reply from before recommends nothing."""
    op.add_column("messages", sa.Column("cards", Json))


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("messages", "cards")
