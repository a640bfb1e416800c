"""What an answer of a website is worth: a page to keep, one that is gone or left out, or a failure."""

import codecs
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import Message

from bot.sources.crawl.addresses import find_address
from bot.sources.crawl.fetch import Fetched
from bot.sources.crawl.pages import KeptPage, Visit
from bot.sources.crawl.robots import NAME
from knowledge import LoadFailure, OutlineReader, PageOutline

ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
    "text/plain": ".txt",
}
UNCLEAR_TYPES = frozenset({"", "application/octet-stream", "binary/octet-stream", "text/plain"})
URL_ENDINGS = {".pdf": ".pdf", ".docx": ".docx", ".md": ".md", ".markdown": ".md", ".txt": ".txt"}
FEW_CHARACTERS = 80
"""A page with less text than this, but with scripts, is one that a browser would fill in."""
CHARSETS = re.compile(
    r"(?:iso-8859|windows-|cp\d|koi8|utf-16|shift|euc-|gb|big5|macintosh|tis-)", re.IGNORECASE
)
"""Encodings of web pages. Python knows others, some of them slow."""
RULES_WITH_VALUES = frozenset({"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"})
GONE = frozenset({404, 410})

SavePage = Callable[..., str]
"""(content, suffix=) -> the name of the file."""


@dataclass(frozen=True, slots=True)
class PageReading:
    """Reads answers; `covers` says which links belong to the crawl. Blocks: call `read` in a thread."""

    reader: OutlineReader
    save_page: SavePage
    covers: Callable[[str], bool]

    def read(self, fetched: Fetched, *, known: KeptPage | None, now: datetime) -> Visit:
        """Return what came of a visit. `known` is the page as it was kept before, for 304."""
        status, url = fetched.status, fetched.url
        if status == 304 and known is not None:
            return Visit(url=url, result="unchanged", page=replace(known, fetched_at=now), links=known.links)
        if status in GONE:
            return Visit(url=url, result="gone", code=f"http_{status}")
        if status != 200:
            advice = (
                "let FoyerBot in, or exclude it" if status in {401, 403} else "mend the page, or exclude it"
            )
            return failed(url, f"http_{status}", f"The website answered with HTTP {status}; {advice}.")
        suffix = suffix_of(fetched)
        if suffix is None:
            return Visit(url=url, result="left_out", code="type")
        if suffix == ".html":
            return self._read_html(fetched, now)
        told = told_to_robots(fetched.headers)
        if "noindex" in told:
            return Visit(url=url, result="left_out", code="noindex")
        text_hash = hashlib.sha256(fetched.body).hexdigest()[:32]
        content = fetched.body
        if suffix in {".txt", ".md"}:
            content = as_utf8(content, charset_of(fetched.headers))
        page = self._page(fetched, content, suffix=suffix, text_hash=text_hash, now=now)
        return Visit(url=url, result="read", page=page)

    def _read_html(self, fetched: Fetched, now: datetime) -> Visit:
        url, content = fetched.url, as_utf8(fetched.body, charset_of(fetched.headers))
        outline = self.reader.read_page(url, content)
        if isinstance(outline, LoadFailure):
            return failed(url, outline.code, outline.message)
        told = told_to_robots(fetched.headers) | words_of(outline.robots)
        links = () if "nofollow" in told else self._links(outline, url)
        if "noindex" in told or not self.covers(url):
            code = "noindex" if "noindex" in told else "not_included"
            return Visit(url=url, result="left_out", links=links, code=code)
        if outline.n_text < FEW_CHARACTERS and outline.n_scripts:
            return replace(needs_javascript(url), links=links)
        if not outline.n_text:
            return Visit(url=url, result="left_out", links=links, code="empty")
        page = self._page(fetched, content, suffix=".html", text_hash=outline.text_hash, now=now)
        page = replace(page, url=address_of(outline, url), links=links, language=language_of(outline))
        return Visit(url=url, result="read", page=page, links=links)

    def _page(
        self, fetched: Fetched, content: bytes, *, suffix: str, text_hash: str, now: datetime
    ) -> KeptPage:
        return KeptPage(
            url=fetched.url,
            file=self.save_page(content, suffix=suffix),
            suffix=suffix,
            text_hash=text_hash,
            fetched_at=now,
            etag=fetched.headers.get("etag"),
            last_modified=fetched.headers.get("last-modified"),
        )

    def _links(self, outline: PageOutline, url: str) -> tuple[str, ...]:
        base = find_address(outline.base, base=url) if outline.base else url
        found = (find_address(link, base=base or url) for link in outline.links)
        return tuple(dict.fromkeys(link for link in found if link and self.covers(link)))


