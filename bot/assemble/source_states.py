"""How a site's knowledge sources are doing, as `GET /api/v1/knowledge/sources` tells it."""

import asyncio
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.domain.conversation import SiteId
from bot.settings import Site
from bot.sources.crawl import CrawlState, saved_crawl
from bot.store import Database, sources


async def how_sources_are(db: Database, site: Site, *, home: Path) -> dict[str, Any]:
    """Return each source's state, last success, last error and passages, and each crawl's beside."""
    async with db.read() as connection:
        states = await sources.states(connection, SiteId(site.id))
    counts = {state.source: state.passages or 0 for state in states}
    crawls = [await asyncio.to_thread(how_crawl_is, home, site, plan.url, counts) for plan in site.crawls]
    return {"sources": [asdict(state) for state in states], "crawls": crawls}


def how_crawl_is(home: Path, site: Site, url: str, counts: dict[str, int]) -> dict[str, Any]:
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
