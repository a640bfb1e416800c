"""How long an answer takes among many passages, as a multiple of embedding and searching alone."""

import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks.retrieval import LISTED
from knowledge import ChromaStore, Document, DocumentKind, Embedder, KnowledgeBase, split_documents
from knowledge.vectors import vector_keys

TIMED_PASSAGES = 12_000
TIMED_QUESTIONS = 100
WORDS = [
    f"{a}{b}{c}" for a in ("lan", "mor", "tel", "vi") for b in "aeiou" for c in ("dor", "mi", "ster", "x")
]


def answer_time(embedder: Embedder) -> float:
    """Return how long an answer takes, as a multiple of embedding and searching alone.

    The passages are invented and their vectors random: what takes time does not look at what they say.
    """
    chance = np.random.default_rng(1)
    passages = split_documents(_invented(chance), embedder=embedder)
    keys = list(dict.fromkeys(key for passage in passages for key in vector_keys(passage)))
    vectors = chance.standard_normal((len(keys), embedder.dimensions), np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    with tempfile.TemporaryDirectory() as folder:
        store = ChromaStore(Path(folder))
        batches = range(0, len(keys), 4000)
        store.build("timed", ((keys[at : at + 4000], vectors[at : at + 4000]) for at in batches))
        index = store.open("timed")
        knowledge = KnowledgeBase(passages, index, embedder, answer_from=0.0)
        times = []
        for question in (" ".join(chance.choice(WORDS, 7)) for _ in range(TIMED_QUESTIONS)):
            started = time.perf_counter()
            index.search(embedder.embed([question])[0], LISTED)
            searched = time.perf_counter()
            knowledge.answer(question)
            times.append((searched - started, time.perf_counter() - searched))
    bare, answered = np.median(times, axis=0)
    return float(answered / bare)


def _invented(chance: np.random.Generator) -> list[Document]:
    return [
        Document(
            document_id=str(number),
            source="invented",
            kind=DocumentKind.FAQ,
            title=" ".join(chance.choice(WORDS, 8)),
            text=" ".join(chance.choice(WORDS, 25)),
        )
        for number in range(TIMED_PASSAGES)
    ]
