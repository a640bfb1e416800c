"""From the first address to the last: what is visited, what counts, and when it is enough."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from bot.sources.crawl.frontier import MOST_HOPS, MOST_QUERIES, Frontier, Step
from bot.sources.crawl.pages import KeptPage, Visit
from bot.sources.crawl.reading import failed
from knowledge import LoadFailure

MOST_IN_A_ROW = 5
"""Failures of the website, one after the other, after which the crawl is given up."""
LINKS_AT_ONCE = 200
SITE_FAULTS = frozenset({"timeout", "unreachable", "unresolved", "tls", "busy", "protocol", "forbidden"})


@dataclass(slots=True, kw_only=True)
class Walk:
    """What a crawl came across. `is_cut` when there was more to see than was seen.

    `follows` says whether links lead on; a redirect always does.
    """

    max_pages: int
    follows: bool
    visits: dict[str, Visit] = field(default_factory=dict)
    pages: dict[str, KeptPage] = field(default_factory=dict)
    limits: list[LoadFailure] = field(default_factory=list)
    is_cut: bool = False
    is_out_of_time: bool = False
    _texts: dict[str, str] = field(default_factory=dict)
    _in_a_row: int = 0

    async def run(
        self, frontier: Frontier, visit: Callable[[str], Awaitable[Visit]], tell: Callable[[int], None]
    ) -> None:
        """Visit what the frontier holds and what is found on the way; `tell` hears the number of pages."""
        while (step := frontier.next()) and not self._is_enough(step, frontier):
            found = await visit(step.url)
            if found.code == "budget":
                self._stop("out_of_time", f"{found.message} The next crawl goes on from there.", step.url)
                self.is_out_of_time = True
                break
            self._take(self._judged(found, step))
            await self._lead_on(found, step, frontier)
            tell(len(self.pages))
        self.is_cut = self.is_cut or frontier.is_full
        for path in frontier.crowded:
            message = (
                f"More than {MOST_QUERIES} addresses of this page differ in their query only; the rest was left "
                "out. Add the path to `exclude`."
            )
            self.limits.append(LoadFailure(source=path, code="too_many_queries", message=message))

    @property
    def failures(self) -> list[LoadFailure]:
        """The visits that failed, by name."""
        return [
            LoadFailure(source=visit.url, code=visit.code, message=visit.message)
            for visit in self.visits.values()
            if visit.result == "failed"
        ]

    @property
    def left_out(self) -> Counter[str]:
        """How many addresses were left out, by reason."""
        return Counter(visit.code for visit in self.visits.values() if visit.result in {"left_out", "gone"})

    def _is_enough(self, step: Step, frontier: Frontier) -> bool:
        if self._in_a_row >= MOST_IN_A_ROW:
            message = (
                f"The website failed {MOST_IN_A_ROW} times, one after the other; the crawl was given up."
            )
            self._stop("site_down", message, step.url)
        elif len(self.pages) >= self.max_pages:
            message = (
                f"`max_pages: {self.max_pages}` is reached and {len(frontier) + 1} more addresses are known; raise "
                "it, or use `exclude`."
            )
            self._stop("too_many_pages", message, step.url)
        return self.is_cut

    def _stop(self, code: str, message: str, url: str) -> None:
        self.is_cut = True
        self.limits.append(LoadFailure(source=url, code=code, message=message))

    def _judged(self, visit: Visit, step: Step) -> Visit:
        """Return the visit as it counts beside the others: the same text is kept once, circles are named."""
        if visit.code == "moved" and step.hops >= MOST_HOPS:
            return failed(visit.url, "redirect_loop", "It redirects too many times; mend the redirects.")
        if visit.page is None:
            return visit
        first = self._texts.setdefault(visit.page.text_hash, visit.page.url)
        if first != visit.page.url or visit.page.url in self.pages:
            return replace(
                visit, result="left_out", page=None, code="duplicate", message=f"The same as {first}."
            )
        return visit

    def _take(self, visit: Visit) -> None:
        self.visits[visit.url] = visit
        if visit.page is not None:
            self.pages[visit.page.url] = visit.page
        is_fault = visit.code in SITE_FAULTS or visit.code.startswith("http_5")
        self._in_a_row = self._in_a_row + 1 if is_fault else 0

    async def _lead_on(self, visit: Visit, step: Step, frontier: Frontier) -> None:
        if visit.code == "moved":
            self._follow_redirect(visit, step, frontier)
        elif self.follows:
            for number, link in enumerate(visit.links):
                frontier.add(Step(link, depth=step.depth + 1))
                if number % LINKS_AT_ONCE == 0:
                    await asyncio.sleep(0)  # conversations go first

    def _follow_redirect(self, visit: Visit, step: Step, frontier: Frontier) -> None:
        target = visit.links[0]
        if step.hops < MOST_HOPS and frontier.add(Step(target, depth=step.depth, hops=step.hops + 1)):
            return
        while (at := self.visits.get(target)) is not None and at.code == "moved":
            if at.url == visit.url:
                message = "It redirects in a circle; mend the redirect."
                self.visits[visit.url] = failed(visit.url, "redirect_loop", message)
                return
            target = at.links[0]
