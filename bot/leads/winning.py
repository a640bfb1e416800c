"""Training and using a site's learned score on the leads that are stored."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.conversation import LeadId, SiteId
from bot.domain.facts import Fact, FactState, current_facts
from bot.domain.playbook import Playbook
from bot.domain.slots import SlotKind
from bot.leads.encoding import Known
from bot.leads.known import known_of
from bot.leads.learned_score import LearnedScore, learned_from_json, train
from bot.leads.outcomes import Outcomes
from bot.store import Connection, Database, facts, leads, learned_scores
from bot.store.lead_filter import LeadFilter
from bot.store.leads import LeadRow

PAGE = 500
"""Leads held at a time while they are read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Winning:
    """How likely a lead is won, 0–1, and what says so: columns with what each adds in log-odds, weightiest first."""

    probability: float
    because: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """What a training came to. `unmatched` leads of the site have no outcome; `moved` is each column's weight."""

    model: LearnedScore
    unmatched: int
    moved: tuple[tuple[str, float], ...]


async def train_on_outcomes(
    db: Database, *, site_id: SiteId, playbook: Playbook, outcomes: Outcomes, at: datetime
) -> Trained:
    """Learn from the site's leads that the outcomes name, and keep the model in place of the one before.

    Raises:
        ConfigurationError: too few of the site's leads have an outcome; the model before stays.
    """
    known: list[Known] = []
    won: list[bool] = []
    scores: list[int] = []
    unmatched = 0
    async for row, log in _all_leads(db, site_id):
        ended = outcomes.of(row.lead_id, _email(playbook, log))
        if ended is None:
            unmatched += 1
            continue
        known.append(known_of(row, log, playbook))
        won.append(ended)
        scores.append(row.score)
    model = train(known, won, rules_scores=scores)
    async with db.write() as connection:
        await learned_scores.keep(connection, site_id=site_id, model=model.as_json(), at=at)
    return Trained(model=model, unmatched=unmatched, moved=tuple(model.importance(known)))


async def find_model(connection: Connection, site_id: SiteId) -> LearnedScore | None:
    """Return the site's learned score, if there is one in a form that is ours."""
    kept = await learned_scores.find(connection, site_id)
    return None if kept is None else learned_from_json(kept)


def winning(
    model: LearnedScore | None, row: LeadRow, log: Sequence[Fact], playbook: Playbook
) -> Winning | None:
    """Return how likely the lead is won; None without a model, or while it has not beaten the rules."""
    if model is None or not model.quality.has_earned_it:
        return None
    known = known_of(row, log, playbook)
    because = tuple(item for item in model.contributions(known) if abs(item[1]) >= 0.005)
    return Winning(probability=model.win_probability(known), because=because)


async def _all_leads(db: Database, site_id: SiteId) -> AsyncIterator[tuple[LeadRow, list[Fact]]]:
    cursor: str | None = None
    while True:
        async with db.read() as connection:
            page = await leads.page(connection, where=LeadFilter(site_id=site_id), cursor=cursor, limit=PAGE)
            logs: Mapping[LeadId, list[Fact]] = await facts.histories(
                connection, [row.lead_id for row in page.rows]
            )
        for row in page.rows:
            yield row, logs.get(row.lead_id, [])
        cursor = page.next_cursor
        if cursor is None:
            return


def _email(playbook: Playbook, log: Sequence[Fact]) -> str | None:
    current = current_facts(log)
    addresses = (
        current[slot.id] for slot in playbook.slots if slot.kind is SlotKind.EMAIL and slot.id in current
    )
    return next((str(fact.value) for fact in addresses if fact.state is FactState.KNOWN), None)
