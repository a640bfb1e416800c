"""A draft playbook replayed over stored leads says exactly what publishing it then does."""

import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.commands import leads as leads_command
from bot.commands import playbook as playbook_command
from bot.domain.conversation import SiteId
from bot.domain.lead import Receipt
from bot.leads import rescore, slot_rows
from bot.settings import BUNDLED_PLAYBOOKS, bundled_playbook, bundled_playbook_file
from bot.store import Database, leads, sites
from bot.store.lead_filter import LeadFilter
from tests.scoring.test_ten_thousand_leads import random_log

NOW = datetime(2027, 1, 20, tzinfo=UTC)
LEADS = 60


async def seed(db: Database, keep_lead, *, by: str = "bant") -> None:
    """Store random leads as a playbook judges them."""
    chance = random.Random(9)
    for number in range(LEADS):
        log = tuple(random_log(bundled_playbook(chance.choice(BUNDLED_PLAYBOOKS)), chance))
        await keep_lead(db, f"l{number:03}", facts=log)
    await publish(db, by)


async def publish(db: Database, name: str, *, as_of: datetime | None = None) -> None:
    judged = rescore(
        db, site_id=SiteId("demo"), playbook=bundled_playbook(name), now=NOW, keep=True, as_of=as_of
    )
    assert len([one async for one in judged]) == LEADS


async def stored(db: Database) -> dict[str, tuple[int, str, str, tuple[Receipt, ...]]]:
    async with db.read() as connection:
        page = await leads.page(connection, where=LeadFilter(site_id=SiteId("demo")), limit=LEADS)
    return {row.lead_id: (row.score, row.grade, row.stage, row.receipts) for row in page.rows}


@pytest.mark.slow
@pytest.mark.parametrize("draft", ["simple", "champ", "meddic", "shop", "bant"])
async def test_the_preview_of_a_draft_is_what_publishing_it_does(db: Database, keep_lead, draft: str) -> None:
    await seed(db, keep_lead)
    before = await stored(db)

    tried = rescore(db, site_id=SiteId("demo"), playbook=bundled_playbook(draft), now=NOW, keep=False)
    preview = {one.lead_id: one async for one in tried}
    untouched = await stored(db)
    await publish(db, draft)
    after = await stored(db)

    assert untouched == before
    for lead_id, one in preview.items():
        assert (one.score_before, one.grade_before, one.stage_before) == before[lead_id][:3]
        assert (one.score, one.grade, one.stage) == after[lead_id][:3]
        kept = {(r.rule, r.points) for r in before[lead_id][3]} & {
            (r.rule, r.points) for r in after[lead_id][3]
        }
        assert {(r.rule, r.points) for r in one.gained} == {
            (r.rule, r.points) for r in after[lead_id][3]
        } - kept
        assert {(r.rule, r.points) for r in one.lost} == {
            (r.rule, r.points) for r in before[lead_id][3]
        } - kept
    moved = [one for one in preview.values() if one.has_moved]
    assert bool(moved) is (draft != "bant")


async def test_judged_as_at_a_day_points_fade_and_leads_that_came_later_are_left_alone(
    db: Database, keep_lead
) -> None:
    await seed(db, keep_lead)
    now_scores = await stored(db)

    await publish(db, "bant", as_of=NOW + timedelta(days=365))
    later = await stored(db)
    await publish(db, "bant", as_of=NOW - timedelta(days=600))
    earlier = await stored(db)
    await publish(db, "bant")

    assert sum(row[0] for row in later.values()) < sum(row[0] for row in now_scores.values())
    assert earlier == later
    assert await stored(db) == now_scores


@pytest.fixture
async def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keep_lead) -> Path:
    monkeypatch.setenv("FOYER_HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    site = tmp_path / "demo"
    (site / "knowledge").mkdir(parents=True)
    (site / "foyer.yaml").write_text("id: demo\n")
    (site / "playbook.yaml").write_text(bundled_playbook_file("bant").read_text())
    database = await Database.open(f"sqlite+aiosqlite:///{tmp_path / 'home' / 'foyer.db'}")
    await seed(database, keep_lead)
    async with database.write() as connection:
        await sites.register(
            connection,
            site_id=SiteId("demo"),
            folder=str(site),
            name="Demo",
            slots=slot_rows(bundled_playbook("bant")),
            playbook_version="1",
            now=NOW,
        )
    await database.close()
    return site


def test_the_command_says_who_would_move_why_and_keeps_nothing(home: Path) -> None:
    draft = bundled_playbook_file("simple")
    arguments = ["diff", str(home), str(draft)]

    told = json.loads(CliRunner().invoke(playbook_command.app, [*arguments, "--json"]).stdout)
    words = CliRunner().invoke(playbook_command.app, arguments).stdout

    assert told["leads"] == LEADS
    assert told["moved"][0]["gained"] or told["moved"][0]["lost"]
    assert sum(change["leads"] for change in told["stages"]) <= len(told["moved"])
    assert f"{len(told['moved'])} of {LEADS} leads would move." in words
    assert "    gone " in words
    assert "    new  " in words


def test_leads_are_judged_as_at_a_day_on_demand(home: Path) -> None:
    arguments = ["rescore", "--site", str(home), "--as-of", "2028-01-15", "--json"]

    tried = CliRunner().invoke(leads_command.app, [*arguments, "--dry-run"])
    kept = CliRunner().invoke(leads_command.app, arguments)
    again = CliRunner().invoke(leads_command.app, [*arguments, "--dry-run"])

    assert json.loads(tried.stdout)["moved"] == json.loads(kept.stdout)["moved"] != []
    assert json.loads(again.stdout)["moved"] == []
    wrong = CliRunner().invoke(leads_command.app, ["rescore", "--as-of", "soon"])
    assert "--as-of 'soon' is not a date" in str(wrong.exception)


def test_leads_that_came_later_are_left_as_they_are_and_counted(home: Path) -> None:
    def run(*more: str):
        return CliRunner().invoke(leads_command.app, ["rescore", "--site", str(home), *more])

    before = CliRunner().invoke(leads_command.app, ["list", "--all", "--json"]).stdout
    told = run("--as-of", "2020-01-01", "--json")

    assert json.loads(told.stdout) == {"leads": 0, "younger": LEADS, "moved": [], "kept": True}
    assert f"{LEADS} leads are left as they are: younger than 2020-01-01." in told.stderr
    assert CliRunner().invoke(leads_command.app, ["list", "--all", "--json"]).stdout == before
    assert "left as" not in run().stderr


def test_a_lead_is_shown_with_what_would_change_it(home: Path) -> None:
    shown = CliRunner().invoke(leads_command.app, ["show", "l001", "--json"])
    words = CliRunner().invoke(leads_command.app, ["show", "l001"]).stdout

    told = json.loads(shown.stdout)
    assert told["win_probability"] is None
    assert told["would_change"][0].keys() == {"slot", "because", "lifts", "score", "grade", "stage"}
    assert "What would change it" in words
