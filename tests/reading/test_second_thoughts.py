"""A figure or date that the next one takes the place of: what the message itself takes back is no fact."""

import pytest

from tests.reading.test_misread import money


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("we are 15, no wait, 50", 50),
        ("we are 15, sorry, 50", 50),
        ("we're 15, I mean 50", 50),
        ("We have 15 employees, sorry, 50", 50),
        ("15 people, sorry, 50", 50),
        ("we are 10, no, 20, sorry, 25", 25),
        ("Not 15 people, 50", 50),
        ("we are not 15 but 50", 50),
        ("We don't have 15 people, we have 50", 50),
        ("we were 15, now we are 50", 50),
        ("we had 15 people but now only 8", 8),
        ("we grew from 15 to 50 people", 50),
        ("wir sind 15 Leute, ich meine 50", 50),
        ("wir sind nicht 15, sondern 50", 50),
        ("nous sommes 15, non pardon, 50", 50),
        ("nous ne sommes pas 15 mais 50", 50),
        ("somos 15, perdón, 50", 50),
        ("no somos 15, sino 50", 50),
        ("we are 15, not 50", 15),
        ("somos 15, no 50", 15),
        ("we are 15 people, sorry, our budget is 20k", 15),
        ("we are 20 people and not 5 of them use it", 20),
    ],
)
def test_the_later_number_of_people_prevails(facts, text, people):
    assert facts(text)["team_size"].value == {"min": people, "max": people}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("our budget is 5k, no wait, 7k", money(7_000)),
        ("we had a budget of 20k but it was cut to 5k", money(5_000)),
        ("Our budget was raised from 10k to 20k", money(20_000)),
        ("Our budget is not 20k, it is 25k", money(25_000)),
        ("Unser Budget ist 5k, nein, 7k", money(7_000)),
        ("das Budget wurde von 10k auf 20k erhöht", money(20_000)),
        ("notre budget est de 5000 €, enfin plutôt 7000 €", money(7_000, "EUR")),
        ("nuestro presupuesto es de 5000 €, mejor dicho 7000 €", money(7_000, "EUR")),
    ],
)
def test_the_later_sum_prevails(facts, text, value):
    assert facts(text)["budget"].value == value


def test_what_is_left_of_last_years_budget_is_the_budget(facts):
    assert facts("we had 20k last year but now only 5k", "budget")["budget"].value == money(5_000)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("May, or rather June", ("2027-06-01", "2027-06-30")),
        ("by May, no wait, June", (None, "2027-06-30")),
        ("it was January, now it's May", ("2027-05-01", "2027-05-31")),
        ("not March but April", ("2027-04-01", "2027-04-30")),
        ("Mai, nein, Juni", ("2027-06-01", "2027-06-30")),
        ("en mai, non, en juin", ("2027-06-01", "2027-06-30")),
        ("nicht im März, sondern im April", ("2027-04-01", "2027-04-30")),
        ("en mayo, perdón, en junio", ("2027-06-01", "2027-06-30")),
    ],
)
def test_the_later_date_prevails(facts, text, value):
    found = facts(text, "timeline")

    assert found["timeline"].value == dict(zip(("from", "to"), value, strict=True))
    assert "name" not in found
