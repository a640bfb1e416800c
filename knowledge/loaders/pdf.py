"""PDF files: their text page by page, as Markdown in which each page is a heading.

Promises: a passage knows its page (section "Page 3"; a page's fragment is `page=3`); running heads are left out
words divided at a line's end are joined, and tables are Markdown; an encrypted,
scanned or damaged file is a named failure.
"""

import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from knowledge.document import LoadedSource, LoadFailure
from knowledge.errors import UnreadableSourceError
from knowledge.limits import Limits
from knowledge.loaders.html_text import with_rules
from knowledge.loaders.pdf_tables import Places, find_rows
from knowledge.loaders.text import page as make_page
from knowledge.loaders.text import title_of_path

if TYPE_CHECKING:
    from pypdf import PdfReader

HEADING_RATIO = 1.15  # a heading's letters are at least so much larger than those of the running text
LONGEST_HEADING = 90  # characters
RUNNING_SHARE = 0.6  # of the pages, that begin or end with the same line
FEWEST_PAGES = 4  # with fewer, the same line twice may be meant
BULLET = re.compile(r"^[•◦▪‣●○■·–]\s+")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
TABLE = re.compile(r"^\|.*\|$(?:\n\|.*\|$)+", re.MULTILINE)
RULE = re.compile(r"^[-=_*.·\s]{3,}$")
DIVIDED = re.compile(r"(?<=[^\W\d_])(?:-|\u00ad)\n(?=[^\W\d_])(?![A-ZÀ-Þ])")


@dataclass(slots=True)
class _Page:
    """One page's lines, and which of them are set in larger letters."""

    number: int
    lines: list[str]
    sizes: dict[str, float] = field(default_factory=dict)


def load_pdf(source: str, content: bytes, *, limits: Limits) -> LoadedSource:
    """Read a PDF; its own title, else its file name, titles it.

    Raises:
        UnreadableSourceError: it is damaged, encrypted, scanned, or has too many pages.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(content))
        _unlock(reader)
        n_pages = len(reader.pages)
        title = _title(reader)
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, OSError) as error:
        raise UnreadableSourceError(
            "broken_pdf", "The PDF is damaged; open it and export it again."
        ) from error
    if n_pages > limits.pdf_pages:
        raise UnreadableSourceError(
            "too_large", f"The PDF has {n_pages} pages, the limit is {limits.pdf_pages}; split it."
        )
    pages, failures = _read_pages(reader, source)
    return _loaded(source, title, pages, failures)


def _unlock(reader: "PdfReader") -> None:
    """Open what has an empty password, which protects only against changes."""
    from pypdf.errors import DependencyError, PyPdfError

    if not reader.is_encrypted:
        return
    try:
        is_open = bool(reader.decrypt(""))
    except (DependencyError, PyPdfError, NotImplementedError, ValueError, KeyError, TypeError):
        is_open = False
    if not is_open:
        raise UnreadableSourceError("encrypted", "The PDF is encrypted; export it without a password.")


def _title(reader: "PdfReader") -> str:
    title = reader.metadata.title if reader.metadata else None
    return " ".join(str(title).split())[:200] if title else ""


def _read_pages(reader: "PdfReader", source: str) -> tuple[list[_Page], list[LoadFailure]]:
    from pypdf.errors import PyPdfError

    pages: list[_Page] = []
    failures: list[LoadFailure] = []
    for number, page in enumerate(reader.pages, start=1):
        try:
            pages.append(_read_page(number, page))
        except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
            message = f"Page {number} cannot be read ({type(error).__name__}); export the PDF again."
            failures.append(LoadFailure(source=source, code="broken_page", message=message))
    return pages, failures


def _read_page(number: int, page: Any) -> _Page:
    sizes: dict[str, float] = {}

    def note_size(text: str, _cm: Any, matrix: Sequence[float], _font: Any, size: float) -> None:
        letters = abs(float(size) * float(matrix[3] or matrix[1] or 1))
        for line in text.splitlines():
            if line.strip():
                sizes.setdefault(_tidy(line), round(letters, 1))

    places = Places()
    text = page.extract_text(visitor_text=note_size, visitor_operand_before=places.note)
    rows = find_rows(page.extract_text(extraction_mode="layout")) if places.may_be_table else {}
    lines = [_tidy(line) for line in text.encode("utf-8", "ignore").decode().splitlines()]
    lines = [rows.get(line, line) for line in lines]
    return _Page(number, ["" if RULE.match(line) else line for line in lines], sizes)


def _tidy(line: str) -> str:
    return BULLET.sub("- ", " ".join(CONTROL.sub("", line).split()))


def _loaded(source: str, title: str, pages: list[_Page], failures: list[LoadFailure]) -> LoadedSource:
    running = _running_lines(pages)
    body_size = _body_size(pages)
    anchors: dict[str, str] = {}
    parts: list[str] = []
    for page in pages:
        text, headings = _page_text(page, running, body_size)
        if text:
            parts.append(f"## Page {page.number}\n\n{text}")
            for name in (f"Page {page.number}", *headings):
                anchors.setdefault(name, f"page={page.number}")
    if not parts and not failures:
        raise UnreadableSourceError(
            "no_text", "The PDF has no text, it is probably a scan; run text recognition (OCR) on it."
        )
    if not parts:
        return LoadedSource(source=source, failures=tuple(failures))
    document = make_page(
        source, title=title or title_of_path(source), text="\n\n".join(parts), anchors=anchors
    )
    return LoadedSource(source=source, documents=(document,), failures=tuple(failures))


def _running_lines(pages: list[_Page]) -> set[str]:
    """Find the heads and feet that most pages have in common, whatever their page number."""
    if len(pages) < FEWEST_PAGES:
        return set()
    edges = Counter(
        edge for page in pages for edge in {_without_digits(line) for line in _edge_lines(page.lines)}
    )
    return {edge for edge, count in edges.items() if count >= RUNNING_SHARE * len(pages)}


def _edge_lines(lines: list[str]) -> list[str]:
    filled = [line for line in lines if line]
    return [*filled[:1], *filled[-1:]]


def _without_digits(line: str) -> str:
    return re.sub(r"\d+", "#", line)


def _body_size(pages: list[_Page]) -> float:
    """Return the size in which most of the letters are set."""
    weights: Counter[float] = Counter()
    for page in pages:
        for line, size in page.sizes.items():
            weights[size] += len(line)
    return weights.most_common(1)[0][0] if weights else 0.0


def _page_text(page: _Page, running: set[str], body_size: float) -> tuple[str, list[str]]:
    edges = {line for line in _edge_lines(page.lines) if _without_digits(line) in running}
    lines: list[str] = []
    headings: list[str] = []
    for line in page.lines:
        if line in edges:
            continue
        if _is_heading(line, page.sizes.get(line, 0.0), body_size):
            headings.append(line)
            lines += ["", f"### {line}", ""]
        else:
            lines.append(line)
    text = TABLE.sub(r"\n\g<0>\n", "\n".join(lines))
    text = re.sub(r"\n{3,}", "\n\n", with_rules(text)).strip()
    return DIVIDED.sub("", text), headings


def _is_heading(line: str, size: float, body_size: float) -> bool:
    is_short = 3 <= len(line) <= LONGEST_HEADING and not line.endswith((".", ",", ";", ":"))
    is_worded = any(letter.isalpha() for letter in line) and not line.startswith("- ")
    return is_short and is_worded and size >= HEADING_RATIO * body_size > 0
