"""What a site's own conversations expect, and whether it came true. Each failure is one sentence with its line."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.domain.conversation import Author, Message
from bot.domain.errors import ConfigurationError
from bot.domain.questions import HELPFUL, OWN_QUESTIONS

OF_REPLY = frozenset({"kind", "contains", "lacks", "cites", "asks", "answered", "abstained"})
OF_LEAD = frozenset({"facts", "score", "stage", "grade", "captured", "stopped_at", "receipts", "no_receipts"})
OF_CONVERSATION = frozenset({"asked", "not_asked", "answered", "abstained"})
BOUNDS = frozenset({"at_least", "at_most"})
STATES = frozenset({"none", "declined", "unclear", "not_asked"})
UNANSWERED = "none"
LONGEST_QUOTE = 160

Where = Callable[[str], str]
"""Returns `file:line` of an expectation by its key."""


def check_reply(expected: Mapping[str, Any], messages: Sequence[Message], where: str) -> list[str]:
    """Compare the bot's reply to one line with what the line expects of it."""
    wanted = {key: value for key, value in expected.items() if key in OF_REPLY}
    if not wanted:
        return []
    reply = next((message for message in messages if message.author is Author.BOT), None)
    if reply is None:
        return [f"{where}: there was no reply"]
    beside = f"{said(messages)}; the reply: {short(reply.text)}"
    found = {
        "kind": reply.kind,
        "asks": reply.asked,
        "cites": bool(reply.citations),
        "answered": reply.kind in HELPFUL,
        "abstained": reply.kind == UNANSWERED,
    }
    failures = [
        f"{where}: expected {name} {wanted[name]!r}, got {found[name]!r} ({beside})"
        for name in found
        if name in wanted and not is_one_of(found[name], wanted[name])
    ]
    text = reply.text.lower()
    failures += [
        f"{where}: the reply does not contain {words!r} ({beside})"
        for words in each(wanted.get("contains"))
        if str(words).lower() not in text
    ]
    failures += [
        f"{where}: the reply contains {words!r} ({beside})"
        for words in each(wanted.get("lacks"))
        if str(words).lower() in text
    ]
    return failures


def check_lead(
    expected: Mapping[str, Any], lead: Mapping[str, Any], where: Where, *, slots: Sequence[str]
) -> list[str]:
    """Compare the lead, as it stands, with what is expected of it and of the playbook's slots."""
    refuse_unknown(expected.get("facts") or {}, slots, f"{where('facts')}: facts")
    failures = [
        f"{where(name)}: expected {name} {expected[name]!r}, got {lead[name]!r}"
        for name in ("stage", "grade", "captured", "stopped_at")
        if name in expected and not is_one_of(lead[name], expected[name])
    ]
    failures += check_number("score", expected, lead["score"], where)
    for slot, wanted in (expected.get("facts") or {}).items():
        failures += check_fact(slot, wanted, lead["facts"].get(slot), where("facts"))
    rules = {receipt["rule"]: receipt["points"] for receipt in lead["receipts"]}
    failures += [
        f"{where('receipts')}: expected a receipt {rule!r}, got {', '.join(sorted(rules)) or 'none at all'}"
        for rule in each(expected.get("receipts"))
        if rule not in rules
    ]
    failures += [
        f"{where('no_receipts')}: expected no receipt {rule!r}, got {rules[rule]:+} points"
        for rule in each(expected.get("no_receipts"))
        if rule in rules
    ]
    return failures


