"""The consent question of foyer.yaml: in the site's words, else in each language that the widget speaks."""

from pathlib import Path

import pytest

from bot.settings import load_site
from bot.settings.consent_texts import bundled_consents
from tests.settings.test_site import site_folder

WIDGET_LANGUAGES = {
    path.stem
    for path in (Path(__file__).resolve().parents[2] / "widget" / "src" / "strings").glob("*.js")
    if "_" not in path.stem
}


def test_every_language_of_the_widget_has_a_question_of_its_own() -> None:
    bundled = bundled_consents()

    assert set(bundled) == WIDGET_LANGUAGES
    for part in ("text", "consent_yes", "consent_no"):
        assert len({words[part] for words in bundled.values()}) == len(WIDGET_LANGUAGES)


@pytest.mark.parametrize(
    ("own", "visitor", "language"),
    [("en", "fr-CH", "fr"), ("de", None, "de"), ("de", "sv", "de"), ("sv", None, "en"), ("en", "ja", "ja")],
)
def test_a_site_that_wrote_none_asks_in_the_visitors_language_else_its_own(
    tmp_path: Path, own: str, visitor: str | None, language: str
) -> None:
    question = load_site(site_folder(tmp_path, f"locale: {own}")).consent.heard_in(visitor)

    bundled = bundled_consents()[language]
    assert (question.text, question.locale) == (bundled["text"], language)
    assert question.answers == {name: bundled[name] for name in ("consent_yes", "consent_no")}


@pytest.mark.parametrize(
    ("visitor", "text", "locale", "yes"),
    [
        ("en", "May we?", "en", "Go on"),
        ("fr", "Pouvons-nous ?", "fr", "Oui, j’accepte"),
        ("sv-SE", "Får vi?", "sv", "Go on"),
        ("ja", "May we?", "en", "Go on"),
    ],
)
def test_a_sites_own_words_are_never_mixed_with_ours(
    tmp_path: Path, visitor: str, text: str, locale: str, yes: str
) -> None:
    yaml = (
        "consent: {text: {en: May we?, fr: 'Pouvons-nous ?', sv: 'Får vi?'}}\nmessages: {consent_yes: Go on}"
    )
    question = load_site(site_folder(tmp_path, yaml)).consent.heard_in(visitor)

    assert (question.text, question.locale, question.answers["consent_yes"]) == (text, locale, yes)


def test_one_text_is_for_everybody(tmp_path: Path) -> None:
    consent = load_site(site_folder(tmp_path, "locale: de\nconsent: {text: Dürfen wir?}")).consent

    assert {consent.heard_in(tag).text for tag in (None, "en", "fr")} == {"Dürfen wir?"}
    assert consent.heard_in("fr").locale == "de"


def test_a_version_that_is_given_names_the_language_of_a_translation(tmp_path: Path) -> None:
    texts = "{en: May we?, fr: 'Pouvons-nous ?'}"
    consent = load_site(site_folder(tmp_path, f"consent: {{text: {texts}, version: '7'}}")).consent

    assert (consent.version, consent.heard_in("fr").version) == ("7", "7.fr")
