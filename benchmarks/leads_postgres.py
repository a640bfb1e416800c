"""The lead list leaving PostgreSQL: speed beside raw COPY of the same rows, memory over idle.

    python -m benchmarks.leads_postgres [--leads 100000]

It starts a PostgreSQL of its own, as the tests do. Raw COPY is what the database gives at best: the query of the list,
a lead a line, copied to a file by asyncpg and nothing done with it. Each figure comes from a process of its own.
"""

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg

from benchmarks.leads_export import exported_from, peak_mb, tables
from tests.postgres import PostgresServer, in_thread

RUNS = 3
TARGETS = {"ratio": 0.5, "over_idle_mb": 40.0, "first_byte_ms": 100.0}
TIMES = frozenset({"created_at", "updated_at", "consent_at", "at"})
ROWS_AT_A_TIME = 20_000


def main() -> int:
    """Build, measure, print; return 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leads", type=int, default=100_000)
    parser.add_argument("--measure", nargs=2, metavar=("WHAT", "URL"), help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.measure:
        what, url = wanted.measure
        print(json.dumps(asyncio.run(MEASURES[what](url))))
        return 0
    server = PostgresServer().start()
    try:
        url = in_thread(server.new_database())
        in_thread(fill(url, wanted.leads))
        return report(url, wanted.leads)
    finally:
        server.remove()


def report(url: str, n_leads: int) -> int:
    """Measure both in turn; return 1 when a target is missed."""
    ours, raw = [], []
    for _ in range(RUNS):
        ours.append(measured("csv", url))
        raw.append(measured("copy", url))
    speed = [n_leads / statistics.median(run["seconds"] for run in runs) for runs in (ours, raw)]
    first = statistics.median(run["first_byte_ms"] for run in ours)
    over = max(run["over_idle_mb"] for run in ours)
    print(f"csv from PostgreSQL, {n_leads} leads: {speed[0]:,.0f} leads/s; raw COPY {speed[1]:,.0f}")
    print(f"csv / raw COPY {speed[0] / speed[1]:.2f} (target {TARGETS['ratio']})")
    print(f"first byte {first:.0f} ms (target {TARGETS['first_byte_ms']:.0f})")
    print(f"memory over idle {over:.0f} MB (target {TARGETS['over_idle_mb']:.0f})")
    is_missed = speed[0] / speed[1] < TARGETS["ratio"] or over > TARGETS["over_idle_mb"]
    return int(is_missed or first > TARGETS["first_byte_ms"])


def measured(what: str, url: str) -> dict[str, Any]:
    """Measure in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.leads_postgres", "--measure", what, url]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


async def fill(url: str, count: int) -> None:
    """Copy so many leads with their facts and receipts in."""
    connection = await asyncpg.connect(url)
    for table, columns, rows in tables(count):
        names = columns.split()
        batch: list[tuple[Any, ...]] = []
        for row in rows:
            batch.append(tuple(_cell(name, value) for name, value in zip(names, row, strict=True)))
            if len(batch) == ROWS_AT_A_TIME:
                await connection.copy_records_to_table(table, records=batch, columns=names)
                batch = []
        await connection.copy_records_to_table(table, records=batch, columns=names)
    await connection.execute("VACUUM ANALYZE")
    await connection.close()


def _cell(name: str, value: Any) -> Any:
    if name in TIMES and value is not None:
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    return bool(value) if name == "captured" else value


async def csv(url: str) -> dict[str, Any]:
    """Export everything through the front page of `bot.leads`."""
    return await exported_from(url, "csv")


async def copy(url: str) -> dict[str, Any]:
    """Copy the query of the list, and do nothing with it."""
    from sqlalchemy.dialects import postgresql

    from bot.store.lead_filter import LeadFilter
    from bot.store.lead_list import list_query

    query = list_query(LeadFilter(consented_only=True), limit=10**9)
    statement = str(query.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True}))
    connection = await asyncpg.connect(url)
    idle_mb, begun = peak_mb(), time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        await connection.copy_from_query(statement, output=Path(folder) / "leads", format="csv")
        size = (Path(folder) / "leads").stat().st_size
    seconds = time.perf_counter() - begun
    await connection.close()
    return {"seconds": seconds, "bytes": size, "over_idle_mb": peak_mb() - idle_mb}


MEASURES = {"csv": csv, "copy": copy}

if __name__ == "__main__":
    sys.exit(main())
