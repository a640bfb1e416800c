"""The ten traps: what hurried lead bots read wrongly."""

import pytest

from bot.domain.facts import FactState


def states(found):
    return {slot: fact.state.value for slot, fact in found.items()}


@pytest.mark.parametrize(
    "asked",
    [
        "email",
        "phone",
        "name",
        "company",
        "role",
        "team_size",
        "budget",
        "timeline",
        "need",
        "decision_maker",
        "plan",
        "remark",
    ],
)
def test_no_thanks_to_a_question_is_declined_and_nothing_else(facts, asked):
    assert states(facts("no thanks", asked)) == {asked: "declined"}


def test_no_thanks_unasked_tells_nothing(facts):
    assert facts("no thanks") == {}


def test_having_nothing_is_none_and_not_deciding_is_known(facts):
    found = facts("We have no budget, no problem and no deadline. I am not a decision maker.")

    assert states(found) == {"budget": "none", "need": "none", "timeline": "none", "decision_maker": "known"}
    assert found["decision_maker"].value is False


def test_a_ready_buyer_tells_size_budget_and_start(read):
    reading = read("We are ready to sign for 40 seats, 30k approved, our CFO agreed, start on 1 March")
    found = {fact.slot: fact.value for fact in reading.facts}

    assert found["team_size"] == {"min": 40, "max": 40}
    assert found["budget"] == {"min": 30000, "max": 30000, "currency": None, "per": None}
    assert found["timeline"] == {"from": "2027-03-01", "to": "2027-03-01"}
    assert "ready_to_buy" in dict(reading.signals)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("unknown", "unclear"),
        ("I don't know", "unclear"),
        ("not urgent", "none"),
        ("no rush", "none"),
        ("no", "none"),
        ("soon", "unclear"),
        ("asap", "known"),
    ],
)
def test_an_uncertain_timeline_is_no_timeline(facts, text, state):
    assert states(facts(text, "timeline")) == {"timeline": state}


def test_not_urgent_unasked_is_no_timeline_either(facts):
    assert states(facts("It's not urgent.")) == {"timeline": "none"}


def test_too_high_is_no_budget(facts):
    assert facts("too high for us") == {}
    assert states(facts("too high for us", "budget")) == {"budget": "unclear"}


def test_an_approved_sum_is_a_budget(facts):
    assert facts("USD 250,000 approved")["budget"].value == {
        "min": 250000,
        "max": 250000,
        "currency": "USD",
        "per": None,
    }


def test_quoted_words_of_the_bot_make_no_fact(facts):
    assert facts("> We are 50 people, our budget is 30k, we start in March.\nThat is what I read") == {}


def test_a_budget_that_is_no_issue_is_not_the_absence_of_one(facts):
    assert facts("budget is not an issue")["budget"].state is FactState.UNCLEAR
