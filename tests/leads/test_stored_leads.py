"""Leads of a real database: who is exported, what erasing leaves, what a new playbook changes."""

import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.conversation import Consent, SiteId
from bot.domain.errors import NotFoundError
from bot.domain.playbook import Condition, Rule
from bot.leads import (
    erase_lead,
    export_stream,
    find_record,
    lead_json,
    page_of_records,
    profile_for,
    rescore,
    slot_rows,
    slots_from,
    stream_blocks,
    stream_outdone,
)
from bot.store import conversations, leads, outbox, sites
from bot.store.lead_filter import LeadFilter
from tests.worlds import BOTH_WORLDS

pytestmark = BOTH_WORLDS

EVERYBODY = LeadFilter()
EXPORTED = LeadFilter(consented_only=True)
CANARY = "ada@analytical.example"


async def test_only_who_agreed_is_exported(db, playbook, keep_lead):
    await keep_lead(db, "yes")
    await keep_lead(db, "no", consent=Consent.REFUSED, consent_at=None, captured=False)
    await keep_lead(db, "unasked", consent=Consent.NOT_ASKED, consent_at=None, captured=False)

    profile = profile_for("generic", playbook.slots)
    export = export_stream(stream_blocks(db, EXPORTED), profile=profile, file_format="csv")
    text = b"".join([chunk async for chunk in export.chunks]).decode()

    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert row["lead_id"] == "yes"
    assert row["consent"] == "given"
    assert row["email"] == CANARY


@pytest.mark.parametrize("name", ["salesforce", "pipedrive"])
async def test_of_the_leads_of_one_address_a_system_gets_the_best_of_the_list(
    db, playbook, keep_lead, make_fact, now, name
):
    shouted = (make_fact("email", "ADA@Analytical.example", "Ada"),)
    other = (make_fact("email", "bo@harbour.example", "Bo"),)
    await keep_lead(db, "best", score=70, created_at=now)
    await keep_lead(db, "best_of_before", score=70, created_at=now - timedelta(days=1))
    await keep_lead(db, "newest", score=20, created_at=now + timedelta(days=1), facts=shouted)
    await keep_lead(db, "other", score=5, facts=other)
    await keep_lead(db, "elsewhere", score=99, site_id=SiteId("elsewhere"))
    where = replace(EXPORTED, site_id=(await the_lead(db, "best")).site_id)

    blocks, outdone = stream_blocks(db, where), stream_outdone(db, where, playbook.slots)
    profile = profile_for(name, playbook.slots)
    export = export_stream(blocks, profile=profile, file_format="jsonl", outdone=outdone)
    rows = b"".join([chunk async for chunk in export.chunks]).decode()

    assert (export.tally.rows, sum(export.tally.left_out.values())) == (2, 2)
    assert 'Lead best"' in rows
    assert 'Lead other"' in rows


async def the_lead(db, lead_id):
    async with db.read() as connection:
        return await leads.get(connection, lead_id)


