"""The serving process from outside: start-up, memory, and one turn over the real socket beside its bare parts.

    python -m benchmarks.serving [--turns 60]

A turn is timed from `say` to `accepted`, to the first `delta` and to the final `message`. Beside it, in the same
run and in turn with it, the bare minimum: embed the same question and search the same index.
"""

import argparse
import asyncio
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import websockets

from bot.settings import demo_site_folder
from knowledge import ChromaStore, load_embedder, load_folder

STARTS = 5
READY = "Foyer is ready at "


@dataclass(frozen=True, slots=True)
class Started:
    """A running server: where it is, its process, and how long it took to open the port and to be ready (s)."""

    url: str
    process: subprocess.Popen[str]
    port_s: float
    ready_s: float

    def resident_mb(self) -> float:
        """Return the memory it holds now, in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
        return int(kilobytes) / 1024


@contextmanager
def served(home: Path, *options: str) -> Iterator[Started]:
    """Serve the demo, or the site that `options` name, from a home folder while the block runs."""
    environment = os.environ | {"FOYER_HOME": str(home), "FOYER_LIMITS": "off"}
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "serve", "--port", "0", *options],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        port_s = time_to_port(home, process, begun)
        assert process.stdout is not None
        url = next(line for line in process.stdout if READY in line).split(READY)[1].strip()
        yield Started(url, process, port_s, time.perf_counter() - begun)
    finally:
        process.terminate()
        process.wait(timeout=30)


def time_to_port(home: Path, process: subprocess.Popen[str], begun: float) -> float:
    """Wait until the server answers /healthz; return the seconds since it was started."""
    note = home / "server.json"
    while process.poll() is None:
        try:
            data = json.loads(note.read_text())
            if data["pid"] == process.pid:
                urllib.request.urlopen(data["url"] + "/healthz", timeout=1)
                return time.perf_counter() - begun
        except (OSError, ValueError, KeyError):
            time.sleep(0.005)
    raise SystemExit("the server ended before it listened")


def open_session(url: str) -> str:
    """Return a new visitor's token."""
    body = json.dumps({"site": "demo"}).encode()
    request = urllib.request.Request(
        url + "/api/v1/sessions", body, {"Content-Type": "application/json", "Origin": url}
    )
    return str(json.load(urllib.request.urlopen(request))["visitor_token"])


async def take_turn(url: str, token: str, question: str) -> dict[str, float]:
    """Ask one question on a fresh socket; return the milliseconds from `say` to each frame of interest."""
    address = url.replace("http", "ws") + "/api/v1/ws"
    async with websockets.connect(
        address,
        origin=url,
        subprotocols=["foyer.v1"],
        compression=None,  # type: ignore[arg-type,list-item]
    ) as socket:
        await socket.send(json.dumps({"type": "hello", "data": {"token": token, "last_seq": 0}}))
        while json.loads(await socket.recv())["type"] != "live":
            pass
        said = {"client_message_id": uuid.uuid4().hex, "text": question}
        begun = time.perf_counter()
        await socket.send(json.dumps({"type": "say", "data": said}))
        times: dict[str, float] = {}
        while "message" not in times:
            kind = json.loads(await socket.recv())["type"]
            times.setdefault(kind, (time.perf_counter() - begun) * 1000)
    return times


def bare_search(home: Path) -> Callable[[str], float]:
    """Return a callable that embeds and searches the demo's own index, and gives the milliseconds."""
    embedder = load_embedder()
    store = ChromaStore(home / "index", compared_up_to=0)
    index = store.open(store.names()[-1])

    def search(question: str) -> float:
        begun = time.perf_counter()
        index.search(embedder.embed([question])[0], 10)
        return (time.perf_counter() - begun) * 1000

    return search


def demo_questions() -> list[str]:
    """Return the demo's own questions."""
    sources = load_folder(demo_site_folder() / "knowledge")
    return [question for source in sources for d in source.documents for question in d.questions]


def percentile(values: list[float], share: float) -> float:
    """Return the value below which `share` of the values lie."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


async def measure_turns(started: Started, search: Callable[[str], float], turns: int) -> None:
    """Print a turn's stages as multiples of the bare search, measured in turn."""
    questions = demo_questions()
    rows: list[dict[str, float]] = []
    bare: list[float] = []
    for n in range(turns + 10):
        question = questions[n % len(questions)]
        times = await take_turn(started.url, open_session(started.url), question)
        alone = search(question)
        if n >= 10:
            rows.append(times)
            bare.append(alone)
    base = statistics.median(bare)
    print(f"{'':24}{'p50 ms':>10}{'p99 ms':>10}{'× bare':>10}")
    print(f"{'bare embed and search':24}{base:10.2f}{percentile(bare, 0.99):10.2f}{1:10.2f}")
    for stage in ("accepted", "delta", "message"):
        values = [row[stage] for row in rows]
        middle = statistics.median(values)
        print(f"{'say → ' + stage:24}{middle:10.2f}{percentile(values, 0.99):10.2f}{middle / base:10.2f}")


def print_sizes(url: str) -> None:
    """Print what the widget weighs as it is served."""
    size = Path(__file__).resolve().parent.parent / "widget" / "size.py"
    subprocess.run([sys.executable, str(size), url], check=True)


def measure(turns: int) -> None:
    """Measure start-up cold and warm, memory, and turns."""
    with tempfile.TemporaryDirectory(prefix="foyer-bench-") as folder:
        home = Path(folder)
        with served(home) as cold:
            print(f"cold start (indexes the demo): port {cold.port_s:.2f} s, ready {cold.ready_s:.2f} s")
        warm = []
        for _ in range(STARTS):
            with served(home) as started:
                warm.append((started.port_s, started.ready_s, started.resident_mb()))
        ports, readies, memory = (statistics.median(values) for values in zip(*warm, strict=True))
        print(
            f"warm start (median of {STARTS}): port {ports:.2f} s, ready {readies:.2f} s, {memory:.0f} MB resident"
        )
        search = bare_search(home)
        with served(home) as started:
            asyncio.run(measure_turns(started, search, turns))
            print_sizes(started.url)
            print(f"resident after {turns + 10} turns: {started.resident_mb():.0f} MB")


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=60)
    arguments: Any = parser.parse_args()
    print(f"serving · {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    measure(arguments.turns)
    return 0


if __name__ == "__main__":
    sys.exit(main())
