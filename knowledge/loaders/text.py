"""Plain text files: one page, titled by its file name."""

from pathlib import PurePosixPath

from knowledge.document import Document, DocumentKind, LoadedSource
from knowledge.errors import UnreadableSourceError
from knowledge.loaders.encoding import decode


def load_text(source: str, content: bytes) -> LoadedSource:
    """Read a plain text file.

    Raises:
        UnreadableSourceError: the bytes are no text, or there is none.
    """
    return LoadedSource(
        source=source, documents=(page(source, title=title_of_path(source), text=decode(content).strip()),)
    )


def page(
    source: str, *, title: str, text: str, url: str | None = None, anchors: dict[str, str] | None = None
) -> Document:
    """Make the page of a file; `anchors` (heading to fragment) says that the text is Markdown.

    Raises:
        UnreadableSourceError: there is no text.
    """
    if not text.strip():
        raise UnreadableSourceError(
            "empty_document", "The file has no text; write something into it or remove it."
        )
    return Document(
        document_id=source,
        source=source,
        kind=DocumentKind.PAGE,
        title=title,
        text=text,
        url=url,
        anchors=anchors or {},
        is_markdown=anchors is not None,
    )


def title_of_path(source: str) -> str:
    """Make a readable title of a file name: `getting-started.md` gives "Getting started"."""
    words = PurePosixPath(source).stem.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]
