"""Where a crawl begins: what robots.txt asks, and the pages that sitemaps name (https://www.sitemaps.org)."""

import asyncio
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.sources.crawl.addresses import find_address, origin_of
from bot.sources.crawl.fetch import Fetched, Fetcher, Refusal
from bot.sources.crawl.robots import Robots, parse_robots
from knowledge import LoadFailure, OutlineReader

MOST_SITEMAPS = 50
MOST_NAMED = 50_000
NO_ROBOTS = frozenset({"elsewhere", "redirect_loop", "broken_redirect"})
"""Robots files that lead astray are as none (RFC 9309 §2.3.1.2)."""


@dataclass(slots=True)
class Named:
    """The pages that sitemaps name, each with the time of its last change; what of the sitemaps failed."""

    pages: dict[str, datetime | None] = field(default_factory=dict)
    failures: list[LoadFailure] = field(default_factory=list)


async def find_robots(fetcher: Fetcher, origin: str) -> Robots | LoadFailure:
    """Return what the website asks of robots; RFC 9309 §2.3.1: none is leave to go, a broken server is none."""
    url = f"{origin}/robots.txt"
    answer = await fetcher.follow(url)
    if isinstance(answer, Refusal):
        if answer.code in NO_ROBOTS:
            return Robots()
        return LoadFailure(source=url, code=answer.code, message=f"robots.txt: {answer.message}")
    if answer.status == 200:
        return await asyncio.to_thread(parse_robots, answer.body)
    if 400 <= answer.status < 500:
        return Robots()
    message = f"robots.txt answers with HTTP {answer.status}, which means not to visit the website now."
    return LoadFailure(source=url, code="robots_unavailable", message=message)


async def find_pages(
    fetcher: Fetcher, reader: OutlineReader, *, wanted: str | bool, robots: Robots, origin: str
) -> Named:
    """Return what the sitemaps name, of one origin; `wanted` is an address, or True to look for them."""
    if wanted is False:
        return Named()
    usual = f"{origin}/sitemap.xml"
    begin = [wanted] if isinstance(wanted, str) else list(robots.sitemaps) or [usual]
    named = Named()
    waiting = deque(address for text in begin if (address := find_address(text, base=origin)))
    seen = set(waiting)
    while waiting and len(seen) <= MOST_SITEMAPS:
        url = waiting.popleft()
        further = await read_sitemap(
            fetcher, reader, url, named, is_guess=wanted is True and begin == [usual]
        )
        new = [address for address in further if address not in seen]
        seen.update(new)
        waiting.extend(new)
    if waiting:
        message = f"There are more than {MOST_SITEMAPS} sitemaps; name one in `sitemap`."
        named.failures.append(LoadFailure(source=waiting[0], code="too_many_sitemaps", message=message))
    return named


async def read_sitemap(
    fetcher: Fetcher, reader: OutlineReader, url: str, named: Named, *, is_guess: bool
) -> list[str]:
    """Add a sitemap's pages to what is named; return the further sitemaps of an index."""
    answer = await fetch_sitemap(fetcher, url)
    if isinstance(answer, LoadFailure):
        if not (is_guess and answer.code in {"http_404", "http_410", "http_403"}):
            named.failures.append(answer)
        return []
    further = await asyncio.to_thread(take_sitemap, reader, answer, named)
    if isinstance(further, LoadFailure):
        if not (is_guess and further.code == "broken_sitemap"):
            named.failures.append(further)
        return []
    return further


def take_sitemap(reader: OutlineReader, answer: Fetched, named: Named) -> list[str] | LoadFailure:
    """Add the pages of a fetched sitemap to what is named; return the further sitemaps."""
    outline = reader.read_sitemap(answer.url, answer.body)
    if isinstance(outline, LoadFailure):
        return outline
    for text, changed in outline.pages[: MOST_NAMED - len(named.pages)]:
        if page := find_address(text, base=answer.url):
            named.pages.setdefault(page, last_change(changed))
    found = (find_address(text, base=answer.url) for text in outline.sitemaps[: MOST_SITEMAPS + 1])
    return [address for address in found if address]


async def fetch_sitemap(fetcher: Fetcher, url: str) -> Fetched | LoadFailure:
    """Fetch a sitemap of the same origin."""
    if not fetcher.covers(url):
        message = f"The sitemap is on another website, {origin_of(url)}; it is not read."
        return LoadFailure(source=url, code="sitemap_elsewhere", message=message)
    answer = await fetcher.follow(url)
    if isinstance(answer, Refusal):
        return LoadFailure(source=url, code=answer.code, message=answer.message)
    if answer.status != 200:
        message = f"The sitemap answers with HTTP {answer.status}; mend it, or write `sitemap: false`."
        return LoadFailure(source=url, code=f"http_{answer.status}", message=message)
    return answer


def last_change(text: str | None) -> datetime | None:
    """Return a `lastmod` (W3C date and time); of a day alone its end, since it may have been any hour."""
    try:
        at = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None
    if len((text or "").strip()) <= len("2026-01-01"):
        at += timedelta(days=1)
    return at.replace(tzinfo=at.tzinfo or UTC)
