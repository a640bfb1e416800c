"""Two leads that are one person are shown as one, and taken apart again without a trace."""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import inspect, text

from bot.domain.conversation import Consent, LeadId, VisitorId
from bot.domain.facts import FactState, current_facts
from bot.domain.identity import IdentityKind, Proof
from bot.domain.playbook import Playbook
from bot.domain.scoring import clamp
from bot.leads import Receivers, erase_lead, find_record, lead_json, merging, page_of_records, rescore
from bot.leads.ledger import ledger_json
from bot.leads.proposals import list_proposals, proposal_json, propose_merges
from bot.store import Database, capture_ledger, conversations, facts, leads, merges, outbox
from bot.store.lead_filter import LeadFilter
from tests.identity.conftest import START, claim, keep_lead, random_facts, rows_of
from tests.worlds import BOTH_WORLDS

pytestmark = BOTH_WORLDS

NewId = Callable[[str], str]
LATER = START + timedelta(days=30)
CRM = Receivers(mail=("sales@harbour.example",), webhooks=("https://crm.example/hook",))
BY_ADA = merging.Decided(actor="Ada", at=LATER, receivers=CRM)


async def keep_pair(db: Database, playbook: Playbook, chance: random.Random) -> None:
    """Two leads that gave the same address, the second some hours later or in between."""
    async with db.write() as conn:
        for number, lead_id in enumerate(("a", "b")):
            begin = START + timedelta(minutes=chance.randrange(0, 5) + number)
            consent = chance.choice([Consent.GIVEN, Consent.GIVEN, Consent.REFUSED])
            log = random_facts(chance, lead_id, begin=begin)
            await keep_lead(conn, playbook, lead_id, log, begin=begin, consent=consent)
            await claim(conn, lead_id, "ada@harbour.example")


async def propose(db: Database, lead_id: str, new_id: NewId) -> list[Any]:
    async with db.write() as conn:
        await propose_merges(conn, VisitorId(f"v_{lead_id}"), now=LATER, new_id=new_id)
        return await list_proposals(conn, site_id=None, states=["proposed"], limit=10)


async def accept(db: Database, playbook: Playbook, new_id: NewId, lead_id: str = "b") -> merges.MergeRow:
    merge_id = (await propose(db, lead_id, new_id))[0].merge.merge_id
    async with db.write() as conn:
        return await merging.accept(conn, merge_id, playbook=playbook, decided=BY_ADA, new_id=new_id)


async def undo(db: Database, merge_id: str) -> merges.MergeRow:
    async with db.write() as conn:
        return await merging.undo(
            conn, merge_id, decided=merging.Decided(actor="Bob", at=LATER, receivers=CRM)
        )


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(40))
async def test_what_was_merged_and_undone_is_equal_to_the_last_byte(
    db: Database, playbook: Playbook, new_id: NewId, seed: int
) -> None:
    chance = random.Random(seed)
    await keep_pair(db, playbook, chance)
    before = await rows_of(db, "a", "b")

    merge = await accept(db, playbook, new_id)
    assert merge.merged_lead_id is not None
    async with db.read() as conn:
        merged = await leads.get(conn, merge.merged_lead_id)
    while_merged = await rows_of(db, "a", "b")
    undone = await undo(db, merge.merge_id)

    assert clamp(sum(receipt.points for receipt in merged.receipts)) == merged.score
    assert while_merged["facts"] == before["facts"]
    assert await rows_of(db, "a", "b") == before
    assert await rows_of(db, merge.merged_lead_id) == {"leads": [], "facts": [], "receipts": []}
    assert (undone.state, undone.merged_lead_id) == ("undone", None)


async def test_both_go_on_beneath_the_merged_lead_and_are_as_they_would_be_without_it(
    db: Database, playbook: Playbook, new_id: NewId
) -> None:
    chance = random.Random(7)
    await keep_pair(db, playbook, chance)
    merge = await accept(db, playbook, new_id)
    said_since = random_facts(chance, "b", begin=LATER)
    async with db.write() as conn:
        log = [*await facts.history(conn, LeadId("b")), *said_since]
        await keep_lead(conn, playbook, "b", log)
        await merging.refresh(conn, LeadId("b"), playbook)
        shown = await facts.history(conn, merge.merged_lead_id or LeadId(""))
        alone = await leads.get(conn, LeadId("b"))

    await undo(db, merge.merge_id)

    assert shown[-len(said_since) :] == said_since
    async with db.read() as conn:
        assert await facts.history(conn, LeadId("b")) == log
        restored = await leads.get(conn, LeadId("b"))
    assert (restored.score, restored.receipts, restored.merged_into) == (alone.score, alone.receipts, None)


