"""The transport under a provider's client; importing it imports the HTTP library."""

from collections.abc import AsyncIterator

import httpx2

from bot.domain.errors import BotError
from bot.outbound.guard import ForbiddenAddressError, Guard, UnresolvedNameError

KEPT_CONNECTIONS = 32
KEPT_S = 60.0
"""A new connection costs the visitor three round trips before the first word."""
ABOUT_US = b"x-stainless-"
"""Headers in which the providers' libraries tell of this machine and its Python."""


class AnswerTooLargeError(BotError):
    """An answer was longer than the limit; the rest was not read."""

    code = "answer_too_large"


class EncodedAnswerError(BotError):
    """An answer was compressed although that was not asked for; it is not unpacked, however small it looks."""

    code = "encoded_answer"


class PinnedTransport(httpx2.AsyncBaseTransport):
    """Sends requests to a checked address of one host; those to any other are refused."""

    def __init__(self, guard: Guard, base_url: str, *, max_answer_bytes: int) -> None:
        """Every request must have the scheme, host and port of `base_url`."""
        self._guard = guard
        self._origin = origin_of(httpx2.URL(base_url))
        self._max_answer_bytes = max_answer_bytes
        self._inner: httpx2.AsyncHTTPTransport | None = None
        self._last = ""

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send to the first address that takes a connection.

        Raises:
            httpx2.TransportError: As of any transport; a `BotError` of ours is its cause where we refused.
        """
        failure: httpx2.TransportError | None = None
        for address in await self._addresses(request):
            try:
                response = await (await self._opened()).handle_async_request(_pinned(request, address))
            except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
                failure = error
            else:
                self._last = address
                return await _bounded(response, self._max_answer_bytes)
        assert failure is not None
        raise failure

    async def aclose(self) -> None:
        """Close the connections."""
        if self._inner is not None:
            await self._inner.aclose()

    async def _addresses(self, request: httpx2.Request) -> list[str]:
        """Return the checked addresses, that of the connections that are kept first."""
        _, host, port = self._checked_origin(request.url)
        try:
            found = await self._guard.addresses_of(host, port)
        except (ForbiddenAddressError, UnresolvedNameError) as error:
            raise httpx2.ConnectError(str(error), request=request) from error
        return sorted(found, key=lambda address: address != self._last)

    def _checked_origin(self, url: httpx2.URL) -> tuple[str, str, int]:
        if origin_of(url) != self._origin:
            error = ForbiddenAddressError(f"{url.host!r} is not the provider that was configured.")
            raise httpx2.ConnectError(str(error)) from error
        return self._origin

    async def _opened(self) -> httpx2.AsyncHTTPTransport:
        tls = await self._guard.trust()
        if self._inner is None:
            limits = httpx2.Limits(max_keepalive_connections=KEPT_CONNECTIONS, keepalive_expiry=KEPT_S)
            self._inner = httpx2.AsyncHTTPTransport(verify=tls, trust_env=False, limits=limits)
        return self._inner


class _Bounded(httpx2.AsyncByteStream):
    """A body that breaks off at the limit."""

    def __init__(self, source: httpx2.AsyncByteStream, max_bytes: int) -> None:
        self._source = source
        self._max_bytes = max_bytes

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for piece in self._source:
            size += len(piece)
            if size > self._max_bytes:
                error = AnswerTooLargeError(f"The answer is longer than {self._max_bytes} bytes.")
                raise httpx2.ReadError(str(error)) from error
            yield piece

    async def aclose(self) -> None:
        await self._source.aclose()


def origin_of(url: httpx2.URL) -> tuple[str, str, int]:
    """Return scheme, host and port."""
    return url.scheme, url.host.lower(), url.port or (443 if url.scheme == "https" else 80)


def _pinned(request: httpx2.Request, address: str) -> httpx2.Request:
    headers = httpx2.Headers(
        [(name, value) for name, value in request.headers.raw if not name.lower().startswith(ABOUT_US)]
    )
    headers["host"] = request.url.netloc.decode("ascii")
    headers["accept-encoding"] = "identity"
    return httpx2.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": request.url.host.strip("[]")},
    )


async def _bounded(response: httpx2.Response, max_bytes: int) -> httpx2.Response:
    source = response.stream
    assert isinstance(source, httpx2.AsyncByteStream)
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        await source.aclose()
        error = EncodedAnswerError("The answer is compressed, which was not asked for; it is not unpacked.")
        raise httpx2.ReadError(str(error)) from error
    return httpx2.Response(
        response.status_code,
        headers=response.headers,
        stream=_Bounded(source, max_bytes),
        extensions=response.extensions,
    )
