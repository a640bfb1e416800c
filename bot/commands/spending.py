"""`foyer spending`: what a site's language models took and cost, by day."""

import asyncio
import json
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.lead_sites import find_one_site_id
from bot.commands.opened import open_store
from bot.domain.spending import MILLION

if TYPE_CHECKING:
    from bot.store.model_spending import DayRow

MOST_DAYS = 3660
HEAD = ("day", "calls", "input", "cached", "output", "cost", "refused", "open")
NOTE = (
    "A day is one of UTC. Cached tokens are among the input. Refused calls would have exceeded a budget. "
    "Open calls never told what they took: what was held for them counts as spent."
)


def spending(
    site: Annotated[
        str | None,
        typer.Argument(
            help="The site's id, or its folder. The only one, if none is named.", metavar="[SITE]"
        ),
    ] = None,
    days: Annotated[
        int, typer.Option("--days", min=1, max=MOST_DAYS, help="How many days, today included.", metavar="N")
    ] = 30,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Show what a site's language models took and cost, by day, the latest first.

    Example: foyer spending mysite --days 7
    """
    rows = asyncio.run(_find(site, days))
    if as_json:
        typer.echo(json.dumps([day_json(row) for row in rows], ensure_ascii=False))
    elif not rows:
        typer.echo("No language model was called in that time.")
    else:
        typer.echo("\n".join(table([HEAD, *map(cells, rows)])))
        typer.echo(NOTE, err=True)


async def _find(site: str | None, n_days: int) -> "list[DayRow]":
    from bot.assemble import now
    from bot.store import model_spending

    since = now().date() - timedelta(days=n_days - 1)
    async with open_store() as (_, db):
        site_id = await find_one_site_id(db, site)
        async with db.read() as connection:
            return await model_spending.days(connection, site_id, since=since, limit=n_days)


def day_json(row: "DayRow") -> dict[str, Any]:
    """Return a day as JSON; costs are exact decimals in words."""
    return {
        "day": row.day.isoformat(),
        "calls": row.calls,
        "input_tokens": row.input_tokens,
        "cached_tokens": row.cached_tokens,
        "output_tokens": row.output_tokens,
        "cost": money(row.micros),
        "currency": row.currency,
        "refused": {"visitor": row.refused_visitor, "site": row.refused_site},
        "open": {
            "calls": row.calls - row.settled,
            "tokens": row.held_tokens,
            "cost": money(row.held_micros),
        },
    }


def cells(row: "DayRow") -> tuple[str, ...]:
    """Return a day as the cells of its line."""
    n_open = row.calls - row.settled
    held = f"{n_open} ({row.held_tokens:,} tokens, {money(row.held_micros)})" if n_open else "0"
    tokens = (f"{number:,}" for number in (row.input_tokens, row.cached_tokens, row.output_tokens))
    cost = f"{money(row.micros)} {row.currency}"
    refused = f"{row.refused_visitor + row.refused_site:,}"
    return (row.day.isoformat(), f"{row.calls:,}", *tokens, cost, refused, held)


def money(micros: int) -> str:
    """Return millionths of a currency as a decimal, with two digits at least."""
    units, rest = divmod(micros, MILLION)
    digits = f"{rest:06}".rstrip("0")
    return f"{units}.{digits:0<2}"


def table(lines: Sequence[Sequence[str]]) -> list[str]:
    """Return lines of cells as columns, the first to the left and the others to the right."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return [
        "  ".join(
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    ]
