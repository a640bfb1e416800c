"""The published JSON Schemas of foyer.yaml and playbook.yaml, made of the models that check the files."""

import json
from pathlib import Path
from typing import Any

from bot.settings.playbook_model import PlaybookFile
from bot.settings.site_file import SiteFile
from bot.settings.validation import Section

SCHEMA_FOLDER = Path(__file__).resolve().parent / "schemas"
SCHEMAS: dict[str, type[Section]] = {"foyer.json": SiteFile, "playbook.json": PlaybookFile}


def schema_text(name: str) -> str:
    """Return the schema file of that name as it should be published."""
    schema: dict[str, Any] = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    schema |= SCHEMAS[name].model_json_schema(by_alias=True)
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def write_schemas(folder: Path = SCHEMA_FOLDER) -> None:
    """Write every schema into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in SCHEMAS:
        (folder / name).write_text(schema_text(name), encoding="utf-8")
