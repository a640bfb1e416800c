"""Rows of `foyer extract`: a text in, what it names or tells out, as plain JSON. Pure.

Without slots every entity is given; with slots only facts about the visitor, each with its slot.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.domain.errors import BotError
from bot.domain.facts import ReadFact
from bot.domain.mail_kinds import mail_kind
from bot.domain.reading import Entity, find_entities, read_message
from bot.domain.slots import Slot, SlotKind


class BadRowError(BotError):
    """A row that is no `{"id", "text", "asked"?}`."""

    code = "bad_row"


_KIND_OF_SLOT = {
    "team_size": "quantity",
    "budget": "money",
    "name": "name",
    "person": "name",
    "cost": "money",
    "date": "timeline",
}


def extract_entities(row: Mapping[str, Any], *, now: datetime, region: str = "US") -> dict[str, Any]:
    """Return `{"id", "facts"}` with every entity that a row's text names.

    Raises:
        BadRowError: the row has no text.
    """
    text, asked = _parts(row)
    kind = _KIND_OF_SLOT.get(asked, asked) if asked else None
    entities = find_entities(text, now=now, region=region, asked=kind)
    return {"id": row.get("id"), "facts": [_entity_json(entity) for entity in entities]}


def extract_facts(
    row: Mapping[str, Any], *, slots: Sequence[Slot], now: datetime, region: str = "US"
) -> dict[str, Any]:
    """Return `{"id", "facts", "act", "question"}` with the facts a row's text tells for these slots.

    Raises:
        BadRowError: the row has no text.
    """
    text, asked = _parts(row)
    reading = read_message(text, slots=slots, asked=_asked_slot(asked, slots), now=now, region=region)
    kinds = {slot.id: slot.kind for slot in slots}
    facts = [_fact_json(fact, kinds[fact.slot]) for fact in reading.facts]
    return {"id": row.get("id"), "facts": facts, "act": reading.act.value, "question": reading.question}


def _parts(row: Mapping[str, Any]) -> tuple[str, str | None]:
    text, asked = row.get("text"), row.get("asked")
    if not isinstance(text, str):
        raise BadRowError(f'row {row.get("id")!r} has no text; each line is {{"id", "text", "asked"?}}')
    return text, asked if isinstance(asked, str) else None


def _asked_slot(asked: str | None, slots: Sequence[Slot]) -> str | None:
    """Return the slot that was asked for, named by its id or by its kind."""
    if asked is None or any(slot.id == asked for slot in slots):
        return asked
    return next((slot.id for slot in slots if slot.kind == asked), asked)


def _entity_json(entity: Entity) -> dict[str, Any]:
    return {
        "kind": entity.kind,
        "state": "known",
        "value": entity.value,
        "text": entity.text,
        "start": entity.start,
        "end": entity.end,
        "confidence": entity.confidence,
        **_mail(entity.kind, entity.value),
    }


def _fact_json(fact: ReadFact, kind: SlotKind) -> dict[str, Any]:
    return {
        "kind": kind.value,
        "slot": fact.slot,
        "state": fact.state.value,
        "value": fact.value,
        "text": fact.text,
        "start": fact.start,
        "end": fact.end,
        "confidence": fact.confidence,
        **_mail(kind.value, fact.value),
    }


def _mail(kind: str, value: Any) -> dict[str, str]:
    """Return whether an e-mail address is a company's, of a free provider, or for a few minutes."""
    found = mail_kind(value) if kind == SlotKind.EMAIL.value else None
    return {"mail": found} if found else {}
