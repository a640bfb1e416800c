"""Kill -9 of `foyer index` at any moment: the old version goes on serving, and the next run makes it whole."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.domain.conversation import SiteId
from bot.sources import exact_knowledge
from bot.store import Database
from knowledge import Embedder
from tests.service.running_server import ROOT, environment_of

pytestmark = [pytest.mark.slow, pytest.mark.model, pytest.mark.timeout(300)]

ROWS = 400
KILLS = 8


def write_rows(site: Path, price: int) -> None:
    knowledge = site / "knowledge"
    knowledge.mkdir(parents=True, exist_ok=True)
    lines = [
        f"item{n},What does item number {n} cost?,Item number {n} costs {price + n} euros.\n"
        for n in range(ROWS)
    ]
    (knowledge / "faq.csv").write_text("id,question,answer\n" + "".join(lines))


def start_index(home: Path, site: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "bot", "index", str(site), "--json"],
        cwd=ROOT,
        env=environment_of(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def run_index(home: Path, site: Path) -> dict[str, object]:
    process = start_index(home, site)
    output, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    report: dict[str, object] = json.loads(output)
    return report


async def prices_served(home: Path, embedder: Embedder) -> tuple[int, set[int]]:
    """Return the serving version, and the basic prices that its answers speak of."""
    db = await Database.open(f"sqlite+aiosqlite:///{home / 'foyer.db'}")
    try:
        active = await exact_knowledge(db, SiteId("site"), embedder)
    finally:
        await db.close()
    assert len(active.passages) == ROWS
    basics = set()
    for n in range(0, ROWS, 40):
        text = active.base.answer(f"What does item number {n} cost?").text or ""
        assert f"Item number {n} costs" in text, text
        basics.add(int(text.split()[-2]) - n)
    return active.version, basics


async def test_killed_anywhere_the_old_version_serves_and_the_next_run_repairs(
    tmp_path: Path, real_embedder: Embedder
) -> None:
    home, site = tmp_path / "home", tmp_path / "site"
    write_rows(site, 1_000)
    began = time.monotonic()
    run_index(home, site)
    whole_run_s = time.monotonic() - began
    before = await prices_served(home, real_embedder)

    killed = 0
    for number in range(KILLS):
        write_rows(site, 2_000 + 1_000 * number)
        process = start_index(home, site)
        try:
            process.communicate(timeout=whole_run_s * (number + 1) / (KILLS + 1))
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            killed += 1

        after = await prices_served(home, real_embedder)
        is_new = after[0] > before[0]
        assert after == before or (is_new and after[1] == {2_000 + 1_000 * number})
        before = after

    write_rows(site, 50_000)
    run_index(home, site)
    assert (await prices_served(home, real_embedder))[1] == {50_000}
    assert killed >= KILLS // 2
