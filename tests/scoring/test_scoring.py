"""The laws of the score, and what the bundled playbooks say about the visitors of the issue."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.conversation import MessageId
from bot.domain.facts import BY_MODEL, SIGNAL_PREFIX, Fact, FactState
from bot.domain.forecast import what_matters
from bot.domain.playbook import SIGNALS, Condition, Grades, Playbook, Question, Rule, Stages
from bot.domain.scoring import assess, clamp
from bot.domain.slots import Slot, SlotKind
from bot.settings import bundled_playbook, demo_site_folder, load_playbook

NOW = datetime(2027, 1, 15, 10, tzinfo=UTC)
PLAYBOOKS = {
    "bant": bundled_playbook("bant"),
    "simple": bundled_playbook("simple"),
    "demo": load_playbook(demo_site_folder() / "playbook.yaml"),
}
each_playbook = pytest.mark.parametrize("playbook", PLAYBOOKS.values(), ids=PLAYBOOKS.keys())


def fact(slot: str, value: Any = None, *, state: FactState = FactState.KNOWN, at: datetime = NOW) -> Fact:
    return Fact(
        slot=slot,
        state=state,
        value=value if state is FactState.KNOWN else None,
        quote=f"words about {slot}",
        message_id=MessageId(f"m-{slot}-{at:%d%H%M}"),
        extractor="test",
        confidence=1.0,
        at=at,
    )


def signal(name: str, at: datetime = NOW) -> Fact:
    return fact(SIGNAL_PREFIX + name, value=True, at=at)


def figure(amount: float, **more: str) -> dict[str, Any]:
    return {"min": amount, "max": amount, **more}


def sum_of_money(amount: float, currency: str | None = None, per: str | None = None) -> dict[str, Any]:
    return {"min": amount, "max": amount, "currency": currency, "per": per}


def points_for(playbook: Playbook, facts: Sequence[Fact], slot: str) -> int:
    receipts = assess(playbook, facts, as_of=NOW).receipts
    return sum(receipt.points for receipt in receipts if receipt.rule.startswith(f"{slot}."))


@each_playbook
def test_what_a_language_model_took_for_a_fact_earns_nothing(playbook: Playbook) -> None:
    told = [fact("team_size", figure(3)), signal("asked_price")]
    pointed = [
        replace(one, extractor=BY_MODEL)
        for one in (
            fact("budget", sum_of_money(200_000)),
            fact("need", "safety"),
            fact("decision_maker", value=False),
        )
    ]
    assert assess(playbook, [*told, *pointed], as_of=NOW) == assess(playbook, told, as_of=NOW)


DENIALS = [
    fact("budget", state=FactState.NONE),
    fact("need", state=FactState.NONE),
    fact("timeline", state=FactState.NONE),
    fact("decision_maker", value=False),
]
BUYER = [
    fact("team_size", figure(40)),
    fact("budget", sum_of_money(30_000)),
    fact("timeline", {"from": "2027-03-01", "to": "2027-03-01"}),
    signal("ready_to_buy"),
]


@each_playbook
def test_a_visitor_who_said_nothing_scores_nothing(playbook: Playbook) -> None:
    assessment = assess(playbook, [], as_of=NOW)

    assert (assessment.score, assessment.grade, assessment.stage, assessment.receipts) == (
        0,
        "D3",
        "visitor",
        (),
    )


@each_playbook
def test_a_visitor_who_refuses_every_question_scores_nothing(playbook: Playbook) -> None:
    refusals = [fact(slot.id, state=FactState.DECLINED) for slot in playbook.slots]

    assessment = assess(playbook, refusals, as_of=NOW)

    assert (assessment.score, assessment.stage, assessment.receipts) == (0, "visitor", ())


@each_playbook
def test_no_budget_no_need_no_deadline_and_no_say_is_disqualified(playbook: Playbook) -> None:
    assessment = assess(playbook, DENIALS, as_of=NOW)

    assert assessment.stage == "disqualified"
    assert assessment.score == 0


@each_playbook
@pytest.mark.parametrize("missed", ["budget", "need", "timeline"])
def test_denials_disqualify_also_when_one_of_them_was_missed(playbook: Playbook, missed: str) -> None:
    heard = [item for item in DENIALS if item.slot != missed]

    assert assess(playbook, heard, as_of=NOW).stage == "disqualified"


@each_playbook
def test_a_team_that_is_ready_to_sign_is_sales_qualified(playbook: Playbook) -> None:
    assessment = assess(playbook, BUYER, as_of=NOW)

    assert assessment.score >= 65
    assert assessment.stage == "sql"
    assert assessment.grade[1] == "1"


@each_playbook
def test_a_team_that_is_ready_to_sign_is_qualified_even_without_the_signal(playbook: Playbook) -> None:
    assert assess(playbook, BUYER[:3], as_of=NOW).stage == "mql"


@each_playbook
@pytest.mark.parametrize("state", [FactState.NONE, FactState.UNCLEAR, FactState.DECLINED])
def test_a_timeline_that_is_no_date_earns_no_points(playbook: Playbook, state: FactState) -> None:
    assert points_for(playbook, [fact("timeline", state=state)], "timeline") <= 0


@each_playbook
def test_a_date_within_ninety_days_earns_points_and_a_distant_one_fewer(playbook: Playbook) -> None:
    def worth(day: str) -> int:
        return points_for(playbook, [fact("timeline", {"from": day, "to": day})], "timeline")

    assert worth("2027-03-01") > worth("2027-06-01") > worth("2029-01-01") >= 0


@each_playbook
def test_an_approved_budget_earns_points(playbook: Playbook) -> None:
    assert points_for(playbook, [fact("budget", sum_of_money(250_000, "USD"))], "budget") >= 20


@each_playbook
def test_no_budget_is_not_better_than_an_unknown_one(playbook: Playbook) -> None:
    assert points_for(playbook, [fact("budget", state=FactState.NONE)], "budget") < 0


@each_playbook
def test_the_bundled_playbooks_know_the_same_slots(playbook: Playbook) -> None:
    wanted = "email phone name company website role team_size budget timeline need decision_maker"

    assert [slot.id for slot in playbook.slots] == wanted.split()


def test_only_the_latest_fact_of_a_slot_counts() -> None:
    first = fact("team_size", figure(50), at=NOW - timedelta(hours=1))
    corrected = fact("team_size", figure(2))

    assert assess(PLAYBOOKS["bant"], [corrected, first], as_of=NOW).receipts == ()


def test_the_score_at_a_past_time_ignores_what_came_later() -> None:
    early = [fact("need", "fewer tickets", at=NOW - timedelta(days=2))]
    log = [*early, *BUYER]

    then = assess(PLAYBOOKS["bant"], log, as_of=NOW - timedelta(days=1))

    assert then == assess(PLAYBOOKS["bant"], early, as_of=NOW)


def test_a_receipt_carries_the_visitors_words_and_their_message() -> None:
    receipt = assess(PLAYBOOKS["bant"], [fact("need", "fewer tickets")], as_of=NOW).receipts[0]

    assert (receipt.rule, receipt.points, receipt.dimension) == ("need.stated", 10, "interest")
    assert (receipt.quote, receipt.message_id, receipt.at) == ("words about need", "m-need-151000", NOW)


def test_a_cap_is_a_receipt_that_takes_points_back() -> None:
    facts = [fact("email", "ann@acme.com"), fact("phone", "+14155550100")]

    receipts = {
        receipt.rule: receipt.points for receipt in assess(PLAYBOOKS["bant"], facts, as_of=NOW).receipts
    }

    assert receipts["cap.contact"] == 7 - receipts["email.given"] - receipts["phone.given"] == -2


def test_a_signal_counts_once_with_its_first_quote() -> None:
    log = [signal("asked_person"), signal("asked_person", at=NOW - timedelta(hours=2))]

    receipts = assess(PLAYBOOKS["bant"], log, as_of=NOW).receipts

    assert [(receipt.rule, receipt.at) for receipt in receipts] == [
        ("engagement.asked_person", NOW - timedelta(hours=2))
    ]


@each_playbook
def test_curiosity_counts_only_beside_something_known(playbook: Playbook) -> None:
    curious = [signal("asked_price"), signal("three_questions"), fact("need", state=FactState.DECLINED)]

    assert assess(playbook, curious, as_of=NOW).receipts == ()
    assert points_for(playbook, [*curious, fact("company", "Acme")], "engagement") == sum(
        rule.points for rule in playbook.engagement if rule.signal in {"asked_price", "three_questions"}
    )


def test_what_matters_leaves_out_what_was_spoken_of_and_begins_with_the_authors_priority() -> None:
    order = order_of(PLAYBOOKS["bant"], {"budget": fact("budget", state=FactState.DECLINED)})

    assert order[0] == "need"
    assert "budget" not in order
    assert set(order) | {"budget"} == {slot.id for slot in PLAYBOOKS["bant"].slots}


def test_what_matters_prefers_the_answer_that_could_change_the_stage() -> None:
    slots = tuple(Slot(id=name, kind=SlotKind.TEXT, label=name) for name in ("known", "wide", "step"))
    denial = Condition(state=FactState.NONE)
    rules = (rule_of("known", 36), rule_of("wide", -20, when=denial), rule_of("step", 5))
    playbook = made_of(slots, rules)

    # From 36 points, 5 more are a stage; 20 less are still the same one.
    assert order_of(playbook, {"known": fact("known", "x")}) == ("step", "wide")
    assert order_of(playbook, {}) == ("known", "step", "wide")


def order_of(playbook: Playbook, known: dict[str, Fact]) -> tuple[str, ...]:
    return tuple(worth.slot for worth in what_matters(playbook, known, now=NOW))


def rule_of(slot: str, points: int, *, when: Condition | None = None, group: str | None = None) -> Rule:
    return Rule(
        slot=slot,
        name=f"r{points + 200}",
        when=when or Condition(),
        points=points,
        reason="because",
        group=group,
    )


def made_of(
    slots: tuple[Slot, ...], rules: tuple[Rule, ...], caps: tuple[tuple[str, int], ...] = ()
) -> Playbook:
    return Playbook(
        id="made",
        version="1",
        slots=slots,
        questions=tuple(Question(slot=slot.id, texts=("?",)) for slot in slots),
        rules=rules,
        engagement=(),
        caps=caps,
        stages=Stages(),
        grades=Grades(),
    )


VALUES = {
    SlotKind.EMAIL: st.sampled_from(["ann@acme.com", "ann@gmail.com"]),
    SlotKind.QUANTITY: st.integers(0, 5000).map(figure),
    SlotKind.MONEY: st.builds(
        sum_of_money,
        st.integers(0, 10**7),
        st.sampled_from([None, "USD", "EUR", "JPY"]),
        st.sampled_from([None, "month", "year", "user", "user/month", "hour"]),
    ),
    SlotKind.TIMELINE: st.dates(min_value=NOW.date(), max_value=NOW.date().replace(year=2030)).map(
        lambda day: {"from": day.isoformat(), "to": day.isoformat()}
    ),
    SlotKind.BOOLEAN: st.booleans(),
}


@st.composite
def logs(draw: st.DrawFn) -> list[Fact]:
    """Any history of facts and signals about the slots of a bundled playbook."""
    slots = draw(st.lists(st.sampled_from(PLAYBOOKS["bant"].slots), max_size=25))
    log = []
    for slot in slots:
        at = NOW - timedelta(minutes=draw(st.integers(0, 500)))
        value = draw(VALUES.get(slot.kind, st.just("CEO of something")))
        log.append(fact(slot.id, value, state=draw(st.sampled_from(FactState)), at=at))
    shown = draw(st.lists(st.tuples(st.sampled_from(SIGNALS), st.integers(0, 500)), max_size=6))
    log.extend(signal(name, at=NOW - timedelta(minutes=minutes)) for name, minutes in shown)
    return log


@given(log=logs(), name=st.sampled_from(sorted(PLAYBOOKS)))
@settings(deadline=None)
def test_the_score_is_the_clamped_sum_of_its_receipts(log: list[Fact], name: str) -> None:
    assessment = assess(PLAYBOOKS[name], log, as_of=NOW)

    assert assessment.score == clamp(sum(receipt.points for receipt in assessment.receipts))
    assert 0 <= assessment.score <= 100


@given(log=logs(), minutes=st.integers(0, 500), name=st.sampled_from(sorted(PLAYBOOKS)))
@settings(deadline=None)
def test_a_past_score_is_the_score_of_the_facts_up_to_then(log: list[Fact], minutes: int, name: str) -> None:
    moment = NOW - timedelta(minutes=minutes)
    before = [item for item in log if item.at <= moment]

    assert assess(PLAYBOOKS[name], log, as_of=moment) == assess(PLAYBOOKS[name], before, as_of=NOW)


@given(log=logs(), name=st.sampled_from(sorted(PLAYBOOKS)))
@settings(deadline=None)
def test_what_is_not_known_never_earns_points(log: list[Fact], name: str) -> None:
    unknown = [item for item in log if item.state is not FactState.KNOWN]

    assert all(receipt.points <= 0 for receipt in assess(PLAYBOOKS[name], unknown, as_of=NOW).receipts)


@given(log=logs(), name=st.sampled_from(sorted(PLAYBOOKS)))
@settings(deadline=None)
def test_no_group_brings_more_than_its_cap(log: list[Fact], name: str) -> None:
    playbook = PLAYBOOKS[name]
    groups = {rule.full_name: rule.group for rule in playbook.rules}
    groups |= {f"engagement.{rule.name}": rule.group for rule in playbook.engagement}
    groups |= {f"decay.{name}": group for name, group in groups.items()}
    groups |= {f"cap.{group}": group for group, _ in playbook.caps}

    receipts = assess(playbook, log, as_of=NOW).receipts

    for group, cap in playbook.caps:
        assert sum(receipt.points for receipt in receipts if groups[receipt.rule] == group) <= cap


@given(log=logs(), name=st.sampled_from(sorted(PLAYBOOKS)))
@settings(deadline=None)
def test_every_receipt_quotes_a_fact_of_the_log_or_is_a_cap(log: list[Fact], name: str) -> None:
    said = {(item.quote, item.message_id, item.at) for item in log}

    for receipt in assess(PLAYBOOKS[name], log, as_of=NOW).receipts:
        assert (
            receipt.rule.startswith(("cap.", "decay."))
            or (receipt.quote, receipt.message_id, receipt.at) in said
        )
