"""Whether a sentence says of one thing what its source says of the other: who does it, which of two has it.

Promises: pure; English, German, French and Spanish. "Ana runs the school and Tom the shop": of two clauses beside each
other, what is told of the one is not told of the other. Of people the same holds across sentences.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from knowledge.support.calendar import DayOf
from knowledge.support.calendar_words import MONTHS, WEEKDAYS
from knowledge.support.evidence import Evidence, Unit
from knowledge.support.figures import FigureKind, find_figures, without_figures
from knowledge.support.matter import share_held, stems_of, telling
from knowledge.support.names import TITLED
from knowledge.support.negation import denies, only_words
from knowledge.support.wordings import PRONOUNS

_SUBORDINATE = (
    r"that|which|who|how|when|where|if|because|dass|ob|wie|wann|wo|was|wer|die|der|das|wenn|weil|que|qui|où|comment|si|"
    r"quand|cómo|cuándo|donde"
)
CUT = re.compile(
    rf"[;.]\s|\s[–—]\s|,\s(?!(?:{_SUBORDINATE})\b(?-i:(?!\s[A-ZÄÖÜ])))|,\s(?=(?:die|der|das)\s[a-zäöü]+(?:,|\s(?:nicht|dass|wie)))|"
    r",?\s\b(?:and|but|while|whereas|und|aber|während|et|mais|tandis que|y|e|pero|mientras)\b\s",
    re.IGNORECASE,
)
LEADING = re.compile(
    r"^\W*(?:(?:Frau|Herrn?|Mme|M\.|Mr|Mrs|Ms|Dr)\.?\s+)?(?P<name>[A-ZÀ-Ý][\w'’-]+(?:\s[A-ZÀ-Ý][\w'’-]+)+)"
)
PERSON = re.compile(r"\b[A-ZÀ-Ý][a-zà-ÿ'’-]+(?:\s(?:de|von|van|del|la)){0,2}\s[A-ZÀ-Ý][a-zà-ÿ'’-]+\b")
DETERMINER = re.compile(
    r"^\W*(?:the|an?|der|die|das|eine?|l['’]|le|la|les|une?|el|los|las|una|[A-ZÀ-Ý0-9][\w-]*)(?:\s|$|(?<=['’]))"
)
BOTH_OF = re.compile(
    r"\b((?:to|for|on|in|with|für|auf|mit|pour|avec|à|para|con|en) (?:the )?[A-ZÀ-Ý]\w+) (?:and|und|et|y) "
    r"(?=[A-ZÀ-Ý]\w+(?:[.;]|$|\s(?:customers|clients|users|members|plans|kunden|nutzer|abonnés|clientes|usuarios)\b))"
)
"""What "and" joins without beginning a clause: "is open to Studio and Practice customers"."""

WITH_ONLY = re.compile(r"^\W*[^\W\d]+\s+(?:only|nur|seulement|solo|sólo)\b", re.IGNORECASE)
ALIKE = re.compile(
    r"\b(?:too|also|so (?:do|does|is|are|has|have|can)|likewise|same|both|as well|auch|ebenso|ebenfalls|genauso|beide|"
    r"aussi|également|de même|pareil|tous deux|también|igual\w*|lo mismo|ambos)\b",
    re.IGNORECASE,
)
AGENT = re.compile(r"\b(?:by|von|par|por)\s+(?:Frau |Herrn? |Dr\.? )?$")
BESIDE = re.compile(
    r"\b(?:with|to|for|of|from|in|at|near|mit|für|bei|zu|aus|in|avec|pour|de|à|chez|con|para|a|en)\s+$",
    re.IGNORECASE,
)
POSSESSIVE = frozenset({"his", "her", "its", "their", "sein", "ihr", "son", "sa", "ses", "leur", "su", "sus"})
ONLY = "only "  # stands among stems for a word that says so; no stem has a space
FEWEST_STEMS = 2  # told of somebody, from which it may be told of another instead
HAS_MOST = 0.66  # of what is said of somebody, from which a source may say it of them
NO_PERSON = frozenset({*MONTHS, *WEEKDAYS})


@dataclass(frozen=True, slots=True)
class _Part:
    """A clause as it stands beside another: the stems of what it is about, of the rest in their order, and its text."""

    subject: tuple[str, ...]
    rest: tuple[str, ...]
    text: str

    @property
    def stems(self) -> frozenset[str]:
        return frozenset((*self.subject, *self.rest))


@dataclass(frozen=True, slots=True)
class _Told:
    """A clause's stems, those of the sentence before where it leans on that, and of who does it, none of nobody."""

    stems: frozenset[str]
    around: frozenset[str]
    owner: frozenset[str]


