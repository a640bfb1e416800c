"""The other processes: the bus and the counts that this one shares with them, if there are any.

One process has a bus in memory. Workers of one machine are joined by the hub of their parent, replicas by Redis.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field

from bot.assemble.duties import OnlyOne, always, by_lock_file
from bot.assemble.lasting import see_through
from bot.assemble.parts_of_life import new_id
from bot.bus import Bus, Counts, MemoryBus, RelayBus, Standing, Wire
from bot.bus.worker import HubLine
from bot.domain.errors import ConfigurationError
from bot.settings import Environment
from bot.store import Database, conversations

VIEWS = "views"
"""Where workers have their own views of the indexes, a folder each."""


@dataclass(frozen=True, slots=True)
class Membership:
    """What makes this process one of several workers: the line to their hub, and its own name."""

    hub: HubLine
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """What a process shares with others. `is_alone`: there are none."""

    bus: Bus
    counts: Counts | None = None
    only_one: OnlyOne = always
    is_alone: bool = True
    relay: RelayBus | None = field(default=None)

    def states(self) -> Mapping[str, str]:
        """Return how the bus is, where others are told by it."""
        if self.relay is None:
            return {}
        return {"bus": "degraded: away, the database is polled" if self.relay.is_away else "ready"}


@contextlib.asynccontextmanager
async def open_company(
    environment: Environment, db: Database, membership: Membership | None
) -> AsyncIterator[Company]:
    """Join the other processes for as long as the block runs.

    Raises:
        ConfigurationError: Redis is configured and its library is not installed.
    """
    only_one = only_one_of(environment, db, membership)
    async with contextlib.AsyncExitStack() as stack:
        if membership is not None:
            await membership.hub.open()
            await _begin(membership.hub.run, stack)
        if environment.redis_url is not None:
            yield await _over_redis(environment, db, only_one, stack)
        elif membership is not None:
            hub = membership.hub
            relay = await _begin_relay(hub, db, new_id("p"), stack)
            yield Company(bus=relay, counts=hub, only_one=only_one, is_alone=False, relay=relay)
        elif db.is_shared:
            bus = await _begin_relay(None, db, new_id("p"), stack)
            yield Company(bus=bus, only_one=only_one, is_alone=False)
        else:
            yield Company(bus=MemoryBus())


def only_one_of(environment: Environment, db: Database, membership: Membership | None) -> OnlyOne:
    """Return what lets one process do what only one may: of all servers of a database, or of a home's workers."""
    if db.is_shared:
        return db.only_one
    return by_lock_file(environment.home) if membership is not None else always


async def _over_redis(
    environment: Environment, db: Database, only_one: OnlyOne, stack: contextlib.AsyncExitStack
) -> Company:
    try:
        from bot.bus.redis import RedisWire
        from bot.bus.redis_counts import RedisCounts
    except ImportError as error:
        raise ConfigurationError(
            "FOYER_REDIS_URL is set and the Redis client is not installed: pip install 'foyer[redis]'."
        ) from error
    assert environment.redis_url is not None
    url, prefix, sender = environment.redis_url.get_secret_value(), environment.redis_prefix, new_id("p")
    relay = await _begin_relay(RedisWire(url, prefix=prefix), db, sender, stack)
    counts = RedisCounts(url, prefix=prefix, salt=db.salt, sender=sender)
    stack.push_async_callback(counts.close)
    await _begin(counts.run, stack)
    return Company(bus=relay, counts=counts, only_one=only_one, is_alone=False, relay=relay)


async def _begin_relay(
    wire: Wire | None, db: Database, sender: str, stack: contextlib.AsyncExitStack
) -> RelayBus:
    async def look(topics: Collection[str]) -> Mapping[str, Standing]:
        async with db.read() as connection:
            found = await conversations.standings(connection, topics)
        return {topic: Standing(row.head_seq, row.status, row.is_withdrawn) for topic, row in found.items()}

    relay = RelayBus(wire, look, sender=sender)
    await _begin(relay.run, stack)
    return relay


async def _begin(work: Callable[[], Awaitable[None]], stack: contextlib.AsyncExitStack) -> None:
    """Begin work that ends with the stack."""
    task = asyncio.create_task(see_through("bus", work))

    async def end() -> None:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    stack.push_async_callback(end)
