"""`foyer check --model` calls the language model, and says what is wrong with its key, its name or its address."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
import typer
from typer.testing import CliRunner

from bot.commands import check
from tests.llm.provider import provider_in_thread
from tests.llm.script import Request, Script

app = typer.Typer()
app.command()(check.check)
KEY = "sk-standin-never-to-be-seen"
SECTION = """\
name: Shop
origins: [https://www.example.com]
model:
  name: compatible:{name}
  base_url: {url}
  key: ${{FOYER_SECRET_MODEL}}
"""


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    yield
    structlog.reset_defaults()


def answer(request: Request) -> Script:
    if KEY not in request.headers["authorization"]:
        return Script(status=401)
    return Script(pieces=("ready",)) if request.body["model"] == "known" else Script(status=404)


def checked(folder: Path, *arguments: str) -> tuple[list[str], list[str]]:
    result = CliRunner().invoke(app, [str(folder), "--json", *arguments])
    found: dict[str, Any] = json.loads(result.stdout)
    assert result.exit_code == (0 if found["ok"] else 1)
    assert KEY not in result.output
    return tuple(
        [row["what"] for row in found[kind] if row["part"] == "environment"] for kind in ("problems", "notes")
    )


def test_a_call_tells_what_no_look_at_the_file_can(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOYER_HOME", str(tmp_path / "home"))
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "knowledge" / "faq.csv").write_text(
        "id,question,answer\nr,Can I return it?,Within thirty days.\n"
    )
    file = tmp_path / "foyer.yaml"
    with provider_in_thread("openai", answer) as provider:
        monkeypatch.setenv("FOYER_OUTBOUND_ALLOW", provider.entry)
        monkeypatch.setenv("FOYER_SECRET_MODEL", KEY)
        file.write_text(SECTION.format(name="known", url=provider.base_url))
        assert checked(tmp_path) == ([], [])
        assert checked(tmp_path, "--model") == ([], ["compatible:known was called and answered."])

        monkeypatch.setenv("FOYER_SECRET_MODEL", "sk-another")
        (what,), _ = checked(tmp_path, "--model")
        assert "the key is not accepted; check the variable that `key` names" in what

        monkeypatch.setenv("FOYER_SECRET_MODEL", KEY)
        file.write_text(SECTION.format(name="unknown", url=provider.base_url))
        (what,), _ = checked(tmp_path, "--model")
        assert what.startswith("compatible:unknown answered 404")
    (what,), _ = checked(tmp_path, "--model")
    assert what == "compatible:unknown: no connection to the server."

    file.write_text("name: Shop\norigins: [https://www.example.com]\n")
    assert checked(tmp_path, "--model")[1] == [
        "There is no language model to call: foyer.yaml has no `model`."
    ]
