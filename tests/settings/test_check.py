"""`foyer check` names each fault, with its place, and exits 1."""

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from bot.assemble.offline import index_site
from bot.chat.phrases import PHRASES
from bot.commands import check
from bot.domain.errors import ConfigurationError
from bot.settings import demo_site_folder
from bot.settings.templates import VALUES

app = typer.Typer()
app.command()(check.check)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site without a fault."""
    monkeypatch.setenv("FOYER_HOME", str(tmp_path / "home"))
    folder = tmp_path / "site"
    (folder / "knowledge").mkdir(parents=True)
    (folder / "tests").mkdir()
    (folder / "foyer.yaml").write_text("name: Shop\norigins: [https://www.example.com]\n")
    (folder / "knowledge" / "faq.csv").write_text(
        "id,question,answer\nr,Can I return it?,Within thirty days of receiving it.\n"
    )
    return folder


def found(site: Path, *, code: int) -> dict[str, Any]:
    result = CliRunner().invoke(app, [str(site), "--json"])
    assert result.exit_code == code, result.output
    return dict(json.loads(result.stdout))


def problems(site: Path) -> list[str]:
    return [f"{row['part']} {row['place'] or ''}: {row['what']}" for row in found(site, code=1)["problems"]]


def test_a_site_without_a_fault_passes(site: Path) -> None:
    assert found(site, code=0)["ok"] is True


def test_the_demo_passes(site: Path) -> None:
    assert found(demo_site_folder(), code=0)["problems"] == []


def test_faults_of_both_files_are_all_named_with_their_lines(site: Path) -> None:
    (site / "foyer.yaml").write_text("locale: 7\nxyzzy: 1\n")
    (site / "playbook.yaml").write_text(
        "id: x\nslots:\n  - {id: a, kind: text, label: A, ask: never, nonsense: 1}\n"
    )

    named = problems(site)

    assert any(
        text.startswith("configuration") and "foyer.yaml:1: `locale` must be text" in text for text in named
    )
    assert any(text.startswith("configuration") and "foyer.yaml:2: `xyzzy`" in text for text in named)
    assert any(text.startswith("playbook") and "playbook.yaml:3: `nonsense`" in text for text in named)


def test_a_broken_source_an_empty_folder_and_a_broken_test_are_named(site: Path) -> None:
    (site / "knowledge" / "faq.csv").unlink()
    (site / "knowledge" / "broken.json").write_text("{")
    (site / "tests" / "one.yaml").write_text("a: 1\na: 2\n")

    named = "\n".join(problems(site))

    assert "knowledge broken.json:" in named
    assert "There is nothing to answer from" in named
    assert "one.yaml:2: `a` is given twice" in named


def test_two_answers_to_one_question_are_named_with_both_places_and_accepted_by_id(site: Path) -> None:
    (site / "knowledge" / "old.csv").write_text("id,question,answer\nx,can i RETURN it,No.\n")

    row = next(row for row in found(site, code=1)["problems"] if row["part"] == "knowledge")

    assert row["place"] == "old.csv:2"
    assert "“can i RETURN it” asks the same as “Can I return it?” (faq.csv:2)" in row["what"]
    assert "answered differently by 'r' and 'x': “No.” against “Within thirty days" in row["what"]
    (site / "foyer.yaml").write_text(f"name: Shop\ncheck: {{ignore: [{row['id']}]}}\n")
    found(site, code=0)


def test_the_same_answer_twice_is_to_be_merged(site: Path) -> None:
    (site / "knowledge" / "copy.csv").write_text(
        "id,question,answer\nx,Can I return it?,within thirty days of receiving it\n"
    )

    assert any("is answered the same: merge them" in text for text in problems(site))


@pytest.mark.parametrize(
    ("question", "level"),
    [("Who pays the postage?", "notes"), ("Can I really return it?", "problems")],
)
def test_one_answer_under_two_questions_is_named_with_both_places(
    site: Path, question: str, level: str
) -> None:
    faq = site / "knowledge" / "faq.csv"
    faq.write_text(faq.read_text() + f"p,{question},Within thirty days of receiving it!\n")

    rows = found(site, code=int(level == "problems"))[level]

    (row,) = (one for one in rows if "in the same words as “Can I return it?” (faq.csv:2)" in one["what"])
    assert f"“{question}”" in row["what"]
    assert "faq.csv:3" in f"{row['place']} {row['what']}"
    (site / "foyer.yaml").write_text(f"name: Shop\ncheck: {{ignore: [{row['id']}]}}\n")
    assert not any("in the same words" in one["what"] for one in found(site, code=0)[level])


def test_what_a_website_shows_on_every_page_is_no_double(site: Path) -> None:
    shown = "<details><summary>Do you mend tents?</summary>We mend tents in our own workshop.</details>"
    for name in ("a", "b"):
        (site / "knowledge" / f"{name}.html").write_text(f"<h1>{name}</h1>{shown}<p>We are {name}.</p>")

    assert found(site, code=0)["ok"] is True


def test_a_page_that_contradicts_an_entry_is_named_with_both_lines(site: Path) -> None:
    (site / "knowledge" / "terms.md").write_text(
        "# Terms\n\nHello.\n\nGoods can be returned within 14 days.\n"
    )
    (site / "knowledge" / "faq.csv").write_text(
        "id,question,answer\nr,How do I send goods back?,You can return goods within thirty days.\n"
    )

    row = next(row for row in found(site, code=1)["problems"] if row["part"] == "knowledge")

    assert row["place"] == "faq.csv:2"
    assert row["what"].startswith("says 'thirty days' where terms.md:5 says '14 days'")
    assert "“Goods can be returned within 14 days.”" in row["what"]


def test_what_is_accepted_in_vain_is_a_note(site: Path) -> None:
    (site / "foyer.yaml").write_text("name: Shop\ncheck: {ignore: [contradiction-0123abcd]}\n")

    notes = [row["what"] for row in found(site, code=0)["notes"]]

    assert any("accepts contradiction-0123abcd, which nothing has any more" in note for note in notes)


def test_an_answer_that_lost_its_source_since_the_last_version_is_named(site: Path) -> None:
    faq = site / "knowledge" / "faq.csv"
    faq.write_text(faq.read_text() + "m,Do you mend tents?,We mend tents in our workshop.\n")
    asyncio.run(index_site(site, full=False, progress=None))
    faq.write_text("id,question,answer\nr,Can I return it?,Within twenty days of receiving it.\n")

    result = found(site, code=1)

    (row,) = result["problems"]
    assert row["what"].startswith("“Do you mend tents?” was answered by the version before and is not now")
    assert "'m' of faq.csv is gone" in row["what"]
    assert any("“Can I return it?” is answered otherwise" in note["what"] for note in result["notes"])
    (site / "foyer.yaml").write_text(f"name: Shop\ncheck: {{ignore: [{row['id']}]}}\n")
    found(site, code=0)


def test_an_answer_that_something_else_gives_since_its_own_is_gone_is_named(site: Path) -> None:
    faq = site / "knowledge" / "faq.csv"
    crate = "c,Do you ship to France in a crate?,Every tent travels in a wooden box that we build.\n"
    faq.write_text(faq.read_text() + crate + "s,Do you ship to France?,We ship to France for 12 euros.\n")
    asyncio.run(index_site(site, full=False, progress=None))
    faq.write_text(faq.read_text().rpartition("s,Do you ship")[0])

    (row,) = found(site, code=1)["problems"]

    assert row["place"] == "faq.csv"
    assert row["what"].startswith(
        "“Do you ship to France?” is answered by something else than in the version"
    )
    assert "'s' of faq.csv is gone, and 'c' of faq.csv says “Every tent travels" in row["what"]
    (site / "foyer.yaml").write_text(f"name: Shop\ncheck: {{ignore: [{row['id']}]}}\n")
    found(site, code=0)


def test_what_to_expect_is_a_note_with_figures(site: Path) -> None:
    (note,) = (row for row in found(site, code=0)["notes"] if "figures" in row)

    assert note["what"].startswith("Too little to say how many")
    assert note["figures"] == {
        "asked": 0,
        "right": None,
        "wrong": None,
        "left_out": 0,
        "answered_all_the_same": None,
    }


def test_a_question_that_is_no_longer_answered_is_named_with_case_and_line(site: Path) -> None:
    (site / "tests" / "one.yaml").write_text(
        "- visitor: Can I return it?\n  expect: {kind: faq}\n- visitor: Who was Napoleon?\n  expect: {cites: true}\n"
    )

    named = [text for text in problems(site) if text.startswith("tests")]

    (finding,) = named
    assert finding.startswith("tests one.yaml:3: expected cites True, got False")
    assert 'the visitor: "Who was Napoleon?"' in finding
    assert finding.endswith("(case 'one')")


@pytest.mark.parametrize(
    ("case", "complaint"),
    [
        (
            "- visitor: Hello\n  expct: {kind: greeting}\n",
            "one.yaml:2: `expct` is not a known key here; did you mean `expect`?",
        ),
        (
            "conversation:\n  - visitor: Hello\nexpects: {score: 3}\n",
            "one.yaml:3: `expects` is not a known key here",
        ),
        (
            "conversation:\n  - visitor: Hello\nexpect: {score: {atleast: 3}}\n",
            "one.yaml:3: score: expected are at_least, at_most, not atleast",
        ),
        (
            "conversation:\n  - visitor: Hello\nexpect: {facts: {budgt: {state: not_asked}}}\n",
            "one.yaml:3: facts: expected are",
        ),
    ],
)
def test_an_expectation_that_would_never_be_checked_is_named(site: Path, case: str, complaint: str) -> None:
    (site / "tests" / "one.yaml").write_text(case)

    assert any(complaint in text for text in problems(site)), problems(site)


def test_mail_without_a_mail_server_is_named(site: Path) -> None:
    (site / "foyer.yaml").write_text("notify: {email: [sales@example.com]}\n")

    assert any("FOYER_SMTP_HOST is not set" in text for text in problems(site))


def test_a_model_that_may_not_be_called_is_named_with_the_remedy(site: Path) -> None:
    (site / "foyer.yaml").write_text("model: {name: ollama:qwen3, fallback: ollama:tiny}\n")

    (named,) = problems(site)

    assert named.endswith("To permit it, add 127.0.0.1:11434 to FOYER_OUTBOUND_ALLOW.")


def test_a_wrong_setting_of_the_environment_is_named(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOYER_PROT", "9000")

    assert problems(site) == ["environment : FOYER_PROT is not a known setting; did you mean `FOYER_PORT`?"]


def test_a_home_that_can_not_be_made_is_named(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("FOYER_HOME", str(tmp_path / "file" / "home"))

    assert any("can not be written" in text for text in problems(site))


def test_what_is_only_worth_reading_is_a_note(site: Path) -> None:
    (site / "foyer.yaml").write_text("name: Shop\n")

    notes = [row["what"] for row in found(site, code=0)["notes"]]

    assert any("`origins` is empty" in note for note in notes)
    assert any("bundled playbook `simple`" in note for note in notes)


def test_a_stage_that_nobody_can_reach_is_noted(site: Path) -> None:
    (site / "playbook.yaml").write_text("id: x\nslots:\n  - {id: a, kind: text, label: A, ask: never}\n")

    assert any("out of reach" in row["what"] for row in found(site, code=0)["notes"])


def test_people_read_a_verdict_for_each_part(site: Path) -> None:
    (site / "foyer.yaml").write_text("locale: 7\n")

    printed = CliRunner().invoke(app, [str(site)]).stdout

    assert "configuration  to mend" in printed
    assert "foyer.yaml:1: `locale` must be text, not 7" in printed
    assert "tests          ok" in printed


def verdicts(site: Path) -> dict[str, str]:
    printed = CliRunner().invoke(app, [str(site)]).stdout
    return {line[:14].strip(): line[15:] for line in printed.splitlines() if not line.startswith(" ")}


def test_what_a_fault_kept_from_being_checked_is_never_called_ok(site: Path) -> None:
    (site / "foyer.yaml").write_text("locale: 7\n")
    (site / "knowledge" / "broken.json").write_text("{")

    assert verdicts(site) == {
        "configuration": "to mend",
        "playbook": "ok",
        "knowledge": "not checked",
        "tests": "ok",
        "environment": "not checked",
    }
    assert {row["part"] for row in found(site, code=1)["not_checked"]} == {"knowledge", "environment"}


def test_a_broken_playbook_hides_no_fault_of_the_knowledge(site: Path) -> None:
    (site / "playbook.yaml").write_text("id: 7\n")
    (site / "knowledge" / "broken.json").write_text("{")

    assert verdicts(site) == {
        "configuration": "ok",
        "playbook": "to mend",
        "knowledge": "to mend",
        "tests": "ok",
        "environment": "ok",
    }


def test_a_folder_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, [str(tmp_path / "none")])

    assert isinstance(result.exception, ConfigurationError)


def test_a_sentence_that_would_print_nothing_is_named_with_its_line(site: Path) -> None:
    (site / "foyer.yaml").write_text(
        "name: Shop\norigins: [https://www.example.com]\nmessages:\n"
        "  noted: 'Thank you, {{ said.compny }}.'\n"
        "  thanks: 'Welcome {{ url }}'\n"
        "  meeting: 'Book: {{ url }} {{ said.metrics }}'\n"
    )

    named = problems(site)

    assert len(named) == 3
    assert "foyer.yaml:4: there is no slot 'compny'" in named[0]
    assert "foyer.yaml:5: there is no variable 'url'" in named[1]
    assert "foyer.yaml:6: there is no slot 'metrics'" in named[2]


def test_each_sentence_is_given_what_ours_says() -> None:
    blanks = {which: set(re.findall(r"{(\w+)}", text)) - {"name"} for which, text in PHRASES.items()}

    assert {which: set(values) for which, values in VALUES.items()} == {w: b for w, b in blanks.items() if b}
