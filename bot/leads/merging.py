"""Showing two leads as one, keeping that current, and taking it back.

A merged lead is a third one, made of copies of what its parts know and judged by the same rules; the parts go on
beneath it as if nothing had happened. So an undone merge leaves both exactly as they would be without it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.capture import is_captured
from bot.domain.conversation import Consent, LeadId, VisitorId
from bot.domain.errors import BotError, NotFoundError
from bot.domain.events import EventName
from bot.domain.facts import Fact, current_facts
from bot.domain.lead import Assessment
from bot.domain.playbook import Playbook
from bot.domain.scoring import assess
from bot.leads.news import Receivers
from bot.leads.notices import tell_webhooks
from bot.leads.values import utc
from bot.store import Connection, consents, facts, leads, merges
from bot.store.consents import ConsentRecord
from bot.store.leads import LeadRow
from bot.store.merges import LogEntry, MergeRow, MergeState


class MergeError(BotError):
    """A merge that can not be decided like that now; the text says why."""

    code = "merge"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """Who decided, when, and which webhooks are told."""

    actor: str
    at: datetime
    receivers: Receivers


async def accept(
    connection: Connection,
    merge_id: str,
    *,
    playbook: Playbook,
    decided: Decided,
    new_id: Callable[[str], str],
) -> MergeRow:
    """Show the two leads of a merge as one from now on, and return the merge.

    Raises:
        NotFoundError: There is no such merge, or one of its leads is gone.
        MergeError: It is accepted already, or the leads are one by another way.
    """
    merge = await _load(connection, merge_id, but_not=("accepted",))
    tops = [await merges.whole_of(connection, one) for one in (merge.lead_id, merge.other_lead_id)]
    if tops[0] == tops[1]:
        raise MergeError(f"The leads of merge {merge_id!r} are one already: {tops[0]}.")
    rows = [await leads.get(connection, one) for one in tops]
    merged_lead_id = LeadId(new_id("l"))
    await _show(connection, merged_lead_id, rows, playbook)
    await merges.join(connection, tops, merged_lead_id=merged_lead_id)
    await merges.change(
        connection, merge_id, state="accepted", merged_lead_id=merged_lead_id, decided_at=decided.at
    )
    await _note(connection, merge, "accepted", decided, rows)
    await _tell(connection, "lead.merged", await leads.get(connection, merged_lead_id), tops, decided)
    return await _load(connection, merge_id)


async def undo(connection: Connection, merge_id: str, *, decided: Decided) -> MergeRow:
    """Take an accepted merge back and return it: both leads are as they would be without it.

    Raises:
        NotFoundError: There is no such merge.
        MergeError: It is not accepted, or the merged lead was merged once more since.
    """
    merge = await _load(connection, merge_id, but_not=("proposed", "dismissed", "undone"))
    assert merge.merged_lead_id is not None
    merged = await leads.get(connection, merge.merged_lead_id)
    if merged.merged_into is not None:
        later = await merges.of_merged(connection, merged.merged_into)
        which = later.merge_id if later is not None else merged.merged_into
        raise MergeError(f"The lead was merged once more since; undo merge {which!r} first.")
    parts = await merges.parts_of(connection, merged.lead_id)
    await merges.dissolve(connection, merged.lead_id)
    await merges.change(connection, merge_id, decided_at=decided.at)
    await _note(connection, merge, "undone", decided, [merged])
    await _tell(connection, "lead.unmerged", merged, parts, decided)
    return await _load(connection, merge_id)


async def dismiss(connection: Connection, merge_id: str, *, decided: Decided) -> MergeRow:
    """Note that the two leads are not one person, and return the merge.

    Raises:
        NotFoundError: There is no such merge.
        MergeError: It is accepted.
    """
    merge = await _load(connection, merge_id, but_not=("accepted", "dismissed"))
    await merges.change(connection, merge_id, state="dismissed", decided_at=decided.at)
    await _note(connection, merge, "dismissed", decided, ())
    return await _load(connection, merge_id)


async def refresh(connection: Connection, lead_id: LeadId, playbook: Playbook) -> None:
    """Bring the merged leads of which this one is a part to what their parts know now."""
    row = await leads.find(connection, lead_id)
    if row is not None and row.merged_into is not None:
        await merges.take_line(connection)
    while row is not None and row.merged_into is not None:
        parts = await merges.parts_of(connection, row.merged_into)
        await _show(
            connection, row.merged_into, [await leads.get(connection, part) for part in parts], playbook
        )
        row = await leads.find(connection, row.merged_into)


async def _show(
    connection: Connection, merged_lead_id: LeadId, parts: Sequence[LeadRow], playbook: Playbook
) -> None:
    """Write the merged lead as its parts make it now."""
    part_ids = [part.lead_id for part in parts]
    logs = await facts.histories(connection, part_ids)
    log = sorted((fact for part in part_ids for fact in logs.get(part, ())), key=lambda fact: fact.at)
    latest = await _latest_answer(connection, part_ids)
    row, judged = merged_lead(merged_lead_id, parts, log, playbook=playbook, latest=latest)
    await leads.save(connection, row=row, receipts=judged.receipts)
    await merges.copy_facts(connection, part_ids, merged_lead_id=merged_lead_id)


async def _latest_answer(connection: Connection, part_ids: Sequence[LeadId]) -> ConsentRecord | None:
    visitors = [one for part in part_ids for one in await merges.visitors_of(connection, part)]
    answers = [one for visitor in visitors for one in await consents.history(connection, visitor)]
    return max(answers, key=lambda answer: answer.at, default=None)


def merged_lead(
    lead_id: LeadId,
    parts: Sequence[LeadRow],
    log: Sequence[Fact],
    *,
    playbook: Playbook,
    latest: ConsentRecord | None,
) -> tuple[LeadRow, Assessment]:
    """Return the lead that its parts make together, and how it is judged.

    Where it began is where the earliest part did; what goes on is what goes on in the latest. Consent is what was said
    last, whoever of the parts said it.
    """
    by_age = sorted(parts, key=lambda part: (part.created_at, part.lead_id))
    newest = max(parts, key=lambda part: (part.updated_at, part.lead_id))
    consent = _consent(parts, latest)
    judged = assess(playbook, log, as_of=max([newest.updated_at, *(fact.at for fact in log)]))
    captured = is_captured(playbook, current_facts(log), consent)
    row = LeadRow(
        lead_id=lead_id,
        site_id=newest.site_id,
        visitor_id=VisitorId(lead_id),
        conversation_id=newest.conversation_id,
        created_at=by_age[0].created_at,
        updated_at=newest.updated_at,
        stage=judged.stage,
        grade=judged.grade,
        score=judged.score,
        consent=consent,
        consent_at=_given_at(parts, latest) if consent is Consent.GIVEN else None,
        captured=captured,
        stopped_at=None if captured else newest.stopped_at,
        first_question=next((part.first_question for part in by_age if part.first_question), None),
        page=next((part.page for part in by_age if part.page), None),
        referrer=next((part.referrer for part in by_age if part.referrer), None),
        campaign=next((part.campaign for part in by_age if part.campaign), None),
        owner=next((part.owner for part in reversed(by_age) if part.owner), None),
        playbook_version=playbook.version,
    )
    return row, judged


def _consent(parts: Sequence[LeadRow], latest: ConsentRecord | None) -> Consent:
    if latest is not None:
        return Consent(latest.answer)
    said = {part.consent for part in parts}
    return next((one for one in (Consent.REFUSED, Consent.GIVEN) if one in said), Consent.NOT_ASKED)


def _given_at(parts: Sequence[LeadRow], latest: ConsentRecord | None) -> datetime | None:
    if latest is not None:
        return latest.at
    return max((part.consent_at for part in parts if part.consent_at is not None), default=None)


async def _load(connection: Connection, merge_id: str, *, but_not: Sequence[MergeState] = ()) -> MergeRow:
    merge = await merges.find(connection, merge_id)
    if merge is None:
        raise NotFoundError(
            f"There is no merge {merge_id!r}; `foyer leads merges list` shows those there are."
        )
    if merge.state in but_not:
        raise MergeError(f"Merge {merge_id!r} is {merge.state}: see `foyer leads merges list --all`.")
    return merge


async def _note(
    connection: Connection, merge: MergeRow, action: str, decided: Decided, rows: Sequence[LeadRow]
) -> None:
    entry = LogEntry(
        merge_id=merge.merge_id,
        action=action,
        actor=decided.actor,
        at=decided.at,
        before=[_before(row) for row in rows],
    )
    await merges.log(connection, merge.site_id, entry)


async def _tell(
    connection: Connection, event: EventName, row: LeadRow, parts: Sequence[LeadId], decided: Decided
) -> None:
    data = {"parts": list(parts)}
    await tell_webhooks(connection, event, row, receivers=decided.receivers, at=decided.at, data=data)


def _before(row: LeadRow) -> dict[str, Any]:
    """Return how a lead stood, without a word of its visitor: those stand in its facts, which stay."""
    return {
        "lead_id": row.lead_id,
        "score": row.score,
        "grade": row.grade,
        "stage": row.stage,
        "consent": row.consent.value,
        "captured": row.captured,
        "updated_at": utc(row.updated_at),
        "receipts": {receipt.rule: receipt.points for receipt in row.receipts},
    }