def find_swapped_roles(sentence: str, evidence: Evidence) -> Iterator[str]:
    """Yield the parts of a sentence that say of one what the source says of another."""
    pairs = [pair for unit in evidence.units for pair in _pairs(unit)]
    for text in filter(None, CUT.split(sentence)):
        said = _part(text, evidence.language)
        if said is None or denies(text):
            continue
        is_swapped = any(_is_swapped(said, one, other) for one, other in pairs) and not _is_told(
            said, evidence
        )
        if is_swapped or _is_only_of_another(said, evidence):
            yield text
    yield from _done_by_another(sentence, evidence)


def _pairs(unit: Unit) -> Iterator[tuple[_Part, _Part]]:
    """Yield the clauses of a unit that stand beside each other, each about something of its own, in both orders."""
    texts = [text for text in CUT.split(unit.text) if text.strip()]
    for first, second in pairwise(texts):
        if ALIKE.search(second) or not (DETERMINER.match(second) or WITH_ONLY.match(second)):
            continue
        one, other = _part(first, unit.language), _part(second, unit.language)
        if one and other and one.rest and other.rest and not set(one.subject[:1]) & other.stems:
            for full in (one, *_with_adjective(one, unit.language)):
                yield full, other
                yield other, full


def _with_adjective(part: _Part, language: str) -> Iterator[_Part]:
    """Yield a clause as one about its second word, where adjectives follow: "le tampon rouge …, le bleu …"."""
    if language in {"fr", "es"} and len(part.subject) == 1 and len(part.rest) > 1:
        noun, adjective = part.subject[0], part.rest[0]
        yield replace(part, subject=(adjective,), rest=(noun, *part.rest[1:]))


def _part(text: str, language: str) -> _Part | None:
    plain = without_figures(text)
    stems = list(stems_of(plain, language))
    if not stems or text.split(maxsplit=1)[0].lower() in PRONOUNS - {"la", "das"}:
        return None
    named = LEADING.match(text)
    size = max(1, len(stems_of(named["name"], language))) if named else 1
    has_only = any(word in only_words(language) for word in re.findall(r"\w+", text.lower()))
    return _Part(tuple(stems[:size]), (*stems[size:], *_days_in(text), *([ONLY] if has_only else [])), text)


def _days_in(text: str) -> tuple[str, ...]:
    """Return the weekdays of a text as they stand among stems."""
    days = (day for one in find_figures(text) if one.kind is FigureKind.DAY for day in one.values)
    numbers = {day.weekday for day in days if isinstance(day, DayOf) and day.weekday is not None}
    return tuple(f"{number} weekday" for number in sorted(numbers))


def _is_swapped(said: _Part, own: _Part, other: _Part) -> bool:
    """Say whether a part is about `own` and says what `other` does."""
    subject, foreign = own.subject[0], other.subject[0]
    rest = [stem for stem in said.stems if stem not in own.subject]
    theirs = other.stems | own.stems if len(other.rest) < len(own.rest) else other.stems
    is_theirs = sum(stem in theirs for stem in rest) >= HAS_MOST * len(rest)
    if subject not in said.stems or foreign in said.stems or not is_theirs:
        return False
    if ONLY in said.rest and (ONLY in own.rest) != (ONLY in other.rest):
        return ONLY in other.rest
    # What both have right behind their subject belongs to it: "los rótulos de papel duran", "… de papel son".
    shared = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(said.rest, own.rest, strict=False))))
    shared = shared if said.subject == own.subject and shared < len(own.rest) else 0
    mine = [stem for stem in own.rest[shared:] if stem not in other.stems]
    told = [stem for stem in other.rest if stem not in own.stems]
    if len(own.rest) > len(other.rest):  # the other leaves out what both do: "and Tom the shop"
        return bool(told) and said.stems.issuperset(told) and not said.stems.issuperset(mine)
    told = told[-max(len(mine), 1) :]
    return bool(told and mine) and said.stems.issuperset(told) and not said.stems & set(mine)


