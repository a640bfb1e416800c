"""Visitors who turn out to be one person while several processes write: no proposal is missed, no fact is lost."""

import asyncio
import random
from collections.abc import AsyncIterator

import pytest

from bot.domain.conversation import LeadId, VisitorId
from bot.domain.playbook import Playbook
from bot.leads import merging, propose_merges, refresh
from bot.store import Database, facts, leads, merges, visitor_line
from tests.identity.conftest import START, claim, keep_lead, random_facts
from tests.identity.test_merging import BY_ADA, LATER, NewId
from tests.worlds import BOTH_WORLDS

PEOPLE = "abcdefgh"
ROUNDS = 6


@pytest.fixture
async def processes(db: Database, url: str) -> AsyncIterator[list[Database]]:
    """Connections of two processes."""
    other = await Database.open(url)
    yield [db, other]
    await other.close()


@BOTH_WORLDS
async def test_who_gives_one_address_at_the_same_moment_is_proposed_with_everybody_else(
    processes: list[Database], playbook: Playbook, new_id: NewId
) -> None:
    async def write(number: int, name: str) -> None:
        async with processes[number % 2].write(visitor_line(f"v_{name}")) as conn:
            await keep_lead(conn, playbook, name, [])
            await claim(conn, name, "ada@harbour.example")
            await asyncio.sleep(0)
            await propose_merges(conn, VisitorId(f"v_{name}"), now=START, new_id=new_id)

    await asyncio.gather(*(write(number, name) for number, name in enumerate(PEOPLE)))

    async with processes[0].read() as conn:
        found = await merges.list_all(conn, site_id=None, states=["proposed"], limit=100)
    pairs = {frozenset((merge.lead_id, merge.other_lead_id)) for merge in found}
    assert len(found) == len(pairs) == len(PEOPLE) * (len(PEOPLE) - 1) // 2


@pytest.mark.parametrize("world", ["postgres"], indirect=True)
async def test_two_who_are_shown_as_one_and_write_at_once_both_reach_the_merged_lead(
    processes: list[Database], playbook: Playbook, new_id: NewId
) -> None:
    chance = random.Random(4)
    logs = {name: random_facts(chance, name, begin=START) for name in "ab"}
    db = processes[0]
    async with db.write() as conn:
        for name in "ab":
            await keep_lead(conn, playbook, name, logs[name])
            await claim(conn, name, "ada@harbour.example")
        await propose_merges(conn, VisitorId("v_a"), now=START, new_id=new_id)
        (proposed,) = await merges.list_all(conn, site_id=None, states=["proposed"], limit=10)
        merged = await merging.accept(
            conn, proposed.merge_id, playbook=playbook, decided=BY_ADA, new_id=new_id
        )

    async def write(number: int, name: str) -> None:
        async with processes[number].write(visitor_line(f"v_{name}")) as conn:
            await keep_lead(conn, playbook, name, logs[name])
            await both_wrote.wait()
            await refresh(conn, LeadId(name), playbook)

    both_wrote = asyncio.Barrier(2)
    for _ in range(ROUNDS):
        for name in "ab":
            logs[name] += random_facts(chance, f"{name}{len(logs[name])}", begin=LATER)
        await asyncio.gather(write(0, "a"), write(1, "b"))

        async with db.write() as conn:
            assert merged.merged_lead_id is not None
            quotes = [fact.quote for fact in await facts.history(conn, merged.merged_lead_id)]
            shown = await leads.get(conn, merged.merged_lead_id)
            await refresh(conn, LeadId("a"), playbook)
            assert await leads.get(conn, merged.merged_lead_id) == shown
        assert sorted(quotes) == sorted(fact.quote for log in logs.values() for fact in log)
