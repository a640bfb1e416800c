"""The sentences a new site begins with, in the languages that come with Foyer."""

from dataclasses import dataclass
from pathlib import Path

from bot.settings.yaml_file import read_yaml

SENTENCES_FOLDER = Path(__file__).resolve().parent / "site_template" / "sentences"
ENGLISH = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """What a site says in one language. `greeting` and `messages` have `{name}`; `messages` is empty for English."""

    greeting: str
    messages: dict[str, str]


def speaks(locale: str) -> bool:
    """Whether there are sentences in the locale's language."""
    return _file(locale).is_file()


def sentences_for(locale: str) -> Sentences:
    """Return the sentences in the locale's language, else in English."""
    path = _file(locale) if speaks(locale) else _file(ENGLISH)
    read = read_yaml(path).value
    return Sentences(greeting=read["greeting"], messages=dict(read.get("messages") or {}))


def _file(locale: str) -> Path:
    return SENTENCES_FOLDER / f"{locale.partition('-')[0]}.yaml"
