"""Index runs: how much of the embedder's own speed is left, what memory they take, and what conversations notice.

    python -m benchmarks.indexing [--passages 100000] [--texts 3000] [--rounds 3] [--part speed memory lag]

Speed is measured against the same embedder on the same texts in the same batches with nothing else, in turn with the
index run. For memory and lag the vectors are random: what is measured is everything but the model.
"""

import argparse
import asyncio
import gc
import hashlib
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from bot.domain.conversation import SiteId
from bot.sources import ActiveKnowledge, Sync, open_active
from bot.store import Database
from knowledge import ChromaStore, Embedder, load_embedder

SITE = SiteId("bench")
WORDS = 30_000
SENTENCES = 6
WORDS_IN_SENTENCE = 18
PAGES_IN_FILE = 40
QUESTIONS_A_SECOND = 20
TICK_S = 0.002


class RandomEmbedder:
    """Counts words as tokens and gives each text a vector of its own, at once."""

    model_id = "random"
    dimensions = 384
    max_tokens = 256

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        rows = np.empty((len(texts), self.dimensions), np.float32)
        for row, text in zip(rows, texts, strict=True):
            seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little")
            row[:] = np.random.default_rng(seed).standard_normal(self.dimensions, np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def count_tokens(self, text: str) -> int:
        return len(text.split()) + 2


class RecordingEmbedder:
    """The real embedder, noting the batches it was given and the seconds they took."""

    def __init__(self, real: Embedder) -> None:
        self._real = real
        self.model_id, self.dimensions, self.max_tokens = real.model_id, real.dimensions, real.max_tokens
        self.batches: list[list[str]] = []

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        self.batches.append(list(texts))
        return self._real.embed(texts)

    def count_tokens(self, text: str) -> int:
        return self._real.count_tokens(text)


def write_folder(folder: Path, passages: int, *, mark: str = "") -> None:
    """Write pages whose sections are a passage each, of words as frequent as words are."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(f"words{mark}")
    words = ["".join(rng.choices("aeioubcdfglmnprst", k=rng.randint(2, 9))) for _ in range(WORDS)]
    weights = [1 / (rank + 3) for rank in range(WORDS)]
    for file in range(-(-passages // PAGES_IN_FILE)):
        drawn = iter(rng.choices(words, weights, k=PAGES_IN_FILE * SENTENCES * WORDS_IN_SENTENCE))
        sections = (
            f"## Part {number} {mark}\n\n"
            + " ".join(
                " ".join(next(drawn) for _ in range(WORDS_IN_SENTENCE)).capitalize() + "."
                for _ in range(SENTENCES)
            )
            for number in range(PAGES_IN_FILE)
        )
        (folder / f"page{file:05}.md").write_text(f"# Page {file}\n\n" + "\n\n".join(sections) + "\n")


async def sync_of(home: Path, folder: Path, embedder: Embedder) -> tuple[Database, Sync]:
    """Open a home and return it with the index runs of the folder."""
    await asyncio.to_thread(home.mkdir, parents=True, exist_ok=True)
    db = await Database.open(f"sqlite+aiosqlite:///{home / 'foyer.db'}")
    sync = Sync(
        db=db,
        chroma=ChromaStore(home / "index"),
        embedder=embedder,
        site_id=SITE,
        folder=folder,
        clock=lambda: datetime.now(UTC),
        clock_s=time.monotonic,
    )
    return db, sync


async def index(home: Path, folder: Path, embedder: Embedder) -> float:
    """Run an index once; return its seconds."""
    db, sync = await sync_of(home, folder, embedder)
    try:
        begun = time.perf_counter()
        await sync.run()
        return time.perf_counter() - begun
    finally:
        await db.close()


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
    print(f"share of raw embedding throughput: median {statistics.median(shares):.2f} (target 0.85)")


def cpu_s() -> float:
    """Return the processor seconds of this process and of its children that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def peak_mb(who: str = "self") -> float:
    """Return the most memory a process held, in MB."""
    status = Path(f"/proc/{who}/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))) / 1024


def resident_mb() -> float:
    """Return the memory this process holds now, in MB."""
    status = Path("/proc/self/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))) / 1024


def watch_children(peaks: dict[int, float]) -> None:
    """Note the peak of each child process while there are some."""
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    for child in map(int, children):
        try:
            peaks[child] = max(peaks.get(child, 0.0), peak_mb(str(child)))
        except (OSError, StopIteration):
            continue


async def index_watched(home: Path, folder: Path) -> None:
    """Index with random vectors and print what it took, this process and its children."""
    peaks: dict[int, float] = {}

    async def watch() -> None:
        while True:
            watch_children(peaks)
            await asyncio.sleep(0.2)

    watcher = asyncio.create_task(watch())
    seconds = await index(home, folder, RandomEmbedder())
    watcher.cancel()
    children = sorted(peaks.values(), reverse=True)[:3]
    print(
        f"index run: {seconds:.0f} s, peak {peak_mb():.0f} MB"
        f" + children {', '.join(f'{peak:.0f}' for peak in children)} MB (target for all: 1200)",
        flush=True,
    )


async def open_watched(home: Path, folder: Path) -> None:
    """Open the version and print what that took."""
    before = resident_mb()
    db, sync = await sync_of(home, folder, RandomEmbedder())
    begun = time.perf_counter()
    knowledge = await open_active(db, sync.chroma, SITE, RandomEmbedder())
    opened_s = time.perf_counter() - begun
    knowledge.base.answer("What does the first part say?")
    print(
        f"open: {len(knowledge.passages)} passages, {len(knowledge.index)} vectors in {opened_s:.1f} s,"
        f" {resident_mb():.0f} MB resident ({before:.0f} before), peak {peak_mb():.0f} MB (target 1200)"
    )
    await db.close()


class LagProbe:
    """How late the event loop comes to a task that wants to run every 2 ms."""

    def __init__(self) -> None:
        self._late_ms: list[float] = []

    async def run(self) -> None:
        while True:
            due = time.perf_counter() + TICK_S
            await asyncio.sleep(TICK_S)
            self._late_ms.append((time.perf_counter() - due) * 1000)

    def report(self, phase: str) -> None:
        late = sorted(self._late_ms)
        self._late_ms = []
        print(
            f"{phase:44} p99 {late[int(len(late) * 0.99)]:6.1f} ms, max {late[-1]:6.1f} ms",
            f"({sum(ms > 20 for ms in late)} of {len(late)} over 20 ms)",
            flush=True,
        )


async def ask_all_the_time(serving: list[ActiveKnowledge]) -> None:
    """Ask the serving version 20 questions a second, off the event loop."""
    asked: set[asyncio.Task[Any]] = set()
    while True:
        question = f"What does part {random.randrange(PAGES_IN_FILE)} say?"
        task = asyncio.create_task(asyncio.to_thread(serving[0].base.answer, question))
        asked.add(task)
        task.add_done_callback(asked.discard)
        await asyncio.sleep(1 / QUESTIONS_A_SECOND)


async def measure_lag(home: Path, folder: Path) -> None:
    """Print what an index run and the opening of its version cost the event loop of a process that serves."""
    embedder = RandomEmbedder()
    db, sync = await sync_of(home, folder, embedder)
    serving = [await open_active(db, sync.chroma, SITE, embedder)]
    probe = LagProbe()
    tasks = [asyncio.create_task(probe.run()), asyncio.create_task(ask_all_the_time(serving))]
    await asyncio.sleep(5)
    probe.report("questions alone")
    write_folder(folder, PAGES_IN_FILE * 10, mark="changed")
    run = await asyncio.create_subprocess_exec(*step("index", home, folder))
    await run.wait()
    probe.report("an index run beside it")
    opened = await open_active(db, sync.chroma, SITE, embedder)
    probe.report("opening the new version")
    serving[0] = opened
    await asyncio.sleep(3)
    gc.collect()
    probe.report("the new version in service, the old one gone")
    for task in tasks:
        task.cancel()
    await db.close()


def step(name: str, home: Path, folder: Path) -> list[str]:
    """Return the command that does one step in a process of its own."""
    return [sys.executable, "-m", "benchmarks.indexing", "--step", name, str(home), str(folder)]


STEPS = {"index": index_watched, "open": open_watched, "lag": measure_lag}


def measure(parts: Sequence[str], *, passages: int, texts: int, rounds: int) -> None:
    """Run the parts asked for, each in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="foyer-bench-") as name:
        work = Path(name)
        if "speed" in parts:
            measure_speed(work / "speed", texts, rounds)
        if "memory" in parts or "lag" in parts:
            home, folder = work / "home", work / "knowledge"
            write_folder(folder, passages)
            for step_name in _steps(parts):
                subprocess.run(step(step_name, home, folder), check=True)


def _steps(parts: Sequence[str]) -> Iterator[str]:
    yield "index"
    if "memory" in parts:
        yield "open"
    if "lag" in parts:
        yield "lag"


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--texts", type=int, default=3_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--part", nargs="+", default=["speed", "memory", "lag"])
    parser.add_argument("--step", nargs=3, metavar=("NAME", "HOME", "FOLDER"), help=argparse.SUPPRESS)
    arguments: Any = parser.parse_args()
    if arguments.step:
        name, home, folder = arguments.step
        asyncio.run(STEPS[name](Path(home), Path(folder)))
        return 0
    print(f"indexing · {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    measure(arguments.part, passages=arguments.passages, texts=arguments.texts, rounds=arguments.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
