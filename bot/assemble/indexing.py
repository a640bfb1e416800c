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
from pathlib import Path
from typing import Any

from bot.assemble.parts_of_life import now
from bot.assemble.storage import open_database, open_index_folder
from bot.domain.conversation import SiteId
from bot.domain.errors import BotError
from bot.settings import Environment, load_environment
from bot.sources import IndexBuildError, OnProgress, Sync
from bot.store import Database
from knowledge import Embedder, KnowledgeError, load_embedder

NICENESS = 10
START = (
    "import sys; sys.path.insert(0, sys.argv[1]); from bot.assemble.indexing import main; main(sys.argv[2])"
)
PACKAGES = Path(__file__).resolve().parents[2]


def make_sync(
    site_id: str,
    folder: Path,
    environment: Environment,
    db: Database,
    embedder: Embedder,
    *,
    progress: OnProgress | None = None,
) -> Sync:
    """Return the index runs of a site in this home."""
    return Sync(
        db=db,
        chroma=open_index_folder(environment.home),
        embedder=embedder,
        site_id=SiteId(site_id),
        folder=folder,
        clock=now,
        clock_s=time.monotonic,
        progress=progress,
    )


async def index_in_child(
    site_id: str, folder: Path, *, full: bool, is_serving: bool = True
) -> dict[str, Any]:
    """Index a site's folder in a process of its own; return the report.

    While the site `is_serving`, the run gives way to conversations.

    Raises:
        IndexBuildError: the run failed or died; the old version goes on serving.
    """
    arguments = {
        "site_id": site_id,
        "folder": str(folder),
        "is_full": full,
        "niceness": NICENESS if is_serving else 0,
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-c", START, str(PACKAGES), json.dumps(arguments)),
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
    return _report_of(site_id, answer)


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


def main(arguments_json: str) -> None:
    """Run in the child: index, and print the report or the error as one JSON value."""
    arguments = json.loads(arguments_json)
    os.nice(arguments["niceness"])
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with _own_output() as output:
        try:
            folder = Path(arguments["folder"])
            run = run_index(arguments["site_id"], folder, full=arguments["is_full"])
            report = asyncio.run(run)
        except (BotError, KnowledgeError, OSError) as error:
            report = {"error": str(error)}
        output.write(json.dumps(report))


async def run_index(site_id: str, folder: Path, *, full: bool) -> dict[str, Any]:
    """Index a site's folder here, in the home of the environment; return the report."""
    environment = load_environment()
    async with open_database(environment) as db:
        embedder = load_embedder(environment.embedding_model)
        report = await make_sync(site_id, folder, environment, db, embedder).run(full=full)
        return report.as_json()


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(1)


@contextlib.contextmanager
def _own_output() -> Iterator[Any]:
    """Keep standard output for the report: what a library prints goes to the log."""
    with os.fdopen(os.dup(1), "w") as output:
        os.dup2(2, 1)
        yield output
