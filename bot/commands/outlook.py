"""What lies ahead of a lead, in words: what would change its grade, and which question is worth asking next."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.commands.lead_words import one_line
from bot.domain.facts import Fact, current_facts
from bot.domain.forecast import Change, what_matters, what_would_change
from bot.domain.playbook import Playbook

if TYPE_CHECKING:
    from bot.settings import Site
    from bot.store import Database
    from bot.store.leads import LeadRow

SHOWN = 6


def change_lines(playbook: Playbook, log: Sequence[Fact], *, as_of: datetime) -> list[str]:
    """Return what would change the grade or stage, the cheapest lift first."""
    return [one_line(change_line(change)) for change in what_would_change(playbook, log, as_of=as_of)]


def change_line(change: Change) -> str:
    """Return one change as a line: up or down, what would do it, and where the lead then stands."""
    after = change.after
    sign = "up  " if change.is_lift else "down"
    return f"  {sign} to {after.grade} {after.stage} ({after.score}): {change.because}"


def question_line(playbook: Playbook, facts: dict[str, Fact], *, now: datetime) -> str:
    """Return the open questions in their order, each with the expected change over its bother."""
    asked = [worth for worth in what_matters(playbook, facts, now=now) if playbook.question_for(worth.slot)]
    shown = ", ".join(
        f"{worth.slot} {worth.gain:.2f}/{worth.bother:g}={worth.value:.2f}" for worth in asked[:SHOWN]
    )
    return f"next by change/bother: {shown}" if shown else "nothing left to ask"


async def outlook_of(db: "Database", row: "LeadRow", log: Sequence[Fact], *, now: datetime) -> dict[str, Any]:
    """Return what would change the lead, and how likely it is won where a model has earned it, as JSON.

    Nothing is said where the site's folder is gone or its playbook can not be read.
    """
    from bot.leads.outlook import outlook_json

    site = await _site_of(db, row)
    if site is None:
        return {}
    async with db.read() as connection:
        return await outlook_json(connection, row, log, site.playbook, now=now)


async def outlook_lines(db: "Database", row: "LeadRow", log: Sequence[Fact], *, now: datetime) -> list[str]:
    """Return the same for the terminal."""
    from bot.commands.score import winning_lines
    from bot.leads.winning import find_model, winning

    site = await _site_of(db, row)
    if site is None:
        return []
    async with db.read() as connection:
        model = await find_model(connection, row.site_id)
    changes = change_lines(site.playbook, log, as_of=now)
    lines = ["", "What would change it", *changes] if changes else []
    won = winning_lines(winning(model, row, log, site.playbook))
    return [*lines, *(["", *won] if won else [])]


def talk_lines(playbook: Playbook, log: Sequence[Fact], *, now: datetime) -> list[str]:
    """Return what stands beside a talk: which question comes next and why, and what would change the lead."""
    facts = dict(current_facts(log))
    return [f"  {question_line(playbook, facts, now=now)}", *change_lines(playbook, log, as_of=now)[:3]]


async def _site_of(db: "Database", row: "LeadRow") -> "Site | None":
    from bot.commands.lead_sites import load_sites
    from bot.domain.errors import ConfigurationError

    try:
        return (await load_sites(db, row.site_id))[0]
    except ConfigurationError:
        return None
