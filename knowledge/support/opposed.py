"""Sentences that say the contrary of their source in other places than a clause's denial.

Promises: pure; English, German, French and Spanish. On which days something is open, and whether a time is when it
opens or closes; what is granted, or added with "and", though a clause denies it; buying where one can only rent.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.support.agreement import agrees
from knowledge.support.calendar import DayOf
from knowledge.support.evidence import Evidence
from knowledge.support.figures import Figure, FigureKind, find_figures, without_figures
from knowledge.support.granting import ACCEPT, EXCEPT, IF, MAY
from knowledge.support.matter import is_held, share_held, stems_of, telling
from knowledge.support.negation import Clause, clauses_in, denies, only_words

PART = re.compile(r"[,;:()]\s|\.\s|\b(?:and|but|und|aber|et|mais|y|e|pero)\b", re.IGNORECASE)
AND = frozenset({"and", "und", "et", "y", "e"})
ITEM = re.compile(
    r",\s|\b(?:and|as well as|und|sowie|et|ainsi que|y|e|así como|or|oder|ou|o)\b", re.IGNORECASE
)
OPEN = re.compile(
    r"\b(?:opens?|opened|opening|geöffnet|offen|öffn\w+|ouvert\w*|ouvr\w+|abiert\w+|abr(?:e|en|imos|ir))\b",
    re.IGNORECASE,
)
CLOSED = re.compile(
    r"\b(?:clos(?:e|es|ed|ing)|shuts?|geschlossen|schlie(?:ß|ss)\w+|ruhetag|fermée?s?|ferm(?:e|ent|ons|er)|"
    r"cerrad\w+|cierr\w+|cerr(?:ar|amos))\b",
    re.IGNORECASE,
)
BUYING = re.compile(
    r"\b(?:buy|bought|purchas\w*|sell|sells|sold|(?:ver)?kauf\w*|gekauft|achet\w*|vend\w*|compr(?:ar|a|an|as|ado))\b",
    re.IGNORECASE,
)
RENTING = re.compile(
    r"\b(?:rent\w*|hir(?:e|es|ed|ing)|borrow\w*|lend\w*|lent|loan\w*|\w*miet\w*|\w*leih\w*|\w*geliehen|lou(?:er|e|és?|ées?)|"
    r"location|prêt\w*|emprunt\w*|alquil\w*|prest\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Hours:
    """What a part of a text says of being open: `opens`, with the days or times of that part."""

    opens: bool
    figures: tuple[Figure, ...]


def find_opposed(sentence: str, evidence: Evidence) -> Iterator[str]:
    """Yield a sentence that says the contrary of what its sources say."""
    said = tuple(_hours_in(sentence, evidence.language, is_said=True))
    held = _hours_held(evidence)
    is_turned = any(_is_turned(one, held) for one in said)
    is_plain = not (denies(sentence) or EXCEPT.search(sentence) or IF.search(sentence))
    if (
        is_turned
        or _trades_wrongly(sentence, evidence)
        or (is_plain and (_adds_denied(sentence, evidence) or _grants_denied(sentence, evidence)))
    ):
        yield sentence


def _hours_in(text: str, language: str, *, is_said: bool = False) -> Iterator[_Hours]:
    """Yield what the parts of a text say; what is excepted is the contrary, and nothing of a sentence's own.

    A part of days and times alone is of the part before it, or of the first that says anything: "open Tuesday to Friday
    and Saturday", "on Sunday and Monday, it is closed".
    """
    waiting: list[str] = []
    is_open: bool | None = None
    for part, is_joined in _parts(text) if not EXCEPT.search(text) else [(text, False)]:
        plain, *excepted = EXCEPT.split(part, maxsplit=1)
        opens, closes = OPEN.search(plain), CLOSED.search(plain)
        if not (opens or closes) and not telling(stems_of(without_figures(plain), language), language):
            if is_open is None:
                waiting.append(plain)
            elif is_joined:
                yield _Hours(is_open != denies(plain), tuple(find_figures(plain)))
            continue
        is_open = None
        if bool(opens) == bool(closes):
            continue
        is_open = bool(opens) != denies(plain)
        yield _Hours(is_open, tuple(figure for one in (*waiting, plain) for figure in find_figures(one)))
        waiting.clear()
        if excepted and not is_said:
            yield _Hours(not is_open, tuple(find_figures(excepted[0])))


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a text, and whether an "and" joins them; no figure is parted: "Sunday and Monday" is one."""
    figures = list(find_figures(text))
    start, is_joined = 0, False
    for found in PART.finditer(text):
        if not any(one.start < found.end() and found.start() < one.end for one in figures):
            yield text[start : found.start()], is_joined
            start, is_joined = found.end(), found[0].lower() in AND
    yield text[start:], is_joined


