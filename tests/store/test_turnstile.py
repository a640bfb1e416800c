"""Two processes that write take turns, however busy one of them is."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.turnstile import Turnstile

BUSY = """
import asyncio, sys, time
from pathlib import Path
from bot.store.turnstile import Turnstile
async def main(path, counted):
    turnstile = Turnstile(path)
    for turn in range(1, 20_000):
        async with turnstile:
            counted.write_text(str(turn))
            time.sleep(.003)
asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2])))
"""


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[Path]:
    """Let another process take turn after turn without a pause; return where it counts them."""
    counted = tmp_path / "counted"
    process = subprocess.Popen([sys.executable, "-c", BUSY, str(tmp_path / "turn"), str(counted)])
    while turns(counted) == 0:
        time.sleep(0.01)
    yield counted
    process.kill()
    process.wait()


def turns(counted: Path) -> int:
    """Return how many turns the other process took so far."""
    return int(counted.read_text() or 0) if counted.exists() else 0


async def test_whoever_waits_goes_next_however_busy_the_other_process_is(tmp_path: Path, busy: Path) -> None:
    turnstile = Turnstile(tmp_path / "turn")
    waited_for = []
    for _ in range(20):
        await asyncio.sleep(0.01)
        before = turns(busy)
        async with turnstile:
            waited_for.append(turns(busy) - before)
    turnstile.close()

    assert sorted(waited_for)[10] <= 2, waited_for


async def test_nobody_else_is_inside_meanwhile(tmp_path: Path, busy: Path) -> None:
    turnstile = Turnstile(tmp_path / "turn")
    async with turnstile:
        at_end = turns(busy)
        await asyncio.sleep(0.05)
        assert turns(busy) == at_end
    turnstile.close()


async def test_within_a_process_they_go_in_the_order_in_which_they_come(tmp_path: Path) -> None:
    turnstile = Turnstile(tmp_path / "turn")
    order = []

    async def go(number: int) -> None:
        async with turnstile:
            await asyncio.sleep(0)
            order.append(number)

    await asyncio.gather(*(go(number) for number in range(9)))
    turnstile.close()

    assert order == list(range(9))


async def test_closing_once_more_does_nothing_and_whoever_is_inside_still_leaves(tmp_path: Path) -> None:
    turnstile = Turnstile(tmp_path / "turn")

    async with turnstile:
        turnstile.close()
        turnstile.close()

    async with turnstile:
        pass
