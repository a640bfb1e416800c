"""The tables of what a site knows: versions, documents, passages, vectors, and how its sources are doing.

Promises: a version's rows are written beside the serving version's; which one serves is one row of
`active_versions`. Vectors are keyed by content and model, so an unchanged passage is never embedded twice.
"""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table

from bot.store.columns import Json, Text, UtcTime
from bot.store.tables import metadata

index_versions = Table(
    "index_versions",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("site_id", Text, nullable=False, index=True),
    Column("model_id", Text, nullable=False),
    Column("dimensions", Integer, nullable=False),
    Column("language", Text),
    Column("created_at", UtcTime, nullable=False),
    Column("activated_at", UtcTime),
    # A dropped number is never given again: the vector index on disk is named after it.
    sqlite_autoincrement=True,
)

active_versions = Table(
    "active_versions",
    metadata,
    Column("site_id", Text, primary_key=True),
    Column("version", Integer, ForeignKey("index_versions.version"), nullable=False),
    Column("previous_version", Integer),
)

documents = Table(
    "documents",
    metadata,
    Column("version", Integer, ForeignKey("index_versions.version"), primary_key=True),
    Column("document_id", Text, primary_key=True),
    Column("site_id", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("ordinal", Integer),
)

passages = Table(
    "passages",
    metadata,
    Column("version", Integer, ForeignKey("index_versions.version"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("site_id", Text, nullable=False),
    Column("passage_id", Text, nullable=False),
    Column("document_id", Text, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("row", Json, nullable=False),
    Index(None, "version", "passage_id", unique=True),
    Index(None, "version", "document_id"),
)

passage_vectors = Table(
    "passage_vectors",
    metadata,
    Column("version", Integer, ForeignKey("index_versions.version"), primary_key=True),
    Column("vector_key", Text, primary_key=True),
    Column("passage_id", Text, primary_key=True),
    Column("site_id", Text, nullable=False),
    Index(None, "site_id", "vector_key"),
)

vectors = Table(
    "vectors",
    metadata,
    Column("site_id", Text, primary_key=True),
    Column("model_id", Text, primary_key=True),
    Column("vector_key", Text, primary_key=True),
    Column("vector", LargeBinary, nullable=False),
)

sources = Table(
    "sources",
    metadata,
    Column("site_id", Text, primary_key=True),
    Column("source", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("checked_at", UtcTime, nullable=False),
    Column("last_success_at", UtcTime),
    Column("error_code", Text),
    Column("error", Text),
    Column("content_hash", Text),
    Column("passages", Integer),
)