def failed(url: str, code: str, message: str) -> Visit:
    """Return a visit that came to nothing, and says nothing of the page."""
    return Visit(url=url, result="failed", code=code, message=message)


def needs_javascript(url: str) -> Visit:
    """Return the visit of a page that a browser would have to fill in."""
    message = (
        "The page needs JavaScript: without it there is hardly any text. Put the text into the page itself, "
        "or the document into the knowledge folder."
    )
    return failed(url, "needs_javascript", message)


def address_of(outline: PageOutline, url: str) -> str:
    """Return the page's canonical address where that differs in the query only: others are often mistakes."""
    canonical = find_address(outline.canonical, base=url) if outline.canonical else None
    return canonical if canonical and canonical.partition("?")[0] == url.partition("?")[0] else url


def language_of(outline: PageOutline) -> str | None:
    """Return the language a page says it is in: `de` of `de-AT`."""
    language = (outline.language or "").lower().replace("_", "-").partition("-")[0]
    return language if re.fullmatch("[a-z]{2,3}", language) else None


def suffix_of(fetched: Fetched) -> str | None:
    """Return the ending that says how the body is read, by its type, else by its address; None: not read."""
    media_type = fetched.headers.get("content-type", "").partition(";")[0].strip().lower()
    path = fetched.url.partition("?")[0].lower()
    by_address = next((suffix for end, suffix in URL_ENDINGS.items() if path.endswith(end)), None)
    if media_type in UNCLEAR_TYPES and by_address:
        return by_address
    if not media_type and fetched.body.lstrip()[:1] == b"<":
        return ".html"
    return ENDINGS.get(media_type)


def charset_of(headers: Mapping[str, str]) -> str | None:
    """Return the character encoding that the header names."""
    message = Message()
    message["content-type"] = headers.get("content-type", "")
    charset = message.get_content_charset()
    return charset if isinstance(charset, str) else None


def as_utf8(content: bytes, charset: str | None) -> bytes:
    """Return text as UTF-8 with a byte order mark, which every reader believes; else the bytes as they are.

    Bytes that are sound UTF-8 are that, whatever header and page say: hardly a text of another encoding is.
    """
    if content.startswith(codecs.BOM_UTF8) or content.isascii():
        return content
    try:
        return codecs.BOM_UTF8 + content.decode("utf-8").encode()
    except UnicodeDecodeError:
        pass
    if charset is None or not CHARSETS.match(charset):
        return content
    try:
        return codecs.BOM_UTF8 + content.decode(charset).encode()
    except (LookupError, UnicodeError):
        return content


def told_to_robots(headers: Mapping[str, str]) -> set[str]:
    """Return the words of `X-Robots-Tag` that are for everybody or for us."""
    words: set[str] = set()
    is_for_us = True
    for part in headers.get("x-robots-tag", "").lower().split(","):
        name, colon, rule = (text.strip() for text in part.partition(":"))
        if colon and name not in RULES_WITH_VALUES:
            is_for_us = name == NAME.lower()
        if is_for_us:
            words |= words_of(rule or name)
    return words


def words_of(robots: str) -> set[str]:
    """Return the words of a robots rule; `none` is both of its words."""
    words = {word.strip() for word in robots.lower().split(",")}
    return words | {"noindex", "nofollow"} if "none" in words else words
