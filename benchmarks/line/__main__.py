"""The line under load, beside the bare parts, in one run on the same cores; every figure is a median of rounds.

    python -m benchmarks.line [--only turns,own,requests,workers,sockets,knowledge,history] [--rounds 3]
        [--turns 300] [--sockets 1000,10000] [--passages 1000,100000] [--messages 1000,1000000] [--quick]

It takes most of an hour, and with --quick, which leaves out the largest of each, a quarter of one.
Shares are of what was measured a moment before: a shared machine is never as fast twice.
"""

import argparse
import asyncio
import itertools
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.line.bare import READY
from benchmarks.line.growth import add_messages
from benchmarks.line.knowledge_growth import served_among, turn_ms
from benchmarks.line.processes import Process
from benchmarks.line.requests import fetch
from benchmarks.line.rows import say
from benchmarks.line.sockets import AT_ONCE, bare_sockets, open_all, visitors_sockets
from benchmarks.line.turns import (
    OFTEN_ASKED,
    SMALL_TALK,
    measure_own_time,
    measure_turns,
    measure_workers,
    new_questions,
)
from benchmarks.line.visitors import converse
from benchmarks.serving import Started, demo_questions, served

FAQ = "/api/v1/faq?site=demo&q="
FAILURES_SHOWN = 3
SIZES = {
    "sockets": [1_000, 10_000],
    "passages": [1_000, 10_000, 100_000],
    "messages": [1_000, 100_000, 1_000_000],
}
"""What is measured where nothing else is asked for; the last of each takes longest."""
PARTS = ("turns", "own", "requests", "workers", "sockets", "knowledge", "history")


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


def measure_requests(started: Started, home: Path, *, rounds: int) -> None:
    """Print the FAQ endpoint beside a bare handler and an echo."""
    shares: dict[str, list[float]] = {"new": [], "again": []}
    asked, again = new_questions(), itertools.cycle(demo_questions()[:OFTEN_ASKED])
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
    """Print what sockets cost, each kind on a fresh server: a few at a time, and all at one moment."""
    say(f"{sockets} sockets", "KiB each", "bare KiB", "a second", "bare a s", "of bare", "failed")
    for name, at_once in (("idle", AT_ONCE), ("coming at one moment", sockets)):
        with served(home) as started:
            ours = asyncio.run(_open(visitors_sockets, started.url, started.process.pid, sockets, at_once))
        with bare_server(home) as (bare, process):
            base = asyncio.run(_open(bare_sockets, bare, process.pid, sockets, at_once))
        say(
            name,
            f"{ours.kib:.1f}",
            f"{base.kib:.1f}",
            f"{ours.per_second:.0f}",
            f"{base.per_second:.0f}",
            f"{ours.per_second / base.per_second:.2f}",
            len(ours.failures),
        )
        for failure, times in Counter(ours.failures).most_common(FAILURES_SHOWN):
            print(f"  {times} × {failure}")


async def _open(kind, url: str, pid: int, sockets: int, at_once: int):  # type: ignore[no-untyped-def]
    return await open_all(await kind(url, sockets), Process(pid), sockets=sockets, at_once=at_once)


def measure_knowledge(home: Path, *, passages: list[int], rounds: int) -> None:
    """Print a whole turn by the size of the knowledge; all sizes are served beside each other, and asked in turn."""
    say("by the size of the knowledge", "p50 ms", "of the first")
    questions = new_questions()
    with ExitStack() as stack:
        servers = [stack.enter_context(served_among(home, passages=count)) for count in passages]
        taken = [[turn_ms(started, questions) for started in servers] for _ in range(rounds)]
    for at, count in enumerate(passages):
        of_first = statistics.median(row[at] / row[0] for row in taken)
        say(f"{count} passages", f"{statistics.median(row[at] for row in taken):.2f}", f"{of_first:.2f}")


def measure_history(home: Path, *, messages: list[int]) -> None:
    """Print turns without a question by the messages that are stored."""
    first: float | None = None
    say("by the messages of everybody that are stored", "a second", "p50 ms", "of the first")
    for count in messages:
        add_messages(home, up_to=count)
        with served(home) as started:
            taken = asyncio.run(converse(started.url, itertools.repeat(SMALL_TALK), visitors=4, turns=400))
        first = first or taken.per_second
        say(
            f"{count} messages",
            f"{taken.per_second:.0f}",
            f"{taken.percentile_ms(0.5):.1f}",
            f"{taken.per_second / first:.2f}",
        )


def measure_served(home: Path, options: argparse.Namespace) -> None:
    """Print what is measured on one served demo, the parts that are wanted."""
    with served(home) as started:
        if "turns" in options.only:
            measure_turns(started, home, rounds=options.rounds, turns=options.turns)
        if "own" in options.only:
            measure_own_time(started, home, rounds=options.rounds, turns=options.turns)
        if "requests" in options.only:
            measure_requests(started, home, rounds=options.rounds)
        process = Process(started.process.pid)
        say(
            "memory after that, MB: resident, proportional",
            f"{process.resident_mb():.0f}",
            f"{process.proportional_mb():.0f}",
        )


def numbers(text: str) -> list[int]:
    """Read a list of numbers."""
    return [int(part) for part in text.split(",") if part]


def parts(text: str) -> list[str]:
    """Read which parts are wanted.

    Raises:
        ArgumentTypeError: there is no such part.
    """
    named = [part for part in text.split(",") if part]
    for unknown in set(named).difference(PARTS):
        raise argparse.ArgumentTypeError(f"{unknown!r} is none of {', '.join(PARTS)}")
    return named


def options_of(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Read what is wanted from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", type=parts, default=list(PARTS))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--turns", type=int, default=300)
    parser.add_argument("--quick", action="store_true", help="without the largest sizes")
    for name in SIZES:
        parser.add_argument(f"--{name}", type=numbers)
    options = parser.parse_args(arguments)
    for name, sizes in SIZES.items():
        if getattr(options, name) is None:
            setattr(options, name, sizes[:-1] if options.quick else sizes)
    return options


def main() -> int:
    """Run the benchmark."""
    options = options_of()
    print(
        f"line · {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f},"
        f" Python {platform.python_version()}"
    )
    with tempfile.TemporaryDirectory(prefix="foyer-bench-") as folder:
        home = Path(folder)
        if {"turns", "own", "requests"}.intersection(options.only):
            measure_served(home, options)
        if "workers" in options.only:
            measure_workers(home, turns=options.turns)
        for sockets in options.sockets if "sockets" in options.only else ():
            measure_sockets(home, sockets=sockets)
        if "knowledge" in options.only:
            measure_knowledge(home, passages=options.passages, rounds=options.rounds)
        if "history" in options.only:
            measure_history(home, messages=options.messages)
    return 0


if __name__ == "__main__":
    sys.exit(main())
