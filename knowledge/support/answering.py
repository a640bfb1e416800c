"""Whether a "yes" or "no" is right: it says what was asked, and nothing of it stands in the sentence itself.

Promises: pure; English, German, French and Spanish. A clause of the sources decides that holds what was asked: with
its days and figures, and denied or not. Where none does nobody knows.
"""

import re
from collections.abc import Iterator
from enum import StrEnum

from knowledge.support.agreement import agrees
from knowledge.support.evidence import Evidence, Unit
from knowledge.support.figures import find_figures, without_figures
from knowledge.support.granting import EXCEPT, IF
from knowledge.support.matter import is_held, share_held, stems_of, telling
from knowledge.support.negation import Clause, clauses_in, clauses_of, denies

_YES = (
    r"yes|yeah|yep|yup|sure(?: thing)?|certainly|of course|absolutely|definitely|indeed|exactly|correct|ok(?:ay)?|"
    r"ja(?:wohl)?|klar|natürlich|sicher(?:lich)?|genau|stimmt|selbstverständlich|gewiss|"
    r"oui|bien sûr|certainement|tout à fait|absolument|exactement|effectivement|"
    r"sí|si|claro(?: que sí)?|por supuesto|desde luego|exacto|correcto|así es"
)
_NO = (
    r"no|nope|not at all|unfortunately not|nein|leider (?:nein|nicht)|keineswegs|"
    r"non|pas du tout|malheureusement (?:non|pas)|en absoluto|lamentablemente no"
)
_ANSWER = re.compile(rf"^\W*(?:(?P<yes>{_YES})|(?P<no>{_NO}))(?:\W*[,.:;!–—-]+\s*|\W*$)", re.IGNORECASE)
_ASKED = re.compile(r"[^.!?\n]+\?")
_OWN_SHARE = 0.5  # of what was asked, which a clause has to have itself; the rest may stand around it


class Answered(StrEnum):
    """What the sources say of a "yes" or "no"."""

    RIGHT = "right"
    WRONG = "wrong"
    UNKNOWN = "unknown"


def after_answer(sentence: str) -> str:
    """Return a sentence without the "yes", "no", "of course" that it begins with."""
    return _ANSWER.sub("", sentence)


def says_hardly_more(sentence: str, language: str) -> bool:
    """Say whether nothing is left of a sentence beside an answer: "Yes.", "Yes, it is", "Sure!", "You can"."""
    rest = after_answer(sentence)
    left = telling(stems_of(without_figures(rest), language), language)
    is_answer = rest != sentence and len(left) < 2
    return not find_figures(rest) and (is_answer or not left)


def judge_answer(sentence: str, question: str, evidence: Evidence) -> Answered:
    """Say whether the "yes" or "no" of a sentence is right; RIGHT too of one that has none and says it itself."""
    found = _ANSWER.match(sentence)
    rest = after_answer(sentence)
    is_bare = says_hardly_more(sentence, evidence.language)
    if not (found or is_bare):
        return Answered.RIGHT
    says_no = bool(found["no"]) if found else denies(rest)
    asked = _ASKED.findall(question) or [question]
    found_out = {_judge(one, rest if not is_bare else "", evidence, says_no=says_no) for one in asked}
    if Answered.WRONG in found_out:
        return Answered.WRONG
    return Answered.RIGHT if found_out == {Answered.RIGHT} else Answered.UNKNOWN


def _judge(question: str, rest: str, evidence: Evidence, *, says_no: bool) -> Answered:
    language = evidence.language
    parts = clauses_of(question.strip(" ?¿"), language, is_source=False)
    wanted = frozenset().union(*(part.stems for part in parts))
    said = frozenset().union(*(part.stems for part in clauses_of(rest, language, is_source=False)))
    if rest and share_held(wanted, said) == 1 and _has_figures(question, rest):
        return Answered.RIGHT  # the sentence says it, and is checked itself
    sides = dict(side for part in parts for side in part.sides)
    turned = [one.stems for unit in evidence.units for one in clauses_in(unit)]
    held = evidence.stems.union(*turned)
    known = frozenset(stem for stem in wanted if is_held(stem, held))
    about = [
        (clause, unit)
        for unit in evidence.units
        if known and _has_figures(question, unit.text)
        for clause in _telling_of(known, unit)
    ]
    agreeing = [_denies(clause, sides) == says_no for clause, _ in about]
    if not any(agreeing):
        return Answered.WRONG if agreeing else Answered.UNKNOWN
    is_plain = all(agreeing) and not any(_is_limited(clause, unit) for clause, unit in about)
    return Answered.RIGHT if is_plain and known == wanted else Answered.UNKNOWN


def _telling_of(wanted: frozenset[str], unit: Unit) -> Iterator[Clause]:
    """Yield the clauses of a unit that have most of what was asked, where the unit has all of it."""
    clauses = [one for one in clauses_in(unit) if not EXCEPT.match(one.text)]
    owned = [sum(is_held(stem, clause.stems) for stem in wanted) for clause in clauses]
    for clause, own in zip(clauses, owned, strict=True):
        is_nearest = own == max(owned) and own >= _OWN_SHARE * len(wanted)
        if is_nearest and share_held(wanted, unit.all_stems | clause.stems) == 1:
            yield clause


def _has_figures(question: str, text: str) -> bool:
    held = find_figures(text)
    return all(any(agrees(one, other) for other in held) for one in find_figures(question))


def _denies(clause: Clause, sides: dict[str, bool]) -> bool:
    turned = sum(is_second != sides[first] for first, is_second in clause.sides if first in sides)
    return clause.is_denied != (turned % 2 == 1)


def _is_limited(clause: Clause, unit: Unit) -> bool:
    return clause.is_only or bool(EXCEPT.search(unit.text) or IF.search(clause.text))
