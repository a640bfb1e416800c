"""`foyer index` and `foyer ask`: from a folder of documentation to answers, without a server."""

import asyncio
import json
import re
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.commands.opened import log_beside
from bot.commands.which_site import THE_ONLY_ONE, NamedSite, SiteArgument
from bot.domain.errors import ConfigurationError

DONE_IN_PART = 3
BAR_CHARACTERS = 24


def index(
    site: SiteArgument = THE_ONLY_ONE,
    full: Annotated[
        bool, typer.Option("--full", help="Build a new version even when nothing changed.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Index a site's knowledge: its folder and, if it names any, its websites. Only what changed is embedded.

    With --full, websites are fetched anew and pages that are gone are believed to be gone.

    Example: foyer index ./mysite
    """
    from bot.assemble.offline import index_site

    report = asyncio.run(
        index_site(
            site,
            full=full,
            progress=None if as_json else progress_on_terminal(),
            told=None if as_json else crawl_on_terminal(),
        )
    )
    if as_json or not sys.stdout.isatty():
        typer.echo(json.dumps(report, ensure_ascii=False))
    else:
        typer.echo(report_in_words(report))
    for failure in report["failures"]:
        typer.echo(f"foyer: {failure['source']}: {failure['message']} ({failure['code']})", err=True)
    if report["failures"]:
        raise typer.Exit(DONE_IN_PART)


def report_in_words(report: dict[str, Any]) -> str:
    """Say what an index run did."""
    counts = ", ".join(f"{number} {what}" for what, number in report["documents"].items() if number)
    return (
        f"Documents: {counts or 'none'}. {report['passages']} passages serve as version "
        f"{report['index_version']} ({report['seconds']:.1f} s)."
    )


def progress_on_terminal() -> Any:
    """Return a callable that shows how far the index run is and how long it still takes, where somebody watches."""
    if not sys.stderr.isatty():
        return None
    begun = time.monotonic()

    def show(progress: Any) -> None:
        left_s = (time.monotonic() - begun) * (1 - progress.share) / max(progress.share, 1e-9)
        end = "\n" if progress.share >= 1 else ""
        print(f"\r\x1b[K{progress_line(progress, left_s)}", end=end, file=sys.stderr, flush=True)

    return show


def progress_line(progress: Any, left_s: float) -> str:
    """Say how far an index run is, in a line as wide as the last."""
    bar = "#" * int(progress.share * BAR_CHARACTERS)
    left = f"{int(left_s) // 60}:{int(left_s) % 60:02} left" if 0 < progress.share < 1 else ""
    return f"[{bar:{BAR_CHARACTERS}}] {progress.share:4.0%}  {progress.passages:,} passages  {left:14}"


def crawl_on_terminal() -> Any:
    """Return a callable that shows how far a crawl is, where somebody watches."""
    if not sys.stderr.isatty():
        return None

    def show(url: str, n_pages: int) -> None:
        print(f"\rFetching {url}: {n_pages} pages ", end="", file=sys.stderr, flush=True)

    return show


def ask(
    site: NamedSite,
    question: Annotated[str | None, typer.Argument(help="What to ask.")] = None,
    batch: Annotated[Path | None, typer.Option(help="A JSONL file of questions.")] = None,
    lang: Annotated[str | None, typer.Option(help="Keep to passages in this language, like en.")] = None,
    tag: Annotated[list[str] | None, typer.Option(help="Keep to passages with this tag; repeatable.")] = None,
    no_model: Annotated[
        bool, typer.Option("--no-model", help="Answer in the words of the documentation.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
) -> None:
    """Ask a site's documentation; indexes first what is not indexed yet. With `model:` the model words the answer.

    Example: foyer ask ./mysite "Do you ship to France?"
    """
    if (question is None) == (batch is None):
        raise ConfigurationError("Give either a QUESTION or --batch FILE.jsonl.")
    if lang is not None and not re.match("[A-Za-z]{2,3}([-_]|$)", lang):
        raise ConfigurationError(f"--lang {lang!r} is no language; give its code, like en or pt-BR.")
    log_beside()
    asking = partial(answers, site, language=lang, tags=tag or (), with_model=not no_model)
    if batch is not None:
        for row in asyncio.run(asking(read_batch(batch))):
            typer.echo(json.dumps(row, ensure_ascii=False))
        return
    (row,) = asyncio.run(asking([{"id": "1", "text": question}]))
    typer.echo(json.dumps(row, ensure_ascii=False) if as_json else answer_in_words(row))


def read_batch(path: Path) -> list[dict[str, Any]]:
    """Read a JSONL file of questions.

    Raises:
        ConfigurationError: the file or one of its lines can not be used; names the line.
    """
    if not path.is_file():
        raise ConfigurationError(f"There is no file {str(path)!r}.")
    rows = []
    # Only "\n" ends a line: JSON may hold what `splitlines` would also cut at.
    for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line.decode("utf-8-sig"))
            turns = [(str(turn["author"]), str(turn["text"])) for turn in row.get("history") or ()]
            rows.append({"id": str(row["id"]), "text": str(row["text"]), "history": turns})
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ConfigurationError(
                f'{path}:{number}: not a row like {{"id": "1", "text": "…"}} ({error}).'
            ) from error
    return rows


async def answers(
    site: Path,
    rows: Sequence[dict[str, Any]],
    *,
    language: str | None,
    tags: Sequence[str],
    with_model: bool,
) -> list[dict[str, Any]]:
    """Answer each row, in order, from the passages in a language and with tags."""
    from bot.assemble.worded import open_knowledge

    async with open_knowledge(site, with_model=with_model, language=language, tags=tags) as answer:
        return [{"id": row["id"], **await answer(row["text"], row.get("history", []))} for row in rows]


def answer_in_words(row: dict[str, Any]) -> str:
    """Print an answer for people: the text, then where it stands."""
    if row["kind"] == "none":
        maybe = [f"  - {s['question']}" for s in row.get("suggestions", [])]
        return "\n".join(
            ["I do not know: the documentation does not say.", *(["Did you mean:", *maybe] if maybe else [])]
        )
    notes = [
        f"  [{n}] {c['title']}" + (f" — {c['link']}" if c["link"] else "")
        for n, c in enumerate(row["citations"], 1)
    ]
    unknown = [f"(Nothing is written about {name}.)" for name in row.get("unknown", [])]
    return "\n".join([row["text"], *unknown, "", *notes])
