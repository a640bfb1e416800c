"""Who holds a lead hears that it is erased, by its id alone, even where that is all that is left of it."""

import pytest

from bot.domain.conversation import LeadId
from bot.domain.events import EventName
from bot.domain.playbook import Playbook
from bot.leads import erase_lead, withdraw_consent
from bot.leads.news import Receivers
from bot.leads.notice_mail import write_notice_mail
from bot.outbound import Parcel
from bot.store import Database, outbox
from tests.identity.conftest import START
from tests.identity.test_merging import CRM, LATER
from tests.identity.test_withdrawal import ADDRESS, dump, keep_talk

HOOK, OTHER, SALES = (
    "webhook:https://crm.example/hook",
    "webhook:https://other.example/hook",
    "mail:s@a.example",
)


async def put(db: Database, event: EventName, target: str) -> str:
    async with db.write() as conn:
        item_id = f"{event} {target}"
        await outbox.put(
            conn,
            item_id=item_id,
            event=event,
            site_id="demo",
            target=target,
            payload={"type": event, "data": {"email": ADDRESS}},
            now=START,
            lead_id=LeadId("a"),
        )
    return item_id


async def waiting(db: Database) -> list[tuple[EventName, str]]:
    async with db.read() as conn:
        rows = await outbox.page(conn, site_id=None, state="pending")
    return sorted((row.event, row.target) for row in rows)


@pytest.mark.parametrize("outcome", [outbox.mark_delivered, outbox.dead])
async def test_a_withdrawal_is_told_though_everything_is_erased_at_once(
    db: Database, playbook: Playbook, outcome
) -> None:
    await keep_talk(db, playbook, "a")
    async with db.write() as conn:
        await withdraw_consent(conn, LeadId("a"), playbook=playbook, receivers=CRM, now=LATER)
    told = await waiting(db)

    await erase_lead(db, LeadId("a"), now=LATER)

    assert told
    assert await waiting(db) == told
    assert ADDRESS not in await dump(db)
    async with db.write() as conn:
        for row in await outbox.claim(conn, now=LATER, until=LATER, limit=9):
            assert (row.lead_id, row.conversation_id) == (None, None)
            assert row.payload["data"] == {"lead_id": "a", "site": {"id": row.site_id}}
            detail = {"detail": "no answer"} if outcome is outbox.dead else {}
            await outcome(conn, row.item_id, at=LATER, **detail)
        for state in ("pending", "delivered", "dead"):
            assert await outbox.page(conn, site_id=None, state=state) == []


async def test_who_was_told_of_a_lead_hears_that_it_is_erased_and_nobody_else_does(
    db: Database, playbook: Playbook
) -> None:
    await keep_talk(db, playbook, "a")
    for event, target in (
        ("lead.created", HOOK),
        ("lead.qualified", SALES),
        ("identity.code_requested", f"mail:{ADDRESS}"),
    ):
        item_id = await put(db, event, target)
        async with db.write() as conn:
            await outbox.mark_delivered(conn, item_id, at=LATER)
    await put(db, "lead.created", OTHER)

    await erase_lead(db, LeadId("a"), now=LATER)

    assert await waiting(db) == [("lead.erased", SALES), ("lead.erased", HOOK)]
    assert ADDRESS not in await dump(db)


async def test_who_was_asked_to_erase_everything_by_mail_is_not_asked_again(
    db: Database, playbook: Playbook
) -> None:
    await keep_talk(db, playbook, "a")
    receivers = Receivers(mail=("s@a.example",), webhooks=("https://crm.example/hook",))
    async with db.write() as conn:
        await withdraw_consent(conn, LeadId("a"), playbook=playbook, receivers=receivers, now=LATER)
        for row in await outbox.claim(conn, now=LATER, until=LATER, limit=9):
            await outbox.mark_delivered(conn, row.item_id, at=LATER)

    await erase_lead(db, LeadId("a"), now=LATER)

    assert await waiting(db) == [("lead.erased", HOOK)]


def test_the_mail_says_what_to_erase() -> None:
    payload = {"timestamp": "2027-03-02T10:00:00Z", "data": {"lead_id": "l_1", "site": {"id": "demo"}}}

    mail = write_notice_mail(
        Parcel(parcel_id="1", site_id="demo", event="lead.erased", address="s@a.example", payload=payload)
    )

    assert "l_1" in mail.subject
    assert "erased on 2027-03-02" in mail.text
