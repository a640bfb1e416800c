"""How much of the embedder's own speed an index run keeps: the same texts in the same batches, in turn with it."""

import asyncio
import os
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.indexing.invented import SENTENCES, index, write_folder
from knowledge import Embedder, load_embedder

TARGET = 0.85


class RecordingEmbedder:
    """The real embedder, noting the batches it was given."""

    def __init__(self, real: Embedder) -> None:
        self._real = real
        self.model_id, self.dimensions, self.max_tokens = real.model_id, real.dimensions, real.max_tokens
        self.batches: list[list[str]] = []

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        self.batches.append(list(texts))
        return self._real.embed(texts)

    def embed_questions(self, texts: Sequence[str]) -> np.ndarray:
        return self._real.embed_questions(texts)

    def count_tokens(self, text: str) -> int:
        return self._real.count_tokens(text)


def measure_speed(work: Path, texts: int, rounds: int) -> None:
    """Print the share of the embedder's own speed that an index run reaches."""
    folder, embedder = work / "knowledge", load_embedder()
    write_folder(folder, texts // (SENTENCES + 1))
    shares: list[float] = []
    for number in range(rounds):
        recorder = RecordingEmbedder(embedder)
        cpu = cpu_s()
        run_s = asyncio.run(index(work / f"home{number}", folder, recorder))
        run_cpu, cpu = cpu_s() - cpu, cpu_s()
        begun = time.perf_counter()
        for batch in recorder.batches:
            embedder.embed(batch)
        raw_s = time.perf_counter() - begun
        raw_cpu = cpu_s() - cpu
        n_texts = sum(map(len, recorder.batches))
        shares.append(raw_s / run_s)
        print(
            f"round {number + 1}: {n_texts} texts, raw {n_texts / raw_s:.0f}/s, index run {n_texts / run_s:.0f}/s,"
            f" share {raw_s / run_s:.2f}; of the processor's time {raw_cpu / run_cpu:.2f}",
            flush=True,
        )
    print(f"share of raw embedding throughput: median {statistics.median(shares):.2f} (target {TARGET})")


def cpu_s() -> float:
    """Return the processor seconds of this process and of its children that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
