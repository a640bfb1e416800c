"""Which leads look like one person: found by what their visitors are known by, proposed once, and shown to people."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.conversation import LeadId, SiteId, VisitorId
from bot.domain.facts import current_facts
from bot.domain.identity import IdentityKind
from bot.domain.merging import differences, is_stronger, reason_in_words, reason_of
from bot.leads.columns import describe_fact
from bot.leads.values import utc
from bot.store import Connection, facts, identities, leads, merges
from bot.store.leads import LeadRow
from bot.store.merges import LogEntry, MergeRow, MergeState

AT_MOST = 20
"""Other leads that are looked at: a number that half a town gave is nobody's."""
FINDER = "foyer"
"""Who proposes, in the log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A merge with both leads as they stand, what they disagree on, and what was done so far."""

    merge: MergeRow
    leads: tuple[LeadRow, LeadRow]
    told: dict[str, Any]
    log: Sequence[LogEntry]


async def propose_merges(
    connection: Connection, visitor_id: VisitorId, *, now: datetime, new_id: Callable[[str], str]
) -> int:
    """Propose to merge the visitor's lead with those that look like the same person; return how many are new.

    What people dismissed or undid is proposed again only for a stronger reason.
    """
    lead = await leads.find_for_visitor(connection, visitor_id)
    if lead is None:
        return 0
    await merges.take_line_if_known(connection, visitor_id)
    found = 0
    for other_visitor, reason in (await _matches(connection, lead.site_id, visitor_id)).items():
        other = await leads.find_for_visitor(connection, other_visitor)
        if other is not None:
            found += await _propose(connection, lead, other, reason, now=now, new_id=new_id)
    return found


async def _matches(connection: Connection, site_id: SiteId, visitor_id: VisitorId) -> dict[VisitorId, str]:
    strongest: dict[VisitorId, str] = {}
    for match in await identities.known_by_same(connection, site_id, visitor_id, limit=AT_MOST):
        reason = reason_of(IdentityKind(match.kind), are_both_verified=match.are_both_verified)
        known = strongest.get(match.visitor_id)
        if known is None or is_stronger(reason, known):
            strongest[match.visitor_id] = reason
    return strongest


async def _propose(
    connection: Connection,
    lead: LeadRow,
    other: LeadRow,
    reason: str,
    *,
    now: datetime,
    new_id: Callable[[str], str],
) -> bool:
    older, newer = sorted((lead, other), key=lambda row: (row.created_at, row.lead_id))
    known = await merges.find_pair(connection, older.lead_id, newer.lead_id)
    if known is None:
        row = MergeRow(
            merge_id=new_id("g"),
            site_id=lead.site_id,
            lead_id=older.lead_id,
            other_lead_id=newer.lead_id,
            reason=reason,
            state="proposed",
            merged_lead_id=None,
            proposed_at=now,
            decided_at=None,
        )
        await merges.propose(connection, row)
        await _note(connection, row, now)
        return True
    if not is_stronger(reason, known.reason):
        return False
    state: MergeState = "accepted" if known.state == "accepted" else "proposed"
    await merges.change(connection, known.merge_id, reason=reason, state=state)
    return state != known.state


async def _note(connection: Connection, row: MergeRow, now: datetime) -> None:
    entry = LogEntry(merge_id=row.merge_id, action="proposed", actor=FINDER, at=now, before=())
    await merges.log(connection, row.site_id, entry)


async def list_proposals(
    connection: Connection, *, site_id: SiteId | None, states: Sequence[MergeState], limit: int
) -> list[Proposal]:
    """Return the newest merges in these states; a proposal whose leads are one by now is left out."""
    found = []
    for merge in await merges.list_all(connection, site_id=site_id, states=states, limit=limit):
        shown = await proposal_of(connection, merge)
        if shown is not None and not (merge.state == "proposed" and await _are_one(connection, merge)):
            found.append(shown)
    return found


async def proposal_of(connection: Connection, merge: MergeRow) -> Proposal | None:
    """Return a merge with its two leads; None when one of them is gone."""
    older = await leads.find(connection, merge.lead_id)
    newer = await leads.find(connection, merge.other_lead_id)
    if older is None or newer is None:
        return None
    logs = await facts.histories(connection, [older.lead_id, newer.lead_id])
    ours, theirs = (current_facts(logs.get(row.lead_id, ())) for row in (older, newer))
    told = {
        one.slot: {"earlier": describe_fact(one.earlier), "later": describe_fact(one.later)}
        for one in differences(ours, theirs)
    }
    return Proposal(
        merge=merge, leads=(older, newer), told=told, log=await merges.log_of(connection, merge.merge_id)
    )


async def _are_one(connection: Connection, merge: MergeRow) -> bool:
    wholes: set[LeadId] = {
        await merges.whole_of(connection, one) for one in (merge.lead_id, merge.other_lead_id)
    }
    return len(wholes) == 1


def proposal_json(proposal: Proposal) -> dict[str, Any]:
    """Return a merge as the web API and `foyer leads merges --json` give it."""
    merge = proposal.merge
    return {
        "merge_id": merge.merge_id,
        "site": merge.site_id,
        "state": merge.state,
        "reason": merge.reason,
        "words": reason_in_words(merge.reason),
        "leads": [
            {"lead_id": row.lead_id, "score": row.score, "grade": row.grade, "stage": row.stage}
            | {"created_at": utc(row.created_at), "updated_at": utc(row.updated_at)}
            for row in proposal.leads
        ],
        "merged_lead_id": merge.merged_lead_id,
        "differences": proposal.told,
        "proposed_at": utc(merge.proposed_at),
        "decided_at": utc(merge.decided_at),
        "log": [
            {"action": one.action, "actor": one.actor, "at": utc(one.at), "before": list(one.before)}
            for one in proposal.log
        ],
    }
