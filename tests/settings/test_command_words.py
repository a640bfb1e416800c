"""What the commands around leads say: a head above the list, and which site a key opens."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.assemble import load_environment, open_database
from bot.commands import key
from bot.commands.lead_words import list_head, list_line
from bot.domain.conversation import SiteId
from bot.domain.errors import ConfigurationError
from bot.store import sites

NOW = datetime(2027, 1, 15, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home."""
    monkeypatch.setenv("FOYER_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def serve_once(*names: str) -> None:
    async def register() -> None:
        async with open_database(load_environment()) as db, db.write() as connection:
            for name in names:
                await sites.register(
                    connection,
                    site_id=SiteId(name),
                    folder=f"/sites/{name}",
                    name=name,
                    slots=[],
                    playbook_version="v1",
                    now=NOW,
                )

    asyncio.run(register())


def add_key(site: str) -> Result:
    return CliRunner().invoke(key.app, ["add", "--name", "crm", "--site", site, "--json"])


def test_a_key_for_a_site_that_is_not_here_is_refused_and_the_known_are_named() -> None:
    serve_once("shop", "blog")

    refused = add_key("nosuch")

    assert isinstance(refused.exception, ConfigurationError)
    assert "'nosuch'" in str(refused.exception)
    assert "blog, shop" in str(refused.exception)
    listed = CliRunner().invoke(key.app, ["list", "--json"]).stdout
    assert json.loads(listed) == []


def test_a_key_for_a_known_site_opens_it() -> None:
    serve_once("shop")

    made = add_key("shop")

    assert json.loads(made.stdout)["site"] == "shop"
    assert made.stderr == ""


def test_a_key_made_before_anything_was_served_is_given_with_a_word() -> None:
    made = add_key("shop")

    assert json.loads(made.stdout)["site"] == "shop"
    assert "No site was served from this FOYER_HOME yet" in made.stderr


def test_the_head_of_the_list_stands_over_its_columns() -> None:
    lead_id = "l_01jcw9"
    cells = {"SCORE": "7", "GRADE": "B", "STAGE": "mql", "CHANGED": "2027-01-15", "LEAD": lead_id}
    head = list_head(len(lead_id))
    line = list_line(("7", "B", "mql", "2027-01-15", lead_id), "Ada", id_chars=len(lead_id))

    for title, cell in cells.items():
        start = head.index(title)
        assert line[start : start + max(len(title), len(cell))].strip() == cell
    assert head.index("WHO") == line.index("Ada")
