"""`foyer score`: a score learned from how leads ended, beside that of the rules: how good it is, and why it says so."""

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.opened import open_store
from bot.commands.which_site import THE_ONLY_ONE, SiteArgument, SiteBeforeFile, site_and_file
from bot.domain.conversation import LeadId, SiteId
from bot.domain.errors import ConfigurationError, NotFoundError

if TYPE_CHECKING:
    from bot.leads.learned_score import Quality
    from bot.leads.winning import Winning

JsonOption = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
SHOWN = 8

app = typer.Typer(
    help="The learned score: train it on outcomes, see how good it is.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("train")
def train(
    site: SiteBeforeFile,
    outcomes: Annotated[
        Path | None,
        typer.Argument(help="A CSV file with lead_id (or email) and outcome.", metavar="OUTCOMES.csv"),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Learn from leads that were won or lost how likely another one is won. It replaces no rule.

    Example: foyer score train ./mysite outcomes.csv
    """
    asyncio.run(_train(*site_and_file(site, outcomes), as_json=as_json))


@app.command("show")
def show(
    site: SiteArgument = THE_ONLY_ONE,
    lead: Annotated[str | None, typer.Option(help="Explain this lead's.", metavar="ID")] = None,
    as_json: JsonOption = False,
) -> None:
    """Show how good the site's learned score is, or why a lead has its win probability.

    Example: foyer score show ./mysite --lead l_01jcw9
    """
    asyncio.run(_show(site, None if lead is None else LeadId(lead), as_json=as_json))


async def _train(folder: Path, path: Path, *, as_json: bool) -> None:
    from bot.assemble import now
    from bot.leads.outcomes import read_outcomes
    from bot.leads.winning import train_on_outcomes
    from bot.settings import load_site

    site, outcomes = load_site(folder), read_outcomes(path)
    async with open_store() as (_, db):
        trained = await train_on_outcomes(
            db, site_id=SiteId(site.id), playbook=site.playbook, outcomes=outcomes, at=now()
        )
    quality = trained.model.quality
    if as_json:
        told: dict[str, Any] = {"unmatched": trained.unmatched, "moved": [list(one) for one in trained.moved]}
        typer.echo(json.dumps(quality_json(quality) | told))
        return
    typer.echo(f"Learned from {quality.leads} leads, {quality.wins} of them won.")
    if trained.unmatched:
        typer.echo(f"{trained.unmatched} leads of the site have no outcome in {path}.")
    typer.echo("\n".join(quality_lines(quality)))
    typer.echo("What moves it most, in log-odds:")
    typer.echo("\n".join(f"  {points:5.2f}  {name}" for name, points in trained.moved[:SHOWN]))


async def _show(folder: Path, lead_id: LeadId | None, *, as_json: bool) -> None:
    from bot.leads.outlook import winning_json
    from bot.leads.winning import find_model, winning
    from bot.settings import load_site
    from bot.store import facts, leads

    site = load_site(folder)
    async with open_store() as (_, db), db.read() as connection:
        model = await find_model(connection, SiteId(site.id))
        row = None if lead_id is None else await leads.get(connection, lead_id)
        log = [] if lead_id is None else await facts.history(connection, lead_id)
    if row is not None and row.site_id != site.id:
        raise NotFoundError(f"The lead {lead_id!r} is not of the site {site.id!r}; name its own folder.")
    if model is None:
        raise ConfigurationError(
            f"The site {site.id!r} has no learned score yet; `foyer score train {folder} OUTCOMES.csv` makes one."
        )
    won = None if row is None else winning(model, row, log, site.playbook)
    if as_json:
        typer.echo(json.dumps(quality_json(model.quality) | (winning_json(won) if row is not None else {})))
        return
    lines = quality_lines(model.quality) if row is None else winning_lines(won) or [_NOT_EARNED]
    typer.echo("\n".join(lines))


def quality_json(quality: "Quality") -> dict[str, Any]:
    """Return how good a learned score is, as JSON."""
    names = ("leads", "wins", "auc", "rules_auc", "calibration_error", "brier")
    table = [{"leads": n, "guessed": guess, "won": share} for n, guess, share in quality.table]
    return {name: getattr(quality, name) for name in names} | {"shown": quality.has_earned_it, "table": table}


def quality_lines(quality: "Quality") -> list[str]:
    """Return how good a learned score is, in words."""
    rules = "" if quality.rules_auc is None else f"; the rules' score: {quality.rules_auc:.3f}"
    lines = [
        f"On leads held out in five folds: AUC {quality.auc:.3f}{rules}.",
        f"Expected calibration error {quality.calibration_error:.3f}, Brier {quality.brier:.3f}.",
        "   leads  guessed  won",
    ]
    lines += [f"  {n:6d}  {guess:6.0%}  {share:4.0%}" for n, guess, share in quality.table]
    lines += ["It ranks better than the rules do, so it is shown." if quality.has_earned_it else _NOT_EARNED]
    return lines


def winning_lines(won: "Winning | None") -> list[str]:
    """Return a lead's win probability and why, in words; nothing while the model has not earned it."""
    if won is None:
        return []
    head = f"Win probability {won.probability:.0%}, learned from outcomes. Against an average lead:"
    return [head, *(f"  {points:+.2f}  {name}" for name, points in won.because[:SHOWN])]


_NOT_EARNED = "It does not rank unseen leads better than the rules do, so it is not shown with leads."
