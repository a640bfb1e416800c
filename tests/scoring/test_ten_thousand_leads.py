"""Ten thousand random leads, at random moments: the score is the clamped sum of its receipts, always."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.conversation import MessageId
from bot.domain.facts import SIGNAL_PREFIX, Fact, FactState
from bot.domain.playbook import SIGNALS, Playbook
from bot.domain.scoring import assess, clamp
from bot.domain.slots import Slot, SlotKind
from bot.settings import BUNDLED_PLAYBOOKS, bundled_playbook

NOW = datetime(2027, 1, 15, 10, tzinfo=UTC)
LEADS = 10_000


def random_value(slot: Slot, chance: random.Random) -> Any:
    match slot.kind:
        case SlotKind.QUANTITY:
            return {"min": chance.randint(0, 400), "max": None}
        case SlotKind.MONEY:
            amount, per = (
                chance.randint(0, 300_000),
                chance.choice([None, "month", "year", "user/month", "hour"]),
            )
            return {"min": amount, "max": amount, "currency": chance.choice([None, "EUR", "JPY"]), "per": per}
        case SlotKind.TIMELINE:
            day = (NOW + timedelta(days=chance.randint(-30, 500))).date().isoformat()
            return {"from": day, "to": chance.choice([day, None])}
        case SlotKind.BOOLEAN:
            return chance.random() < 0.5
        case SlotKind.CHOICE:
            return chance.choice(slot.choices).id
        case SlotKind.EMAIL:
            return chance.choice(["ann@acme.com", "ann@gmail.com"])
        case _:
            return chance.choice(["CEO", "something", "Head of support"])


def random_log(playbook: Playbook, chance: random.Random) -> list[Fact]:
    """Any history of facts and deeds, up to a year old."""
    log = []
    for number in range(chance.randint(0, 14)):
        slot = chance.choice(playbook.slots)
        state = chance.choice([FactState.KNOWN] * 4 + list(FactState))
        is_deed = chance.random() < 0.25
        log.append(
            Fact(
                slot=SIGNAL_PREFIX + chance.choice(SIGNALS) if is_deed else slot.id,
                state=FactState.KNOWN if is_deed else state,
                value=True if is_deed else random_value(slot, chance) if state is FactState.KNOWN else None,
                quote=f"words {number}",
                message_id=MessageId(f"m{number}"),
                extractor="random",
                confidence=1.0,
                at=NOW - timedelta(hours=chance.randint(0, 9_000)),
            )
        )
    return log


@pytest.mark.slow
def test_receipts_sum_to_the_score_of_ten_thousand_random_leads() -> None:
    chance = random.Random(4)
    playbooks = [bundled_playbook(name) for name in BUNDLED_PLAYBOOKS]
    stages, grades = set(), set()
    for number in range(LEADS):
        playbook = playbooks[number % len(playbooks)]
        log = random_log(playbook, chance)
        judged = assess(playbook, log, as_of=NOW + timedelta(days=chance.choice([0, 0, 3, 90])))

        assert judged.score == clamp(sum(receipt.points for receipt in judged.receipts)), log
        known = {fact.slot for fact in log}
        rules = {receipt.rule.removeprefix("decay.").partition(".")[0] for receipt in judged.receipts}
        assert rules - {"cap", "engagement"} <= known
        assert all(isinstance(receipt.points, int) for receipt in judged.receipts)
        stages.add(judged.stage)
        grades.add(judged.grade)

    assert stages == {"visitor", "lead", "mql", "sql", "disqualified"}
    assert len(grades) == 12
