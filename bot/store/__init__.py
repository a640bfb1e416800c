"""The store: everything that is kept, in SQL. `Database` begins transactions; the modules work inside them.

Promises: a function never commits by itself; every row belongs to a site; every list has an order and a limit.
"""

from bot.store import (
    asked,
    codes,
    consents,
    conversations,
    facts,
    feedback,
    gaps,
    identities,
    keys,
    leads,
    learned_scores,
    merges,
    model_spending,
    outbox,
    passages,
    put_questions,
    sites,
    sources,
    version_pages,
    visitors,
    withdrawal,
)
from bot.store.database import Connection, Database, knowledge_line, visitor_line
from bot.store.errors import AlreadyAnsweredError, DatabaseAwayError, UnknownCursorError

__all__ = [
    "AlreadyAnsweredError",
    "Connection",
    "Database",
    "DatabaseAwayError",
    "UnknownCursorError",
    "asked",
    "codes",
    "consents",
    "conversations",
    "facts",
    "feedback",
    "gaps",
    "identities",
    "keys",
    "knowledge_line",
    "leads",
    "learned_scores",
    "merges",
    "model_spending",
    "outbox",
    "passages",
    "put_questions",
    "sites",
    "sources",
    "version_pages",
    "visitor_line",
    "visitors",
    "withdrawal",
]
