"""Counts in a real Redis: whose process was killed, or gave a place back while Redis hung, holds none for long."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack

import pytest

from bot.bus.counting import CountsAwayError
from bot.bus.redis_counts import RedisCounts
from bot.web.limits import Allowance, Limiter
from tests.service.redis_server import RedisServer

pytestmark = pytest.mark.slow


@pytest.fixture
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path_factory.mktemp("redis-counts")).start()
    yield server
    server.kill()


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as opened:
        yield opened


async def counting(
    redis: RedisServer, name: str, stack: AsyncExitStack
) -> tuple[RedisCounts, asyncio.Task[None]]:
    counts = RedisCounts(redis.url, prefix="foyer", salt="salt", sender=name)
    stack.push_async_callback(counts.close)
    running = asyncio.create_task(counts.run())
    stack.callback(running.cancel)
    return counts, running


async def taken_at_last(counts: RedisCounts, holder: str, *, within_s: float) -> bool:
    async with asyncio.timeout(within_s):
        while not await counts.take("visitor:v1", holder, 2):  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    return True


async def test_the_places_of_a_process_that_is_gone_are_free_soon_and_no_others(
    redis: RedisServer, stack: AsyncExitStack
) -> None:
    (one, dies), (two, _) = await counting(redis, "one", stack), await counting(redis, "two", stack)
    await asyncio.sleep(0.2)

    assert [await counts.take("visitor:v1", name, 2) for counts, name in ((one, "s1"), (two, "s2"))] == [
        True
    ] * 2
    await asyncio.sleep(one.frees_within_s + 1.0)
    assert not await two.take("visitor:v1", "s3", 2)
    dies.cancel()

    assert await taken_at_last(two, "s3", within_s=one.frees_within_s + 2.0)
    assert not await two.take("visitor:v1", "s4", 2)


async def test_what_was_given_back_while_redis_hung_is_given_back_when_it_answers(
    redis: RedisServer, stack: AsyncExitStack
) -> None:
    counts, _ = await counting(redis, "one", stack)
    await asyncio.sleep(0.2)
    assert [await counts.take("visitor:v1", holder, 2) for holder in ("s1", "s2")] == [True, True]

    redis.freeze()
    with pytest.raises(CountsAwayError):
        await counts.give_back("visitor:v1", "s1")
    redis.thaw()
    await asyncio.sleep(3.0)

    assert await taken_at_last(counts, "s3", within_s=5.0)


async def test_connections_and_requests_of_a_visitor_count_for_all_processes_and_frames_for_one(
    redis: RedisServer, stack: AsyncExitStack
) -> None:
    allowance = Allowance(frames_per_minute=2)
    limiters = [
        Limiter(allowance, shared=(await counting(redis, name, stack))[0]) for name in ("one", "two", "three")
    ]

    waits = {what: [await one.wait_s(what, "v1") for one in limiters] for what in ("visit", "frame")}

    assert waits == {"visit": [None, None, 60.0], "frame": [None, None, None]}
