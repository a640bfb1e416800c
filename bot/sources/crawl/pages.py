"""What a crawl knows of pages: what is kept of each, and what came of a visit."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Result = Literal["read", "unchanged", "gone", "left_out", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPage:
    """A page as it was fetched last. `file` is its name in the source's `pages` folder.

    `text_hash` is the same for pages that show the same text; `links` are addresses in scope.
    """

    url: str
    file: str
    suffix: str
    text_hash: str
    fetched_at: datetime
    etag: str | None = None
    last_modified: str | None = None
    language: str | None = None
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What came of one address. `page` is there when it was read or is unchanged.

    `gone` and `left_out` are the website's word; `failed` says nothing about the page itself. `links` lead on
    also from a page that is itself left out. `code` and `message` tell why.
    """

    url: str
    result: Result
    page: KeptPage | None = None
    links: tuple[str, ...] = ()
    code: str = ""
    message: str = ""
