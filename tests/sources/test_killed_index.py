"""SIGKILL in each stage of an index run: what serves is one whole version, and the next run repairs and clears up.

Meanwhile twenty questions a second are asked of the version that serves, as a server has it open.

`FOYER_KILLS=10` kills ten times in each stage instead of once, each a moment later than the one before; so does
`python -m benchmarks.attacks indexing`.
"""

import asyncio
import os
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import pytest

from bot.domain.conversation import SiteId
from bot.sources import ActiveKnowledge, open_active
from bot.store import Database
from knowledge import ChromaStore, Embedder
from tests.service.running_server import ROOT, environment_of

KILLS = int(os.environ.get("FOYER_KILLS", "1"))
pytestmark = [pytest.mark.slow, pytest.mark.model, pytest.mark.timeout(600 * KILLS)]
FILES, ROWS = 8, 12
QUESTIONS_A_SECOND = 20
LATER_S = 0.004
"""How much longer each kill of a stage waits than the one before."""
SITE = SiteId("site")

KILLED_RUN = """
import asyncio, importlib, os, signal, sys, threading, time
from pathlib import Path
from bot.assemble.indexing import SiteSources, run_index

where, calls, delay, site = sys.argv[1], [int(sys.argv[2])], float(sys.argv[3]), sys.argv[4]
module, _, path = where.partition(":")
owner = importlib.import_module(module)
*owners, name = path.split(".")
for step in owners:
    owner = getattr(owner, step)
real = getattr(owner, name)

def kill():
    time.sleep(delay)
    os.kill(os.getpid(), signal.SIGKILL)

def killed(*arguments, **named):
    calls[0] -= 1
    if calls[0] == 0:
        threading.Thread(target=kill).start() if delay else kill()
    return real(*arguments, **named)

setattr(owner, name, killed)
asyncio.run(run_index(SiteSources(site_id="site", folder=Path(site)), full=False))
"""
"""An index run that is killed so long after it calls something for the nth time."""

STAGES = {
    "load": ("knowledge.sandbox:Sandbox.parse", 2),
    "split": ("bot.sources.reading:split_documents", 3),
    "embed": ("knowledge.embedding:OnnxMiniLM.embed", 1),
    "write rows": ("bot.store.passages:add", 1),
    "build": ("knowledge.collections:CollectionBuilder.add", 1),
    "check": ("knowledge.collections:CollectionBuilder.finish", 1),
    "flip": ("bot.store.passages:activate", 1),
    "clear up": ("bot.store.version_pages:drop_slice", 1),
}
NEVER = "bot.store.passages:activate"


def write_files(site: Path, mark: int) -> None:
    """Write entries whose answers all carry the version's mark."""
    knowledge = site / "knowledge"
    knowledge.mkdir(parents=True, exist_ok=True)
    for number in range(FILES):
        rows = (
            f"item{n},What does item number {n} cost?,Item number {n} costs {mark} euros.\n"
            for n in range(number * ROWS, (number + 1) * ROWS)
        )
        (knowledge / f"faq{number:02}.csv").write_text("id,question,answer\n" + "".join(rows))


def run_until_killed(home: Path, site: Path, where: str, calls: int, delay_s: float = 0.0) -> int:
    command = [sys.executable, "-c", KILLED_RUN, where, str(calls), str(delay_s), str(site / "knowledge")]
    done = subprocess.run(
        command, cwd=ROOT, env=environment_of(home), stderr=subprocess.PIPE, timeout=120, check=False
    )
    assert done.returncode in {0, -9}, done.stderr.decode()[-2000:]
    return done.returncode


@dataclass(slots=True)
class Serving:
    """The version that is asked, and what its entries all say; `asked` counts the answers."""

    knowledge: ActiveKnowledge
    mark: str
    asked: int = 0

    def ask(self, number: int) -> None:
        """Ask for an item, and see that one whole version answers."""
        knowledge, mark = self.knowledge, self.mark
        text = knowledge.base.answer(f"What does item number {number} cost?").text
        assert text == f"Item number {number} costs {mark} euros."
        self.asked += 1


