"""What a sentence loses of the source sentence that carries it: "only", "except", "of more than ten", "every", "must".

Promises: pure; English, German, French and Spanish. Where another sentence of the sources says the same without it,
nothing is lost.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from knowledge.support.agreement import agrees
from knowledge.support.bounds import find_end
from knowledge.support.evidence import Evidence, Unit
from knowledge.support.figures import Figure, FigureKind, find_figures, without_figures
from knowledge.support.granting import EXCEPT
from knowledge.support.matter import is_held, share_held, stems_of
from knowledge.support.negation import only_words
from knowledge.support.portions import loses_portion
from knowledge.support.wordings import UNIVERSAL

SEGMENT = re.compile(r"[;.]\s|\s[–—]\s|,?\s\b(?:but|aber|mais|pero)\b\s", re.IGNORECASE)
SOME = re.compile(
    r"\b(?:some(?:times)?|certain|occasionally|manche\w*|einige\w*|manchmal|gewisse\w*|bestimmte\w*|certaine?s|"
    r"quelques|parfois|algun[oa]s|a veces|ciert[oa]s)\b",
    re.IGNORECASE,
)
OBLIGED = re.compile(
    r"\b(?:requir\w+|mandatory|compulsory|obligatory|due|must|erforderlich\w*|nötig\w*|notwendig\w*|pflicht\w*|"
    r"verpflichtend|muss|müssen|requise?s?|exigée?s?|obligatoires?|nécessaires?|doi(?:t|vent)|obligatori[oa]s?|"
    r"necesari[oa]s?|requerid[oa]s?|debe[n]?|exige[n]?)\b",
    re.IGNORECASE,
)
MAYBE = re.compile(
    r"\b(?:may|might|could|can|possibly|perhaps|sometimes|kann|können|könnte\w*|eventuell|möglicherweise|vielleicht|"
    r"peut|peuvent|pourrait|éventuellement|peut-être|puede[n]?|podría[n]?|quizás?|tal vez)\b",
    re.IGNORECASE,
)
CONDITION = re.compile(r"\b(?:unless|es sei denn)\b", re.IGNORECASE)
PAYING = re.compile(
    r"\b(?:pa(?:y|ys|id|ying|yment|yments)|cash|cards?|bar|bargeld|(?:be)?zahl\w*|karten?|kasse|pa(?:yer|yez|ie|yé\w*|iement\w*)|"
    r"espèces|cartes?|pag(?:o|os|a|an|ar|ue|uen)|efectivo|tarjetas?)\b",
    re.IGNORECASE,
)
PART = re.compile(r"[,;.()]\s?")
EVERY = UNIVERSAL | {"chaque", "cada"}
WORD = re.compile(r"\w+")
CARRIES = 0.75  # of a sentence's stems, from which a segment of a source is what carries it
FEWEST_STEMS = 2
TOLD = 0.5  # of what "only" is said of, from which the sentence says it too
SUBJECT_WORDS = 5  # before which a bound is of what a sentence is about: "groups of more than 10"


def find_lost(sentence: str, evidence: Evidence) -> Iterator[str]:
    """Yield a sentence that lost what limits it in all that carries it."""
    carrying = list(_carrying(sentence, evidence))
    if carrying and all(_loses(sentence, segment, unit) for segment, unit in carrying):
        yield sentence


def _carrying(sentence: str, evidence: Evidence) -> Iterator[tuple[str, Unit]]:
    language = evidence.language
    stems = frozenset(stems_of(without_figures(EXCEPT.sub(" ", sentence)), language))
    figures = find_figures(sentence)
    if len(stems) + len(figures) < FEWEST_STEMS:
        return
    for unit in evidence.units:
        around = frozenset(stems_of(unit.context, language))
        for segment in SEGMENT.split(unit.text):
            own = frozenset(stems_of(segment, language))
            held = find_figures(segment)
            has_figures = all(any(agrees(one, other) for other in held) for one in figures)
            is_near = any(is_held(stem, own) for stem in stems) or bool(figures)
            if has_figures and is_near and share_held(stems, own | around) >= CARRIES:
                yield segment, unit


def _loses(sentence: str, segment: str, unit: Unit) -> bool:
    return (
        _loses_exception(sentence, segment, unit.language)
        or _loses_only(sentence, segment, unit.language)
        or _loses_size(sentence, segment)
        or _loses_all(sentence, segment)
        or loses_portion(sentence, segment, unit.language)
        or (
            bool(OBLIGED.search(segment) and OBLIGED.search(sentence))
            and bool(MAYBE.search(sentence) and not MAYBE.search(segment))
        )
    )


def _loses_exception(sentence: str, segment: str, language: str) -> bool:
    found = EXCEPT.search(segment)
    if not found or EXCEPT.search(sentence) or found.start() == 0 or CONDITION.match(found[0]):
        return False
    excepted = frozenset(stems_of(without_figures(segment[found.end() :]), language))
    days = {one.text.lower() for one in find_figures(segment) if one.kind is FigureKind.DAY}
    is_special = any(
        one.kind is FigureKind.DAY and one.text.lower() not in days for one in find_figures(sentence)
    )
    said = frozenset(stems_of(without_figures(sentence), language))
    return not is_special and not (excepted & said)


def _loses_only(sentence: str, segment: str, language: str) -> bool:
    pattern = _only(language)
    if pattern.search(sentence):
        return False
    stems, figures = frozenset(stems_of(without_figures(sentence), language)), find_figures(sentence)
    for found in pattern.finditer(segment):
        if _is_apart(segment[: found.start()], stems, figures, language):
            continue
        phrase = _limited_by(segment, found, language)
        if PAYING.search(phrase) and not PAYING.search(sentence):
            continue  # "cash only" limits how to pay, and not what there is
        words, held = stems_of(without_figures(phrase), language), find_figures(phrase)
        if any(one.kind is FigureKind.DAY and not any(agrees(own, one) for own in figures) for one in held):
            return True
        told = sum(is_held(word, stems) for word in words)
        told += sum(any(agrees(own, one) for own in figures) for one in held)
        if (words or held) and told < TOLD * (len(words) + len(held)):
            return True
    return False


def _is_apart(before: str, stems: frozenset[str], figures: Sequence[Figure], language: str) -> bool:
    """Say whether "only" stands in a part that is about something else: "from 9 to 5, in the evening only by call"."""
    part = PART.split(before)[-1]
    own = stems_of(without_figures(part), language)
    held = find_figures(part)
    has_any = any(is_held(one, stems) for one in own) or any(
        agrees(said, one) for said in figures for one in held
    )
    return bool(own or held) and not has_any


def _limited_by(segment: str, found: re.Match[str], language: str) -> str:
    """Return what "only" is said of: what follows it in its part, else the last words before it."""
    after = PART.split(segment[found.end() :])[0]
    if stems_of(without_figures(after), language) or find_figures(after):
        return after
    before = PART.split(segment[: found.start()])[-1]
    figures = find_figures(before)
    if figures and not stems_of(before[figures[-1].end :], language):
        return before[figures[-1].start :]
    return " ".join(before.split()[-2:])


def _loses_size(sentence: str, segment: str) -> bool:
    """Say whether who is meant is bounded, "groups of more than 10", and the sentence says it of all."""
    figures = find_figures(sentence)
    return any(
        len(WORD.findall(segment[: one.start])) <= SUBJECT_WORDS
        and one.kind is FigureKind.NUMBER
        and find_end(segment, one.start, one.end)
        and not any(agrees(own, one) for own in figures)
        for one in find_figures(segment)
    )


def _loses_all(sentence: str, segment: str) -> bool:
    has_all = any(word in EVERY for word in WORD.findall(segment.lower()))
    return has_all and bool(SOME.search(sentence)) and not SOME.search(segment)


@cache
def _only(language: str) -> re.Pattern[str]:
    words = "|".join(sorted(only_words(language)))
    return re.compile(rf"(?<!not )(?<!nicht )(?<!non )(?<!no )\b(?:{words})\b", re.IGNORECASE)
