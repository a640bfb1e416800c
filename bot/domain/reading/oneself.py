"""Who counts themselves: "just me", and "me and my two cofounders", which are three."""

import re
from collections.abc import Iterator

from bot.domain.facts import ReadFact
from bot.domain.reading.message_text import MessageText, make_fact
from bot.domain.reading.ranges import Range
from bot.domain.slots import Slot

_FLAGS = re.IGNORECASE
_ALONE = re.compile(
    r"\b(?:(?:just|only)\s+(?:me|myself)\b(?!\s*(?:and|or|und|et|y|&|\+|plus|who|asking|thinking|think|again)(?!\w))|"
    r"one[\s-](?:man|woman|person)\b|solo(?:preneur)?\b|by\s+myself\b|(?:i'm|i\s+am)\s+(?:alone|on\s+my\s+own|"
    r"self-employed|a\s+freelancer|the\s+only\s+one|a\s+sole\s+trader|a\s+one))",
    _FLAGS,
)
_ANSWER = re.compile(
    r"\W*(?:(?:it'?s|it\s+is|that'?s|das\s+bin|c'est|soy|nur|s[óo]lo)\s+)?(?:me|myself|ich|moi|yo)\W*", _FLAGS
)
_ONE_MORE = (
    r"(?:(?:business\s+)?partner(?:in)?|co-?founder|colleague|wife|husband|brother|sister|son|daughter|mother|father|friend|"
    r"assistant|employee|boss|kolleg(?:e|in)|frau|mann|bruder|schwester|mitarbeiter(?:in)?|associée?|coll[èe]gue|femme|mari|"
    r"fr[èe]re|s(?:œ|oe)ur|soci[oa]|compañer[oa]|mujer|marido|herman[oa])"
)
_MY = r"(?:my|mein(?:e[nr]?)?|mon|ma|mes|mis?|an?|eine?|une?|una?)"
_ME_AND = (
    r"(?<!\w)(?:(?:it'?s|we're|we\s+are|wir\s+sind(?:\s+nur)?|nous\s+sommes|somos|c'est)\s+)?(?:(?:just|only|nur|juste|seulement|"
    rf"s[óo]lo)\s+)?(?P<me>me|myself|ich|moi|yo)\s*(?:,\s*)?(?:and|plus|\+|&|und|et|y)\s+(?:(?:{_MY}|les|los|las)\s+)?"
)
_WITH_ONE = re.compile(rf"{_ME_AND}{_ONE_MORE}(?!\w)(?!\s*(?:,|and|und|et|y)\s*\w)", _FLAGS)
_WITH_SOME = re.compile(rf"{_ME_AND}(?:other\s+|andere\s+|autres\s+|otr[oa]s\s+)?$", _FLAGS)
_WITH_TWO = re.compile(rf"{_ME_AND}dos\s+(?!of\b)[^\W\d_]{{3,}}(?!\w)", _FLAGS)
"""In Spanish only: elsewhere "dos" is no number."""
_REACH = 60
_SURE = 0.85
_NOUN = re.compile(r"\s+(?:[^\W\d_][\w-]*\s+)?[^\W\d_][\w-]*", _FLAGS)
_HINT = re.compile(r"(?<!\w)(?:me|myself|ich|moi|yo|solo\w*|alone|i'm|i\s+am|one)(?!\w)", _FLAGS)


def read_oneself(message: MessageText, slot: Slot) -> Iterator[ReadFact]:
    """Yield how many people the visitor is alone, or with those they count beside themselves."""
    text = message.text
    if not _HINT.search(text):
        return
    for match in _ALONE.finditer(message.told):
        yield _people(message, slot, match.span(), 1)
    if message.is_asked(slot) and (answer := _ANSWER.fullmatch(text)):
        yield _people(message, slot, answer.span(), 1)
    yield from (
        _people(message, slot, (match.start(), end), count)
        for match, end, count in _with_others(message)
        if _is_count(message, slot, match)
    )


def _with_others(message: MessageText) -> Iterator[tuple[re.Match[str], int, int]]:
    """Yield each "me and my two …" with where it ends and how many that are."""
    for pattern, count in ((_WITH_ONE, 2), (_WITH_TWO, 3)):
        for match in pattern.finditer(message.text):
            yield match, match.end(), count
    for figures in message.figures:
        with_some = _with_some(message.text, figures)
        if with_some and figures.low is not None:
            noun = _NOUN.match(message.text, figures.end)
            yield with_some, noun.end() if noun else figures.end, int(figures.low) + 1


def counts_others(message: MessageText, figures: Range) -> bool:
    """Whether a figure is that of "me and my two …", which counts the visitor not."""
    return _with_some(message.text, figures) is not None


def _with_some(text: str, figures: Range) -> re.Match[str] | None:
    return _WITH_SOME.search(text, max(0, figures.start - _REACH), figures.start)


def _is_count(message: MessageText, slot: Slot, match: re.Match[str]) -> bool:
    """Whether it counts heads: as the answer, or after "just" or "we are"; not in "call me and my two partners"."""
    clause = message.clause_at(match.start())
    is_told = clause is not None and clause.is_told
    return is_told and (message.is_asked(slot) or match.start() != match.start("me"))


def _people(message: MessageText, slot: Slot, span: tuple[int, int], count: int) -> ReadFact:
    value = {"min": count, "max": count}
    return make_fact(message, slot, span, "team_size.alone", value=value, confidence=_SURE)
