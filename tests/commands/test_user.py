"""`foyer user`: who may log in. No password is ever stored, printed or taken from the command line."""

import json
import os
import pty
import select
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from argon2 import PasswordHasher, extract_parameters
from click.testing import Result
from typer.testing import CliRunner

from bot.__main__ import app
from bot.domain.errors import BotError
from bot.domain.password import complaint_about
from tests.service.running_server import ROOT, environment_of

PASSWORD = "a quiet green door"


@pytest.fixture
def people(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def user(people: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setenv("FOYER_HOME", str(people))

    def run(*arguments: str, given: str | None = None) -> Result:
        return CliRunner().invoke(app, ["user", *arguments], input=given)

    return run


def test_the_life_of_a_user(user: Callable[..., Result], people: Path) -> None:
    added = user("add", "Ada", "--password-stdin", "--json", given=f"{PASSWORD}\n")
    again = user("add", "ADA ", "--password-stdin", given=f"{PASSWORD}\n")
    listed = json.loads(user("list", "--json").stdout)

    assert (added.exit_code, json.loads(added.stdout)["name"]) == (0, "Ada")
    assert "already" in str(again.exception)
    assert [(one["name"], one["site"], one["disabled_at"]) for one in listed] == [("Ada", None, None)]

    before = kept_hash(people)
    user("disable", "ada")
    assert "disabled" in user("list").stdout
    user("enable", "ada")
    assert "may log in" in user("list").stdout
    assert user("password", "ada", "--password-stdin", given="seven slow brown ferries\n").exit_code == 0
    assert kept_hash(people) != before
    assert user("remove", "Ada").exit_code == 0
    assert "Nobody can log in yet" in user("list").stdout
    assert "no user" in str(user("remove", "Ada").exception)


def kept_hash(home: Path) -> str:
    with sqlite3.connect(home / "foyer.db") as connection:
        return str(connection.execute("SELECT password_hash FROM operators").fetchone()[0])


def test_a_password_is_kept_as_an_argon2id_hash_and_nowhere_else(
    user: Callable[..., Result], people: Path
) -> None:
    done = user("add", "ada", "--password-stdin", given=f"{PASSWORD}\n")

    kept = kept_hash(people)
    how = extract_parameters(kept)
    assert PasswordHasher().verify(kept, PASSWORD)
    assert (how.type.name, how.memory_cost >= 19_456, how.time_cost >= 2) == ("ID", True, True)
    assert PASSWORD not in done.output
    assert all(PASSWORD.encode() not in path.read_bytes() for path in people.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("arguments", "given", "said"),
    [
        (["add", "ada"], None, "--password-stdin"),
        (["add", "ada", "--password-stdin"], "short\n", "at least 12"),
        (["add", "ada", "--password-stdin"], "", "at least 12"),
        (["add", "ada", "--password-stdin"], "Password1234\n", "guessed first"),
        (["add", "a\u202eda", "--password-stdin"], f"{PASSWORD}\n", "visible"),
        (["add", " ", "--password-stdin"], f"{PASSWORD}\n", "visible"),
        (["password", "nobody", "--password-stdin"], f"{PASSWORD}\n", "no user"),
    ],
)
def test_what_will_not_do_is_refused_in_a_sentence(
    user: Callable[..., Result], arguments: list[str], given: str | None, said: str
) -> None:
    refused = user(*arguments, given=given)

    assert isinstance(refused.exception, BotError)
    assert said in str(refused.exception)


@pytest.mark.slow
def test_on_a_terminal_the_password_is_asked_twice_and_not_shown(people: Path) -> None:
    shown = typed(people, ["add", "ada"], [PASSWORD, PASSWORD])

    assert "can log in now" in shown
    assert PASSWORD not in shown


def typed(home: Path, arguments: list[str], lines: list[str]) -> str:
    """Run `foyer user` on a terminal, type a line at each question, and return what the terminal showed."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "user", *arguments],
        cwd=ROOT,
        env=environment_of(home),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    shown, waiting, deadline = "", list(lines), time.monotonic() + 60
    while time.monotonic() < deadline:
        if select.select([ours], [], [], 0.2)[0]:
            try:
                shown += os.read(ours, 4096).decode()
            except OSError:
                break
        if waiting and shown.count(": ") > len(lines) - len(waiting):
            os.write(ours, f"{waiting.pop(0)}\n".encode())
    process.wait(30)
    os.close(ours)
    return shown


@pytest.mark.parametrize(
    "guessed",
    [
        "123456789012",
        "qwertyuiop12",
        "P@ssw0rd1234",
        "letmein letmein1",
        "abcabcabcabc",
        "Summer2026!!",
        "ada.lovelace1815",
        "1990-01-01-12",
        "asdfghjklzxcv",
        "x" * 201,
    ],
)
def test_what_is_guessed_first_is_refused(guessed: str) -> None:
    assert complaint_about(guessed, "ada.lovelace")


@pytest.mark.parametrize(
    "good", ["a quiet green door", "kX9$mQ2!vL7#", "Straße nach Süden", "password of the ferry"]
)
def test_what_nobody_guesses_is_taken(good: str) -> None:
    assert complaint_about(good, "ada") is None
