"""Figures that are no fact: denied, doubted, still to come; and who counts themselves."""

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "we don't have 50 people",
        "I doubt we have 20k",
        "I don't think we are 50 people",
        "ich bezweifle, dass wir 50 Leute sind",
        "je doute que nous soyons 50 personnes",
        "dudo que seamos 50 personas",
        "We may hire 20 people next year",
        "20 people will join us next year",
        "wir wollen 20 Leute einstellen",
        "nous allons embaucher 20 personnes",
        "vamos a contratar a 20 personas",
        "Hello, it's me again",
        "It's me, Mario",
        "call me and my two partners back",
    ],
)
def test_is_no_number_of_people(facts, text):
    assert facts(text).keys().isdisjoint({"team_size", "budget"})


def test_not_more_than_is_a_ceiling(facts):
    assert facts("we don't have more than 50 people")["team_size"].value == {"min": None, "max": 50}


def test_what_is_doubted_answers_nothing(facts):
    assert facts("I doubt we have 20k", "budget") == {}
    assert facts("I doubt it, we have 20k", "budget")["budget"].value["min"] == 20_000
    assert facts("I doubt we start in May", "timeline") == {}


@pytest.mark.parametrize(
    "text", ["no doubt", "without a doubt", "ohne Zweifel", "sans aucun doute", "sin duda"]
)
def test_no_doubt_is_a_yes(facts, text):
    assert facts(text, "decision_maker")["decision_maker"].value is True


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("just me and my two cofounders", 3),
        ("me and 2 others", 3),
        ("me and my wife", 2),
        ("nur ich und meine zwei Kollegen", 3),
        ("moi et mes deux associés", 3),
        ("yo y mis dos socios", 3),
        ("it's me", 1),
        ("just me", 1),
    ],
)
def test_who_counts_themselves_is_one_more(facts, text, people):
    assert facts(text, "team_size")["team_size"].value == {"min": people, "max": people}


def test_it_is_me_introduces(facts):
    assert facts("It's me, Mario")["name"].value == "Mario"
