"""The knowledge base and the embedder as LangChain knows them: a retriever and an `Embeddings`.

Import this module only where LangChain is used; the front page does without it.
"""

from typing import Any

from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever

from knowledge.answer import KnowledgeBase
from knowledge.embedding import Embedder
from knowledge.hits import Hit


class KnowledgeRetriever(BaseRetriever):  # type: ignore[misc]
    """Finds passages; each comes with its ids, title, url and score as metadata."""

    knowledge: KnowledgeBase
    k: int = 4

    def _get_relevant_documents(self, query: str, *, run_manager: Any) -> list[Document]:  # noqa: ARG002
        return [_document(hit) for hit in self.knowledge.search(query, limit=self.k).hits]


class KnowledgeEmbeddings(Embeddings):  # type: ignore[misc]
    """Gives LangChain the vectors that the index holds."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return a unit vector for each text."""
        return [vector.tolist() for vector in self._embedder.embed(texts)]

    def embed_query(self, text: str) -> list[float]:
        """Return the unit vector of a question."""
        return self.embed_documents([text])[0]


def _document(hit: Hit) -> Document:
    passage = hit.passage
    metadata = {
        "document_id": passage.document_id,
        "passage_id": passage.passage_id,
        "title": passage.title,
        "url": passage.url,
        "score": hit.score,
    }
    return Document(id=passage.passage_id, page_content=passage.text, metadata=metadata)
