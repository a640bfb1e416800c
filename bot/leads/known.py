"""What is known of a lead, column by column, for a score that is learned. Pure; no name and no free text is in it.

A number stays a number (money a year, days until the start); a choice, a yes or no and what the visitor did are words;
every slot also says how far it got: known, none, declined, unclear or not asked.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from bot.domain.conditions import yearly_amount
from bot.domain.facts import SIGNAL_PREFIX, Fact, FactState, current_facts
from bot.domain.mail_kinds import mail_kind
from bot.domain.playbook import SIGNALS, Playbook
from bot.domain.scoring import team_heads
from bot.domain.slots import Slot, SlotKind
from bot.leads.encoding import Known
from bot.store.leads import LeadRow

NOT_ASKED = "not_asked"


def known_of(row: LeadRow, log: Sequence[Fact], playbook: Playbook) -> Known:
    """Return what a model may learn from: the slots' states and plain values, what was done, the first page."""
    facts = current_facts(log)
    heads = team_heads(playbook, facts)
    known: dict[str, float | str | None] = {}
    for slot in playbook.slots:
        fact = facts.get(slot.id)
        known[slot.id] = NOT_ASKED if fact is None else fact.state.value
        if fact is not None and fact.state is FactState.KNOWN:
            known |= {f"{slot.id}.{part}": value for part, value in _parts(slot, fact, heads).items()}
    shown = {slot.removeprefix(SIGNAL_PREFIX) for slot in facts if slot.startswith(SIGNAL_PREFIX)}
    known |= {f"did.{signal}": "yes" if signal in shown else "no" for signal in SIGNALS}
    known["page"] = urlsplit(row.page).path if row.page else None
    return known


def _parts(slot: Slot, fact: Fact, heads: int | None) -> Mapping[str, float | str | None]:
    """Return what can be compared of a known fact; words in the visitor's own wording can not."""
    value: Any = fact.value
    match slot.kind:
        case SlotKind.QUANTITY | SlotKind.MONEY:
            return {"amount": yearly_amount(value, heads)}
        case SlotKind.TIMELINE:
            return {"days": _days(value, fact.at.date())}
        case SlotKind.BOOLEAN:
            return {"is": "yes" if value is True else "no"}
        case SlotKind.CHOICE:
            return {"is": str(value)}
        case SlotKind.EMAIL:
            return {"mail": mail_kind(value)}
        case (
            SlotKind.PHONE
            | SlotKind.URL
            | SlotKind.NAME
            | SlotKind.COMPANY
            | SlotKind.ROLE
            | SlotKind.NEED
            | SlotKind.TEXT
        ):
            return {}


def _days(value: Any, said_on: date) -> float | None:
    """Return how many days after it was said the time begins, else ends."""
    day = (value.get("from") or value.get("to")) if isinstance(value, Mapping) else None
    try:
        return float((date.fromisoformat(day) - said_on).days) if isinstance(day, str) else None
    except ValueError:
        return None
