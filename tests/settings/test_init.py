"""`foyer init` writes a site that serves at once, and overwrites nothing."""

import json
import re
from pathlib import Path

import pytest
import typer
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from bot.chat.phrases import PHRASES
from bot.commands import check, init, simulate
from bot.domain.errors import ConfigurationError
from bot.settings import load_site, read_yaml
from bot.settings.sentences import SENTENCES_FOLDER, sentences_for
from knowledge import detect_language, load_folder

app = typer.Typer()
app.command("init")(init.init)
app.command("check")(check.check)
app.command("test")(simulate.test)


def run(*arguments: str | Path) -> tuple[str, str]:
    """Run a command without a terminal; return what it printed, and its warnings."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if isinstance(result.exception, ConfigurationError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout, result.stderr


def test_a_new_site_has_what_was_asked_for(tmp_path: Path) -> None:
    options = ["--name", 'Ann "&" Co: {id} #1', "--origin", "https://WWW.example.com", "--accent", "AABBCC"]
    run("init", tmp_path / "my-site", *options, "--greeting", "Good day: ask me.", "--locale", "en-GB")

    site = load_site(tmp_path / "my-site")

    assert (site.id, site.name, site.greeting) == ("my-site", 'Ann "&" Co: {id} #1', "Good day: ask me.")
    assert (site.origins, site.accent) == (("https://www.example.com",), "#aabbcc")
    assert (site.locale, site.region, site.playbook.id) == ("en-GB", "GB", "simple")


def test_without_a_terminal_nothing_is_asked_and_defaults_are_used(tmp_path: Path) -> None:
    run("init", tmp_path / "example-shop")

    site = load_site(tmp_path / "example-shop")
    assert (site.name, site.origins, site.accent) == ("Example shop", (), "#2f6f4f")


def test_a_language_model_is_a_line_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-1")
    run("init", tmp_path / "site")
    file = tmp_path / "site" / "foyer.yaml"
    file.write_text(file.read_text().replace("# model:", "model:"))

    model = load_site(tmp_path / "site").model
    assert model is not None
    assert model.name == "openai:gpt-4.1-mini"


def test_a_new_site_passes_its_own_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOYER_HOME", str(tmp_path / "home"))
    run("init", tmp_path / "site", "--playbook", "bant", "--origin", "https://www.example.com")

    printed, _ = run("check", tmp_path / "site", "--json")

    report = json.loads(printed)
    notes = report.pop("notes")
    assert report == {"ok": True, "problems": [], "not_checked": []}
    (expected,) = notes
    assert expected["what"].startswith("Of 100 questions like those written here, about ")
    assert "So few say little" in expected["what"]
    figures = expected["figures"]
    assert figures["asked"] >= 3
    assert figures["right_low"] < figures["right"] < figures["right_high"]
    assert load_site(tmp_path / "site").playbook.id == "bant"


def test_a_new_site_has_something_to_answer_from_that_names_it(tmp_path: Path) -> None:
    run("init", tmp_path / "site", "--name", "Wind, Sun | Sons <b>")

    sources = list(load_folder(tmp_path / "site" / "knowledge"))

    assert all(not source.failures for source in sources)
    texts = [document.text for source in sources for document in source.documents]
    assert len(texts) == 4
    assert any("Wind, Sun" in text for text in texts)


def test_the_steps_and_the_exact_snippet_are_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOYER_PUBLIC_URL", "https://chat.example.com")

    printed, _ = run("init", tmp_path / "site")
    coloured, _ = run("init", tmp_path / "red", "--accent", "#B3261E")

    assert "foyer serve" in printed
    snippet = '<script type="module" src="https://chat.example.com/widget.js" data-site="site"></script>'
    assert printed.rstrip().endswith(snippet)
    assert coloured.rstrip().endswith(' data-site="red" data-accent="#b3261e"></script>')


def test_editors_find_the_schema_inside_the_site_without_a_network(tmp_path: Path) -> None:
    run("init", tmp_path / "site")

    for name in ("foyer", "playbook"):
        path = tmp_path / "site" / f"{name}.yaml"
        first_line = path.read_text(encoding="utf-8").split("\n", 1)[0]
        schema = path.parent / first_line.removeprefix("# yaml-language-server: $schema=")
        validator = Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))
        assert validator.is_valid(read_yaml(path).value)


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--playbook", "other"], "no playbook 'other'"),
        (["--origin", "www.example.com"], "is not an origin"),
        (["--accent", "green"], "'green' is not a colour"),
        (["--locale", "English"], "is no locale"),
        (["--name", " "], "not empty"),
        (["--name", "x" * 121], "at most 120 characters"),
        (["--knowledge", "/nowhere/at/all"], "there is no such folder"),
    ],
)
def test_a_wrong_option_is_refused_before_anything_is_written(
    tmp_path: Path, options: list[str], complaint: str
) -> None:
    with pytest.raises(ConfigurationError, match=complaint):
        run("init", tmp_path / "site", *options)

    assert not (tmp_path / "site").exists()


def test_a_wrong_environment_is_named_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOYER_PROT", "1")

    with pytest.raises(ConfigurationError, match="FOYER_PROT is not a known setting"):
        run("init", tmp_path / "site")

    assert not (tmp_path / "site").exists()


def test_a_folder_in_use_and_a_file_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "mine.txt").write_text("mine")

    with pytest.raises(ConfigurationError, match="is not empty"):
        run("init", tmp_path / "used")
    with pytest.raises(ConfigurationError, match="is a file"):
        run("init", tmp_path / "used" / "mine.txt")

    assert [path.name for path in (tmp_path / "used").iterdir()] == ["mine.txt"]


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    run("init", tmp_path)

    assert load_site(tmp_path).knowledge_folder == tmp_path / "knowledge"


def test_documentation_that_exists_is_used_where_it_is(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "page.md").write_text("# Page\n\nEvery article can be returned within thirty days.\n")

    run("init", tmp_path / "site", "--knowledge", docs)

    site = load_site(tmp_path / "site")
    assert site.knowledge_folder.resolve() == docs
    assert not (tmp_path / "site" / "knowledge").exists()


def test_a_new_site_promises_nothing_of_its_example_and_its_tests_outlive_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOYER_HOME", str(tmp_path / "home"))
    docs = tmp_path / "docs"
    docs.mkdir()
    page = "# Returns\n\nEvery article can be returned within thirty days of its delivery.\n"
    (docs / "page.md").write_text(page)
    run("init", tmp_path / "new")
    run("init", tmp_path / "own", "--knowledge", docs, "--locale", "de")
    run("init", tmp_path / "replaced")
    for example in (tmp_path / "replaced" / "knowledge").iterdir():
        example.unlink()
    (tmp_path / "replaced" / "knowledge" / "page.md").write_text(page)

    for name in ("new", "own", "replaced"):
        assert load_site(tmp_path / name).spellings.heard_in(None).choices == ()
        assert run("test", tmp_path / name)[0].startswith("passed  A visitor is greeted")


LANGUAGES = ["de", "fr", "es"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_site_of_a_known_language_speaks_it_from_the_first_word(tmp_path: Path, language: str) -> None:
    run("init", tmp_path / "site", "--name", "Müller & Söhne", "--locale", f"{language}-CH")
    run("init", tmp_path / "english")

    site, english = load_site(tmp_path / "site"), load_site(tmp_path / "english")

    assert "Müller & Söhne" in site.greeting
    assert site.greeting.split()[0] not in english.greeting
    assert site.consent.text not in {english.consent.text, ""}
    assert set(site.messages) == set(PHRASES)
    assert english.messages == {}
    for source in load_folder(tmp_path / "site" / "knowledge"):
        for document in source.documents:
            assert detect_language(f"{document.title} {document.text}") == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_says_every_sentence_with_the_same_placeholders(language: str) -> None:
    translated = sentences_for(language).messages

    for name, text in PHRASES.items():
        assert translated[name] != text
        assert set(re.findall(r"\{\w+\}", translated[name])) == set(re.findall(r"\{\w+\}", text)), name


def test_the_languages_are_the_files_there_are() -> None:
    assert {path.stem for path in SENTENCES_FOLDER.iterdir()} == {"en", *LANGUAGES}


def test_what_stays_english_is_said_in_one_line_with_its_place(tmp_path: Path) -> None:
    _, of_italian = run("init", tmp_path / "it", "--locale", "it")
    _, of_german = run("init", tmp_path / "de", "--locale", "de-AT")

    (line,) = [line for line in of_italian.splitlines() if "sentences are English" in line]
    assert "greeting" in line
    assert "messages" in line
    assert "foyer.yaml" in line
    assert "playbook.yaml" not in of_german.partition("Next:")[0]


def test_a_greeting_that_is_given_wins_over_the_languages(tmp_path: Path) -> None:
    run("init", tmp_path / "site", "--locale", "fr", "--greeting", "Salut.")

    assert load_site(tmp_path / "site").greeting == "Salut."


def test_foreign_documentation_and_a_foreign_locale_are_warned_of(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "seite.md").write_text(
        "# Rückgabe\n\nJeder Artikel kann innerhalb von dreißig Tagen zurückgegeben werden."
    )

    _, of_docs = run("init", tmp_path / "one", "--knowledge", docs)
    _, of_locale = run("init", tmp_path / "two", "--locale", "fr-FR")
    _, of_english = run("init", tmp_path / "three")

    assert "German" in of_docs
    assert "French" in of_locale
    assert of_english == ""
