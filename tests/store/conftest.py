import dataclasses
import hashlib
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.conversation import Consent, ConversationId, LeadId, MessageId, Reply, SiteId, VisitorId
from bot.domain.facts import Fact, FactState
from bot.domain.lead import Receipt
from bot.store import Connection, Database, conversations
from bot.store.conversations import Accepted
from bot.store.leads import LeadRow

WORLDS = ("sqlite", "postgres")
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def noon() -> datetime:
    return NOON


@pytest.fixture(params=WORLDS)
def world(request: pytest.FixtureRequest) -> str:
    """Return which database a test works with: each test that opens one runs in both."""
    return str(request.param)


@pytest.fixture
async def db(url: str) -> AsyncIterator[Database]:
    database = await Database.open(url)
    yield database
    await database.close()


@pytest.fixture
def start() -> Callable[..., Any]:
    async def begin(
        conn: Connection,
        conversation_id: str = "c1",
        *,
        visitor_id: str = "v1",
        site_id: str = "demo",
        at: datetime = NOON,
    ) -> ConversationId:
        begun = await conversations.start(
            conn,
            conversation_id=ConversationId(conversation_id),
            site_id=SiteId(site_id),
            visitor_id=VisitorId(visitor_id),
            now=at,
        )
        return begun.conversation_id

    return begin


@pytest.fixture
def say() -> Callable[..., Any]:
    async def accept(
        conn: Connection, conversation_id: str, key: str, text: str = "Hello", *, at: datetime = NOON
    ) -> Accepted:
        return await conversations.accept(
            conn,
            conversation_id=ConversationId(conversation_id),
            message_id=MessageId(f"m-{conversation_id}-{key}"),
            client_message_id=key,
            text=text,
            body_hash=hashlib.sha256(text.encode()).hexdigest(),
            at=at,
        )

    return accept


@pytest.fixture
def reply() -> Callable[..., Any]:
    async def answer(
        conn: Connection,
        conversation_id: str,
        in_reply_to: str,
        *,
        version: int | None = None,
        reply: Reply | None = None,
    ) -> Any:
        return await conversations.add_reply(
            conn,
            conversation_id=ConversationId(conversation_id),
            expected_version=version,
            in_reply_to=MessageId(in_reply_to),
            message_id=MessageId(f"r-{in_reply_to}"),
            reply=reply or Reply(text="Welcome", kind="greeting"),
            at=NOON,
        )

    return answer


@pytest.fixture
def make_lead() -> Callable[..., LeadRow]:
    def make(number: int = 1, **changes: Any) -> LeadRow:
        row = LeadRow(
            lead_id=LeadId(f"l{number:05}"),
            site_id=SiteId("demo"),
            visitor_id=VisitorId(f"v{number}"),
            conversation_id=ConversationId(f"c{number}"),
            created_at=NOON + timedelta(minutes=number),
            updated_at=NOON + timedelta(minutes=number),
            stage="lead",
            grade="B2",
            score=30,
            consent=Consent.GIVEN,
            captured=True,
        )
        return dataclasses.replace(row, **changes)

    return make


@pytest.fixture
def make_fact() -> Callable[..., Fact]:
    def make(slot: str = "team_size", value: Any = 12, **changes: Any) -> Fact:
        fact = Fact(
            slot=slot,
            state=FactState.KNOWN,
            value=value,
            quote="we are 12",
            message_id=MessageId("m-c1-a"),
            extractor="patterns",
            confidence=0.9,
            at=NOON,
        )
        return dataclasses.replace(fact, **changes)

    return make


@pytest.fixture
def make_receipt() -> Callable[..., Receipt]:
    def make(rule: str = "team_size.large", points: int = 30, **changes: Any) -> Receipt:
        receipt = Receipt(
            rule=rule,
            points=points,
            reason="A team of that size",
            quote="we are 12",
            message_id=MessageId("m-c1-a"),
            at=NOON,
            dimension="fit",
        )
        return dataclasses.replace(receipt, **changes)

    return make
