"""What a sentence is about: the stems of its words that are not small words.

Promises: pure; English, German, French and Spanish. Sentence and source are stemmed alike, in the source's language.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from knowledge.keywords import tokenizer_for
from knowledge.support.idioms import without_idioms
from knowledge.support.wordings import (
    FUNCTION_WORDS,
    GENERIC_WORDS,
    NATIONALITIES,
    SAME_NAMES,
    SYNONYMS,
    TELLING_WORDS,
)

TEXTS_REMEMBERED = 4096
FEWEST_SMALL_WORDS = 2
SHORTEST_PART = 4  # letters of a stem that a longer one may hold, as compounds do
AGREEING_SHARE = 0.75  # of the longer of two stems, from its first letter: "agree", "agreement"
PARTICIPLE = re.compile(
    r"^(ab|an|auf|aus|bei|ein|fest|her|hin|los|mit|nach|um|vor|weg|weiter|zu|zurück|zusammen)ge(?=[^b]\w{2})|^()ge(?=\w{3,}t$)"
)
"""Of verbs: "umgetauscht" is what "umtauschen" and "Umtausch" are about."""

_SMALL_WORDS = {
    "de": "der die das und ist nicht ein eine mit auf für von den dem im wir sie kein ab bis bei "
    "unsere unser uns ihre ihr unter wird werden kann können haben hat oder aber zum zur einen",
    "fr": "le la les et est des du un une dans pour sur avec ne pas nous vous au aux sont "
    "notre nos votre vos ou mais par cette peut peuvent pouvez",
    "es": "el los las y es del un una en para con por no se al su está son lo "
    "nuestro nuestra nuestros nuestras o pero más puede pueden hay usted",
    "en": "the and is of to in a for with on you we are not it at by from be or can our your have has but",
}
SMALL_WORDS = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}


@lru_cache(maxsize=TEXTS_REMEMBERED)
def language_of(text: str, or_else: str = "en") -> str:
    """Return "en", "de", "fr" or "es", by its small words, or another where there are hardly any."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    counts = {language: sum(word in small for word in words) for language, small in SMALL_WORDS.items()}
    best = max(counts, key=lambda language: (counts[language], language == or_else))
    return best if counts[best] >= FEWEST_SMALL_WORDS else or_else


@lru_cache(maxsize=TEXTS_REMEMBERED)
def stems_of(text: str, language: str) -> tuple[str, ...]:
    """Return the stems of the words that carry a text's matter, in their order; numbers are left to `figures`."""
    small = _small_stems(language)
    same = _synonyms(language)
    stems = (
        same.get(stem, stem) for stem in tokenizer_for(language)(without_idioms(text)) if stem not in small
    )
    if language == "de":
        stems = (_without_ge(stem, same) for stem in stems)
    return tuple(stem for stem in stems if not stem.isdigit() and len(stem) > 1)


def _without_ge(stem: str, same: dict[str, str]) -> str:
    """Return what a participle's stem is about: of "gebucht" that of "buchen", which may stand for another."""
    plain = PARTICIPLE.sub(r"\1\2", stem)
    return same.get(plain, same.get(plain.removesuffix("t"), plain)) if plain != stem else stem


def telling(stems: Iterable[str], language: str) -> list[str]:
    """Return the stems whose absence from a source says something, each once: not those of any sentence."""
    generic = _generic_stems(language)
    return [stem for stem in dict.fromkeys(stems) if stem not in generic]


def is_held(stem: str, held: frozenset[str]) -> bool:
    """Say whether a stem is among others, as it is, within a compound, or in another form."""
    return stem in held or any(_alike(stem, one) for one in held)


def share_held(stems: Iterable[str], held: frozenset[str]) -> float:
    """Return which share of some stems is among others, from 0 to 1; 1 of none."""
    wanted = list(dict.fromkeys(stems))
    return sum(is_held(stem, held) for stem in wanted) / len(wanted) if wanted else 1.0


@lru_cache(maxsize=8)
def _synonyms(language: str) -> dict[str, str]:
    """Return the stem that stands for several which say the same."""
    tokenize = tokenizer_for(language)
    nationalities = (pair.replace("/", " ") for pair in NATIONALITIES.split())
    written = (*f"{SYNONYMS[language]}{SAME_NAMES}".splitlines(), *nationalities)
    lines = (tokenize(line) for line in written if line.strip())
    return {stem: first for first, *others in lines for stem in others}


@lru_cache(maxsize=8)
def _generic_stems(language: str) -> frozenset[str]:
    return frozenset(tokenizer_for(language)(GENERIC_WORDS))


@lru_cache(maxsize=8)
def _small_stems(language: str) -> frozenset[str]:
    return frozenset(tokenizer_for(language)(f"{FUNCTION_WORDS} {TELLING_WORDS}"))


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < SHORTEST_PART:
        return False
    is_part = longer.startswith(shorter) or longer.endswith(shorter)
    return is_part or _shared_beginning(one, other) >= AGREEING_SHARE * len(longer)


def _shared_beginning(one: str, other: str) -> int:
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
