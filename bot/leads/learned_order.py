"""In which order leads are listed, and why: the newest first, until a learned score has earned to say who is won.

The learned order ranks the newest `RANKED` leads that are found, by their facts as they are now, and goes on with the
older ones, newest first. Promises: pages keep their place while leads change; a cursor of another order or of a model
that was trained anew is refused.
"""

import asyncio
import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Literal, get_args

from bot.domain.conversation import LeadId, SiteId
from bot.domain.errors import ConfigurationError
from bot.domain.facts import Fact
from bot.domain.playbook import Playbook
from bot.leads.columns import LeadRecord
from bot.leads.known import known_of
from bot.leads.learned_score import MIN_LEADS, MIN_WINS, LearnedScore
from bot.leads.records import RecordPage, page_of_records, records_of
from bot.leads.winning import find_model
from bot.store import Connection, UnknownCursorError, facts, leads
from bot.store.lead_filter import LeadFilter
from bot.store.leads import LeadRow

Sort = Literal["newest", "score", "learned"]
SORTS: tuple[Sort, ...] = get_args(Sort)
RANKED = 1_000
"""Leads that are ranked for a page: what is older was seen before, and comes after them."""
UNRANKED = -1.0
"""The place of a lead of a site without a learned score: after all others."""
_OLDER = "older "


class NotEarnedError(ConfigurationError):
    """The learned order was asked for before a learned score had earned it."""

    code = "not_earned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordering:
    """An order and why it is that one. `is_learned_offered` says whether there is a learned one to choose."""

    sort: Sort
    why: str
    is_learned_offered: bool
    models: Mapping[SiteId, LearnedScore] = field(repr=False)
    playbooks: Mapping[SiteId, Playbook] = field(repr=False)


async def find_ordering(
    connection: Connection, playbooks: Mapping[SiteId, Playbook], *, wanted: Sort | None = None
) -> Ordering:
    """Return the order that is wanted; without a wish the learned one where it was earned, else the newest first.

    Args:
        connection: to the database.
        playbooks: of the sites whose leads are listed; each has to have a learned score that has earned its place.
        wanted: what was chosen, None for nothing.

    Raises:
        NotEarnedError: the learned order is wanted, and has not been earned.
    """
    models = {site: await find_model(connection, site) for site in playbooks}
    earned = {site: model for site, model in models.items() if model and model.quality.has_earned_it}
    is_offered = bool(playbooks) and len(earned) == len(models)
    missing = _why_not(models)
    if wanted == "learned" and not is_offered:
        raise NotEarnedError(f"Leads cannot be sorted by a learned score: {missing}")
    sort: Sort = wanted or ("learned" if is_offered else "newest")
    reasons: Mapping[Sort, str] = {
        "learned": _why_learned(list(earned.values())),
        "score": "The best first, by the score of the playbook's rules.",
        "newest": "The newest first." if is_offered else f"The newest first: {missing}",
    }
    return Ordering(
        sort=sort, why=reasons[sort], is_learned_offered=is_offered, models=earned, playbooks=playbooks
    )


def _why_learned(models: Sequence[LearnedScore]) -> str:
    told = []
    for quality in (model.quality for model in models):
        rules = "" if quality.rules_auc is None else f", the rules' score {quality.rules_auc:.2f}"
        told.append(
            f"{quality.leads} leads with {quality.wins} won (AUC on unseen leads {quality.auc:.2f}{rules})"
        )
    return f"The likeliest to be won first, learned from {'; '.join(told)}."


def _why_not(models: Mapping[SiteId, LearnedScore | None]) -> str:
    """Say in a sentence why there is no learned order."""
    for site, model in models.items():
        of_site = f" of {site}" if len(models) > 1 else ""
        if model is None:
            return (
                f"no score was learned from outcomes{of_site} yet; that takes {MIN_LEADS} leads that ended, "
                f"{MIN_WINS} of them won."
            )
        quality = model.quality
        if not quality.has_earned_it:
            rules = "chance" if quality.rules_auc is None else f"the rules' {max(0.5, quality.rules_auc):.2f}"
            return f"the learned score{of_site} ranks unseen leads no better than {rules} (AUC {quality.auc:.2f})."
    return "none of the sites is at hand whose rules it would be compared with."


