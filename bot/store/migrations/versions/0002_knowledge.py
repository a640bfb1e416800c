"""What a site knows, in versions."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

Text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
Time = sa.DateTime(timezone=True)
Json = sa.JSON(none_as_null=True)

TABLES = (
    "index_versions",
    "active_versions",
    "sources",
    "documents",
    "passages",
    "passage_vectors",
    "vectors",
)


def upgrade() -> None:
    """Make the tables."""
    _make_versions()
    _make_passages()


def _make_versions() -> None:
    op.create_table(
        "index_versions",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("site_id", Text, nullable=False),
        sa.Column("model_id", Text, nullable=False),
        sa.Column("dimensions", sa.Integer(), nullable=False),
        sa.Column("language", Text),
        sa.Column("created_at", Time, nullable=False),
        sa.Column("activated_at", Time),
        sa.PrimaryKeyConstraint("version", name="pk_index_versions"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_index_versions_site_id", "index_versions", ["site_id"])
    op.create_table(
        "active_versions",
        sa.Column("site_id", Text, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("previous_version", sa.Integer()),
        sa.ForeignKeyConstraint(["version"], ["index_versions.version"], name="fk_active_versions_version"),
        sa.PrimaryKeyConstraint("site_id", name="pk_active_versions"),
    )
    op.create_table(
        "sources",
        sa.Column("site_id", Text, nullable=False),
        sa.Column("source", Text, nullable=False),
        sa.Column("state", Text, nullable=False),
        sa.Column("checked_at", Time, nullable=False),
        sa.Column("last_success_at", Time),
        sa.Column("error_code", Text),
        sa.Column("error", Text),
        sa.PrimaryKeyConstraint("site_id", "source", name="pk_sources"),
    )


def _make_passages() -> None:
    op.create_table(
        "documents",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("document_id", Text, nullable=False),
        sa.Column("site_id", Text, nullable=False),
        sa.Column("source", Text, nullable=False),
        sa.Column("content_hash", Text, nullable=False),
        sa.ForeignKeyConstraint(["version"], ["index_versions.version"], name="fk_documents_version"),
        sa.PrimaryKeyConstraint("version", "document_id", name="pk_documents"),
    )
    op.create_table(
        "passages",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("site_id", Text, nullable=False),
        sa.Column("passage_id", Text, nullable=False),
        sa.Column("document_id", Text, nullable=False),
        sa.Column("content_hash", Text, nullable=False),
        sa.Column("row", Json, nullable=False),
        sa.ForeignKeyConstraint(["version"], ["index_versions.version"], name="fk_passages_version"),
        sa.PrimaryKeyConstraint("version", "ordinal", name="pk_passages"),
    )
    op.create_index("ix_passages_version_passage_id", "passages", ["version", "passage_id"], unique=True)
    op.create_table(
        "passage_vectors",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("vector_key", Text, nullable=False),
        sa.Column("passage_id", Text, nullable=False),
        sa.Column("site_id", Text, nullable=False),
        sa.ForeignKeyConstraint(["version"], ["index_versions.version"], name="fk_passage_vectors_version"),
        sa.PrimaryKeyConstraint("version", "vector_key", "passage_id", name="pk_passage_vectors"),
    )
    op.create_index("ix_passage_vectors_site_id_vector_key", "passage_vectors", ["site_id", "vector_key"])
    op.create_table(
        "vectors",
        sa.Column("site_id", Text, nullable=False),
        sa.Column("model_id", Text, nullable=False),
        sa.Column("vector_key", Text, nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "model_id", "vector_key", name="pk_vectors"),
    )


def downgrade() -> None:
    """Drop the tables, and all that is in them."""
    for table in reversed(TABLES):
        op.drop_table(table)
