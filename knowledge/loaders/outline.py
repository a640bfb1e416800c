"""Pages and sitemaps of a website, read for the crawler: their links, and what they say about themselves.

Promises: nothing is fetched and no entity is resolved; what comes back is one document whose text is the outline
as JSON, bounded in the number and the length of its addresses. Sitemaps are those of https://www.sitemaps.org.
"""

import hashlib
import zlib
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

import orjson

from knowledge.document import Document, DocumentKind, LoadedSource
from knowledge.errors import UnreadableSourceError
from knowledge.limits import Limits
from knowledge.loaders.encoding import decode
from knowledge.loaders.html import declared_language, decode_html
from knowledge.outline import PageOutline, SitemapOutline

MOST_LINKS = 2_000
LONGEST_ADDRESS = 2_000
MOST_ENTRIES = 50_000
MOST_SITEMAP_BYTES = 10 * 2**20
GZIP_MARK = b"\x1f\x8b"
ROBOT_NAMES = frozenset({"robots", "foyerbot"})


def load_page_outline(source: str, content: bytes, *, limits: Limits) -> LoadedSource:
    """Read what a crawler has to know of an HTML page.

    Raises:
        UnreadableSourceError: the page is too large or no text.
    """
    from selectolax.lexbor import LexborHTMLParser

    if len(content) > limits.html_bytes:
        raise UnreadableSourceError("too_large", f"The page has more than {limits.html_bytes} bytes.")
    tree = LexborHTMLParser(decode_html(content))
    base = tree.css_first("base[href]")
    canonical = tree.css_first('link[rel="canonical"]')
    links, n_scripts = tuple(_links(tree)), len(tree.css("script:not([type='application/ld+json'])"))
    text = _visible_text(tree)
    return _as_document(
        source,
        PageOutline(
            links=links,
            base=_attribute(base, "href"),
            canonical=_attribute(canonical, "href"),
            robots=_told_to_robots(tree),
            language=declared_language(tree),
            text_hash=hashlib.sha256(text.encode(errors="replace")).hexdigest()[:32],
            n_text=len(text),
            n_scripts=n_scripts,
        ),
    )


def load_sitemap(source: str, content: bytes, *, limits: Limits) -> LoadedSource:  # noqa: ARG001
    """Read a sitemap or sitemap index: XML or one address a line, packed with gzip or not.

    Raises:
        UnreadableSourceError: it is too large, or no sitemap.
    """
    content = _unpacked(content)
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        lines = (line.strip() for line in decode(content).splitlines())
        pages = [(line, None) for line in lines if line.startswith(("https://", "http://"))]
        return _as_document(source, SitemapOutline(pages=tuple(pages[:MOST_ENTRIES])))
    pages_of_xml: list[tuple[str, str | None]] = []
    sitemaps: list[str] = []
    for element in _elements(content):
        address, changed = _child_text(element, "loc"), _child_text(element, "lastmod")
        if address and len(address) <= LONGEST_ADDRESS:
            if _name(element) == "url":
                pages_of_xml.append((address, changed))
            else:
                sitemaps.append(address)
    return _as_document(
        source,
        SitemapOutline(pages=tuple(pages_of_xml[:MOST_ENTRIES]), sitemaps=tuple(sitemaps[:MOST_ENTRIES])),
    )


def _links(tree: Any) -> Iterator[str]:
    addresses: dict[str, None] = {}
    for link in tree.css("a[href], area[href]"):
        address = (link.attributes.get("href") or "").strip()
        relation = (link.attributes.get("rel") or "").lower().split()
        if address and "nofollow" not in relation and len(address) <= LONGEST_ADDRESS:
            addresses.setdefault(address)
    for refresh in tree.css("meta[http-equiv]"):
        if (refresh.attributes.get("http-equiv") or "").lower() == "refresh":
            _, _, target = (refresh.attributes.get("content") or "").partition("=")
            if target and len(target) <= LONGEST_ADDRESS:
                addresses.setdefault(target.strip(" \"'"))
    yield from list(addresses)[:MOST_LINKS]


def _told_to_robots(tree: Any) -> str:
    said = [
        meta.attributes.get("content") or ""
        for meta in tree.css("meta[name]")
        if (meta.attributes.get("name") or "").lower() in ROBOT_NAMES
    ]
    return ",".join(said).lower()[:LONGEST_ADDRESS]


def _visible_text(tree: Any) -> str:
    for hidden in reversed(tree.css("script, style, noscript, template, svg")):
        hidden.decompose()
    return " ".join(tree.body.text(separator=" ").split()) if tree.body is not None else ""


def _attribute(element: Any, name: str) -> str | None:
    value = (element.attributes.get(name) or "").strip() if element is not None else ""
    return value if value and len(value) <= LONGEST_ADDRESS else None


def _unpacked(content: bytes) -> bytes:
    if not content.startswith(GZIP_MARK):
        return content
    try:
        unpacked = zlib.decompressobj(wbits=31).decompress(content, MOST_SITEMAP_BYTES + 1)
    except zlib.error as error:
        raise UnreadableSourceError("broken_sitemap", "The packed sitemap is damaged.") from error
    if len(unpacked) > MOST_SITEMAP_BYTES:
        raise UnreadableSourceError(
            "too_large", f"The sitemap unpacks to more than {MOST_SITEMAP_BYTES} bytes; split it."
        )
    return unpacked


def _elements(content: bytes) -> Iterator["ET.Element[str]"]:
    """Yield each `<url>` and `<sitemap>`; the child's limits hold against entities that multiply."""
    try:
        root = ET.fromstring(content)  # noqa: S314 - read in the limited child only
    except ET.ParseError as error:
        raise UnreadableSourceError("broken_sitemap", f"The sitemap is no sound XML ({error}).") from error
    yield from (element for element in root if _name(element) in {"url", "sitemap"})


def _name(element: "ET.Element[str]") -> str:
    return element.tag.rpartition("}")[2].lower()


def _child_text(element: "ET.Element[str]", name: str) -> str | None:
    return next(((child.text or "").strip() for child in element if _name(child) == name), None)


def _as_document(source: str, outline: PageOutline | SitemapOutline) -> LoadedSource:
    text = orjson.dumps(outline).decode()
    document = Document(document_id=source, source=source, kind=DocumentKind.PAGE, title="", text=text)
    return LoadedSource(source=source, documents=(document,))
