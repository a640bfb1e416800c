"""Index runs: how much of the embedder's speed is left, memory, what conversations notice, and answers as it grows.

    python -m benchmarks.indexing [--passages 100000] [--texts 3000] [--rounds 3] [--part speed memory lag]

Speed is measured against the same embedder on the same texts in the same batches with nothing else, in turn with the
index run. For memory, lag and answers the vectors are invented: what is measured is everything but the model.
"""

import argparse
import asyncio
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.indexing.invented import write_folder
from benchmarks.indexing.lag import measure_lag, watch_bare
from benchmarks.indexing.memory import index_watched, open_watched
from benchmarks.indexing.speed import measure_speed

SMALL, MIDDLE = 1_000, 12_000


def step(name: str, home: Path, folder: Path) -> list[str]:
    """Return the command that does one step in a process of its own."""
    return [sys.executable, "-m", "benchmarks.indexing", "--step", name, str(home), str(folder)]


async def lag(home: Path, folder: Path) -> None:
    """Measure lag beside an index run of the same home."""
    await measure_lag(home, folder, run=step("index", home, folder), bare=step("bare", home, folder))


STEPS = {"index": index_watched, "open": open_watched, "lag": lag, "bare": watch_bare}


def measure(parts: Sequence[str], *, passages: int, texts: int, rounds: int) -> None:
    """Run the parts asked for, each in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="foyer-bench-") as name:
        work = Path(name)
        if "speed" in parts:
            measure_speed(work / "speed", texts, rounds)
        if "memory" in parts or "lag" in parts:
            sizes = sorted({min(SMALL, passages), min(MIDDLE, passages), passages})
            for size in sizes if "memory" in parts else [passages]:
                write_folder(work / f"knowledge{size}", size)
                run(["index", *(["open"] if "memory" in parts else [])], work, size)
            if "memory" in parts:
                small, large = (
                    float((work / f"home{size}" / "answer_ms").read_text()) for size in (sizes[0], passages)
                )
                print(
                    f"an answer at {passages} passages: {large / small:.2f} × that at {sizes[0]} (target 1.5)"
                )
            if "lag" in parts:
                run(["lag"], work, passages)


def run(steps: Sequence[str], work: Path, size: int) -> None:
    """Do steps on the folder of a size, each in a process of its own."""
    for name in steps:
        subprocess.run(step(name, work / f"home{size}", work / f"knowledge{size}"), check=True)


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
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
    print(
        f"indexing · {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        flush=True,
    )
    measure(arguments.part, passages=arguments.passages, texts=arguments.texts, rounds=arguments.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
