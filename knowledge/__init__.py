"""Knowledge: documents become passages, passages are found, and the sentences that answer are quoted.

Synchronous, and knows nothing of the bot, of SQL or of HTTP: it is given known vectors and yields batches.
This is its front page; nothing else of it is imported from outside.
"""

from knowledge.answer import KnowledgeBase
from knowledge.chroma import ChromaIndex
from knowledge.collections import ChromaStore, CollectionBuilder
from knowledge.document import Document, DocumentKind, KnownSource, LoadedSource, LoadFailure, Passage
from knowledge.embedding import Embedder, load_embedder
from knowledge.errors import (
    EmptyFolderError,
    IndexAwayError,
    IndexBuildError,
    IndexUnavailableError,
    KnowledgeError,
    ModelUnavailableError,
)
from knowledge.evidence import cite_evidence, find_passages, whole_text
from knowledge.exact import ExactIndex, VectorIndex
from knowledge.fitting import Fit, Known, find_fit
from knowledge.found import FoundAnswer, FoundCitation, FoundProduct, SearchResult
from knowledge.hits import Hit
from knowledge.key_rows import key_numbers
from knowledge.keywords import Tokenizer, tokenizer_for
from knowledge.language import EMBEDDED_LANGUAGES, detect_language
from knowledge.load import find_files, load_folder
from knowledge.opened_folder import knowledge_of, open_folder
from knowledge.outline import PageOutline, SitemapOutline
from knowledge.outline_reader import OutlineReader
from knowledge.packed import PackedPassages
from knowledge.plain import strip_markdown
from knowledge.recipe import is_read_as_now
from knowledge.saved_page import SavedPage
from knowledge.scope import Scope, scope_of
from knowledge.server_store import ServerStore
from knowledge.split import split_documents
from knowledge.store import IndexBuilder, IndexStore
from knowledge.support import Reason, Source, Verdict, check_sentence
from knowledge.tables import cells_by_column
from knowledge.vectors import EmbeddedBatch, found_by_keys, vector_key, vector_keys, vectors_of

__all__ = [
    "EMBEDDED_LANGUAGES",
    "ChromaIndex",
    "ChromaStore",
    "CollectionBuilder",
    "Document",
    "DocumentKind",
    "EmbeddedBatch",
    "Embedder",
    "EmptyFolderError",
    "ExactIndex",
    "Fit",
    "FoundAnswer",
    "FoundCitation",
    "FoundProduct",
    "Hit",
    "IndexAwayError",
    "IndexBuildError",
    "IndexBuilder",
    "IndexStore",
    "IndexUnavailableError",
    "KnowledgeBase",
    "KnowledgeError",
    "Known",
    "KnownSource",
    "LoadFailure",
    "LoadedSource",
    "ModelUnavailableError",
    "OutlineReader",
    "PackedPassages",
    "PageOutline",
    "Passage",
    "Reason",
    "SavedPage",
    "Scope",
    "SearchResult",
    "ServerStore",
    "SitemapOutline",
    "Source",
    "Tokenizer",
    "VectorIndex",
    "Verdict",
    "cells_by_column",
    "check_sentence",
    "cite_evidence",
    "detect_language",
    "find_files",
    "find_fit",
    "find_passages",
    "found_by_keys",
    "is_read_as_now",
    "key_numbers",
    "knowledge_of",
    "load_embedder",
    "load_folder",
    "open_folder",
    "scope_of",
    "split_documents",
    "strip_markdown",
    "tokenizer_for",
    "vector_key",
    "vector_keys",
    "vectors_of",
    "whole_text",
]
