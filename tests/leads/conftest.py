"""A small playbook and leads that speak to it."""

import hashlib
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.conversation import Consent, MessageId
from bot.domain.facts import Fact, FactState, current_facts
from bot.domain.lead import Assessment, Lead, Receipt
from bot.domain.playbook import Grades, Playbook, Stages
from bot.domain.slots import Slot, SlotKind
from bot.leads.columns import LeadRecord
from bot.store import Database, conversations, leads, visitors
from bot.store import facts as store_facts
from bot.store.lead_list import ListedLead
from bot.store.leads import LeadRow

NOW = datetime(2027, 1, 15, 12, 0, tzinfo=UTC)

SLOTS = (
    Slot(id="email", kind=SlotKind.EMAIL, label="E-mail"),
    Slot(id="phone", kind=SlotKind.PHONE, label="Phone"),
    Slot(id="name", kind=SlotKind.NAME, label="Name"),
    Slot(id="company", kind=SlotKind.COMPANY, label="Company"),
    Slot(id="role", kind=SlotKind.ROLE, label="Role"),
    Slot(id="team_size", kind=SlotKind.QUANTITY, label="Team size"),
    Slot(id="budget", kind=SlotKind.MONEY, label="Budget"),
    Slot(id="timeline", kind=SlotKind.TIMELINE, label="Timeline"),
    Slot(id="need", kind=SlotKind.NEED, label="Need"),
    Slot(id="decision_maker", kind=SlotKind.BOOLEAN, label="Decides"),
)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def playbook() -> Playbook:
    return Playbook(
        id="bant",
        version="v1",
        slots=SLOTS,
        questions=(),
        rules=(),
        engagement=(),
        caps=(),
        stages=Stages(),
        grades=Grades(),
    )


@pytest.fixture
def make_fact() -> Callable[..., Fact]:
    def make(slot: str, value: Any, quote: str, state: FactState = FactState.KNOWN) -> Fact:
        return Fact(
            slot=slot,
            state=state,
            value=value,
            quote=quote,
            message_id=MessageId("m1"),
            extractor="test",
            confidence=1.0,
            at=NOW,
        )

    return make


@pytest.fixture
def make_lead(make_fact: Callable[..., Fact]) -> Callable[..., Lead]:
    def make(
        *, facts: tuple[Fact, ...] | None = None, score: int = 72, stage: Any = "sql", captured: bool = True
    ) -> Lead:
        return Lead(
            lead_id="lead_1",
            facts=facts if facts is not None else _facts(make_fact),
            assessment=Assessment(score=score, grade="A1", stage=stage, receipts=_receipts()),
            captured=captured,
            stopped_at=None,
        )

    return make


def _facts(make: Callable[..., Fact]) -> tuple[Fact, ...]:
    return (
        make("email", "ada@analytical.example", "ada@analytical.example"),
        make("phone", "+14155550123", "415-555-0123"),
        make("name", "Ada Lovelace", "I'm Ada Lovelace"),
        make("company", "Analytical Engines", "we at Analytical Engines"),
        make("role", "CTO", "as CTO"),
        make("team_size", {"min": 40, "max": 40}, "40 seats"),
        make("budget", {"min": 30000, "max": 30000, "currency": "USD", "per": "year"}, "30k a year approved"),
        make("timeline", {"from": None, "to": "2027-03-01"}, "by 1 March"),
        make("need", "a chat on our help pages", "we need a chat on our help pages"),
        make("decision_maker", None, "I'd rather not say", FactState.DECLINED),
        make("signal.asked_price", None, "what does it cost?"),
    )


def _receipts() -> tuple[Receipt, ...]:
    rows = (
        ("budget.approved", 30, "Budget of 25,000 USD or more", "30k a year approved"),
        ("team_size.large", 20, "40 people or more", "40 seats"),
        ("timeline.soon", 20, "Wants to start within 90 days", "by 1 March"),
        ("engagement.asked_price", 10, "Asked for the price", "what does it cost?"),
        ("cap.engagement", -8, "Engagement counts for 2 at most", None),
    )
    return tuple(
        Receipt(
            rule=rule,
            points=points,
            reason=reason,
            quote=quote,
            message_id=MessageId("m1"),
            at=NOW,
            dimension="fit",
        )
        for rule, points, reason, quote in rows
    )


