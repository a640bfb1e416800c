"""The list is ordered by a learned score once that has earned it, and says why it is in the order it is."""

import asyncio
import json
import random
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.commands import leads as commands
from bot.leads import learned_order
from bot.leads.learned_order import NotEarnedError, find_ordering, ordered_page
from bot.leads.outcomes import read_outcomes
from bot.leads.winning import find_model, train_on_outcomes
from bot.store import Database, UnknownCursorError, learned_scores
from bot.store.lead_filter import LeadFilter

LEADS = 130


async def keep_and_train(
    db: Database, keep_lead, make_fact, playbook, now, tmp_path: Path, *, luck: bool
) -> None:
    """Keep leads that were won as their team is larger (or by luck alone), and learn from them."""
    chance = random.Random(1)
    rows = ["lead_id,outcome"]
    for number in range(LEADS):
        heads = chance.randint(1, 100)
        told = (make_fact("team_size", {"min": heads, "max": heads}, f"{heads} people"),)
        at = now - timedelta(minutes=number)
        # A rule's score that ranks as well as luck does.
        await keep_lead(
            db, f"l{number:03}", facts=told, score=heads if luck else chance.randint(0, 100), created_at=at
        )
        ended = chance.random() * 100 if luck else heads + chance.randint(-15, 15)
        rows.append(f"l{number:03},{'won' if ended > 60 else 'lost'}")
    path = tmp_path / "outcomes.csv"
    path.write_text("\n".join(rows))
    await train_on_outcomes(db, site_id="demo", playbook=playbook, outcomes=read_outcomes(path), at=now)


@pytest.fixture
async def trained(db, keep_lead, make_fact, playbook, now, tmp_path) -> Database:
    await keep_and_train(db, keep_lead, make_fact, playbook, now, tmp_path, luck=False)
    return db


async def walk(db: Database, playbook, limit: int, meanwhile=None) -> tuple[list[str], dict[str, float]]:
    """Return all leads, page by page, as the list gives them without a choice; something may happen after the first."""
    found: list[str] = []
    chances: dict[str, float] = {}
    cursor = None
    while True:
        async with db.read() as conn:
            ordering = await find_ordering(conn, {"demo": playbook})
            page = await ordered_page(conn, LeadFilter(), ordering, cursor=cursor, limit=limit)
        found += [record.row.lead_id for record in page.records]
        chances |= page.chances
        cursor = page.next_cursor
        if cursor is None:
            return found, chances
        if meanwhile:
            await meanwhile()
            meanwhile = None


@pytest.mark.parametrize("limit", [7, 200])
async def test_the_likeliest_come_first_each_once(trained, playbook, limit):
    found, chances = await walk(trained, playbook, limit)

    assert (len(found), len(set(found))) == (LEADS, LEADS)
    assert all(chances[one] >= chances[other] for one, other in pairwise(found))


async def test_older_leads_than_are_ranked_come_after_newest_first(trained, playbook, monkeypatch):
    monkeypatch.setattr(learned_order, "RANKED", 40)

    found, chances = await walk(trained, playbook, 15)

    assert set(found[:40]) == set(chances) == {f"l{number:03}" for number in range(40)}
    assert found[40:] == [f"l{number:03}" for number in range(40, LEADS)]


async def test_pages_keep_their_place_while_a_lead_comes(trained, playbook, keep_lead, now):
    async def come() -> None:
        await keep_lead(trained, "l_new", facts=(), created_at=now + timedelta(hours=1))

    before, _ = await walk(trained, playbook, 20)
    found, _ = await walk(trained, playbook, 20, come)

    assert [one for one in found if one != "l_new"] == before


async def test_a_cursor_of_another_order_or_of_another_training_is_refused(trained, playbook, now):
    async with trained.read() as conn:
        learned = await find_ordering(conn, {"demo": playbook})
        newest = await find_ordering(conn, {"demo": playbook}, wanted="newest")
        cursor = (await ordered_page(conn, LeadFilter(), learned, limit=5)).next_cursor
        other = (await ordered_page(conn, LeadFilter(), newest, limit=5)).next_cursor
        model = await find_model(conn, "demo")
        for ordering, wrong in ((learned, other), (newest, cursor), (learned, "bm9uc2Vuc2U=")):
            with pytest.raises(UnknownCursorError):
                await ordered_page(conn, LeadFilter(), ordering, cursor=wrong)
    changed = replace(model, constant=model.constant + 1)
    async with trained.write() as conn:
        await learned_scores.keep(conn, site_id="demo", model=changed.as_json(), at=now)
    async with trained.read() as conn:
        again = await find_ordering(conn, {"demo": playbook})
        with pytest.raises(UnknownCursorError):
            await ordered_page(conn, LeadFilter(), again, cursor=cursor)


async def test_the_order_says_why(trained, playbook):
    async with trained.read() as conn:
        told = {
            wanted: await find_ordering(conn, {"demo": playbook}, wanted=wanted)
            for wanted in (None, "newest", "score")
        }
        both = await find_ordering(conn, {"demo": playbook, "other": playbook})

    assert told[None].sort == "learned"
    assert "learned from 130 leads with" in told[None].why
    assert "AUC on unseen leads 0.9" in told[None].why
    assert [told[one].sort for one in ("newest", "score")] == ["newest", "score"]
    assert (both.sort, both.is_learned_offered) == ("newest", False)
    assert "no score was learned from outcomes of other yet" in both.why


@pytest.mark.parametrize("is_trained", [False, True])
async def test_until_it_is_earned_the_newest_come_first(
    db, keep_lead, make_fact, playbook, now, tmp_path, is_trained
):
    if is_trained:
        await keep_and_train(db, keep_lead, make_fact, playbook, now, tmp_path, luck=True)

    async with db.read() as conn:
        ordering = await find_ordering(conn, {"demo": playbook})
        with pytest.raises(NotEarnedError, match="cannot be sorted by a learned score"):
            await find_ordering(conn, {"demo": playbook}, wanted="learned")

    assert (ordering.sort, ordering.is_learned_offered) == ("newest", False)
    assert ("no better than the rules'" if is_trained else "that takes 100 leads that ended") in ordering.why


def test_the_command_line_sorts_as_it_is_told(tmp_path, monkeypatch, keep_lead, make_fact, playbook, now):
    home, folder = tmp_path / "home", tmp_path / "demo"
    home.mkdir()
    (folder / "knowledge").mkdir(parents=True)
    (folder / "foyer.yaml").write_text("id: demo\n")
    monkeypatch.setenv("FOYER_HOME", str(home))

    async def keep() -> None:
        db = await Database.open(f"sqlite+aiosqlite:///{home / 'foyer.db'}")
        await keep_and_train(db, keep_lead, make_fact, playbook, now, tmp_path, luck=False)
        await db.close()

    asyncio.run(keep())

    def listed(*options: str) -> list[dict]:
        return json.loads(
            CliRunner().invoke(commands.app, ["list", "--site", str(folder), "--json", *options]).stdout
        )

    chances = [lead["win_probability"] for lead in listed()]
    scores = [lead["score"] for lead in listed("--sort", "score")]
    assert chances == sorted(chances, reverse=True)
    assert scores == sorted(scores, reverse=True)
    assert listed("--sort", "newest")[0]["lead_id"] == "l000"