def check_conversation(
    expected: Mapping[str, Any], replies: Sequence[Message], where: Where, *, slots: Sequence[str]
) -> list[str]:
    """Compare all that was asked for, and how many questions were answered, with what is expected at the end."""
    asked = [reply.asked for reply in replies if reply.asked]
    for key in ("asked", "not_asked"):
        known = [*slots, *sorted(OWN_QUESTIONS)]
        refuse_unknown(dict.fromkeys(each(expected.get(key))), known, f"{where(key)}: {key}")
    shown = ", ".join(dict.fromkeys(asked)) or "nothing"
    failures = [
        f"{where('asked')}: expected to be asked for {slot}, was asked for {shown}"
        for slot in each(expected.get("asked"))
        if slot not in asked
    ]
    failures += [
        f"{where('not_asked')}: expected not to be asked for {slot}, but was"
        for slot in each(expected.get("not_asked"))
        if slot in asked
    ]
    kinds = [reply.kind for reply in replies]
    failures += check_number("answered", expected, sum(kind in HELPFUL for kind in kinds), where)
    return failures + check_number("abstained", expected, kinds.count(UNANSWERED), where)


def check_number(name: str, expected: Mapping[str, Any], found: int, where: Where) -> list[str]:
    """Compare a number with a number or with bounds."""
    wanted = expected.get(name)
    if wanted is None:
        return []
    bounds = wanted if isinstance(wanted, dict) else {"at_least": wanted, "at_most": wanted}
    refuse_unknown(bounds, BOUNDS, f"{where(name)}: {name}")
    low, high = bounds.get("at_least", found), bounds.get("at_most", found)
    if low <= found <= high:
        return []
    meant = repr(wanted) if wanted is not bounds else " and ".join(f"{k} {v}" for k, v in bounds.items())
    return [f"{where(name)}: expected {name} {meant}, got {found}"]


def check_fact(slot: str, wanted: Any, fact: Mapping[str, Any] | None, where: str) -> list[str]:
    """Compare one fact with its expected value, or with `{state: …}`; `not_asked` means there is none."""
    state = state_in(wanted, fact)
    beside = "" if fact is None else f" from {short(fact['quote'])}"
    if state is not None:
        found = fact["state"] if fact else "not_asked"
        if found == state:
            return []
        return [f"{where}: expected {slot} to be {state}, it is {found}{beside}"]
    if fact is None:
        return [f"{where}: expected {slot} to be {wanted!r}, nothing is known of it"]
    value = fact["value"]
    is_part = isinstance(wanted, dict) and isinstance(value, dict)
    is_equal = all(value.get(k) == v for k, v in wanted.items()) if is_part else value == wanted
    if is_equal:
        return []
    got = repr(value) if fact["state"] == "known" else fact["state"]
    return [f"{where}: expected {slot} to be {wanted!r}, got {got}{beside}"]


def state_in(wanted: Any, fact: Mapping[str, Any] | None) -> str | None:
    """Return the state that is expected: `{state: none}`, or `none` alone where the visitor did not say that word."""
    if isinstance(wanted, dict):
        return wanted.get("state")
    is_value = fact is not None and fact["value"] == wanted
    return wanted if isinstance(wanted, str) and wanted in STATES and not is_value else None


def is_one_of(found: Any, wanted: Any) -> bool:
    """Whether it is what is wanted, or one of several."""
    return found in wanted if isinstance(wanted, list) else bool(found == wanted)


def each(wanted: Any) -> Sequence[Any]:
    """Return one or several as several; none of nothing."""
    if wanted is None:
        return ()
    return wanted if isinstance(wanted, list) else [wanted]


def said(messages: Sequence[Message]) -> str:
    """Return what the visitor said before a reply, for a failure."""
    line = next((message for message in messages if message.author is Author.VISITOR), None)
    return f"the visitor: {short(line.text)}" if line is not None else "nothing was said"


def short(text: str) -> str:
    """Return a quote on one line, cut where it is long."""
    line = " ".join(text.split())
    return f'"{line}"' if len(line) <= LONGEST_QUOTE else f'"{line[:LONGEST_QUOTE]}…"'


def refuse_unknown(given: Mapping[str, Any], known: Sequence[str] | frozenset[str], where: str) -> None:
    """Stop at an expectation that nothing checks: it would always hold."""
    unknown = [str(key) for key in given if key not in known]
    if unknown:
        names = known if isinstance(known, Sequence) else sorted(known)
        raise ConfigurationError(f"{where}: expected are {', '.join(names)}, not {', '.join(unknown)}.")
