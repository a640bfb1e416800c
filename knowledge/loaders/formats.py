"""Which loader reads which ending. Loading parses hostile bytes, so it happens in the parsing child only."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from knowledge.blocks import find_blocks
from knowledge.document import Document, DocumentKind, LoadedSource, LoadFailure
from knowledge.limits import Limits
from knowledge.loaders.docx import load_docx
from knowledge.loaders.html import load_html
from knowledge.loaders.markdown import load_markdown
from knowledge.loaders.outline import load_page_outline, load_sitemap
from knowledge.loaders.pdf import load_pdf
from knowledge.loaders.table import load_csv, load_json, load_jsonl, load_xlsx
from knowledge.loaders.text import load_text


class BoundedLoader(Protocol):
    """Reads a format in which a small file can ask for much."""

    def __call__(self, source: str, content: bytes, *, limits: Limits) -> LoadedSource: ...  # noqa: D102


PLAIN: dict[str, Callable[[str, bytes], LoadedSource]] = {
    ".md": load_markdown,
    ".markdown": load_markdown,
    ".txt": load_text,
    ".csv": load_csv,
    ".json": load_json,
    ".jsonl": load_jsonl,
}
BOUNDED: dict[str, BoundedLoader] = {
    ".html": load_html,
    ".htm": load_html,
    ".pdf": load_pdf,
    ".docx": load_docx,
    ".xlsx": load_xlsx,
}
LONGEST_OUTLINE = 5_000  # characters; a page that has only headings is shorter
READABLE = frozenset(PLAIN) | frozenset(BOUNDED)
OUTLINES: dict[str, BoundedLoader] = {".page-outline": load_page_outline, ".sitemap": load_sitemap}
"""What a crawl reads of a website; no file of a knowledge folder is read so."""


def load_content(source: str, content: bytes, *, suffix: str, limits: Limits) -> LoadedSource:
    """Read a file's bytes by the loader of its ending, one of `READABLE` or `OUTLINES`.

    Raises:
        UnreadableSourceError: nothing of the file can be used.
    """
    if suffix in OUTLINES:
        return OUTLINES[suffix](source, content, limits=limits)
    bounded = BOUNDED.get(suffix)
    loaded = bounded(source, content, limits=limits) if bounded else PLAIN[suffix](source, content)
    return _without_empty(loaded)


def _without_empty(loaded: LoadedSource) -> LoadedSource:
    """Name the pages that have headings and nothing below them; nothing of them could ever be found."""
    empty = [document for document in loaded.documents if _has_headings_only(document)]
    if not empty:
        return loaded
    message = "The page {title!r} has headings but no text below them; write some, or remove it."
    failures = (
        LoadFailure(source=loaded.source, code="only_headings", message=message.format(title=document.title))
        for document in empty
    )
    kept = tuple(document for document in loaded.documents if document not in empty)
    return replace(loaded, documents=kept, failures=(*loaded.failures, *failures))


def _has_headings_only(document: Document) -> bool:
    is_short_page = document.kind is DocumentKind.PAGE and len(document.text) <= LONGEST_OUTLINE
    return is_short_page and not find_blocks(document.text, is_markdown=document.is_markdown)
