"""A page that a crawl fetched and saved: parsed like a file of the folder, but known by its address."""

from dataclasses import dataclass, replace
from pathlib import Path

from knowledge.document import LoadedSource, LoadFailure
from knowledge.limits import Limits
from knowledge.sandbox import Sandbox


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPage:
    """Where a page was fetched (`source`, its address) and saved, and what went wrong with it at the last crawl.

    Without a `path` there is nothing to answer from, and only the failures are told.
    """

    source: str
    path: Path | None = None
    suffix: str = ".html"
    failures: tuple[LoadFailure, ...] = ()


def load_saved_page(page: SavedPage, *, sandbox: Sandbox, limits: Limits) -> LoadedSource:
    """Return the documents of a saved page; each has an address to be cited with."""
    if page.path is None:
        return LoadedSource(source=page.source, failures=page.failures)
    try:
        with page.path.open("rb") as file:
            content = file.read(limits.file_bytes + 1)
    except OSError as error:
        message = f"The saved page cannot be read ({error.strerror}); crawl again."
        failure = LoadFailure(source=page.source, code="unreadable", message=message)
        return LoadedSource(source=page.source, failures=(*page.failures, failure))
    loaded = sandbox.parse(page.source, content, suffix=page.suffix)
    documents = tuple(replace(document, url=document.url or page.source) for document in loaded.documents)
    return replace(loaded, documents=documents, failures=(*page.failures, *loaded.failures))
