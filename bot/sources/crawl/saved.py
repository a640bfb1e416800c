"""A crawled source on disk: its pages, what is known of them, the visits of a crawl under way, and its state.

    FOYER_HOME/crawl/<site>/<source>/  kept.json  state.json  visits.jsonl  pages/<hash>.html …

Promises: a page's file is named after its content and never changes; `kept.json` is replaced whole, so that a
kill leaves the pages of the last crawl; what cannot be read is taken for not there, and is fetched again.
"""

import hashlib
import shutil
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from bot.sources.crawl.pages import KeptPage, Visit
from bot.sources.crawl.state import CrawlState

T = TypeVar("T")
UNUSED_FOR_S = 24 * 3600
"""Files that no kept page names are removed after this long: an index run may still be reading them."""


class JournalHead(BaseModel):
    """The first line of the visits: to continue, the plan must be the same."""

    started_at: datetime
    fingerprint: str


_KEPT = TypeAdapter(dict[str, KeptPage])
_STATE = TypeAdapter(CrawlState)
_VISIT = TypeAdapter(Visit)
_HEAD = TypeAdapter(JournalHead)


@dataclass(frozen=True, slots=True)
class SavedCrawl:
    """One source's folder."""

    folder: Path

    @property
    def pages_folder(self) -> Path:
        """Where the pages' files are."""
        return self.folder / "pages"

    def kept(self) -> dict[str, KeptPage]:
        """Return the pages that are served, by address."""
        pages = _read(self.folder / "kept.json", _KEPT) or {}
        return {url: page for url, page in pages.items() if (self.pages_folder / page.file).is_file()}

    def state(self) -> CrawlState | None:
        """Return how the source is doing; None before the first crawl."""
        return _read(self.folder / "state.json", _STATE)

    def save_page(self, content: bytes, *, suffix: str) -> str:
        """Write a page and return its file's name."""
        name = f"{hashlib.sha256(content).hexdigest()[:32]}{suffix}"
        if not (self.pages_folder / name).is_file():
            _replace(self.pages_folder / name, content)
        return name

    def finish(self, pages: Mapping[str, KeptPage], state: CrawlState, *, is_over: bool) -> None:
        """Serve these pages from now on; the visits are kept where the crawl is to be continued."""
        _replace(self.folder / "kept.json", _KEPT.dump_json(dict(pages)))
        _replace(self.folder / "state.json", _STATE.dump_json(state))
        if is_over:
            (self.folder / "visits.jsonl").unlink(missing_ok=True)
        if state.checked_at is not None:
            unused_since = state.checked_at.timestamp() - UNUSED_FOR_S
            self._remove_unused({page.file for page in pages.values()}, unused_since)

    def begin(self, head: JournalHead, *, life_s: float) -> dict[str, Visit]:
        """Return the visits of a crawl of the same plan that was cut off; else begin a new list of them."""
        path = self.folder / "visits.jsonl"
        lines = path.read_bytes().split(b"\n") if path.is_file() else [b""]
        found = _parse(lines[0], _HEAD)
        if found and found.fingerprint == head.fingerprint:
            age_s = (head.started_at - found.started_at).total_seconds()
            if 0 <= age_s < life_s:
                # A torn last line is no visit; its address is visited again.
                visits = [visit for line in lines[1:] if (visit := _parse(line, _VISIT))]
                return {v.url: v for v in visits if v.result != "failed" and self._is_whole(v)}
        _replace(path, _HEAD.dump_json(head) + b"\n")
        return {}

    def note(self, visit: Visit) -> None:
        """Remember a visit, so that a crawl that is cut off goes on from here."""
        with (self.folder / "visits.jsonl").open("ab") as file:
            file.write(b"\n" + _VISIT.dump_json(visit) + b"\n")

    def _is_whole(self, visit: Visit) -> bool:
        return visit.page is None or (self.pages_folder / visit.page.file).is_file()

    def _remove_unused(self, used: set[str], before: float) -> None:
        for path in _files(self.pages_folder):
            if path.name not in used and path.stat().st_mtime < before:
                path.unlink(missing_ok=True)


def saved_crawl(home: Path, *, site_id: str, url: str) -> SavedCrawl:
    """Return the folder of a source, whether it is there yet or not."""
    return SavedCrawl(home / "crawl" / site_id / hashlib.sha256(url.encode()).hexdigest()[:16])


def forget_other_crawls(home: Path, *, site_id: str, urls: Collection[str], now: datetime) -> None:
    """Remove what was saved of websites that the site no longer crawls.

    What was touched within the last day stays: an index run may still be reading it.
    """
    folder = home / "crawl" / site_id
    kept = {saved_crawl(home, site_id=site_id, url=url).folder.name for url in urls}
    unused_since = now.timestamp() - UNUSED_FOR_S
    for other in folder.iterdir() if folder.is_dir() else ():
        if other.name not in kept and other.is_dir() and other.stat().st_mtime < unused_since:
            shutil.rmtree(other, ignore_errors=True)


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from (path for path in folder.iterdir() if path.is_file())


def _read(path: Path, shape: "TypeAdapter[T]") -> T | None:
    try:
        return shape.validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None


def _parse(line: bytes, shape: "TypeAdapter[T]") -> T | None:
    try:
        return shape.validate_json(line)
    except ValidationError:
        return None


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_bytes(content)
    temporary.replace(path)
