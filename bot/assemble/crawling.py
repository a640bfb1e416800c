"""Crawls on schedule and on demand: one at a time in this process, each through the guard, and what came of them."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from typing import Any

import structlog

from bot.assemble.parts_of_life import now
from bot.domain.crawl_plan import CrawlPlan
from bot.domain.errors import ConfigurationError
from bot.outbound import Guard
from bot.settings import Environment, Site
from bot.sources.crawl import Crawl, CrawlState, Means, Progress, forget_other_crawls, next_at, saved_crawl

log = structlog.get_logger(__name__)

LOOK_AGAIN_S = 30.0
"""How often the schedule is looked at: a saved change of it counts from then on."""
AFTER_CRASH_S = 600.0


class Crawling:
    """The crawls of one process. Close it when the process ends."""

    def __init__(self, environment: Environment, *, progress: Progress | None = None) -> None:
        self._home = environment.home
        self._guard = Guard(environment.outbound_allow)
        self._progress = progress
        # One host may stand in several plans and sites: one at a time is one connection to it.
        self._turn = asyncio.Lock()
        self._chances: dict[tuple[str, str], float] = {}
        self._not_before: dict[tuple[str, str], float] = {}

    def close(self) -> None:
        """Close the connections to the world."""
        self._guard.close()

    async def crawl_site(self, site: Site, *, full: bool = False) -> None:
        """Crawl every website of a site now, one after the other."""
        for plan in site.crawls:
            await self._crawl(site, plan, full=full)
        await asyncio.to_thread(self._forget_others, site)

    async def keep_fresh(self, site_now: Callable[[], Site], index: Callable[[], Awaitable[Any]]) -> None:
        """Crawl what is due, again and again, and have it indexed. Ends only when cancelled."""
        while True:
            site = site_now()
            for plan in [plan for plan in site.crawls if self._is_due(site, plan)]:
                try:
                    log_crawl(site, await self._crawl(site, plan))
                    await index()
                except Exception as error:  # outermost loop: the schedule goes on
                    log.exception("crawl.crashed", site=site.id, url=plan.url, error=str(error))
                    self._not_before[site.id, plan.url] = time.monotonic() + AFTER_CRASH_S
                self._chances.pop((site.id, plan.url), None)
            await asyncio.to_thread(self._forget_others, site)
            await asyncio.sleep(LOOK_AGAIN_S)

    def _forget_others(self, site: Site) -> None:
        forget_other_crawls(self._home, site_id=site.id, urls=[plan.url for plan in site.crawls], now=now())

    def _is_due(self, site: Site, plan: CrawlPlan) -> bool:
        source = site.id, plan.url
        if time.monotonic() < self._not_before.get(source, 0.0):
            return False
        chance = self._chances.setdefault(source, random.random())  # noqa: S311 - no secret
        state = saved_crawl(self._home, site_id=site.id, url=plan.url).state()
        at = next_at(plan, state, now=now(), chance=chance)
        return at is not None and at <= now()

    async def _crawl(self, site: Site, plan: CrawlPlan, *, full: bool = False) -> CrawlState:
        means = Means(
            call=self._guard.call,
            now=now,
            clock_s=time.monotonic,
            progress=self._progress,
        )
        saved = saved_crawl(self._home, site_id=site.id, url=plan.url)
        async with self._turn:
            try:
                return await Crawl(plan, saved, means).run(full=full)
            except OSError as error:
                raise ConfigurationError(
                    f"What was crawled can not be written to {saved.folder} ({error.strerror or error}); make room, or "
                    "change its owner."
                ) from error


def log_crawl(site: Site, state: CrawlState) -> None:
    """Log how a crawl went; its failures are named when the site is indexed."""
    told = {"site": site.id, "url": state.url, "pages": state.n_pages, "failures": len(state.failures)}
    if state.state == "failed":
        log.warning("crawl.failed", **told, code=state.error_code, error=state.error)
    else:
        log.info(
            "crawl.done", **told, read=state.n_read, unchanged=state.n_unchanged, removed=state.n_removed
        )
