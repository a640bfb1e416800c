"""Knowledge: documents become passages, passages are found, and the sentences that answer are quoted.

Synchronous, and knows nothing of the bot, of SQL or of HTTP: it is given known vectors and yields batches.
This is its front page; nothing else of it is imported from outside.
"""

from knowledge.answer import FoundAnswer, FoundCitation, KnowledgeBase, SearchResult
from knowledge.chroma import ChromaIndex
from knowledge.collections import ChromaStore, CollectionBuilder
from knowledge.document import Document, DocumentKind, KnownSource, LoadedSource, LoadFailure, Passage
from knowledge.embedding import Embedder, load_embedder
from knowledge.errors import IndexBuildError, IndexUnavailableError, KnowledgeError, ModelUnavailableError
from knowledge.exact import ExactIndex, VectorIndex
from knowledge.language import EMBEDDED_LANGUAGES, detect_language
from knowledge.load import find_files, load_folder
from knowledge.recipe import is_read_as_now
from knowledge.retrieve import Hit
from knowledge.split import split_documents
from knowledge.vectors import EmbeddedBatch, vector_keys, vectors_of

__all__ = [
    "EMBEDDED_LANGUAGES",
    "ChromaIndex",
    "ChromaStore",
    "CollectionBuilder",
    "Document",
    "DocumentKind",
    "EmbeddedBatch",
    "Embedder",
    "ExactIndex",
    "FoundAnswer",
    "FoundCitation",
    "Hit",
    "IndexBuildError",
    "IndexUnavailableError",
    "KnowledgeBase",
    "KnowledgeError",
    "KnownSource",
    "LoadFailure",
    "LoadedSource",
    "ModelUnavailableError",
    "Passage",
    "SearchResult",
    "VectorIndex",
    "detect_language",
    "find_files",
    "is_read_as_now",
    "load_embedder",
    "load_folder",
    "split_documents",
    "vector_keys",
    "vectors_of",
]
