"""A knowledge folder becomes documents, file by file.

Promises: a broken file is one named failure and the rest is loaded; nothing outside the folder is read; names
that begin with a dot are skipped; document ids are unique across the folder (a later duplicate is a failure);
no file is parsed in this process.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from knowledge.document import Document, LoadedSource, LoadFailure
from knowledge.errors import UnreadableSourceError
from knowledge.limits import LIMITS, Limits
from knowledge.loaders.formats import READABLE
from knowledge.sandbox import Sandbox
from knowledge.saved_page import SavedPage, load_saved_page

# Files that lie beside pages as a matter of course; nobody expects an answer from them.
BESIDE_PAGES = {
    ".avif", ".css", ".gif", ".ico", ".jpeg", ".jpg", ".js", ".map", ".mjs", ".mp4", ".png", ".svg", ".toml",
    ".ttf", ".webm", ".webp", ".woff", ".woff2", ".yaml", ".yml",
}  # fmt: skip


def load_folder(
    folder: Path, *, pages: Sequence[SavedPage] | None = None, limits: Limits = LIMITS
) -> Iterator[LoadedSource]:
    """Yield what each file of a folder gives, in the order of their paths, then what each crawled page gives.

    Args:
        folder: may be missing where `pages` are given.
        pages: what crawls saved; None where nothing is crawled.
        limits: bounds for each file.

    Raises:
        NotADirectoryError: there is no such folder.
    """
    root = folder.resolve()
    if not root.is_dir() and pages is None:
        raise NotADirectoryError(f"The knowledge folder {str(folder)!r} does not exist; create it.")
    seen: set[str] = set()
    with Sandbox(limits) as sandbox:
        for path in _walk(root) if root.is_dir() else ():
            loaded = _load_file(path, root, sandbox=sandbox, limits=limits)
            if loaded is not None:
                yield _with_new_ids(loaded, seen)
        for page in pages or ():
            yield _with_new_ids(load_saved_page(page, sandbox=sandbox, limits=limits), seen)


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path)
        else:
            yield path


def _load_file(path: Path, root: Path, *, sandbox: Sandbox, limits: Limits) -> LoadedSource | None:
    source = path.relative_to(root).as_posix()
    suffix = path.suffix.lower()
    if suffix in BESIDE_PAGES:
        return None
    try:
        if not _is_content(path, root, suffix):
            return None
        content = _read(path, limits.file_bytes)
    except UnreadableSourceError as error:
        failure = LoadFailure(source=source, code=error.code, message=str(error))
        return LoadedSource(source=source, failures=(failure,))
    return sandbox.parse(source, content, suffix=suffix)


def _is_content(path: Path, root: Path, suffix: str) -> bool:
    if path.is_symlink():
        if not path.resolve().is_relative_to(root):
            raise UnreadableSourceError(
                "outside_folder", "The link leads out of the knowledge folder; copy the file."
            )
        if path.is_dir():
            return False  # what it leads to is walked where it lies
    if not path.is_file():
        raise UnreadableSourceError("not_a_file", "This is no ordinary file; remove it.")
    if suffix not in READABLE:
        raise UnreadableSourceError(
            "unsupported_format",
            f"Files of type {suffix or 'without an ending'!r} are not read; use Markdown, HTML, PDF, DOCX, text,"
            " CSV, XLSX or JSON.",
        )
    return True


def _read(path: Path, limit_bytes: int) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(limit_bytes + 1)
    except OSError as error:
        raise UnreadableSourceError("unreadable", f"The file cannot be read ({error.strerror}).") from error
    if len(content) > limit_bytes:
        raise UnreadableSourceError(
            "too_large", f"The file has more than the limit of {limit_bytes} bytes; split it."
        )
    return content


def _with_new_ids(loaded: LoadedSource, seen: set[str]) -> LoadedSource:
    documents: list[Document] = []
    failures = list(loaded.failures)
    for document in loaded.documents:
        if document.document_id in seen:
            message = (
                f"The id {document.document_id!r} is used by an earlier file; give each document its own id."
            )
            failures.append(LoadFailure(source=loaded.source, code="duplicate_id", message=message))
            continue
        seen.add(document.document_id)
        documents.append(document)
    return replace(loaded, documents=tuple(documents), failures=tuple(failures))
