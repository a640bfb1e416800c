"""How much one visitor, address or connection may do. Sliding windows; the counts are settings.

The client's address comes from the connection; `X-Forwarded-For` counts only from configured proxies.
"""

import ipaddress
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from starlette.requests import HTTPConnection

BURST_WINDOW_S = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """The configured counts; `is_on` False lifts the rates (load tests on loopback), never the sizes."""

    messages_per_minute: int = 20
    message_burst: int = 10
    frames_per_minute: int = 120
    bad_frames_per_minute: int = 10
    sessions_per_hour: int = 60
    sockets_per_visitor: int = 5
    sockets_per_address: int = 50
    faq_per_minute: int = 60
    api_per_minute: int = 600
    sockets: int = 2_000
    queue_bytes: int = 1024 * 1024
    frame_bytes: int = 16 * 1024
    body_bytes: int = 64 * 1024
    text_chars: int = 4_000
    replay_messages: int = 300
    hello_s: float = 10.0
    unread_s: float = 15.0
    session_idle_hours: int = 24
    session_days: int = 30
    login_tries: int = 5
    login_idle_hours: int = 12
    login_days: int = 7
    is_on: bool = True
    trusted_proxies: tuple[str, ...] = ()


class Limiter:
    """Counts what happened and says how long to wait when it was too much."""

    def __init__(self, allowance: Allowance) -> None:
        self.allowance = allowance
        self._strategy = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._items = items_of(allowance)
        self._open: dict[str, int] = {}

    async def wait_s(self, what: str, key: str) -> float | None:
        """Count one event; return None when it is allowed, else the seconds until it may be tried again."""
        if not self.allowance.is_on:
            return None
        for item in self._items[what]:
            if not await self._strategy.hit(item, what, key):
                return float(item.get_expiry())
        return None

    def try_open(self, kind: str, key: str, at_most: int) -> bool:
        """Take one of the places for open sockets; give it back with `release`."""
        name = f"{kind}:{key}"
        taken = self._open.get(name, 0)
        if self.allowance.is_on and taken >= at_most:
            return False
        self._open[name] = taken + 1
        return True

    def release(self, kind: str, key: str) -> None:
        """Give a place back."""
        name = f"{kind}:{key}"
        left = self._open.get(name, 1) - 1
        if left <= 0:
            self._open.pop(name, None)
        else:
            self._open[name] = left


def items_of(allowance: Allowance) -> Mapping[str, Sequence[RateLimitItem]]:
    """Return the windows of each limited thing."""
    return {
        "say": (
            RateLimitItemPerSecond(allowance.message_burst, BURST_WINDOW_S),
            RateLimitItemPerMinute(allowance.messages_per_minute),
        ),
        "frame": (RateLimitItemPerMinute(allowance.frames_per_minute),),
        "bad_frame": (RateLimitItemPerMinute(max(1, allowance.bad_frames_per_minute - 1)),),
        "session": (RateLimitItemPerHour(allowance.sessions_per_hour),),
        "faq": (RateLimitItemPerMinute(allowance.faq_per_minute),),
        "api": (RateLimitItemPerMinute(allowance.api_per_minute),),
    }


def address_of(connection: HTTPConnection, trusted_proxies: Sequence[str]) -> str:
    """Return the client's address: the peer's, or what a configured proxy says it forwards for."""
    peer = connection.client.host if connection.client else "unknown"
    if not is_within(peer, trusted_proxies):
        return peer
    for hop in reversed(connection.headers.get("x-forwarded-for", "").split(",")):
        candidate = hop.strip()
        if candidate and not is_within(candidate, trusted_proxies):
            return candidate if is_address(candidate) else peer
    return peer


def is_within(text: str, networks: Sequence[str]) -> bool:
    """Whether the text is an address in one of the networks."""
    if not networks or not is_address(text):
        return False
    address = ipaddress.ip_address(text)
    return any(address in ipaddress.ip_network(network) for network in networks)


def is_address(text: str) -> bool:
    """Whether the text is an IP address."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