async def test_of_two_answers_the_newer_counts_and_both_stay_to_be_read(
    db: Database, playbook: Playbook, new_id: NewId
) -> None:
    async with db.write() as conn:
        for hours, (lead_id, value) in enumerate({"a": 12, "b": 60}.items()):
            (fact, *_) = random_facts(random.Random(1), lead_id, begin=START + timedelta(hours=hours))
            size = {"min": value, "max": value}
            log = [_with(fact, slot="team_size", state=FactState.KNOWN, value=size)]
            await keep_lead(conn, playbook, lead_id, log, begin=START + timedelta(hours=hours))
            await claim(conn, lead_id, "ada@harbour.example")

    (proposal,) = await propose(db, "a", new_id)
    merge = await accept(db, playbook, new_id)

    told = proposal_json(proposal)["differences"]["team_size"]
    assert (told["earlier"]["value"]["min"], told["later"]["value"]["min"]) == (12, 60)
    async with db.read() as conn:
        history = await facts.history(conn, merge.merged_lead_id or LeadId(""))
    assert [fact.value["min"] for fact in history] == [12, 60]
    assert current_facts(history)["team_size"].value["min"] == 60


def _with(fact: Any, **changes: Any) -> Any:
    import dataclasses

    return dataclasses.replace(fact, **changes)


async def test_lists_and_counts_show_a_person_once(db: Database, playbook: Playbook, new_id: NewId) -> None:
    await keep_pair(db, playbook, random.Random(3))
    merge = await accept(db, playbook, new_id)

    async with db.read() as conn:
        page = await page_of_records(conn, LeadFilter())
        count = await leads.count(conn, LeadFilter())
        part = await find_record(conn, LeadId("a"))
        gates = ledger_json(await capture_ledger.count_gates(conn, "demo"))  # type: ignore[arg-type]

    shown = lead_json(page.records[0])
    assert [record.row.lead_id for record in page.records] == [merge.merged_lead_id]
    assert (count, shown["parts"], shown["merged_into"]) == (1, ["a", "b"], None)
    assert shown["identity"]["state"] == "claimed"
    assert part is not None
    assert lead_json(part)["merged_into"] == merge.merged_lead_id
    assert gates["conversations"] == 2


async def test_judging_again_reaches_the_merged_lead_and_its_parts(
    db: Database, playbook: Playbook, new_id: NewId
) -> None:
    await keep_pair(db, playbook, random.Random(3))
    await accept(db, playbook, new_id)

    judged = [
        one.lead_id
        async for one in rescore(
            db,
            site_id="demo",
            playbook=playbook,
            now=LATER,
            keep=True,  # type: ignore[arg-type]
        )
    ]

    assert len(judged) == 3


async def test_a_proposal_comes_once_and_again_only_for_a_stronger_reason(
    db: Database, playbook: Playbook, new_id: NewId
) -> None:
    await keep_pair(db, playbook, random.Random(3))
    (first,) = await propose(db, "a", new_id)
    assert [one.merge.merge_id for one in await propose(db, "b", new_id)] == [first.merge.merge_id]
    assert (first.merge.reason, first.merge.lead_id) == ("claimed_email", "a")
    async with db.write() as conn:
        await merging.dismiss(conn, first.merge.merge_id, decided=BY_ADA)

    assert await propose(db, "a", new_id) == []
    async with db.write() as conn:
        await claim(conn, "a", "ada@harbour.example", proof=Proof.CODE)
    assert await propose(db, "a", new_id) == []
    async with db.write() as conn:
        await claim(conn, "b", "ada@harbour.example", proof=Proof.TOKEN)
    (again,) = await propose(db, "a", new_id)

    assert again.merge.reason == "verified_email"
    assert [(one.action, one.actor) for one in again.log] == [("proposed", "foyer"), ("dismissed", "Ada")]


@pytest.mark.parametrize(
    ("site", "kind", "value"),
    [
        ("demo", IdentityKind.EMAIL, "bob@quay.example"),
        ("demo", IdentityKind.PHONE, "ada@harbour.example"),
        ("another", IdentityKind.EMAIL, "ada@harbour.example"),
    ],
)
async def test_another_address_kind_or_site_is_another_person(
    db: Database, playbook: Playbook, new_id: NewId, site: str, kind: IdentityKind, value: str
) -> None:
    async with db.write() as conn:
        for lead_id in ("a", "b"):
            await keep_lead(conn, playbook, lead_id, random_facts(random.Random(1), lead_id, begin=START))
        await claim(conn, "a", "ada@harbour.example")
        await claim(conn, "b", value, kind=kind)
        await conn.execute(text(f"UPDATE identities SET site_id = '{site}' WHERE visitor_id = 'v_b'"))

    assert await propose(db, "a", new_id) == []


