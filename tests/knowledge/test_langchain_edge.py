"""The knowledge base through LangChain's own interfaces."""

import logging
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from knowledge import Document, Embedder, KnowledgeBase, KnowledgeError, open_folder

pytestmark = pytest.mark.slow
Build = Callable[[Sequence[Document]], KnowledgeBase]
QUESTIONS = (
    "shipping to Canada",
    "How long does it take?",
    "may I send it back",
    "what does it weigh",
    "zzz",
)
PAGE = """---
title: Shipping
url: https://www.example.com/shipping
---
# Where to
We ship to all countries of the European Union.

# How long
A parcel takes three days to France, and five days to Portugal.
"""


@pytest.fixture
def knowledge(build: Build, make_faq: Callable[..., Document]) -> KnowledgeBase:
    return build(
        [
            make_faq("r1", "May I return it?", "Yes, within 30 days.", "Can I send it back?"),
            make_faq("r2", "Do you ship to Canada?", "No."),
            make_faq("r3", "How long does shipping take?", "Three days."),
            make_faq("r4", "How heavy is the Harbour?", "It weighs 19.5 kg."),
        ]
    )


async def test_langchain_finds_what_we_find_in_our_order_whichever_way_it_asks(
    knowledge: KnowledgeBase,
) -> None:
    from knowledge.langchain_edge import KnowledgeRetriever

    retriever = KnowledgeRetriever(knowledge=knowledge, k=3)

    ours = [knowledge.search(question, limit=3) for question in QUESTIONS]
    at_once = retriever.batch(list(QUESTIONS))

    expected = [[hit.passage.passage_id for hit in found.hits] for found in ours]
    assert [[one.id for one in documents] for documents in at_once] == expected
    assert [[one.id for one in await retriever.ainvoke(question)] for question in QUESTIONS] == expected
    for found, documents in zip(ours, at_once, strict=True):
        assert [one.metadata["score"] for one in documents] == [hit.score for hit in found.hits]
        assert {one.metadata["confidence"] for one in documents} <= {found.confidence}
    assert [one.id for one in retriever.invoke(QUESTIONS[0], k=1)] == expected[0][:1]
    assert [one.id for one in await retriever.ainvoke(QUESTIONS[0], k=1)] == expected[0][:1]


def test_a_document_says_where_it_stands_and_nothing_is_found_below_a_confidence(folder: Path) -> None:
    from knowledge.langchain_edge import KnowledgeRetriever

    (folder / "shipping.md").write_text(PAGE)
    knowledge = open_folder(folder)

    (found,) = KnowledgeRetriever(knowledge=knowledge, k=1).invoke("How long does a parcel to Portugal take?")

    told = dict(found.metadata)
    assert "five days to Portugal" in found.page_content
    assert (told["document_id"], told["title"], told["section"]) == ("shipping.md", "Shipping", "How long")
    assert told["link"].startswith("https://www.example.com/shipping#how-long:~:text=A%20parcel")
    assert (told["passage_id"], told["question"]) == (found.id, None)
    sure = KnowledgeRetriever(knowledge=knowledge, sure_from=0.5)
    assert sure.invoke("How long does a parcel to Portugal take?") != []
    assert sure.invoke("Who painted the ceiling of the chapel?") == []
    assert KnowledgeRetriever(knowledge=knowledge, language="de").invoke("Portugal") == []


def test_vectors_are_those_that_the_index_holds(embedder: Embedder) -> None:
    from knowledge.langchain_edge import KnowledgeEmbeddings

    embeddings = KnowledgeEmbeddings(embedder)
    texts = ["We ship to France.", "It weighs 19.5 kg."]

    vectors = np.array(embeddings.embed_documents(texts))
    question = np.array(embeddings.embed_query("Do you ship to France?"))

    assert np.allclose(vectors, embedder.embed(texts))
    assert np.allclose(np.linalg.norm([*vectors, question], axis=1), 1, atol=1e-5)
    assert vectors[0] @ question > vectors[1] @ question


def test_a_folder_without_anything_to_read_is_an_error_that_says_so(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and no more")

    with caplog.at_level(logging.WARNING), pytest.raises(KnowledgeError, match="can be read"):
        open_folder(folder)

    assert "broken.pdf" in caplog.text


def test_importing_it_loads_no_model_library() -> None:
    heavy = "{'torch', 'transformers', 'sentence_transformers', 'chromadb', 'onnxruntime', 'langchain'}"
    code = (
        "import sys, knowledge; print('langchain_core' in sys.modules);"
        f"import knowledge.langchain_edge; print(sorted({heavy} & set(sys.modules)))"
    )

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert said.split("\n")[:2] == ["False", "[]"]
