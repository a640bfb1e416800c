"""The lead list leaving: speed beside a bare loop over the same tables, memory over idle, time to the first byte.

    python -m benchmarks.leads_export [--leads 1000000] [--folder DIR]

The tables are built once under a folder (a temporary one unless named). Each figure comes from a process of its own.
The bare loop is what one would write by hand: one sqlite3 cursor over the same query, the same cells, the same guard,
csv.writer. It runs in turn with ours, and the ratio is that of the medians. `benchmarks.leads_postgres` has PostgreSQL.
"""

import argparse
import asyncio
import csv
import json
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import orjson

RUNS = 3
LEAD_COLUMNS = """
lead_id site_id visitor_id conversation_id created_at updated_at stage grade score consent consent_at captured
stopped_at first_question page referrer campaign owner playbook_version
"""
FACT_COLUMNS = "fact_id site_id lead_id slot state value quote message_id extractor confidence at"
RECEIPT_COLUMNS = "lead_id ordinal site_id rule points reason quote message_id at dimension"
TARGETS = {"ratio": 0.9, "over_idle_mb": 40.0, "first_byte_ms": 100.0}
SMALL = 10_000


def main() -> int:
    """Build, measure, print; return 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leads", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--measure", nargs=2, metavar=("WHAT", "DB"), help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.measure:
        what, path = wanted.measure
        print(json.dumps(MEASURES[what](Path(path))))
        return 0
    with tempfile.TemporaryDirectory(prefix="foyer-bench-") as folder:
        return report(wanted.folder or Path(folder), wanted.leads)


def report(folder: Path, n_leads: int) -> int:
    """Measure at ten thousand and at `n_leads`; return 1 when a target is missed."""
    small, large = (built(folder / f"leads-{count}.db", count) for count in (SMALL, n_leads))
    ours, bare = [], []
    for _ in range(RUNS):
        ours.append(measured("csv", large))
        bare.append(measured("bare", large))
    speed = [n_leads / statistics.median(run["seconds"] for run in runs) for runs in (ours, bare)]
    little, much = measured("csv", small), ours[0]
    ratio = speed[0] / speed[1]
    first = statistics.median(run["first_byte_ms"] for run in ours)
    over = max(run["over_idle_mb"] for run in ours)
    finished = measured("finished", large)
    print(f"csv, {n_leads} leads: {speed[0]:,.0f} leads/s; the bare loop {speed[1]:,.0f}")
    print(f"csv / bare loop {ratio:.2f} (target {TARGETS['ratio']})")
    cpu = [statistics.median(run["cpu_s"] for run in runs) for runs in (ours, bare)]
    print(f"the same by processor time, which a busy machine spoils less: {cpu[1] / cpu[0]:.2f}")
    print(f"first byte {first:.0f} ms (target {TARGETS['first_byte_ms']:.0f})")
    print(
        f"memory over idle {over:.0f} MB at {n_leads}, {little['over_idle_mb']:.0f} MB at {SMALL} (target 40)"
    )
    print(f"bytes {much['bytes']:,}")
    print(f"for comparison, a bare loop over finished cells: {n_leads / finished['seconds']:,.0f} leads/s")
    for name in ("jsonl", "parquet", "xlsx"):
        path = small if name == "xlsx" else large
        run = measured(name, path)
        print(f"{name}: {run['leads'] / run['seconds']:,.0f} leads/s, {run['over_idle_mb']:.0f} MB over idle")
    missed = ratio < TARGETS["ratio"] or over > TARGETS["over_idle_mb"] or first > TARGETS["first_byte_ms"]
    return int(missed)


def measured(what: str, path: Path) -> dict[str, Any]:
    """Measure in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.leads_export", "--measure", what, str(path)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def built(path: Path, count: int) -> Path:
    """Return a database with so many leads, each with seven facts and four receipts."""
    if path.exists():
        return path
    begun = time.perf_counter()
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    asyncio.run(make_schema(part))
    connection = sqlite3.connect(part)
    fill(connection, count)
    connection.close()
    part.rename(path)
    print(f"built {count} leads in {time.perf_counter() - begun:.0f} s", flush=True)
    return path


def fill(connection: sqlite3.Connection, count: int) -> None:
    """Put so many leads in."""
    connection.execute("PRAGMA synchronous=OFF")
    for table, columns, rows in tables(count):
        marks, names = ",".join("?" * len(columns.split())), ",".join(columns.split())
        connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)
    connection.commit()


