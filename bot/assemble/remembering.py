"""An embedder that remembers: of a thousand conversations most ask what another asked before."""

from collections.abc import Sequence

import numpy as np

from knowledge import Embedder

MOST_TEXTS = 20_000
"""About 30 MB of vectors; then all of it is forgotten."""


class RememberingEmbedder:
    """An embedder that computes each text once."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, np.ndarray] = {}
        self.model_id = embedder.model_id
        self.dimensions = embedder.dimensions
        self.max_tokens = embedder.max_tokens

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """Return `(n, dimensions) float32` unit vectors, in the order of the texts."""
        if not texts:
            return self._embedder.embed(texts)
        if len(self._known) + len(texts) > MOST_TEXTS:
            self._known.clear()
        # One text at a time: in a batch with others a vector may differ in its last bit, and bytes are promised.
        for text in dict.fromkeys(texts):
            if text not in self._known:
                self._known[text] = self._embedder.embed([text])[0]
        return np.stack([self._known[text] for text in texts])

    def embed_questions(self, texts: Sequence[str]) -> np.ndarray:
        """Embed what is asked as the model does, which remembers too."""
        return self._embedder.embed_questions(texts)

    def count_tokens(self, text: str) -> int:
        """Count the tokens of a text, without any limit."""
        return self._embedder.count_tokens(text)