def chance_json(chances: Mapping[LeadId, float], record: LeadRecord) -> dict[str, float]:
    """Return how likely a lead of a ranked page is won, as JSON; nothing in another order."""
    chance = chances.get(record.row.lead_id)
    return {} if chance is None else {"win_probability": round(chance, 4)}


async def ordered_page(
    connection: Connection,
    where: LeadFilter,
    ordering: Ordering,
    *,
    cursor: str | None = None,
    limit: int = 50,
    public_url: str | None = None,
) -> RecordPage:
    """Return up to `limit` leads in that order, from the cursor of the page before.

    Raises:
        UnknownCursorError: The cursor is not one of ours, or of another order.
    """
    if ordering.sort != "learned":
        options = {"cursor": cursor, "limit": limit, "public_url": public_url}
        return await page_of_records(connection, where, order=ordering.sort, **options)  # type: ignore[arg-type]
    mark = _Mark.read(cursor, _fingerprint(ordering.models))
    if mark is not None and mark.older is not None:
        page = await page_of_records(connection, where, cursor=mark.older, limit=limit, public_url=public_url)
        return replace(page, next_cursor=mark.following(page.next_cursor))
    window = await leads.page(connection, where=where, limit=RANKED)
    logs = await facts.histories(connection, [row.lead_id for row in window.rows])
    ranked = await asyncio.to_thread(_ranked, window.rows, logs, ordering)
    after = [one for one in ranked if mark is None or one[0] < mark.key]
    shown = after[:limit]
    fingerprint = _fingerprint(ordering.models)
    is_over = len(after) <= limit
    following = _Mark(fingerprint).following(window.next_cursor) if is_over else None
    return RecordPage(
        await records_of(connection, [row for _, row in shown], public_url),
        following if is_over else _Mark(fingerprint, key=shown[-1][0]).write(),
        chances={row.lead_id: key[0] for key, row in shown if key[0] != UNRANKED},
    )


_Key = tuple[float, datetime, str]


def _ranked(
    rows: Sequence[LeadRow],
    logs: Mapping[LeadId, list[Fact]],
    ordering: Ordering,
) -> list[tuple[_Key, LeadRow]]:
    """Return the leads with their places, the likeliest first, then the newest."""

    def key(row: LeadRow) -> _Key:
        model, playbook = ordering.models.get(row.site_id), ordering.playbooks.get(row.site_id)
        if model is None or playbook is None:
            return UNRANKED, row.created_at, row.lead_id
        known = known_of(row, logs.get(row.lead_id, []), playbook)
        return model.win_probability(known), row.created_at, row.lead_id

    return sorted(((key(row), row) for row in rows), key=lambda one: one[0], reverse=True)


def _fingerprint(models: Mapping[SiteId, LearnedScore]) -> str:
    """Name what ranks, so that a cursor does not go on in another ranking."""
    weights = sorted((site, model.constant, model.weights) for site, model in models.items())
    return hashlib.sha256(repr(weights).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class _Mark:
    """Where a page ended: at a place of the ranking, or at a cursor among the older leads."""

    fingerprint: str
    key: _Key = (2.0, datetime.max.replace(tzinfo=UTC), "")
    older: str | None = None

    def following(self, older: str | None) -> str | None:
        return None if older is None else _Mark(self.fingerprint, older=older).write()

    def write(self) -> str:
        chance, at, lead_id = self.key
        place = f"{_OLDER}{self.older}" if self.older else f"{chance!r} {at.isoformat()} {lead_id}"
        return base64.urlsafe_b64encode(f"learned {self.fingerprint} {place}".encode()).decode()

    @classmethod
    def read(cls, cursor: str | None, fingerprint: str) -> "_Mark | None":
        if cursor is None:
            return None
        try:
            kind, made_by, place = base64.urlsafe_b64decode(cursor.encode()).decode().split(" ", 2)
            if (kind, made_by) == ("learned", fingerprint):
                if place.startswith(_OLDER):
                    return cls(made_by, older=place.removeprefix(_OLDER))
                chance, at, lead_id = place.split(" ")
                return cls(made_by, key=(float(chance), datetime.fromisoformat(at).astimezone(UTC), lead_id))
        except (ValueError, OverflowError):
            pass
        raise UnknownCursorError(f"{cursor!r} is no cursor of ours; begin at the first page, without one.")