async def test_a_list_longer_than_a_page_is_whole_and_each_lead_there_once(db, keep_lead, monkeypatch, now):
    monkeypatch.setattr("bot.leads.records.FIRST_BLOCK", 5)
    monkeypatch.setattr("bot.leads.records.BLOCK", 7)
    for n in range(30):
        await keep_lead(db, f"lead_{n:02}", created_at=now + timedelta(seconds=n // 3))

    ids = [lead.lead_id async for block in stream_blocks(db, EXPORTED) for lead in block]

    assert len(ids) == len(set(ids)) == 30
    assert ids[0] in {"lead_27", "lead_28", "lead_29"}


async def test_a_reader_that_pauses_holds_no_transaction_open(db, keep_lead):
    await keep_lead(db, "lead_1")
    blocks = stream_blocks(db, EXPORTED)

    await anext(blocks)
    is_overwritten = await db.overwrite_erased()

    assert is_overwritten
    await blocks.aclose()


async def test_a_record_shows_the_latest_fact_of_each_slot_and_where_to_read_on(db, keep_lead):
    await keep_lead(db, "lead_1")

    async with db.read() as connection:
        record = await find_record(connection, "lead_1", public_url="https://chat.example.com/")
        missing = await find_record(connection, "lead_2")

    shown = lead_json(record)
    assert missing is None
    assert shown["facts"]["budget"]["quote"] == "30k a year approved"
    assert shown["facts"]["decision_maker"] == {
        "state": "declined",
        "value": None,
        "quote": "I'd rather not say",
        "message_id": "m1",
        "at": "2027-01-15T12:00:00Z",
    }
    assert "signal.asked_price" not in shown["facts"]
    assert shown["receipts"][0]["rule"] == "budget.approved"
    assert shown["conversation_url"] == "https://chat.example.com/api/v1/conversations/c_lead_1"


async def test_pages_of_records_go_on_where_the_last_ended(db, keep_lead):
    for n in range(5):
        await keep_lead(db, f"lead_{n}")

    async with db.read() as connection:
        first = await page_of_records(connection, EVERYBODY, limit=3)
        second = await page_of_records(connection, EVERYBODY, limit=3, cursor=first.next_cursor)

    assert len(first.records) == 3
    assert len(second.records) == 2
    assert second.next_cursor is None


async def test_erasing_leaves_no_byte_of_the_visitor_and_the_others_whole(db, keep_lead, tmp_path, now):
    await keep_lead(db, "lead_1")
    await keep_lead(db, "other", facts=())
    async with db.write() as connection:
        await outbox.put(
            connection,
            item_id="msg_1",
            event="lead.qualified",
            site_id=SiteId("demo"),
            target="mail:sales@example.com",
            payload={"who": CANARY},
            now=now,
            lead_id="lead_1",
        )
        await conversations.redact(connection, "c_other", [CANARY])
    published = []

    counts = await erase_lead(db, "lead_1", now=now, publish=published.append)

    assert published == ["c_lead_1"]
    assert counts.rows["leads"] == 1
    assert counts.rows["outbox"] == 1
    assert counts.rows["facts"] == 11
    left = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert CANARY.encode() not in left
    assert b"lead_1" not in left
    async with db.read() as connection:
        assert await leads.count(connection, EVERYBODY) == 1


async def test_erasing_whom_there_is_not_says_so(db, now):
    with pytest.raises(NotFoundError):
        await erase_lead(db, "nobody", now=now)


async def test_the_record_of_an_erasure_holds_no_word_of_the_person(db, keep_lead, now, capsys):
    await keep_lead(db, "lead_1")

    await erase_lead(db, "lead_1", now=now)

    printed = "".join(capsys.readouterr())
    assert "lead.erased" in printed
    assert "lead_1" in printed
    for word in ("Ada", "analytical", "4155550123"):
        assert word not in printed


async def test_a_new_playbook_moves_whom_it_concerns_and_is_kept(db, keep_lead, playbook, make_fact, now):
    await keep_lead(db, "big")
    await keep_lead(db, "small", facts=(make_fact("team_size", {"min": 3, "max": 3}, "3 of us"),), score=0)
    rule = Rule(
        slot="team_size",
        name="large",
        when=Condition(at_least=20),
        points=55,
        reason="20 people or more",
    )
    newer = replace(playbook, version="v2", rules=(rule,))
    later = now + timedelta(days=1)

    tried = {one.lead_id: one async for one in judge(db, newer, later, keep=False)}
    async with db.read() as connection:
        untouched = await leads.get(connection, "big")
    kept = {one.lead_id: one async for one in judge(db, newer, later, keep=True)}
    again = [one.has_moved async for one in judge(db, newer, later, keep=True)]

    assert tried == kept
    assert untouched.score == 72
    assert (kept["big"].score_before, kept["big"].score, kept["big"].stage) == (72, 55, "mql")
    assert again == [False, False]
    async with db.read() as connection:
        row = await leads.get(connection, "big")
    assert (row.score, row.stage, row.playbook_version, row.updated_at) == (55, "mql", "v2", later)
    assert [receipt.rule for receipt in row.receipts] == ["team_size.large"]


async def test_the_slots_of_a_site_come_back_from_the_store_as_columns_need_them(db, playbook, now):
    async with db.write() as connection:
        await sites.register(
            connection,
            site_id=SiteId("demo"),
            folder="/srv/demo",
            name="Foyer",
            slots=slot_rows(playbook),
            playbook_version="v1",
            now=now,
        )
    async with db.read() as connection:
        (site,) = await sites.list_all(connection)

    slots = slots_from(site.slots)

    assert [(slot.id, slot.kind, slot.label) for slot in slots] == [
        (slot.id, slot.kind, slot.label) for slot in playbook.slots
    ]


def judge(db, playbook, at, *, keep: bool):
    return rescore(db, site_id=SiteId("demo"), playbook=playbook, now=at, keep=keep)
