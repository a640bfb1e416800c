"""A page that a crawl fetched and saved: parsed like a file of the folder, but known by its address."""

from dataclasses import dataclass
from pathlib import Path

from knowledge.document import LoadFailure


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPage:
    """Where a page was fetched (`source`, its address) and saved, and what went wrong with it at the last crawl.

    Without a `path` there is nothing to answer from, and only the failures are told.
    """

    source: str
    path: Path | None = None
    suffix: str = ".html"
    failures: tuple[LoadFailure, ...] = ()
