"""HTML pages: the main text as Markdown, without navigation, banners and footers.

trafilatura finds the main text; where it finds none (short pages), the body without its furniture is taken.
"""

import re
from typing import Any

from knowledge.document import LoadedSource
from knowledge.errors import UnreadableSourceError
from knowledge.loaders.encoding import decode
from knowledge.loaders.text import page, title_of_path

FURNITURE = "script, style, noscript, template, nav, header, footer, aside, form, svg, iframe"
DECLARED_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset=["']?\s*([A-Za-z0-9_\-:]{2,30})""", re.IGNORECASE)
BREAK = "\x1e"  # ASCII record separator: white space is no structure in HTML, so structure needs another mark
BLOCKS = (
    "p, div, section, article, ul, ol, li, dl, dt, dd, table, tr, pre, blockquote, summary,"
    " h1, h2, h3, h4, h5, h6"
)
HEADING_MARKS = {f"h{level}": "#" * level + " " for level in range(1, 7)}
BLOCK_MARKS = HEADING_MARKS | {"summary": "## ", "dt": "## ", "li": "- "}
INLINE_MARKS = re.compile(r"(\*\*|__|(?<![\w*])[*`](?=\S))(?=\S)(.{1,400}?)(?<=\S)\1(?![\w*])")
SHORT_PAGE = 200  # characters; below it trafilatura's choice is checked against the whole body


def load_html(source: str, content: bytes) -> LoadedSource:
    """Read an HTML page; its `<title>` (else first heading) titles it, its canonical link is its url.

    Raises:
        UnreadableSourceError: the bytes are no text, or the page has none.
    """
    from selectolax.lexbor import LexborHTMLParser

    html = _decode_declared(content).replace(BREAK, " ")
    tree = LexborHTMLParser(html)
    text = _main_text(html, tree)
    title = _text_of(tree, "title") or _text_of(tree, "h1") or title_of_path(source)
    document = page(source, title=title, text=text, url=_canonical_url(tree), anchors=_anchors(tree))
    return LoadedSource(source=source, documents=(document,))


def _decode_declared(content: bytes) -> str:
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
    main = INLINE_MARKS.sub(r"\2", (main or "").strip())
    return main if len(main) >= SHORT_PAGE else _body_text(tree) or main


def _body_text(tree: Any) -> str:
    body = tree.css_first("main") or tree.css_first("article") or tree.body
    if body is None:
        return ""
    for element in body.css(FURNITURE):
        element.decompose()
    for element in body.css(BLOCKS):
        element.insert_before(BREAK + BLOCK_MARKS.get(element.tag, ""))
        element.insert_after(BREAK)
    lines = (" ".join(line.split()) for line in body.text().split(BREAK))
    return "\n\n".join(line for line in lines if line.strip("#- "))


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
