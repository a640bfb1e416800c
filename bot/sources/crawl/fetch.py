"""Fetch one address politely, through the guard: redirects within the scope, packed bodies within their limit."""

import asyncio
import zlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.outbound import Call, Failure, Response, read_retry_after
from bot.sources.crawl.addresses import find_address, path_of
from bot.sources.crawl.pace import Pace
from bot.sources.crawl.robots import Robots

MOST_HOPS = 5
MOST_TRIES = 3
TIMEOUT_S = 20.0
PAGE_BYTES = 5 * 2**20
FILE_BYTES = 25 * 2**20
LARGE_FILES = (".pdf", ".docx")
REDIRECTS = frozenset({301, 302, 303, 307, 308})
BUSY = frozenset({429, 503})

RefusalCode = Literal[
    "budget", "busy", "elsewhere", "redirect_loop", "robots", "too_large", "broken_body", "broken_redirect",
    "invalid_url", "forbidden", "unresolved", "timeout", "unreachable", "tls", "protocol",
]  # fmt: skip
CallOut = Callable[[Call], Awaitable[Response | Failure]]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server answered in the end: any status but a redirect, 429 or 503; `body` is unpacked."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Moved:
    """A redirect within the scope, not followed yet."""

    url: str
    target: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer of `url`."""

    url: str
    code: RefusalCode
    message: str


@dataclass(slots=True, kw_only=True)
class Fetcher:
    """One request after another. `covers` says which addresses may be visited, `robots` which are welcome."""

    call: CallOut
    pace: Pace
    agent: str
    covers: Callable[[str], bool]
    now: Callable[[], datetime]
    robots: Robots | None = None
    timeout_s: float = TIMEOUT_S

    async def get(self, url: str, headers: Mapping[str, str] | None = None) -> Fetched | Moved | Refusal:
        """Fetch an address once; where it leads elsewhere, say where to.

        Args:
            url: an address in its one way to be written.
            headers: further ones, such as those that make it conditional.
        """
        if self.robots is not None and not await asyncio.to_thread(self.robots.allows, path_of(url)):
            return Refusal(url, "robots", "The website's robots.txt asks not to visit it.")
        answer = await self._patiently(url, headers or {})
        if isinstance(answer, Refusal):
            return answer
        if answer.status not in REDIRECTS:
            return await asyncio.to_thread(unpacked, url, answer)
        target = find_address(answer.headers.get("location", ""), base=url)
        if target is None:
            return Refusal(url, "broken_redirect", "It redirects to what is no web address.")
        if not self.covers(target):
            return Refusal(
                url, "elsewhere", f"It redirects to {target}, which is outside of what is crawled."
            )
        return Moved(url, target)

    async def follow(self, url: str) -> Fetched | Refusal:
        """Fetch an address and where it leads to, at most five times on."""
        for _ in range(MOST_HOPS + 1):
            answer = await self.get(url)
            if not isinstance(answer, Moved):
                return answer
            url = answer.target
        return Refusal(url, "redirect_loop", "It redirects in a circle, or too many times.")

    async def _patiently(self, url: str, headers: Mapping[str, str]) -> Response | Refusal:
        """Ask again, later, where the website is too busy."""
        for tries in range(MOST_TRIES):
            if not await self.pace.wait():
                return Refusal(url, "budget", "The crawl's time, requests or bytes were used up before it.")
            answer = await self.call(self._call(url, headers))
            if isinstance(answer, Failure):
                return Refusal(url, answer.code, answer.message)
            self.pace.bytes_left -= len(answer.body)
            if answer.status not in BUSY:
                return answer
            asked_s = read_retry_after(answer.headers.get("retry-after"), self.now())
            self.pace.put_off(tries=tries, asked_s=asked_s)
        return Refusal(url, "busy", "The website was too busy to answer (429 or 503), again and again.")

    def _call(self, url: str, headers: Mapping[str, str]) -> Call:
        is_large = url.partition("?")[0].lower().endswith(LARGE_FILES)
        return Call(
            method="GET",
            url=url,
            headers={
                "user-agent": self.agent,
                "accept": "text/html, application/pdf, text/plain, text/markdown;q=0.9, */*;q=0.5",
                "accept-encoding": "gzip",
                **headers,
            },
            timeout_s=self.timeout_s,
            max_bytes=FILE_BYTES if is_large else PAGE_BYTES,
        )


def unpacked(url: str, answer: Response) -> Fetched | Refusal:
    """Return the answer with its body as it was before it was packed, within the limit of a page."""
    limit = FILE_BYTES if url.partition("?")[0].lower().endswith(LARGE_FILES) else PAGE_BYTES
    too_large = Refusal(url, "too_large", f"It has more than the limit of {limit} bytes; split the page.")
    if answer.is_cut:
        return too_large
    body, packing = answer.body, answer.headers.get("content-encoding", "").strip().lower()
    if packing in {"gzip", "x-gzip", "deflate"}:
        try:
            unpacker = zlib.decompressobj(wbits=47)  # gzip or zlib, by the first bytes
            body = unpacker.decompress(body, limit + 1)
        except zlib.error:
            return Refusal(url, "broken_body", f"Its packed body ({packing}) is damaged.")
        if len(body) > limit:
            return too_large
        if not unpacker.eof:
            return Refusal(url, "broken_body", f"Its packed body ({packing}) ends too early.")
    elif packing not in {"", "identity"}:
        return Refusal(url, "broken_body", f"It was sent packed as {packing!r}, which nobody asked for.")
    return Fetched(url, answer.status, answer.headers, body)
