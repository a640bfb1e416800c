"""When: feasts that move, a company's years, and "not before", seen from the visitor's clock."""

from datetime import date

import pytest

from bot.domain.reading.feasts import easter, feast


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("nothing before Easter", "2027-03-28", None),
        ("not until March", "2027-03-01", None),
        ("not this year", "2027-01-01", None),
        ("by Thanksgiving", None, "2026-11-26"),
        ("Black Friday", "2026-11-27", "2026-11-27"),
        ("after the holidays", "2027-01-02", None),
        ("before summer", None, "2027-05-31"),
        ("after Ramadan", "2027-03-10", None),
        ("Q3 FY27", "2027-07-01", "2027-09-30"),
        ("fiscal year 2028", "2028-01-01", "2028-12-31"),
        ("nicht vor Ostern", "2027-03-28", None),
        ("nach der Sommerpause", "2027-09-01", None),
        ("pas avant Pâques", "2027-03-28", None),
        ("avant mars", None, "2027-02-28"),
        ("después de Semana Santa", "2027-03-29", None),
        ("antes de Navidad", None, "2026-12-25"),
        ("bis zum 15. März", None, "2027-03-15"),
        ("in den nächsten 3 Monaten", "2026-11-21", "2027-02-21"),
        ("au deuxième trimestre", "2027-04-01", "2027-06-30"),
        ("mañana", "2026-11-22", "2026-11-22"),
        ("esta semana", "2026-11-16", "2026-11-22"),
    ],
)
def test_when_is_told_by_feasts_and_seasons(facts, text, first, last):
    found = facts(text, "timeline")["timeline"]

    assert found.value == {"from": first, "to": last}


@pytest.mark.parametrize(
    "text",
    ["Happy Easter!", "Our store is closed at Easter", "J'ai été là", "Guten Morgen, ich habe eine Frage"],
)
def test_a_feast_in_passing_is_no_plan(facts, text):
    assert "timeline" not in facts(text)


@pytest.mark.parametrize(
    ("year", "day"), [(2024, date(2024, 3, 31)), (2027, date(2027, 3, 28)), (2038, date(2038, 4, 25))]
)
def test_easter_is_the_sunday_after_the_paschal_moon(year, day):
    assert easter(year) == day


def test_a_feast_that_is_over_is_next_years_and_an_unknown_one_nobodys():
    today = date(2026, 4, 6)

    assert feast("easter", today).first == date(2027, 3, 28)
    assert feast("diwali 2090", today) is None
