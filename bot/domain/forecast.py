"""What answers nobody gave yet could do to a lead: which question is worth its bother, and what would change the grade.

Every possible answer is tried on the real score, caps and disqualifiers included, so that nothing is promised that the
rules would not do. Pure, and the same facts always give the same order.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.domain.conversation import MessageId
from bot.domain.facts import Fact, FactState
from bot.domain.lead import Assessment
from bot.domain.playbook import Condition, Playbook, Question
from bot.domain.scoring import STAGE_ORDER, assess
from bot.domain.slots import Slot, SlotKind

BOTHER: Mapping[SlotKind, float] = {
    SlotKind.BOOLEAN: 1.0, SlotKind.CHOICE: 1.0, SlotKind.QUANTITY: 1.0, SlotKind.TIMELINE: 1.5,
    SlotKind.ROLE: 1.5, SlotKind.COMPANY: 1.5, SlotKind.NEED: 1.5, SlotKind.TEXT: 2.0, SlotKind.NAME: 2.0,
    SlotKind.URL: 2.0, SlotKind.MONEY: 2.0, SlotKind.EMAIL: 3.0, SlotKind.PHONE: 4.0,
}  # fmt: skip
"""What a question asks of a visitor, where the playbook does not say: a yes is quick, a phone number is not."""
ANSWERS = 0.7
DENIES = 0.15
"""How often a question brings a value, and how often "there is none"; the rest would not say, or can not."""
POINT = 0.001
"""What a point of the score counts beside a step of stage or grade: it only orders what decides nothing."""
BEYOND_DAYS = 400
RISING = frozenset({SlotKind.QUANTITY, SlotKind.MONEY, SlotKind.TIMELINE})
"""Kinds whose rules are steps of one stair: the last reason says what the others do, and more."""
QUIET_DAYS = (7, 14, 30, 60, 90, 180)


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What asking for a slot is worth: `gain` steps of stage and grade expected, for so much `bother`."""

    slot: str
    gain: float
    bother: float

    @property
    def value(self) -> float:
        """The expected change per unit of bother."""
        return self.gain / self.bother


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something that would change grade or stage: `because` in the rules' own reasons, and where the lead then stands.

    `slot` is None where it is time that does it.
    """

    slot: str | None
    because: str
    after: Assessment
    is_lift: bool
    bother: float


def what_matters(playbook: Playbook, facts: Mapping[str, Fact], *, now: datetime) -> tuple[Worth, ...]:
    """Order the slots nobody spoke of by the expected change of the decision per unit of bother.

    Required questions come first, then the author's `priority`, then the value, then the playbook's own order.

    Args:
        playbook: what is asked, and what each answer is worth.
        facts: what is known, signals included.
        now: when the answers would be given.
    """
    before = assess(playbook, facts.values(), as_of=now)
    ranked = []
    for position, slot in enumerate(playbook.slots):
        if slot.id not in facts:
            question = playbook.question_for(slot.id)
            worth = Worth(
                slot=slot.id,
                gain=_gain(playbook, facts, slot, before, now),
                bother=bother_of(slot, question),
            )
            is_required, priority = (question.is_required, question.priority) if question else (False, 0)
            ranked.append((not is_required, -priority, -worth.value, position, worth))
    return tuple(worth for *_, worth in sorted(ranked, key=lambda item: item[:4]))


def bother_of(slot: Slot, question: Question | None) -> float:
    """Return how much asking for the slot asks of a visitor."""
    if question is not None and question.bother is not None:
        return question.bother
    return BOTHER[slot.kind] * (0.75 if question is not None and question.choices else 1.0)


def what_would_change(playbook: Playbook, log: Sequence[Fact], *, as_of: datetime) -> tuple[Change, ...]:
    """Return the cheapest facts that would lift the grade or stage, then those that would drop it, then time.

    A slot stands in it at most twice: with the least that lifts and the least that drops. Of who is disqualified only
    what would end that is told: the answers that did it, given otherwise.
    """
    before = assess(playbook, log, as_of=as_of)
    settled = _settled(playbook, log, before, as_of)
    found: dict[tuple[str, bool], Change] = {}
    for slot in playbook.slots:
        if slot.id in settled:
            continue
        for fact in (*known_answers(playbook, slot, as_of), _answer(slot, None, as_of, FactState.NONE)):
            change = _change(playbook, before, log, fact, as_of)
            if change is not None:
                kept = found.get((slot.id, change.is_lift))
                if kept is None or _steps(before, change.after) < _steps(before, kept.after):
                    found[slot.id, change.is_lift] = change
    ordered = sorted(
        found.values(), key=lambda change: (not change.is_lift, change.bother, -_moved(before, change))
    )
    return (*ordered, *_by_time(playbook, log, before, as_of))


def _settled(playbook: Playbook, log: Sequence[Fact], before: Assessment, as_of: datetime) -> set[str]:
    """Return the slots whose answer is not thought otherwise; of who is disqualified, all but those that do it."""
    if before.stage == "disqualified":
        doing = {slot for together in playbook.stages.disqualified_when for slot, _ in together}
        return {slot.id for slot in playbook.slots} - doing
    return {fact.slot for fact in log if fact.at <= as_of and fact.state in {FactState.KNOWN, FactState.NONE}}


def known_answers(playbook: Playbook, slot: Slot, now: datetime) -> tuple[Fact, ...]:
    """Return one answer for each thing the rules can tell apart of a slot's value."""
    conditions = [rule.when for rule in playbook.rules if rule.slot == slot.id]
    for together in playbook.stages.disqualified_when:
        conditions += [condition for slot_id, condition in together if slot_id == slot.id]
    conditions = [condition for condition in conditions if condition.state is FactState.KNOWN]
    return tuple(_answer(slot, value, now, FactState.KNOWN) for value in _values(slot, conditions, now))


