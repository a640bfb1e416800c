"""What a site says before the first message, in several languages: as it is written, and what a visitor gets of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import AfterValidator

from bot.domain.conversation import Choice
from bot.domain.languages import ANY_LANGUAGE, Said, language_of, said_in, wider

LOCALE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def expand_variants(value: Any) -> Any:
    """Let what is the same in every language be written without naming one."""
    if value is None:
        return {}
    return value if isinstance(value, dict) else {ANY_LANGUAGE: value}


def locale_of(text: str) -> str:
    """Return the text when it is a locale.

    Raises:
        ValueError: it is none.
    """
    if not LOCALE.fullmatch(text):
        raise ValueError(f"{text!r} is no locale; write one like en or en-GB")
    return text


def _tongue(text: str) -> str:
    return text if text == ANY_LANGUAGE else locale_of(text).lower()


Tongues = dict[Annotated[str, AfterValidator(_tongue)], Said]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """The first words of the panel, the questions under them, and the widget's words that the site says otherwise.

    `tongues` names the language of the first two.
    """

    greeting: str
    choices: tuple[Choice, ...]
    strings: Mapping[str, str]
    tongues: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spellings:
    """All of it, by language: `ANY_LANGUAGE` or a lower-case tag. `greeting` and `choices` hold at least one."""

    own: str
    greeting: Mapping[str, str]
    choices: Mapping[str, tuple[Choice, ...]]
    strings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def heard_in(self, locale: str | None) -> Spoken:
        """Return what a visitor of that locale gets; without one, of the site's own."""
        tag = locale or self.own
        layers = (ANY_LANGUAGE, *reversed(wider(tag)))
        return Spoken(
            greeting=said_in(tag, self.greeting, self.own),
            choices=said_in(tag, self.choices, self.own),
            strings={name: word for layer in layers for name, word in self.strings.get(layer, {}).items()},
            tongues={
                "greeting": language_of(tag, self.greeting, self.own),
                "choices": language_of(tag, self.choices, self.own),
            },
        )
