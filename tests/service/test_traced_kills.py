"""Kill -9 at chosen system calls of a turn; benchmarks/attacks has all of them, and hundreds of random moments."""

import shutil
from collections import Counter

import pytest

from tests.needed import needed
from tests.service.running_server import RunningServer
from tests.service.test_kills import Outbox
from tests.service.traced_kills import kill_at, why_not_traced
from tests.service.visitor_client import Visitor

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

POINTS = (("pwrite64", 9), ("fdatasync", 1), ("fdatasync", 2))
"""In the middle of the first commit, at its end, and at the end of the reply's."""
ROUNDS = 3
"""How often the points are gone through at most: which of them falls between the two commits is a matter of luck."""


@pytest.fixture
def tracing() -> None:
    needed("strace", shutil.which("strace"), "apt install strace")
    refused = why_not_traced()
    needed(f"leave to trace ({refused})", refused is None, "a machine that permits ptrace")


@pytest.mark.usefixtures("tracing")
async def test_a_kill_at_a_commits_own_calls_loses_and_doubles_nothing(own_server: RunningServer) -> None:
    visitor = await Visitor.arrive(own_server)
    outbox = Outbox()
    found: Counter[str] = Counter()

    for _ in range(ROUNDS):
        for call, time in POINTS:
            found += await kill_at(own_server, visitor, outbox, call, time)
        if found["a cut turn"]:
            break

    socket, _ = await visitor.connect()
    await outbox.send_all(socket)
    await socket.close()
    assert outbox.accepted.keys() == {f"w{number}" for number in range(1, outbox.written + 1)}
    assert found["not reached"] == 0
    assert found["a cut turn"] >= 1
