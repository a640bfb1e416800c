"""`foyer simulate` and `foyer test`: the same bytes every time, and a failure is named with case and line."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.domain.errors import ConfigurationError
from tests.commands.conftest import Foyer

pytestmark = [pytest.mark.slow, pytest.mark.model]

TRANSCRIPT = """\
- visitor: Do you ship to France?
- visitor: We are 40 people and start on 1 March
- visitor: My name is Ada, ada@harbour.example
  consent: yes
- visitor: thanks
"""


@pytest.fixture
def transcript(tmp_path: Path) -> Path:
    path = tmp_path / "talk.yaml"
    path.write_text(TRANSCRIPT)
    return path


def test_a_transcript_gives_the_same_bytes_every_time_and_in_every_home(
    foyer: Foyer, site: Path, transcript: Path, tmp_path: Path
) -> None:
    first = foyer("simulate", site, transcript)
    second = foyer("simulate", site, transcript)
    elsewhere = foyer("simulate", site, transcript, home=tmp_path / "other")

    assert first.returncode == 0, first.stderr
    assert first.stdout == second.stdout == elsewhere.stdout
    assert first.stdout


def test_the_last_line_is_the_lead(foyer: Foyer, site: Path, transcript: Path) -> None:
    result = foyer("simulate", site, transcript, "--now", "2027-01-15T09:00:00Z")

    lead = json.loads(result.stdout.splitlines()[-1])["lead"]
    assert set(lead) == {"facts", "score", "grade", "stage", "receipts", "captured", "stopped_at"}
    assert lead["facts"]["team_size"]["value"] == {"min": 40, "max": 40}
    assert lead["facts"]["timeline"]["value"] == {"from": "2027-03-01", "to": "2027-03-01"}
    assert lead["facts"]["email"] == {
        "state": "known",
        "value": "ada@harbour.example",
        "quote": "ada@harbour.example",
        "message_id": "m5",
    }
    assert (lead["captured"], lead["stopped_at"]) == (True, None)
    for receipt in lead["receipts"]:
        assert {"rule", "points", "quote", "message_id", "at"} <= receipt.keys()
    assert lead["score"] == min(100, max(0, sum(receipt["points"] for receipt in lead["receipts"])))


def test_every_message_is_printed_in_order(foyer: Foyer, site: Path, transcript: Path) -> None:
    result = foyer("simulate", site, transcript, "--json")

    rows = [json.loads(line) for line in result.stdout.splitlines()[:-1]]
    assert [row["author"] for row in rows] == ["visitor", "bot"] * 5
    assert [row["message_id"] for row in rows] == [f"m{n}" for n in range(1, 11)]


def test_a_simulation_leaves_nothing_in_the_home(
    foyer: Foyer, site: Path, transcript: Path, tmp_path: Path
) -> None:
    foyer("simulate", site, transcript, home=tmp_path / "home")

    kept = b"".join(path.read_bytes() for path in (tmp_path / "home").rglob("*") if path.is_file())
    assert b"ada@harbour.example" not in kept


@pytest.mark.parametrize("answer", ["no", "false", "No"])
def test_consent_no_captures_nothing(foyer: Foyer, site: Path, tmp_path: Path, answer: str) -> None:
    path = tmp_path / "talk.yaml"
    path.write_text(f"- visitor: I am ada@harbour.example\n  consent: {answer}\n")

    lead = json.loads(foyer("simulate", site, path).stdout.splitlines()[-1])["lead"]

    assert (lead["captured"], lead["stopped_at"], lead["facts"]) == (False, "consent_refused", {})


def test_a_plain_yes_answers_the_consent_question_too(foyer: Foyer, site: Path, tmp_path: Path) -> None:
    path = tmp_path / "talk.yaml"
    path.write_text("- visitor: I am ada@harbour.example\n- visitor: 'yes'\n")

    lead = json.loads(foyer("simulate", site, path).stdout.splitlines()[-1])["lead"]

    assert lead["captured"] is True


def test_an_unquoted_yes_of_yaml_is_a_yes(foyer: Foyer, site: Path, tmp_path: Path) -> None:
    path = tmp_path / "talk.yaml"
    path.write_text("- visitor: I am ada@harbour.example\n- visitor: yes\n")

    lead = json.loads(foyer("simulate", site, path).stdout.splitlines()[-1])["lead"]

    assert lead["captured"] is True


def test_the_demos_own_cases_pass(foyer: Foyer, demo: Path) -> None:
    result = foyer("test", demo)

    assert result.returncode == 0, result.stdout
    assert "passed  A newcomer asks how to add Foyer and what it costs" in result.stdout
    assert "failed" not in result.stdout


PLANTED = """\
# A case that can not hold.
name: The bell is red
conversation:
  - visitor: Hello
  - visitor: Do you ship to France?
    expect:
      kind: faq
      contains: a red bell
