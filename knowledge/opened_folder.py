"""A folder of documentation, read and embedded into memory: for programs that want its knowledge and nothing else.

Nothing is written; a folder of some thousand passages takes a minute. A served site's index is opened instead.
"""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.answer import KnowledgeBase
from knowledge.document import Document
from knowledge.embedding import Embedder, load_embedder
from knowledge.errors import EmptyFolderError
from knowledge.exact import ExactIndex
from knowledge.load import load_folder
from knowledge.split import split_documents
from knowledge.vectors import vectors_of

log = logging.getLogger(__name__)


def open_folder(
    folder: str | Path, *, embedder: Embedder | None = None, language: str | None = None
) -> KnowledgeBase:
    """Read a knowledge folder. A file that can not be read is logged as a warning, and left out.

    Args:
        folder: holds Markdown, HTML, PDF, Word, text and tables, as a site's `knowledge` does.
        embedder: what makes the vectors; MiniLM by default.
        language: ISO 639-1 code of the documents; found from them when None.

    Raises:
        NotADirectoryError: there is no such folder.
        EmptyFolderError: nothing in it could be read.
    """
    documents: list[Document] = []
    for source in load_folder(Path(folder)):
        documents += source.documents
        for failure in source.failures:
            log.warning("%s: %s (%s)", failure.source, failure.message, failure.code)
    if not documents:
        raise EmptyFolderError(
            f"Nothing in {str(folder)!r} can be read; put Markdown or a CSV of an FAQ there."
        )
    return knowledge_of(documents, embedder or load_embedder(), language=language)


def knowledge_of(documents: Sequence[Document], embedder: Embedder, **how: Any) -> KnowledgeBase:
    """Return what answers from documents, with all their vectors in memory; `how` is as `KnowledgeBase` has it."""
    passages = split_documents(documents, embedder=embedder)
    vectors: dict[str, np.ndarray] = {}
    for batch in vectors_of(passages, embedder, known=lambda _: {}):
        vectors.update(batch.vectors)
    matrix = np.array(list(vectors.values())).reshape(-1, embedder.dimensions)
    return KnowledgeBase(passages, ExactIndex(list(vectors), matrix), embedder, **how)
