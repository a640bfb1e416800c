"""Whether a fact meets a playbook's condition. Pure; what can not be compared does not hold.

Amounts of money are compared for a whole year and in units of about a dollar, so that one threshold fits all.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from bot.domain.facts import Fact, FactState
from bot.domain.mail_kinds import mail_kind
from bot.domain.playbook import Condition

TIMES_A_YEAR: Mapping[str, int] = {"year": 1, "quarter": 4, "month": 12, "week": 52}
"""A period that is not named here (day, hour) can not be made a yearly budget."""

HEADS = frozenset({"user", "seat", "agent"})

SMALL_UNITS: Mapping[str, float] = {
    "JPY": 0.0066, "KRW": 0.0007, "CNY": 0.14, "TWD": 0.03, "HKD": 0.13, "THB": 0.03, "PHP": 0.017,
    "IDR": 0.00006, "VND": 0.00004, "INR": 0.012, "PKR": 0.0036, "BDT": 0.008, "LKR": 0.0033,
    "NPR": 0.0075, "RUB": 0.011, "UAH": 0.024, "KZT": 0.002, "TRY": 0.025, "PLN": 0.27,
    "CZK": 0.045, "HUF": 0.0028, "RON": 0.22, "SEK": 0.1, "NOK": 0.095, "DKK": 0.15, "ISK": 0.0075,
    "ZAR": 0.055, "NGN": 0.00066, "KES": 0.0077, "EGP": 0.02, "MXN": 0.055, "BRL": 0.18,
    "ARS": 0.0007, "CLP": 0.001, "COP": 0.00025, "PEN": 0.28, "AED": 0.27, "SAR": 0.27, "ILS": 0.29,
    "MYR": 0.23, "MAD": 0.1,
}  # fmt: skip
"""Currencies whose unit is far from a dollar, with roughly what it is worth: enough to tell a small budget
from a large one, and no rate anybody is quoted. All others count at face value."""


def holds(condition: Condition, fact: Fact, *, heads: int | None = None) -> bool:
    """Whether every part of the condition holds of the fact.

    Args:
        condition: what the playbook wants.
        fact: the current fact of the slot the condition is about.
        heads: how many people would use it, for sums "per user"; None when nobody said.
    """
    if fact.state is not condition.state:
        return False
    if fact.state is not FactState.KNOWN:
        return True
    return (
        _amount_holds(condition, fact.value, heads)
        and (condition.within_days is None or _is_within(fact.value, fact.at.date(), condition.within_days))
        and (not condition.is_one_of or _is_listed(fact.value, condition.is_one_of))
        and (condition.mail is None or condition.mail == mail_kind(fact.value))
        and (not condition.mentions or _mentions(fact.value, condition.mentions))
    )


def yearly_amount(value: Any, heads: int | None) -> float | None:
    """Return the least that was said as people, or as money a year in units of about a dollar; None if untold."""
    if not isinstance(value, Mapping):
        return None
    low, high = value.get("min"), value.get("max")
    least = low if low is not None else high
    factor = _yearly_factor(value, heads)
    return None if least is None or factor is None else float(least * factor)


def _amount_holds(condition: Condition, value: Any, heads: int | None) -> bool:
    """Compare `at_least` with the least that was said (else the most), `at_most` with the most."""
    if condition.at_least is None and condition.at_most is None:
        return True
    if not isinstance(value, Mapping):
        return False
    factor = _yearly_factor(value, heads)
    low, high = value.get("min"), value.get("max")
    least = low if low is not None else high
    if factor is None or least is None:
        return False
    if condition.at_least is not None and least * factor < condition.at_least:
        return False
    return condition.at_most is None or (high is not None and high * factor <= condition.at_most)


def _yearly_factor(value: Mapping[str, Any], heads: int | None) -> float | None:
    """Return what makes an amount a year's sum in dollar-like units, None when that can not be told."""
    factor = SMALL_UNITS.get(str(value.get("currency") or "").upper(), 1.0)
    for unit in str(value.get("per") or "").split("/"):
        if unit in HEADS:
            if heads is None:
                return None
            factor *= heads
        elif unit:
            if unit not in TIMES_A_YEAR:
                return None
            factor *= TIMES_A_YEAR[unit]
    return factor


def _is_within(value: Any, said_on: date, days: int) -> bool:
    """Whether the time begins within `days` of `said_on` and is not over.

    A span longer than that window ("next year") is no date to plan with and counts by its end. One day of
    grace covers visitors whose today is still our yesterday.
    """
    if not isinstance(value, Mapping):
        return False
    first, last = _day(value.get("from")), _day(value.get("to"))
    today, limit = said_on - timedelta(days=1), said_on + timedelta(days=days)
    if first is None and last is None:
        return False
    if first is None or last is None:
        return today <= (first or last or today) <= limit
    if (last - max(first, said_on)).days > days:
        return False
    return today <= last and first <= limit


def _day(text: Any) -> date | None:
    """Read an ISO date; None where the span is open or the text is no date."""
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _is_listed(value: Any, wanted: tuple[str | bool, ...]) -> bool:
    """Compare by type too, so that `true` never equals 1 or "true"."""
    return any(type(value) is type(item) and value == item for item in wanted)


def _mentions(value: Any, words: tuple[str, ...]) -> bool:
    """Whether any of the words stands in the text as a whole word, whatever its case."""
    if not isinstance(value, str):
        return False
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", value, re.IGNORECASE) for word in words)
