"""Which site a command means where none, an id or a folder is named."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.commands.simulate import PERSONAS_KNOWN
from bot.domain.conversation import SiteId
from bot.domain.errors import ConfigurationError
from bot.personas import PERSONAS
from bot.store import Database, sites

NOW = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FOYER_HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


def serve(home: Path, *names: str) -> None:
    """Leave what a server leaves of sites that it served."""

    async def keep() -> None:
        db = await Database.open(f"sqlite+aiosqlite:///{home / 'foyer.db'}")
        async with db.write() as conn:
            for name in names:
                folder = home.parent / name
                (folder / "knowledge").mkdir(parents=True)
                (folder / "foyer.yaml").write_text(f"id: {name}-id\nname: {name}\n")
                await sites.register(
                    conn,
                    site_id=SiteId(f"{name}-id"),
                    folder=str(folder),
                    name=name,
                    slots=(),
                    playbook_version="1",
                    now=NOW,
                )
        await db.close()

    asyncio.run(keep())


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


COMMANDS = ("feedback", "sources", "spending")


@pytest.mark.parametrize("command", COMMANDS)
def test_the_only_site_need_not_be_named_and_goes_by_id_and_folder(home: Path, command: str) -> None:
    serve(home, "harbour")

    printed = {run(command, *named).stdout for named in ([], ["harbour-id"], [str(home.parent / "harbour")])}

    assert len(printed) == 1
    assert printed != {""}


@pytest.mark.parametrize("command", COMMANDS)
def test_of_several_one_has_to_be_named(home: Path, command: str) -> None:
    serve(home, "harbour", "quay")

    error = run(command).exception

    assert isinstance(error, ConfigurationError)
    assert "harbour-id, quay-id" in str(error)
    assert run(command, "quay-id").exit_code == 0


@pytest.mark.parametrize("command", [*COMMANDS, "check", "index", "gaps", "chat", "test"])
def test_where_none_was_served_that_is_said(home: Path, command: str) -> None:
    error = run(command).exception

    assert isinstance(error, ConfigurationError)
    assert "none" in str(error)


def test_before_a_file_the_only_site_need_not_be_named(home: Path, tmp_path: Path) -> None:
    serve(home, "harbour")
    (tmp_path / "outcomes.csv").write_text("lead_id,outcome\n")

    named, bare = (
        str(run("score", "train", *site, str(tmp_path / "outcomes.csv")).exception)
        for site in (["harbour-id"], [])
    )

    assert named == bare
    assert "outcomes" in named or "leads" in named


def test_what_is_no_site_is_named_with_those_there_are(home: Path) -> None:
    serve(home, "harbour")

    assert "nowhere is neither a folder nor a site's id (harbour-id)" in str(run("gaps", "nowhere").exception)


def test_simulate_names_the_personas(home: Path, tmp_path: Path) -> None:
    serve(home, "harbour")

    assert ", ".join(PERSONAS) == PERSONAS_KNOWN
    assert {"hurried,", "injects."} <= set(run("simulate", "--help").stdout.split())
    assert PERSONAS_KNOWN in str(run("simulate", "harbour-id").exception)
