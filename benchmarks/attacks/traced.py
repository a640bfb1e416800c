"""Kill -9 at every system call of a turn that reaches a disk or a socket, one after another, by strace."""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.attacks.bystanders import Row, attacked
from tests.service.conftest import GENEROUS
from tests.service.test_kills import Outbox, check_disk, check_replay
from tests.service.traced_kills import calls_of_a_turn, kill_at, why_not_traced
from tests.service.visitor_client import Visitor


async def attack(count: int | None = None) -> list[Row]:
    """Count the calls of one turn, then kill at each."""
    reason = why_not_traced()
    if reason is not None:
        return [("not measured", "-", reason)]
    found: Counter[str] = Counter()
    with (
        attacked(GENEROUS | {"FOYER_LIMIT_FRAMES_PER_MINUTE": "100000"}) as server,
        TemporaryDirectory() as folder,
    ):
        visitor, outbox = await Visitor.arrive(server), Outbox()
        calls = await calls_of_a_turn(server, visitor, Path(folder) / "calls")
        points = [(call, k) for call, n in calls.items() for k in range(1, n + 1)]
        for call, time in points[:count]:
            found += await kill_at(server, visitor, outbox, call, time)
        socket, _ = await visitor.connect()
        await outbox.send_all(socket)
        await socket.close()
        check_disk(server, outbox)
        await check_replay(visitor, outbox)
    return [
        ("calls of a turn (busiest thread)", str(calls.total()), str(dict(calls))),
        (
            "kills",
            str(len(points[:count]) - found["not reached"]),
            f"{found['not reached']} points not reached",
        ),
        *((f"  left: {state}", str(n), "") for state, n in found.items() if state != "not reached"),
        ("messages", str(outbox.written), "each kept once, answered once, seq whole, within 10 s"),
    ]
