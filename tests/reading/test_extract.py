"""Rows of `foyer extract`."""

import json

import pytest
import typer
from typer.testing import CliRunner

from bot.commands.extract import run
from bot.domain.extract import BadRowError, extract_entities, extract_facts
from bot.domain.slots import Slot, SlotKind


def test_without_slots_everything_named_is_given(now):
    row = {"id": "r1", "text": "On 3 May we paid $20 to bob@acme.com, see https://acme.com, 5% off, 7 boxes"}

    result = extract_entities(row, now=now)

    assert result["id"] == "r1"
    assert [fact["kind"] for fact in result["facts"]] == [
        "date",
        "money",
        "email",
        "url",
        "percent",
        "quantity",
    ]
    assert all(row["text"][fact["start"] : fact["end"]] == fact["text"] for fact in result["facts"])
    assert all("slot" not in fact for fact in result["facts"])


def test_with_slots_only_facts_are_given_each_with_its_slot(slots, now):
    result = extract_facts({"id": "r1", "text": "we are 40 people"}, slots=slots, now=now)

    assert [(fact["slot"], fact["kind"], fact["state"]) for fact in result["facts"]] == [
        ("team_size", "quantity", "known")
    ]


def test_a_slot_may_be_asked_for_by_its_kind(slots, now):
    result = extract_facts({"id": "r1", "text": "about 40", "asked": "quantity"}, slots=slots, now=now)

    assert result["facts"][0]["slot"] == "team_size"


def test_a_row_without_text_is_named(now):
    with pytest.raises(BadRowError, match="r9"):
        extract_entities({"id": "r9"}, now=now)


def app() -> typer.Typer:
    app = typer.Typer()
    app.command()(run)
    return app


def test_the_command_writes_one_line_for_each_row_and_names_the_rest(tmp_path):
    batch = tmp_path / "batch.jsonl"
    batch.write_text(
        '{"id": "1", "text": "by June"}\nnonsense\n{"id": "2", "text": "hi"}\n', encoding="utf-8"
    )

    result = CliRunner().invoke(app(), ["--batch", str(batch), "--now", "2026-11-21T12:00:00Z"])

    assert result.exit_code == 3
    assert [json.loads(line)["id"] for line in result.stdout.splitlines() if line.startswith("{")] == [
        "1",
        "2",
    ]
    assert "line 2" in result.output


def test_a_wrong_time_is_refused_in_a_sentence(tmp_path):
    batch = tmp_path / "batch.jsonl"
    batch.write_text("", encoding="utf-8")

    result = CliRunner().invoke(app(), ["--batch", str(batch), "--now", "yesterday"])

    assert result.exit_code == 2
    assert "yesterday" in result.output


@pytest.mark.parametrize(
    ("address", "kind"),
    [("ada@gmail.com", "free"), ("ada@yopmail.com", "disposable"), ("ada@foyer.io", "company")],
)
def test_an_address_has_its_kind(address, kind, now):
    row = {"id": "r1", "text": f"write to {address}, please, or call 2125550134"}
    slots = [Slot(id="mail", kind=SlotKind.EMAIL, label="E-mail")]

    entities = extract_entities(row, now=now)["facts"]
    (fact,) = extract_facts(row, slots=slots, now=now)["facts"]

    assert [(one["kind"], one.get("mail")) for one in entities if one["kind"] in {"email", "phone"}] == [
        ("email", kind),
        ("phone", None),
    ]
    assert fact["mail"] == kind
