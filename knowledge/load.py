"""A knowledge folder and the pages that crawls saved become documents, one after the other.

Promises: a broken file is one named failure and the rest is loaded; nothing outside the folder is read; names
that begin with a dot are skipped; document ids are unique across the folder (a later duplicate is a failure);
no file is parsed in this process, and none whose bytes are known.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from knowledge.document import Document, KnownSource, LoadedSource, LoadFailure, fingerprint
from knowledge.errors import UnreadableSourceError
from knowledge.limits import LIMITS, Limits
from knowledge.loaders.formats import READABLE
from knowledge.recipe import source_hash
from knowledge.sandbox import Sandbox
from knowledge.saved_page import SavedPage

# Files that lie beside pages as a matter of course; nobody expects an answer from them.
BESIDE_PAGES = {
    ".avif", ".css", ".gif", ".ico", ".jpeg", ".jpg", ".js", ".map", ".mjs", ".mp4", ".png", ".svg", ".toml",
    ".ttf", ".webm", ".webp", ".woff", ".woff2", ".yaml", ".yml",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFile:
    """A file's bytes (None: only `failures` are told) and a hash that changes with whatever it is read as."""

    source: str
    suffix: str = ""
    content: bytes | None = None
    content_hash: str | None = None
    failures: tuple[LoadFailure, ...] = ()
    url: str | None = None


def find_files(
    folder: Path, *, pages: Sequence[SavedPage] | None = None, limits: Limits = LIMITS
) -> Iterator[FoundFile]:
    """Yield the files that hold knowledge, in the order of their paths, then the crawled pages; none is parsed.

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
    for path in _walk(root) if root.is_dir() else ():
        found = _find_file(path, root, limits)
        if found is not None:
            yield found
    for page in pages or ():
        yield _find_page(page, limits)


def load_folder(
    folder: Path,
    *,
    pages: Sequence[SavedPage] | None = None,
    limits: Limits = LIMITS,
    known: Mapping[str, KnownSource] | None = None,
) -> Iterator[LoadedSource]:
    """Yield what each file of a folder gives, in the order of their paths, then what each crawled page gives.

    Args:
        folder: may be missing where `pages` are given.
        pages: what crawls saved; None where nothing is crawled.
        limits: bounds for each file.
        known: what is remembered of sources by name; those whose hash is the same are not parsed.

    Raises:
        NotADirectoryError: there is no such folder.
    """
    seen: set[str] = set()
    with Sandbox(limits) as sandbox:
        for file in find_files(folder, pages=pages, limits=limits):
            before = (known or {}).get(file.source)
            yield _remembered(file, before, seen) or _parsed(file, seen, sandbox)


def _remembered(file: FoundFile, before: KnownSource | None, seen: set[str]) -> LoadedSource | None:
    """Return an unchanged file as such, unless an earlier file has taken one of its ids."""
    if before is None or before.content_hash != file.content_hash or not seen.isdisjoint(before.document_ids):
        return None
    seen.update(before.document_ids)
    return LoadedSource(
        source=file.source,
        content_hash=file.content_hash,
        size_bytes=len(file.content or b""),
        is_unchanged=True,
    )


def _parsed(file: FoundFile, seen: set[str], sandbox: Sandbox) -> LoadedSource:
    if file.content is None:
        return LoadedSource(source=file.source, failures=file.failures, content_hash=file.content_hash)
    loaded = sandbox.parse(file.source, file.content, suffix=file.suffix)
    return _with_new_ids(
        replace(
            loaded,
            documents=tuple(replace(d, url=d.url or file.url) for d in loaded.documents),
            failures=(*file.failures, *loaded.failures),
            content_hash=file.content_hash,
            size_bytes=len(file.content),
        ),
        seen,
    )


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path)
        else:
            yield path


def _find_file(path: Path, root: Path, limits: Limits) -> FoundFile | None:
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
        return FoundFile(source=source, failures=(failure,))
    return FoundFile(source=source, suffix=suffix, content=content, content_hash=source_hash(content))


def _find_page(page: SavedPage, limits: Limits) -> FoundFile:
    told = fingerprint([page.suffix, [asdict(failure) for failure in page.failures]]).encode()
    if page.path is None:
        return FoundFile(source=page.source, failures=page.failures, content_hash=source_hash(told))
    try:
        with page.path.open("rb") as file:
            content = file.read(limits.file_bytes + 1)
    except OSError as error:
        message = f"The saved page cannot be read ({error.strerror}); crawl again."
        failure = LoadFailure(source=page.source, code="unreadable", message=message)
        return FoundFile(source=page.source, failures=(*page.failures, failure))
    return FoundFile(
        source=page.source,
        suffix=page.suffix,
        content=content,
        content_hash=source_hash(told + content),
        failures=page.failures,
        url=page.source,
    )


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
