"""What a site's owner wants crawled: where, how far, how often and how gently."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlPlan:
    """One website, or the part of it below a path. Times are seconds.

    `sitemap` is an address, True to look for one, False to go without. `follow_links` None follows them only
    where there is no sitemap. `include` and `exclude` are path patterns as in robots.txt. `max_depth` counts
    links from where the crawl begins. `every_s` None crawls on demand only. `contact` is shown to the website.
    """

    url: str
    sitemap: str | bool = True
    follow_links: bool | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    max_pages: int = 500
    max_depth: int = 5
    every_s: float | None = 86_400.0
    delay_s: float = 1.0
    contact: str | None = None

    @property
    def fingerprint(self) -> str:
        """Changes with whatever decides which pages are found; not with the rhythm."""
        parts = (
            self.url, self.sitemap, self.follow_links, self.include, self.exclude, self.max_pages, self.max_depth,
        )  # fmt: skip
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]
