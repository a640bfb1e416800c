"""Which pages are kept after a crawl. Pure: what was kept before and what came of each visit decide."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.sources.crawl.pages import KeptPage, Visit

LARGEST_LOSS = 0.5
"""Share of the pages that may be lost in one crawl before it is taken for a mistake."""
SMALLEST_LOSS = 3
"""Pages that may be lost in any case: of four pages, three may go."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The pages to serve from now on. `n_held_back` would have been lost, but are too many to be believed."""

    pages: Mapping[str, KeptPage]
    n_removed: int = 0
    n_held_back: int = 0


def keep(
    before: Mapping[str, KeptPage],
    visits: Mapping[str, Visit],
    *,
    is_complete: bool,
    believes_loss: bool,
    max_pages: int,
) -> Kept:
    """Return what is kept.

    A page goes when its website says so (`gone`, `left_out`), or when a complete crawl no longer comes across
    it. A failure never removes a page, and an incomplete crawl removes only what was said to be gone.
    """
    new = {visit.page.url: visit.page for visit in visits.values() if visit.page is not None}
    stay = {
        url: page
        for url, page in before.items()
        if url not in new and stays(visits.get(url), is_complete=is_complete)
    }
    lost = before.keys() - new.keys() - stay.keys()
    if len(lost) > max(LARGEST_LOSS * len(before), SMALLEST_LOSS) and not believes_loss:
        return Kept(dict(before) | new, n_held_back=len(lost))
    room = max(0, max_pages - len(new))
    newest = sorted(stay.values(), key=lambda page: (page.fetched_at, page.url), reverse=True)[:room]
    pages = new | {page.url: page for page in newest}
    return Kept(pages, n_removed=len(before.keys() - pages.keys()))


def stays(visit: Visit | None, *, is_complete: bool) -> bool:
    """Return whether a page that was not read this time is kept."""
    return not is_complete if visit is None else visit.result == "failed"
