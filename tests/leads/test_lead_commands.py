"""`foyer leads` and `foyer key` do what their help says, say what is missing, and never print a traceback."""

import asyncio
import csv
import hashlib
import io
import json
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from bot.commands import key, leads
from bot.domain.conversation import Consent, SiteId
from bot.domain.errors import BotError, ConfigurationError, NotFoundError
from bot.leads import ExportError, slot_rows
from bot.store import Database, keys, sites

HEADER = "lead_id,created_at,updated_at,stage,grade,score,email,email_state,email_quote"


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("FOYER_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path / "home"


@pytest.fixture
def run():
    def invoke(app, *arguments: str):
        return CliRunner().invoke(app, arguments)

    return invoke


@pytest.fixture
def seeded(home, playbook, keep_lead, now):
    """A home with one lead who agreed, one who did not, and a site that was served."""

    async def seed() -> None:
        home.mkdir(parents=True)
        db = await Database.open(url(home))
        await keep_lead(db, "lead_yes")
        await keep_lead(
            db,
            "lead_no",
            facts=(),
            consent=Consent.NOT_ASKED,
            consent_at=None,
            captured=False,
            stopped_at="never_asked",
        )
        async with db.write() as connection:
            await sites.register(
                connection,
                site_id=SiteId("demo"),
                folder=str(home / "gone"),
                name="Foyer",
                slots=slot_rows(playbook),
                playbook_version="v1",
                now=now,
            )
        await db.close()

    asyncio.run(seed())
    return home


def url(home: Path) -> str:
    return f"sqlite+aiosqlite:///{home.resolve() / 'foyer.db'}"


def test_the_list_shows_who_can_be_reached_and_all_on_demand(seeded, run):
    reachable = run(leads.app, "list")
    everyone = run(leads.app, "list", "--all", "--json")

    assert "lead_yes" in reachable.stdout
    assert "Ada Lovelace, Analytical Engines, ada@analytical.example" in reachable.stdout
    assert "lead_no" not in reachable.stdout
    assert {lead["lead_id"] for lead in json.loads(everyone.stdout)} == {"lead_yes", "lead_no"}


def test_an_empty_list_says_what_will_appear(home, run):
    assert "No leads yet" in run(leads.app, "list").stdout
    assert json.loads(run(leads.app, "list", "--json").stdout) == []


def test_a_list_without_a_reachable_lead_says_how_one_comes_about(home, keep_lead, run):
    async def seed() -> None:
        home.mkdir(parents=True)
        db = await Database.open(url(home))
        await keep_lead(db, "lead_no", captured=False)
        await db.close()

    asyncio.run(seed())

    assert "1 visitor so far: see them with --all" in run(leads.app, "list").stdout


def test_a_lead_is_shown_with_quotes_and_receipts(seeded, run):
    page = run(leads.app, "show", "lead_yes")
    data = json.loads(run(leads.app, "show", "lead_yes", "--json").stdout)

    for words in (
        "can be reached",
        "Score 72 of 100",
        "30,000 USD per year",
        "“30k a year approved”",
        "+30",
        "-8",
    ):
        assert words in page.stdout
    assert data["facts"]["team_size"]["value"] == {"min": 40, "max": 40}
    assert data["receipts"][0] == {
        "rule": "budget.approved",
        "points": 30,
        "reason": "Budget of 25,000 USD or more",
        "quote": "30k a year approved",
        "message_id": "m1",
        "at": "2027-01-15T12:00:00Z",
    }
    assert len(data["history"]) == 11


def test_what_a_visitor_wrote_cannot_command_the_terminal(home, keep_lead, make_fact, run):
    async def seed() -> None:
        home.mkdir(parents=True)
        db = await Database.open(url(home))
        await keep_lead(
            db, "lead_1", facts=(make_fact("name", "A\x1b[2Jb", "\x1b]0;x\x07"),), first_question="\r\x1b[1A"
        )
        await db.close()

    asyncio.run(seed())

    for arguments in (("list",), ("show", "lead_1")):
        assert "\x1b" not in run(leads.app, *arguments).stdout


def test_an_export_holds_who_agreed_with_all_slots_of_the_site(seeded, run):
    result = run(leads.app, "export")

    rows = list(csv.DictReader(io.StringIO(result.stdout, newline="")))
    assert result.stdout.startswith(HEADER)
    assert [row["lead_id"] for row in rows] == ["lead_yes"]
    assert rows[0]["decision_maker_state"] == "declined"
    assert "owner" in rows[0]


def test_an_export_goes_whole_to_a_file_in_each_format(seeded, run, tmp_path):
    for file_format in ("csv", "xlsx", "jsonl"):
        result = run(leads.app, "export", "--format", file_format, "-o", str(tmp_path / f"a.{file_format}"))

        assert result.exit_code == 0
        assert "1 lead in" in result.stderr
    assert (tmp_path / "a.csv").read_bytes().startswith(HEADER.encode())
    assert openpyxl.load_workbook(tmp_path / "a.xlsx")["Leads"].max_row == 2
    assert json.loads((tmp_path / "a.jsonl").read_text())["lead_id"] == "lead_yes"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "a.jsonl", "a.xlsx", "home"]