def tables(count: int) -> Iterator[tuple[str, str, Iterable[tuple[Any, ...]]]]:
    """Yield each table with its columns and as many rows as so many leads have."""
    yield "leads", LEAD_COLUMNS, map(lead, range(count))
    yield "facts", FACT_COLUMNS, (row for number in range(count) for row in facts(number))
    yield "receipts", RECEIPT_COLUMNS, (row for number in range(count) for row in receipts(number))


async def make_schema(path: Path) -> None:
    from bot.store import Database

    await (await Database.open(f"sqlite+aiosqlite:///{path}")).close()


def moment(number: int) -> str:
    return f"{datetime(2024, 1, 1) + timedelta(seconds=40 * number):%Y-%m-%d %H:%M:%S}.000000"  # noqa: DTZ001


def lead(number: int) -> tuple[Any, ...]:
    at, page = moment(number), f"https://www.example.com/pages/{number % 321}"
    first = f"Can {number % 57} people of ours answer visitors in the same chat, and what would that cost?"
    ids = (f"l_{number:08}", "demo", f"v_{number:08}", f"c_{number:08}")
    judged = (at, at, ("sql", "mql", "lead")[number % 3], "B2", number % 101, "given", at, 1, None)
    return (
        *ids,
        *judged,
        first,
        page,
        "https://www.search.example/",
        "source=newsletter&medium=email",
        None,
        "v1",
    )


def facts(number: int) -> Iterator[tuple[Any, ...]]:
    people, least = number % 90 + 1, (number % 60 + 1) * 500
    said = (
        ("email", f"visitor{number}@firm{number % 977}.example", "you can write to me there"),
        ("phone", f"+4915{number % 10**9:09}", f"015{number % 10**9:09}"),
        ("name", f"Ada Lovelace-{number % 89}", f"I'm Ada Lovelace-{number % 89}"),
        ("company", f"Firm {number % 977}", f"we at Firm {number % 977}"),
        ("team_size", {"min": people, "max": people}, f"{people} people"),
        (
            "budget",
            {"min": least, "max": 2 * least, "currency": "EUR", "per": "year"},
            f"{least} euros or twice that",
        ),
        ("timeline", {"from": None, "to": "2027-03-01"}, "by 1 March"),
    )
    for place, (slot, value, quote) in enumerate(said):
        key = (number * 7 + place + 1, "demo", f"l_{number:08}")
        yield (
            *key,
            slot,
            "known",
            json.dumps(value),
            quote,
            f"m_{number:08}",
            "patterns",
            0.9,
            moment(number),
        )


def receipts(number: int) -> Iterator[tuple[Any, ...]]:
    why = (
        ("budget.enough", 30, "Budget of 25,000 or more a year", "euros or twice that"),
        ("team_size.large", 20, "40 people or more", "people"),
        ("timeline.soon", 20, "Wants to start within 90 days", "by 1 March"),
        ("engagement.asked_price", 2, "Asked for the price", "what would that cost?"),
    )
    for place, (rule, points, reason, quote) in enumerate(why):
        key = (f"l_{number:08}", place, "demo")
        yield (*key, rule, points, reason, quote, f"m_{number:08}", moment(number), "fit")


def export(file_format: str) -> Callable[[Path], dict[str, Any]]:
    return lambda path: asyncio.run(exported_from(f"sqlite+aiosqlite:///{path}", file_format))


async def exported_from(url: str, file_format: str) -> dict[str, Any]:
    """Export everything through the front page of `bot.leads`, into a file that is thrown away."""
    from bot.leads import check_export, export_stream, profile_for, slots_of, stream_blocks
    from bot.settings import bundled_playbook
    from bot.store import Database
    from bot.store.lead_filter import LeadFilter

    check_export(file_format, "generic")
    profile = profile_for("generic", slots_of([bundled_playbook("bant")]))
    db = await Database.open(url)
    await db.check()
    idle_mb, begun, begun_cpu, first_s, size = peak_mb(), time.perf_counter(), time.process_time(), 0.0, 0
    blocks = stream_blocks(db, LeadFilter(consented_only=True), has_evidence=file_format == "jsonl")
    made = export_stream(blocks, profile=profile, file_format=file_format)
    with tempfile.TemporaryFile() as file:
        async for chunk in made.chunks:
            # The header comes at once; what is waited for is the first lead.
            first_s = first_s or (time.perf_counter() - begun if made.tally.rows else 0.0)
            size += file.write(chunk)
    seconds, cpu_s = time.perf_counter() - begun, time.process_time() - begun_cpu
    await db.close()
    return {
        "leads": made.tally.rows,
        "seconds": seconds,
        "cpu_s": cpu_s,
        "first_byte_ms": first_s * 1000,
        "bytes": size,
        "over_idle_mb": peak_mb() - idle_mb,
    }


