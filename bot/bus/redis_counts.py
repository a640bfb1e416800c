"""Counts in Redis, for all processes that use it. Keys are digests: no address or visitor can be read there.

A place is a member of a sorted set that expires unless its process renews it. Each process says every second that it is
there: where no place is left, those of a process that was killed are free again after a few seconds.
"""

import asyncio
import hashlib
from collections.abc import Sequence

from limits.aio.storage import RedisStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from redis.exceptions import RedisError

from bot.bus.counting import CountsAwayError, Window, item_of
from bot.bus.redis import open_redis

ANSWER_WITHIN_S = 0.5
"""A turn waits for this."""
HELD_S = 90
RENEW_EVERY_S = 30.0
PRESENT_S = 4
SAY_SO_EVERY_S = 1.0
AWAY_FOR_S = 2.0
"""After a failure nothing is asked for so long: a Redis that is away must not cost every message its time-out."""

TAKE = """
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', redis.call('TIME')[1])
local most = tonumber(ARGV[2])
if not redis.call('ZSCORE', KEYS[1], ARGV[1]) and redis.call('ZCARD', KEYS[1]) >= most then
  for _, member in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
    if redis.call('EXISTS', ARGV[4] .. string.match(member, '^[^/]*')) == 0 then
      redis.call('ZREM', KEYS[1], member)
    end
  end
  if redis.call('ZCARD', KEYS[1]) >= most then
    return 0
  end
end
redis.call('ZADD', KEYS[1], redis.call('TIME')[1] + ARGV[3], ARGV[1])
redis.call('EXPIRE', KEYS[1], ARGV[3])
return 1
"""


class RedisCounts:
    """Counts under a prefix. `run` says that this process is there, and renews the places that it holds."""

    frees_within_s = PRESENT_S + SAY_SO_EVERY_S

    def __init__(self, url: str, *, prefix: str, salt: str, sender: str) -> None:
        """`salt` is the same in all processes; `sender` is this process's own name."""
        self._prefix = prefix
        self._present = f"{prefix}:present:"
        self._salt = salt.encode()[:64]
        self._sender = sender
        self._client = open_redis(url, answer_within_s=ANSWER_WITHIN_S)
        self._take = self._client.register_script(TAKE)
        storage = RedisStorage(
            f"async+{url}",
            implementation="redispy",
            key_prefix=f"{prefix}:limit",
            connection_pool=self._client.connection_pool,
        )
        self._strategy = SlidingWindowCounterRateLimiter(storage)
        self._held: set[tuple[str, str]] = set()
        self._owed: dict[tuple[str, str], float] = {}
        """Places that were given back while Redis was away, and when; what is longer ago has expired."""
        self._away_until = 0.0

    async def run(self) -> None:
        """Say that this process is there, renew what it holds and give back what it owes, for ever; cancel to stop."""
        clock = asyncio.get_running_loop().time
        renewed_at = clock()
        while True:
            self._owed = {place: at for place, at in self._owed.items() if clock() - at < HELD_S}
            try:
                await self._say_present()
                for place, holder in list(self._owed):
                    await self.give_back(place, holder)
                if clock() - renewed_at >= RENEW_EVERY_S:
                    renewed_at = clock()
                    await self._renew()
            except CountsAwayError:
                pass
            await asyncio.sleep(SAY_SO_EVERY_S)

    async def _renew(self) -> None:
        for place, holder in list(self._held):
            await self._put(place, holder, at_most=1_000_000)

    async def close(self) -> None:
        """Close the connections; the places that are still held expire."""
        await self._client.aclose()

    async def wait_s(self, what: str, key: str, windows: Sequence[Window]) -> float | None:
        """Count one event; return None when it is allowed, else the seconds until it may be tried again."""
        self._refuse_while_away()
        try:
            for window in windows:
                if not await self._strategy.hit(item_of(window), what, self._digest(key)):
                    return float(window.seconds)
        except (RedisError, OSError, TimeoutError) as error:
            raise self._away(error) from None
        return None

    async def take(self, place: str, holder: str, at_most: int) -> bool:
        """Take one of the places, if one is left; what holds one already keeps it."""
        self._held.add((place, holder))  # while Redis is away too: it is told of it when it is back
        has_one = await self._put(place, holder, at_most=at_most)
        if not has_one:
            self._held.discard((place, holder))
        return has_one

    async def give_back(self, place: str, holder: str) -> None:
        """Give a place back."""
        self._held.discard((place, holder))
        self._owed[place, holder] = asyncio.get_running_loop().time()
        self._refuse_while_away()
        try:
            await self._client.zrem(self._key(place), f"{self._sender}/{holder}")
        except (RedisError, OSError, TimeoutError) as error:
            raise self._away(error) from None
        self._owed.pop((place, holder), None)

    async def _say_present(self) -> None:
        self._refuse_while_away()
        try:
            await self._client.set(f"{self._present}{self._sender}", 1, ex=PRESENT_S)
        except (RedisError, OSError, TimeoutError) as error:
            raise self._away(error) from None

    async def _put(self, place: str, holder: str, *, at_most: int) -> bool:
        self._refuse_while_away()
        try:
            asked: list[str | int] = [f"{self._sender}/{holder}", at_most, HELD_S, self._present]
            return bool(await self._take(keys=[self._key(place)], args=asked))
        except (RedisError, OSError, TimeoutError) as error:
            raise self._away(error) from None

    def _key(self, place: str) -> str:
        return f"{self._prefix}:place:{self._digest(place)}"

    def _digest(self, key: str) -> str:
        return hashlib.blake2b(key.encode(), key=self._salt, digest_size=16).hexdigest()

    def _refuse_while_away(self) -> None:
        if asyncio.get_running_loop().time() < self._away_until:
            raise CountsAwayError("Redis is away")

    def _away(self, error: Exception) -> CountsAwayError:
        self._away_until = asyncio.get_running_loop().time() + AWAY_FOR_S
        return CountsAwayError(f"Redis: {type(error).__name__}")
