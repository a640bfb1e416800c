"""What is written in a folder now, ready to be asked and compared without being indexed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from knowledge import (
    Document,
    Embedder,
    ExactIndex,
    KnowledgeBase,
    Passage,
    detect_language,
    split_documents,
    vector_key,
    vectors_of,
)

LANGUAGE_SAMPLE = 40

OnBatch = Callable[[int, int], None]


class KnownEmbedder:
    """An embedder that computes no vector it was given or has computed before."""

    def __init__(self, embedder: Embedder, known: Mapping[str, np.ndarray]) -> None:
        """Take the model and its vectors by key (see `vector_key`)."""
        self._embedder = embedder
        self._known = dict(known)
        self.model_id = embedder.model_id
        self.dimensions = embedder.dimensions
        self.max_tokens = embedder.max_tokens

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """Return `(n, dimensions) float32` unit vectors, in the order of the texts."""
        keys = [vector_key(text) for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        self._known.update(zip(new, self._embedder.embed(list(new.values())), strict=True))
        return np.array([self._known[key] for key in keys], np.float32).reshape(-1, self.dimensions)

    def embed_questions(self, texts: Sequence[str]) -> np.ndarray:
        """Embed what is asked as the model does."""
        return self._embedder.embed_questions(texts)

    def count_tokens(self, text: str) -> int:
        """Count the tokens of a text, special tokens included, without any limit."""
        return self._embedder.count_tokens(text)

    def __getattr__(self, name: str) -> object:
        """Return whatever else the model offers."""
        return getattr(self._embedder, name)


@dataclass(frozen=True)
class Written:
    """One state of a site's knowledge: passages, their vectors by key, and the file of each document."""

    passages: tuple[Passage, ...]
    vectors: Mapping[str, np.ndarray]
    embedder: Embedder
    sources: Mapping[str, str]
    hashes: Mapping[str, str]

    @cached_property
    def language(self) -> str:
        """The ISO 639-1 code of most passages, `und` when unknown."""
        sample = self.passages[:: max(1, len(self.passages) // LANGUAGE_SAMPLE)]
        return detect_language(" ".join(passage.search_text for passage in sample)) or "und"

    @cached_property
    def base(self) -> KnowledgeBase:
        """What answers from the passages, compared exactly."""
        return base_of(self.passages, self.vectors, self.embedder, self.language)


def base_of(
    passages: Sequence[Passage], vectors: Mapping[str, np.ndarray], embedder: Embedder, language: str
) -> KnowledgeBase:
    """Return what answers from these passages, whose vectors are among those given."""
    keys = list(vectors)
    matrix = np.stack([vectors[key] for key in keys]) if keys else np.empty((0, 0), np.float32)
    return KnowledgeBase(passages, ExactIndex(keys, matrix), embedder, language=language)


def read_written(
    documents: Sequence[Document], embedder: Embedder, known: Mapping[str, bytes], *, on_batch: OnBatch
) -> Written:
    """Split documents and find their vectors; only what is not known is embedded.

    Args:
        documents: what is written now.
        embedder: the model of the vectors.
        known: stored vectors (float32 bytes) by key.
        on_batch: told how many passages are done, and of how many.
    """
    passages = tuple(split_documents(documents, embedder=embedder))
    vectors: dict[str, np.ndarray] = {}
    done = 0
    for batch in vectors_of(passages, embedder, known=lambda keys: {k: known[k] for k in keys if k in known}):
        vectors.update(batch.vectors)
        done += len(batch.passages)
        on_batch(done, len(passages))
    return Written(
        passages,
        vectors,
        KnownEmbedder(embedder, vectors),
        {document.document_id: document.source for document in documents},
        {document.document_id: document.content_hash for document in documents},
    )