expect:
  stage: sql
"""


def test_a_case_that_fails_is_named_with_its_line_and_exit_code_1(
    foyer: Foyer, site: Path, tmp_path: Path
) -> None:
    with_tests = Path(shutil.copytree(site, tmp_path / "site"))
    (with_tests / "tests").mkdir()
    (with_tests / "tests" / "bell.yaml").write_text(PLANTED)

    result = foyer("test", with_tests)

    assert result.returncode == 1
    assert "failed  The bell is red" in result.stdout
    assert "bell.yaml:5: the reply does not contain 'a red bell'" in result.stdout
    assert (
        "bell.yaml:9: expected stage 'sql'" in result.stdout
        or "bell.yaml:10: expected stage 'sql'" in result.stdout
    )
    assert "Traceback" not in result.stderr


def test_a_site_without_conversations_does_not_pass(foyer: Foyer, site: Path, tmp_path: Path) -> None:
    bare = Path(shutil.copytree(site, tmp_path / "site", ignore=shutil.ignore_patterns("tests")))

    result = foyer("test", bare)

    assert result.returncode == 2
    assert "has no conversations: nothing was tested" in result.stderr


def test_an_expectation_that_nothing_checks_is_refused(foyer: Foyer, site: Path, tmp_path: Path) -> None:
    with_tests = Path(shutil.copytree(site, tmp_path / "site"))
    (with_tests / "tests").mkdir()
    (with_tests / "tests" / "odd.yaml").write_text("- visitor: Hello\n  expect: {mood: good}\n")

    result = foyer("test", with_tests)

    assert result.returncode == 2
    assert "odd.yaml:2" in result.stderr
    assert "mood" in result.stderr


def test_personas_give_the_same_bytes_every_time_and_their_conversations_are_cases_that_hold(
    foyer: Foyer, site: Path, tmp_path: Path
) -> None:
    many = ("--personas", "all", "--conversations", "24", "--seed", "7")

    first = foyer("simulate", site, *many, "-o", tmp_path / "first")
    second = foyer("simulate", site, *many, "-o", tmp_path / "second")
    with_tests = Path(shutil.copytree(site, tmp_path / "site"))
    shutil.copytree(tmp_path / "first", with_tests / "tests")
    tested = foyer("test", with_tests)

    assert first.returncode == 0, first.stderr
    assert first.stdout == second.stdout
    written = {path.name: path.read_bytes() for path in (tmp_path / "first").iterdir()}
    assert written == {path.name: path.read_bytes() for path in (tmp_path / "second").iterdir()}
    assert len(written) == 24
    assert (tested.returncode, tested.stdout.count("passed  ")) == (0, 24), tested.stdout


def test_the_report_counts_what_each_persona_came_to(foyer: Foyer, site: Path) -> None:
    result = foyer("simulate", site, "--personas", "plain,refuses-consent", "--conversations", "8", "--json")

    report = json.loads(result.stdout)
    assert [one["conversations"] for one in report["personas"].values()] == [4, 4]
    assert report["personas"]["refuses-consent"]["captured"] == 0
    assert report["all"]["repeated"] == 0
    assert report["all"]["facts"]["right"] > report["all"]["facts"]["wrong"]
    assert report["all"]["answered"] > 0
    assert report["broken"] == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "give one of the two"),
        (("talk.yaml", "--personas", "all"), "give one of the two"),
        (("--personas", "hurried,hury"), "there is plain, hurried, vague"),
        (("--personas", "all", "-o", "."), "is not an empty folder"),
    ],
)
def test_a_wrong_use_of_simulate_is_one_sentence(
    site: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(site)

    result = CliRunner().invoke(app, ["simulate", str(site), *arguments])

    assert isinstance(result.exception, ConfigurationError)
    assert said in str(result.exception)
