"""What a language model costs the server, beside the server without one: the model is ours and writes as it is told.

    python -m benchmarks.model [--streams 100] [--turns 40]

A sentence is written when the provider has sent its last piece, and seen when a visitor's socket has it: between are
the client library, the check of the sentence, and the line. All rows are of one run on the same cores.
"""

import argparse
import asyncio
import itertools
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.attacks.bystanders import raise_file_limit, resident_mib
from benchmarks.line.processes import Process
from tests.llm.provider import provider_in_thread
from tests.llm.script import Request, Script
from tests.model.obedient import inside
from tests.service.conftest import GENEROUS
from tests.service.running_server import RunningServer, write_site
from tests.service.visitor_client import Socket, Visitor

MODEL = """\
model:
  name: compatible:stand-in
  base_url: {url}
  concurrency: 200
  timeouts: {{first_token: 20, gap: 20, total: 60}}
  budget: {{visitor_tokens: null, site_tokens: null}}
"""
SETTINGS = GENEROUS | {
    "FOYER_LIMIT_FRAMES_PER_MINUTE": "100000",
    "FOYER_LIMIT_SOCKETS_PER_ADDRESS": "1000",
}
FIRST = ("Yes, ", "we ", "ship ", "to ", "France ", "for ", "12 ", "euros ", "within ", "three ", "days [1].")
REST = (
    " Shipping ",
    "to ",
    "France ",
    "costs ",
    "12 ",
    "euros [1]. ",
    "It ",
    "takes ",
    "three ",
    "days [1].",
)
BETWEEN_TOKENS_S = 0.03
SPREAD_S = 5.0
"""Over which many visitors ask; all in one instant is the worst that can be."""

WITHIN_MS = 150
WAITING = 50
_numbers = itertools.count(1)


def new_question() -> str:
    """Return a question as nobody asked it: what was asked before is not worded again."""
    return "Do you ship to France?" + f"{next(_numbers):b}".replace("0", "?").replace("1", "!") + "?"


class Writing:
    """The pieces of an answer; notes when the last of the first sentence has been sent."""

    def __init__(self, question: str, written: dict[str, float]) -> None:
        self._question = question
        self._written = written

    def __iter__(self) -> Iterator[str]:
        """Yield the pieces, as a provider takes them."""
        yield from FIRST
        self._written[self._question] = time.perf_counter()
        yield from REST


@dataclass
class Model:
    """What answers: in tokens, at once, or never."""

    between_s: float = BETWEEN_TOKENS_S
    is_silent: bool = False
    written: dict[str, float] = field(default_factory=dict)

    def script_for(self, request: Request) -> Script:
        """Return the answer to a request; facts are none."""
        if self.is_silent:
            return Script(mishap="hang")
        system, data = (str(said["content"]) for said in request.body["messages"])
        if "point at the words" in system:
            return Script(value={"facts": []})
        pieces = Writing(inside(data, "question"), self.written)
        return Script(pieces=pieces, delay_s=self.between_s)  # type: ignore[arg-type]  # pieces as they are taken


@contextmanager
def served(folder: Path, more: str, settings: Mapping[str, str]) -> Iterator[RunningServer]:
    """Serve a small site while the block runs."""
    site = write_site(folder / "site")
    (site / "foyer.yaml").write_text((site / "foyer.yaml").read_text() + more)
    server = RunningServer(site, folder / "home", SETTINGS | settings, patience_s=300).start()
    try:
        yield server
    finally:
        server.stop()


def say(name: str, *figures: object) -> None:
    """Print one row."""
    print(f"{name:62}" + "".join(f"{figure:>12}" for figure in figures), flush=True)


def spread(seconds: list[float]) -> tuple[str, str, str]:
    """Return the median, the 95th percentile and the most, in ms."""
    ordered = sorted(seconds)
    shares = (ordered[int(share * (len(ordered) - 1))] for share in (0.5, 0.95, 1.0))
    median, most_of_all, most = (f"{1000 * share:.1f}" for share in shares)
    return median, most_of_all, most


async def arrive(server: RunningServer, count: int) -> list[Socket]:
    """Greet so many visitors."""
    return [(await (await Visitor.arrive(server)).connect())[0] for _ in range(count)]


async def leave(sockets: list[Socket]) -> None:
    """Close all."""
    for socket in sockets:
        await socket.close()


async def see_first_sentence(socket: Socket, model: Model, after_s: float = 0.0) -> tuple[float, bool]:
    """Ask after a while; return the seconds from the first sentence written to seen, and whether it was worded."""
    await asyncio.sleep(after_s)
    question = new_question()
    accepted = await socket.say(question)
    await socket.until("delta", in_reply_to=accepted["message_id"])
    seen = time.perf_counter()
    reply = await socket.reply_to(accepted)
    return seen - model.written[question], reply["data"]["kind"] == "generated"