def bare(path: Path) -> dict[str, Any]:
    """Write the same CSV by hand: one cursor, one loop."""
    from bot.domain.cells import are_harmless, for_csv
    from bot.domain.mail_kinds import mail_kind
    from bot.leads.values import value_in_words
    from bot.settings import bundled_playbook

    slots = [(slot.id, slot.kind) for slot in bundled_playbook("bant").slots]
    connection = sqlite3.connect(path)
    begun, begun_cpu, made = time.perf_counter(), time.process_time(), 0
    with tempfile.TemporaryFile("w+", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        for made, (*first, said, why) in enumerate(connection.execute(BY_HAND), start=1):  # noqa: B007
            row = ["" if cell is None else cell for cell in first]
            known = {slot: (state, value, quote) for slot, state, value, quote in orjson.loads(said)}
            for slot, kind in slots:
                state, value, quote = known.get(slot, ("not_asked", None, ""))
                row += (value_in_words(kind, value) or "", state, quote)
            campaign = parse_qs(row.pop(CAMPAIGN))
            for place in TIMES:
                row[place] = f"{row[place][:10]}T{row[place][11:19]}Z" if row[place] else ""
            row[SCORE] = str(row[SCORE])
            row.append("; ".join([f"{reason} ({points:+d})" for reason, points in orjson.loads(why)]))
            row += [campaign.get(part, [""])[0] for part in ("source", "medium", "campaign")]
            row.append(mail_kind(known.get("email", (None, None))[1]) or "")
            writer.writerow(row if are_harmless(row) else map(for_csv, row))
    connection.close()
    return {"leads": made, "seconds": time.perf_counter() - begun, "cpu_s": time.process_time() - begun_cpu}


SCORE, CAMPAIGN, TIMES = 5, 13, (1, 2, 7)
BY_HAND = """
SELECT lead_id, created_at, updated_at, stage, grade, score, consent, consent_at, first_question, page, referrer,
    conversation_id, owner, campaign,
    (SELECT json_group_array(json_array(slot, state, json(value), quote)) FROM facts
        WHERE facts.lead_id = leads.lead_id),
    (SELECT json_group_array(json_array(reason, points)) FROM receipts WHERE receipts.lead_id = leads.lead_id)
FROM leads WHERE consent = 'given' ORDER BY created_at DESC, lead_id DESC
"""


def finished(path: Path) -> dict[str, Any]:
    """Write rows whose cells were finished before: what no list that has to be made can reach."""
    from bot.domain.cells import are_harmless, for_csv

    connection = sqlite3.connect("")
    names = [f"c{number}" for number in range(44)]
    count, made = sqlite3.connect(path).execute("SELECT count(*) FROM leads").fetchone()[0], 0
    connection.execute(f"CREATE TABLE finished ({', '.join(names)})")
    row = ["something that was said, with its words"] * 20 + ["known"] * 12 + [""] * 12
    connection.executemany(f"INSERT INTO finished VALUES ({','.join('?' * 44)})", (row for _ in range(count)))
    begun = time.perf_counter()
    with tempfile.TemporaryFile("w+", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        for made, cells in enumerate(connection.execute("SELECT * FROM finished"), start=1):  # noqa: B007
            writer.writerow(cells if are_harmless(cells) else map(for_csv, cells))
    return {"seconds": time.perf_counter() - begun, "leads": made}


def peak_mb() -> float:
    """Return the most memory this process ever had; `getrusage` would count who started it, too."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


MEASURES: dict[str, Callable[[Path], dict[str, Any]]] = {
    "bare": bare,
    "finished": finished,
    **{name: export(name) for name in ("csv", "jsonl", "parquet", "xlsx")},
}

if __name__ == "__main__":
    sys.exit(main())
