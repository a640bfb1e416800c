"""Is this sentence supported by the passages it cites?

Promises: pure, but for models that are loaded when the first sentence is checked; nothing is fetched; the same
sentence and sources give the same verdict; safe from several threads. Every number, price, date, name, address and
quotation has to stand in the sources, with what it is said of; then denials have to agree; then a small model that
reads both, the words they share and their vectors' likeness are weighed together.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from knowledge.embedding import Embedder, load_embedder
from knowledge.support.answering import Answered, after_answer, judge_answer, says_hardly_more
from knowledge.support.attribution import find_misplaced
from knowledge.support.checker import load_checker
from knowledge.support.conditions import keeps_condition
from knowledge.support.evidence import Evidence, Unit, choose, gather, premise_of
from knowledge.support.figures import FigureKind, find_figures, without_figures
from knowledge.support.likeness import with_nearest
from knowledge.support.losing import find_lost
from knowledge.support.matter import is_held, language_of, share_held, stems_of, telling
from knowledge.support.moments import find_moved
from knowledge.support.names import find_strange_names, find_swapped_names
from knowledge.support.negation import denies, find_denied
from knowledge.support.opposed import find_opposed, is_borne_out
from knowledge.support.per_unit import find_added_units
from knowledge.support.quoted import find_strange, without_addresses
from knowledge.support.rates import is_wrongly_per_head
from knowledge.support.refused import find_refused
from knowledge.support.restrictions import find_unrestricted
from knowledge.support.roles import find_swapped_roles
from knowledge.support.several import find_spread
from knowledge.support.signs import marks_as_cells
from knowledge.support.verdict import Reason, Source, Verdict
from knowledge.support.weights import THRESHOLD, Features, score
from knowledge.support.widening import find_widened

CITATION = re.compile(r"\s*(?:\[\d+(?:\s*,\s*\d+)*\])+")
PART = re.compile(r"[,;:()]\s|\s[-–—]\s|\b(?:and|und|et|y|or|oder|ou|o)\b", re.IGNORECASE)
FEEL_FREE = re.compile(r"\b(?:please )?feel free to\b", re.IGNORECASE)
WELL_COVERED = 0.6  # of a sentence's words; below, its source may say it in others
MOST_MISSING = 3
LONGEST_SENTENCE = 1000  # characters; a longer one is no sentence, and is not worth the time
OF_FIGURES_ALONE = 0.5
FEWEST_STEMS = 2  # a sentence with fewer says something only together with its question
CLEARLY = 0.7  # the score from which what was asked is so, where a sentence says no more than "yes"


def check_sentence(
    sentence: str, sources: Sequence[Source], question: str = "", *, embedder: Embedder | None = None
) -> Verdict:
    """Say whether a sentence is supported by the passages it cites.

    Args:
        sentence: as it would be shown; marks of citation like "[1]" are left out of account.
        sources: the cited passages only.
        question: what was asked; "Yes." says what the question asks, and is checked as such.
        embedder: that of the knowledge, so that none is loaded twice; MiniLM by default.
    """
    if not sources:
        return Verdict(supported=False, reason=Reason.NO_SOURCE, detail="", score=0.0)
    if len(sentence) > LONGEST_SENTENCE:
        return Verdict(supported=False, reason=Reason.NOT_COVERED, detail="", score=0.0)
    claim = take_apart(sentence, sources, question)
    if not claim.is_bare and claim.evidence.has(marks_as_cells(claim.sentence)):
        return Verdict(supported=True, reason=Reason.SUPPORTED, detail="", score=1.0)
    broken = first_broken(claim)
    if broken:
        return Verdict(supported=False, reason=broken[0], detail=broken[1], score=0.0)
    worth = score(weigh(claim, embedder or _default_embedder()))
    if worth >= _least(claim):
        return Verdict(supported=True, reason=Reason.SUPPORTED, detail="", score=worth)
    detail = ", ".join(missing_in(claim))
    return Verdict(supported=False, reason=Reason.NOT_COVERED, detail=detail, score=worth)


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence to be checked: as it is written, what it asserts, the stems of that, and what it has to stand in.

    `units` are those of the evidence that hold most of it; `is_bare` says that it is a "yes" or "no" to the question.
    """

    sentence: str
    question: str
    is_bare: bool
    asserted: str
    stems: tuple[str, ...]
    evidence: Evidence
    units: tuple[Unit, ...]


def take_apart(sentence: str, sources: Sequence[Source], question: str = "") -> Claim:
    """Find what a sentence asserts, and where its sources come nearest to it."""
    plain = CITATION.sub("", sentence).strip()
    evidence = gather(tuple(sources), language_of(plain))
    asserted = marks_as_cells(_asserted(plain, question, evidence.language))
    words = without_figures(without_addresses(asserted))
    stems = tuple(dict.fromkeys(stems_of(words, evidence.language)))
    figures = [one.text.lower() for one in find_figures(asserted)]
    is_bare = bool(question) and says_hardly_more(plain, evidence.language)
    return Claim(plain, question, is_bare, asserted, stems, evidence, tuple(choose(evidence, stems, figures)))


