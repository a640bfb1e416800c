"""Kill -9 at a chosen system call of a turn: strace counts the server's calls and kills it at the one named."""

import asyncio
import contextlib
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.service.running_server import QUESTION, RunningServer, until
from tests.service.test_kills import (
    FINISHED_WITHIN_S,
    Outbox,
    check_disk,
    state_on_disk,
    talk_until_the_server_is_gone,
    unanswered,
)
from tests.service.visitor_client import Visitor

CALLS = ("write", "pwrite64", "fsync", "fdatasync", "sendto", "sendmsg", "openat", "rename", "unlink")
ATTACHED_WITHIN_S = 60.0
ONE_WRITE = "import os; os.read(0, 1); os.write(2, b'')"


def why_not_traced() -> str | None:
    """Return why no process of ours can be traced and killed here, or None when it can."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    with (
        subprocess.Popen([sys.executable, "-c", ONE_WRITE], stdin=subprocess.PIPE) as tried,
        traced(tried.pid, "-o", "/dev/null", *killing_at("write", 1), may_be_refused=True),
    ):
        tried.communicate(b"x")
    return None if tried.returncode == -signal.SIGKILL else "tracing is not permitted"


def killing_at(call: str, time: int) -> tuple[str, ...]:
    """Return the options that have the process killed when it makes the call for that time."""
    return ("-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={time}")


@contextlib.contextmanager
def traced(pid: int, *options: str, may_be_refused: bool = False) -> Iterator[None]:
    """Trace the process and all its threads while the block runs."""
    tracer = subprocess.Popen(
        ["strace", "-f", "-qq", *options, "-p", str(pid)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    status = Path(f"/proc/{pid}/status")

    def is_traced() -> bool:
        is_refused = may_be_refused and tracer.poll() is not None
        return is_refused or not re.search(r"TracerPid:\s+0\b", status.read_text())

    try:
        until(is_traced, within_s=ATTACHED_WITHIN_S, what="being traced")
        yield
    finally:
        tracer.kill()  # strace itself may wait for a thread of the killed process for ever
        tracer.wait(timeout=20)


async def calls_of_a_turn(server: RunningServer, visitor: Visitor, log: Path) -> Counter[str]:
    """Return how often one turn makes each call, by the busiest thread: strace counts each thread for itself."""
    socket, _ = await visitor.connect()
    await socket.ask(QUESTION)
    with traced(server.pid, "-o", str(log), "-e", f"trace={','.join(CALLS)}"):
        await socket.ask(QUESTION)
        await asyncio.sleep(0.5)  # what the turn leaves to others, a delivery among it
    await socket.close()
    lines = await asyncio.to_thread(log.read_text)
    by_thread = Counter(re.findall(r"^(\d+) +(\w+)\(", lines, re.MULTILINE))
    most: Counter[str] = Counter()
    for (_, call), times in by_thread.items():
        most[call] = max(most[call], times)
    return most


async def kill_at(
    server: RunningServer, visitor: Visitor, outbox: Outbox, call: str, time: int
) -> Counter[str]:
    """Say something, have the server killed at that call, start it again, and see that all is well.

    Returns:
        In which state the kill left what was said; "not reached" when the turn makes fewer such calls.
    """
    socket, _ = await visitor.connect(last_seq=0)
    await outbox.send_all(socket)
    outbox.write(QUESTION)
    with traced(server.pid, "-o", "/dev/null", *killing_at(call, time)):
        talking = asyncio.create_task(talk_until_the_server_is_gone(socket, outbox))
        answered = asyncio.create_task(until_answered(server))
        await asyncio.wait({talking, answered}, return_when=asyncio.FIRST_COMPLETED)
    is_reached = talking.done()
    answered.cancel()
    await asyncio.to_thread(server.kill)
    await talking
    found = Counter(state_on_disk(server, outbox)) if is_reached else Counter({"not reached": 1})

    await asyncio.to_thread(server.start)

    await asyncio.to_thread(until, lambda: not unanswered(server), within_s=FINISHED_WITHIN_S)
    check_disk(server, outbox)
    return found


async def until_answered(server: RunningServer) -> None:
    """Wait until the turn is over and a little longer, so that what follows it may be hit too."""
    before = len(server.rows("SELECT seq FROM messages"))
    await asyncio.to_thread(
        until, lambda: len(server.rows("SELECT seq FROM messages")) >= before + 2, within_s=90.0
    )
    await asyncio.sleep(0.5)
