"""Leads of one site, random and real: stored as a conversation leaves them, with what their visitors are known by."""

import random
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import text

from bot.domain.capture import is_captured
from bot.domain.conversation import Consent, ConversationId, LeadId, MessageId, SiteId, VisitorId
from bot.domain.facts import Fact, FactState, current_facts
from bot.domain.identity import IdentityKind, Proof
from bot.domain.playbook import Playbook
from bot.domain.scoring import assess
from bot.settings import bundled_playbook
from bot.store import Connection, Database, consents, conversations, facts, identities, leads, visitors
from bot.store.identities import IdentityRow
from bot.store.leads import LeadRow

START = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
VALUES: dict[str, list[Any]] = {
    "email": ["ada@harbour.example", "bob@quay.example"],
    "phone": ["+14155550123", "+33144556677"],
    "name": ["Ada Lovelace", "Bob Quay", "Zoë “Z” D'Arc"],
    "company": ["Harbour Bikes", "Quay & Sons"],
    "team_size": [{"min": n, "max": n} for n in (1, 12, 60)],
    "budget": [{"min": n, "max": n, "currency": "USD", "per": "year"} for n in (500, 20_000, 90_000)],
    "timeline": [{"from": None, "to": "2027-02-01"}, {"from": "2027-10-01", "to": None}],
    "need": ["a chat on our pages", "bikes for the harbour"],
    "decision_maker": [True, False],
    "signal.asked_price": [True],
    "signal.ready_to_buy": [True],
}


@pytest.fixture(scope="session")
def playbook() -> Playbook:
    return bundled_playbook("bant")


@pytest.fixture
async def db(url: str) -> AsyncIterator[Database]:
    database = await Database.open(url)
    yield database
    await database.close()


@pytest.fixture
def new_id() -> Callable[[str], str]:
    numbers = count(1)
    return lambda prefix: f"{prefix}_{next(numbers):04}"


def random_facts(chance: random.Random, lead_id: str, *, begin: datetime) -> list[Fact]:
    """Facts of every state, in order of time, some slots told twice."""
    log = []
    for number in range(chance.randrange(1, 12)):
        slot = chance.choice(sorted(VALUES))
        state = (
            FactState.KNOWN if slot.startswith("signal.") else chance.choice([*FactState, FactState.KNOWN])
        )
        value = chance.choice(VALUES[slot]) if state is FactState.KNOWN else None
        begin += timedelta(minutes=chance.randrange(0, 3))
        fact = Fact(
            slot=slot,
            state=state,
            value=value,
            quote=f"words {number} of {lead_id}",
            message_id=MessageId(f"m_{lead_id}_{number}"),
            extractor="test",
            confidence=chance.random(),
            at=begin,
        )
        log.append(fact)
    return log


async def keep_lead(
    conn: Connection,
    playbook: Playbook,
    lead_id: str,
    log: list[Fact],
    *,
    begin: datetime = START,
    consent: Consent = Consent.GIVEN,
) -> LeadRow:
    """Store a visitor with a conversation, a lead, its facts and its judgement, as a turn does."""
    visitor, thread, site = VisitorId(f"v_{lead_id}"), ConversationId(f"c_{lead_id}"), SiteId("demo")
    at = max([begin, *(fact.at for fact in log)])
    known = await leads.find(conn, LeadId(lead_id))
    if known is None:
        await visitors.create_session(
            conn,
            token_hash=lead_id.encode(),
            site_id=site,
            visitor_id=visitor,
            now=begin,
            expires_at=begin + timedelta(days=1),
        )
        await conversations.start(conn, conversation_id=thread, site_id=site, visitor_id=visitor, now=begin)
        await consents.record(
            conn,
            site_id=site,
            visitor_id=visitor,
            conversation_id=thread,
            message_id=None,
            answer=consent,
            text="May we?",
            text_version="1",
            locale="en",
            at=at,
        )
    judged = assess(playbook, log, as_of=at)
    captured = is_captured(playbook, current_facts(log), consent)
    row = LeadRow(
        lead_id=LeadId(lead_id),
        site_id=site,
        visitor_id=visitor,
        conversation_id=thread,
        created_at=begin,
        updated_at=at,
        stage=judged.stage,
        grade=judged.grade,
        score=judged.score,
        consent=consent,
        consent_at=at if consent is Consent.GIVEN else None,
        captured=captured,
        stopped_at=None if captured else "no_contact_given",
        first_question=f"What about {lead_id}?",
        page="https://harbour.example/",
        playbook_version=playbook.version,
    )
    await leads.save(conn, row=row, receipts=judged.receipts)
    kept = await facts.history(conn, row.lead_id)
    await facts.append(conn, lead_id=row.lead_id, site_id=site, facts=log[len(kept) :])
    return row


async def claim(
    conn: Connection,
    lead_id: str,
    value: str,
    *,
    kind: IdentityKind = IdentityKind.EMAIL,
    proof: Proof = Proof.TYPED,
) -> None:
    """Let a lead's visitor be known by something."""
    row = IdentityRow(
        site_id=SiteId("demo"),
        visitor_id=VisitorId(f"v_{lead_id}"),
        kind=kind,
        value=value,
        proof=proof,
        at=START,
    )
    await identities.link(conn, row)


async def rows_of(db: Database, *lead_ids: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every column of every row of these leads as the database file has it."""
    found = {}
    async with db.read() as conn:
        for table, key in (("leads", "lead_id"), ("facts", "fact_id"), ("receipts", "lead_id, ordinal")):
            names = ", ".join(f"'{lead_id}'" for lead_id in lead_ids)
            rows = await conn.execute(
                text(f"SELECT * FROM {table} WHERE lead_id IN ({names}) ORDER BY {key}")
            )
            found[table] = [tuple(row) for row in rows]
    return found
