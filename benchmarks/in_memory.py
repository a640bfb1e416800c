"""Documents indexed the way the product does, in memory."""

from collections.abc import Sequence

import numpy as np

from knowledge import Document, Embedder, ExactIndex, Passage, split_documents, vectors_of


class RememberingEmbedder:
    """An embedder that embeds a text once: the same rows are asked in several parts and ways."""

    def __init__(self, inner: Embedder) -> None:
        self._inner = inner
        self._known: dict[str, np.ndarray] = {}
        self.model_id = inner.model_id
        self.dimensions = inner.dimensions
        self.max_tokens = inner.max_tokens

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """Return `(n, dimensions) float32`, what is new embedded together."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known.update(zip(new, self._inner.embed(new), strict=True))
        return np.array([self._known[text] for text in texts], np.float32).reshape(-1, self.dimensions)

    def embed_questions(self, texts: Sequence[str]) -> np.ndarray:
        """Embed what is asked as the embedder within does."""
        return self._inner.embed_questions(texts)

    def count_tokens(self, text: str) -> int:
        """Count as the embedder within does."""
        return self._inner.count_tokens(text)


def index_in_memory(
    documents: Sequence[Document], embedder: Embedder
) -> tuple[Sequence[Passage], ExactIndex]:
    """Split and embed documents; return their passages and the index of their vectors."""
    passages = split_documents(documents, embedder=embedder)
    vectors: dict[str, np.ndarray] = {}
    for batch in vectors_of(passages, embedder, known=lambda _: {}):
        vectors.update(batch.vectors)
    return passages, ExactIndex(list(vectors), np.array(list(vectors.values())))
