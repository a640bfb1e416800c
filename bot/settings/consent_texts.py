"""The consent question as a visitor reads it: in a site's own words, else in its visitor's language.

Promises: what is answered can be told from its version alone: no two texts have the same.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.domain.languages import ANY_LANGUAGE, ConsentQuestion, said_in, wider
from bot.settings.site_file import SiteFile
from bot.settings.yaml_file import read_yaml

CONSENTS_FILE = Path(__file__).resolve().parent / "site_template" / "consents.yaml"
ANSWERS = ("consent_yes", "consent_no")
ENGLISH = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentTexts:
    """The consent question by language, `ANY_LANGUAGE` or a lower-case tag; at least one."""

    own: str
    questions: Mapping[str, ConsentQuestion]
    policy_url: str | None

    def heard_in(self, locale: str | None) -> ConsentQuestion:
        """Return the question for a visitor of that locale; without one, in the site's own language."""
        return said_in(locale or self.own, self.questions, self.own)

    @property
    def text(self) -> str:
        """The question in the site's own language."""
        return self.heard_in(None).text

    @property
    def version(self) -> str:
        """Its version, which changes whenever the text does, unless the site gives one."""
        return self.heard_in(None).version


def consent_texts(parsed: SiteFile) -> ConsentTexts:
    """Return a site's consent question; a site that wrote none asks in every language that comes with Foyer."""
    texts = parsed.consent.text or {tag: bundled["text"] for tag, bundled in bundled_consents().items()}
    return ConsentTexts(
        own=parsed.locale,
        questions={tag: _question(tag, text, parsed) for tag, text in texts.items()},
        policy_url=parsed.consent.policy_url,
    )


@cache
def bundled_consents() -> Mapping[str, Mapping[str, str]]:
    """Return `text`, `consent_yes` and `consent_no` for each language that comes with Foyer, English first."""
    return dict(read_yaml(CONSENTS_FILE).value)


def _question(tag: str, text: str, parsed: SiteFile) -> ConsentQuestion:
    is_own = tag == ANY_LANGUAGE or wider(tag)[-1] == wider(parsed.locale)[-1]
    given = parsed.consent.version
    named = given if given is None or is_own else f"{given}.{tag}"
    return ConsentQuestion(
        text=text,
        version=named or hashlib.sha256(text.encode()).hexdigest()[:12],
        locale=parsed.locale if tag == ANY_LANGUAGE else tag,
        answers=_answers(None if is_own else tag, parsed),
    )


def _answers(tag: str | None, parsed: SiteFile) -> Mapping[str, str]:
    """Return the answers in another language, where they come with Foyer; else the site's own."""
    bundled = bundled_consents()
    if tag is not None and wider(tag)[-1] in bundled:
        return {name: bundled[wider(tag)[-1]][name] for name in ANSWERS}
    own = bundled.get(wider(parsed.locale)[-1], bundled[ENGLISH])
    return {name: getattr(parsed.messages, name) or own[name] for name in ANSWERS}
