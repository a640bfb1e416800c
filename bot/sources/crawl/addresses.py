"""Web addresses, written in one way, and which of them a crawl may visit.

An address is taken apart and put together again here, so that what is checked is what is fetched.
"""

import re
from collections import Counter
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from bot.domain.crawl_plan import CrawlPlan
from bot.sources.crawl.patterns import matches, normalise

LONGEST = 2_000
MOST_SEGMENTS = 12
MOST_REPEATS = 2
MOST_PARAMETERS = 6

_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,252})|\[[0-9a-f:.]+\]")
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f\\]")
_TRACKING = re.compile(
    r"utm_\w+|gclid|gbraid|wbraid|dclid|fbclid|msclkid|yclid|twclid|ttclid|igshid|mc_[ce]id|_ga|_gl|_hs\w+|hs\w+tracking"
    r"|phpsessid|jsessionid|aspsessionid\w*|sessionid|session_id|sid",
    re.IGNORECASE,
)
_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;]*", re.IGNORECASE)
_NOT_PAGES = re.compile(
    r"\.(?:avif|bmp|css|eot|exe|gif|gz|ico|iso|jpe?g|js|json|map|mjs|mov|mp[34]|ogg|otf|png|rar|rss|svg|tar|tgz|ttf"
    r"|wav|web[mp]|woff2?|xml|zip|7z|dmg|apk|avi|csv|xlsx?|pptx?)\Z",
    re.IGNORECASE,
)


def find_address(text: str, *, base: str | None = None) -> str | None:
    """Return a web address in its one way to be written, or None when the text is none that may be visited.

    Fragment, tracking and session parameters are left out; user names, and addresses over 2,000 characters, are
    refused. `base` completes what is relative.
    """
    try:
        joined = urljoin(base or "", text.strip())
        if len(joined) > LONGEST or _FORBIDDEN.search(joined):
            return None
        parts = urlsplit(joined)
        origin = _origin(parts)
    except (ValueError, UnicodeError):
        return None
    if origin is None:
        return None
    path = "/" + _SESSION.sub("", normalise(parts.path)).lstrip("/")
    path = urlsplit(urljoin(f"{origin}/", path)).path or "/"  # resolves dots
    query = "&".join(
        piece
        for piece in normalise(parts.query).split("&")
        if piece and not _TRACKING.fullmatch(piece.partition("=")[0])
    )
    return f"{origin}{path}?{query}" if query else f"{origin}{path}"


def origin_of(address: str) -> str:
    """Return scheme, host and port of an address that `find_address` gave."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def path_of(address: str) -> str:
    """Return path and query of an address that `find_address` gave."""
    return address[len(origin_of(address)) :]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a crawl may visit: one origin, below one path, as far as the patterns let it."""

    origin: str
    prefix: str
    include: tuple[str, ...]
    exclude: tuple[str, ...]

    def covers(self, address: str) -> bool:
        """Return whether the address belongs to what is crawled."""
        path = path_of(address)
        if origin_of(address) != self.origin or not (f"{path}/" if "?" not in path else path).startswith(
            self.prefix
        ):
            return False
        if any(matches(pattern, path) for pattern in self.exclude):
            return False
        return not self.include or any(matches(pattern, path) for pattern in self.include)


def start_of(plan: CrawlPlan) -> str:
    """Return the address where a plan begins."""
    return find_address(plan.url) or plan.url


def scope_of(plan: CrawlPlan) -> Scope:
    """Return the scope of a plan: below the folder of its start page."""
    start = start_of(plan)
    path = urlsplit(start).path
    folder, _, page = path.rpartition("/")
    prefix = f"{folder}/" if "." in page or not page else f"{path}/"
    include, exclude = (tuple(map(normalise, patterns)) for patterns in (plan.include, plan.exclude))
    return Scope(origin_of(start), prefix, include, exclude)


def is_promising(address: str) -> bool:
    """Return whether there may be a page: no image, no archive, no path that goes round in circles."""
    parts = urlsplit(address)
    if _NOT_PAGES.search(parts.path) or parts.query.count("&") >= MOST_PARAMETERS:
        return False
    segments = [segment for segment in parts.path.split("/") if segment]
    repeats = max(Counter(segments).values(), default=0)
    return len(segments) <= MOST_SEGMENTS and repeats <= MOST_REPEATS


def _origin(parts: SplitResult) -> str | None:
    if parts.scheme not in {"http", "https"} or parts.username is not None or parts.password is not None:
        return None
    host = (parts.hostname or "").rstrip(".")
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    host = f"[{host}]" if ":" in host else host
    if not _HOST.fullmatch(host):
        return None
    usual = {"http": 80, "https": 443}[parts.scheme]
    return (
        f"{parts.scheme}://{host}" if parts.port in {None, usual} else f"{parts.scheme}://{host}:{parts.port}"
    )