def test_an_export_that_fails_leaves_nothing_behind(seeded, run, tmp_path):
    (tmp_path / "a.csv").mkdir()

    result = run(leads.app, "export", "-o", str(tmp_path / "a.csv"))

    assert isinstance(result.exception, ConfigurationError)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "home"]


def test_an_export_can_begin_at_a_date(seeded, run, now):
    later = (now + timedelta(days=1)).date().isoformat()

    assert "lead_yes" in run(leads.app, "export", "--since", now.date().isoformat()).stdout
    assert "lead_yes" not in run(leads.app, "export", "--since", later).stdout


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        (("export", "--format", "pdf"), ExportError, "csv, xlsx, jsonl, parquet"),
        (("export", "--profile", "zoho"), ExportError, "hubspot, salesforce"),
        (("export", "--segment", "hot"), ConfigurationError, "--site FOLDER"),
        (("export", "--since", "yesterday"), ConfigurationError, "2027-01-31"),
        (("export", "--site", "nowhere"), ConfigurationError, "demo"),
        (("export", "-o", "/nowhere/a.csv"), ConfigurationError, "cannot be written"),
        (("show", "nobody"), NotFoundError, "foyer leads list"),
        (("erase", "nobody", "--yes"), NotFoundError, "foyer leads list"),
        (("erase", "lead_yes"), ConfigurationError, "--yes"),
        (("rescore",), ConfigurationError, "--site FOLDER"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence_with_its_remedy(seeded, run, arguments, error, words):
    result = run(leads.app, *arguments)

    assert isinstance(result.exception, error)
    assert isinstance(result.exception, BotError)
    assert words in str(result.exception)


def test_erasing_says_what_is_gone(seeded, run):
    result = run(leads.app, "erase", "lead_yes", "--yes", "--json")

    erased = json.loads(result.stdout)["erased"]
    assert erased["leads"] == 1
    assert erased["facts"] == 11
    assert "lead_yes" not in run(leads.app, "list", "--all").stdout


def test_rescoring_says_who_moved_and_a_trial_changes_nothing(seeded, run, tmp_path):
    site = tmp_path / "site"
    (site / "knowledge").mkdir(parents=True)
    (site / "foyer.yaml").write_text("id: demo\nname: Foyer\n")

    tried = json.loads(run(leads.app, "rescore", "--site", str(site), "--dry-run", "--json").stdout)
    kept = json.loads(run(leads.app, "rescore", "--site", str(site), "--json").stdout)
    again = run(leads.app, "rescore", "--site", str(site))

    assert tried["leads"] == kept["leads"] == 2
    assert tried["moved"] == kept["moved"]
    assert "lead_yes" in {one["lead_id"] for one in kept["moved"]}
    assert "0 of 2 leads moved" in again.stdout


def test_a_key_is_shown_once_and_only_its_hash_is_kept(home, run):
    made = json.loads(run(key.app, "add", "--name", "crm", "--site", "demo", "--json").stdout)
    plain = run(key.app, "add", "--name", "other").stdout.strip()

    async def find(text: str):
        db = await Database.open(url(home))
        async with db.read() as connection:
            found = await keys.find(connection, hashlib.sha256(text.encode()).digest())
        await db.close()
        return found

    kept = b"".join(path.read_bytes() for path in home.iterdir())
    for text in (made["key"], plain):
        assert text.startswith("fk_")
        assert len(text) >= 3 + 43
        assert text.encode() not in kept
        assert text[8:].encode() not in kept
    assert asyncio.run(find(made["key"])).site_id == "demo"
    assert asyncio.run(find(plain)).site_id is None
    assert stat.S_IMODE((home / "foyer.db").stat().st_mode) & 0o007 == 0


def test_a_revoked_key_opens_nothing_and_is_listed_as_such(home, run):
    made = json.loads(run(key.app, "add", "--name", "crm", "--json").stdout)

    revoked = run(key.app, "revoke", made["key_id"])
    again = run(key.app, "revoke", made["key_id"])
    (listed,) = json.loads(run(key.app, "list", "--json").stdout)

    assert revoked.exit_code == 0
    assert isinstance(again.exception, NotFoundError)
    assert listed["revoked_at"] is not None
    assert made["key"] not in json.dumps(listed)
    assert "revoked" in run(key.app, "list").stdout


def test_a_list_without_keys_says_how_to_make_one(home, run):
    assert "foyer key add" in run(key.app, "list").stdout


@pytest.mark.parametrize("app", [leads.app, key.app])
def test_every_command_has_help_with_an_example(app, run):
    for command in app.registered_commands:
        assert "Example: foyer" in run(app, command.name, "--help").stdout


@pytest.mark.slow
def test_wrong_usage_exits_2_with_one_sentence_and_no_traceback(home):
    result = subprocess.run(
        [sys.executable, "-m", "bot", "leads", "export", "--format", "pdf"],
        capture_output=True,
        check=False,
        text=True,
    )

    assert result.returncode == 2
    assert result.stderr.count("\n") == 1
    assert "Traceback" not in result.stderr
