"""Which changes of a lead are told, to whom, and in what words: pure, so that it can run in a transaction.

Told are, each once: a lead that can be reached (`lead.created`), one worth a salesperson's time
(`lead.qualified`), and one who asked for a person (`conversation.handed_off`). Nothing is told before there
is consent and a contact. Webhooks hear of all three; people get one e-mail for the last two.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from bot.domain.events import EventName
from bot.domain.facts import Fact, FactState, current_facts
from bot.domain.lead import Lead
from bot.domain.mail_kinds import mail_kind
from bot.domain.playbook import Playbook
from bot.domain.slots import SlotKind
from bot.leads.values import utc, value_in_words

QUALIFIED_STAGES = frozenset({"mql", "sql"})
MAX_PAYLOAD_BYTES = 19_000
"""Below the 20 kB of Standard Webhooks, whatever the visitor wrote."""

TEXT_LIMITS = (2_000, 500, 120, 30)
"""Characters kept of each text, tried in this order until the payload fits; what was cut ends in "…"."""
ESSENTIAL = frozenset({"lead_id", "stage", "grade", "score", "conversation_id", "conversation_url"})
"""What is never shortened, and what is left when no shortening is enough."""

MAX_RECEIPTS = 40
MAX_FACTS = 40

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Receivers:
    """Who is told about a site's leads: e-mail addresses and webhook URLs."""

    mail: tuple[str, ...] = ()
    webhooks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Where a lead comes from, and whether its visitor asked for a person: by now, and before this turn."""

    site_id: str
    site_name: str
    conversation_id: str
    asked_person: bool = False
    asked_person_before: bool = False
    first_question: str | None = None
    page: str | None = None
    referrer: str | None = None
    campaign: str | None = None
    conversation_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxItem:
    """One event for one receiver, to be put in the outbox with the change it tells of.

    `target` is `webhook:<URL>` or `mail:<address>`. `item_id` is the same whenever the same event of the same
    lead is told to the same receiver: a turn that is taken again tells nothing twice.
    """

    item_id: str
    event: EventName
    site_id: str
    lead_id: str
    target: str
    payload: Mapping[str, Any]


def deliveries_for(
    *,
    receivers: Receivers,
    playbook: Playbook,
    before: Lead | None,
    after: Lead,
    story: Story,
    at: datetime,
) -> tuple[OutboxItem, ...]:
    """Return what the change from `before` to `after` puts in the outbox.

    Args:
        receivers: The site's, from its foyer.yaml.
        playbook: For the order, labels and kinds of the slots.
        before: The lead as it was, None when there was none.
        after: The lead as it is with this turn; its facts are the current ones or the whole history.
        story: Where it comes from.
        at: When the turn happened, aware.
    """
    events = find_events(before, after, asked_before=story.asked_person_before, asked_now=story.asked_person)
    if not events:
        return ()
    data = describe_lead(after, playbook=playbook, story=story)
    items: list[OutboxItem] = []
    for event in events:
        payload = fit({"type": event, "timestamp": utc(at), "data": data})
        items += [_item(event, f"webhook:{url}", story, after, payload) for url in receivers.webhooks]
    mailed = next((event for event in ("lead.qualified", "conversation.handed_off") if event in events), None)
    if mailed is not None:
        payload = fit({"type": mailed, "timestamp": utc(at), "data": data})
        items += [_item(mailed, f"mail:{address}", story, after, payload) for address in receivers.mail]
    return tuple(items)


def find_events(
    before: Lead | None, after: Lead, *, asked_before: bool, asked_now: bool
) -> tuple[EventName, ...]:
    """Return what became true with this turn, in the order in which it is told."""
    was, now = _standing(before, asked_before), _standing(after, asked_now)
    names: tuple[EventName, ...] = ("lead.created", "lead.qualified", "conversation.handed_off")
    return tuple(name for name, old, new in zip(names, was, now, strict=True) if new and not old)


def _standing(lead: Lead | None, asked_person: bool) -> tuple[bool, bool, bool]:  # noqa: FBT001 - private
    if lead is None or not lead.captured:
        return False, False, False
    return True, lead.assessment.stage in QUALIFIED_STAGES, asked_person


def describe_lead(lead: Lead, *, playbook: Playbook, story: Story) -> dict[str, Any]:
    """Return the `data` of an event: the lead as sales reads it, every claim with the visitor's words."""
    return {
        "lead_id": lead.lead_id,
        "site": {"id": story.site_id, "name": story.site_name},
        "stage": lead.assessment.stage,
        "grade": lead.assessment.grade,
        "score": lead.assessment.score,
        "asked_person": story.asked_person,
        "facts": _facts(lead.facts, playbook),
        "receipts": [
            {"rule": receipt.rule, "points": receipt.points, "reason": receipt.reason, "quote": receipt.quote}
            for receipt in lead.assessment.receipts[:MAX_RECEIPTS]
        ],
        "unknown": _unknown(lead.facts, playbook),
        "first_question": story.first_question,
        "page": story.page,
        "referrer": story.referrer,
        "campaign": story.campaign,
        "conversation_id": story.conversation_id,
        "conversation_url": story.conversation_url,
    }


def fit(payload: Mapping[str, Any], *, max_bytes: int = MAX_PAYLOAD_BYTES) -> dict[str, Any]:
    """Return `payload` with its texts shortened as far as it takes to be at most `max_bytes` of JSON."""
    for limit in (None, *TEXT_LIMITS):
        shortened = {key: _shorten(value, limit) for key, value in payload.items()}
        if len(orjson.dumps(shortened)) <= max_bytes:
            return shortened
    essential = {key: value for key, value in payload["data"].items() if key in ESSENTIAL}
    return {**payload, "data": {**essential, "is_cut": True}}


def _facts(facts: Sequence[Fact], playbook: Playbook) -> dict[str, Any]:
    latest = current_facts(facts)
    told: dict[str, Any] = {}
    for slot in playbook.slots[:MAX_FACTS]:
        if (fact := latest.get(slot.id)) is not None:
            told[slot.id] = {
                "label": slot.label,
                "state": fact.state.value,
                "value": fact.value,
                "words": value_in_words(slot.kind, fact.value, grouped=True),
                "quote": fact.quote,
            }
            if slot.kind is SlotKind.EMAIL and (kind := mail_kind(fact.value)):
                told[slot.id]["mail"] = kind
    return told


def _unknown(facts: Sequence[Fact], playbook: Playbook) -> list[str]:
    latest = current_facts(facts)
    settled = {slot for slot, fact in latest.items() if fact.state is not FactState.UNCLEAR}
    return [slot.label for slot in playbook.slots if slot.id not in settled][:MAX_FACTS]


def _item(event: EventName, target: str, story: Story, lead: Lead, payload: Mapping[str, Any]) -> OutboxItem:
    return OutboxItem(
        item_id=item_id_of(event, lead.lead_id, target),
        event=event,
        site_id=story.site_id,
        lead_id=lead.lead_id,
        target=target,
        payload=payload,
    )


def item_id_of(*parts: str) -> str:
    """Return the id of an outbox row: the same for the same event told to the same receiver."""
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    return f"msg_{digest[:32]}"


def _shorten(value: Any, limit: int | None) -> Any:
    match value:
        case str():
            text = _SURROGATE.sub("\ufffd", value)
            return text if limit is None or len(text) <= limit else text[: limit - 1] + "…"
        case Mapping():
            return {key: item if key in ESSENTIAL else _shorten(item, limit) for key, item in value.items()}
        case list() | tuple():
            return [_shorten(item, limit) for item in value]
        case _:
            return value
