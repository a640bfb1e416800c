"""What a sentence says of several things at once, and its source of some of them only: "A and B", "both", "all plans".

Promises: pure; English, German, French and Spanish. Each of "A and B" needs a clause of its own, or one about all; who
says "all plans" needs more than "on Studio and Practice", "the first two" or "plans that are paid yearly".
"""

import re
from collections.abc import Iterator, Sequence

from knowledge.support.agreement import agrees
from knowledge.support.evidence import Evidence
from knowledge.support.figures import find_figures, without_figures
from knowledge.support.matter import is_held, share_held, stems_of, telling
from knowledge.support.negation import denies
from knowledge.support.roles import ALIKE

SEGMENT = re.compile(r"[;.:]\s|\s[–—]\s|,?\s\b(?:but|aber|mais|pero)\b\s", re.IGNORECASE)
LISTED = re.compile(r",\s|\s(?:and|und|sowie|et|y|e)\s", re.IGNORECASE)
VERB = re.compile(
    r"\s(?:both|all|is|are|has|have|can|may|must|get|gets|beide|ist|sind|hat|haben|kann|können|dürfen|müssen|bieten|"
    r"sont|ont|peuvent|doivent|offrent|ambos|ambas|son|están|tienen|pueden|deben|ofrecen)\s",
    re.IGNORECASE,
)
BOTH = re.compile(
    r"\b(?:both|either|beide[nrms]?|les deux(?! (?:premi|derni))|tous deux|toutes deux|ambos|ambas|"
    r"l[oa]s dos(?! (?:primer|últim)))\b",
    re.IGNORECASE,
)
ALL = re.compile(
    rf"{BOTH.pattern}|\b(?:all|every|any|each(?! (?:on|in|for|at|an?|with|and|per)\b|[.,;]|$)|"
    r"alle[nrms]?|jede[rnms]?|sämtliche\w*|tous|toutes|toute|chaque|todos|todas|toda|cada(?! un[oa]\b)|cualquier)\b"
    r"(?!\s(?:others?|further|additional|weitere\w*|suivante?s?|ander\w+|(?:les |los |las )?(?:autres?|otr[oa]s?))\b)",
    re.IGNORECASE,
)
LIKE = re.compile(r"\b(?:like|as|rights?|wie|rechte|comme|droits?|como|derechos?)\b", re.IGNORECASE)
DETERMINER = r"(?:the|our|of|these|die|den|der|unsere\w*|les|des|nos|ces|los|las|nuestr[oa]s|est[oa]s|de)"
NUMBER = r"(?:\d+|two|three|four|five|zwei|drei|vier|fünf|deux|trois|quatre|cinq|dos|tres|cuatro|cinco)"
COUNTED = re.compile(rf"(?<!\w)(?P<before>(?:[^\W\d]+\s)?){NUMBER}\s$", re.IGNORECASE)
ORDINAL = re.compile(
    r"\b(?:first|last|erste[nrms]?|letzte[nrms]?|premi(?:er|ère)s?|derni(?:er|ère)s?|primer[oa]?s?|últim[oa]s?)\s$",
    re.IGNORECASE,
)
WHICH = re.compile(r"\s(?:that|which|who|whose|qui)\s|,\s(?:die|der|das)\s", re.IGNORECASE)
NAMED_AFTER = re.compile(r"\s(?:\d+\b|[A-ZÄÖÜ][\w'’]*\b)(?!\s(?:and|und|et|y)\s[A-ZÄÖÜ\d])")
NAMED_BEFORE = re.compile(r"(?:\b[Tt]he\s|[a-z]\s)[A-Z][a-z]+\s$")
PLACE = re.compile(
    r"\b(on|in|for|to|at|with|sur|dans|pour|à|avec|en|para|con|a)\s+(?:(?:tous|toutes|todos|todas)\s+(?:les|los|las)\s+)?$",
    re.IGNORECASE,
)
FURTHER = re.compile(
    r"^\W*(?:and |und |et |y )?(?:each|every|any|jede[rs]?|alle|chaque|cada|toda)\s(?:[^\W\d]+\s){0,2}?"
    r"(?:further|additional|extra|more|weitere\w*|zusätzlich\w*|suivante?s?|supplémentaires?|más|adicional)\b",
    re.IGNORECASE,
)
SAVE = re.compile(
    r",\s(?:bei[m]?|in|im|auf|an|am|für|on|at|for|with|en|para|pour|sur|à|dans)\s[^,.;]{2,30}\s(?:nicht|not|pas|no)\b|"
    r"\b(?:not|nicht|pas|no)\s(?:bei[m]?|in|im|auf|an|am|für|on|at|for|with|en|para|pour|sur|à|dans)\s",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W_]+")
CARRIES = 0.75  # of what a sentence says of several, from which a segment carries it
SAYS_SOME = 0.5  # of it, from which a unit may say it in other words
LONGEST_SUBJECT = 60  # characters before a sentence's verb
FEWEST_SUBJECTS = 2
LONGEST_ITEM = 4  # words of one of several subjects; a longer one has a verb of its own


