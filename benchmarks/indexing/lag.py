"""What an index run and the opening of its version cost the event loop of a process that answers meanwhile."""

import asyncio
import gc
import random
import subprocess
import sys
import time
from asyncio.subprocess import Process
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.indexing.invented import PAGES_IN_FILE, SITE, AskedEmbedder, sync_of, write_folder
from bot.sources import ActiveKnowledge, open_active
from knowledge import load_embedder

QUESTIONS_A_SECOND = 20
TICK_S = 0.002
LATE_MS = 20


class LagProbe:
    """How late an event loop comes to a task that wants to run every 2 ms."""

    def __init__(self) -> None:
        self._late_ms: list[float] = []

    async def run(self) -> None:
        while True:
            due = time.perf_counter() + TICK_S
            await asyncio.sleep(TICK_S)
            self._late_ms.append((time.perf_counter() - due) * 1000)

    def report(self) -> str:
        """Say how late since the last report."""
        late = sorted(self._late_ms) or [0.0]
        self._late_ms = []
        return (
            f"p99 {late[int(len(late) * 0.99)]:5.1f} ms, most {late[-1]:5.1f} ms,"
            f" {sum(ms > LATE_MS for ms in late)} of {len(late)} over {LATE_MS} ms"
        )


async def watch_bare(*_: Path) -> None:
    """Be a process whose event loop has nothing else to do; a line on standard input asks for a report."""
    probe = LagProbe()
    task = asyncio.create_task(probe.run())
    while await asyncio.to_thread(sys.stdin.readline):
        print(probe.report(), flush=True)
    task.cancel()


async def ask_all_the_time(serving: list[ActiveKnowledge]) -> None:
    """Ask the serving version 20 questions a second, off the event loop."""
    asked: set[asyncio.Task[Any]] = set()
    while True:
        question = f"What does part {random.randrange(PAGES_IN_FILE)} say?"
        task = asyncio.create_task(asyncio.to_thread(serving[0].base.answer, question))
        asked.add(task)
        task.add_done_callback(asked.discard)
        await asyncio.sleep(1 / QUESTIONS_A_SECOND)


async def print_phase(phase: str, *, probe: LagProbe, control: Process) -> None:
    """Print the lag since the last phase, ours and that of an idle loop, and begin anew."""
    ours = probe.report()
    assert control.stdin
    assert control.stdout
    control.stdin.write(b"\n")
    print(
        f"{phase}\n    {ours}\n    an idle loop meanwhile: {(await control.stdout.readline()).decode()}",
        end="",
    )
    probe.report()


async def measure_lag(home: Path, folder: Path, *, run: list[str], bare: list[str]) -> None:
    """Print the lag while questions are asked alone, beside an index run, at its opening, and after it.

    Args:
        home: where the folder was indexed.
        folder: the knowledge; some of it is changed.
        run: the command that indexes it again.
        bare: the command of a process that does nothing (`watch_bare`): what the machine itself costs.
    """
    embedder = AskedEmbedder(load_embedder())
    db, sync = await sync_of(home, folder, embedder)
    serving = [await open_active(db, sync.chroma, SITE, embedder)]
    control = await asyncio.create_subprocess_exec(*bare, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    probe = LagProbe()
    tasks = [asyncio.create_task(probe.run()), asyncio.create_task(ask_all_the_time(serving))]

    report = partial(print_phase, probe=probe, control=control)
    await asyncio.sleep(5)
    await report("questions alone")
    await asyncio.to_thread(write_folder, folder, PAGES_IN_FILE * 10, mark="changed")
    await report("files are written")
    process = await asyncio.create_subprocess_exec(*run, stdout=subprocess.DEVNULL)
    await process.wait()
    await report("an index run beside it")
    opened = await open_active(db, sync.chroma, SITE, embedder)
    await report("opening the new version")
    serving[0] = opened
    await asyncio.sleep(3)
    gc.collect()
    await report("the new version in service, the old one gone")
    for task in tasks:
        task.cancel()
    control.terminate()
    await control.wait()
    await db.close()
