"""The one way out: every connection to the world is resolved, checked and pinned here.

A name is resolved once (A and AAAA), every address of it is checked against `networks.FORBIDDEN`, and the
connection goes to a checked address: a name that changes its mind in between (DNS rebinding) changes nothing.
Redirects are never followed; who wants to follow one calls again with its target, which is then checked like
any other. Failures of the outside are values (`Failure`), not exceptions.
"""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from bot.domain.errors import BotError
from bot.outbound.networks import Allowance, find_address, find_reason_against, parse_allowance

if TYPE_CHECKING:
    import httpx2

Resolve = Callable[[str, int], Awaitable[list[str]]]
FailureCode = Literal["invalid_url", "forbidden", "unresolved", "timeout", "unreachable", "tls", "protocol"]

CONNECT_TIMEOUT_S = 5.0
TOTAL_TIMEOUT_S = 20.0
MAX_RESPONSE_BYTES = 64 * 1024
MAX_ADDRESSES = 16
"""A name with more addresses than this is cut: each would cost a check and, when it is dead, a connect."""

RESOLVER_THREADS = 8
"""Own threads: a name server that hangs must not use up those that the rest of the process shares."""


class ForbiddenAddressError(BotError):
    """A connection would leave for an address that the service does not call."""

    code = "forbidden_address"


class UnresolvedNameError(BotError):
    """A name has no address."""

    code = "unresolved_name"


@dataclass(frozen=True, slots=True)
class Response:
    """What a server answered. `body` holds at most the limit; `is_cut` says that there was more."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no answer, in a sentence for the operator."""

    code: FailureCode
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request to the world. Times are seconds, for the whole of it; `max_bytes` limits the answer."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes = b""
    timeout_s: float = TOTAL_TIMEOUT_S
    max_bytes: int = MAX_RESPONSE_BYTES


