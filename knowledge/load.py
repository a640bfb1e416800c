"""A knowledge folder becomes documents, file by file.

Promises: a broken file is one named failure and the rest is loaded; nothing outside the folder is read; names
that begin with a dot are skipped; document ids are unique across the folder (a later duplicate is a failure).
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from knowledge.document import Document, LoadedSource, LoadFailure
from knowledge.errors import UnreadableSourceError
from knowledge.loaders.html import load_html
from knowledge.loaders.markdown import load_markdown
from knowledge.loaders.table import load_csv, load_json, load_jsonl, load_xlsx
from knowledge.loaders.text import load_text

Loader = Callable[[str, bytes], LoadedSource]

MAX_FILE_BYTES = 25 * 2**20
LOADERS: dict[str, Loader] = {
    ".md": load_markdown,
    ".markdown": load_markdown,
    ".html": load_html,
    ".htm": load_html,
    ".txt": load_text,
    ".csv": load_csv,
    ".xlsx": load_xlsx,
    ".json": load_json,
    ".jsonl": load_jsonl,
}
# Files that lie beside pages as a matter of course; nobody expects an answer from them.
BESIDE_PAGES = {
    ".avif", ".css", ".gif", ".ico", ".jpeg", ".jpg", ".js", ".map", ".mjs", ".mp4", ".png", ".svg", ".toml",
    ".ttf", ".webm", ".webp", ".woff", ".woff2", ".yaml", ".yml",
}  # fmt: skip


def load_folder(folder: Path) -> Iterator[LoadedSource]:
    """Yield what each file of a folder gives, in the order of their paths.

    Raises:
        NotADirectoryError: there is no such folder.
    """
    root = folder.resolve()
    if not root.is_dir():
        raise NotADirectoryError(f"The knowledge folder {str(folder)!r} does not exist; create it.")
    seen: set[str] = set()
    for path in _walk(root):
        loaded = _load_file(path, root)
        if loaded is not None:
            yield _with_new_ids(loaded, seen)


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path)
        else:
            yield path


def _load_file(path: Path, root: Path) -> LoadedSource | None:
    source = path.relative_to(root).as_posix()
    suffix = path.suffix.lower()
    if suffix in BESIDE_PAGES:
        return None
    try:
        loader = _find_loader(path, root, suffix)
        return loader(source, _read(path)) if loader else None
    except UnreadableSourceError as error:
        return LoadedSource(
            source=source, failures=(LoadFailure(source=source, code=error.code, message=str(error)),)
        )


def _find_loader(path: Path, root: Path, suffix: str) -> Loader | None:
    if path.is_symlink():
        if not path.resolve().is_relative_to(root):
            raise UnreadableSourceError(
                "outside_folder", "The link leads out of the knowledge folder; copy the file."
            )
        if path.is_dir():
            return None  # what it leads to is walked where it lies
    if not path.is_file():
        raise UnreadableSourceError("not_a_file", "This is no ordinary file; remove it.")
    loader = LOADERS.get(suffix)
    if loader is None:
        raise UnreadableSourceError(
            "unsupported_format",
            f"Files of type {suffix or 'without an ending'!r} are not read; use Markdown, HTML, text, CSV,"
            " XLSX or JSON.",
        )
    return loader


def _read(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise UnreadableSourceError(
                "too_large", f"The file has {size} bytes, the limit is {MAX_FILE_BYTES}; split it."
            )
        return path.read_bytes()
    except OSError as error:
        raise UnreadableSourceError("unreadable", f"The file cannot be read ({error.strerror}).") from error


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
