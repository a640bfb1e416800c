"""The knowledge base through LangChain's own interfaces."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from knowledge import Document, Embedder, KnowledgeBase

Build = Callable[[Sequence[Document]], KnowledgeBase]


@pytest.mark.slow
def test_langchain_retrieves_and_embeds_as_we_do(
    build: Build, make_faq: Callable[..., Document], embedder: Embedder
) -> None:
    from knowledge.langchain_edge import KnowledgeEmbeddings, KnowledgeRetriever

    knowledge = build(
        [make_faq("r1", "May I return it?", "Yes."), make_faq("r2", "Do you ship to Canada?", "No.")]
    )

    (found,) = KnowledgeRetriever(knowledge=knowledge, k=1).invoke("shipping to Canada")

    assert (found.page_content, found.metadata["document_id"]) == ("No.", "r2")
    assert np.allclose(KnowledgeEmbeddings(embedder).embed_query("x"), embedder.embed(["x"])[0])
