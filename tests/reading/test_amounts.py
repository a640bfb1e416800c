"""Thousands as Germans abbreviate them, figures nobody means, and beginnings that are no need."""

import pytest

from bot.domain.facts import FactState
from tests.reading.test_misread import money


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Budget 20-25 TEUR", 20_000, 25_000),
        ("Unser Budget: 20 T€", 20_000, 20_000),
        ("Budget rund 5 Tsd. Euro", 5_000, 5_000),
        ("Budget zwischen 5 und 10 Tsd. Euro", 5_000, 10_000),
        ("Budget 25 kEUR", 25_000, 25_000),
        ("Budget 1,5 Mio. EUR", 1_500_000, 1_500_000),
    ],
)
def test_german_thousands_are_thousands(facts, text, low, high):
    assert facts(text)["budget"].value == money(low, "EUR") | {"max": high}


@pytest.mark.parametrize(
    ("asked", "text"), [("team_size", "4155550123"), ("team_size", "-5"), ("budget", "4155550123")]
)
def test_what_nobody_means_is_unclear(facts, asked, text):
    assert facts(text, asked)[asked].state is FactState.UNCLEAR


@pytest.mark.parametrize("text", ["between 15 and 10", "zwischen 15 und 10", "entre 15 et 10 personnes"])
def test_a_range_may_begin_at_its_top(facts, text):
    assert facts(text, "team_size")["team_size"].value == {"min": 10, "max": 15}


@pytest.mark.parametrize(
    "text",
    [
        "We'd like to start next quarter",
        "We would like to begin next month",
        "we want to go live by March",
        "we need to be live before Black Friday",
        "We're looking to roll out by June",
        "We'd like to have it in place by March",
        "wir wollen nächsten Monat starten",
        "nous voulons commencer le mois prochain",
        "queremos empezar el próximo mes",
    ],
)
@pytest.mark.parametrize("asked", [None, "need"])
def test_a_date_is_counted_once(facts, text, asked):
    assert list(facts(text, asked)) == ["timeline"]


def test_what_begins_is_a_need(facts):
    assert facts("we want to launch our new shop next month").keys() == {"need", "timeline"}
