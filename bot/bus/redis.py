"""Redis as the wire between processes: one channel, nothing stored.

Every process hears every parcel, so that a socket has subscribed the moment it wants to: waiting for a subscription
of its own would leave a gap between hearing and reading, or cost a round trip.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator

from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError

from bot.bus.relay import Link, WireLostError

ANSWER_WITHIN_S = 2.0
PING_EVERY_S = 5.0


def open_redis(url: str, *, answer_within_s: float = ANSWER_WITHIN_S) -> Redis:
    """Return a client; nothing is connected yet, and no command is tried twice."""
    return Redis.from_url(
        url,
        socket_timeout=answer_within_s,
        socket_connect_timeout=answer_within_s,
        retry=None,
        protocol=2,
    )


class RedisWire:
    """The channel `<prefix>:news` of a Redis server."""

    def __init__(self, url: str, *, prefix: str) -> None:
        self._url = url
        self._channel = f"{prefix}:news"

    @contextlib.asynccontextmanager
    async def connect(self) -> AsyncIterator[Link]:
        """Open it; once it is open everything that others send is heard."""
        client = open_redis(self._url)
        news = client.pubsub()
        try:
            with lost_when_redis_fails():
                async with asyncio.timeout(ANSWER_WITHIN_S):
                    await news.subscribe(self._channel)
                    await news.get_message(timeout=ANSWER_WITHIN_S)  # the subscription is confirmed
                    await client.ping()
            yield RedisLink(client, news, self._channel)
        finally:
            with contextlib.suppress(RedisError, OSError):
                await news.aclose()  # type: ignore[no-untyped-call]
                await client.aclose()


class RedisLink:
    """The channel while both connections to Redis stand."""

    def __init__(self, client: Redis, news: PubSub, channel: str) -> None:
        self._client = client
        self._news = news
        self._channel = channel

    async def send(self, parcel: bytes) -> None:
        """Send a parcel to all other processes."""
        with lost_when_redis_fails():
            await self._client.publish(self._channel, parcel)

    async def parcels(self) -> AsyncIterator[bytes]:
        """Yield what is sent; a connection that is silent and answers no ping is lost."""
        is_asked = False
        while True:
            with lost_when_redis_fails():
                message = await self._news.get_message(timeout=PING_EVERY_S)
                if message is None:
                    if is_asked:
                        raise WireLostError("Redis does not answer")
                    await self._news.ping()
            is_asked = message is None
            if message is not None and message["type"] == "message" and isinstance(message["data"], bytes):
                yield message["data"]


@contextlib.contextmanager
def lost_when_redis_fails() -> Iterator[None]:
    """Turn every failure of Redis into one: it is not there. The address, which may hold a password, is not told."""
    try:
        yield
    except (RedisError, OSError, TimeoutError) as error:
        raise WireLostError(f"Redis: {type(error).__name__}") from None
