"""What lies ahead of a lead, as JSON: what would change its grade or stage, and how likely it is won."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.domain.facts import Fact
from bot.domain.forecast import Change, what_would_change
from bot.domain.playbook import Playbook
from bot.leads.winning import Winning, find_model, winning
from bot.store import Connection
from bot.store.leads import LeadRow


async def outlook_json(
    connection: Connection, row: LeadRow, log: Sequence[Fact], playbook: Playbook, *, now: datetime
) -> dict[str, Any]:
    """Return what would change the lead, the cheapest lift first, and its win probability with what says so.

    The probability (0–1) is null until the site has a learned score that ranks better than the rules do.
    """
    won = winning(await find_model(connection, row.site_id), row, log, playbook)
    changes = what_would_change(playbook, log, as_of=now)
    return {"would_change": [change_json(change) for change in changes]} | winning_json(won)


def change_json(change: Change) -> dict[str, Any]:
    """Return one change as JSON."""
    after = {"score": change.after.score, "grade": change.after.grade, "stage": change.after.stage}
    return {"slot": change.slot, "because": change.because, "lifts": change.is_lift} | after


def winning_json(won: Winning | None) -> dict[str, Any]:
    """Return a lead's win probability and why, as JSON; null while the model has not earned it."""
    if won is None:
        return {"win_probability": None, "because": []}
    because = [{"column": name, "log_odds": round(points, 3)} for name, points in won.because]
    return {"win_probability": round(won.probability, 4), "because": because}
