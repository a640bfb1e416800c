"""An index run in a process of its own, beside the one that serves: nothing of it can hold up a conversation.

Promises: the run ends with the process that began it, also when that one is killed; however it ends, the version
that serves is whole.
"""

import asyncio
import contextlib
import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel

from bot.assemble.parts_of_life import now
from bot.assemble.storage import open_database, open_index
from bot.domain.conversation import SiteId
from bot.domain.crawl_plan import CrawlPlan
from bot.domain.errors import BotError
from bot.settings import Environment, Site, load_environment
from bot.sources import IndexBuildError, OnProgress, Sync, report_if_up_to_date
from bot.sources.crawl import saved_pages
from bot.store import Database
from knowledge import Embedder, KnowledgeError, SavedPage, load_embedder

NICENESS = 10
START = (
    "import sys; sys.path.insert(0, sys.argv[1]); from bot.assemble.indexing import main; main(sys.argv[2])"
)
PACKAGES = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSources:
    """Where a site's knowledge comes from: its folder, and the websites that are crawled."""

    site_id: SiteId
    folder: Path
    crawls: tuple[CrawlPlan, ...] = ()

    @classmethod
    def of(cls, site: Site) -> Self:
        """Return where the knowledge of a configured site comes from."""
        return cls(site_id=SiteId(site.id), folder=site.knowledge_folder, crawls=tuple(site.crawls))

    def pages(self, home: Path) -> list[SavedPage] | None:
        """Return what its crawls saved in this home; None where nothing is crawled."""
        return saved_pages(home, site_id=self.site_id, plans=self.crawls)


class Order(BaseModel):
    """What a child is told to do."""

    sources: SiteSources
    is_full: bool
    niceness: int


def make_sync(
    sources: SiteSources,
    environment: Environment,
    db: Database,
    embedder: Embedder,
    *,
    progress: OnProgress | None = None,
) -> Sync:
    """Return the index runs of a site in this home."""
    return Sync(
        db=db,
        chroma=open_index(environment, db.epoch),
        embedder=embedder,
        site_id=sources.site_id,
        folder=sources.folder,
        clock=now,
        clock_s=time.monotonic,
        progress=progress,
        pages=lambda: sources.pages(environment.home),
    )


async def index_where_needed(
    sources: SiteSources, db: Database, home: Path, model_id: str, *, full: bool, is_serving: bool
) -> dict[str, Any]:
    """Index a site in a process of its own, unless nothing of it and not the model changed; return the report.

    Raises:
        IndexBuildError: the run failed or died; the old version goes on serving.
    """
    if not full:
        pages = await asyncio.to_thread(sources.pages, home)
        report = await report_if_up_to_date(db, sources.site_id, sources.folder, pages, model_id)
        if report is not None:
            return report
    return await index_in_child(sources, full=full, is_serving=is_serving)


async def index_in_child(sources: SiteSources, *, full: bool, is_serving: bool = True) -> dict[str, Any]:
    """Index a site in a process of its own; return the report.

    While the site `is_serving`, the run gives way to conversations.

    Raises:
        IndexBuildError: the run failed or died; the old version goes on serving.
    """
    order = Order(sources=sources, is_full=full, niceness=NICENESS if is_serving else 0)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-c", START, str(PACKAGES), order.model_dump_json()),
        stdin=asyncio.subprocess.PIPE,  # closed by whatever ends us, which ends the run
        stdout=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout
    try:
        answer = await process.stdout.read()
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    return _report_of(sources.site_id, answer)


def _report_of(site_id: str, answer: bytes) -> dict[str, Any]:
    try:
        report: dict[str, Any] = json.loads(answer)
    except ValueError as error:
        raise IndexBuildError(
            f"The index run of {site_id!r} died; the old version goes on serving. Index again."
        ) from error
    if "error" in report:
        raise IndexBuildError(report["error"])
    return report


def main(order_json: str) -> None:
    """Run in the child: index, and print the report or the error as one JSON value."""
    order = Order.model_validate_json(order_json)
    os.nice(order.niceness)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with _own_output() as output:
        try:
            report = asyncio.run(run_index(order.sources, full=order.is_full))
        except (BotError, KnowledgeError, OSError) as error:
            report = {"error": str(error)}
        output.write(json.dumps(report))


async def run_index(sources: SiteSources, *, full: bool) -> dict[str, Any]:
    """Index a site here, in the home of the environment; return the report."""
    environment = load_environment()
    async with open_database(environment) as db:
        embedder = load_embedder(environment.embedding_model)
        report = await make_sync(sources, environment, db, embedder).run(full=full)
        return report.as_json()


def _end_with_parent() -> None:
    while os.read(0, 4096):  # not through `sys.stdin`: the interpreter could not end beside a reader of it
        pass
    os._exit(1)


@contextlib.contextmanager
def _own_output() -> Iterator[Any]:
    """Keep standard output for the report: what a library prints goes to the log."""
    with os.fdopen(os.dup(1), "w") as output:
        os.dup2(2, 1)
        yield output