def _is_told(said: _Part, evidence: Evidence) -> bool:
    """Say whether another clause of the sources has all of a part by itself."""
    for unit in evidence.units:
        whole, has_both = BOTH_OF.subn(r"\1 & ", unit.text)
        wanted = frozenset(telling(said.stems, unit.language)) if has_both else said.stems
        parts = (_part(text, unit.language) for text in CUT.split(whole) if text.strip())
        if any(part and wanted <= part.stems for part in parts):
            return True
    return False


def _is_only_of_another(said: _Part, evidence: Evidence) -> bool:
    """Say whether a part says "only" of what the sources say without, and of another with it."""
    if ONLY not in said.rest or find_figures(said.text):
        return False
    texts = (text for unit in evidence.units for text in CUT.split(unit.text))
    parts = [part for part in (_part(text, evidence.language) for text in texts) if part]
    own = [part for part in parts if said.subject[0] in part.subject]
    rest = [stem for stem in said.rest if stem != ONLY]
    of_others = any(
        ONLY in part.rest and said.subject[0] not in part.stems and share_held(rest, part.stems) >= HAS_MOST
        for part in parts
    )
    return of_others and bool(own) and not any(ONLY in part.rest for part in own)


def _done_by_another(sentence: str, evidence: Evidence) -> Iterator[str]:
    language = evidence.language
    people = {one for one, *_ in _people_in(sentence)}
    if len(people) != 1 or denies(sentence):
        return
    (name,) = people
    own = frozenset(stems_of(name, language))
    stems = (*dict.fromkeys(stems_of(without_figures(sentence), language)), *_days_in(sentence))
    rest = [stem for stem in stems if stem not in own]
    told = list(_told_of(evidence))
    alone = [one.owner for one in told if one.stems.issuperset(rest)]
    holders = alone or [one.owner for one in told if (one.stems | one.around).issuperset(rest)]
    mentions = [one for one in told if not one.owner or _is_same(own, one.owner) or own <= one.stems]
    is_elsewhere = (
        len(rest) >= FEWEST_STEMS
        and bool(holders)
        and all(owner and not _is_same(own, owner) for owner in holders)
    )
    if is_elsewhere and not any(share_held(rest, one.stems) >= HAS_MOST for one in mentions):
        yield name


def _is_same(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(other) and (one <= other or other <= one)


def _told_of(evidence: Evidence) -> Iterator[_Told]:
    """Yield the clauses of the sources with who does what they say."""
    owner: frozenset[str] = frozenset()
    for unit in (one for one in evidence.units if one.text.strip()):
        leans = unit.text.split(maxsplit=1)[0].lower() in PRONOUNS
        owner = owner if leans else frozenset()
        around = frozenset(stems_of(unit.context, unit.language)) if leans else frozenset()
        for at, text in enumerate(filter(str.strip, CUT.split(unit.text))):
            doing = _doer_in(text, is_first=at == 0)
            owner = frozenset(stems_of(doing, unit.language)) if doing else owner
            yield _Told(frozenset((*stems_of(text, unit.language), *_days_in(text))), around, owner)


def _doer_in(text: str, *, is_first: bool) -> str | None:
    """Return who does what a clause says, None where that is who did it before: "She …", "and helps Ana Roy"."""
    first = text.split(maxsplit=1)[0].lower()
    goes_on = first in PRONOUNS - POSSESSIVE or not (
        is_first or DETERMINER.match(text) or first in POSSESSIVE
    )
    doing = (one for one, is_doing, is_agent in _people_in(text) if is_agent or (is_doing and not goes_on))
    return next(doing, None)


def _people_in(text: str) -> Iterator[tuple[str, bool, bool]]:
    """Yield the people of a text by name, whether they may do what it says, and whether a "by" says so."""
    for found in PERSON.finditer(text):
        words = [word for word in found[0].split() if word.lower() not in NO_PERSON]
        before = text[: found.start()]
        if len(words) > 1:
            yield " ".join(words), not BESIDE.search(before), bool(AGENT.search(before))
    for found in TITLED.finditer(text):
        before = text[: found.start()]
        yield found[1], not BESIDE.search(before), bool(AGENT.search(before))
