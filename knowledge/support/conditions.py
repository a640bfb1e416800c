"""Conditions turned round: "not covered if you took our plan" of "not covered unless you took our plan".

Promises: pure; English, German, French and Spanish. Only a sentence and a source with the same condition are compared.
"""

import re
from dataclasses import dataclass

from knowledge.support.evidence import Evidence
from knowledge.support.figures import without_figures
from knowledge.support.matter import share_held, stems_of
from knowledge.support.negation import denies

_UNLESS = (
    r"unless|except (?:if|when)|es sei denn,?(?: dass)?|außer(?: wenn|,? falls)|sauf (?:si|lorsque|quand)|"
    r"à moins (?:que|d['’]|de)|a menos que|a no ser que|salvo (?:si|que|cuando)|excepto (?:si|cuando)"
)
_IF = (
    r"(?:only )?(?:if|when)|as long as|provided(?: that)?|(?:nur )?(?:wenn|falls|sofern)|"
    r"(?:seulement )?(?:si|lorsque|quand)|à condition (?:que|de)|(?:sólo |solo )?(?:si|cuando)|siempre que"
)
_CONDITION = re.compile(rf"(?:(?<=\s)|^)(?:(?P<unless>{_UNLESS})|{_IF})(?=[\s’'])", re.IGNORECASE)
_STATEMENT_END = re.compile(r"[.;:!?]\s|\s[–—]\s|\b(?:but|aber|mais|pero)\b")
_HAS_MOST = 0.75  # of the stems of one, from which the other says the same


@dataclass(frozen=True, slots=True)
class _Conditional:
    """What is said and under which condition, by their stems; `is_turned` where one of them alone is denied."""

    said: frozenset[str]
    condition: frozenset[str]
    is_turned: bool
    is_unless: bool


def keeps_condition(sentence: str, evidence: Evidence) -> bool | None:
    """Say whether a sentence says under a condition what its sources say; None where that is for others to find.

    That is where none has the condition, or all say it in the same way: "covered if", and not "not covered unless".
    """
    own = _conditional(sentence, evidence.language)
    if own is None:
        return None
    texts = (part for unit in evidence.units for part in _STATEMENT_END.split(unit.text))
    held = filter(None, (_conditional(text, evidence.language) for text in texts))
    alike = [one for one in held if _is_same(own.said, one.said) and _is_same(own.condition, one.condition)]
    agreeing = [one for one in alike if one.is_turned == own.is_turned]
    if not agreeing:
        return False if alike else None
    is_other_way = any(one.is_unless != own.is_unless and own.condition <= one.condition for one in agreeing)
    return True if is_other_way else None


def _conditional(text: str, language: str) -> _Conditional | None:
    found = _CONDITION.search(text)
    if found is None:
        return None
    before, behind = text[: found.start()], text[found.end() :]
    if not before.strip():  # "If you took our plan, it is covered"
        behind, _, before = behind.partition(",")
    said, condition = (frozenset(stems_of(without_figures(one), language)) for one in (before, behind))
    if not (said and condition):
        return None
    is_unless = bool(found["unless"])
    return _Conditional(said, condition, (denies(before) != denies(behind)) != is_unless, is_unless)


def _is_same(one: frozenset[str], other: frozenset[str]) -> bool:
    return min(share_held(one, other), share_held(other, one)) >= _HAS_MOST or one <= other
