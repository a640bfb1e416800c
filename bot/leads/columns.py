"""The generic columns of a lead list, one row per lead; the same for CSV, XLSX and JSONL.

`lead_id created_at updated_at stage grade score`, then for each slot of the playbook `<slot>`, `<slot>_state`
(`known none declined unclear not_asked`) and `<slot>_quote`, then `reasons consent consent_at first_question
page referrer conversation_url owner`. What is not known is empty, never "no". Values are written as
`bot.leads.values` says.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.facts import SIGNAL_PREFIX, Fact, FactState
from bot.domain.lead import Receipt
from bot.domain.playbook import Playbook
from bot.domain.slots import Slot, SlotKind
from bot.leads.values import utc, value_in_words
from bot.store.leads import LeadRow

NOT_ASKED = "not_asked"
FIRST = ("lead_id", "created_at", "updated_at", "stage", "grade", "score")
LAST = (
    "reasons",
    "consent",
    "consent_at",
    "first_question",
    "page",
    "referrer",
    "conversation_url",
    "owner",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadRecord:
    """One lead with everything that is shown of it. `facts` holds the latest fact of each slot."""

    row: LeadRow
    facts: Mapping[str, Fact]
    conversation_url: str | None = None


def slots_of(playbooks: Iterable[Playbook]) -> tuple[Slot, ...]:
    """Return the slots of all `playbooks`, each id once, in the order of their first appearance."""
    slots: dict[str, Slot] = {}
    for playbook in playbooks:
        for slot in playbook.slots:
            slots.setdefault(slot.id, slot)
    return tuple(slots.values())


def slot_rows(playbook: Playbook) -> list[dict[str, Any]]:
    """Return a playbook's slots as the store's `sites.register` keeps them; `slots_from` reads them again."""
    return [{"id": slot.id, "kind": slot.kind.value, "label": slot.label} for slot in playbook.slots]


def slots_from(rows: Iterable[Mapping[str, Any]]) -> tuple[Slot, ...]:
    """Return kept slots, each id once; what an export needs of them."""
    slots: dict[str, Slot] = {}
    for row in rows:
        slots.setdefault(row["id"], Slot(id=row["id"], kind=SlotKind(row["kind"]), label=row["label"]))
    return tuple(slots.values())


def header(slots: Sequence[Slot]) -> list[str]:
    """Return the names of the columns."""
    of_slots = [name for slot in slots for name in (slot.id, f"{slot.id}_state", f"{slot.id}_quote")]
    return [*FIRST, *of_slots, *LAST]


def words_of(record: LeadRecord, slots: Sequence[Slot]) -> list[str | int]:
    """Return the row as people and spreadsheets read it: text, and the score as a number."""
    row: list[str | int] = [
        record.row.lead_id,
        utc(record.row.created_at) or "",
        utc(record.row.updated_at) or "",
        record.row.stage,
        record.row.grade,
        record.row.score,
    ]
    for slot in slots:
        fact = record.facts.get(slot.id)
        row += (
            ["", NOT_ASKED, ""] if fact is None else [_value_words(slot, fact), fact.state.value, fact.quote]
        )
    row += [reasons_of(record.row.receipts), record.row.consent.value, utc(record.row.consent_at) or ""]
    row += [record.row.first_question or "", record.row.page or "", record.row.referrer or ""]
    return [*row, record.conversation_url or "", record.row.owner or ""]


def values_of(record: LeadRecord, slots: Sequence[Slot]) -> dict[str, Any]:
    """Return the row as programs read it: values in their own shape, None where nothing is known."""
    row: dict[str, Any] = {name: getattr(record.row, name) for name in FIRST}
    row |= {"created_at": utc(record.row.created_at), "updated_at": utc(record.row.updated_at)}
    for slot in slots:
        fact = record.facts.get(slot.id)
        row[slot.id] = fact.value if fact is not None and fact.state is FactState.KNOWN else None
        row[f"{slot.id}_state"] = NOT_ASKED if fact is None else fact.state.value
        row[f"{slot.id}_quote"] = None if fact is None else fact.quote
    row["reasons"] = [describe_receipt(receipt) for receipt in record.row.receipts]
    return row | {
        "consent": record.row.consent.value,
        "consent_at": utc(record.row.consent_at),
        "first_question": record.row.first_question,
        "page": record.row.page,
        "referrer": record.row.referrer,
        "conversation_url": record.conversation_url,
        "owner": record.row.owner,
    }


def lead_json(record: LeadRecord) -> dict[str, Any]:
    """Return a lead as the web API and `foyer leads --json` give it."""
    return {
        "lead_id": record.row.lead_id,
        "site": record.row.site_id,
        "created_at": utc(record.row.created_at),
        "updated_at": utc(record.row.updated_at),
        "stage": record.row.stage,
        "grade": record.row.grade,
        "score": record.row.score,
        "captured": record.row.captured,
        "stopped_at": record.row.stopped_at,
        "facts": {slot: describe_fact(fact) for slot, fact in record.facts.items() if not is_signal(fact)},
        "receipts": [describe_receipt(receipt) for receipt in record.row.receipts],
        "consent": record.row.consent.value,
        "consent_at": utc(record.row.consent_at),
        "first_question": record.row.first_question,
        "page": record.row.page,
        "referrer": record.row.referrer,
        "conversation_id": record.row.conversation_id,
        "conversation_url": record.conversation_url,
        "owner": record.row.owner,
    }


def is_signal(fact: Fact) -> bool:
    """Return whether the fact is a note about behaviour and not one of the playbook's slots."""
    return fact.slot.startswith(SIGNAL_PREFIX)


def describe_fact(fact: Fact) -> dict[str, Any]:
    """Return a fact with its evidence as JSON."""
    return {
        "state": fact.state.value,
        "value": fact.value,
        "quote": fact.quote,
        "message_id": fact.message_id,
        "at": utc(fact.at),
    }


def describe_receipt(receipt: Receipt) -> dict[str, Any]:
    """Return a receipt as JSON."""
    return {
        "rule": receipt.rule,
        "points": receipt.points,
        "reason": receipt.reason,
        "quote": receipt.quote,
        "message_id": receipt.message_id,
        "at": utc(receipt.at),
    }


def reasons_of(receipts: Sequence[Receipt]) -> str:
    """Return why the score is what it is: `Budget of 25,000 or more (+30); Cap for engagement (-8)`."""
    return "; ".join(f"{receipt.reason} ({receipt.points:+d})" for receipt in receipts)


def _value_words(slot: Slot, fact: Fact) -> str:
    return (value_in_words(slot.kind, fact.value) or "") if fact.state is FactState.KNOWN else ""
