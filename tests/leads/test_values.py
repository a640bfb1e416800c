"""A value is written so that people read it and other systems take it in."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.domain.slots import SlotKind
from bot.leads.columns import slot_rows, slots_from, slots_of
from bot.leads.values import utc, value_in_words
from bot.settings import bundled_playbook


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("quantity", {"min": 40, "max": 40}, "40"),
        ("quantity", {"min": 10, "max": 15}, "10 to 15"),
        ("quantity", {"min": 10, "max": None}, "10 or more"),
        ("quantity", {"min": None, "max": 15}, "up to 15"),
        ("quantity", {"min": 0, "max": 0}, "0"),
        ("money", {"min": 30000.0, "max": 30000.0, "currency": "USD", "per": "year"}, "30000 USD per year"),
        ("money", {"min": 30000, "max": 40000, "currency": "EUR", "per": None}, "30000 to 40000 EUR"),
        ("money", {"min": 9.5, "max": 9.5, "currency": "USD", "per": "user"}, "9.5 USD per user"),
        ("money", {"min": 5000, "max": None, "currency": None, "per": None}, "from 5000"),
        ("money", {"min": None, "max": 5000, "currency": "USD", "per": "month"}, "up to 5000 USD per month"),
        ("timeline", {"from": "2027-03-01", "to": "2027-03-31"}, "2027-03-01 to 2027-03-31"),
        ("timeline", {"from": "2027-03-01", "to": "2027-03-01"}, "2027-03-01"),
        ("timeline", {"from": "2027-03-01", "to": None}, "from 2027-03-01"),
        ("timeline", {"from": None, "to": "2027-03-31"}, "by 2027-03-31"),
        ("boolean", True, "yes"),
        ("boolean", False, "no"),
        ("phone", "+14155550123", "+14155550123"),
        ("choice", "starter", "starter"),
        ("need", "a chat", "a chat"),
        ("need", None, None),
        ("boolean", None, None),
    ],
)
def test_a_value_in_words(kind, value, words):
    assert value_in_words(SlotKind(kind), value) == words


def test_numbers_are_grouped_for_people():
    value = {"min": 30000, "max": 1250000.5, "currency": "USD", "per": None}

    assert value_in_words(SlotKind.MONEY, value, grouped=True) == "30,000 to 1,250,000.5 USD"


@pytest.mark.parametrize("value", [{}, {"min": "x", "max": 1}, [1], 5, {"from": None, "to": None}, "text"])
@pytest.mark.parametrize("kind", ["quantity", "money", "timeline", "boolean"])
def test_a_value_of_another_shape_is_shown_as_it_is_and_never_as_no(kind, value):
    words = value_in_words(SlotKind(kind), value)

    assert words not in {"", "no", "yes", None}


def test_times_are_utc_whatever_zone_they_come_in():
    assert utc(datetime(2027, 1, 1, 1, 0, tzinfo=timezone(timedelta(hours=2)))) == "2026-12-31T23:00:00Z"
    assert utc(datetime(2027, 1, 1, tzinfo=UTC)) == "2027-01-01T00:00:00Z"
    assert utc(None) is None


def test_what_two_sites_call_differently_is_called_by_its_id_in_a_list_of_both():
    shop, software = bundled_playbook("shop", locale="en"), bundled_playbook("bant", locale="en")

    labels = {slot.id: slot.label for slot in slots_of([shop, software])}
    kept = {slot.id: slot.label for slot in slots_from([*slot_rows(shop), *slot_rows(software)])}

    assert labels["budget"] == kept["budget"] == "Budget"
    assert {slot.id: slot.label for slot in slots_of([shop])}["budget"] == "Order value"
