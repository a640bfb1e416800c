"""What a lead's facts are worth: a score with a receipt for every point, a grade, a stage. Pure.

A score is the sum of its receipts, clamped to 0–100. Only facts count, so only the visitor's own words do; a
slot that was never spoken of, declined or left unclear earns nothing that a known one earns, nor does what a language
model took for a fact: the score with a model is the score without. The score at any past time is the score of the
facts up to it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.conditions import holds
from bot.domain.facts import BY_MODEL, SIGNAL_PREFIX, Fact, FactState, current_facts
from bot.domain.lead import Assessment, Receipt
from bot.domain.playbook import Dimension, EngagementRule, Playbook, Rule, Stage
from bot.domain.slots import SlotKind

MAX_SCORE = 100
DAY_S = 86_400
STAGE_ORDER: tuple[Stage, ...] = ("visitor", "lead", "mql", "sql")
CURIOSITY = frozenset({"asked_price", "three_questions", "came_back", "three_pages", "saw_pricing"})
"""What passers-by do too: it counts only beside something known, so that who tells nothing scores nothing."""


@dataclass(frozen=True, slots=True)
class _Earned:
    """A receipt with the group whose cap it counts towards."""

    receipt: Receipt
    group: str | None


def assess(playbook: Playbook, facts: Iterable[Fact], *, as_of: datetime) -> Assessment:
    """Judge a lead by the facts known at `as_of`.

    Args:
        playbook: the site's rules.
        facts: the whole log, signals included; of each slot the latest counts.
        as_of: facts after this moment are ignored.
    """
    log = [fact for fact in facts if fact.at <= as_of and fact.extractor != BY_MODEL]
    current = current_facts(fact for fact in log if not fact.slot.startswith(SIGNAL_PREFIX))
    earned = [
        *_fact_receipts(playbook, current, as_of),
        *_signal_receipts(playbook, log, current, as_of),
    ]
    receipts = (*(item.receipt for item in earned), *_cap_receipts(playbook, earned))
    score = clamp(sum(receipt.points for receipt in receipts))
    return Assessment(
        score=score,
        grade=grade_of(playbook, receipts),
        stage=stage_of(playbook, score, current),
        receipts=receipts,
    )


def clamp(points: int) -> int:
    """Return the points as a score, 0–100."""
    return max(0, min(MAX_SCORE, points))


def grade_of(playbook: Playbook, receipts: Sequence[Receipt]) -> str:
    """Return fit A–D and interest 1–3 as one word, like "A1"."""
    fit = _letter(_points(receipts, "fit"), playbook.grades.fit, "ABC", "D")
    return fit + _letter(_points(receipts, "interest"), playbook.grades.interest, "12", "3")


def stage_of(playbook: Playbook, score: int, facts: Mapping[str, Fact]) -> Stage:
    """Return the stage of a score, unless the facts disqualify."""
    if is_disqualified(playbook, facts):
        return "disqualified"
    stages = playbook.stages
    thresholds = zip((stages.sql, stages.mql, stages.lead), reversed(STAGE_ORDER[1:]), strict=True)
    return next((stage for threshold, stage in thresholds if score >= threshold), "visitor")


def is_disqualified(playbook: Playbook, facts: Mapping[str, Fact]) -> bool:
    """Whether any one of the playbook's sets of conditions holds in full."""
    heads = team_heads(playbook, facts)
    return any(
        all(slot in facts and holds(condition, facts[slot], heads=heads) for slot, condition in together)
        for together in playbook.stages.disqualified_when
    )


def team_heads(playbook: Playbook, facts: Mapping[str, Fact]) -> int | None:
    """Return how many people there are at least, for sums "per user"; None when nobody said."""
    for slot in playbook.slots:
        fact = facts.get(slot.id)
        if slot.kind is SlotKind.QUANTITY and fact is not None and isinstance(fact.value, Mapping):
            heads = fact.value.get("min") or fact.value.get("max")
            return int(heads) if heads else None
    return None


def _fact_receipts(playbook: Playbook, current: Mapping[str, Fact], as_of: datetime) -> list[_Earned]:
    heads = team_heads(playbook, current)
    return [
        earned
        for rule in playbook.rules
        if rule.slot in current and holds(rule.when, current[rule.slot], heads=heads)
        for earned in _with_decay(_receipt(rule, current[rule.slot]), rule, as_of)
    ]


def _with_decay(receipt: Receipt, rule: Rule | EngagementRule, as_of: datetime) -> Iterator[_Earned]:
    """Yield the receipt, then what time took of it as a receipt of its own, in whole points."""
    yield _Earned(receipt, rule.group)
    if rule.half_life_days is None:
        return
    days = max(0.0, (as_of - receipt.at).total_seconds() / DAY_S)
    lost = round(receipt.points * 0.5 ** (days / rule.half_life_days)) - receipt.points
    if lost:
        why = f"{int(days)} days old; counts half after every {rule.half_life_days} days."
        yield _Earned(
            replace(receipt, rule=f"decay.{receipt.rule}", points=lost, reason=why, quote=None), rule.group
        )


def _receipt(rule: Rule, fact: Fact) -> Receipt:
    return Receipt(
        rule=rule.full_name,
        points=rule.points,
        reason=rule.reason,
        quote=fact.quote,
        message_id=fact.message_id,
        at=fact.at,
        dimension=rule.dimension,
    )


def _signal_receipts(
    playbook: Playbook, log: Iterable[Fact], current: Mapping[str, Fact], as_of: datetime
) -> list[_Earned]:
    """Give each engagement rule once, with the first time the visitor showed it."""
    is_known = any(fact.state is FactState.KNOWN for fact in current.values())
    first: dict[str, Fact] = {}
    for fact in sorted(log, key=lambda fact: fact.at):
        if fact.slot.startswith(SIGNAL_PREFIX):
            first.setdefault(fact.slot.removeprefix(SIGNAL_PREFIX), fact)
    return [
        earned
        for rule in playbook.engagement
        if rule.signal in first and (is_known or rule.signal not in CURIOSITY)
        for earned in _with_decay(_deed(rule, first[rule.signal]), rule, as_of)
    ]


def _deed(rule: EngagementRule, shown: Fact) -> Receipt:
    return Receipt(
        rule=f"engagement.{rule.name}",
        points=rule.points,
        reason=rule.reason,
        quote=shown.quote,
        message_id=shown.message_id,
        at=shown.at,
        dimension="interest",
    )


def _cap_receipts(playbook: Playbook, earned: Sequence[_Earned]) -> list[Receipt]:
    """Take back what a group earned over its cap, in a receipt dated and quoted like the group's latest."""
    receipts = []
    for group, cap in playbook.caps:
        members = [item.receipt for item in earned if item.group == group]
        over = sum(receipt.points for receipt in members) - cap
        if over > 0:
            last = max(members, key=lambda receipt: receipt.at)
            receipts.append(
                Receipt(
                    rule=f"cap.{group}",
                    points=-over,
                    reason=f"No more than {cap} points for {group} in all.",
                    quote=None,
                    message_id=last.message_id,
                    at=last.at,
                    dimension=last.dimension,
                )
            )
    return receipts


def _points(receipts: Sequence[Receipt], dimension: Dimension) -> int:
    return sum(receipt.points for receipt in receipts if receipt.dimension == dimension)


def _letter(points: int, thresholds: Sequence[int], letters: str, otherwise: str) -> str:
    reached = zip(thresholds, letters, strict=True)
    return next((letter for threshold, letter in reached if points >= threshold), otherwise)