def _is_turned(said: _Hours, held: tuple[_Hours, ...]) -> bool:
    return _is_on_other_days(said, held) or _is_at_other_end(said, held)


def is_borne_out(clause: str, evidence: Evidence) -> bool:
    """Say whether the sources say of the same weekday that it is open, or closed, as a clause does."""
    held = _hours_held(evidence)
    return any(
        not _is_turned(said, held)
        for said in _hours_in(clause, evidence.language, is_said=True)
        if _of_same_days(said, held)
    )


def _hours_held(evidence: Evidence) -> tuple[_Hours, ...]:
    return tuple(one for unit in evidence.units for one in _hours_in(unit.text, evidence.language))


def _of_same_days(said: _Hours, held: tuple[_Hours, ...]) -> list[_Hours]:
    """Return what is held of the days of a sentence; when something closes is no day on which it is closed."""
    if _has_time(said) and not said.opens:
        return []
    days = [one for one in said.figures if _is_weekday(one)]
    return [
        one
        for one in held
        if one.opens or not _has_time(one)
        for day in one.figures
        if _is_weekday(day) and any(agrees(own, day) for own in days)
    ]


def _has_time(hours: _Hours) -> bool:
    return any(one.kind is FigureKind.TIME for one in hours.figures)


def _is_on_other_days(said: _Hours, held: tuple[_Hours, ...]) -> bool:
    about = _of_same_days(said, held)
    return bool(about) and all(one.opens != said.opens for one in about)


def _is_weekday(figure: Figure) -> bool:
    return all(isinstance(day, DayOf) and day.weekday is not None for day in figure.values)


def _is_at_other_end(said: _Hours, held: tuple[_Hours, ...]) -> bool:
    """Say whether a single time is told as opening that is closing, or the reverse; of two the first opens."""
    times = [one for one in said.figures if one.kind is FigureKind.TIME]
    if len(times) != 1 or times[0].bound is not None:
        return False
    ends: list[bool] = []
    for one in held:
        own = [figure for figure in one.figures if figure.kind is FigureKind.TIME]
        is_range = len(own) > 1
        ends += [
            (at % 2 == 0) == one.opens if is_range else one.opens
            for at, figure in enumerate(own)
            if agrees(times[0], figure)
        ]
    return bool(ends) and all(is_opening != said.opens for is_opening in ends)


def _adds_denied(sentence: str, evidence: Evidence) -> bool:
    """Say whether "and" adds what a clause denies of the same: "includes a lamp and the ride"."""
    language = evidence.language
    plain = without_figures(sentence)
    if not ITEM.search(plain):
        return False
    whole = dict.fromkeys(stems_of(plain, language))
    clauses = [one for unit in evidence.units for one in clauses_in(unit)]
    return any(
        _is_denied_only(stem, whole.keys() - {stem}, clauses, is_granting=_grants(sentence))
        for stem in telling(whole, language)
    )


def _is_denied_only(own: str, rest: set[str], clauses: list[Clause], *, is_granting: bool) -> bool:
    """Say whether all clauses that have a word deny it, of the same or where a sentence grants what they refuse."""
    holding = [one for one in clauses if own in one.stems] or [
        one for one in clauses if is_held(own, one.stems)
    ]
    about = [
        one
        for one in holding
        if any(is_held(stem, one.stems) for stem in rest) or (is_granting and _grants(one.text))
    ]
    return bool(about) and len(about) == len(holding) and all(_is_plainly_denied(one) for one in about)


def _is_plainly_denied(clause: Clause) -> bool:
    return clause.is_denied and not clause.is_only and not any(is_second for _, is_second in clause.sides)


def _grants(text: str) -> bool:
    return bool(MAY.search(text) or ACCEPT.search(text))


def _grants_denied(sentence: str, evidence: Evidence) -> bool:
    """Say whether all that a sentence grants stands in clauses alone that refuse it: "You can pay in cash"."""
    language = evidence.language
    is_only = only_words(language) & set(re.findall(r"\w+", sentence.lower()))
    if is_only or find_figures(sentence) or not _grants(sentence):
        return False
    own = frozenset(telling(stems_of(MAY.sub(" ", ACCEPT.sub(" ", sentence)), language), language))
    about = [
        one for unit in evidence.units for one in clauses_in(unit) if own and share_held(own, one.stems) == 1
    ]
    return bool(about) and all(one.is_denied and not one.is_only and _grants(one.text) for one in about)


def _trades_wrongly(sentence: str, evidence: Evidence) -> bool:
    """Say whether a sentence sells what its sources only lend, or lends what they only sell."""
    text = evidence.plain
    return any(
        said.search(sentence) and not other.search(sentence) and other.search(text) and not said.search(text)
        for said, other in ((BUYING, RENTING), (RENTING, BUYING))
    )