class Guard:
    """Checks and makes outbound connections. Close it when the process ends."""

    def __init__(
        self,
        allow: tuple[str, ...] = (),
        *,
        resolve: Resolve | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """`allow` are the entries of FOYER_OUTBOUND_ALLOW; the others replace DNS and certificates in tests.

        Raises:
            ConfigurationError: an entry of `allow` cannot be read.
        """
        self._allowance: Allowance = parse_allowance(allow)
        self._threads = ThreadPoolExecutor(RESOLVER_THREADS, thread_name_prefix="resolve")
        self._resolve = resolve or self._resolve_with_dns
        self._tls = tls

    def close(self) -> None:
        """Let go of the resolver's threads."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def addresses_of(self, host: str, port: int) -> list[str]:
        """Return the addresses of `host`, each of them checked; connect to these and to nothing else.

        Raises:
            UnresolvedNameError: the name has no address.
            ForbiddenAddressError: any of its addresses is in the table and not exempt.
        """
        if not host:
            raise UnresolvedNameError("The address has no host; write one like https://crm.example.com/hook.")
        literal = find_address(host)
        found = [str(literal)] if literal is not None else await self._resolve(host, port)
        addresses = list(dict.fromkeys(found))[:MAX_ADDRESSES]
        if not addresses:
            raise UnresolvedNameError(f"{host!r} has no address; check the spelling and the name server.")
        for text in addresses:
            self._check(text, host=host, port=port)
        return addresses

    async def call(self, call: Call) -> Response | Failure:
        """Make one HTTP request over a checked connection. Never raises for what the outside does."""
        try:
            async with asyncio.timeout(call.timeout_s):
                return await self._call(call)
        except TimeoutError:
            return Failure("timeout", f"No full answer within {call.timeout_s:g} s.")
        except ForbiddenAddressError as error:
            return Failure("forbidden", str(error))
        except UnresolvedNameError as error:
            return Failure("unresolved", str(error))

    async def trust(self) -> ssl.SSLContext:
        """Return the certificates that are trusted, loaded the first time."""
        if self._tls is None:
            self._tls = await asyncio.to_thread(_load_tls)
        return self._tls

    async def _call(self, call: Call) -> Response | Failure:
        await self.trust()
        url = _parse(call.url)
        if isinstance(url, Failure):
            return url
        failure = Failure("unreachable", f"{url.host!r} has no address that answers.")
        for address in await self.addresses_of(url.host, _port(url)):
            outcome = await self._call_at(address, url, call)
            if not (isinstance(outcome, Failure) and outcome.code in {"unreachable", "tls"}):
                return outcome
            failure = outcome
        return failure

    async def _call_at(self, address: str, url: "httpx2.URL", call: Call) -> Response | Failure:
        import httpx2

        # A connection of its own for each call: a pooled one is known by its address alone, and two names on
        # one address would share a TLS connection that was verified for the first only.
        assert self._tls is not None
        transport = httpx2.AsyncHTTPTransport(verify=self._tls, trust_env=False)
        request = httpx2.Request(
            call.method,
            url.copy_with(host=address),
            headers={"host": url.netloc.decode("ascii"), "accept-encoding": "identity", **call.headers},
            content=call.content,
            extensions={
                "sni_hostname": url.host.strip("[]"),
                "timeout": httpx2.Timeout(call.timeout_s, connect=CONNECT_TIMEOUT_S).as_dict(),
            },
        )
        try:
            async with transport:
                return await _read(await transport.handle_async_request(request), call.max_bytes)
        except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
            if _is_about_tls(error):
                return Failure("tls", f"{url.host!r} has no certificate to trust: {_sentence(error)}")
            return Failure("unreachable", f"{url.host!r} at {address}: {_sentence(error)}")
        except httpx2.TimeoutException:
            return Failure("timeout", f"No full answer within {call.timeout_s:g} s.")
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
            return Failure("protocol", f"{url.host!r} did not speak HTTP: {_sentence(error)}")

    def _check(self, text: str, *, host: str, port: int) -> None:
        address = find_address(text)
        if address is None:
            raise ForbiddenAddressError(f"{host!r} resolves to {text!r}, which is no address.")
        reason = find_reason_against(address)
        if reason is not None and not self._allowance.covers(name=host, address=address, port=port):
            raise ForbiddenAddressError(
                f"{host!r} is {address}, {reason}; the service does not call there. To permit it, add "
                f"{_entry(host, port)} to FOYER_OUTBOUND_ALLOW."
            )

    async def _resolve_with_dns(self, host: str, port: int) -> list[str]:
        def look_up() -> list[str]:
            try:
                found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            except (OSError, UnicodeError):
                return []
            return [str(row[4][0]) for row in found]

        return await asyncio.get_running_loop().run_in_executor(self._threads, look_up)


def _load_tls() -> ssl.SSLContext:
    """Load the library and the certificates, which takes a third of a second: not in the event loop."""
    import httpx2  # noqa: F401

    return ssl.create_default_context()


def _parse(text: str) -> "httpx2.URL | Failure":
    import httpx2

    try:
        url = httpx2.URL(text)
        _ = url.host, url.port
    except (httpx2.InvalidURL, ValueError, TypeError) as error:
        return Failure("invalid_url", f"The address cannot be read: {error}")
    if url.scheme not in {"http", "https"}:
        return Failure("invalid_url", "An address must begin with https:// or http://.")
    if url.userinfo:
        return Failure("invalid_url", "An address with a user name or password in it is not called.")
    if not url.host:
        return Failure("invalid_url", "The address has no host; write one like https://crm.example.com/hook.")
    return url


def _port(url: "httpx2.URL") -> int:
    if url.port is not None:
        return url.port
    return 443 if url.scheme == "https" else 80


def _entry(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


async def _read(response: "httpx2.Response", max_bytes: int) -> Response:
    body = bytearray()
    async for piece in response.aiter_raw():
        body += piece
        if len(body) > max_bytes:
            break
    return Response(
        status=response.status_code,
        headers={name.lower(): value for name, value in response.headers.items()},
        body=bytes(body[:max_bytes]),
        is_cut=len(body) > max_bytes,
    )


def _is_about_tls(error: BaseException | None) -> bool:
    while error is not None and not isinstance(error, ssl.SSLError):
        error = error.__cause__ or error.__context__
    return error is not None


def _sentence(error: Exception) -> str:
    return str(error) or type(error).__name__
