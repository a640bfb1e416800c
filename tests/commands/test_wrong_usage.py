"""What cannot work ends with exit code 2 and one sentence: what, where, how to mend it. Never a traceback."""

import socket
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from bot.__main__ import app
from tests.commands.conftest import Foyer

pytestmark = pytest.mark.slow


def assert_one_sentence(result: object, *names: str) -> None:
    error = result.stderr  # type: ignore[attr-defined]
    assert result.returncode == 2, error  # type: ignore[attr-defined]
    assert error.startswith("foyer: ")
    assert error.count("\n") == 1, error
    assert "Traceback" not in error
    for name in names:
        assert name in error


@pytest.mark.parametrize("command", ["serve", "index", "test", "check"])
def test_a_site_that_is_not_there_is_named(foyer: Foyer, tmp_path: Path, command: str) -> None:
    assert_one_sentence(foyer(command, tmp_path / "nowhere", home=tmp_path / "home"), "nowhere")


def test_a_broken_foyer_yaml_is_named_with_its_line(foyer: Foyer, tmp_path: Path) -> None:
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "foyer.yaml").write_text("id: broken\nname: Broken\ncolour: red\n")

    assert_one_sentence(foyer("index", tmp_path, home=tmp_path / "home"), "foyer.yaml:3", "colour")


def test_an_unknown_setting_is_named(foyer: Foyer, site: Path) -> None:
    assert_one_sentence(foyer("index", site, FOYER_HOEM="x"), "FOYER_HOEM", "FOYER_HOME")


def test_a_port_in_use_is_named(foyer: Foyer, site: Path, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        result = foyer("serve", site, "--port", port, home=tmp_path / "home")

    assert_one_sentence(result, str(port), "--port")


def test_two_sites_of_one_id_are_refused(foyer: Foyer, site: Path, tmp_path: Path) -> None:
    assert_one_sentence(foyer("serve", site, site, home=tmp_path / "home"), "harbour", "id:")


def test_limits_off_are_refused_beyond_loopback(foyer: Foyer, site: Path, tmp_path: Path) -> None:
    result = foyer("serve", site, "--host", "0.0.0.0", home=tmp_path / "home", FOYER_LIMITS="off")

    assert_one_sentence(result, "FOYER_LIMITS")


def test_ask_wants_a_question_or_a_batch(foyer: Foyer, site: Path) -> None:
    assert_one_sentence(foyer("ask", site), "--batch")
    assert_one_sentence(foyer("ask", site, "Hello?", "--batch", "x.jsonl"), "--batch")


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"[]",
        b"5",
        b"null",
        b'{"id": "1"}',
        b'{"id": "2", "text": "a", "history": 7}',
        b'{"id": "2", "text": "a", "history": [7]}',
        b'{"id": "2", "text": "a", "history": [{"author": "visitor"}]}',
        b'{"id": "2", "text": "\xff"}',
    ],
)
def test_a_broken_batch_is_named_with_its_line(foyer: Foyer, site: Path, tmp_path: Path, line: bytes) -> None:
    batch = tmp_path / "batch.jsonl"
    batch.write_bytes(b'{"id": "1", "text": "Hello?"}\n' + line + b"\n")

    assert_one_sentence(foyer("ask", site, "--batch", batch), "batch.jsonl:2")


def test_a_batch_that_is_not_there_is_named(foyer: Foyer, site: Path) -> None:
    assert_one_sentence(foyer("ask", site, "--batch", "nowhere.jsonl"), "nowhere.jsonl")


@pytest.mark.parametrize(
    "transcript", ["5", "- hello", "- bot: hello", "a: [", "- visitor: [a", "", "conversation: {visitor: a}"]
)
def test_a_transcript_that_is_none_is_named(
    foyer: Foyer, site: Path, tmp_path: Path, transcript: str
) -> None:
    path = tmp_path / "talk.yaml"
    path.write_text(transcript)

    assert_one_sentence(foyer("simulate", site, path), "talk.yaml")


@pytest.mark.parametrize("now", ["yesterday", "2026-03-02", "2026-03-02T10:00:00", "99"])
def test_a_time_that_is_none_is_named(foyer: Foyer, site: Path, tmp_path: Path, now: str) -> None:
    path = tmp_path / "talk.yaml"
    path.write_text("- visitor: Hello\n")

    assert_one_sentence(foyer("simulate", site, path, "--now", now), "--now", now)


@pytest.mark.parametrize(
    "arguments", [["launch"], ["index", "a", "b"], ["serve", "--port", "many"], ["ask", "--colour"]]
)
def test_what_the_command_line_does_not_know_is_exit_code_2(foyer: Foyer, arguments: list[str]) -> None:
    result = foyer(*arguments)

    assert result.returncode == 2
    assert "Traceback" not in result.stderr
    assert result.stderr


def command_paths(group: Any = None, above: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Return every command, with the groups it is in."""
    found = []
    for name, command in (group or get_command(app)).commands.items():
        path = (*above, name)
        found += command_paths(command, path) if hasattr(command, "commands") else [path]
    return found


@pytest.mark.parametrize("path", command_paths(), ids=" ".join)
def test_every_command_has_help_with_an_example(path: tuple[str, ...]) -> None:
    result = CliRunner().invoke(app, [*path, "--help"])

    assert result.exit_code == 0
    _, _, example = result.output.partition("Example: ")
    assert "foyer " + " ".join(path) in " ".join(example.split())
