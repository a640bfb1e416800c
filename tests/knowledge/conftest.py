"""One real embedder for all tests of knowledge: it loads in a third of a second, and nothing here is faked."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from knowledge import Document, DocumentKind, Embedder, KnowledgeBase, knowledge_of, load_embedder

Build = Callable[..., KnowledgeBase]


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return load_embedder()


@pytest.fixture(scope="session")
def build(embedder: Embedder) -> Build:
    """Return what makes a knowledge base of documents; `answer_from=0` reads whatever is found first."""

    def build_of(documents: Sequence[Document], **more: Any) -> KnowledgeBase:
        return knowledge_of(documents, embedder, **more)

    return build_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an empty knowledge folder."""
    path = tmp_path / "knowledge"
    path.mkdir()
    return path


@pytest.fixture(scope="session")
def make_faq() -> Callable[..., Document]:
    """Return what makes an FAQ entry of its id, question, answer and other phrasings."""

    def make(
        document_id: str, question: str, answer: str, *variants: str, group: str | None = None
    ) -> Document:
        return Document(
            document_id=document_id,
            source="faq.csv",
            kind=DocumentKind.FAQ,
            title=question,
            text=answer,
            group=group,
            questions=(question, *variants),
        )

    return make


@pytest.fixture(scope="session")
def make_page() -> Callable[..., Document]:
    """Return what makes a Markdown page of its text."""

    def make(text: str, *, document_id: str = "guide.md", title: str = "Guide", **more: Any) -> Document:
        return Document(
            document_id=document_id,
            source=document_id,
            kind=DocumentKind.PAGE,
            title=title,
            text=text,
            is_markdown=True,
            **more,
        )

    return make
