"""What a crawler has to know of a web page or a sitemap; values only."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOutline:
    """A page from the outside.

    `links` are as written, to be joined with `base` (else the page's address); those marked `nofollow` are not
    among them. `robots` is what the page tells robots, in small letters. `text_hash` is the same for pages that
    show the same text of `n_text` characters, white space apart.
    """

    links: tuple[str, ...] = ()
    base: str | None = None
    canonical: str | None = None
    robots: str = ""
    language: str | None = None
    text_hash: str = ""
    n_text: int = 0
    n_scripts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapOutline:
    """A sitemap's pages, each with its `lastmod` as written, and the further sitemaps of an index."""

    pages: tuple[tuple[str, str | None], ...] = ()
    sitemaps: tuple[str, ...] = ()
