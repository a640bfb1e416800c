"""Which address a site vouched for, as a digest that leads back to nobody without the site's secret."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add the column; who was there before is vouched for again with the next session."""
    text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.add_column("visitors", sa.Column("vouched_address", text))


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("visitors", "vouched_address")
