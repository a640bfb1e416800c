"""Writes a new site's folder: one that serves at once, with every choice explained in place."""

import json
import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.domain.errors import ConfigurationError
from bot.settings.consent_texts import bundled_consents
from bot.settings.json_schema import SCHEMA_FOLDER
from bot.settings.playbook_file import bundled_playbook_file
from bot.settings.sentences import sentences_for
from bot.settings.site import PLAYBOOK_FILE, SITE_FILE, id_of_folder, region_of_locale

TEMPLATE_FOLDER = Path(__file__).resolve().parent / "site_template"
EXAMPLE_SENTENCE = "I could not find that in our documentation. I have noted your question for the team."
SCHEMA_LINE = re.compile(r"\A# yaml-language-server: \$schema=\S+\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSite:
    """What a new site is made of. `knowledge` names a folder that exists already; None writes an example."""

    name: str
    origins: tuple[str, ...]
    locale: str
    accent: str
    greeting: str
    playbook: str = "simple"
    knowledge: Path | None = None


def refuse_used_folder(folder: Path) -> None:
    """Make sure that nothing would be overwritten.

    Raises:
        ConfigurationError: there is something at that path already.
    """
    if folder.is_dir() and any(folder.iterdir()):
        raise ConfigurationError(f"{folder} is not empty; name a new folder, or empty this one.")
    if folder.exists() and not folder.is_dir():
        raise ConfigurationError(f"{folder} is a file; name a new folder.")


def write_site(folder: Path, new: NewSite) -> None:
    """Write the site. The values in `new` have been checked.

    Raises:
        ConfigurationError: the folder is not empty, the playbook unknown, or nothing can be written there.
    """
    refuse_used_folder(folder)
    playbook = bundled_playbook_file(new.playbook).read_text(encoding="utf-8")
    try:
        for name, text in _texts(folder, new).items():
            _write(folder / name, text)
        schema_line = "# yaml-language-server: $schema=.schema/playbook.json\n"
        _write(folder / PLAYBOOK_FILE, SCHEMA_LINE.sub(lambda _: schema_line, playbook))
        # The schemas travel with the site, so that editors check it without a network.
        shutil.copytree(SCHEMA_FOLDER, folder / ".schema")
    except OSError as error:
        raise ConfigurationError(f"{folder} can not be written: {error.strerror or error}.") from None


def _texts(folder: Path, new: NewSite) -> dict[str, str]:
    """Return the template's files, filled in."""
    written = {SITE_FILE: SITE_FILE, "tests/first.yaml": "tests/first.yaml"}
    if new.knowledge is None:
        language = new.locale.partition("-")[0].lower()
        spoken = language if (TEMPLATE_FOLDER / "knowledge" / language).is_dir() else "en"
        written |= {f"knowledge/{name}": f"knowledge/{spoken}/{name}" for name in ("welcome.md", "faq.csv")}
    filled = {name: (TEMPLATE_FOLDER / path).read_text(encoding="utf-8") for name, path in written.items()}
    sentences, bundled = sentences_for(new.locale), bundled_consents()
    consent = bundled.get(new.locale.partition("-")[0], bundled["en"])["text"]
    values = {
        "id": _quoted(id_of_folder(folder)),
        "name": _quoted(new.name),
        "origins": "".join(f"\n  - {_quoted(origin)}" for origin in new.origins) or " []",
        "locale": _quoted(new.locale),
        "region": _quoted(region_of_locale(new.locale)),
        "greeting": _quoted(new.greeting),
        "accent": _quoted(new.accent),
        "consent": _quoted(consent),
        "messages": _messages(sentences.messages),
        "knowledge": _quoted(_knowledge(folder, new)),
    }
    filled[SITE_FILE] = _fill(filled[SITE_FILE], values)
    for name in written:
        if name.startswith("knowledge/"):
            filled[name] = filled[name].replace("{name}", _in_prose(new.name))
    return filled


def _messages(messages: Mapping[str, str]) -> str:
    """Return the bot's sentences as YAML; without any, one as an example that is commented out."""
    if not messages:
        return f"# messages:\n#   abstain: {EXAMPLE_SENTENCE}"
    return "\n".join(["messages:", *(f"  {name}: {_quoted(text)}" for name, text in messages.items())])


def _knowledge(folder: Path, new: NewSite) -> str:
    if new.knowledge is None:
        return "knowledge"
    return os.path.relpath(new.knowledge.resolve(), folder.resolve())


def _fill(text: str, values: dict[str, str]) -> str:
    """Fill `{placeholders}` once, so that a value with braces stays as it is."""
    return re.sub(r"\{(\w+)\}", lambda match: values.get(match.group(1), match.group(0)), text)


def _quoted(text: str) -> str:
    """Quote a text for YAML; a JSON string is one."""
    return json.dumps(text, ensure_ascii=False)


def _in_prose(name: str) -> str:
    """Return the name as it may stand inside a table cell in quotes and in Markdown."""
    return re.sub(r"[\x00-\x1f\"<>*_`\[\]|\\]", " ", name).strip() or "us"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