def _values(slot: Slot, conditions: Sequence[Condition], now: datetime) -> Iterator[Any]:
    match slot.kind:
        case SlotKind.QUANTITY | SlotKind.MONEY:
            yield from _amounts(conditions)
        case SlotKind.TIMELINE:
            yield from _days(conditions, now)
        case SlotKind.BOOLEAN:
            yield from (True, False)
        case SlotKind.CHOICE:
            yield from (choice.id for choice in slot.choices)
        case SlotKind.EMAIL:
            yield from ("someone@company.example", "someone@gmail.com")
        case _:
            yield "something"
            yield from (condition.mentions[0] for condition in conditions if condition.mentions)


def _amounts(conditions: Sequence[Condition]) -> Iterator[dict[str, Any]]:
    """Yield an amount below every threshold, and one at each."""
    bounds = {c.at_least for c in conditions} | {
        None if c.at_most is None else c.at_most + 1 for c in conditions
    }
    rising = sorted(bound for bound in bounds if bound is not None)
    for amount in ([rising[0] / 2] if rising else []) + (rising or [1]):
        yield {"min": amount, "max": amount, "currency": None, "per": None}


def _days(conditions: Sequence[Condition], now: datetime) -> Iterator[dict[str, str]]:
    windows = sorted({c.within_days for c in conditions if c.within_days is not None})
    for days in (*windows, BEYOND_DAYS + (windows[-1] if windows else 0)):
        day = (now + timedelta(days=days)).date().isoformat()
        yield {"from": day, "to": day}


def _answer(slot: Slot, value: Any, now: datetime, state: FactState) -> Fact:
    return Fact(
        slot=slot.id,
        state=state,
        value=value,
        quote="",
        message_id=MessageId(""),
        extractor="forecast",
        confidence=1.0,
        at=now,
    )


def _gain(
    playbook: Playbook, facts: Mapping[str, Fact], slot: Slot, before: Assessment, now: datetime
) -> float:
    """Return how many steps the decision is expected to move, over every answer the slot may get."""
    answers = known_answers(playbook, slot, now)
    chances = [(answer, ANSWERS / len(answers)) for answer in answers]
    chances.append((_answer(slot, None, now, FactState.NONE), DENIES))
    return sum(
        chance * _steps(before, assess(playbook, [*facts.values(), answer], as_of=now))
        for answer, chance in chances
    )


def _steps(before: Assessment, after: Assessment) -> float:
    """Return how far apart two judgements are: steps of stage, of fit and of interest; points only as a crumb."""
    stages = abs(_place(before) - _place(after))
    letters = abs(ord(before.grade[0]) - ord(after.grade[0])) + abs(
        ord(before.grade[1]) - ord(after.grade[1])
    )
    return stages + letters + POINT * abs(before.score - after.score)


def _place(judged: Assessment) -> int:
    return -1 if judged.stage == "disqualified" else STAGE_ORDER.index(judged.stage)


def _change(
    playbook: Playbook, before: Assessment, log: Sequence[Fact], fact: Fact, as_of: datetime
) -> Change | None:
    """Return what the fact would change; a lift counts only where the fact brings points, or ends what disqualifies."""
    after = assess(playbook, [*log, fact], as_of=as_of)
    is_lift = _is_better(before, after)
    if not _is_worth_telling(before, after, is_lift=is_lift):
        return None
    slot = next(slot for slot in playbook.slots if slot.id == fact.slot)
    earned = [receipt for receipt in after.receipts if receipt.rule.startswith(f"{slot.id}.")]
    # Any fact at all lets what passers-by do count: that is no merit of this one.
    if is_lift and before.stage != "disqualified" and sum(receipt.points for receipt in earned) <= 0:
        return None
    reasons = [receipt.reason for receipt in earned]
    told = reasons[-1:] if slot.kind in RISING else reasons
    return Change(
        slot=slot.id,
        because="; ".join(told) or f"{slot.label}: {_in_words(slot, fact)}",
        after=after,
        is_lift=is_lift,
        bother=bother_of(slot, playbook.question_for(slot.id)),
    )


def _in_words(slot: Slot, fact: Fact) -> str:
    """Return an answer that no rule of its own counts, as people read it."""
    if fact.state is FactState.NONE:
        return "none"
    if isinstance(fact.value, bool):
        return "yes" if fact.value else "no"
    return next((choice.label for choice in slot.choices if choice.id == fact.value), "told")


def _is_worth_telling(before: Assessment, after: Assessment, *, is_lift: bool) -> bool:
    """Whether stage or grade move, and the score with them: another letter at no points is no news."""
    if before.stage != after.stage:
        return True
    has_moved = after.score > before.score if is_lift else after.score < before.score
    return has_moved and before.grade != after.grade and before.stage != "disqualified"


def _is_better(before: Assessment, after: Assessment) -> bool:
    """Compare stages first, then the two halves of the grade, then the score."""
    key_before, key_after = (
        (_place(one), -ord(one.grade[0]) - ord(one.grade[1]), one.score) for one in (before, after)
    )
    return key_after > key_before


def _moved(before: Assessment, change: Change) -> float:
    return _steps(before, change.after)


def _by_time(
    playbook: Playbook, log: Sequence[Fact], before: Assessment, as_of: datetime
) -> Iterator[Change]:
    """Yield what silence alone would do, at the first of a few dates where it changes anything."""
    for days in QUIET_DAYS:
        after = assess(playbook, log, as_of=as_of + timedelta(days=days))
        is_lift = _is_better(before, after)
        if _is_worth_telling(before, after, is_lift=is_lift):
            because = f"Nothing new for {days} days"
            yield Change(slot=None, because=because, after=after, is_lift=is_lift, bother=0.0)
            return
