"""Proper names of a sentence that its sources do not have.

Promises: pure. In German every noun has a capital, so there a word counts as a strange name only where it takes the
place of another: "in München" where the source has "in Hamburg".
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from knowledge.amounts import PEOPLE
from knowledge.plain import strip_markdown
from knowledge.support.calendar_words import MEASURES, MONTHS, PERIODS, WEEKDAYS
from knowledge.support.evidence import SOURCES_REMEMBERED, Evidence, Unit
from knowledge.support.figures import find_figures, without_figures
from knowledge.support.matter import is_held, share_held, stems_of
from knowledge.support.negation import clauses_of
from knowledge.support.prices import is_mark
from knowledge.support.wordings import ADDRESS, NATIONALITIES, SAME_NAMES

TOKEN = re.compile(r"[^\W_]+(?:(?:[-'’.&+]|_+)[^\W_]+)*(?:\++|#)?")
OPENING = re.compile(r"(?:^|[.!?:;–—]\s|[\n•*|\"“„«(]\s*)$")
SHOUTED_SHARE = 0.6  # of capitals, from which they mean nothing
SAME_SHARE = 0.75  # of a sentence's other words, from which only the name differs
NEARLY_SHARE = 0.6  # of them, that may be said of the name itself in other words
FEWEST_AROUND = 2
TITLED = re.compile(r"\b(?:Herrn?|Frau|Dr\.|Prof\.)\s+(?:Dr\.\s+)?([A-ZÄÖÜ][^\W_]+)")
DEGREES = re.compile(r"°\s?[cf]\b")
AFTER_BRACKETS = re.compile(r"(?<=\))(?:,|\s(?:and|und|et|y)\b)?\s")
UNIT_BEFORE = re.compile(r"[\d°]\s*$")
POSSESSIVE = re.compile(r"['’]s?$")
ELIDED = re.compile(r"^(?:[dlcnsjmt]|qu)['’]", re.IGNORECASE)
# What a common noun follows in German, and hardly a name: "im Voraus" beside "im Umkreis".
ARTICLE = re.compile(
    r"(?:der|die|das|den|dem|des|einer?|eine[ms]|einen|kein\w{0,2}|im|ins|am|zum|zur|beim|vom|[mdsi]?ein\w{0,2}|ihre?[mnrs]?|"
    r"unser\w{0,2}|diese[mnrs]?|jede[mnrs]?|alle[rn]?)",
    re.IGNORECASE,
)
WITH_DIGIT = re.compile(r"\d[^\W\d_]")  # "9h30", which may be a figure and no name
COUNTED = frozenset({*MEASURES, *PERIODS, *PEOPLE})
OF_NAMES = frozenset({"adresse", "nummer"})  # "E-Mail-Adresse" is none where "E-Mail" stands
CALENDAR = frozenset({*MONTHS, *WEEKDAYS})


def find_strange_names(sentence: str, evidence: Evidence) -> Iterator[str]:
    """Yield the names of a sentence that its sources lack."""
    known = _known_words(evidence)
    for name, is_sure in names_of(sentence, evidence.language):
        bare = _bare(name)
        if bare in known or all(part in known | OF_NAMES for part in re.split(r"[-.&]", bare) if part):
            continue
        if _is_otherwise_called(name, evidence):
            continue
        if is_sure or _takes_a_place(name, sentence, evidence):
            yield name


def find_swapped_names(sentence: str, evidence: Evidence, units: Sequence[Unit]) -> Iterator[str]:
    """Yield the names that stand where a source has another, all else of the clause being the same.

    "The link to Xero is in beta" is not what "The link to Shopify is in beta" says, wherever else Xero stands. What
    denies is left out: "Solo has no approval steps" may be said of "Approval steps are part of Studio only".
    """
    for clause in clauses_of(sentence, evidence.language):
        if not clause.is_denied:
            stems = frozenset(stems_of(without_figures(clause.text), evidence.language))
            names = [
                one for one in sure_names(clause.text, evidence) if not _is_otherwise_called(one, evidence)
            ]
            yield from (name for name in names if _stands_instead(name, stems, evidence.language, units))
            yield from (name for name in names if _is_swapped_within(name, stems, evidence, units))


def _stands_instead(name: str, stems: frozenset[str], language: str, units: Sequence[Unit]) -> bool:
    own = frozenset(stems_of(name, language))
    rest = stems - own
    if not own or len(rest) < FEWEST_AROUND:
        return False
    alike = [unit for unit in units if share_held(rest, unit.all_stems) >= SAME_SHARE]
    named = [unit for unit in units if share_held(own, unit.all_stems) == 1]
    if not alike or any(share_held(rest, unit.all_stems) >= NEARLY_SHARE for unit in named):
        return False
    best = max(alike, key=lambda unit: share_held(rest, unit.all_stems))
    written = (*TITLED.findall(best.text), *(other for other, _ in names_of(best.text, language)))
    others = (stem for other in written for stem in stems_of(other, language))
    return any(not is_held(stem, stems) for stem in others)


def _is_swapped_within(name: str, stems: frozenset[str], evidence: Evidence, units: Sequence[Unit]) -> bool:
    """Say the same of a sentence's own clauses: "Ana leads support and Tom leads sales"."""
    language = evidence.language
    for unit in units:
        apart = AFTER_BRACKETS.split(unit.text)  # "Ines Holm (north), Piet Vos (south)"
        texts = apart if len(apart) > 1 else [clause.text for clause in clauses_of(unit.text, language)]
        parts = [replace(unit, text=text, context="") for text in texts]
        named = [part for part in parts if any(sure_names(part.text, evidence))]
        own, rest = frozenset(stems_of(name, language)), stems - frozenset(stems_of(name, language))
        whole = [part for part in named if share_held(rest, part.all_stems) == 1]
        is_elsewhere = any(share_held(own, part.all_stems) == 1 for part in named if part not in whole)
        if is_elsewhere and whole and _stands_instead(name, stems, language, named):
            return True
    return False