async def test_the_log_says_who_when_and_how_it_was_before(
    db: Database, playbook: Playbook, new_id: NewId
) -> None:
    await keep_pair(db, playbook, random.Random(3))
    async with db.read() as conn:
        scores = [(await leads.get(conn, LeadId(one))).score for one in ("a", "b")]
    merge = await accept(db, playbook, new_id)
    await undo(db, merge.merge_id)

    async with db.read() as conn:
        _, accepted, undone = await merges.log_of(conn, merge.merge_id)

    assert (accepted.action, accepted.actor, accepted.at) == ("accepted", "Ada", LATER)
    assert [one["score"] for one in accepted.before] == scores
    assert (undone.action, undone.actor) == ("undone", "Bob")
    assert undone.before[0]["lead_id"] == merge.merged_lead_id


async def test_a_merged_lead_is_merged_once_more_and_undone_from_the_last(
    db: Database, playbook: Playbook, new_id: NewId
) -> None:
    await keep_pair(db, playbook, random.Random(3))
    async with db.write() as conn:
        await keep_lead(conn, playbook, "c", random_facts(random.Random(9), "c", begin=START), begin=LATER)
        await claim(conn, "c", "ada@harbour.example")
    before = await rows_of(db, "a", "b", "c")
    inner = await accept(db, playbook, new_id, "b")
    outer = await accept(db, playbook, new_id, "c")

    with pytest.raises(merging.MergeError, match=outer.merge_id):
        await undo(db, inner.merge_id)
    with pytest.raises(merging.MergeError, match="accepted"):
        await _accept_again(db, playbook, new_id, inner.merge_id)
    assert await propose(db, "c", new_id) == []
    await undo(db, outer.merge_id)
    await undo(db, inner.merge_id)

    assert await rows_of(db, "a", "b", "c") == before


async def _accept_again(db: Database, playbook: Playbook, new_id: NewId, merge_id: str) -> None:
    async with db.write() as conn:
        await merging.accept(conn, merge_id, playbook=playbook, decided=BY_ADA, new_id=new_id)


async def test_erasing_a_merged_lead_takes_all_its_parts_and_the_log(
    db: Database, playbook: Playbook, new_id: NewId
) -> None:
    await keep_pair(db, playbook, random.Random(3))
    merge = await accept(db, playbook, new_id)

    await erase_lead(db, merge.merged_lead_id or LeadId(""), now=LATER)

    assert await tables_with_rows(db) == {"sessions", "tombstones"}


async def test_erasing_one_part_takes_the_merged_lead_apart_and_leaves_the_other_as_it_was(
    db: Database, playbook: Playbook, new_id: NewId
) -> None:
    await keep_pair(db, playbook, random.Random(3))
    before = await rows_of(db, "b")
    merge = await accept(db, playbook, new_id)

    await erase_lead(db, LeadId("a"), now=LATER)

    assert await rows_of(db, "b") == before
    assert await rows_of(db, "a", merge.merged_lead_id or "") == {"leads": [], "facts": [], "receipts": []}
    assert not await tables_with_rows(db) & {"merges", "merge_log"}


async def tables_with_rows(db: Database) -> set[str]:
    async with db.read() as conn:
        names = await conn.run_sync(lambda sync: inspect(sync).get_table_names())
        counts = {name: await conn.scalar(text(f"SELECT count(*) FROM {name}")) for name in names}
    return {name for name, number in counts.items() if number} - {"meta", "alembic_version"}


async def test_a_no_that_was_said_last_holds_for_the_person(
    db: Database, playbook: Playbook, new_id: NewId
) -> None:
    async with db.write() as conn:
        for hours, consent in enumerate((Consent.GIVEN, Consent.REFUSED)):
            lead_id, begin = "ab"[hours], START + timedelta(hours=hours)
            log = random_facts(random.Random(hours), lead_id, begin=begin)
            await keep_lead(conn, playbook, lead_id, log, begin=begin, consent=consent)
            await claim(conn, lead_id, "ada@harbour.example")
    merge = await accept(db, playbook, new_id)

    async with db.read() as conn:
        row = await leads.get(conn, merge.merged_lead_id or LeadId(""))
        assert await conversations.find(conn, row.conversation_id) is not None

    assert (row.consent, row.captured, row.consent_at) == (Consent.REFUSED, False, None)


async def test_webhooks_hear_of_a_merge_and_of_its_undoing_by_ids_alone(
    db: Database, playbook: Playbook, new_id: NewId
) -> None:
    await keep_pair(db, playbook, random.Random(3))
    merge = await accept(db, playbook, new_id)
    async with db.read() as conn:
        (told,) = await outbox.page(conn, site_id=None, state="pending")
    await undo(db, merge.merge_id)
    async with db.read() as conn:
        untold = await outbox.page(conn, site_id=None, state="pending")

    assert (told.event, told.target) == ("lead.merged", "webhook:https://crm.example/hook")
    assert told.payload["data"] == {
        "lead_id": merge.merged_lead_id,
        "site": {"id": "demo"},
        "parts": ["a", "b"],
    }
    assert [row.event for row in untold] == ["lead.unmerged"]
