"""Tries to log in, counted for all processes."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the table and its index."""
    op.create_table(
        "login_tries",
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wait_until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key_hash", name="pk_login_tries"),
    )
    op.create_index("ix_login_tries_last_at", "login_tries", ["last_at"])


def downgrade() -> None:
    """Undo it."""
    op.drop_table("login_tries")
