"""Turns over the socket beside what is bare, and two workers beside one."""

import asyncio
import itertools
import random
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.answer_time import WORDS
from benchmarks.line.bare import bare_loop, two_commits
from benchmarks.line.own_time import answer_cpu_ms
from benchmarks.line.processes import Process
from benchmarks.line.rows import say
from benchmarks.line.visitors import Taken, converse
from benchmarks.serving import Started, demo_questions, served

VISITORS = (1, 50, 500)
OFTEN_ASKED = 10
SMALL_TALK = "Thanks a lot"


def new_questions() -> Iterator[str]:
    """Yield the demo's questions, each made one that nobody has asked."""
    chance = random.Random(1)
    for question in itertools.cycle(demo_questions()):
        yield f"{question.rstrip('?')}, {chance.choice(WORDS)} {chance.choice(WORDS)}?"


def measure_turns(started: Started, home: Path, *, rounds: int, turns: int) -> None:
    """Print turns with new questions, with questions asked before, and without any, and what is bare beside them."""
    say("turns over the socket", "a second", "p50 ms", "p99 ms", "CPU ms", "of bare")
    asked, again = new_questions(), itertools.cycle(demo_questions()[:OFTEN_ASKED])
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
        measure_commits(started, home, turns=turns)


def measure_commits(started: Started, home: Path, *, turns: int) -> None:
    """Print turns without a question beside two durable commits."""
    with tempfile.TemporaryDirectory(dir=home) as folder:
        for visitors in (1, 50):
            commits = asyncio.run(two_commits(Path(folder), at_once=visitors, rounds=200))
            say(f"bare: two durable commits, {visitors} at once", f"{commits:.0f}", "", "", "", 1)
            show(started, "no question", itertools.repeat(SMALL_TALK), visitors, turns, commits)


def measure_own_time(started: Started, home: Path, *, rounds: int, turns: int) -> None:
    """Print the processor time of a turn beside that of the same knowledge asked bare, and what is left of it."""
    say("processor time of a turn, ms", "turn", "bare answer", "Foyer's own")
    cpu_s = Process(started.process.pid).cpu_s
    for _ in range(rounds):
        bare_ms = answer_cpu_ms(home, new_questions(), rounds=turns)
        for name, said, answer_ms in (
            ("a new question", new_questions(), bare_ms),
            ("no question", itertools.repeat(SMALL_TALK), 0.0),
        ):
            turn_ms = cpu_ms(take(started, said, visitors=4, turns=turns, cpu_s=cpu_s))
            say(f"{name}, 4 visitors", f"{turn_ms:.2f}", f"{answer_ms:.2f}", f"{turn_ms - answer_ms:.2f}")


def measure_workers(home: Path, *, turns: int) -> None:
    """Print the turns of one process and of two workers, of the same kind and with as many visitors."""
    say("two workers beside one process, 50 visitors", "a second", "p50 ms", "p99 ms", "CPU ms", "of one")
    alone: dict[str, float] = {}
    for workers in (1, 2):
        with served(home, "--workers", str(workers)) as started:
            process = Process(started.process.pid)
            crew = process.workers() if workers > 1 else [process]
            for name, said in (
                ("a new question", new_questions()),
                ("no question", itertools.repeat(SMALL_TALK)),
            ):
                taken = take(
                    started,
                    said,
                    visitors=50,
                    turns=turns,
                    cpu_s=lambda crew=crew: sum(one.cpu_s() for one in crew),  # type: ignore[misc]
                )
                show_taken(f"{name}, {workers} processes", taken, alone.setdefault(name, taken.per_second))


def show(started: Started, name: str, said: Iterator[str], visitors: int, turns: int, bare: float) -> None:
    """Measure turns and print their row."""
    cpu_s = Process(started.process.pid).cpu_s
    taken = take(started, said, visitors=visitors, turns=max(turns, 2 * visitors), cpu_s=cpu_s)
    show_taken(f"{name}, {visitors} visitors", taken, bare)


def take(
    started: Started, said: Iterator[str], *, visitors: int, turns: int, cpu_s: Callable[[], float]
) -> Taken:
    """Have turns taken."""
    return asyncio.run(converse(started.url, said, visitors=visitors, turns=turns, cpu_s=cpu_s))


def show_taken(name: str, taken: Taken, bare: float) -> None:
    """Print turns and their share of what they are measured against."""
    say(
        name,
        f"{taken.per_second:.0f}",
        f"{taken.percentile_ms(0.5):.1f}",
        f"{taken.percentile_ms(0.99):.1f}",
        f"{cpu_ms(taken):.2f}",
        f"{taken.per_second / bare:.2f}",
    )


def cpu_ms(taken: Taken) -> float:
    """Return the server's processor time of one turn."""
    return 1000 * taken.server_cpu_s / len(taken.replies_s)
