"""Read outlines of pages and sitemaps in the parsing child, with little patience: a crawl has many."""

from types import TracebackType
from typing import Self, TypeVar

from pydantic import TypeAdapter, ValidationError

from knowledge.document import LoadFailure
from knowledge.limits import Limits
from knowledge.outline import PageOutline, SitemapOutline
from knowledge.sandbox import Sandbox

T = TypeVar("T")

PAGE_OUTLINE = ".page-outline"
SITEMAP = ".sitemap"

CRAWL_LIMITS = Limits(cpu_s=10, wall_s=30.0)


class OutlineReader:
    """Reads hostile bytes in a child process; for one thread at a time. Leave it to end the child."""

    def __init__(self, limits: Limits = CRAWL_LIMITS) -> None:
        self._sandbox = Sandbox(limits)
        self._pages = TypeAdapter(PageOutline)
        self._sitemaps = TypeAdapter(SitemapOutline)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._sandbox.__exit__(kind, error, trace)

    def read_page(self, url: str, content: bytes) -> PageOutline | LoadFailure:
        """Return what a crawler has to know of an HTML page, or why it cannot be read."""
        return self._read(url, content, PAGE_OUTLINE, self._pages)

    def read_sitemap(self, url: str, content: bytes) -> SitemapOutline | LoadFailure:
        """Return what a sitemap names, or why it cannot be read."""
        return self._read(url, content, SITEMAP, self._sitemaps)

    def _read(self, url: str, content: bytes, ending: str, shape: "TypeAdapter[T]") -> T | LoadFailure:
        loaded = self._sandbox.parse(url, content, suffix=ending)
        if loaded.failures:
            return loaded.failures[0]
        try:
            return shape.validate_json(loaded.documents[0].text)
        except (ValidationError, IndexError):
            return LoadFailure(source=url, code="broken_file", message="Reading it gave no sound outline.")
