"""Leads as conversations leave them behind: messages, facts, receipts and consents, judged by a real playbook."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.domain.answer import Citation
from bot.domain.capture import is_captured
from bot.domain.conversation import Consent, ConversationId, LeadId, MessageId, Reply, SiteId, VisitorId
from bot.domain.facts import Fact, FactState, current_facts
from bot.domain.playbook import Playbook
from bot.domain.scoring import assess
from bot.store import Database, consents, conversations, leads, visitors
from bot.store import facts as store_facts
from bot.store.leads import LeadRow

CONSENT_TEXT = "May we keep the contact details you gave and use them to answer you?"


@dataclass(frozen=True, kw_only=True)
class Told:
    """What somebody told: slot → (value or state, quote), what they asked, and how it was answered."""

    facts: Mapping[str, tuple[Any, str]]
    said: Sequence[str] = ("How do I add it to our pages?",)
    answer: str = "Put one line before the end of the body."
    citations: tuple[Citation, ...] = ()
    kind: str = "extracted"
    consent: Consent = Consent.GIVEN
    page: str = "https://www.example.com/pricing"
    referrer: str | None = None
    stopped_at: str | None = None
    title: str | None = field(default="Pricing")


async def keep_lead(
    db: Database, number: int, told: Told, *, playbook: Playbook, site: str = "demo", now: datetime
) -> LeadId:
    """Keep a visitor with a conversation and the lead that came of it."""
    ids = {kind: f"{kind}_{site}_{number:04}" for kind in ("l", "c", "v")}
    site_id, conversation_id = SiteId(site), ConversationId(ids["c"])
    async with db.write() as connection:
        await visitors.create_session(
            connection,
            token_hash=hashlib.sha256(ids["v"].encode()).digest(),
            site_id=site_id,
            visitor_id=VisitorId(ids["v"]),
            now=now,
            expires_at=now + timedelta(days=1),
        )
        await conversations.start(
            connection,
            conversation_id=conversation_id,
            site_id=site_id,
            visitor_id=VisitorId(ids["v"]),
            now=now,
            locale="en",
            page_url=told.page,
            page_title=told.title,
        )
        said = [
            await _exchange(connection, conversation_id, f"m_{site}_{number:04}_{place}", text, told, now)
            for place, text in enumerate(told.said)
        ]
        facts = [_fact(slot, value, quote, said, told, now) for slot, (value, quote) in told.facts.items()]
        await store_facts.append(connection, lead_id=LeadId(ids["l"]), site_id=site_id, facts=facts)
        judged = assess(playbook, facts, as_of=now)
        captured = is_captured(playbook, current_facts(facts), told.consent)
        row = LeadRow(
            lead_id=LeadId(ids["l"]),
            site_id=site_id,
            visitor_id=VisitorId(ids["v"]),
            conversation_id=conversation_id,
            created_at=now,
            updated_at=now,
            stage=judged.stage,
            grade=judged.grade,
            score=judged.score,
            consent=told.consent,
            consent_at=now if told.consent is Consent.GIVEN else None,
            captured=captured,
            stopped_at=None if captured else told.stopped_at or "no_contact_given",
            first_question=told.said[0],
            page=told.page,
            referrer=told.referrer,
        )
        await leads.save(connection, row=row, receipts=judged.receipts)
        if told.consent is not Consent.NOT_ASKED:
            await consents.record(
                connection,
                site_id=site_id,
                visitor_id=row.visitor_id,
                conversation_id=conversation_id,
                message_id=said[-1],
                answer=told.consent,
                text=CONSENT_TEXT,
                text_version="1",
                locale="en",
                at=now,
            )
    return row.lead_id


async def _exchange(
    connection: Any, conversation_id: ConversationId, key: str, text: str, told: Told, now: datetime
) -> MessageId:
    accepted = await conversations.accept(
        connection,
        conversation_id=conversation_id,
        message_id=MessageId(key),
        client_message_id=key,
        text=text,
        body_hash=key,
        at=now,
    )
    await conversations.add_reply(
        connection,
        conversation_id=conversation_id,
        expected_version=None,
        in_reply_to=accepted.message_id,
        message_id=MessageId(f"{key}_r"),
        reply=Reply(text=told.answer, kind=told.kind, citations=told.citations),
        at=now,
    )
    return accepted.message_id


def _fact(slot: str, value: Any, quote: str, said: Sequence[MessageId], told: Told, now: datetime) -> Fact:
    is_state = isinstance(value, FactState)
    place = next((n for n, text in enumerate(told.said) if quote in text), 0)
    return Fact(
        slot=slot,
        state=value if is_state else FactState.KNOWN,
        value=None if is_state else value,
        quote=quote,
        message_id=said[place],
        extractor="test",
        confidence=1.0,
        at=now,
    )
