"""FAQ answers that were given to other programs, sent again as bytes: no routing, no parsing, no search.

Promises: only of the version that serves now, only to callers without an origin (browsers are checked by the route),
counted against the caller's limit like any other. What was asked is kept as a digest.
"""

from collections import OrderedDict
from dataclasses import dataclass
from hashlib import blake2b
from types import SimpleNamespace

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.web.limits import address_of
from bot.web.middleware import SAFE_HEADERS
from bot.web.parts import Parts

PATH = "/api/v1/faq"
REMEMBERED = SimpleNamespace(path=PATH)
HEADERS = [
    (b"content-type", b"application/json"),
    (b"vary", b"Origin"),
    *((name.lower().encode(), value.encode()) for name, value in SAFE_HEADERS.items()),
]
"""As the layers below would set them for a caller without an origin."""
NOT_FROM_MEMORY = frozenset({b"origin", b"content-length", b"transfer-encoding"})
"""Headers of requests that are for the layers below: of browsers, and with a body to be limited."""
AT_MOST = 1_000
DIGEST_BYTES = 16


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it was sent: of which site and version of its knowledge, and the body."""

    site_id: str
    version: str
    body: bytes


class FaqMemory:
    """The latest answers, by the query as it was sent."""

    def __init__(self) -> None:
        self._given: OrderedDict[bytes, Given] = OrderedDict()

    def find(self, query: bytes) -> Given | None:
        """Return what was answered to this query."""
        return self._given.get(digest_of(query))

    def keep(self, query: bytes, given: Given) -> None:
        """Keep an answer, in the place of the oldest."""
        self._given[digest_of(query)] = given
        if len(self._given) > AT_MOST:
            self._given.popitem(last=False)


class FromMemory:
    """Answers what was asked before; everything else passes."""

    def __init__(self, app: ASGIApp, memory: FaqMemory) -> None:
        self._app = app
        self._memory = memory

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or pass the request on."""
        given = await self._find(scope)
        if given is None:
            await self._app(scope, receive, send)
            return
        scope["route"] = REMEMBERED  # counted and traced as the route that it stands for
        headers = [*HEADERS, (b"content-length", str(len(given.body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": given.body})

    async def _find(self, scope: Scope) -> Given | None:
        """Return what may be sent to the caller as it is; the route says no to who asks too often."""
        if scope["type"] != "http" or scope["path"] != PATH or scope["method"] != "GET":
            return None
        given = self._memory.find(scope["query_string"])
        if given is None or any(name in NOT_FROM_MEMORY for name, _ in scope["headers"]):
            return None
        parts: Parts = scope["app"].state.parts
        if parts.serving_version(given.site_id) != given.version:
            return None
        address = address_of(Request(scope), parts.limiter.allowance.trusted_proxies)
        return given if await parts.limiter.wait_s("faq", address) is None else None


def digest_of(query: bytes) -> bytes:
    """Return what stands for a query."""
    return blake2b(query, digest_size=DIGEST_BYTES).digest()
