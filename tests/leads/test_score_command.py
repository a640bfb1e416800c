"""`foyer score`: trained on stored leads and a file of outcomes, kept in the database, explained lead by lead."""

import asyncio
import json
import random
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.commands import score
from bot.domain.errors import ConfigurationError
from bot.domain.facts import Fact
from bot.store import Database

LEADS = 140


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FOYER_HOME", str(tmp_path / "home"))
    folder = tmp_path / "demo"
    (folder / "knowledge").mkdir(parents=True)
    (folder / "foyer.yaml").write_text("id: demo\n")
    return folder


def seed(home: Path, keep_lead, make_fact) -> list[str]:
    """Store leads that were won as their team is larger; return the rows of the outcomes' file."""

    home.mkdir(parents=True)

    async def keep() -> list[str]:
        db = await Database.open(f"sqlite+aiosqlite:///{home / 'foyer.db'}")
        chance = random.Random(1)
        rows = []
        for number in range(LEADS):
            heads = chance.randint(1, 100)
            facts: tuple[Fact, ...] = (
                make_fact("team_size", {"min": heads, "max": heads}, f"{heads} people"),
            )
            await keep_lead(db, f"l{number}", facts=facts, score=chance.randint(0, 100))
            rows.append(f"l{number},{'won' if heads + chance.randint(-15, 15) > 60 else 'lost'}")
        await keep_lead(db, "l_open", facts=())
        await db.close()
        return rows

    return asyncio.run(keep())


def run(*arguments: str):
    return CliRunner().invoke(score.app, arguments)


def test_a_trained_score_is_kept_measured_and_explained(tmp_path: Path, site: Path, keep_lead, make_fact):
    outcomes = tmp_path / "outcomes.csv"
    outcomes.write_text("lead_id,outcome\n" + "\n".join(seed(tmp_path / "home", keep_lead, make_fact)))

    missing = run("show", str(site))
    trained = json.loads(run("train", str(site), str(outcomes), "--json").stdout)
    shown = json.loads(run("show", str(site), "--lead", "l0", "--json").stdout)
    words = run("show", str(site)).stdout

    assert isinstance(missing.exception, ConfigurationError)
    assert (trained["leads"], trained["unmatched"], trained["shown"]) == (LEADS, 1, True)
    assert trained["moved"][0][0] == "team_size.amount"
    assert trained["auc"] > 0.9 > 0.7 > trained["rules_auc"]
    assert 0 <= shown["win_probability"] <= 1
    assert shown["because"][0]["column"] == "team_size.amount"
    assert "held out in five folds" in words
    assert "so it is shown" in words


def test_too_few_outcomes_are_refused_and_nothing_is_kept(tmp_path: Path, site: Path, keep_lead, make_fact):
    outcomes = tmp_path / "outcomes.csv"
    outcomes.write_text("lead_id,outcome\n" + "\n".join(seed(tmp_path / "home", keep_lead, make_fact)[:99]))

    refused = run("train", str(site), str(outcomes))

    assert isinstance(refused.exception, ConfigurationError)
    assert "99 leads" in str(refused.exception)
    assert isinstance(run("show", str(site)).exception, ConfigurationError)