def sure_names(text: str, evidence: Evidence) -> Iterator[str]:
    """Yield the names of a clause, words that follow each other as one, and a first word that is a name elsewhere.

    In German, where every noun would be one, those of people with a title.
    """
    if evidence.language == "de":
        yield from TITLED.findall(text)
        return
    sure = {name for name, is_sure in names_of(text, evidence.language) if is_sure}
    for word in TOKEN.findall(text)[:2]:
        written = rf"(?<=[a-zà-ÿ,] ){re.escape(word)}\b|^\W*{re.escape(word)}\b\W*[:|]"
        if word[0].isupper() and (
            re.search(written, evidence.written, re.MULTILINE)
            or f"{word} {_after(word, text)}" in evidence.written
        ):
            sure.add(word)
    group: list[str] = []
    for word in [*TOKEN.findall(text), ""]:
        if word in sure:
            group.append(word)
        elif group:
            yield " ".join(group)
            group = []


def _after(word: str, text: str) -> str:
    """Return the capitalised word after another, or what no text has."""
    found = re.search(rf"\b{re.escape(word)} ([A-ZÀ-Ý][^\W_]+)", text)
    return found[1] if found else "\n\n"


def names_of(sentence: str, language: str) -> Iterator[tuple[str, bool]]:
    """Yield the words written like a name, and whether they can be nothing else."""
    text = strip_markdown(sentence)
    found = list(TOKEN.finditer(text))
    capitals = sum(token[0][0].isupper() for token in found)
    if len(found) > 3 and capitals > SHOUTED_SHARE * len(found) and language != "de":
        found = [token for token in found if _is_odd(token[0])]
    told = [(one.start, one.end) for one in find_figures(text)] if WITH_DIGIT.search(text) else []
    for token in found:
        if any(start <= token.start() and token.end() <= end for start, end in told):
            continue
        word = ELIDED.sub("", token[0])
        if word.isdigit() or not word or word.lower() in CALENDAR | ADDRESS:
            continue
        if word.isupper() and is_mark(word.lower()):
            continue
        if _is_odd(word):
            yield word, True
        elif word[0].isupper() and _is_within(word, text[: token.start()]):
            yield word, language != "de"


def _is_within(word: str, before: str) -> bool:
    """Say whether a capital is no sentence's first, nor a unit's: "5 V", "40 °C"."""
    is_unit = len(word) == 1 and UNIT_BEFORE.search(before)
    return not is_unit and not OPENING.search(before)


def _is_odd(word: str) -> bool:
    """Say whether a word has a capital within, or letters and figures: iOS, QuickBooks, X200."""
    letters = re.sub(r"[^\w]", "", word)
    has_inner_capital = any(letter.isupper() for letter in letters[1:])
    has_both = any(c.isdigit() for c in letters) and any(c.isalpha() for c in letters)
    is_counted = bool(
        re.match(
            r"^\d+(?:st|nd|rd|th|er|e|h|am|pm|k|gb|mb|tb|kg|km|cm|mm|m|min|m²)?$", letters, re.IGNORECASE
        )
    )
    return (has_inner_capital or has_both) and not is_counted


@lru_cache(maxsize=SOURCES_REMEMBERED)
def _known_words(evidence: Evidence) -> frozenset[str]:
    tokens = (ELIDED.sub("", token) for token in TOKEN.findall(DEGREES.sub(" ", evidence.plain)))
    return frozenset(
        part for token in tokens for part in (_bare(token), *re.split(r"[-.&]", _bare(token))) if part
    )


def _bare(word: str) -> str:
    """Return a word as it is compared: small, without accents, possessive and plural."""
    plain = unicodedata.normalize("NFKD", POSSESSIVE.sub("", word.lower()))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return plain[:-1] if plain.endswith("s") and len(plain) > 3 else plain


def _is_otherwise_called(name: str, evidence: Evidence) -> bool:
    bare = _bare(name)
    return any(bare in same and (same - {bare}) & _known_words(evidence) for same in _same_names())


@cache
def _same_names() -> tuple[frozenset[str], ...]:
    lines = (*SAME_NAMES.strip().splitlines(), *(pair.replace("/", " ") for pair in NATIONALITIES.split()))
    return tuple(frozenset(map(_bare, line.split())) for line in lines)


def _takes_a_place(name: str, sentence: str, evidence: Evidence) -> bool:
    """Say whether a word follows the word that another capital of the sources follows, which the sentence lacks."""
    stem = stems_of(name, evidence.language)
    if name.lower() in COUNTED or (stem and is_held(stem[0], evidence.stems)):
        return False
    before = re.search(rf"([^\W_]+)\W+{re.escape(name)}", sentence)
    if before is None or ARTICLE.fullmatch(before[1]):
        return False
    said = {_bare(word) for word in TOKEN.findall(sentence)}
    others = re.findall(rf"\b{re.escape(before[1])}\s+([A-ZÄÖÜ][^\W_]+)", evidence.written, re.IGNORECASE)
    return any(other[0].isupper() and _bare(other) not in said for other in others)
