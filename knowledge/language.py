"""Which language a text is in, as far as it can be told."""

from functools import cache
from typing import Any

EMBEDDED_LANGUAGES = frozenset({"en"})  # what MiniLM was trained on; other languages are found by their words
# Asked about all it knows, the identifier takes short texts for rare languages.
LANGUAGES = (
    "ar", "bg", "cs", "da", "de", "el", "en", "es", "fi", "fr", "he", "hi", "hr", "hu", "id", "it",
    "ja", "ko", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sv", "th", "tr", "uk", "vi", "zh",
)  # fmt: skip
MIN_LETTERS = 12
MIN_PROBABILITY = 0.6


def detect_language(text: str) -> str | None:
    """Return the ISO 639-1 code of a text's language; None when it is too short or unclear."""
    if sum(character.isalpha() for character in text) < MIN_LETTERS:
        return None
    language, probability = _identifier().classify(text[:5000])
    return str(language) if probability >= MIN_PROBABILITY else None


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(LANGUAGES))
    return identifier
