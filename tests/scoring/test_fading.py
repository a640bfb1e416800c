"""Points that fade, what would change a lead, and what a question is worth."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.behaviour import deeds, page_without_query, shows_prices
from bot.domain.conversation import Author, ConversationId, Message, MessageId
from bot.domain.facts import SIGNAL_PREFIX, Fact, FactState
from bot.domain.forecast import what_matters, what_would_change
from bot.domain.playbook import Condition, EngagementRule, Grades, Playbook, Question, Rule, Stages
from bot.domain.scoring import assess
from bot.domain.slots import Slot, SlotKind
from bot.settings import bundled_playbook
from bot.settings.templates import template_problem

NOW = datetime(2027, 1, 15, 10, tzinfo=UTC)
MONTH = timedelta(days=30)


def said(slot: str, value: object = "x", *, state: FactState = FactState.KNOWN, at: datetime = NOW) -> Fact:
    return Fact(
        slot=slot,
        state=state,
        value=value if state is FactState.KNOWN else None,
        quote=f"words about {slot}",
        message_id=MessageId("m1"),
        extractor="test",
        confidence=1.0,
        at=at,
    )


def rule(slot: str, points: int, **more: object) -> Rule:
    return Rule(
        slot=slot, name=f"r{abs(points)}", when=Condition(), points=points, reason=f"{slot} told", **more
    )


def made_of(*rules: Rule, **more: object) -> Playbook:
    slots = tuple(dict.fromkeys(one.slot for one in rules))
    fields = {
        "id": "made",
        "version": "1",
        "slots": tuple(Slot(id=name, kind=SlotKind.TEXT, label=name.title()) for name in slots),
        "questions": tuple(Question(slot=name, texts=("?",)) for name in slots),
        "rules": rules,
        "engagement": (),
        "caps": (),
        "stages": Stages(),
        "grades": Grades(),
    }
    return Playbook(**(fields | more))


def test_points_halve_every_half_life_in_a_receipt_of_their_own() -> None:
    playbook = made_of(rule("need", 20, half_life_days=30), rule("size", 10))
    log = [said("need"), said("size")]

    receipts = [
        [
            (receipt.rule, receipt.points)
            for receipt in assess(playbook, log, as_of=NOW + months * MONTH).receipts
        ]
        for months in (0, 1, 2)
    ]

    assert receipts[0] == [("need.r20", 20), ("size.r10", 10)]
    assert receipts[1] == [("need.r20", 20), ("decay.need.r20", -10), ("size.r10", 10)]
    assert receipts[2][1] == ("decay.need.r20", -15)


def test_a_word_said_again_counts_in_full_again_and_what_costs_fades_too() -> None:
    playbook = made_of(rule("need", 20, half_life_days=30), rule("bad", -8, half_life_days=30))
    log = [said("need"), said("bad"), said("need", at=NOW + MONTH)]

    receipts = {r.rule: r.points for r in assess(playbook, log, as_of=NOW + MONTH).receipts}

    assert receipts == {"need.r20": 20, "bad.r8": -8, "decay.bad.r8": 4}


def test_a_cap_counts_what_is_left_after_fading() -> None:
    playbook = made_of(
        rule("need", 20, half_life_days=30, group="g"), rule("size", 10, group="g"), caps=(("g", 15),)
    )
    log = [said("need"), said("size")]

    def total(as_of: datetime) -> int:
        return assess(playbook, log, as_of=as_of).score

    assert (total(NOW), total(NOW + MONTH), total(NOW + 3 * MONTH)) == (15, 15, 12)


def test_what_was_done_fades_from_the_first_time() -> None:
    deed = EngagementRule(name="ready", signal="ready_to_buy", points=20, reason="r", half_life_days=30)
    log = [
        said(SIGNAL_PREFIX + "ready_to_buy", True),
        said(SIGNAL_PREFIX + "ready_to_buy", True, at=NOW + MONTH),
    ]

    receipts = assess(made_of(rule("need", 1), engagement=(deed,)), log, as_of=NOW + MONTH).receipts

    assert [(receipt.rule, receipt.points) for receipt in receipts] == [
        ("engagement.ready", 20),
        ("decay.engagement.ready", -10),
    ]


def test_what_would_change_a_lead_names_the_cheapest_lift_first_and_then_what_drops_it() -> None:
    bant = bundled_playbook("bant")
    log = [said("need", "fewer tickets"), said("team_size", {"min": 30, "max": 30})]

    changes = what_would_change(bant, log, as_of=NOW)

    lifts = [change for change in changes if change.is_lift]
    assert lifts[0].slot == "decision_maker"
    assert lifts[0].because == "Makes the decision"
    assert [change.bother for change in lifts] == sorted(change.bother for change in lifts)
    assert {change.slot for change in changes if not change.is_lift and change.slot} >= {"budget"}
    assert "need" not in {change.slot for change in changes}


@pytest.mark.parametrize("name", ["bant", "champ", "meddic", "shop", "simple"])
def test_what_is_promised_is_what_the_rules_do(name: str) -> None:
    playbook = bundled_playbook(name)
    log = [said("need", "fewer tickets")]
    before = assess(playbook, log, as_of=NOW)

    for change in what_would_change(playbook, log, as_of=NOW):
        assert (change.after.grade, change.after.stage) != (before.grade, before.stage)
        assert change.because


@pytest.mark.parametrize("name", ["bant", "champ", "meddic", "shop", "simple"])
def test_who_only_looked_around_is_lifted_by_nothing_that_no_rule_counts(name: str) -> None:
    playbook = bundled_playbook(name)
    log = [said(SIGNAL_PREFIX + signal, True) for signal in ("asked_price", "three_questions", "came_back")]
    reasons = {rule.reason for rule in playbook.rules if rule.points > 0}

    lifts = [change for change in what_would_change(playbook, log, as_of=NOW) if change.is_lift]

    assert lifts
    assert all(set(change.because.split("; ")) & reasons for change in lifts)
    assert not [change for change in lifts if change.because.endswith(": none")]
    assert {change.slot for change in lifts} <= {rule.slot for rule in playbook.rules}


def test_what_is_promised_is_reached_once_it_is_told() -> None:
    bant = bundled_playbook("bant")
    log = [said(SIGNAL_PREFIX + "asked_price", True), said(SIGNAL_PREFIX + "three_questions", True)]
    told = {
        "need": "fewer tickets",
        "decision_maker": True,
        "team_size": {"min": 5, "max": 5},
        "company": "Kern GmbH",
    }

    changes = {c.slot: c for c in what_would_change(bant, log, as_of=NOW) if c.is_lift}

    for slot in told.keys() & changes.keys():
        assert assess(bant, [*log, said(slot, told[slot])], as_of=NOW).score == changes[slot].after.score
    assert {"need", "decision_maker"} <= changes.keys()


def test_what_ends_a_disqualification_without_a_rule_of_its_own_is_not_called_none() -> None:
    need = Slot(id="need", kind=SlotKind.TEXT, label="Need")
    no_need = (("need", Condition(state=FactState.NONE)),)
    playbook = replace(made_of(rule("size", 10), stages=Stages(disqualified_when=(no_need,))), slots=(need,))

    (change,) = what_would_change(playbook, [said("size"), said("need", state=FactState.NONE)], as_of=NOW)

    assert (change.because, change.after.score) == ("Need: told", 10)


def test_who_is_disqualified_is_told_only_what_would_end_that() -> None:
    bant = bundled_playbook("bant")
    log = [said("need", state=FactState.NONE), said("budget", state=FactState.NONE), said("name", "Ada")]

    changes = what_would_change(bant, log, as_of=NOW)

    assert assess(bant, log, as_of=NOW).stage == "disqualified"
    assert {change.slot for change in changes} == {"need", "budget"}
    assert all(change.is_lift and change.after.stage != "disqualified" for change in changes)


def test_a_letter_that_moves_at_no_points_is_no_news() -> None:
    bant = bundled_playbook("bant")
    log = [said("need", state=FactState.NONE)]

    changes = what_would_change(bant, log, as_of=NOW)

    assert assess(bant, log, as_of=NOW).score == 0
    assert all(change.after.score > 0 or change.after.stage == "disqualified" for change in changes)


def test_of_a_stair_of_reasons_only_the_highest_step_is_told() -> None:
    bant = bundled_playbook("bant")

    changes = what_would_change(bant, [said("need", "fewer tickets")], as_of=NOW)

    assert not [
        change for change in changes if change.slot in {"timeline", "team_size"} and ";" in change.because
    ]


def test_silence_is_named_where_it_would_drop_the_lead() -> None:
    playbook = made_of(rule("need", 44, half_life_days=60))

    (change,) = what_would_change(playbook, [said("need")], as_of=NOW)

    assert (change.slot, change.is_lift, change.because) == (None, False, "Nothing new for 14 days")
    assert change.after == assess(playbook, [said("need")], as_of=NOW + timedelta(days=14))


def test_a_question_is_worth_the_expected_steps_over_its_bother() -> None:
    playbook = made_of(rule("need", 12))

    (worth,) = what_matters(playbook, {}, now=NOW)

    # Told (70 %): visitor to lead and D to C, two steps and 12 points; "there is none" changes nothing.
    assert worth.gain == pytest.approx(0.7 * (2 + 12 * 0.001))
    assert worth.value == pytest.approx(worth.gain / 2.0)


def test_the_author_may_say_what_a_question_asks_of_a_visitor_and_what_is_required() -> None:
    rules = (rule("big", 12), rule("small", 11), rule("must", 1))
    questions = (
        Question(slot="big", texts=("?",), bother=10),
        Question(slot="small", texts=("?",)),
        Question(slot="must", texts=("?",), is_required=True),
    )

    order = [worth.slot for worth in what_matters(made_of(*rules, questions=questions), {}, now=NOW)]

    assert order == ["must", "small", "big"]


def written(seq: int, *, page: str | None = None, at: datetime = NOW) -> Message:
    return Message(
        message_id=MessageId(f"m{seq}"),
        conversation_id=ConversationId("c"),
        seq=seq,
        author=Author.VISITOR,
        text="Hello again",
        at=at,
        page_url=page,
    )


def test_coming_back_and_pages_are_shown_once_when_they_happen() -> None:
    home, docs, prices = (f"https://example.com{path}" for path in ("/", "/docs?utm=x", "/en/pricing/"))
    said_before = [written(1, page=home), written(2, page=docs)]
    later = NOW + timedelta(hours=6)

    def shown(page: str | None, at: datetime = NOW, before: list[Message] = said_before) -> list[str]:
        return [name for name, _ in deeds(written(9, page=page, at=at), before, question=None)]

    assert shown(docs + "&b=2") == []
    assert shown(prices) == ["three_pages", "saw_pricing"]
    assert shown(prices, before=[*said_before, written(3, page=prices)]) == []
    assert shown(home, at=later) == ["came_back"]
    assert shown(None, at=NOW + timedelta(hours=5)) == []


def test_a_page_is_known_without_what_follows_the_question_mark() -> None:
    assert page_without_query("https://a.example/x?email=ada@b.example#me") == "https://a.example/x"
    assert page_without_query("https://[bad") is None
    assert [
        shows_prices(f"https://a.example{path}") for path in ("/preise", "/plans.html", "/planes", "/priced")
    ] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("Plain {name}, 50 % off", None),
        ("{% if said.company %}At {{ said.company|title }}?{% else %}Where?{% endif %}", None),
        ("{% for word in said %}{{ word }}{% endfor %}", None),
        ("{{ said.__class__() }}", "call"),
        ("{{ 'x' * 999999999 }}", "mul"),
        ("{% for a in said %}{% for b in said %}x{% endfor %}{% endfor %}", "a loop in a loop"),
        ("{% set x = 1 %}", "assign"),
        ("{% include 'secrets' %}", "include"),
        ("{% macro f() %}{{ f() }}{% endmacro %}", "macro"),
        ("{{ range(10) }}", "call"),
        ("{{ said.a|attr('b') }}", "no filter 'attr'"),
        ("{{ budget }}", "no variable 'budget'"),
        ("{{ said", "cannot be read"),
        ("{{ name }}" * 300, "more than 200 parts"),
        ('{{ "".__class__ }}', "`.__class__` is no part"),
        ("{{ said.company.__class__ }}", "`.__class__` is no part"),
        ("{{ (said.company|lower).x }}", "`.x` is no part"),
        ("{{ name['x'] }}", "`['x']` is no part"),
        ("{{ said.compny }}", "no slot 'compny'"),
        ("{{ said['__init__'] }}", "no slot '__init__'"),
        ("{{ url }}", "no variable 'url'"),
        ("{% for word in said %}{{ loop.index }}: {{ said[word] }}{% endfor %} {{ name[0] }}", None),
    ],
)
def test_a_template_can_only_do_what_ends_soon(text: str, complaint: str | None) -> None:
    problem = template_problem(text, said=["company", "a"], values=())

    assert (problem is None) if complaint is None else (problem is not None and complaint in problem)