async def open_serving(home: Path, embedder: Embedder) -> Serving:
    """Open what serves, and see that it is whole."""
    db = await Database.open(f"sqlite+aiosqlite:///{home / 'foyer.db'}")
    try:
        active = await open_active(db, ChromaStore(home / "index"), SITE, embedder)
    finally:
        await db.close()
    marks = {passage.text.split()[-2] for passage in active.passages}
    assert (len(active.passages), len(marks), active.is_damaged) == (FILES * ROWS, 1, False)
    serving = Serving(active, marks.pop())
    serving.ask(77)
    return serving


@asynccontextmanager
async def asking(serving: Serving) -> AsyncIterator[None]:
    """Ask all the while, each question in a thread of its own."""
    is_over = asyncio.Event()

    async def ask() -> None:
        async with asyncio.TaskGroup() as group:
            for number in cycle(range(FILES * ROWS)):
                group.create_task(asyncio.to_thread(serving.ask, number))
                with suppress(TimeoutError):
                    await asyncio.wait_for(is_over.wait(), 1 / QUESTIONS_A_SECOND)
                if is_over.is_set():
                    return

    task = asyncio.create_task(ask())
    try:
        yield
    finally:
        is_over.set()
        await task


KEPT = "SELECT version FROM active_versions UNION SELECT previous_version FROM active_versions"


async def leftovers(home: Path) -> dict[str, int]:
    """Count what neither the serving version nor the one before it needs."""
    db = await Database.open(f"sqlite+aiosqlite:///{home / 'foyer.db'}")
    queries = {
        "versions": f"SELECT count(*) FROM index_versions WHERE version NOT IN ({KEPT})",
        "passages": f"SELECT count(*) FROM passages WHERE version NOT IN ({KEPT})",
        "vectors": "SELECT count(*) FROM vectors WHERE vector_key NOT IN (SELECT vector_key FROM passage_vectors)",
    }
    async with db.read() as connection:
        found = {
            name: int((await connection.exec_driver_sql(query)).scalar_one())
            for name, query in queries.items()
        }
    await db.close()
    return found | {"folders": len(list((home / "index").iterdir())) - 1}


async def kill_in_each_stage(folder: Path, embedder: Embedder, kills: int) -> tuple[Counter[str], int]:
    """Kill so often in each stage; see after each kill that one whole version serves, and that a run repairs.

    Returns:
        How many runs were killed in each stage before they ended, and how many questions were answered meanwhile.
    """
    home, site = folder / "home", folder / "site"
    killed: Counter[str] = Counter()
    asked = 0
    write_files(site, 1_000)
    assert run_until_killed(home, site, NEVER, 10_000) == 0
    serving = await open_serving(home, embedder)
    for stage, (where, calls) in STAGES.items():
        for number in range(kills):
            mark = int(serving.mark) + 1
            write_files(site, mark)
            async with asking(serving):
                code = await asyncio.to_thread(run_until_killed, home, site, where, calls, number * LATER_S)
                killed[stage] += code != 0

            before, serving = serving, await open_serving(home, embedder)

            asked += before.asked
            assert serving.mark in {before.mark, str(mark)}, stage
    write_files(site, 50_000)
    assert run_until_killed(home, site, NEVER, 10_000) == 0
    assert (await open_serving(home, embedder)).mark == "50000"
    assert await leftovers(home) == {"versions": 0, "passages": 0, "vectors": 0, "folders": 0}
    return killed, asked


async def test_killed_in_any_stage_one_whole_version_serves_and_the_next_run_repairs(
    tmp_path: Path, real_embedder: Embedder
) -> None:
    killed, asked = await kill_in_each_stage(tmp_path, real_embedder, KILLS)

    assert min(killed[stage] for stage in STAGES) >= 1
    assert asked > killed.total()
