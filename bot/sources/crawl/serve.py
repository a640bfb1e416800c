"""What crawls saved, as the index run reads it: pages, failures of pages, and each crawl as a source of its own."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.domain.crawl_plan import CrawlPlan
from bot.sources.crawl.addresses import scope_of
from bot.sources.crawl.saved import SavedCrawl, saved_crawl
from bot.sources.crawl.state import CrawlState
from knowledge import LoadFailure, SavedPage


def saved_pages(home: Path, *, site_id: str, plans: Sequence[CrawlPlan]) -> list[SavedPage] | None:
    """Return the pages of all plans, each address once; None where nothing is to be crawled."""
    if not plans:
        return None
    pages: dict[str, SavedPage] = {}
    for plan in plans:
        for page in _pages_of(saved_crawl(home, site_id=site_id, url=plan.url), plan):
            pages.setdefault(page.source, page)
    return list(pages.values())


def crawl_name(plan: CrawlPlan) -> str:
    """Return the name of a crawl among the sources; its start page has the address itself."""
    return f"crawl of {plan.url}"


def _pages_of(saved: SavedCrawl, plan: CrawlPlan) -> Iterator[SavedPage]:
    state = saved.state()
    if state is None:
        return
    whole = _whole_failures(state, plan)
    yield SavedPage(source=crawl_name(plan), failures=whole)
    told = {failure.message for failure in whole}
    failures = {failure.source: (failure,) for failure in state.failures if failure.message not in told}
    scope = scope_of(plan)  # what is excluded now need not wait for the next crawl
    for url, page in sorted(saved.kept().items()):
        if not scope.covers(url):
            continue
        yield SavedPage(
            source=url,
            path=saved.pages_folder / page.file,
            suffix=page.suffix,
            failures=failures.pop(url, ()),
        )
    for url, failed in failures.items():
        yield SavedPage(source=url, failures=failed)


def _whole_failures(state: CrawlState, plan: CrawlPlan) -> tuple[LoadFailure, ...]:
    if state.error_code is None or state.error is None:
        return ()
    return (LoadFailure(source=crawl_name(plan), code=state.error_code, message=state.error),)
