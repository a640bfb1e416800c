"""The published JSON Schemas are current, and agree with the files that come with Foyer."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from bot.settings import BUNDLED_PLAYBOOKS, SCHEMA_FOLDER, bundled_playbook_file, demo_site_folder, read_yaml
from bot.settings.json_schema import SCHEMAS, schema_text, write_schemas

FILES = {
    "foyer.json": [demo_site_folder() / "foyer.yaml"],
    "playbook.json": [
        *map(bundled_playbook_file, BUNDLED_PLAYBOOKS),
        demo_site_folder() / "playbook.yaml",
    ],
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_published_schema_is_that_of_the_code(name: str) -> None:
    remedy = 'run: python -c "from bot.settings.json_schema import write_schemas; write_schemas()"'

    assert (SCHEMA_FOLDER / name).read_text(encoding="utf-8") == schema_text(name), remedy


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_valid_and_every_key_of_the_file_is_described(name: str) -> None:
    schema = json.loads(schema_text(name))

    Draft202012Validator.check_schema(schema)
    assert [
        key for key, value in schema["properties"].items() if not {"description", "$ref"} & value.keys()
    ] == []


@pytest.mark.parametrize(("name", "path"), [(name, path) for name, paths in FILES.items() for path in paths])
def test_a_file_that_comes_with_foyer_agrees_with_its_schema(name: str, path: Path) -> None:
    validator = Draft202012Validator(json.loads(schema_text(name)))

    assert [error.message for error in validator.iter_errors(read_yaml(path).value)] == []


def test_a_schema_refuses_a_key_that_the_program_refuses() -> None:
    validator = Draft202012Validator(json.loads(schema_text("foyer.json")))

    assert not validator.is_valid({"theme": {"colour": "#fff"}})


@pytest.mark.parametrize(("name", "path"), [(name, path) for name, paths in FILES.items() for path in paths])
def test_an_editor_finds_the_schema_from_the_files_first_line(name: str, path: Path) -> None:
    first_line = path.read_text(encoding="utf-8").split("\n", 1)[0]

    reference = first_line.removeprefix("# yaml-language-server: $schema=")
    assert (path.parent / reference).resolve() == SCHEMA_FOLDER / name


def test_schemas_can_be_written_anywhere(tmp_path: Path) -> None:
    write_schemas(tmp_path / "deep" / "folder")

    assert {path.name for path in (tmp_path / "deep" / "folder").iterdir()} == set(SCHEMAS)
