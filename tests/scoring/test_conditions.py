"""When a fact meets a condition."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.domain.conditions import holds
from bot.domain.conversation import MessageId
from bot.domain.facts import Fact, FactState
from bot.domain.mail_kinds import mail_kind
from bot.domain.playbook import Condition

NOW = datetime(2027, 1, 15, 10, tzinfo=UTC)


def known(value: Any) -> Fact:
    return Fact(
        slot="x",
        state=FactState.KNOWN,
        value=value,
        quote="q",
        message_id=MessageId("m"),
        extractor="test",
        confidence=1.0,
        at=NOW,
    )


def money(low: float | None, high: float | None, currency: str | None = None, per: str | None = None) -> Fact:
    return known({"min": low, "max": high, "currency": currency, "per": per})


@pytest.mark.parametrize(
    ("budget", "is_enough"),
    [
        (money(10_000, 10_000), True),
        (money(9_999, 9_999), False),
        (money(9_999, 50_000, "USD"), False),
        (money(None, 10_000, "EUR"), True),
        (money(10_000, None, "GBP"), True),
        (money(1_000, 1_000, "USD", "month"), True),
        (money(800, 800, "USD", "month"), False),
        (money(2_500, 2_500, "USD", "quarter"), True),
        (money(10_000, 10_000, "JPY"), False),
        (money(2_000_000, 2_000_000, "JPY"), True),
        (money(500_000, 500_000, "INR"), False),
        (money(1_000_000, 1_000_000, "INR"), True),
        (money(100_000, 100_000, "USD", "hour"), False),
        (money(None, None, "USD"), False),
    ],
)
def test_money_is_compared_for_a_year_in_units_of_about_a_dollar(budget: Fact, is_enough: bool) -> None:
    assert holds(Condition(at_least=10_000), budget) is is_enough


def test_money_per_user_is_compared_only_when_the_team_is_known() -> None:
    budget = money(25, 25, "USD", "user/month")

    assert not holds(Condition(at_least=10_000), budget)
    assert holds(Condition(at_least=10_000), budget, heads=40)
    assert not holds(Condition(at_least=10_000), budget, heads=20)


def test_at_most_needs_an_upper_bound() -> None:
    condition = Condition(at_most=20)

    assert holds(condition, known({"min": 5, "max": 20}))
    assert not holds(condition, known({"min": 5, "max": None}))
    assert not holds(condition, known({"min": 5, "max": 21}))


@pytest.mark.parametrize(
    ("first", "last", "is_soon"),
    [
        ("2027-03-01", "2027-03-01", True),
        ("2027-04-15", "2027-04-15", True),
        ("2027-04-16", "2027-04-16", False),
        (None, "2027-02-28", True),
        (None, "2027-12-31", False),
        ("2027-02-01", None, True),
        ("2027-01-14", "2027-01-14", True),  # the visitor's today may still be our yesterday
        ("2027-01-01", "2027-01-31", True),
        ("2027-04-01", "2027-06-30", True),
        ("2026-03-01", "2026-03-31", False),
        ("2026-03-01", None, False),
        ("2027-02-01", "2028-01-31", False),  # "next year" is no date to plan with
        (None, None, False),
    ],
)
def test_a_time_is_within_days_when_it_begins_in_that_window(
    first: str | None, last: str | None, is_soon: bool
) -> None:
    assert holds(Condition(within_days=90), known({"from": first, "to": last})) is is_soon


def test_true_is_not_one_and_not_the_word() -> None:
    condition = Condition(is_one_of=(True,))

    assert holds(condition, known(True))
    assert not holds(condition, known(1))
    assert not holds(condition, known("true"))
    assert not holds(condition, known(False))


def test_a_condition_on_a_state_holds_of_that_state_only() -> None:
    declined = Fact(
        slot="x",
        state=FactState.DECLINED,
        value=None,
        quote="q",
        message_id=MessageId("m"),
        extractor="test",
        confidence=1.0,
        at=NOW,
    )

    assert holds(Condition(state=FactState.DECLINED), declined)
    assert not holds(Condition(), declined)
    assert not holds(Condition(state=FactState.NONE), declined)


def test_an_address_at_a_free_provider_is_not_a_companys() -> None:
    assert mail_kind("Ann@GMail.com") == "free"
    assert mail_kind("ann@acme.example") == "company"
    assert mail_kind("bob@Mailinator.com") == mail_kind("bob@any.yopmail.com") == "disposable"
    assert mail_kind("bob@notyopmail.com") == "company"
    assert mail_kind("no address") is None


def test_words_are_found_whole_and_whatever_their_case() -> None:
    condition = Condition(mentions=("head", "CEO"))

    assert holds(condition, known("Head of marketing"))
    assert holds(condition, known("founder & ceo"))
    assert not holds(condition, known("Headhunter"))


@pytest.mark.parametrize("value", [None, "forty", [1], {"min": "x"}, {"from": "soon", "to": None}, 7])
def test_a_value_of_another_shape_does_not_hold_and_does_not_raise(value: Any) -> None:
    if value != {"min": "x"}:
        assert not holds(Condition(at_least=1), known(value))
    assert not holds(Condition(within_days=10), known(value))
    assert not holds(Condition(mentions=("x",)), known(value)) or value == "x"
