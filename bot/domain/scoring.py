"""What a lead's facts are worth: a score with a receipt for every point, a grade, a stage. Pure.

A score is the sum of its receipts, clamped to 0–100. Only facts count, so only the visitor's own words do; a
slot that was never spoken of, declined or left unclear earns nothing that a known one earns. The score at any
past time is the score of the facts up to it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.conditions import holds
from bot.domain.facts import SIGNAL_PREFIX, Fact, FactState, current_facts
from bot.domain.lead import Assessment, Receipt
from bot.domain.playbook import Dimension, Playbook, Rule, Stage
from bot.domain.slots import SlotKind

MAX_SCORE = 100
STAGE_ORDER: tuple[Stage, ...] = ("visitor", "lead", "mql", "sql")
SIGNALS = ("asked_price", "ready_to_buy", "asked_person", "three_questions")
"""What a visitor can show by doing; kept as facts in slots `signal.<name>`."""
CURIOSITY = frozenset({"asked_price", "three_questions"})
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
    log = [fact for fact in facts if fact.at <= as_of]
    current = current_facts(fact for fact in log if not fact.slot.startswith(SIGNAL_PREFIX))
    earned = [*_fact_receipts(playbook, current), *_signal_receipts(playbook, log, current)]
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


def what_matters(playbook: Playbook, facts: Mapping[str, Fact]) -> tuple[str, ...]:
    """Order the slots nobody spoke of yet by how much their answer could change the decision.

    The author's `priority` comes first; then how many stages the answer could move the lead, then the points
    between its best and its worst answer, then the playbook's own order.
    """
    at = max((fact.at for fact in facts.values()), default=None)
    score = assess(playbook, facts.values(), as_of=at).score if at is not None else 0
    ranked = []
    for position, slot in enumerate(playbook.slots):
        if slot.id not in facts:
            lowest, highest = _stakes(playbook, slot.id)
            stages = _rank(playbook, score + highest) - _rank(playbook, score + lowest)
            question = playbook.question_for(slot.id)
            priority = question.priority if question is not None else 0
            ranked.append((-priority, -stages, lowest - highest, position, slot.id))
    return tuple(slot_id for *_, slot_id in sorted(ranked))


def _fact_receipts(playbook: Playbook, current: Mapping[str, Fact]) -> list[_Earned]:
    heads = team_heads(playbook, current)
    return [
        _Earned(_receipt(rule, current[rule.slot]), rule.group)
        for rule in playbook.rules
        if rule.slot in current and holds(rule.when, current[rule.slot], heads=heads)
    ]


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


def _signal_receipts(playbook: Playbook, log: Iterable[Fact], current: Mapping[str, Fact]) -> list[_Earned]:
    """Give each engagement rule once, with the first time the visitor showed it."""
    is_known = any(fact.state is FactState.KNOWN for fact in current.values())
    first: dict[str, Fact] = {}
    for fact in sorted(log, key=lambda fact: fact.at):
        if fact.slot.startswith(SIGNAL_PREFIX):
            first.setdefault(fact.slot.removeprefix(SIGNAL_PREFIX), fact)
    return [
        _Earned(
            Receipt(
                rule=f"engagement.{rule.name}",
                points=rule.points,
                reason=rule.reason,
                quote=first[rule.signal].quote,
                message_id=first[rule.signal].message_id,
                at=first[rule.signal].at,
                dimension="interest",
            ),
            rule.group,
        )
        for rule in playbook.engagement
        if rule.signal in first and (is_known or rule.signal not in CURIOSITY)
    ]


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


def _stakes(playbook: Playbook, slot_id: str) -> tuple[int, int]:
    """Return the fewest and the most points an answer could bring, each state by itself."""
    lowest = highest = 0
    for state in (FactState.KNOWN, FactState.NONE):
        points = [rule.points for rule in playbook.rules if rule.slot == slot_id and rule.when.state is state]
        lowest = min(lowest, sum(p for p in points if p < 0))
        highest = max(highest, sum(p for p in points if p > 0))
    return lowest, highest


def _rank(playbook: Playbook, points: int) -> int:
    return STAGE_ORDER.index(stage_of(playbook, clamp(points), {}))
