"""Whether a sentence denies what its source says, or says what its source denies.

Promises: pure. Clauses that say nearly the same are compared: words of denial, and words that are each other's
opposites. Where no clause is near enough nothing is said.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise

from knowledge.keywords import tokenizer_for
from knowledge.support.evidence import Evidence, Unit
from knowledge.support.figures import without_figures
from knowledge.support.listed import (
    DENYING,
    SHORT,
    STATEMENT_CUT,
    bind_denied_lists,
    is_item,
    items_in,
    without_marks,
)
from knowledge.support.matter import is_held, stems_of
from knowledge.support.plainly import ANSWERED_NO, as_denied, plainly
from knowledge.support.prefixes import base_of
from knowledge.support.signs import MARKS
from knowledge.support.wordings import (
    CONCORDANT,
    DENIALS,
    EXCEPTIONS,
    EXCLUDING,
    NO,
    ONLY,
    ONLY_IN_SPANISH,
    OPPOSITES,
    UNIVERSAL,
    YES,
)

CUT = re.compile(rf",|{STATEMENT_CUT}", re.IGNORECASE)
JOINED = re.compile(r"\s+(?:and|und|et|y)\s+", re.IGNORECASE)
SUBJECT = re.compile(r"^([^:—]{2,60}?)\s—\s")
OF_WHAT_FOLLOWS = frozenset({"before", "avant", "antes", "above", "over"})
NO_SUBJECT = ("",)
CELL = re.compile(r"[^,;]+?:\s*[^,;]+")
WORD = re.compile(rf"[^\W_]+|{MARKS}")
# A denial that is a condition of what is said: "what was not cancelled costs".
CONDITION = re.compile(
    r"\b(?:that|which|who|if|when|unless|wenn|falls|qui|si|cuando)\b.*\b(?:not|nicht|kein\w*|pas|no)\b",
    re.IGNORECASE,
)
BARE_DENIAL = re.compile(
    r"\s*(?:and|und|et|y|but)?\s*(?:not|nicht|kein\w*|pas|except|außer|sauf|excepto|salvo|no|never|without|ohne|sans|sin)\b",
    re.IGNORECASE,
)
OTHER = re.compile(r"\b(?:others?|else|ander\w*|sonst|autres?|otr[oa]s?)\b", re.IGNORECASE)
EXCEPTION = re.compile(rf"\b(?:{'|'.join(sorted(EXCEPTIONS))})\b", re.IGNORECASE)
FEWEST_WORDS = 3  # of each side of an "and" that joins clauses
NEAR = 0.66  # of a clause's words that the other has, from which they say the same or its contrary
FEWEST_STEMS = 2
AROUND = 0.8  # what a word counts that stands in the sentence, but in another clause
SUBJECT_WORDS, SUBJECT_SHARE = 3, 0.5  # what a sentence is about, and how much of that a unit must have
CLAUSES_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause's stems, opposites by the first of each pair; whether it denies, says "only", or says "every".

    `sides` are the opposites it has, by the first of each pair, and whether it has the second. `is_cut_short` says that
    nothing follows its denial: "refunds do not"; `is_cell` that it is a column's name with a yes or no,
    `is_carried` that it has the stems of the clause before it as well. `inverted` are the stems of words whose
    prefix denies them, "un" being left out of `stems`: "open" of "unopened". `item` are the stems of the one thing it
    is about, where the clause before it says the same of several.
    """

    stems: frozenset[str]
    is_denied: bool
    is_only: bool
    is_universal: bool
    is_cut_short: bool
    is_cell: bool
    is_carried: bool
    sides: tuple[tuple[str, bool], ...]
    text: str
    inverted: frozenset[str] = frozenset()
    item: frozenset[str] = frozenset()


def find_denied(sentence: str, evidence: Evidence, units: Sequence[Unit]) -> Iterator[str]:
    """Yield the clauses of a sentence that its sources say the contrary of."""
    held = [(clause, unit) for unit in units for clause in clauses_in(unit)]
    subject = _subject(sentence, evidence.language)
    for clause in clauses_of(sentence, evidence.language, is_source=False):
        is_open = CONDITION.search(clause.text) or EXCEPTIONS & set(WORD.findall(clause.text.lower()))
        if not clause.stems or clause.is_carried or is_open:
            continue
        nearness = [(_nearness(clause, one, unit, subject), one) for one, unit in held]
        best = max((near for near, _ in nearness), default=(0.0, 0.0))
        if best[0] >= NEAR and all(_contradicts(clause, one) for near, one in nearness if near == best):
            yield clause.text


def only_words(language: str) -> frozenset[str]:
    """Return the words that say "only"."""
    return ONLY | {ONLY_IN_SPANISH} if language == "es" else ONLY


