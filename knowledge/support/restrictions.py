"""Half-truths: a sentence that grants what its source grants to some, at times, or on conditions only.

Promises: pure; English, German, French and Spanish. "Breakfast is free" is not what "free for children under six"
says. Where a source grants the same elsewhere without a restriction nothing is said.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

from knowledge.support.agreement import agrees
from knowledge.support.bounds import find_end
from knowledge.support.evidence import Evidence, Unit
from knowledge.support.figures import Figure, FigureKind, find_figures, without_figures
from knowledge.support.granting import (
    AS_GOOD_AS_FREE,
    CONTRAST,
    EXCEPT,
    FIRST,
    FOR,
    FREE,
    IF,
    MAY,
    PLACED,
    RETURNING,
)
from knowledge.support.matter import is_held, share_held, stems_of, telling
from knowledge.support.names import sure_names
from knowledge.support.negation import clauses_of, denies, only_words
from knowledge.support.wordings import UNIVERSAL

SEGMENT = re.compile(r"[;.]\s|\s[–—]\s|,?\s\b(?:but|aber|mais|pero)\b\s", re.IGNORECASE)
JOINED = re.compile(r"\s(?:and|und|et|y)\s", re.IGNORECASE)
PART = re.compile(r",\s|[:()]")
PHRASE_END = re.compile(
    r"[,;.()]\s?|\b(?:and|und|et|y|or|oder|ou|who|which|that|die|qui|que)\b", re.IGNORECASE
)
FEWEST_WORDS = 3  # of each side of an "and" that joins what is said apart
SAME_MATTER = 0.75  # of what a sentence is about, which a unit of the source must have
NEAR = 0.66
FEWEST_CROSSING = 2  # words of another part: what it is about may be one
HELD = 0.5  # of a restriction's words and figures, from which the sentence says it too


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence: its text, stems and figures."""

    text: str
    stems: frozenset[str]
    figures: tuple[Figure, ...]

    def tells(self, phrase: str, language: str) -> float:
        """Return which share of a phrase's words and figures it has; 1 of none."""
        words = list(dict.fromkeys(stems_of(without_figures(phrase), language)))
        figures = find_figures(phrase)
        held = sum(is_held(stem, self.stems) for stem in words)
        held += sum(any(agrees(own, one) for own in self.figures) for one in figures)
        return held / (len(words) + len(figures)) if words or figures else 1.0


def find_unrestricted(sentence: str, evidence: Evidence) -> Iterator[str]:
    """Yield a sentence that leaves out, contradicts or makes up what restricts what it says."""
    stems = frozenset(stems_of(without_figures(sentence), evidence.language))
    said = _Said(sentence, stems, find_figures(sentence))
    broken = (_drops_restriction, _grants_exception, _makes_up_only, _makes_up_free, _crosses_contrast)
    if not denies(FREE.sub(" ", sentence)) and any(breaks(said, evidence) for breaks in broken):
        yield sentence


@cache
def _only(language: str) -> re.Pattern[str]:
    words = "|".join(sorted(only_words(language)))
    return re.compile(
        rf"(?<!not )(?<!nicht )(?<!non )(?<!no )\b(?:{words})\b|\bn(?:e\s|['’])\w+(?:\s\w+){{0,2}}\s+qu(?:e\s|['’])",
        re.IGNORECASE,
    )


def _drops_restriction(said: _Said, evidence: Evidence) -> bool:
    """Say whether all that grants what a sentence grants has a restriction that the sentence lacks."""
    for granting in (FREE, MAY, RETURNING):
        if not granting.search(said.text):
            continue
        segments = [
            (segment, after)
            for unit, following in zip_longest(evidence.units, evidence.units[1:])
            if _is_about(said, granting, unit)
            for segment, after in _segments(unit.text, following.text if following else "")
            if granting.search(segment) and not denies(EXCEPT.sub(" ", FREE.sub(" ", segment)))
        ]
        if segments and all(
            _is_restricted(segment, said, evidence.language)
            or _is_contrasted(segment, after, said, evidence.language)
            for segment, after in segments
        ):
            return True
    return False


