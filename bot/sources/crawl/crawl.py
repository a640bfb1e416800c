"""One crawl of one source, from robots.txt to the pages that are kept. Read it from top to bottom.

Promises: one request at a time, and every one through the guard; the pages of the last good crawl serve until this
one is over; whatever happens is in the state, by name; a crawl that was cut off goes on where it was.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.crawl_plan import CrawlPlan
from bot.sources.crawl.addresses import origin_of, scope_of, start_of
from bot.sources.crawl.discover import Named, find_pages, find_robots
from bot.sources.crawl.fetch import TIMEOUT_S, CallOut, Fetcher
from bot.sources.crawl.frontier import Frontier, Step
from bot.sources.crawl.keep import Kept, keep
from bot.sources.crawl.pace import Pace, Sleep
from bot.sources.crawl.pages import KeptPage
from bot.sources.crawl.reading import PageReading
from bot.sources.crawl.robots import NAME, Robots
from bot.sources.crawl.saved import JournalHead, SavedCrawl
from bot.sources.crawl.state import MOST_FAILURES, CrawlState
from bot.sources.crawl.visiting import Visitor
from bot.sources.crawl.walk import Walk
from knowledge import LoadFailure, OutlineReader

TOTAL_S = 1_800.0
TOTAL_BYTES = 256 * 2**20
REQUESTS_A_PAGE = 4
REQUESTS_BESIDE = 100
ADDRESSES_A_PAGE = 10
MOST_ADDRESSES_BESIDE = 1_000
SHORTEST_LIFE_S = 86_400.0
"""A crawl that was cut off is continued for this long, or for three of its rhythms."""

Progress = Callable[[str, int], None]
"""(the plan's address, pages so far)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What crawls need of the world. `now` is the time, `clock_s` monotonic seconds."""

    call: CallOut
    now: Callable[[], datetime]
    clock_s: Callable[[], float]
    sleep: Sleep = asyncio.sleep
    timeout_s: float = TIMEOUT_S
    progress: Progress | None = None


class Crawl:
    """A crawl of `plan` into `saved`. Run it once."""

    def __init__(self, plan: CrawlPlan, saved: SavedCrawl, means: Means) -> None:
        self._plan = plan
        self._saved = saved
        self._means = means
        self._start = start_of(plan)
        self._origin = origin_of(self._start)
        self._scope = scope_of(plan)
        self._pace = Pace(
            delay_s=plan.delay_s,
            deadline_s=means.clock_s() + TOTAL_S,
            requests_left=REQUESTS_A_PAGE * plan.max_pages + REQUESTS_BESIDE,
            bytes_left=TOTAL_BYTES,
            clock_s=means.clock_s,
            sleep=means.sleep,
        )

    async def run(self, *, full: bool = False) -> CrawlState:
        """Crawl, keep what there is to keep, and return how it went.

        Args:
            full: fetch every page anew, and believe it when most pages are gone.
        """
        saved = await asyncio.to_thread(self._saved.kept)
        before = {url: page for url, page in saved.items() if self._scope.covers(url)}
        on_origin = self._fetcher(lambda address: origin_of(address) == self._origin)
        robots = await find_robots(on_origin, self._origin)
        if isinstance(robots, LoadFailure):
            none = Walk(max_pages=0, follows=False)
            return await asyncio.to_thread(self._close, Kept(before), none, [robots])
        self._pace.delay_s = max(self._plan.delay_s, robots.delay_s)
        with OutlineReader() as reader:
            named = await find_pages(
                on_origin, reader, wanted=self._plan.sitemap, robots=robots, origin=self._origin
            )
            noted = await asyncio.to_thread(
                self._saved.begin, self._head(), life_s=0.0 if full else self._life_s()
            )
            visitor = Visitor(
                fetcher=self._fetcher(self._scope.covers, robots),
                reading=PageReading(reader, self._saved.save_page, self._scope.covers),
                saved=self._saved,
                before=before,
                noted=noted,
                changes=named.pages,
                is_fresh=full,
                now=self._means.now,
            )
            walk = await self._walk(visitor, named)
        return await asyncio.to_thread(self._keep, before, walk, named, believes_loss=full)

    def _keep(
        self, before: Mapping[str, KeptPage], walk: Walk, named: Named, *, believes_loss: bool
    ) -> CrawlState:
        failures = [*named.failures, *walk.failures, *walk.limits]
        kept = keep(
            before,
            walk.visits,
            is_complete=not walk.is_cut and not named.failures,
            believes_loss=believes_loss,
            max_pages=self._plan.max_pages,
        )
        return self._close(kept, walk, failures)

    async def _walk(self, visitor: Visitor, named: Named) -> Walk:
        frontier = await asyncio.to_thread(self._frontier, named)
        is_named = len(frontier) > 1  # beside the start page; a sitemap may be empty, or another website's
        follows = not is_named if self._plan.follow_links is None else self._plan.follow_links
        walk = Walk(max_pages=self._plan.max_pages, follows=follows)
        await walk.run(frontier, visitor.visit, self._tell)
        return walk

    def _frontier(self, named: Named) -> Frontier:
        most = ADDRESSES_A_PAGE * self._plan.max_pages + MOST_ADDRESSES_BESIDE
        frontier = Frontier(max_depth=self._plan.max_depth, most=most)
        frontier.add(Step(self._start))
        for url in named.pages:
            if self._scope.covers(url):
                frontier.add(Step(url))
        return frontier

    def _close(self, kept: Kept, walk: Walk, failures: list[LoadFailure]) -> CrawlState:
        """Save what is kept and how it went."""
        before, at = self._saved.state() or CrawlState(url=self._plan.url), self._means.now()
        whole = find_whole_failure(self._start, kept, walk, failures)
        is_failed = not walk.pages
        state = CrawlState(
            url=self._plan.url,
            fingerprint=self._plan.fingerprint,
            state="failed" if is_failed else "partial" if failures or whole else "ok",
            checked_at=at,
            last_success_at=before.last_success_at if is_failed else at,
            error_code=whole.code if whole else None,
            error=whole.message if whole else None,
            n_pages=len(kept.pages),
            n_read=sum(1 for visit in walk.visits.values() if visit.result == "read"),
            n_unchanged=sum(1 for visit in walk.visits.values() if visit.result == "unchanged"),
            n_removed=kept.n_removed,
            left_out=dict(walk.left_out),
            languages=Counter(page.language for page in kept.pages.values() if page.language),
            failures=tuple(failures[:MOST_FAILURES]),
            failures_in_a_row=before.failures_in_a_row + 1 if is_failed else 0,
        )
        self._saved.finish(kept.pages, state, is_over=not is_failed and not walk.is_out_of_time)
        return state

    def _fetcher(self, covers: Callable[[str], bool], robots: Robots | None = None) -> Fetcher:
        contact = self._plan.contact or f"{self._origin}/"
        return Fetcher(
            call=self._means.call,
            pace=self._pace,
            agent=f"{NAME}/1 (+{contact})",
            covers=covers,
            now=self._means.now,
            robots=robots,
            timeout_s=self._means.timeout_s,
        )

    def _head(self) -> JournalHead:
        return JournalHead(started_at=self._means.now(), fingerprint=self._plan.fingerprint)

    def _life_s(self) -> float:
        return max(SHORTEST_LIFE_S, 3 * (self._plan.every_s or 0.0))

    def _tell(self, n_pages: int) -> None:
        if self._means.progress is not None:
            self._means.progress(self._plan.url, n_pages)


def find_whole_failure(start: str, kept: Kept, walk: Walk, failures: list[LoadFailure]) -> LoadFailure | None:
    """Return what is wrong with the crawl as a whole, not with one page of it."""
    if kept.n_held_back:
        message = (
            f"{kept.n_held_back} of {len(kept.pages)} pages seem to be gone; the old ones are kept in case it is a "
            "mistake. If it is none, run `foyer index --full` on the site."
        )
        return LoadFailure(source=start, code="too_few_pages", message=message)
    if walk.limits:
        return walk.limits[0]
    if walk.pages:
        return None
    visit = walk.visits.get(start)
    if failures:
        return failures[0]
    reason = f" ({visit.message or visit.code})" if visit else ""
    message = f"No page could be read{reason}; check `url`, `include` and `exclude`."
    return LoadFailure(source=start, code=(visit.code if visit else "") or "no_pages", message=message)
