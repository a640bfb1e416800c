"""Somebody said elsewhere that they want no more contact: what was kept by their yes goes, and the score is honest."""

import json
import random
from collections.abc import Callable

import pytest
from sqlalchemy import text

from bot.domain.conversation import Consent, LeadId, MessageId, VisitorId
from bot.domain.facts import Fact, FactState
from bot.domain.playbook import Playbook
from bot.domain.scoring import clamp
from bot.leads import withdraw_consent
from bot.leads.consent import consent_receipts
from bot.leads.news import Receivers
from bot.leads.notice_mail import write_notice_mail
from bot.leads.privacy import ConsentError
from bot.leads.proposals import propose_merges
from bot.outbound import Parcel
from bot.store import Database, consents, conversations, leads, merges, outbox
from tests.identity.conftest import START, claim, keep_lead, random_facts
from tests.identity.test_merging import CRM, LATER, accept

ADDRESS, OTHER = "ada@harbour.example", "tilda@wrenfold7.example"
WORDS = f"Write to {ADDRESS}, we are 60; my colleague has {OTHER}"


async def keep_talk(db: Database, playbook: Playbook, lead_id: str) -> None:
    """A lead whose visitor wrote their address in a message, with facts that quote it."""
    told = {"email": (ADDRESS, ADDRESS), "team_size": ({"min": 60, "max": 60}, WORDS)}
    log = [
        Fact(
            slot=slot,
            state=FactState.KNOWN,
            value=value,
            quote=quote,
            message_id=MessageId(f"m_{lead_id}"),
            extractor="test",
            confidence=1.0,
            at=START,
        )
        for slot, (value, quote) in told.items()
    ]
    async with db.write() as conn:
        row = await keep_lead(conn, playbook, lead_id, log)
        await conversations.accept(
            conn,
            conversation_id=row.conversation_id,
            message_id=MessageId(f"m_{lead_id}"),
            client_message_id="1",
            text=WORDS,
            body_hash="h",
            at=START,
        )
        await claim(conn, lead_id, ADDRESS)
        await propose_merges(
            conn, VisitorId(f"v_{lead_id}"), now=LATER, new_id=lambda prefix: f"{prefix}{lead_id}"
        )


async def dump(db: Database) -> str:
    async with db.read() as conn:
        names = await conn.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'"))
        return json.dumps(
            {
                name: [list(row) for row in await conn.execute(text(f"SELECT * FROM {name}"))]
                for name in names.all()
            },
            default=str,
        )


async def test_a_consent_taken_back_for_somebody_leaves_no_personal_word(
    db: Database, playbook: Playbook
) -> None:
    await keep_talk(db, playbook, "a")
    await keep_talk(db, playbook, "b")

    async with db.write() as conn:
        for lead_id in ("a", "b"):
            await withdraw_consent(conn, LeadId(lead_id), playbook=playbook, receivers=CRM, now=LATER)
        row = await leads.get(conn, LeadId("a"))
        given, withdrawn = await consent_receipts(conn, LeadId("a"))
        assert await merges.list_all(conn, site_id=None, states=["proposed"], limit=9) == []
        told = [row.event for row in await outbox.page(conn, site_id=None, state="pending")]

    assert ADDRESS not in await dump(db)
    assert OTHER not in await dump(db)
    assert told == ["consent.withdrawn"] * 2 * len((*CRM.mail, *CRM.webhooks))
    assert (row.consent, row.captured, row.stopped_at) == (Consent.WITHDRAWN, False, "consent_withdrawn")
    assert clamp(sum(receipt.points for receipt in row.receipts)) == row.score
    assert "team_size" in {receipt.rule.partition(".")[0] for receipt in row.receipts}
    assert [given["answer"], withdrawn["answer"]] == ["given", "withdrawn"]
    assert (withdrawn["text"], withdrawn["said"]) == ("May we?", None)


async def test_a_merged_lead_takes_it_back_for_everybody_in_it(
    db: Database, playbook: Playbook, new_id: Callable[[str], str]
) -> None:
    await keep_talk(db, playbook, "a")
    await keep_talk(db, playbook, "b")
    merge = await accept(db, playbook, new_id)

    async with db.write() as conn:
        row = await withdraw_consent(
            conn, merge.merged_lead_id or LeadId(""), playbook=playbook, receivers=CRM, now=LATER
        )

    assert ADDRESS not in await dump(db)
    assert (row.consent, row.captured) == (Consent.WITHDRAWN, False)


async def test_there_must_be_a_consent_to_take_back(db: Database, playbook: Playbook) -> None:
    async with db.write() as conn:
        log = random_facts(random.Random(1), "a", begin=START)
        await keep_lead(conn, playbook, "a", log, consent=Consent.REFUSED)
        with pytest.raises(ConsentError, match="'refused'"):
            await withdraw_consent(conn, LeadId("a"), playbook=playbook, receivers=CRM, now=LATER)
        assert len(await consents.history(conn, VisitorId("v_a"))) == 1


async def test_people_who_may_hold_the_lead_are_mailed_its_reference_and_no_word_of_the_visitor(
    db: Database, playbook: Playbook
) -> None:
    await keep_talk(db, playbook, "a")
    receivers = Receivers(mail=("sales@example.com",))

    async with db.write() as conn:
        await withdraw_consent(conn, LeadId("a"), playbook=playbook, receivers=receivers, now=LATER)
        (row,) = await outbox.page(conn, site_id=None, state="pending")
    mail = write_notice_mail(
        Parcel(
            parcel_id=row.item_id,
            site_id=row.site_id,
            event=row.event,
            address="sales@example.com",
            payload=row.payload,
        )
    )

    assert (row.event, row.target) == ("consent.withdrawn", "mail:sales@example.com")
    assert "Lead a" in mail.text
    assert "erase" in mail.text
    assert ADDRESS not in mail.text + mail.html + mail.subject
