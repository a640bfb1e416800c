"""A fact's value as words that people read and that other systems can take in.

| kind | value | words |
|---|---|---|
| quantity | {"min": 40, "max": 40} | `40`; `10 to 15`; `10 or more`; `up to 15` |
| money | {"min": 30000, "max": 40000, "currency": "USD", "per": "year"} | `30000 to 40000 USD per year` |
| timeline | {"from": "2027-03-01", "to": "2027-03-31"} | `2027-03-01 to 2027-03-31`; `from …`; `by …` |
| boolean | true | `yes`; `no` |
| phone | "+14155550123" | the same: E.164 |
| all others | text | the same |

"10 to 15" and not "10-15": spreadsheets read the latter as the tenth of a month. A value that is not known is
None, never "no". A value of an unexpected shape (an older playbook's) is given as its JSON.
"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.domain.slots import SlotKind


def value_in_words(kind: SlotKind, value: Any, *, grouped: bool = False) -> str | None:
    """Return `value` in words; None stays None. `grouped` writes 30,000 for people and 30000 for machines."""
    if value is None:
        return None
    try:
        words = _PHRASES.get(kind, _plain)(value, "," if grouped else "")
    except (AttributeError, KeyError, TypeError, ValueError):
        words = ""
    return words or json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def is_plain(kind: SlotKind) -> bool:
    """Whether values of that kind are text and their own words."""
    return kind not in _PHRASES


def words_by_shape(value: Any) -> str | None:
    """Return `value` in words where the slot's kind is not at hand: its shape tells."""
    match value:
        case {"currency": _}:
            kind = SlotKind.MONEY
        case {"min": _, "max": _}:
            kind = SlotKind.QUANTITY
        case {"from": _, "to": _}:
            kind = SlotKind.TIMELINE
        case bool():
            kind = SlotKind.BOOLEAN
        case _:
            kind = SlotKind.TEXT
    return value_in_words(kind, value, grouped=True)


def utc(at: datetime | None) -> str | None:
    """Return a time as RFC 3339 UTC with seconds, as all exports write it."""
    return None if at is None else f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z"


def _plain(value: Any, group: str) -> str:  # noqa: ARG001 - one shape for all phrases
    return value if isinstance(value, str) else ""


def _quantity(value: Mapping[str, Any], group: str) -> str:
    return _span(
        _number(value["min"], group), _number(value["max"], group), least="{} or more", most="up to {}"
    )


def _money(value: Mapping[str, Any], group: str) -> str:
    amount = _span(
        _number(value["min"], group), _number(value["max"], group), least="from {}", most="up to {}"
    )
    per = value.get("per")
    return " ".join(filter(None, (amount, value.get("currency"), f"per {per}" if per and amount else None)))


def _timeline(value: Mapping[str, Any], group: str) -> str:  # noqa: ARG001 - one shape for all phrases
    return _span(value.get("from"), value.get("to"), least="from {}", most="by {}")


def _boolean(value: Any, group: str) -> str:  # noqa: ARG001 - one shape for all phrases
    return {True: "yes", False: "no"}.get(value, "") if isinstance(value, bool) else ""


_PHRASES: Mapping[SlotKind, Callable[[Any, str], str]] = {
    SlotKind.QUANTITY: _quantity,
    SlotKind.MONEY: _money,
    SlotKind.TIMELINE: _timeline,
    SlotKind.BOOLEAN: _boolean,
}


def _span(low: str | None, high: str | None, *, least: str, most: str) -> str:
    match (low, high):
        case (None, None):
            return ""
        case (None, str()):
            return most.format(high)
        case (str(), None):
            return least.format(low)
        case _:
            return str(low) if low == high else f"{low} to {high}"


def _number(value: float | None, group: str) -> str | None:
    if value is None:
        return None
    if float(value).is_integer():
        return format(int(value), f"{group}d")
    return format(round(float(value), 6), f"{group}f").rstrip("0")