def denies(text: str) -> bool:
    """Say whether a text has a word of denial."""
    return any(word in DENYING for word in WORD.findall(SHORT.sub(" not", text.lower())))


@lru_cache(maxsize=CLAUSES_REMEMBERED)
def clauses_of(text: str, language: str, *, is_source: bool = True) -> tuple[Clause, ...]:
    """Return the clauses of a text; a table's or list's cell with its name is one.

    What only denies, as in "from Vaillant, not from Daikin", takes the words of the clause before it. In a source
    "…without a limit" is a clause of its own: the rest holds by itself.
    """
    clauses: list[Clause] = []
    before: Clause | None = None
    plain = bind_denied_lists(plainly(text, language, is_source=is_source), language)
    for part in filter(str.strip, _parts(plain)):
        clause = _clause(without_marks(part), language)
        for one in (clause, *_of_each_item(part, language)):
            is_bare = len(one.stems) <= FEWEST_STEMS and bool(BARE_DENIAL.match(part))
            # What shares a word with the clause before it has a verb of its own: "pero no incluye la cena".
            if before and (one.is_cut_short or (is_bare and not one.stems & before.stems)):
                sides = (*before.sides, *one.sides)
                clauses.append(replace(one, stems=one.stems | before.stems, sides=sides, is_carried=True))
            clauses.append(one)
        before = clause
    return tuple(clauses)


def clauses_in(unit: Unit) -> tuple[Clause, ...]:
    """Return the clauses of a unit.

    What is only named is denied by what stands above ("We do not ship to:"), and a question by the "no" after it.
    """
    above, language = unit.introduction, unit.language
    if ANSWERED_NO.match(unit.answer):
        return clauses_of(as_denied(unit.text), language)
    if above.endswith("?"):
        asked = clauses_of(as_denied(above), language) if ANSWERED_NO.match(unit.text) else ()
        return (*asked, *clauses_of(unit.text, language))
    if denies(above) and is_item(unit.text, language):
        return clauses_of(f"{above}: {unit.text}", language)
    return clauses_of(unit.text, language)


def _of_each_item(part: str, language: str) -> Iterator[Clause]:
    """Yield what a clause says of several things, of each of them."""
    clauses = [_clause(item, language) for item in items_in(part)]
    shared = frozenset.intersection(*(one.stems for one in clauses)) if clauses else frozenset()
    yield from (replace(one, item=one.stems - shared) for one in clauses if one.stems - shared)


def _contradicts(said: Clause, held: Clause) -> bool:
    if said.is_only:  # "only by arrangement" and "only without", "only X are taken" and "X are not taken"
        is_bare = said.stems <= held.stems and said.sides == held.sides and not OTHER.search(held.text)
        return is_bare and said.is_denied != held.is_denied and (held.is_only or held.is_denied)
    if held.is_only:
        return said.is_denied != held.is_denied if said.is_denied else said.is_universal
    own, theirs = dict(_one_sided(said.sides)), dict(_one_sided(held.sides))
    turned = sum(own[first] != theirs[first] for first in own.keys() & theirs.keys())
    turned += len((said.inverted - held.inverted) & held.stems)
    turned += len((held.inverted - said.inverted) & said.stems)
    return (said.is_denied != held.is_denied) != (turned % 2 == 1)


def _one_sided(sides: tuple[tuple[str, bool], ...]) -> Iterator[tuple[str, bool]]:
    """Yield the opposites of which a clause has one side only."""
    yield from (side for side in sides if (side[0], not side[1]) not in sides)


def _parts(text: str) -> Iterator[str]:
    at = 0
    text = SUBJECT.sub(lambda found: f"{found[1]}; ", text)
    for cell in CELL.finditer(text):
        words = WORD.findall(cell[0].lower())
        if (words and words[-1] in YES | NO) or cell[0].rstrip().endswith(("–", "—")):
            yield from _cut(text[at : cell.start()])
            yield cell[0]
            at = cell.end()
    yield from _cut(text[at:])


def _cut(text: str) -> Iterator[str]:
    for part in CUT.split(text):
        halves = JOINED.split(part)
        # What "and" joins is a clause of its own where both sides could be one.
        are_clauses = all(len(half.split()) >= FEWEST_WORDS or BARE_DENIAL.match(half) for half in halves)
        yield from halves if are_clauses else [part]


