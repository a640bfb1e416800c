"""The warning about documentation in a language that the embedding model does not know."""

import pytest

from bot.settings import language_warning
from knowledge import EMBEDDED_LANGUAGES, detect_language

ENGLISH = "You can return every article within thirty days of receiving it, without giving a reason."
GERMAN = (
    "Sie können jeden Artikel innerhalb von dreißig Tagen nach Erhalt ohne Angabe von Gründen zurückgeben."
)
FRENCH = (
    "Vous pouvez retourner chaque article dans les trente jours suivant la réception, sans donner de raison."
)


def warning(*texts: str) -> str | None:
    return language_warning(texts, detect=detect_language, embedded=EMBEDDED_LANGUAGES)


@pytest.mark.parametrize(("text", "language"), [(GERMAN, "German"), (FRENCH, "French")])
def test_a_foreign_language_is_named(text: str, language: str) -> None:
    said = warning(text, text)

    assert said is not None
    assert f"seems to be in {language}" in said
    assert "FOYER_EMBEDDING_MODEL" in said


def test_english_a_quotation_and_nothing_at_all_are_no_reason_to_warn() -> None:
    assert warning(*[ENGLISH] * 9, GERMAN) is None
    assert warning() is None
    assert warning("42", "ok") is None


def test_a_good_part_in_another_language_is_a_reason() -> None:
    assert warning(*[ENGLISH] * 6, *[GERMAN] * 4) is not None
