"""The line under load, beside the bare parts, in one run on the same cores; every figure is a median of rounds.

    python -m benchmarks.line [--rounds 3] [--turns 300] [--sockets 1000]
        [--passages 1000,10000] [--messages 1000,100000]

Shares are of what was measured a moment before: a shared machine is never as fast twice.
"""

import argparse
import asyncio
import itertools
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.answer_time import WORDS
from benchmarks.line.bare import READY, bare_loop, two_commits
from benchmarks.line.growth import add_messages, answer_ms
from benchmarks.line.processes import Process
from benchmarks.line.requests import fetch
from benchmarks.line.sockets import bare_kib, idle_kib
from benchmarks.line.visitors import converse
from benchmarks.serving import Started, demo_questions, served
from knowledge import load_embedder

VISITORS = (1, 50, 500)
FAQ = "/api/v1/faq?site=demo&q="


def new_questions() -> Iterator[str]:
    """Yield the demo's questions, each made one that nobody has asked."""
    chance = random.Random(1)
    for question in itertools.cycle(demo_questions()):
        yield f"{question.rstrip('?')}, {chance.choice(WORDS)} {chance.choice(WORDS)}?"


def say(name: str, *figures: object) -> None:
    """Print one row."""
    print(f"{name:58}" + "".join(f"{figure:>14}" for figure in figures), flush=True)


@contextmanager
def bare_server(home: Path) -> Iterator[tuple[str, Process]]:
    """Serve the bare application while the block runs."""
    command = [sys.executable, "-m", "benchmarks.line.bare", str(home)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield (
            next(line for line in process.stdout if READY in line).split(READY)[1].strip(),
            Process(process.pid),
        )
    finally:
        process.kill()
        process.wait()


def measure_turns(started: Started, home: Path, *, rounds: int, turns: int) -> None:
    """Print turns with new questions, with questions asked before, and without any, and what is bare beside them."""
    say("turns over the socket", "a second", "p50 ms", "p99 ms", "CPU ms", "of bare")
    asked, again = new_questions(), itertools.cycle(demo_questions()[:10])
    for _ in range(rounds):
        loop = bare_loop(home, asked, rounds=100)
        say(
            "bare: embed in 32 bits and search, one by one",
            f"{loop['per_s']:.0f}",
            "",
            "",
            f"{loop['cpu_ms']:.2f}",
            1,
        )
        for visitors in VISITORS:
            show(started, "a new question", asked, visitors, turns, loop["per_s"])
        show(started, "a question asked before", again, 50, turns, loop["per_s"])
        with tempfile.TemporaryDirectory(dir=home) as folder:
            for visitors in (1, 50):
                commits = asyncio.run(two_commits(Path(folder), at_once=visitors, rounds=200))
                say(f"bare: two durable commits, {visitors} at once", f"{commits:.0f}", "", "", "", 1)
                show(started, "no question", itertools.repeat("Thanks a lot"), visitors, turns, commits)


def show(started: Started, name: str, said: Iterator[str], visitors: int, turns: int, bare: float) -> None:
    """Measure turns and print their row."""
    process = Process(started.process.pid)
    taken = asyncio.run(
        converse(started.url, said, visitors=visitors, turns=max(turns, 2 * visitors), cpu_s=process.cpu_s)
    )
    cpu_ms = 1000 * taken.server_cpu_s / len(taken.replies_s)
    p50, p99 = taken.percentile_ms(0.5), taken.percentile_ms(0.99)
    share = f"{taken.per_second / bare:.2f}"
    say(
        f"{name}, {visitors} visitors",
        f"{taken.per_second:.0f}",
        f"{p50:.1f}",
        f"{p99:.1f}",
        f"{cpu_ms:.2f}",
        share,
    )


def measure_requests(started: Started, home: Path, *, rounds: int) -> None:
    """Print the FAQ endpoint beside a bare handler and an echo."""
    shares: dict[str, list[float]] = {"new": [], "again": []}
    asked, again = new_questions(), itertools.cycle(demo_questions()[:10])
    with bare_server(home) as (bare, _):
        for _ in range(rounds):
            for name, path, questions, requests in (
                ("new", "/faq?q=", asked, 150),
                ("again", "/echo?q=", again, 1500),
            ):
                asyncio.run(fetch(started.url, FAQ, questions, at_once=8, requests=30))
                base = asyncio.run(fetch(bare, path, questions, at_once=8, requests=requests))
                ours = asyncio.run(fetch(started.url, FAQ, questions, at_once=8, requests=requests))
                shares[name].append(ours / base)
    say(
        "FAQ, a new question, of a bare handler that embeds, searches",
        f"{statistics.median(shares['new']):.2f}",
    )
    say("FAQ, a question asked before, of an echo", f"{statistics.median(shares['again']):.2f}")


def measure_sockets(home: Path, *, sockets: int) -> None:
    """Print what idle sockets cost, each kind on a fresh server."""
    with served(home) as started:
        kib, per_second = asyncio.run(idle_kib(started.url, Process(started.process.pid), sockets=sockets))
    with bare_server(home) as (bare, process):
        bare_each = asyncio.run(bare_kib(bare, process, sockets=min(sockets, 1000)))
    say(
        f"an idle socket of {sockets}, KiB; bare FastAPI; opened a second",
        f"{kib:.1f}",
        f"{bare_each:.1f}",
        f"{per_second:.0f}",
    )


def measure_growth(home: Path, *, passages: list[int], messages: list[int]) -> None:
    """Print an answer by the size of the knowledge, and turns by the messages that are stored."""
    embedder = load_embedder()
    times = [answer_ms(embedder, passages=count) for count in passages]
    for count, time_ms in zip(passages, times, strict=True):
        say(
            f"an answer among {count} passages, ms; of the first",
            f"{time_ms:.2f}",
            f"{time_ms / times[0]:.2f}",
        )
    for count in messages:
        add_messages(home, up_to=count)
        with served(home) as started:
            taken = asyncio.run(
                converse(started.url, itertools.repeat("Thanks a lot"), visitors=4, turns=200)
            )
        say(f"turns a second with {count} messages stored", f"{taken.per_second:.0f}")


def numbers(text: str) -> list[int]:
    """Read a list of numbers."""
    return [int(part) for part in text.split(",") if part]


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--turns", type=int, default=300)
    parser.add_argument("--sockets", type=numbers, default=[1000])
    parser.add_argument("--passages", type=numbers, default=[1_000, 10_000])
    parser.add_argument("--messages", type=numbers, default=[1_000, 100_000])
    options = parser.parse_args()
    print(
        f"line · {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f},"
        f" Python {platform.python_version()}"
    )
    with tempfile.TemporaryDirectory(prefix="foyer-bench-") as folder:
        home = Path(folder)
        with served(home) as started:
            measure_turns(started, home, rounds=options.rounds, turns=options.turns)
            measure_requests(started, home, rounds=options.rounds)
            process = Process(started.process.pid)
            say(
                "memory after that, MB: resident, proportional",
                f"{process.resident_mb():.0f}",
                f"{process.proportional_mb():.0f}",
            )
        for sockets in options.sockets:
            measure_sockets(home, sockets=sockets)
        measure_growth(home, passages=options.passages, messages=options.messages)
    return 0


if __name__ == "__main__":
    sys.exit(main())
