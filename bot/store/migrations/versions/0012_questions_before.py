"""When a visitor was put questions before they began anew."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

Json = sa.JSON(none_as_null=True)


def upgrade() -> None:
    """Add the column; who was there before brought nothing."""
    op.add_column("visitors", sa.Column("asked_at", Json))


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("visitors", "asked_at")
