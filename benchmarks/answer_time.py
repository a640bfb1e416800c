"""How long an answer takes among many passages, as a multiple of embedding and searching alone."""

import contextlib
import tempfile
import time
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

import numpy as np

from benchmarks.retrieval import LISTED
from knowledge import (
    ChromaStore,
    Document,
    DocumentKind,
    Embedder,
    KnowledgeBase,
    VectorIndex,
    split_documents,
)
from knowledge.vectors import vector_keys

TIMED_PASSAGES = 12_000
TIMED_QUESTIONS = 100
BATCH = 4_000
WORDS = [
    f"{a}{b}{c}" for a in ("lan", "mor", "tel", "vi") for b in "aeiou" for c in ("dor", "mi", "ster", "x")
]


def answer_time(embedder: Embedder) -> float:
    """Return how long an answer takes, as a multiple of embedding and searching alone."""
    times = []
    with invented_knowledge(embedder, n_documents=TIMED_PASSAGES) as (knowledge, index, questions):
        for question in islice(questions, TIMED_QUESTIONS):
            started = time.perf_counter()
            index.search(embedder.embed([question])[0], LISTED)
            searched = time.perf_counter()
            knowledge.answer(question)
            times.append((searched - started, time.perf_counter() - searched))
    bare, answered = np.median(times, axis=0)
    return float(answered / bare)


@contextlib.contextmanager
def invented_knowledge(
    embedder: Embedder, *, n_documents: int
) -> Iterator[tuple[KnowledgeBase, VectorIndex, Iterator[str]]]:
    """Give knowledge that is invented, its index, and questions to it without end.

    The vectors are random: what takes time does not look at what the words say.
    """
    chance = np.random.default_rng(1)
    passages = split_documents(_invented(chance, n_documents), embedder=embedder)
    keys = list(dict.fromkeys(key for passage in passages for key in vector_keys(passage)))
    vectors = chance.standard_normal((len(keys), embedder.dimensions), np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    with tempfile.TemporaryDirectory() as folder:
        store = ChromaStore(Path(folder))
        batches = range(0, len(keys), BATCH)
        store.build("invented", ((keys[at : at + BATCH], vectors[at : at + BATCH]) for at in batches))
        index = store.open("invented")
        knowledge = KnowledgeBase(passages, index, embedder, answer_from=0.0)
        yield knowledge, index, (" ".join(chance.choice(WORDS, 7)) for _ in count())


def _invented(chance: np.random.Generator, n_documents: int) -> list[Document]:
    return [
        Document(
            document_id=str(number),
            source="invented",
            kind=DocumentKind.FAQ,
            title=" ".join(chance.choice(WORDS, 8)),
            text=" ".join(chance.choice(WORDS, 25)),
        )
        for number in range(n_documents)
    ]
