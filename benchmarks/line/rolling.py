"""Rolling restarts under active chats: are all messages accepted and answered, once, and how long did anybody wait?

    python -m benchmarks.line.rolling [--chats 200] [--times 20] [--pause-s 4] [--workers 2]

A server of two workers on this machine; SIGHUP replaces them one after another while the chats go on.
"""

import argparse
import asyncio
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.line.lasting import LastingVisitor

LINES = ("thanks", "Hello", "What is Foyer?", "Does it need a language model?", "We are 40 people", "goodbye")
ANSWERED_WITHIN_S = 60.0
SETTINGS = {
    "FOYER_LIMITS": "off",
    "FOYER_LOG_LEVEL": "info",
}


@contextmanager
def serving(workers: int) -> Iterator[tuple[str, subprocess.Popen[str], Path]]:
    """Serve the demo; yield where, the parent's process and the log."""
    home = Path(tempfile.mkdtemp(prefix="foyer-rolling-"))
    log = home / "log"
    with log.open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "serve", "--port", "0", "--workers", str(workers)],
            env={**os.environ, "FOYER_HOME": str(home / "home"), **SETTINGS},
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    try:
        assert process.stdout is not None
        yield process.stdout.readline().split()[-1], process, log
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        shutil.rmtree(home, ignore_errors=True)


async def roll(url: str, pid: int, log: Path, *, chats: int, times: int, pause_s: float) -> dict[str, float]:
    """Let chats go on during restarts; return what was counted."""
    visitors = [LastingVisitor(url, "demo", chance=random.Random(number)) for number in range(chats)]
    for visitor in visitors:
        await visitor.arrive()
    keeping = [asyncio.create_task(visitor.run()) for visitor in visitors]
    talking = [asyncio.create_task(talk(visitor, pause_s)) for visitor in visitors]
    try:
        await asyncio.sleep(pause_s)
        for time_of_all in range(1, times + 1):
            os.kill(pid, signal.SIGHUP)
            await until_replaced(log, time_of_all)
        for task in talking:
            task.cancel()
        await asyncio.gather(*talking, return_exceptions=True)
        await asyncio.gather(*(visitor.until_answered(within_s=ANSWERED_WITHIN_S) for visitor in visitors))
    finally:
        for task in (*talking, *keeping):
            task.cancel()
        await asyncio.gather(*talking, *keeping, return_exceptions=True)
    for visitor in visitors:
        visitor.check()
    return {
        "chats": chats,
        "restarts": times,
        "messages": sum(len(visitor.accepted) for visitor in visitors),
        "lost": sum(len(visitor.outbox) for visitor in visitors),
        "reconnects": sum(visitor.n_connects - 1 for visitor in visitors),
    }


async def talk(visitor: LastingVisitor, pause_s: float) -> None:
    """Say something now and then, each after the one before was answered or not."""
    chance = random.Random(id(visitor))
    for number in range(1_000_000):
        await asyncio.sleep(chance.uniform(0.5, 1.5) * pause_s)
        await visitor.say(f"r{number}", chance.choice(LINES))


async def until_replaced(log: Path, times: int) -> None:
    """Wait until all workers were replaced so many times."""
    async with asyncio.timeout(300):
        while await asyncio.to_thread(count, log, "crew.replaced") < times:  # noqa: ASYNC110 - a file tells nobody
            await asyncio.sleep(0.1)


def count(log: Path, event: str) -> int:
    """Return how often a log names an event."""
    return log.read_text().count(event)


def main() -> None:
    """Print what was counted."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--chats", type=int, default=200)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument(
        "--pause-s", type=float, default=4.0, help="between two messages of a chat, on average"
    )
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    with serving(asked.workers) as (url, process, log):
        began_s = time.monotonic()
        counted = asyncio.run(
            roll(url, process.pid, log, chats=asked.chats, times=asked.times, pause_s=asked.pause_s)
        )
        faults = count(log, "Traceback")
    print({**counted, "tracebacks": faults, "seconds": round(time.monotonic() - began_s)})


if __name__ == "__main__":
    main()
