"""A word of warning when documentation is in a language that the embedding model does not know."""

from collections.abc import Callable, Collection, Iterable
from itertools import islice

SAMPLE_TEXTS = 400
SAMPLE_CHARS = 600
FOREIGN_SHARE = 0.2
"""From this share on, foreign texts are no accident (a quotation, a name) but part of the documentation."""

NAMES = {
    "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese", "nl": "Dutch",
    "pl": "Polish", "sv": "Swedish", "da": "Danish", "no": "Norwegian", "nb": "Norwegian", "fi": "Finnish",
    "cs": "Czech", "ru": "Russian", "uk": "Ukrainian", "tr": "Turkish", "el": "Greek", "ar": "Arabic",
    "he": "Hebrew", "hi": "Hindi", "ja": "Japanese", "ko": "Korean", "zh": "Chinese", "ro": "Romanian",
    "hu": "Hungarian", "vi": "Vietnamese", "id": "Indonesian", "th": "Thai", "en": "English",
}  # fmt: skip


def language_warning(
    texts: Iterable[str], *, detect: Callable[[str], str | None], embedded: Collection[str]
) -> str | None:
    """Return a warning when many of the texts are in a language outside `embedded`, else None.

    Args:
        texts: documents; the first few hundred are looked at.
        detect: returns a text's ISO 639-1 code, None when unsure.
        embedded: the codes of the languages that the embedding model knows.
    """
    counts: dict[str, int] = {}
    for text in islice(texts, SAMPLE_TEXTS):
        if (language := detect(text[:SAMPLE_CHARS])) is not None:
            counts[language] = counts.get(language, 0) + 1
    foreign = {language: n for language, n in counts.items() if language not in embedded}
    if not foreign or sum(foreign.values()) < FOREIGN_SHARE * sum(counts.values()):
        return None
    main = max(foreign, key=lambda language: foreign[language])
    return _sentence(f"The documentation seems to be in {_name(main)}", embedded)


def locale_warning(locale: str, *, embedded: Collection[str]) -> str | None:
    """Return a warning when a site speaks a language outside `embedded`, else None."""
    language = locale.partition("-")[0]
    if language in embedded:
        return None
    return _sentence(f"The site speaks {_name(language)}", embedded)


def _sentence(finding: str, embedded: Collection[str]) -> str:
    known = " and ".join(sorted(_name(code) for code in embedded))
    return (
        f"{finding}, but the embedding model knows only {known}: questions will be answered by shared words "
        "alone. Set FOYER_EMBEDDING_MODEL to a multilingual sentence-transformers model that is installed, "
        "or provide the documentation in English."
    )


def _name(language: str) -> str:
    return NAMES.get(language, f"the language {language!r}")
