"""`foyer sources`: how each file, page and website of a site's knowledge is doing."""

import asyncio
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.commands.which_site import THE_ONLY_ONE, SiteArgument

NEVER = "never"


def sources(
    site: SiteArgument = THE_ONLY_ONE,
    failed: Annotated[bool, typer.Option("--failed", help="Only what something is wrong with.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON, as GET /api/v1/knowledge/sources.")
    ] = False,
) -> None:
    """List each source with its state, passages, last success and last error, as of the last index run.

    Example: foyer sources ./mysite --failed
    """
    told = everything = asyncio.run(_find(site))
    if failed:
        told = {what: [row for row in rows if row["state"] != "ok"] for what, rows in everything.items()}
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False, default=_spelt))
    elif not any(everything.values()):
        typer.echo(f"Nothing was read yet. Read it with: foyer index {site}")
    else:
        typer.echo(in_words(told) if any(told.values()) else "Nothing is wrong with any source.")


async def _find(site: Path) -> dict[str, list[dict[str, Any]]]:
    from bot.assemble import load_environment, open_database
    from bot.assemble.source_states import how_sources_are
    from bot.settings import load_site

    environment = load_environment()
    async with open_database(environment) as db:
        return await how_sources_are(db, load_site(site), home=environment.home)


def in_words(told: Mapping[str, list[dict[str, Any]]]) -> str:
    """Return the sources for people, an error on the line below its source."""
    lines = [f"{'state':<8}  {'passages':>8}  {'last success':<16}  source"]
    for row in told["sources"]:
        lines.append(_line(row, row["source"]))
        lines += _error_of(row)
    for crawl in told["crawls"]:
        lines += ["", _line(crawl, f"{crawl['url']} ({crawl['pages']} pages)"), *_error_of(crawl)]
        lines += _counts_of(crawl)
    return "\n".join(lines)


def _line(row: Mapping[str, Any], name: str) -> str:
    at = row["last_success_at"]
    when = f"{at:%Y-%m-%d %H:%M}" if at else NEVER
    return f"{row['state']:<8}  {row['passages'] or 0:>8}  {when:<16}  {name}"


def _error_of(row: Mapping[str, Any]) -> list[str]:
    return [f"{'':38}{row['error']} ({row['error_code']})"] if row["error"] else []


def _counts_of(crawl: Mapping[str, Any]) -> Iterator[str]:
    """Say what came of a crawl's pages, by number."""
    counts = {what: crawl[what] for what in ("read", "unchanged", "removed")}
    counts |= {f"left out ({reason})": number for reason, number in sorted(crawl["left_out"].items())}
    counts["failed"] = len(crawl["failures"])
    said = ", ".join(f"{number} {what}" for what, number in counts.items() if number)
    if said:
        yield f"{'':38}last time {said}"


def _spelt(value: datetime) -> str:
    return value.isoformat().replace("+00:00", "Z")
