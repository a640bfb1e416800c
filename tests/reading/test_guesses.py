"""What is told with doubt is a guess, and lakhs are rupees where they are counted in."""

import pytest

from bot.domain.reading import read_message


@pytest.mark.parametrize(
    ("asked", "text", "value"),
    [
        ("budget", "Not sure, maybe 20k", 20000),
        ("budget", "no idea, 10k?", 10000),
        ("budget", "I guess around 5k, not sure yet", 5000),
        ("team_size", "I don't know exactly, 12 or so", 12),
        ("budget", "keine Ahnung, vielleicht 2000 Euro", 2000),
        ("budget", "je ne sais pas, peut-être 5000 €", 5000),
    ],
)
def test_a_guess_is_told_and_believed_by_half(facts, asked, text, value):
    found = facts(text, asked)[asked]

    assert (found.value["min"], found.confidence) == (value, 0.5)


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("team_size", "depends on 3 things"),
        ("team_size", "not sure, we have 3 offices"),
        ("budget", "not sure, the last tool cost us 5k"),
        ("timeline", "not sure, we started in 2019"),
    ],
)
def test_a_figure_beside_a_doubt_is_no_guess(facts, asked, text):
    assert facts(text, asked)[asked].state == "unclear"


def test_a_doubt_about_something_else_takes_nothing_from_a_fact(facts):
    found = facts("Not sure about the colour, but our budget is 5000 euros")["budget"]

    assert found.confidence > 0.5


@pytest.mark.parametrize(
    ("region", "text", "currency"),
    [
        ("IN", "2 lakh", "INR"),
        ("IN", "Our budget is 5 crore", "INR"),
        ("PK", "We have 3 lakhs for this", "PKR"),
        ("IN", "We have 2 lakh users", None),
        ("US", "Our budget is 2 lakh", None),
    ],
)
def test_lakhs_are_rupees_where_they_are_counted_in(slots, now, region, text, currency):
    reading = read_message(text, slots=slots, asked=None, now=now, region=region)
    sums = [fact.value["currency"] for fact in reading.facts if fact.slot == "budget"]

    assert sums == ([] if "users" in text else [currency])
