"""A lead with everything that is shown of it, as people and programs read one; `bot.leads.profiles` has the lists."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.conversation import LeadId
from bot.domain.facts import SIGNAL_PREFIX, Fact
from bot.domain.lead import Receipt
from bot.domain.mail_kinds import mail_kind
from bot.domain.playbook import Playbook
from bot.domain.slots import Slot, SlotKind
from bot.leads.values import utc
from bot.store.identities import IdentityRow
from bot.store.leads import LeadRow


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadRecord:
    """One lead with everything that is shown of it. `facts` holds the latest fact of each slot.

    `parts` are the leads that a merged one is made of.
    """

    row: LeadRow
    facts: Mapping[str, Fact]
    conversation_url: str | None = None
    identity: tuple[IdentityRow, ...] = ()
    parts: tuple[LeadId, ...] = ()


def slots_of(playbooks: Iterable[Playbook]) -> tuple[Slot, ...]:
    """Return the slots of all `playbooks`, each id once, in the order of their first appearance.

    What two sites call by different names (a budget, an order value) is called by its id: one site's word would be a
    false one on the other's leads.
    """
    return _each_once(slot for playbook in playbooks for slot in playbook.slots)


def _each_once(found: Iterable[Slot]) -> tuple[Slot, ...]:
    slots: dict[str, Slot] = {}
    for slot in found:
        first = slots.setdefault(slot.id, slot)
        if first.label != slot.label:
            slots[slot.id] = replace(first, label=slot.id.replace("_", " ").capitalize())
    return tuple(slots.values())


def slot_rows(playbook: Playbook) -> list[dict[str, Any]]:
    """Return a playbook's slots as the store's `sites.register` keeps them; `slots_from` reads them again."""
    return [{"id": slot.id, "kind": slot.kind.value, "label": slot.label} for slot in playbook.slots]


def slots_from(rows: Iterable[Mapping[str, Any]]) -> tuple[Slot, ...]:
    """Return kept slots, each id once as `slots_of` has them; what an export needs of them."""
    return _each_once(Slot(id=row["id"], kind=SlotKind(row["kind"]), label=row["label"]) for row in rows)


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
        "campaign": record.row.campaign,
        "conversation_id": record.row.conversation_id,
        "conversation_url": record.conversation_url,
        "owner": record.row.owner,
        "identity": describe_identity(record.identity),
        "merged_into": record.row.merged_into,
        "parts": list(record.parts),
    }


def describe_identity(known_by: Sequence[IdentityRow]) -> dict[str, Any]:
    """Return how far it is known who a lead is: `anonymous`, `claimed` or `verified`, and by what."""
    proofs = {row.proof.verifies for row in known_by}
    state = "verified" if True in proofs else "claimed" if proofs else "anonymous"
    by = [{"kind": row.kind.value, "proof": row.proof.value, "at": utc(row.at)} for row in known_by]
    return {"state": state, "by": by}


def is_signal(fact: Fact) -> bool:
    """Return whether the fact is a note about behaviour and not one of the playbook's slots."""
    return fact.slot.startswith(SIGNAL_PREFIX)


def describe_fact(fact: Fact) -> dict[str, Any]:
    """Return a fact with its evidence as JSON; an e-mail address with its kind as `mail`."""
    told = {
        "state": fact.state.value,
        "value": fact.value,
        "quote": fact.quote,
        "message_id": fact.message_id,
        "at": utc(fact.at),
    }
    kind = mail_kind(fact.value)
    return told | {"mail": kind} if kind else told


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
