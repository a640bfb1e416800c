"""What an index run and an opened version take of memory, and how long an answer takes beside its bare parts."""

import asyncio
import os
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.indexing.invented import SITE, AskedEmbedder, InventedEmbedder, index, sync_of
from bot.sources import ActiveKnowledge, open_active
from knowledge import load_embedder

TARGET_MB = 1200
QUESTIONS = 60
WARM_UP = 10
LISTED = 10


async def index_watched(home: Path, folder: Path) -> None:
    """Index with invented vectors and print what it took, this process and its children."""
    peaks: dict[int, float] = {}

    async def watch() -> None:
        while True:
            watch_children(peaks)
            await asyncio.sleep(0.2)

    watcher = asyncio.create_task(watch())
    seconds = await index(home, folder, InventedEmbedder())
    watcher.cancel()
    largest = sorted(peaks.values(), reverse=True)[:3]
    print(
        f"index run: {seconds:.0f} s, peak {peak_mb():.0f} MB + children"
        f" {', '.join(f'{peak:.0f}' for peak in largest)} MB (target for all: {TARGET_MB})",
        flush=True,
    )


async def open_watched(home: Path, folder: Path) -> None:
    """Open the version, ask it, and print what that took."""
    embedder = AskedEmbedder(load_embedder())
    embedder.embed(["What is it?"])
    before = resident_mb()
    db, sync = await sync_of(home, folder, embedder)
    begun = time.perf_counter()
    knowledge = await open_active(db, sync.chroma, SITE, embedder)
    opened_s = time.perf_counter() - begun
    bare, answer = answer_times(knowledge, embedder)
    print(
        f"open: {len(knowledge.passages)} passages, {len(knowledge.index or ())} vectors in {opened_s:.1f} s,"
        f" {resident_mb():.0f} MB resident ({before:.0f} before), peak {peak_mb():.0f} MB (target {TARGET_MB});"
        f" processor time of an answer {answer:.1f} ms, {answer / bare:.2f} × embed and search (target 2)",
        flush=True,
    )
    (home / "answer_ms").write_text(str(answer))
    await db.close()


def answer_times(knowledge: ActiveKnowledge, embedder: AskedEmbedder) -> tuple[float, float]:
    """Return the median milliseconds of the processor that embedding and searching take, and a whole answer.

    What is asked are words of a sentence, so that passages are near and the trained model reads them.
    """
    rng = random.Random(3)
    index = knowledge.index
    assert index is not None
    times: list[tuple[float, float]] = []
    for _ in range(QUESTIONS + WARM_UP):
        passage = knowledge.passages[rng.randrange(len(knowledge.passages))]
        sentence = passage.text[slice(*rng.choice(passage.units))].split()
        question = f"What is {' '.join(sorted(sentence, key=len)[-7:])}?"
        bare = timed(lambda asked=question: index.search(embedder.embed([asked])[0], LISTED))
        times.append((bare, timed(lambda asked=question: knowledge.base.answer(asked))))
    bare_ms, answer_ms = zip(*times[WARM_UP:], strict=True)
    return statistics.median(bare_ms), statistics.median(answer_ms)


def timed(work: Callable[[], object]) -> float:
    """Return the milliseconds that some work takes of the processor, whoever else wants it."""
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


def peak_mb(who: str = "self") -> float:
    """Return the most memory a process held, in MB."""
    return _status_mb(who, "VmHWM")


def resident_mb() -> float:
    """Return the memory this process holds now, in MB."""
    return _status_mb("self", "VmRSS")


def watch_children(peaks: dict[int, float]) -> None:
    """Note the peak of each child process while there are some."""
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    for child in map(int, children):
        try:
            peaks[child] = max(peaks.get(child, 0.0), peak_mb(str(child)))
        except (OSError, StopIteration):
            continue


def _status_mb(who: str, field: str) -> float:
    status = Path(f"/proc/{who}/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith(field))) / 1024
