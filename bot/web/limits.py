"""How much one visitor, address or connection may do. Sliding windows; the counts are settings.

The client's address comes from the connection; `X-Forwarded-For` counts only from configured proxies.
"""

import asyncio
import ipaddress
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import structlog
from starlette.requests import HTTPConnection

from bot.bus import Counts, CountsAwayError, LocalCounts, Window

log = structlog.get_logger(__name__)

BURST_WINDOW_S = 10
MINUTE_S = 60
HOUR_S = 3_600
GAPS_PER_HOUR = 120
"""Unanswered questions of one address at the FAQ endpoint that are kept."""
CLIENTS_PREFIX = 64
UNLIMITED = 1_000_000_000
LOOK_WITHIN_S = 1.0
WAITING = "waiting for "
"""What the places of those are called that wait for a place."""
OF_THIS_PROCESS = ("server:", WAITING)
NO_PLACE = "none"
"""Nobody ever takes it: giving it back asks, and changes nothing."""
OF_A_CONNECTION = frozenset({"frame", "bad_frame"})


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
    sockets_per_operator: int = 20
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
    """Counts what happened and says how long to wait when it was too much.

    What a connection does is counted in its process, all else for all processes, as long as they can be asked.
    """

    def __init__(self, allowance: Allowance, *, shared: Counts | None = None) -> None:
        self.allowance = allowance
        self._local = LocalCounts()
        self._shared = shared
        self._windows = windows_of(allowance)
        self._is_away = False

    async def wait_s(self, what: str, key: str) -> float | None:
        """Count one event; return None when it is allowed, else the seconds until it may be tried again."""
        if not self.allowance.is_on:
            return None
        windows = self._windows[what]
        if self._shared is not None and what not in OF_A_CONNECTION:
            with self._noting_absence():
                return await self._shared.wait_s(what, key, windows)
        return await self._local.wait_s(what, key, windows)

    async def look(self) -> bool:
        """Ask what counts for all processes whether it is there; return whether the limits hold for all now."""
        if self._shared is not None:
            with self._noting_absence():
                try:
                    async with asyncio.timeout(LOOK_WITHIN_S):
                        await self._shared.give_back(NO_PLACE, NO_PLACE)
                except TimeoutError:
                    raise CountsAwayError("no answer") from None
        return not self._is_away

    @property
    def frees_within_s(self) -> float:
        """How long the places of another process that was killed stay taken at most."""
        return self._shared.frees_within_s if self._shared is not None and not self._is_away else 0.0

    async def take_place(self, kind: str, key: str, holder: str, at_most: int) -> bool:
        """Take one of the places for open sockets, if one is left; `give_place_back` when it was."""
        return await self._take(f"{kind}:{key}", holder, at_most if self.allowance.is_on else UNLIMITED)

    async def give_place_back(self, kind: str, key: str, holder: str) -> None:
        """Give back a place that was taken."""
        await self._give_back(f"{kind}:{key}", holder)

    async def _take(self, name: str, holder: str, at_most: int) -> bool:
        # Here too, so that the places are known when what is shared goes away.
        has_one = await self._local.take(name, holder, at_most)
        if has_one and self._shared is not None and not name.startswith(OF_THIS_PROCESS):
            with self._noting_absence():
                has_one = await self._shared.take(name, holder, at_most)
                if not has_one:
                    await self._local.give_back(name, holder)
        return has_one

    async def _give_back(self, name: str, holder: str) -> None:
        await self._local.give_back(name, holder)
        if self._shared is not None and not name.startswith(OF_THIS_PROCESS):
            with self._noting_absence():
                await self._shared.give_back(name, holder)

    @contextmanager
    def _noting_absence(self) -> Iterator[None]:
        """Pass over that what counts for all cannot be asked: said once, and again when it is back."""
        assert self._shared is not None
        try:
            yield
        except CountsAwayError as error:
            if not self._is_away:
                self._is_away = True
                log.warning("limits.local", reason=str(error), remedy="each process counts alone meanwhile")
            return
        self._note_back()

    def _note_back(self) -> None:
        if self._is_away:
            self._is_away = False
            log.info("limits.shared")


def windows_of(allowance: Allowance) -> Mapping[str, Sequence[Window]]:
    """Return the windows of each limited thing."""
    return {
        "say": (
            Window(allowance.message_burst, BURST_WINDOW_S),
            Window(allowance.messages_per_minute, MINUTE_S),
        ),
        "frame": (Window(allowance.frames_per_minute, MINUTE_S),),
        "visit": (Window(allowance.frames_per_minute, MINUTE_S),),
        "bad_frame": (Window(max(1, allowance.bad_frames_per_minute - 1), MINUTE_S),),
        "session": (Window(allowance.sessions_per_hour, HOUR_S),),
        "faq": (Window(allowance.faq_per_minute, MINUTE_S),),
        "faq_gap": (Window(GAPS_PER_HOUR, HOUR_S),),
        "api": (Window(allowance.api_per_minute, MINUTE_S),),
    }


def address_of(connection: HTTPConnection, trusted_proxies: Sequence[str]) -> str:
    """Return what counts as the client's address: the peer's, or what configured proxies say they forward for.

    Of all that the headers hold the last address counts that is no configured proxy's: what stands before it a client
    may have written. Who has an IPv6 address has a whole /64, which counts as one.
    """
    peer = connection.client.host if connection.client else "unknown"
    found = peer
    if is_within(peer, trusted_proxies):
        # A proxy may add a line of its own instead of going on with the client's.
        lines = connection.headers.getlist("x-forwarded-for")
        hops = [hop.strip() for line in lines for hop in line.split(",")]
        outside = (hop for hop in reversed(hops) if hop and not is_within(hop, trusted_proxies))
        hop = next(outside, peer)
        found = hop if is_address(hop) else peer
    return counted_as(found)


def counted_as(text: str) -> str:
    """Return the text that stands for an address and all others that the same client surely has."""
    if not is_address(text):
        return text
    address = ipaddress.ip_address(text)
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((int(address), CLIENTS_PREFIX), strict=False))


def is_within(text: str, networks: Sequence[str]) -> bool:
    """Whether the text is an address in one of the networks."""
    if not networks or not is_address(text):
        return False
    address = ipaddress.ip_address(counted_as(text).partition("/")[0] if "." in text else text)
    return any(address in ipaddress.ip_network(network) for network in networks)


def is_address(text: str) -> bool:
    """Whether the text is an IP address."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