def _clause(text: str, language: str) -> Clause:
    words = WORD.findall(SHORT.sub(" not", text.lower()))
    denials = _count_denials(words)
    denials += bool(words) and words[0] in EXCEPTIONS
    denials -= {"ne", "pas"} <= set(words) and words.count("pas") > 1
    stems = set(stems_of(EXCEPTION.sub(" ", without_figures(text)), language))
    if ":" in text:
        denials += (bool(words) and words[-1] in NO - DENIALS) or text.rstrip().endswith(("–", "—"))
        stems -= YES | NO
    firsts = _firsts(language)
    sides = tuple(
        _side(word, after, firsts)
        for word, after in pairwise([*words, ""])
        if word in firsts and word not in EXCLUDING
    )
    for word in filter(firsts.__contains__, words):
        first, _ = firsts[word]
        own = (tokenizer_for(language)(word), stems_of(word, language) if word != firsts[word][0] else ())
        stems = {*stems.difference(*own), *tokenizer_for(language)(first)}
    inverted = dict(_inverted(words, language))
    stems = {inverted[stem] if stem in inverted and stem.startswith("un") else stem for stem in stems}
    ends = [at for at, word in enumerate(words) if word in DENIALS]
    return Clause(
        frozenset(stems),
        is_denied=denials % 2 == 1,
        is_only=any(word in only_words(language) for word in words),
        is_universal=any(word in UNIVERSAL for word in words),
        is_cut_short=bool(ends) and not stems_of(" ".join(words[ends[-1] + 1 :]), language),
        is_cell=":" in text and bool(words) and words[-1] in YES | NO,
        is_carried=False,
        sides=sides,
        text=text.strip(),
        inverted=frozenset(inverted.values()),
    )


def _count_denials(words: Sequence[str]) -> int:
    """Count what denies; "ni" and "ningún" deny once, with "no" or "ne" and by themselves."""
    denying = [word for word in words if word in DENYING]
    return len([word for word in denying if word not in CONCORDANT]) or min(len(denying), 1)


def _inverted(words: Sequence[str], language: str) -> Iterator[tuple[str, str]]:
    """Yield the stem of each word that has a prefix of denial with the stem of the rest: "unopened" with "open"."""
    for word in words:
        base = base_of(word, language)
        if base:
            yield from zip(stems_of(word, language)[:1], stems_of(base, language)[:1], strict=False)


def _side(word: str, after: str, firsts: dict[str, tuple[str, bool]]) -> tuple[str, bool]:
    first, is_second = firsts[word]
    # "Before 2 pm" denies "after 2 pm", and not "after lunch".
    return (f"{first} {after}" if first in OF_WHAT_FOLLOWS else first), is_second


@cache
def _firsts(language: str) -> dict[str, tuple[str, bool]]:
    """Return each of the opposites with the first of its pair, and whether it is the second."""
    firsts: dict[str, tuple[str, bool]] = {}
    for pair in OPPOSITES[language].split():
        first, second = pair.split("/")
        root, is_second = firsts.setdefault(first, (first, False))
        firsts.setdefault(second, (root, not is_second))
    return firsts


def _nearness(clause: Clause, other: Clause, unit: Unit, subject: frozenset[str]) -> tuple[float, float]:
    """Return which share of a clause's stems the other has, with those of its unit a little less, and the reverse."""
    if subject and sum(is_held(stem, unit.all_stems) for stem in subject) < SUBJECT_SHARE * len(subject):
        return 0.0, 0.0
    own = {stem for stem in clause.stems if is_held(stem, other.stems)}
    if other.item and not any(is_held(stem, other.item) for stem in own):
        return 0.0, 0.0
    around = sum(is_held(stem, unit.all_stems) for stem in clause.stems - own)
    back = sum(is_held(stem, clause.stems | subject) for stem in other.stems) / max(len(other.stems), 1)
    item = stems_of((SUBJECT.match(unit.text) or NO_SUBJECT)[0], unit.language)
    if clause.is_cell and other.stems and other.stems <= set(item):
        return 0.0, 0.0
    if other.is_cell and back == 1 and (own or clause.is_cell):
        is_its_row = set(item) <= clause.stems | subject if item else clause.is_cell
        return (1.0, back) if is_its_row else (0.0, back)
    is_whole = back == 1 or (len(clause.stems) >= FEWEST_STEMS and clause.stems - subject <= own)
    is_about_it = own - subject and (len(own) >= FEWEST_STEMS or is_whole)
    return round((len(own) + AROUND * around) / len(clause.stems), 3) if is_about_it else 0.0, round(back, 3)


def _subject(sentence: str, language: str) -> frozenset[str]:
    """Return the stems of what a sentence is about: those of its first words."""
    row = SUBJECT.match(sentence)
    if row:
        return frozenset(stems_of(without_figures(row[1]), language))
    first = re.split(r"[,;:(]", sentence)[0].split()[:SUBJECT_WORDS]
    plain = " ".join(word for word in first if word.lower() not in _firsts(language))
    stems = stems_of(without_figures(plain), language)
    everything = stems_of(without_figures(sentence), language)
    return frozenset(stems if len(set(stems)) < len(set(everything)) else stems[:-1])
