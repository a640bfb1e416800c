"""Judging leads again after the playbook changed: from the same facts, by the rules as they are now.

Nobody is told of a lead that gets ahead by this: it is the rules that moved, not the visitor.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.conversation import LeadId, SiteId
from bot.domain.facts import Fact
from bot.domain.lead import Assessment, Receipt
from bot.domain.playbook import Playbook
from bot.domain.scoring import assess
from bot.store import Connection, Database, facts, leads
from bot.store.lead_filter import LeadFilter
from bot.store.leads import LeadRow

PAGE = 200
"""Leads held at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rescored:
    """One lead before and after: score 0–100, grade, stage; the receipts that are new, and those that are gone.

    `has_existed` is False for a lead that is younger than the moment to judge by: it is left as it is.
    """

    lead_id: LeadId
    score_before: int
    score: int
    grade_before: str
    grade: str
    stage_before: str
    stage: str
    gained: tuple[Receipt, ...] = ()
    lost: tuple[Receipt, ...] = ()
    has_existed: bool = True

    @property
    def has_moved(self) -> bool:
        """Whether the judgement differs."""
        before = (self.score_before, self.grade_before, self.stage_before)
        return before != (self.score, self.grade, self.stage)

    @property
    def has_changed(self) -> bool:
        """Whether the judgement or a reason for it differs."""
        return self.has_moved or bool(self.gained or self.lost)


async def rescore(
    db: Database,
    *,
    site_id: SiteId,
    playbook: Playbook,
    now: datetime,
    keep: bool,
    as_of: datetime | None = None,
) -> AsyncIterator[Rescored]:
    """Judge every lead of a site by `playbook` and yield each, newest first; store it when `keep`.

    Without `keep` this is the preview of a draft: what is yielded is what publishing it would do. A lead is stored in a
    transaction of its own, from facts read in it, so that a turn that is under way loses nothing.

    Args:
        db: where the leads are.
        site_id: whose.
        playbook: the rules to judge by, published or a draft.
        now: when this happens; points fade up to then.
        keep: whether to store the judgement.
        as_of: judge as at this moment instead; what was said later is left out, and leads that came later are.
    """
    # Parts of merged leads too: when a merge is undone, they are as they would be without it.
    where = LeadFilter(site_id=site_id, with_parts=True)
    cursor: str | None = None
    while True:
        async with db.read() as connection:
            page = await leads.page(connection, where=where, cursor=cursor, limit=PAGE)
            logs = await facts.histories(connection, [row.lead_id for row in page.rows])
        for row in page.rows:
            judged = _judge(playbook, logs.get(row.lead_id, []), now, as_of)
            outcome = _compare(row, judged) if _existed(row, as_of) else _left_alone(row)
            if keep and _is_due(outcome, row, playbook):
                async with db.write() as connection:
                    outcome = await _store(connection, row, playbook, now, as_of) or outcome
            yield outcome
        cursor = page.next_cursor
        if cursor is None:
            return


def _existed(row: LeadRow, as_of: datetime | None) -> bool:
    return as_of is None or row.created_at <= as_of


def _is_due(outcome: Rescored, row: LeadRow, playbook: Playbook) -> bool:
    return outcome.has_existed and (outcome.has_changed or row.playbook_version != playbook.version)


async def _store(
    connection: Connection, seen: LeadRow, playbook: Playbook, now: datetime, as_of: datetime | None
) -> Rescored | None:
    row = await leads.find(connection, seen.lead_id)
    if row is None:
        return None
    judged = _judge(playbook, await facts.history(connection, row.lead_id), now, as_of)
    outcome = _compare(row, judged)
    new = replace(
        row,
        score=judged.score,
        grade=judged.grade,
        stage=judged.stage,
        playbook_version=playbook.version,
        updated_at=now if outcome.has_moved else row.updated_at,
    )
    await leads.save(connection, row=new, receipts=judged.receipts)
    return outcome


def _judge(playbook: Playbook, log: list[Fact], now: datetime, as_of: datetime | None) -> Assessment:
    if as_of is not None:
        return assess(playbook, log, as_of=as_of)
    # A visitor's fact may be a moment later than our clock when both are read at once; all of the log counts.
    return assess(playbook, log, as_of=max([now, *(fact.at for fact in log)]))


def _left_alone(row: LeadRow) -> Rescored:
    return Rescored(
        lead_id=row.lead_id,
        score_before=row.score,
        score=row.score,
        grade_before=row.grade,
        grade=row.grade,
        stage_before=row.stage,
        stage=row.stage,
        has_existed=False,
    )


def _compare(row: LeadRow, judged: Assessment) -> Rescored:
    before = {(receipt.rule, receipt.points) for receipt in row.receipts}
    after = {(receipt.rule, receipt.points) for receipt in judged.receipts}
    return Rescored(
        lead_id=row.lead_id,
        score_before=row.score,
        score=judged.score,
        grade_before=row.grade,
        grade=judged.grade,
        stage_before=row.stage,
        stage=judged.stage,
        gained=tuple(one for one in judged.receipts if (one.rule, one.points) not in before),
        lost=tuple(one for one in row.receipts if (one.rule, one.points) not in after),
    )
