"""How a crawled source is doing, for people: state, last success, last error, pages, and each failure by name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from knowledge import LoadFailure

MOST_FAILURES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlState:
    """`ok`, `partial` (some pages failed, or a limit was met), `failed` (nothing was read), `new` (never crawled).

    `fingerprint` is that of the plan that was crawled. `failures` are those of the last crawl, by the address of the
    page. `left_out` counts pages by reason.
    """

    url: str
    fingerprint: str = ""
    state: Literal["new", "ok", "partial", "failed"] = "new"
    checked_at: datetime | None = None
    last_success_at: datetime | None = None
    error_code: str | None = None
    error: str | None = None
    n_pages: int = 0
    n_read: int = 0
    n_unchanged: int = 0
    n_removed: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    languages: Mapping[str, int] = field(default_factory=dict)
    failures: tuple[LoadFailure, ...] = ()
    failures_in_a_row: int = 0
