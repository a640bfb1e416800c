"""What lets an index run leave unchanged files alone: their hashes, and the order of their documents."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

Text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the columns; empty ones mean that a file is read once more."""
    op.add_column("sources", sa.Column("content_hash", Text))
    op.add_column("sources", sa.Column("passages", sa.Integer()))
    op.add_column("documents", sa.Column("ordinal", sa.Integer()))
    op.create_index("ix_passages_version_document_id", "passages", ["version", "document_id"])


def downgrade() -> None:
    """Drop the columns."""
    op.drop_index("ix_passages_version_document_id", "passages")
    op.drop_column("documents", "ordinal")
    op.drop_column("sources", "passages")
    op.drop_column("sources", "content_hash")
