"""`foyer playbook`: what a draft would do to the leads there are, before it is published."""

import asyncio
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.lead_words import moved_line, one_line
from bot.commands.opened import open_store
from bot.commands.which_site import SiteBeforeFile, site_and_file
from bot.domain.conversation import SiteId

if TYPE_CHECKING:
    from bot.leads import Rescored

app = typer.Typer(
    help="The playbook: what a draft would change.", no_args_is_help=True, rich_markup_mode=None
)


@app.callback()
def playbook() -> None:
    """The playbook: what a draft would change."""


@app.command("diff")
def diff(
    site: SiteBeforeFile,
    draft: Annotated[Path | None, typer.Argument(help="The playbook to try.", metavar="DRAFT.yaml")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Replay a draft over all stored leads: who would move, from where to where, and why. Nothing is kept.

    Example: foyer playbook diff ./mysite draft.yaml
    """
    asyncio.run(_diff(*site_and_file(site, draft), as_json=as_json))


async def _diff(folder: Path, draft: Path, *, as_json: bool) -> None:
    from bot.assemble import now
    from bot.leads import rescore
    from bot.settings import load_playbook, load_site

    site = load_site(folder)
    tried = load_playbook(draft, locale=site.locale)
    async with open_store() as (_, db):
        judged = [
            one async for one in rescore(db, site_id=SiteId(site.id), playbook=tried, now=now(), keep=False)
        ]
    moved = [one for one in judged if one.has_moved]
    if as_json:
        told = {
            "leads": len(judged),
            "stages": stage_moves(moved),
            "moved": [moved_json(one) for one in moved],
        }
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    for one in moved:
        typer.echo("\n".join(moved_lines(one)))
    for change in stage_moves(moved):
        typer.echo(f"{change['leads']:5d}  {change['from']} → {change['to']}")
    typer.echo(f"{len(moved)} of {len(judged)} {'lead' if len(judged) == 1 else 'leads'} would move.")


def stage_moves(moved: Sequence["Rescored"]) -> list[dict[str, Any]]:
    """Return how many leads would go from which stage to which, the most first."""
    counts = Counter((one.stage_before, one.stage) for one in moved if one.stage_before != one.stage)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [{"from": before, "to": after, "leads": n_leads} for (before, after), n_leads in ordered]


def moved_json(one: "Rescored") -> dict[str, Any]:
    """Return a lead's move and its reasons as JSON."""
    plain = {name: getattr(one, name) for name in one.__slots__ if name not in {"gained", "lost"}}
    reasons = {
        name: [
            {"rule": r.rule, "points": r.points, "reason": r.reason, "quote": r.quote}
            for r in getattr(one, name)
        ]
        for name in ("gained", "lost")
    }
    return plain | reasons


def moved_lines(one: "Rescored") -> list[str]:
    """Return a lead's move, and why, for the terminal."""
    why = [f"    new  {r.points:+d}  {r.reason} ({r.rule})" for r in one.gained]
    why += [f"    gone {r.points:+d}  {r.reason} ({r.rule})" for r in one.lost]
    return [moved_line(one), *map(one_line, why)]
