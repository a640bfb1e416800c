"""SIGKILL in each stage of an index run: what serves is one whole version, and the next run repairs and clears up.

`FOYER_KILLS=10` kills ten times in each stage instead of once.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.domain.conversation import SiteId
from bot.sources import exact_knowledge
from bot.store import Database
from knowledge import Embedder
from tests.service.running_server import ROOT, environment_of

pytestmark = [pytest.mark.slow, pytest.mark.model, pytest.mark.timeout(600)]

KILLS = int(os.environ.get("FOYER_KILLS", "1"))
FILES, ROWS = 8, 12
SITE = SiteId("site")

KILLED_RUN = """
import asyncio, importlib, os, signal, sys
from pathlib import Path
from bot.assemble.indexing import SiteSources, run_index

where, calls, site = sys.argv[1], [int(sys.argv[2])], sys.argv[3]
module, _, path = where.partition(":")
owner = importlib.import_module(module)
*owners, name = path.split(".")
for step in owners:
    owner = getattr(owner, step)
real = getattr(owner, name)

def killed(*arguments, **named):
    calls[0] -= 1
    if calls[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*arguments, **named)

setattr(owner, name, killed)
asyncio.run(run_index(SiteSources(site_id="site", folder=Path(site)), full=False))
"""
"""An index run that is killed when it calls something for the nth time."""

STAGES = {
    "load": ("knowledge.sandbox:Sandbox.parse", 2, 0),
    "split": ("bot.sources.reading:split_documents", 3, 9),
    "embed": ("knowledge.embedding:OnnxMiniLM.embed", 1, 0),
    "write rows": ("bot.store.passages:add", 1, 0),
    "build": ("knowledge.collections:CollectionBuilder.add", 1, 0),
    "check": ("knowledge.collections:CollectionBuilder.finish", 1, 0),
    "flip": ("bot.store.passages:activate", 1, 0),
    "clear up": ("bot.store.version_pages:drop_slice", 1, 0),
}


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


def run_until_killed(home: Path, site: Path, where: str, calls: int) -> int:
    command = [sys.executable, "-c", KILLED_RUN, where, str(calls), str(site / "knowledge")]
    done = subprocess.run(
        command, cwd=ROOT, env=environment_of(home), stderr=subprocess.PIPE, timeout=120, check=False
    )
    assert done.returncode in {0, -9}, done.stderr.decode()[-2000:]
    return done.returncode


async def marks_served(home: Path, embedder: Embedder) -> set[str]:
    """Return the marks in the passages that serve, and see that they are found."""
    db = await Database.open(f"sqlite+aiosqlite:///{home / 'foyer.db'}")
    try:
        active = await exact_knowledge(db, SITE, embedder)
    finally:
        await db.close()
    assert len(active.passages) == FILES * ROWS
    assert "Item number 77 costs" in (active.base.answer("What does item number 77 cost?").text or "")
    return {passage.text.split()[-2] for passage in active.passages}


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


async def test_killed_in_any_stage_one_whole_version_serves_and_the_next_run_repairs(
    tmp_path: Path, real_embedder: Embedder
) -> None:
    home, site = tmp_path / "home", tmp_path / "site"
    mark, killed = 1_000, 0
    write_files(site, mark)
    assert run_until_killed(home, site, "bot.store.passages:activate", 10_000) == 0
    for where, first, step in STAGES.values():
        for number in range(KILLS):
            before, mark = mark, mark + 1
            write_files(site, mark)
            killed += run_until_killed(home, site, where, first + step * number) != 0

            served = await marks_served(home, real_embedder)

            assert served in ({str(before)}, {str(mark)}), where
            mark = int(served.pop())
    assert killed >= len(STAGES)

    write_files(site, 50_000)
    assert run_until_killed(home, site, "bot.store.passages:activate", 10_000) == 0
    assert await marks_served(home, real_embedder) == {"50000"}
    assert await leftovers(home) == {"versions": 0, "passages": 0, "vectors": 0, "folders": 0}
