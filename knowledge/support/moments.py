"""Before, during or after something: "during the minimum period" is not what "after the minimum period" says.

Promises: pure; English, German, French and Spanish. Where the sources have the same time before, during or after it as
the sentence, or none, nothing is said.
"""

import re
from collections.abc import Iterator
from enum import StrEnum

from knowledge.support.evidence import Evidence
from knowledge.support.figures import find_figures, without_figures
from knowledge.support.matter import share_held, stems_of

IS_ABOUT = 0.66  # of a sentence's stems, from which a unit tells of the same
MOST_WORDS = 3  # of what follows, in which it is named


class _Moment(StrEnum):
    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


_WORDS = {
    "en": {
        _Moment.BEFORE: r"before|prior to|ahead of",
        _Moment.DURING: r"during|throughout|in the course of",
        _Moment.AFTER: r"after|following",
    },
    "de": {
        _Moment.BEFORE: r"vor|bevor",
        _Moment.DURING: r"während|im laufe|im verlauf",
        _Moment.AFTER: r"nach(?: (?:ablauf|ende|abschluss))?|im anschluss an",
    },
    "fr": {
        _Moment.BEFORE: r"avant",
        _Moment.DURING: r"pendant|durant|au cours|lors",
        _Moment.AFTER: r"après|à l['’]issue|au terme",
    },
    "es": {
        _Moment.BEFORE: r"antes",
        _Moment.DURING: r"durante|a lo largo",
        _Moment.AFTER: r"después|tras|al término|al finalizar",
    },
}
_ARTICLE = (
    r"(?:\s(?:of|de|du|des|d['’]|del|von|der|the|that|this|your|our|its|their|an?|each|every|any|de[nmrs]|die|das|diese[nmrs]?|"
    r"jede[nmrs]?|ihre[nmrs]?|unsere[nmrs]?|eine[nmrs]?|le|la|les|votre|notre|cette|ce|chaque|une?|el|los|las|su|"
    r"nuestr[oa]|cada|una))*"
)
_PATTERNS = {
    language: tuple(
        (moment, re.compile(rf"\b(?:{words})\b{_ARTICLE}\s(?P<what>[^,.;:()!?]+)", re.IGNORECASE))
        for moment, words in moments.items()
    )
    for language, moments in _WORDS.items()
}


def find_moved(sentence: str, evidence: Evidence) -> Iterator[str]:
    """Yield what a sentence says to be before, during or after something, and its sources at another of these."""
    language = evidence.language
    stems = stems_of(without_figures(sentence), language)
    # "You can use the kitchen during your stay" says nothing of what is done "before your stay".
    about = [unit for unit in evidence.units if share_held(stems, unit.all_stems) >= IS_ABOUT]
    held = [one for unit in about for one in _moments_in(unit.text, language)]
    for text, moment, what in _moments_in(sentence, language):
        told = {other for _, other, thing in held if _is_same(what, thing)}
        if told and moment not in told:
            yield text


def _moments_in(text: str, language: str) -> Iterator[tuple[str, _Moment, tuple[str, ...]]]:
    """Yield where a text says so, which of the three it is, and the first stems of what."""
    for moment, pattern in _PATTERNS[language]:
        for found in pattern.finditer(text):
            words = " ".join(found["what"].split()[:MOST_WORDS])
            stems = stems_of(without_figures(words), language)[:2]
            if stems and not find_figures(words):
                yield found[0].strip(), moment, stems


def _is_same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Say whether two things are named alike: by both their first words, or by one where the other has no more."""
    return all(mine == theirs for mine, theirs in zip(one, other, strict=False))
