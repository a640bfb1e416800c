"""Texts become unit vectors: MiniLM on onnxruntime without torch, any other model by sentence-transformers.

Promises: nothing is fetched from a network; `count_tokens` counts what the model will see, special tokens
included; the same text gives the same vector whatever it is batched with (to rounding).
"""

import os
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from knowledge import minilm
from knowledge.errors import ModelUnavailableError
from knowledge.onnx_session import DamagedGraphError, open_session
from knowledge.remembered import Remembered

DEFAULT_MODEL = "minilm"
BATCH_TOKENS = (
    4096  # padded tokens of one run: enough to fill two cores, small enough to stay in their caches
)
BATCH_TEXTS = 64
LEAST_FILLED = 0.5
"""Of the longest text of a run, how long the others are at least: padding takes as long as text."""
QUESTIONS_REMEMBERED = 2_000
"""Vectors of questions that are kept (3 MB): visitors ask the same, and refer to what was asked before."""


class Embedder(Protocol):
    """What turns texts into vectors, and knows how much of a text it can see."""

    @property
    def model_id(self) -> str:
        """A name that changes whenever the vectors would; vectors of two ids are never mixed."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""

    @property
    def max_tokens(self) -> int:
        """Tokens of one text that the model sees, special tokens included; the rest is dropped silently."""

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """Return `(n, dimensions) float32` unit vectors, in the order of the texts."""

    def embed_questions(self, texts: Sequence[str]) -> np.ndarray:
        """Do the same for what is asked, at once: a text that was asked before is not embedded again."""

    def count_tokens(self, text: str) -> int:
        """Count the tokens of a text, special tokens included, without any limit."""


def load_embedder(name: str = DEFAULT_MODEL, *, cache_dir: Path | None = None) -> Embedder:
    """Load an embedding model from this machine.

    Args:
        name: "minilm", or the name or path of a sentence-transformers model that is already here.
        cache_dir: where MiniLM's ONNX file is kept; beside the installed packages by default.

    Raises:
        ModelUnavailableError: the model is not on this machine.
    """
    if name == DEFAULT_MODEL:
        return OnnxMiniLM(cache_dir or minilm.default_cache_dir())
    return SentenceTransformersEmbedder(name)


class OnnxMiniLM:
    """all-MiniLM-L6-v2 on onnxruntime. Safe to use from several threads at once."""

    dimensions = minilm.DIMENSIONS
    max_tokens = minilm.MAX_TOKENS

    def __init__(self, cache_dir: Path) -> None:
        from tokenizers import Tokenizer

        self._files = minilm.find_model_files()
        self._cache_dir = cache_dir
        self.model_id = f"all-MiniLM-L6-v2@{self._files.fingerprint}"
        self._tokenizer = Tokenizer.from_file(str(self._files.tokenizer))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._remembered: Remembered[np.ndarray] = Remembered(QUESTIONS_REMEMBERED)

    @cached_property
    def _for_passages(self) -> Any:
        """The graph on all cores, opened when the first passage is embedded: what only serves never needs it."""
        return _open_session(self._files, self._cache_dir, threads=0)

    @cached_property
    def _for_questions(self) -> Any:
        """The graph on one core, opened when the first question is embedded: a second one helps no question."""
        return _open_session(self._files, self._cache_dir, threads=1)

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """Return `(n, 384) float32` unit vectors, in the order of the texts."""
        vectors = np.empty((len(texts), self.dimensions), np.float32)
        tokens = [
            self._visible_tokens(encoding.ids) for encoding in self._tokenizer.encode_batch(list(texts))
        ]
        for rows in _batches_by_length(tokens):
            vectors[rows] = _run(self._for_passages, [tokens[row] for row in rows])
        return vectors

    def embed_questions(self, texts: Sequence[str]) -> np.ndarray:
        """Do the same for what is asked, each text alone: beside others its last bits would differ."""
        vectors = [self._remembered.of(text, make=self._embed_question) for text in texts]
        return np.array(vectors, np.float32).reshape(-1, self.dimensions)

    def _embed_question(self, text: str) -> np.ndarray:
        return np.asarray(
            _run(self._for_questions, [self._visible_tokens(self._tokenizer.encode(text).ids)])[0]
        )

    def count_tokens(self, text: str) -> int:
        """Count the tokens of a text, [CLS] and [SEP] included, without any limit."""
        return len(self._tokenizer.encode(text).ids)

    def _visible_tokens(self, ids: list[int]) -> list[int]:
        if len(ids) <= self.max_tokens:
            return ids
        return [*ids[: self.max_tokens - 1], ids[-1]]


def _run(session: Any, batch: list[list[int]]) -> np.ndarray:
    longest = max(len(ids) for ids in batch)
    input_ids = np.zeros((len(batch), longest), np.int64)
    attention_mask = np.zeros((len(batch), longest), np.int64)
    for row, ids in enumerate(batch):
        input_ids[row, : len(ids)] = ids
        attention_mask[row, : len(ids)] = 1
    (vectors,) = session.run(["vectors"], {"input_ids": input_ids, "attention_mask": attention_mask})
    return np.asarray(vectors, np.float32)


def _open_session(files: minilm.ModelFiles, cache_dir: Path, *, threads: int) -> Any:
    graph = minilm.ensure_graph(files, cache_dir)
    try:
        return open_session(graph, threads=threads)
    except DamagedGraphError:
        # A file damaged on disk is made again from the packaged weights.
        return open_session(minilm.write_graph(files, cache_dir), threads=threads)


def _batches_by_length(tokens: list[list[int]]) -> Iterator[list[int]]:
    """Group rows of similar length, longest first, so that little is spent on padding."""
    order = sorted(range(len(tokens)), key=lambda row: -len(tokens[row]))
    start = 0
    while start < len(order):
        longest = max(len(tokens[order[start]]), 1)
        size = max(1, min(BATCH_TEXTS, BATCH_TOKENS // longest))
        while size > 1 and len(tokens[order[min(start + size, len(order)) - 1]]) < LEAST_FILLED * longest:
            size = min(size, len(order) - start) - 1
        yield order[start : start + size]
        start += size


class SentenceTransformersEmbedder:
    """Any sentence-transformers model that is on this machine; uses a GPU where torch finds one."""

    def __init__(self, name: str) -> None:
        model = _load_sentence_transformer(name)
        self.model_id = f"sentence-transformers:{name}"
        self.dimensions = int(model.get_embedding_dimension())
        self.max_tokens = int(model.get_max_seq_length() or minilm.MAX_TOKENS)
        self._model = model

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """Return `(n, dimensions) float32` unit vectors, in the order of the texts."""
        if not texts:
            return np.empty((0, self.dimensions), np.float32)
        vectors = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, np.float32)

    def embed_questions(self, texts: Sequence[str]) -> np.ndarray:
        """Do the same for what is asked."""
        return self.embed(texts)

    def count_tokens(self, text: str) -> int:
        """Count the tokens of a text, special tokens included, without any limit."""
        return len(self._model.tokenizer(text, truncation=False, verbose=False)["input_ids"])


def _load_sentence_transformer(name: str) -> Any:
    os.environ.setdefault("HF_HUB_OFFLINE", "1")  # else an unknown name costs 25 s of retries before it fails
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(name, local_files_only=True)
    except (OSError, ValueError) as error:
        raise ModelUnavailableError(
            f"The embedding model {name!r} is not on this machine; give the path of a downloaded model,"
            f" or use {DEFAULT_MODEL!r}."
        ) from error
