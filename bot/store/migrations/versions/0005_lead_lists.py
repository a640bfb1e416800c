"""The list of all sites' leads in order, page by page, without sorting them all for each page."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the index."""
    op.create_index("ix_leads_created_at_lead_id", "leads", ["created_at", "lead_id"])


def downgrade() -> None:
    """Drop the index."""
    op.drop_index("ix_leads_created_at_lead_id", "leads")
