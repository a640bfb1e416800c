"""One visit: from what is noted, from what the sitemap says, or from the website."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.sources.crawl.fetch import Fetcher, Moved, Refusal
from bot.sources.crawl.pages import KeptPage, Visit
from bot.sources.crawl.reading import PageReading, failed
from bot.sources.crawl.saved import SavedCrawl

LONGEST_TRUST = timedelta(days=7)
"""A page whose sitemap says that it did not change is asked for all the same after this long."""
NOT_FAILURES = frozenset({"robots", "elsewhere"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Visits addresses. `before` are the kept pages, `noted` the visits of a crawl that was cut off.

    `changes` are the sitemaps' times of last change. `is_fresh` fetches every page anew.
    """

    fetcher: Fetcher
    reading: PageReading
    saved: SavedCrawl
    before: Mapping[str, KeptPage]
    noted: Mapping[str, Visit]
    changes: Mapping[str, datetime | None]
    is_fresh: bool
    now: Callable[[], datetime]

    async def visit(self, url: str) -> Visit:
        """Return what came of an address. A crawl that is out of time has the code `budget`."""
        known = None if self.is_fresh else self.before.get(url)
        if noted := self.noted.get(url):
            return noted
        if known is not None and self._is_said_unchanged(known):
            return Visit(url=url, result="unchanged", page=known, links=known.links)
        visit = await self._fetch(url, known)
        if visit.result == "failed" and not visit.links and url in self.before:
            visit = replace(visit, links=self.before[url].links)  # what it led to is still reached
        if visit.code != "budget":
            await asyncio.to_thread(self.saved.note, visit)
        return visit

    def _is_said_unchanged(self, known: KeptPage) -> bool:
        changed = self.changes.get(known.url)
        is_recent = self.now() - known.fetched_at < LONGEST_TRUST
        return changed is not None and changed <= known.fetched_at and is_recent

    async def _fetch(self, url: str, known: KeptPage | None) -> Visit:
        answer = await self.fetcher.get(url, conditions(known))
        match answer:
            case Moved():
                return Visit(url=url, result="left_out", links=(answer.target,), code="moved")
            case Refusal() if answer.code in NOT_FAILURES:
                return Visit(url=url, result="left_out", code=answer.code, message=answer.message)
            case Refusal():
                return failed(url, answer.code, answer.message)
            case _:
                return await asyncio.to_thread(self.reading.read, answer, known=known, now=self.now())


def conditions(known: KeptPage | None) -> dict[str, str]:
    """Return the headers that ask for a page only if it changed (RFC 9110 §13.1)."""
    if known is None:
        return {}
    values = {"if-none-match": known.etag, "if-modified-since": known.last_modified}
    return {name: value for name, value in values.items() if value is not None}