def _is_about(said: _Said, granting: re.Pattern[str], unit: Unit) -> bool:
    matter = _matter(said, granting, unit.language)
    if matter:
        return share_held(matter, unit.all_stems) >= SAME_MATTER
    held = find_figures(unit.text)
    return bool(said.figures) and all(any(agrees(own, one) for one in held) for own in said.figures)


def _matter(said: _Said, granting: re.Pattern[str], language: str) -> list[str]:
    words = granting.sub(" ", without_figures(said.text)).split()
    stems = stems_of(" ".join(word for word in words if word.lower() not in UNIVERSAL), language)
    return telling(stems, language) or list(stems)


def _is_contrasted(segment: str, after: str, said: _Said, language: str) -> bool:
    """Say whether a price follows what is free, which the sentence does not tell apart: "elsewhere it costs €6"."""
    contrasted = [part for part in after.split("\n") if CONTRAST.search(part)]
    if not FREE.search(segment):
        return False
    has_price = any(one.kind is FigureKind.PRICE for part in contrasted for one in find_figures(part))
    words = stems_of(without_figures(_bare(segment)), language)
    beyond = [stem for stem in words if stem not in said.stems]
    return has_price and bool(beyond) and len(beyond) >= (1 - HELD) * len(words)


def _is_restricted(segment: str, said: _Said, language: str) -> bool:
    if EXCEPT.search(segment):
        return not EXCEPT.search(said.text)
    if not _only(language).search(said.text) and any(
        said.tells(phrase, language) < HELD for phrase in _only_phrases(segment, said, language)
    ):
        return True
    if any(said.tells(phrase, language) < HELD for phrase in _phrases(IF, segment)):
        return True
    if not FREE.search(said.text):
        is_returning = bool(RETURNING.search(said.text))
        limits = _limits_in(segment)
        return _lacks(said, [one for one in limits if is_returning or one.kind is FigureKind.PRICE])
    part = next((part for part in PART.split(segment) if FREE.search(part)), "")
    named = [*_phrases(FOR, part), *_phrases(PLACED, part)]
    return any(said.tells(without_figures(phrase), language) < HELD for phrase in named) or _lacks(
        said, _limits_in(part)
    )


def _limits_in(text: str) -> list[Figure]:
    """Return the figures of a text that limit what it grants: days, ends, "the first two hours"."""
    return [
        one
        for one in find_figures(text)
        if one.kind is FigureKind.DAY or find_end(text, one.start, one.end) or FIRST.search(text[: one.start])
    ]


def _lacks(said: _Said, limits: Sequence[Figure]) -> bool:
    return any(not any(agrees(own, one) for own in said.figures) for one in limits)


def _bare(phrase: str) -> str:
    """Return a phrase without the words that grant."""
    return MAY.sub(" ", FREE.sub(" ", phrase))


def _only_phrases(segment: str, said: _Said, language: str) -> Iterator[str]:
    """Yield what "only" is said of: what follows it, or where nothing does, what the sentence leaves out."""
    for found in _only(language).finditer(segment):
        own = PART.split(segment[: found.start()])[-1]
        grants = any(
            one.search(own + segment[found.end() :].split(",", maxsplit=1)[0]) for one in (FREE, MAY)
        )
        if stems_of(own, language) and len(own) < found.start() and not grants:
            continue  # said apart: "appointments are possible from 9 to 5, in the evening only by arrangement"
        phrase = PHRASE_END.split(segment[found.end() :])[0]
        if stems_of(phrase, language) or find_figures(phrase):
            yield _bare(phrase)
        else:
            before = PART.split(without_figures(segment[: found.start()]))[-1]
            words = (word for word in before.split() if not set(stems_of(word, language)) & said.stems)
            yield _bare(" ".join(words))


def _phrases(marker: re.Pattern[str], segment: str) -> Iterator[str]:
    for found in marker.finditer(segment):
        yield _bare(PHRASE_END.split(segment[found.end() :])[0])


def _segments(text: str, following: str = "") -> Iterator[tuple[str, str]]:
    """Yield what a text says apart, each with what comes after it."""
    parts: list[str] = []
    for segment in SEGMENT.split(text):
        halves = JOINED.split(segment)
        parts += halves if all(len(half.split()) >= FEWEST_WORDS for half in halves) else [segment]
    yield from ((part, "\n".join((*parts[at:], following))) for at, part in enumerate(parts, start=1))