@pytest.fixture
def make_record(
    make_lead: Callable[..., Lead], make_row: Callable[..., LeadRow]
) -> Callable[..., LeadRecord]:
    def make(lead_id: str = "lead_1", *, facts: tuple[Fact, ...] | None = None, **changes: Any) -> LeadRecord:
        lead = make_lead(facts=facts)
        conversation_url = changes.pop("conversation_url", None)
        row = make_row(lead_id, **{"receipts": lead.assessment.receipts, **changes})
        return LeadRecord(row=row, facts=current_facts(lead.facts), conversation_url=conversation_url)

    return make


@pytest.fixture
def make_listed(make_record: Callable[..., LeadRecord]) -> Callable[..., ListedLead]:
    def make(lead_id: str = "lead_1", **changes: Any) -> ListedLead:
        record = make_record(lead_id, **changes)
        kept = {name: getattr(record.row, name) for name in ListedLead._fields if hasattr(record.row, name)}
        said = {slot: (fact.state.value, fact.value, fact.quote) for slot, fact in record.facts.items()}
        reasons = [
            (place, one.points, one.reason, one.rule, one.quote, one.message_id, one.at.isoformat(" "))
            for place, one in enumerate(record.row.receipts)
        ]
        kept |= {name: at.isoformat(" ") for name, at in kept.items() if isinstance(at, datetime)}
        return ListedLead(**kept, facts=said, reasons=reasons)

    return make


@pytest.fixture
def make_row() -> Callable[..., LeadRow]:
    def make(lead_id: str = "lead_1", **changes: Any) -> LeadRow:
        fields: dict[str, Any] = {
            "lead_id": lead_id,
            "site_id": "demo",
            "visitor_id": f"v_{lead_id}",
            "conversation_id": f"c_{lead_id}",
            "created_at": NOW,
            "updated_at": NOW,
            "stage": "sql",
            "grade": "A1",
            "score": 72,
            "consent": Consent.GIVEN,
            "consent_at": NOW,
            "captured": True,
            "first_question": "How do I add it?",
            "page": "https://example.com/",
            "playbook_version": "v1",
        }
        return LeadRow(**(fields | changes))

    return make


@pytest.fixture
async def db(url: str) -> AsyncIterator[Database]:
    database = await Database.open(url)
    yield database
    await database.close()


@pytest.fixture
def keep_lead(make_lead: Callable[..., Lead], make_row: Callable[..., LeadRow]) -> Callable[..., Any]:
    """Return a function that stores a visitor with a conversation, a lead and its facts."""

    async def keep(
        db: Database, lead_id: str = "lead_1", *, facts: tuple[Fact, ...] | None = None, **changes: Any
    ) -> LeadRow:
        lead = make_lead(facts=facts)
        row = make_row(lead_id, **changes)
        async with db.write() as connection:
            await visitors.create_session(
                connection,
                token_hash=hashlib.sha256(lead_id.encode()).digest(),
                site_id=row.site_id,
                visitor_id=row.visitor_id,
                now=NOW,
                expires_at=NOW + timedelta(days=1),
            )
            await conversations.start(
                connection,
                conversation_id=row.conversation_id,
                site_id=row.site_id,
                visitor_id=row.visitor_id,
                now=NOW,
                locale="en",
                page_url=row.page,
                page_title=None,
            )
            await conversations.accept(
                connection,
                conversation_id=row.conversation_id,
                message_id=MessageId(f"m_{lead_id}"),
                client_message_id=f"cm_{lead_id}",
                text="I'm Ada Lovelace, ada@analytical.example",
                body_hash="h",
                at=NOW,
            )
            await leads.save(connection, row=row, receipts=lead.assessment.receipts)
            await store_facts.append(connection, lead_id=row.lead_id, site_id=row.site_id, facts=lead.facts)
        return row

    return keep