def first_broken(claim: Claim) -> tuple[Reason, str] | None:
    """Return the first rule that a sentence breaks, with the words that break it."""
    return next(_broken(claim), None)


def weigh(claim: Claim, embedder: Embedder) -> Features:
    """Gather the signs of how well the sources carry a sentence that breaks no rule."""
    units = claim.units
    if share_held(claim.stems, frozenset().union(*(unit.all_stems for unit in units))) < WELL_COVERED:
        units = with_nearest(claim.evidence, units, claim.asserted, embedder)
    return Features(
        logit=load_checker().judge(claim.asserted, premise_of(units)),
        coverage=_coverage(claim),
        missing=min(len(missing_in(claim)), MOST_MISSING),
    )


def missing_in(claim: Claim) -> list[str]:
    """Return the stems of a sentence that its sources have nowhere."""
    wanted = telling(claim.stems, claim.evidence.language)
    return [stem for stem in wanted if not is_held(stem, claim.evidence.stems)]


def _coverage(claim: Claim) -> float:
    """Return how much of it one unit holds of the part of a sentence that is held least: of what "and" adds."""
    language = claim.evidence.language
    words = PART.split(without_figures(without_addresses(claim.asserted)))
    parts = [part for part in (telling(stems_of(one, language), language) for one in words) if part]
    # "…and includes shoes" says nothing without what the sentence is about.
    parts += [[*parts[0][:1], *part] for part in parts[1:] if len(part) == 1]
    held = [unit.all_stems for unit in claim.evidence.units]
    # Small words alone stand in every source: of them the model has to be sure, unless figures were found.
    nothing = OF_FIGURES_ALONE if find_figures(claim.asserted) else 0.0
    best = (max((share_held(part, stems) for stems in held), default=0.0) for part in parts)
    return min(best, default=nothing)


def _asserted(sentence: str, question: str, language: str) -> str:
    """Return what a sentence says; "Yes, it does" says what was asked."""
    rest = FEEL_FREE.sub("you may", after_answer(sentence))
    if question and len(stems_of(rest, language)) < FEWEST_STEMS:
        return f"{question.rstrip('? ')}? {sentence}"
    return rest or sentence


def _least(claim: Claim) -> float:
    """Return the score from which a sentence is supported; a bare "no" stands there denied, and no model reads it."""
    if not claim.is_bare:
        return THRESHOLD
    return 0.0 if denies(claim.sentence) else CLEARLY


def _is_ill_answered(claim: Claim) -> bool:
    if not claim.question:
        return False
    answered = judge_answer(claim.sentence, claim.question, claim.evidence)
    return answered is Answered.WRONG or (claim.is_bare and answered is Answered.UNKNOWN)


def _broken(claim: Claim) -> Iterator[tuple[Reason, str]]:
    evidence, asserted = claim.evidence, claim.asserted
    yield from find_strange(claim.sentence, evidence)
    yield from find_misplaced(asserted, evidence)
    prices = [one.text for one in find_figures(asserted) if one.kind is FigureKind.PRICE]
    if prices and is_wrongly_per_head(asserted, evidence.plain):
        yield Reason.PRICE, prices[0]
    yield from ((Reason.PRICE, price) for price in find_added_units(asserted, evidence))
    names = (*find_strange_names(asserted, evidence), *find_swapped_names(asserted, evidence, claim.units))
    yield from ((Reason.NAME, name) for name in names)
    yield from ((Reason.NEGATION, clause) for clause in _denied_in(claim))
    yield from ((Reason.RESTRICTION, one) for one in find_unrestricted(asserted, evidence))
    yield from ((Reason.RESTRICTION, one) for one in find_lost(asserted, evidence))
    yield from ((Reason.RESTRICTION, one) for one in find_widened(asserted, evidence))
    yield from ((Reason.NEGATION, one) for one in find_opposed(asserted, evidence))
    yield from ((Reason.RESTRICTION, one) for one in find_spread(asserted, evidence))
    yield from ((Reason.NEGATION, one) for one in find_refused(asserted, evidence))
    yield from ((Reason.NAME, one) for one in find_swapped_roles(asserted, evidence))
    if _is_ill_answered(claim):
        yield Reason.NOT_ANSWERED, claim.sentence


def _denied_in(claim: Claim) -> Iterator[str]:
    evidence = claim.evidence
    keeps = keeps_condition(claim.asserted, evidence)
    if keeps is not None:
        yield from () if keeps else (claim.sentence,)
        return
    # "We teach" is read with what was asked, and by itself.
    said = dict.fromkeys((claim.asserted, *([] if claim.is_bare else [after_answer(claim.sentence)])))
    denied = (clause for one in said for clause in find_denied(one, evidence, claim.units))
    yield from (clause for clause in denied if not is_borne_out(clause, evidence))
    yield from find_moved(claim.asserted, evidence)


@cache
def _default_embedder() -> Embedder:
    return load_embedder()
