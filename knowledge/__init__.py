"""Knowledge: documents become passages, passages are found, and the sentences that answer are quoted.

Synchronous, and knows nothing of the bot, of SQL or of HTTP: it is given known vectors and yields batches.
This is its front page; nothing else of it is imported from outside.
"""

from knowledge.answer import FoundAnswer, FoundCitation, KnowledgeBase, SearchResult
from knowledge.chroma import ChromaIndex, ChromaStore
from knowledge.document import Document, DocumentKind, LoadedSource, LoadFailure, Passage
from knowledge.embedding import Embedder, load_embedder
from knowledge.errors import IndexUnavailableError, KnowledgeError, ModelUnavailableError
from knowledge.exact import ExactIndex, VectorIndex
from knowledge.hits import Hit
from knowledge.language import EMBEDDED_LANGUAGES, detect_language
from knowledge.load import load_folder
from knowledge.split import split_documents
from knowledge.vectors import EmbeddedBatch, vector_keys, vectors_of

__all__ = [
    "EMBEDDED_LANGUAGES",
    "ChromaIndex",
    "ChromaStore",
    "Document",
    "DocumentKind",
    "EmbeddedBatch",
    "Embedder",
    "ExactIndex",
    "FoundAnswer",
    "FoundCitation",
    "Hit",
    "IndexUnavailableError",
    "KnowledgeBase",
    "KnowledgeError",
    "LoadFailure",
    "LoadedSource",
    "ModelUnavailableError",
    "Passage",
    "SearchResult",
    "VectorIndex",
    "detect_language",
    "load_embedder",
    "load_folder",
    "split_documents",
    "vector_keys",
    "vectors_of",
]
