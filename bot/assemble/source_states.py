"""How a site's knowledge sources are doing, as `GET /api/v1/knowledge/sources` and `foyer sources` tell it."""

import asyncio
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.domain.conversation import SiteId
from bot.settings import Site
from bot.sources.crawl import CrawlState, saved_crawl
from bot.store import Database, sources
from bot.store.sources import SourceState


async def how_sources_are(db: Database, site: Site, *, home: Path) -> dict[str, Any]:
    """Return each source's state, last success, last error and passages, and each crawl's beside."""
    async with db.read() as connection:
        states = await sources.states(connection, SiteId(site.id))
    fetched = await asyncio.to_thread(last_fetches, home, site)
    counts = {state.source: state.passages or 0 for state in states}
    crawls = [await asyncio.to_thread(how_crawl_is, home, site, plan.url, counts) for plan in site.crawls]
    told = [with_fetch(state, fetched.get(state.source)) for state in states]
    return {"sources": [asdict(state) for state in told], "crawls": crawls}


@dataclass(frozen=True, slots=True)
class LastFetch:
    """When a crawled page was asked for, and when it was fetched well."""

    checked_at: datetime
    last_success_at: datetime


def with_fetch(state: SourceState, fetch: LastFetch | None) -> SourceState:
    """Return a page's state with the times of its fetches: indexing its copy is none."""
    if fetch is None:
        return state
    return replace(state, checked_at=fetch.checked_at, last_success_at=fetch.last_success_at)


def last_fetches(home: Path, site: Site) -> dict[str, LastFetch]:
    """Return the last fetches of every page that is kept, by its address."""
    found: dict[str, LastFetch] = {}
    for plan in site.crawls:
        saved = saved_crawl(home, site_id=site.id, url=plan.url)
        state = saved.state()
        for url, page in saved.kept().items():
            checked_at = state.checked_at if state and state.checked_at else page.fetched_at
            found.setdefault(url, LastFetch(checked_at, page.fetched_at))
    return found


def how_crawl_is(home: Path, site: Site, url: str, counts: Mapping[str, int]) -> dict[str, Any]:
    """Return a crawl's state; one that never ran is `new`."""
    saved = saved_crawl(home, site_id=site.id, url=url)
    state = saved.state() or CrawlState(url=url)
    told = {
        name.removeprefix("n_"): value
        for name, value in asdict(state).items()
        if name not in {"failures", "fingerprint"}
    }
    return told | {
        "passages": sum(counts.get(page, 0) for page in saved.kept()),
        "failures": [asdict(failure) for failure in state.failures],
    }
