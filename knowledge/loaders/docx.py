"""Word documents: mammoth makes HTML of their styles, and the HTML is read like a page."""

import io
from typing import Any
from xml.parsers.expat import ExpatError

from knowledge.document import LoadedSource
from knowledge.errors import UnreadableSourceError
from knowledge.limits import Limits
from knowledge.loaders.archive import check_archive
from knowledge.loaders.html import read_html


def load_docx(source: str, content: bytes, *, limits: Limits) -> LoadedSource:
    """Read a Word document; its first heading titles it.

    Raises:
        UnreadableSourceError: it is damaged, encrypted, over the limits, or has no text.
    """
    import mammoth

    check_archive(content, limits=limits, code="broken_document")
    try:
        html = mammoth.convert_to_html(io.BytesIO(content), convert_image=_no_image).value
    except (ExpatError, KeyError, ValueError, AttributeError, TypeError, IndexError, OSError) as error:
        raise UnreadableSourceError(
            "broken_document", "The Word document is damaged; open it and save it again."
        ) from error
    return read_html(source, f"<html><body><main>{html}</main></body></html>")


def _no_image(_image: Any) -> list[Any]:
    return []
