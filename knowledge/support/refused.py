"""Sentences that offer what a short denial refuses, or tell of what is only planned as if it were there.

Promises: pure; English, German, French and Spanish. "We do not engrave." refuses whatever grants engraving, in however
many words; "including Corsica" adds what is only denied. Where a clause of the sources grants the same nothing is said.
"""

import re
from collections.abc import Iterator

from knowledge.support.agreement import agrees
from knowledge.support.calendar import DayOf
from knowledge.support.evidence import Evidence
from knowledge.support.figures import Figure, FigureKind, find_figures, without_figures
from knowledge.support.granting import ACCEPT, EXCEPT, IF, MAY
from knowledge.support.matter import is_held, stems_of, telling
from knowledge.support.negation import Clause, clauses_in, clauses_of, denies
from knowledge.support.wordings import DENIALS

SEGMENT = re.compile(r"[;.:]\s|\s[–—]\s")
PHRASE_END = re.compile(r"[,;.()?!]")
LEAD = re.compile(r"^([^,]{2,24}),\s")  # "On Saturdays, no …"
OFFERING = re.compile(
    r"\b(?:we (?:also )?(?:offer|provide|do|have|make)|possible|wir (?:bieten|machen|übernehmen|haben)|anbieten|"
    r"nous (?:proposons|offrons|faisons|assurons|pouvons)|podemos|ofrecemos|hacemos|disponemos)\b",
    re.IGNORECASE,
)
INCLUDING = re.compile(
    r"\b(?:including|even|einschließlich|inklusive|selbst|sogar|y compris|incluso|incluid[oa]s?)\s",
    re.IGNORECASE,
)
PLANNED = re.compile(
    r"\b(?:(?:is|are) (?:still |being )?planned|coming soon|in preparation|in the works|on (?:our|the) roadmap|"
    r"(?:ist|sind) (?:noch )?(?:geplant|in (?:planung|vorbereitung|arbeit))|demnächst|"
    r"(?:est|sont) prévue?s?(?=\s*(?:[,.;]|$|mais|prochainement|plus tard))|(?:est|sont) en préparation|à venir|"
    r"(?:está|están) (?:previst[oa]s?(?=\s*(?:[,.;]|$|pero|más adelante))|en preparación)|próximamente)",
    re.IGNORECASE,
)
NOT_YET = re.compile(
    rf"{PLANNED.pattern}|\b(?:planned|planning|plans? to|will|soon|later|future|yet|upcoming|coming|working on|"
    r"on (?:its|the) way|"
    r"plant|planen|planung|geplante?\w*|künftig|zukünftig|bald|später|wird|werden|noch|kommt|prévu\w*|prévoyons|bientôt|"
    r"futur\w*|sera|seront|prochain\w*|previst\w*|pronto|será|serán|futur\w*|tendremos|prepara\w*|vorbereit\w*)\b",
    re.IGNORECASE,
)
MOST_STEMS = 3  # of a denial that refuses by itself


def find_refused(sentence: str, evidence: Evidence) -> Iterator[str]:
    """Yield a sentence that offers what its sources refuse, or has what they only plan."""
    if denies(sentence) or EXCEPT.search(sentence) or IF.search(sentence):
        return
    clauses = [one for unit in evidence.units for one in clauses_in(unit)]
    if (
        _includes_denied(sentence, clauses, evidence.language)
        or _offers_denied(sentence, clauses, evidence)
        or _has_planned(sentence, evidence)
    ):
        yield sentence


def _includes_denied(sentence: str, clauses: list[Clause], language: str) -> bool:
    """Say whether what "including" adds is only denied."""
    phrases = (PHRASE_END.split(sentence[found.end() :])[0] for found in INCLUDING.finditer(sentence))
    stems = [stem for one in phrases for stem in telling(stems_of(without_figures(one), language), language)]
    holding = ([one for one in clauses if stem in one.stems] for stem in stems)
    return any(held and all(one.is_denied and not one.is_only for one in held) for held in holding)


def _offers_denied(sentence: str, clauses: list[Clause], evidence: Evidence) -> bool:
    """Say whether a short denial, if need be on the sentence's own weekdays, refuses what a sentence grants."""
    if not any(grants.search(sentence) for grants in (MAY, ACCEPT, OFFERING)):
        return False
    language = evidence.language
    own = frozenset(stems_of(without_figures(sentence), language))
    figures = find_figures(sentence)
    for one in _short_denials(evidence):
        stems = telling(one.stems - frozenset(stems_of(" ".join(DENIALS), language)), language)
        days = find_figures(one.text)
        if not 0 < len(stems) <= MOST_STEMS or not own.issuperset(stems) or not _are_told(days, figures):
            continue
        granting = [
            other for other in clauses if not other.is_denied and _are_told(days, find_figures(other.text))
        ]
        if any(not any(is_held(stem, other.stems) for other in granting) for stem in stems):
            return True
    return False


def _short_denials(evidence: Evidence) -> Iterator[Clause]:
    """Yield the denials that stand by themselves, with no condition, exception, price or time."""
    for unit in evidence.units:
        for segment in SEGMENT.split(unit.text):
            lead = LEAD.match(segment)
            is_bare = lead is not None and not stems_of(without_figures(lead[0]), evidence.language)
            clauses = clauses_of(LEAD.sub(r"\1 ", segment) if is_bare else segment, evidence.language)
            is_plain = not IF.search(segment) and not EXCEPT.search(segment)
            is_one = sum(not one.item for one in clauses) == 1
            if is_one and is_plain and clauses[0].is_denied and not clauses[0].is_only:
                yield from (one for one in clauses if one.item or len(clauses) == 1)


def _are_told(days: tuple[Figure, ...], figures: tuple[Figure, ...]) -> bool:
    """Say whether all figures of a denial are weekdays that others have too."""
    return all(
        one.kind is FigureKind.DAY
        and all(isinstance(day, DayOf) and day.weekday is not None for day in one.values)
        and any(agrees(own, one) or agrees(one, own) for own in figures)
        for one in days
    )


def _has_planned(sentence: str, evidence: Evidence) -> bool:
    """Say whether a sentence tells, as there, of what its sources only plan."""
    if NOT_YET.search(sentence):
        return False
    language = evidence.language
    segments = [segment for unit in evidence.units for segment in SEGMENT.split(unit.text)]
    planned = [one for one in segments if PLANNED.search(one) and not _has_time(one)]
    there = frozenset(stem for one in segments if one not in planned for stem in stems_of(one, language))
    coming = (
        stem for one in planned for stem in telling(stems_of(PLANNED.sub(" ", one), language), language)
    )
    own = frozenset(stems_of(without_figures(sentence), language))
    return any(stem in own and not is_held(stem, there) for stem in coming)


def _has_time(text: str) -> bool:
    return any(one.kind is FigureKind.TIME for one in find_figures(text))
