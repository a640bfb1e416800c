"""HTML pages: the main text as Markdown, without navigation, banners and footers.

trafilatura finds the main text; where it finds none (short pages), the body without its furniture is taken.
"""

import codecs
import re
from dataclasses import replace
from typing import Any

from knowledge.document import LoadedSource
from knowledge.errors import UnreadableSourceError
from knowledge.limits import Limits
from knowledge.loaders.encoding import decode
from knowledge.loaders.html_text import BREAK, block_text, with_rules
from knowledge.loaders.html_things import take_documents
from knowledge.loaders.text import page, title_of_path
from knowledge.scope import language_code

DECLARED_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset=["']?\s*([A-Za-z0-9_\-:]{2,30})""", re.IGNORECASE)
INLINE_MARKS = re.compile(r"(\*\*|__|(?<![\w*])[*`](?=\S))(?=\S)(.{1,400}?)(?<=\S)\1(?![\w*])")
SHORT_PAGE = 200  # characters; below it trafilatura's choice is checked against the whole body


def load_html(source: str, content: bytes, *, limits: Limits) -> LoadedSource:
    """Read an HTML page; its `<title>` (else first heading) titles it.

    Its url is where it was fetched, when `source` is a web address, else its canonical link.

    Raises:
        UnreadableSourceError: the bytes are no text or too many, or the page has none.
    """
    if len(content) > limits.html_bytes:
        raise UnreadableSourceError(
            "too_large", f"The page has {len(content)} bytes, the limit is {limits.html_bytes}; split it."
        )
    return read_html(source, decode_html(content))


def read_html(source: str, html: str) -> LoadedSource:
    """Read what a page says for machines, and its main text where it has more than questions and answers.

    Raises:
        UnreadableSourceError: there is no text.
    """
    from selectolax.lexbor import LexborHTMLParser

    html = html.replace(BREAK, " ")
    tree = LexborHTMLParser(html)
    title = _text_of(tree, "title") or _text_of(tree, "h1") or title_of_path(source)
    is_fetched = source.startswith(("https://", "http://"))
    url, anchors = source if is_fetched else _canonical_url(tree), _anchors(tree)
    language = language_code(declared_language(tree))
    answers = take_documents(tree, source=source, url=url, language=language, anchors=anchors)
    text = _main_text(tree.html or html if answers else html, tree)
    if answers and not text:
        return LoadedSource(source=source, documents=answers)
    document = page(source, title=title, text=text, url=url, anchors=anchors)
    return LoadedSource(source=source, documents=(replace(document, language=language), *answers))


def declared_language(tree: Any) -> str | None:
    """Return the language that the page's root element declares, in HTML or in XHTML."""
    said = tree.root.attributes if tree.root else {}
    language: str | None = said.get("lang") or said.get("xml:lang")
    return language


def decode_html(content: bytes) -> str:
    """Return a page's text: by its byte order mark, else as it declares, else by its bytes.

    Raises:
        UnreadableSourceError: the bytes are no text.
    """
    if content.startswith(codecs.BOM_UTF8):
        return decode(content)
    declared = DECLARED_CHARSET.search(content[:4096])
    if declared:
        try:
            return content.decode(declared.group(1).decode("ascii")).replace("\r\n", "\n")
        except (LookupError, UnicodeDecodeError):
            return decode(content)
    return decode(content)


def _main_text(html: str, tree: Any) -> str:
    from trafilatura import extract

    try:
        main = extract(
            html, output_format="markdown", include_comments=False, include_tables=True, favor_recall=True
        )
    except (ValueError, RecursionError) as error:
        raise UnreadableSourceError(
            "broken_html", "The HTML cannot be parsed; save the page again."
        ) from error
    main = with_rules(INLINE_MARKS.sub(r"\2", (main or "").strip()))
    return main if len(main) >= SHORT_PAGE else _body_text(tree) or main


def _body_text(tree: Any) -> str:
    body = tree.css_first("main") or tree.css_first("article") or tree.body
    return block_text(body) if body is not None else ""


def _text_of(tree: Any, selector: str) -> str:
    element = tree.css_first(selector)
    return " ".join(element.text().split()) if element else ""


def _canonical_url(tree: Any) -> str | None:
    link = tree.css_first('link[rel="canonical"]')
    address = (link.attributes.get("href") or "").strip() if link else ""
    return address if address.startswith(("https://", "http://")) else None


def _anchors(tree: Any) -> dict[str, str]:
    anchors: dict[str, str] = {}
    for heading in tree.css("h1[id], h2[id], h3[id], h4[id], h5[id], h6[id]"):
        anchors.setdefault(" ".join(heading.text().split()), heading.attributes["id"])
    return anchors