async def measure_sentences(
    server: RunningServer, model: Model, *, streams: int, turns: int, over_s: float = 0.0
) -> None:
    """Print how long a sentence takes to be seen, and what the streams take, which begin over some seconds."""
    sockets = await arrive(server, streams)
    await see_first_sentence(sockets[0], model)
    process = Process(server.pid)
    before_mib, before_s, began = resident_mib(server), process.cpu_s(), time.perf_counter()
    most_mib = before_mib
    seen: list[tuple[float, bool]] = []
    for _ in range(turns):
        pauses = [over_s * number / streams for number in range(streams)]
        seen += await asyncio.gather(
            *(see_first_sentence(socket, model, pause) for socket, pause in zip(sockets, pauses, strict=True))
        )
        most_mib = max(most_mib, resident_mib(server))
    wall_s, cpu_s = time.perf_counter() - began, process.cpu_s() - before_s
    await leave(sockets)
    worded = sum(is_worded for _, is_worded in seen)
    say(
        f"first sentence seen, {streams} streams begun in {over_s:.0f} s ({worded} of {len(seen)} worded), ms",
        *spread([s for s, _ in seen]),
    )
    say(
        "  processor: ms a turn, share of a core; memory: before, most MiB",
        f"{1000 * cpu_s / len(seen):.1f}",
        f"{cpu_s / wall_s:.2f}",
        f"{before_mib:.0f}",
        f"{most_mib:.0f}",
    )


async def measure_turns(server: RunningServer, name: str, *, visitors: int, turns: int) -> None:
    """Print turns a second, each with a question that nobody asked."""
    sockets = await arrive(server, visitors)
    await asyncio.gather(*(socket.ask(new_question()) for socket in sockets))
    process = Process(server.pid)
    before_s, began = process.cpu_s(), time.perf_counter()

    async def talk(socket: Socket) -> None:
        for _ in range(turns // visitors):
            await socket.ask(new_question())

    await asyncio.gather(*(talk(socket) for socket in sockets))
    wall_s, done = time.perf_counter() - began, visitors * (turns // visitors)
    await leave(sockets)
    say(
        f"turns, {name}, {visitors} visitors: a second, processor ms",
        f"{done / wall_s:.0f}",
        f"{1000 * (process.cpu_s() - before_s) / done:.1f}",
    )


async def measure_waiting(server: RunningServer, model: Model, *, turns: int) -> None:
    """Print turns that need no model, before and while many visitors wait for one that says nothing."""
    (other,) = await arrive(server, 1)
    sockets = await arrive(server, WAITING)

    async def talk() -> list[float]:
        taken = []
        for _ in range(turns):
            began = time.perf_counter()
            await other.ask("Thanks a lot")
            taken.append(time.perf_counter() - began)
        return taken

    say("a turn without a question, ms", *spread(await talk()))
    model.is_silent = True
    for socket in sockets:
        await socket.say(new_question())
    say(f"  while {WAITING} visitors wait for a silent model", *spread(await talk()))
    for socket in (*sockets, other):
        socket.cut()


async def measure(folder: Path, *, streams: int, turns: int) -> None:
    """Print all rows."""
    model = Model()
    with (
        provider_in_thread("openai", model.script_for) as provider,
        served(
            folder / "worded", MODEL.format(url=provider.base_url), {"FOYER_OUTBOUND_ALLOW": provider.entry}
        ) as worded,
        served(folder / "plain", "", {}) as plain,
    ):
        say("", "p50", "p95", "most")
        await measure_sentences(worded, model, streams=1, turns=turns)
        for over_s in (0.0, SPREAD_S):
            await measure_sentences(worded, model, streams=streams, turns=3, over_s=over_s)
        say(f"  asked for: p95 of one stream at most {WITHIN_MS} ms")
        model.between_s = 0.0
        for visitors in (1, 50):
            await measure_turns(plain, "without a model", visitors=visitors, turns=200)
            await measure_turns(worded, "with a model that answers at once", visitors=visitors, turns=200)
        say(
            "memory after that: without, with, MiB",
            f"{resident_mib(plain):.0f}",
            f"{resident_mib(worded):.0f}",
        )
        await measure_waiting(worded, model, turns=turns)


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--streams", type=int, default=100)
    parser.add_argument("--turns", type=int, default=40)
    options = parser.parse_args()
    raise_file_limit()
    print(
        f"model · {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f},"
        f" Python {platform.python_version()}"
    )
    with tempfile.TemporaryDirectory(prefix="foyer-bench-") as folder:
        asyncio.run(measure(Path(folder), streams=options.streams, turns=options.turns))
    return 0


if __name__ == "__main__":
    sys.exit(main())
