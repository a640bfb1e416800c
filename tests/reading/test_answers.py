"""An answer is read in the light of the question just put."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.conversation import MessageId
from bot.domain.facts import Fact, FactState

TOLD_AT = datetime(2026, 11, 21, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("asked", "text", "value"),
    [
        ("team_size", "about 40", {"min": 40, "max": 40}),
        ("team_size", "20-ish", {"min": 20, "max": 20}),
        ("team_size", "a dozen", {"min": 12, "max": 12}),
        ("team_size", "Nope, it's just me", {"min": 1, "max": 1}),
        ("team_size", "maybe 50?", {"min": 50, "max": 50}),
        ("timeline", "Q2", {"from": "2027-04-01", "to": "2027-06-30"}),
        ("timeline", "end of the year", {"from": "2026-12-01", "to": "2026-12-31"}),
        ("budget", "no more than $300/month", {"min": None, "max": 300, "currency": "USD", "per": "month"}),
        ("budget", "500", {"min": 500, "max": 500, "currency": None, "per": None}),
        ("budget", "20-30k", {"min": 20000, "max": 30000, "currency": None, "per": None}),
        ("budget", "around five grand", {"min": 5000, "max": 5000, "currency": None, "per": None}),
        ("timeline", "asap", {"from": "2026-11-21", "to": None}),
        ("timeline", "early 2027", {"from": "2027-01-01", "to": "2027-03-31"}),
        ("timeline", "in 3 months", {"from": "2027-02-21", "to": "2027-02-21"}),
        ("name", "Sam", "Sam"),
        ("name", "sam lee", "Sam Lee"),
        ("company", "Acme", "Acme"),
        ("company", "we're blue river ltd", "blue river ltd"),
        ("role", "CTO", "CTO"),
        ("phone", "4155552671", "+14155552671"),
        ("email", "yes, sam@acme.com", "sam@acme.com"),
        ("need", "fewer support mails", "fewer support mails"),
        ("decision_maker", "yes", True),
        ("decision_maker", "no", False),
        ("plan", "managed clod", "cloud"),
        ("plan", "the first one", "self"),
        ("remark", "Please write in German", "Please write in German"),
    ],
)
def test_an_answer_fills_the_slot_that_was_asked_for(facts, asked, text, value):
    assert facts(text, asked)[asked].value == value


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("no", "none"),
        ("none", "none"),
        ("we don't have a budget yet", "none"),
        ("nein", "none"),
        ("rather not say", "declined"),
        ("nein danke", "declined"),
        ("idk", "unclear"),
        ("it depends", "unclear"),
    ],
)
def test_having_none_declining_and_not_knowing_stay_apart(facts, text, state):
    assert facts(text, "budget")["budget"].state.value == state


@pytest.mark.parametrize(
    "text", ["how much is it?", "do you support SSO?", "What is your budget?", "pricing"]
)
def test_a_question_back_is_no_answer(facts, text):
    assert facts(text, "name") == {}
    assert facts(text, "budget") == {}


def test_another_fact_is_not_taken_for_the_answer(facts):
    found = facts("We are 40 people", "budget")

    assert set(found) == {"team_size"}


def known_fact(slot, value, *, minutes_ago):
    return Fact(
        slot=slot,
        state=FactState.KNOWN,
        value=value,
        quote="",
        message_id=MessageId("m1"),
        extractor="test",
        confidence=1.0,
        at=TOLD_AT - timedelta(minutes=minutes_ago),
    )


def test_a_bare_correction_finds_the_slot_by_the_old_figure(read):
    known = {
        "team_size": known_fact("team_size", {"min": 15, "max": 15}, minutes_ago=5),
        "budget": known_fact(
            "budget", {"min": 900, "max": 900, "currency": None, "per": None}, minutes_ago=1
        ),
    }

    reading = read("actually 50, not 15", known=known)

    assert [(fact.slot, fact.value) for fact in reading.facts] == [("team_size", {"min": 50, "max": 50})]
    assert reading.corrects


def test_a_bare_correction_without_the_old_figure_means_what_was_told_last(read):
    known = {
        "timeline": known_fact("timeline", {"from": None, "to": "2027-01-31"}, minutes_ago=1),
        "team_size": known_fact("team_size", {"min": 15, "max": 15}, minutes_ago=5),
    }

    assert [fact.slot for fact in read("sorry, I meant March", known=known).facts] == ["timeline"]


def test_a_new_value_for_a_known_slot_corrects_it(read):
    known = {"team_size": known_fact("team_size", {"min": 15, "max": 15}, minutes_ago=5)}

    assert read("we are 50 people", known=known).corrects
    assert not read("we are 15 people", known=known).corrects


@pytest.mark.parametrize(
    "text", ["Actually we are 15 people", "my name is Ada Lovelace", "Write to ada@acme.com"]
)
def test_what_only_tells_something_else_is_no_need(facts, text):
    assert "need" not in facts(text, "need")


@pytest.mark.parametrize("text", ["900 euros is a lot", "that's quite expensive"])
def test_calling_a_sum_a_lot_is_no_budget(facts, text):
    assert all(fact.state is not FactState.KNOWN for fact in facts(text, "budget").values())