def _grants_exception(said: _Said, evidence: Evidence) -> bool:
    """Say whether a sentence says of an exception, or of everything, what its source says of all but the exception."""
    if EXCEPT.search(said.text):
        return False
    is_universal = any(word in UNIVERSAL for word in re.findall(r"\w+", said.text.lower()))
    for unit in evidence.units:
        segments = [one for one, _ in _segments(unit.text) if not denies(EXCEPT.sub(" ", one))]
        for phrase in (phrase for segment in segments for phrase in _phrases(EXCEPT, segment)):
            own = frozenset(stems_of(phrase, evidence.language))
            rest = [stem for stem in said.stems if not is_held(stem, own)]
            has_it = bool(own or find_figures(phrase)) and said.tells(phrase, evidence.language) >= HELD
            if _is_turned(said.text, unit):
                continue
            if rest and share_held(rest, unit.all_stems) >= NEAR and (has_it or is_universal):
                return True
    return False


def _is_turned(text: str, unit: Unit) -> bool:
    """Say whether a text has the other of two opposites: "closed" may be said of what is "open except on Sundays"."""
    said, held = (
        {side for clause in clauses_of(one, unit.language) for side in clause.sides}
        for one in (text, unit.text)
    )
    return any((first, not is_second) in held for first, is_second in said)


def _makes_up_only(said: _Said, evidence: Evidence) -> bool:
    """Say whether a sentence has an "only" that no source near it has, nor any denial from which it may follow."""
    found = _only(evidence.language).search(said.text)
    if not found or find_figures(said.text[found.end() : found.end() + len(" EUR 100,000")]):
        return False
    near = [unit for unit in evidence.units if share_held(said.stems, unit.all_stems) >= NEAR]
    return bool(near) and not any(_limits(unit) for unit in near)


def _makes_up_free(said: _Said, evidence: Evidence) -> bool:
    """Say whether a sentence calls free what its sources nowhere do."""
    if not FREE.search(said.text):
        return False
    matter = _matter(said, FREE, evidence.language)
    free = [unit for unit in evidence.units if AS_GOOD_AS_FREE.search(f"{unit.context} {unit.text}")]
    return not any(not matter or any(is_held(stem, unit.all_stems) for stem in matter) for unit in free)


def _crosses_contrast(said: _Said, evidence: Evidence) -> bool:
    """Say whether a price is said of what stands before "elsewhere it costs €6" or "on Solo they cost €1"."""
    prices = [one for one in said.figures if one.kind is FigureKind.PRICE]
    parts = [
        (part, [other for other in parts if other != part])
        for unit in evidence.units
        for parts in [[part for part, _ in _segments(unit.text)]]
        for part in parts
    ]
    for price in prices:
        holding = [pair for pair in parts if any(agrees(price, one) for one in find_figures(pair[0]))]
        if holding and all(_is_beyond(said, part, others, evidence) for part, others in holding):
            return True
    return False


def _is_beyond(said: _Said, part: str, others: Sequence[str], evidence: Evidence) -> bool:
    """Say whether a part is told apart by a word that a sentence lacks, which has words of the other parts."""
    language = evidence.language
    own = frozenset(stems_of(part, language))
    names = [name for name in sure_names(part, evidence) if not said.tells(name, language)]
    elsewhere = frozenset(stem for other in others for stem in stems_of(without_figures(other), language))
    crossing = [stem for stem in said.stems if not is_held(stem, own) and is_held(stem, elsewhere)]
    return len(crossing) >= FEWEST_CROSSING and bool(names or CONTRAST.search(part))


def _limits(unit: Unit) -> bool:
    text = f"{unit.context} {unit.text}"
    is_only_denied = re.search(
        r"\b(?:not only|nicht nur|pas seulement|no solo|no sólo)\b", text, re.IGNORECASE
    )
    return (
        bool(_only(unit.language).search(text))
        or bool(EXCEPT.search(text))
        or (denies(text) and not is_only_denied)
    )