def find_spread(sentence: str, evidence: Evidence) -> Iterator[str]:
    """Yield a sentence that says of several things what its sources say of some of them."""
    if not denies(sentence) and (_is_of_one_only(sentence, evidence) or _is_of_some_only(sentence, evidence)):
        yield sentence


def _is_of_one_only(sentence: str, evidence: Evidence) -> bool:
    """Say whether one of "A and B" has what is said of both, and the other nowhere."""
    language = evidence.language
    verb = VERB.search(sentence[:LONGEST_SUBJECT])
    items = LISTED.split(sentence[: verb.start()]) if verb else []
    if any(len(WORD.findall(one)) > LONGEST_ITEM for one in items):
        return False
    subjects = [frozenset(telling(stems_of(one, language), language)) for one in items]
    said = telling(stems_of(without_figures(sentence[verb.end() :]), language), language) if verb else []
    if (
        len(subjects) < FEWEST_SUBJECTS
        or not said
        or not all(one and one <= evidence.stems for one in subjects)
    ):
        return False
    carrying = [unit for unit in evidence.units if share_held(said, unit.all_stems) >= CARRIES]
    if any(ALL.search(unit.text) for unit in carrying):
        return False
    owned = [any(one <= unit.all_stems for unit in carrying) for one in subjects]
    return any(owned) and any(
        not is_owned and not _may_share(one, [other for other in subjects if other != one], said, evidence)
        for one, is_owned in zip(subjects, owned, strict=True)
    )


def _may_share(
    subject: frozenset[str], others: Sequence[frozenset[str]], said: Sequence[str], evidence: Evidence
) -> bool:
    """Say whether what is said of others may hold of a subject: half of it stands there, or "so does …"."""
    for unit in evidence.units:
        if subject <= unit.all_stems and share_held(said, unit.all_stems) >= SAYS_SOME:
            return True
        for segment in SEGMENT.split(unit.text):
            own = frozenset(stems_of(f"{unit.context} {segment}", evidence.language))
            is_like = bool(LIKE.search(segment)) and any(other <= own for other in others)
            if subject <= own and (is_like or ALIKE.search(segment)):
                return True
    return False


def _is_of_some_only(sentence: str, evidence: Evidence) -> bool:
    """Say whether all that carries what is said of all things of a kind is about some of them."""
    language = evidence.language
    for found in ALL.finditer(sentence):
        after = re.split(r"[,;.()]", sentence[found.end() :])[0]
        kinds = stems_of(without_figures(after), language)
        if not kinds or re.match(rf"\s{NUMBER}\b", after, re.IGNORECASE):
            continue
        place = PLACE.search(sentence[: found.start()])
        rest = [
            stem for stem in stems_of(without_figures(ALL.sub(" ", sentence)), language) if stem != kinds[0]
        ]
        carrying = list(_carrying(sentence, rest, evidence))
        is_both = bool(BOTH.fullmatch(found[0]))
        if carrying and all(
            _is_limited(one, kinds[0], place[1] if place else "", language, is_both=is_both)
            for one in carrying
        ):
            return True
    return False


def _carrying(sentence: str, rest: Sequence[str], evidence: Evidence) -> Iterator[str]:
    figures = find_figures(sentence)
    for unit in evidence.units:
        for segment in SEGMENT.split(unit.text):
            held = find_figures(segment)
            has_figures = all(any(agrees(own, one) for one in held) for own in figures)
            own = frozenset(stems_of(segment, evidence.language))
            around = own | frozenset(stems_of(unit.context, evidence.language))
            is_about = has_figures and any(is_held(stem, own) for stem in rest)
            if is_about and share_held(rest, around) >= CARRIES:
                yield segment


def _is_limited(segment: str, kind: str, place: str, language: str, *, is_both: bool) -> bool:
    """Say whether a segment is about some of a kind: a number of them, those with a name, those that do something."""
    parts = [part for part in segment.split(", ") if not FURTHER.search(part)]
    about = [part for part in parts if is_held(kind, frozenset(stems_of(part, language)))] or [segment]
    if any(ALL.search(part) for part in about):
        return False
    if SAVE.search(segment):
        return True
    segment = ", ".join(parts)
    named = [
        word
        for word in WORD.finditer(segment)
        if any(is_held(kind, frozenset({stem})) for stem in stems_of(word[0], language))
    ]
    if len(named) != 1:
        is_placed = place and language != "de" and not named
        return bool(is_placed and re.search(rf"\b{place}\s(?:the\s|la\s|le\s|el\s)?[A-ZÀ-Ý]\w+", segment))
    before, after = segment[: named[0].start()], segment[named[0].end() :]
    counted = COUNTED.search(before)
    is_counted = counted is not None and not re.fullmatch(
        DETERMINER, counted["before"].strip(), re.IGNORECASE
    )
    return (
        bool(ORDINAL.search(before) or WHICH.match(after) or NAMED_AFTER.match(after))
        or (is_counted and not is_both)
        or (language == "en" and bool(NAMED_BEFORE.search(before)))
    )
