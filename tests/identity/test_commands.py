"""`foyer leads merges` and `withdraw` on the terminal: what they print, and that they can be taken at their word."""

import asyncio
import json
import random
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.commands import leads
from bot.domain.conversation import Consent, LeadId, SiteId
from bot.domain.errors import ConfigurationError, NotFoundError
from bot.domain.playbook import Playbook
from bot.leads.proposals import propose_merges
from bot.store import Database, sites
from bot.store import leads as store_leads
from tests.identity.conftest import claim, keep_lead, random_facts
from tests.identity.test_merging import LATER, START


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, playbook: Playbook) -> Path:
    """A home with two leads that gave the same address, and the site they talked to."""
    monkeypatch.setenv("FOYER_HOME", str(tmp_path / "home"))
    site = tmp_path / "site"
    (site / "knowledge").mkdir(parents=True)
    (site / "foyer.yaml").write_text("id: demo\nname: Demo\n")
    (tmp_path / "home").mkdir()
    asyncio.run(seed(tmp_path / "home", site, playbook))
    return tmp_path / "home"


async def seed(home: Path, site: Path, playbook: Playbook) -> None:
    db = await Database.open(f"sqlite+aiosqlite:///{home / 'foyer.db'}")
    async with db.write() as conn:
        await sites.register(
            conn,
            site_id=SiteId("demo"),
            folder=str(site),
            name="Demo",
            slots=[],
            playbook_version="1",
            now=START,
        )
        for lead_id in ("a", "b"):
            row = await keep_lead(
                conn, playbook, lead_id, random_facts(random.Random(1), lead_id, begin=START)
            )
            await claim(conn, lead_id, "ada@harbour.example")
        await propose_merges(conn, row.visitor_id, now=LATER, new_id=lambda prefix: f"{prefix}_1")
    await db.close()


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(leads.app, arguments)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_a_merge_is_listed_accepted_and_undone(home: Path) -> None:
    listed = run("merges", "list")
    accepted = json.loads(run("merges", "accept", "g_1", "--json").stdout)
    shown = json.loads(run("list", "--all", "--json").stdout)
    page = run("show", accepted["merged_lead_id"])
    nothing_left = run("merges", "list")
    run("merges", "undo", "g_1")
    apart = json.loads(run("list", "--all", "--json").stdout)
    decided = json.loads(run("merges", "list", "--all", "--json").stdout)

    assert "gave the same e-mail address" in listed.stdout
    assert [lead["lead_id"] for lead in shown] == [accepted["merged_lead_id"]]
    assert "one person of a and b" in page.stdout
    assert "May we?" in page.stdout
    assert nothing_left.stdout == "No leads look like one person.\n"
    assert {lead["lead_id"] for lead in apart} == {"a", "b"}
    assert [entry["action"] for entry in decided[0]["log"]] == ["proposed", "accepted", "undone"]
    assert decided[0]["log"][1]["actor"].endswith("command line)")


def test_a_merge_that_is_not_there_is_said_with_its_remedy(home: Path) -> None:
    with pytest.raises(NotFoundError, match="foyer leads merges list --all"):
        run("merges", "dismiss", "g_9")


def test_a_consent_is_taken_back_only_when_it_was_confirmed(home: Path) -> None:
    with pytest.raises(ConfigurationError, match="add --yes"):
        run("withdraw", "a")

    told = run("withdraw", "a", "--yes")

    assert "can no longer be reached" in told.stdout
    assert asyncio.run(consent_of(home)) is Consent.WITHDRAWN


async def consent_of(home: Path) -> Consent:
    db = await Database.open(f"sqlite+aiosqlite:///{home / 'foyer.db'}")
    async with db.read() as conn:
        row = await store_leads.get(conn, LeadId("a"))
    await db.close()
    return row.consent
