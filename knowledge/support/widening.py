"""What a sentence says of all, everywhere or at any time, and its source of some, somewhere or from a time on only.

Promises: pure; English, German, French and Spanish. "Members may leave at any time" is not what "at any time after the
first six months" says, nor "every Sunday" what "the first Sunday of the month" does. Where a clause of the sources says
the same without the limit nothing is said.
"""

import re
from collections.abc import Iterator
from itertools import zip_longest

from knowledge.support.agreement import agrees
from knowledge.support.calendar_words import WEEKDAYS
from knowledge.support.evidence import Evidence, Unit
from knowledge.support.figures import FigureKind, find_figures, without_figures
from knowledge.support.granting import AS_GOOD_AS_FREE, CONTRAST, FREE, IF
from knowledge.support.matter import is_held, share_held, stems_of, telling
from knowledge.support.negation import only_words

SEGMENT = re.compile(r"[;.]\s|\s[–—]\s|,?\s\b(?:but|aber|mais|pero)\b\s", re.IGNORECASE)
PHRASE_END = re.compile(
    r"[,;.()]\s?|\b(?:is|are|was|can|may|get|gets|costs?|and|und|et|y|or|oder|ou|ist|sind|kann|können|erhalten|bekommen|"
    r"est|sont|peut|peuvent|es|son|puede|pueden)\b",
    re.IGNORECASE,
)
JOINED = re.compile(r"\s(?:and|or|und|oder|sowie|et|ou|y|e|o)\s", re.IGNORECASE)
ANY_TIME = re.compile(
    r"\b(?:(?:at )?any ?time|at all times|always|whenever|jederzeit|immer|stets|à tout moment|n['’]importe quand|"
    r"toujours|en (?:cualquier|todo) momento|siempre)\b",
    re.IGNORECASE,
)
ANYWHERE = re.compile(
    r"\b(?:everywhere|anywhere|worldwide|überall|weltweit|partout|n['’]importe où|en todas partes|"
    r"en cualquier (?:lugar|sitio|parte)|a todas partes)\b",
    re.IGNORECASE,
)
THROUGHOUT = re.compile(
    r"\b(?:throughout|across|all over|wherever|(?:any|every|all) (?:countr|cit|town|place)\w+|nation-?wide|"
    r"bundesweit|landesweit|deutschlandweit|europaweit|in ganz|(?:dans|à travers) tou(?:te?s?|t)|tout le|toute la|"
    r"(?:en|por|a) tod[oa]s?)\b",
    re.IGNORECASE,
)
ALL = re.compile(
    r"\b(?:all|every|everyone|everybody|any|anyone|anybody|alle[nrms]?|jede[rnms]?|sämtliche\w*|tous|toute?s?|chaque|"
    r"tod[oa]s?|cada|cualquiera?)\b",
    re.IGNORECASE,
)
FOR_ALL = re.compile(
    r"\b(?:for|to|für|an|pour|à|para|a)\s+(?:all|every\w*|any\w*|alle\w*|jede\w*|tous|toute?s?|chaque|tod[oa]s?|cada|"
    r"cualquier\w*)\b",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\b(?:after|once|as soon as|within|innerhalb|binnen|sous|dentro de|"
    r"from|until|up to|before|nach|sobald|ab|bis|vor|après|dès|à partir|jusqu['’]à|avant|"
    r"una vez|después|tras|desde|a partir|hasta|antes)\s",
    re.IGNORECASE,
)
_FROM_ON = re.compile(
    r"\b(?:from (?:the )?(?:\w+ ){1,4}?on(?:wards?)?\b|from (?:the )?"
    r"(?=first|second|third|fourth|fifth|\d+(?:st|nd|rd|th))|"
    r"ab (?:der|dem|einem|einer) |à partir d(?:e|u) |dès (?:le|la) |a partir de |desde (?:el|la) )",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    r"\b(?:within|inside|outside|innerhalb|außerhalb|à l['’]intérieur|en dehors|en ville|dentro|fuera)\b(?! \d)",
    re.IGNORECASE,
)
_WHO = re.compile(r"\b(?:who|whose)\s", re.IGNORECASE)
_FOR = re.compile(
    r"\b(?:for|to|für|an|pour|para)\s+(?!all|every|any|alle|jede|tous|toute|chaque|tod[oa]s|cada)",
    re.IGNORECASE,
)
_IN = re.compile(r"\b(?:in|within|to|nach|innerhalb|en|dans|dentro|a)\s", re.IGNORECASE)
_IN_WHAT = re.compile(r"\s(?:in|within|im|auf|en|dans|au|aux|de|del)\s", re.IGNORECASE)
_LAW = re.compile(
    r"\b(?:first|second|third|fourth|last|[1-4](?:st|nd|rd|th)|erste[nr]?|zweite[nr]?|dritte[nr]?|vierte[nr]?|letzte[nr]?|"
    r"premier|deuxième|troisième|quatrième|dernier|primer|segundo|tercer|cuarto|último)\s+"
    rf"(?P<day>{'|'.join(WEEKDAYS)})\b",
    re.IGNORECASE,
)
NEAR = 0.66  # of a sentence's stems, which a unit must have that carries it
IS_ABOUT = 0.01  # what it counts among equals that a segment has the first of them
HELD = 0.6  # of a limit's words, from which the sentence has it too


def find_widened(sentence: str, evidence: Evidence) -> Iterator[str]:
    """Yield a sentence that says of more what its sources say of less."""
    is_wider = _adds_beyond_only(sentence, evidence) or _goes_everywhere(sentence, evidence)
    if is_wider or _frees_what_costs(sentence, evidence):
        yield sentence
        return
    is_wide = bool(ANY_TIME.search(sentence) or ANYWHERE.search(sentence) or ALL.search(sentence))
    days = {one.text.lower() for one in find_figures(sentence) if one.kind is FigureKind.DAY}
    if not is_wide and (not days or _LAW.search(sentence)):
        return
    carrying = list(_carrying(sentence, evidence))
    if carrying and all(_is_widened(sentence, *one) for one in carrying):
        yield sentence


def _goes_everywhere(sentence: str, evidence: Evidence) -> bool:
    """Whether a sentence says "everywhere", no matter in what, and nothing in the sources does."""
    said = ANYWHERE.search(sentence)
    if said is None or _IN_WHAT.match(sentence, said.end()):
        return False
    return not any(ANYWHERE.search(unit.text) or THROUGHOUT.search(unit.text) for unit in evidence.units)


def _carrying(sentence: str, evidence: Evidence) -> Iterator[tuple[str, str, Unit]]:
    """Yield the segments that have most of a sentence, each with what follows it, in the units that carry it."""
    language = evidence.language
    plain = ANYWHERE.sub(" ", ANY_TIME.sub(" ", sentence))
    stems = stems_of(without_figures(ALL.sub(" ", plain)), language)
    figures = [one for one in find_figures(sentence) if one.kind is not FigureKind.DAY]
    found: list[tuple[float, tuple[str, str, Unit]]] = []
    for unit, following in zip_longest(evidence.units, evidence.units[1:]):
        if not stems or share_held(stems, unit.all_stems) < NEAR:
            continue
        segments = [one for one in SEGMENT.split(unit.text) if one.strip()]
        after = [*segments[1:], following.text if following else ""]
        for segment, then in zip(segments, after, strict=True):
            held = find_figures(segment)
            if all(any(agrees(own, one) for one in held) for own in figures):
                own = frozenset(stems_of(segment, language))
                share = share_held(stems, own) + IS_ABOUT * is_held(stems[0], own)
                found.append((share, (segment, then, unit)))
    best = max((share for share, _ in found), default=0.0)
    yield from (one for share, one in found if share == best)


def _is_widened(sentence: str, segment: str, then: str, unit: Unit) -> bool:
    language = unit.language
    if _is_of_every_week(sentence, segment):
        return True
    limits: list[re.Pattern[str]] = []
    if ANY_TIME.search(sentence):
        limits += [_AFTER, IF]
        if not ANY_TIME.search(segment) and _has_untold_days(sentence, segment):
            return True
    if ANYWHERE.search(sentence):
        limits += [_INSIDE, _FOR, _IN]
        if not ANYWHERE.search(segment) and CONTRAST.search(then):
            return True
    if ALL.search(sentence):
        limits += [_FROM_ON, _INSIDE, _WHO]
    if FOR_ALL.search(sentence) and not FOR_ALL.search(segment):
        limits += [_FOR]
    return any(
        _is_untold(phrase, sentence, language) for limit in limits for phrase in _phrases(limit, segment)
    )


def _adds_beyond_only(sentence: str, evidence: Evidence) -> bool:
    """Say whether "or" adds something to what its subject has only: "freelancers through Lendly or Borrowa"."""
    language = evidence.language
    if not JOINED.search(sentence) or _has_only(sentence, language):
        return False
    stems = stems_of(without_figures(sentence), language)
    segments = [
        (segment, frozenset(stems_of(f"{unit.context} {segment}", language)))
        for unit in evidence.units
        for segment in SEGMENT.split(unit.text)
    ]
    if not stems or any(share_held(stems, own) == 1 for _, own in segments):
        return False
    return any(
        is_held(stems[0], own)
        and _is_told_of_only(segment, frozenset(stems), language)
        and any(is_held(stem, evidence.stems) and not is_held(stem, own) for stem in telling(stems, language))
        for segment, own in segments
        if _has_only(segment, language)
    )


def _is_told_of_only(segment: str, stems: frozenset[str], language: str) -> bool:
    """Say whether a sentence with these stems has what "only" is said of in a segment."""
    words = "|".join(sorted(only_words(language)))
    after = re.split(rf"\b(?:{words})\b", segment, maxsplit=1, flags=re.IGNORECASE)[-1]
    limited = stems_of(without_figures(PHRASE_END.split(after)[0]), language)
    return bool(limited) and share_held(limited, stems) >= NEAR


def _has_only(text: str, language: str) -> bool:
    return any(word in only_words(language) for word in re.findall(r"\w+", text.lower()))


def _frees_what_costs(sentence: str, evidence: Evidence) -> bool:
    """Say whether "and" adds to what is free what has a price in the sources, and is nowhere free."""
    if not FREE.search(sentence):
        return False
    language = evidence.language
    _, *items = JOINED.split(sentence)
    added = telling((stem for item in items for stem in stems_of(FREE.sub(" ", item), language)), language)
    segments = [segment for unit in evidence.units for segment in SEGMENT.split(unit.text)]
    free = frozenset(
        stem for one in segments if AS_GOOD_AS_FREE.search(one) for stem in stems_of(one, language)
    )
    priced = frozenset(
        stem
        for one in segments
        if any(figure.kind is FigureKind.PRICE for figure in find_figures(one))
        for stem in stems_of(without_figures(one), language)
    )
    return any(is_held(stem, priced) and not is_held(stem, free) for stem in added)


def _phrases(limit: re.Pattern[str], segment: str) -> Iterator[str]:
    for found in limit.finditer(segment):
        yield found[0] + PHRASE_END.split(segment[found.end() :])[0]


def _is_untold(phrase: str, sentence: str, language: str) -> bool:
    stems = frozenset(stems_of(without_figures(sentence), language))
    own = find_figures(sentence)
    words = stems_of(without_figures(phrase), language)
    figures = [one for one in find_figures(phrase) if one.kind is not FigureKind.TIME]
    told = sum(is_held(word, stems) for word in words)
    told += sum(any(agrees(said, one) for said in own) for one in figures)
    return bool(words or figures) and told < HELD * (len(words) + len(figures))


def _has_untold_days(sentence: str, segment: str) -> bool:
    own = find_figures(sentence)
    held = [one for one in find_figures(segment) if one.kind is FigureKind.DAY]
    return any(not any(agrees(said, one) for said in own) for one in held)


def _is_of_every_week(sentence: str, segment: str) -> bool:
    """Say whether a sentence has a weekday by itself that the segment has as the first or last of a month."""
    said = [one for one in find_figures(sentence) if one.kind is FigureKind.DAY]
    if not said or _LAW.search(sentence):
        return False
    held = [one for one in find_figures(segment) if one.kind is FigureKind.DAY]
    numbered = [found.span("day") for found in _LAW.finditer(segment)]
    same = [one for one in held if any(agrees(own, one) for own in said)]
    return bool(same) and all(any(start <= one.start < end for start, end in numbered) for one in same)
