"""The knowledge base and the embedder as LangChain knows them: a retriever and an `Embeddings`.

Import this module only where LangChain is used; the front page does without it.
"""

import asyncio
from typing import Any

from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from pydantic import Field

from knowledge.answer import KnowledgeBase
from knowledge.embedding import Embedder, load_embedder
from knowledge.found import title_of
from knowledge.hits import Hit
from knowledge.scope import scope_of
from knowledge.text_fragment import place_link


class KnowledgeRetriever(BaseRetriever):  # type: ignore[misc]
    """Finds passages, best first, in the order in which Foyer finds them.

    Each comes with `passage_id`, `document_id`, `title`, `section`, `question` (of an FAQ entry), `url`, `link` (opens
    at the passage), `score` (of this passage) and `confidence` (0–1: that the first one answers) as metadata. Below
    `sure_from` nothing is found. `language` and `tags` say which passages are read.
    """

    knowledge: KnowledgeBase
    k: int = Field(default=4, ge=1)
    sure_from: float = Field(default=0.0, ge=0.0, le=1.0)
    language: str | None = None
    tags: tuple[str, ...] = ()

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: Any,  # noqa: ARG002 - LangChain's signature
        k: int | None = None,
    ) -> list[Document]:
        scope = scope_of(language=self.language, tags=self.tags)
        found = self.knowledge.search(query, limit=k or self.k, scope=scope)
        if found.confidence < self.sure_from:
            return []
        return [self._document(hit, found.confidence) for hit in found.hits]

    async def _aget_relevant_documents(
        self, query: str, *, run_manager: Any, k: int | None = None
    ) -> list[Document]:
        return await asyncio.to_thread(self._get_relevant_documents, query, run_manager=run_manager, k=k)

    def _document(self, hit: Hit, confidence: float) -> Document:
        passage = hit.passage
        around = self.knowledge.passages.of_document(passage.document_id)
        metadata = {
            "passage_id": passage.passage_id,
            "document_id": passage.document_id,
            "title": title_of(passage),
            "section": passage.section,
            "question": hit.question,
            "url": passage.url,
            "link": place_link(passage, 0, len(passage.text), around),
            "score": float(hit.score),
            "confidence": confidence,
        }
        return Document(id=passage.passage_id, page_content=passage.text, metadata=metadata)


class KnowledgeEmbeddings(Embeddings):  # type: ignore[misc]
    """Foyer's embedder: unit vectors, to be compared by cosine or inner product; nothing is fetched."""

    def __init__(self, embedder: Embedder | None = None) -> None:
        """Take an embedder; MiniLM by default."""
        self._embedder = embedder or load_embedder()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return a unit vector for each text, the one that the index holds."""
        vectors: list[list[float]] = self._embedder.embed(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """Return the unit vector of a question, as Foyer compares it with those of texts."""
        vector: list[float] = self._embedder.embed_questions([text])[0].tolist()
        return vector
