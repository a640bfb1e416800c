"""What a site's own conversations expect, and whether it came true. Each failure is one sentence with its line."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.conversation import Author, Message
from bot.domain.errors import ConfigurationError

OF_REPLY = {"kind", "contains", "lacks", "cites", "asks"}
OF_SCORE = {"at_least", "at_most"}
OF_LEAD = {"facts", "score", "stage", "grade", "captured", "stopped_at"}


def check_reply(expected: Mapping[str, Any], messages: Sequence[Message], where: str) -> list[str]:
    """Compare the bot's reply with what the line expects."""
    refuse_unknown(expected, OF_REPLY, where)
    if not expected:
        return []
    reply = next((message for message in messages if message.author is Author.BOT), None)
    if reply is None:
        return [f"{where}: there was no reply"]
    found = {
        "kind": reply.kind,
        "cites": bool(reply.citations),
        "asks": reply.asked,
    }
    failures = [
        f"{where}: expected {name} {expected[name]!r}, got {found[name]!r}"
        for name in found
        if name in expected and expected[name] != found[name]
    ]
    if "contains" in expected and str(expected["contains"]).lower() not in reply.text.lower():
        failures.append(f"{where}: the reply does not contain {expected['contains']!r}: {reply.text!r}")
    if "lacks" in expected and str(expected["lacks"]).lower() in reply.text.lower():
        failures.append(f"{where}: the reply contains {expected['lacks']!r}: {reply.text!r}")
    return failures


def check_lead(
    expected: Mapping[str, Any], lead: Mapping[str, Any], where: str, *, slots: Sequence[str]
) -> list[str]:
    """Compare the lead with what the case expects of the playbook's slots."""
    refuse_unknown(expected, OF_LEAD, where)
    refuse_unknown(expected.get("facts") or {}, set(slots), f"{where}: facts")
    failures = [
        f"{where}: expected {name} {expected[name]!r}, got {lead[name]!r}"
        for name in ("stage", "grade", "captured", "stopped_at")
        if name in expected and expected[name] != lead[name]
    ]
    failures += check_score(expected.get("score"), lead["score"], where)
    for slot, wanted in (expected.get("facts") or {}).items():
        failures += check_fact(slot, wanted, lead["facts"].get(slot), where)
    return failures


def check_score(expected: Any, score: int, where: str) -> list[str]:
    """Compare the score with a number or with bounds."""
    if expected is None:
        return []
    bounds = expected if isinstance(expected, dict) else {"at_least": expected, "at_most": expected}
    refuse_unknown(bounds, OF_SCORE, f"{where}: score")
    low, high = bounds.get("at_least", 0), bounds.get("at_most", 100)
    return [] if low <= score <= high else [f"{where}: expected a score from {low} to {high}, got {score}"]


def check_fact(slot: str, wanted: Any, fact: Mapping[str, Any] | None, where: str) -> list[str]:
    """Compare one fact with its expected value, or with `{state: …}`; `not_asked` means there is none."""
    state = wanted.get("state") if isinstance(wanted, dict) and "state" in wanted else None
    if state is not None:
        found = fact["state"] if fact else "not_asked"
        return [] if found == state else [f"{where}: expected {slot} to be {state}, it is {found}"]
    if fact is None:
        return [f"{where}: expected {slot} to be {wanted!r}, nothing is known of it"]
    value = fact["value"]
    is_part = isinstance(wanted, dict) and isinstance(value, dict)
    is_equal = all(value.get(k) == v for k, v in wanted.items()) if is_part else value == wanted
    return [] if is_equal else [f"{where}: expected {slot} to be {wanted!r}, got {value!r}"]


def refuse_unknown(expected: Mapping[str, Any], known: set[str], where: str) -> None:
    """Stop at an expectation that nothing checks: it would always hold."""
    unknown = set(expected) - known
    if unknown:
        raise ConfigurationError(
            f"{where}: expected are {', '.join(sorted(known))}, not {', '.join(sorted(map(str, unknown)))}."
        )
