"""What runs beside the service goes on after a fault of its own, and none of the others hears of it."""

import asyncio

import pytest

from bot.assemble import lasting


async def test_work_that_stumbles_is_begun_anew_and_stops_nothing_beside_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lasting, "FIRST_WAIT_S", 0.001)
    faults = [TimeoutError(), ExceptionGroup("of a group", [ValueError("a")]), RuntimeError("bare")]
    is_through, begun = asyncio.Event(), []

    async def stumble() -> None:
        begun.append(1)
        if faults:
            raise faults.pop()

    async def wait() -> None:
        await is_through.wait()

    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        beside = group.create_task(lasting.see_through("beside", wait))
        await group.create_task(lasting.see_through("work", stumble))
        is_through.set()

    assert (len(begun), beside.done()) == (4, True)


async def test_work_that_is_cancelled_is_over() -> None:
    task = asyncio.create_task(lasting.see_through("work", asyncio.Event().wait))
    await asyncio.sleep(0)

    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task
