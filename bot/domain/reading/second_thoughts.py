"""A figure or date whose place another takes in one breath: "15, no wait, 50", "not 20k but 25k", "had 20k, now 5k".

What is taken back is blanked before anything is read: every reader finds the later one in the words of the first.
"""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from bot.domain.reading.message_text import MessageText, blanked
from bot.domain.reading.money import THOUSANDS
from bot.domain.reading.other_dates import find_other_dates
from bot.domain.reading.statements import COUNTED_PEOPLE, PEOPLE

_FLAGS = re.IGNORECASE
_UNIT = r"[\w%€$£]{0,12}(?:\s+[^\W\d_]+){0,3}?"
_LEAD = (
    r"(?:(?:about|around|roughly|only|just|more\s+like|closer\s+to|it'?s|it\s+is|it\s+would\s+be|that'?s|in|on|by|at|the|a|of|"
    r"end|early|mid|late|make\s+(?:it|that)|nur|noch|eher|etwa|rund|es\s+(?:ist|sind|w[äa]ren?)|im|am|ab|seulement|plus\s+que|"
    r"plut[ôo]t|environ|c'est|en|[àa]|de|s[óo]lo|solamente|unos|unas|m[áa]s\s+bien|es|son)\s+){0,4}"
)
_OWN = (
    r"(?P<own>(?:we(?:'re|'ve|\s+\w+)|i(?:'m|'ve|\s+\w+)|our\s+\w+\s+(?:is|are)|wir\s+\w+|ich\s+\w+|nous\s+\w+|j'ai|on\s+\w+|"
    r"somos|tenemos|tengo)\s+(?:[^\W\d_]+\s+){0,2}?)?"
)
_HESITATES = r"(?:(?:oh|ah|äh|ähm|euh|eh|uh|um|er|hm+|well|oops|ups|ach|or|oder|ou|o|but)\W+)*"
_SLIP = re.compile(
    rf"{_UNIT}[\s.,;:…(–—-]+{_HESITATES}"
    r"(?:no\W+wait|wait(?:\W+(?:a\s+\w+\W+)?no)?|hold\s+on|no\W+sorry|sorry|my\s+(?:bad|mistake)|i\s+mean(?:t)?|rather|"
    r"better\s+say|make\s+(?:it|that)|scratch\s+that|correction|actually|no(?:pe)?|nein|quatsch|moment|warte|stimmt\s+nicht|"
    r"(?:ich\s+)?mei(?:ne|nte)(?:\s+ich)?|vielmehr|besser\s+gesagt|korrektur|entschuldigung|eigentlich|(?:non\W+)?pardon|non|"
    r"je\s+(?:veux|voulais)\s+dire|plut[ôo]t|attendez?|enfin|en\s+fait|perd[óo]n|digo|qu(?:iero|ise)\s+decir|mejor\s+dicho|"
    r"m[áa]s\s+bien|mejor|espere?|en\s+realidad)(?!\w)"
    rf"(?:\W+(?:no|nein|non))?[\s,.:…–—-]*{_OWN}{_LEAD}",
    _FLAGS,
)
_NOT = re.compile(
    r"(?<!\w)(?P<no>not|isn'?t|aren'?t|wasn'?t|(?:don'?t|do\s+not)\s+have|no\s+longer|nicht(?:\s+mehr)?|keine?n?|pas|plus|"
    r"no(?=\s+(?:es|son|somos|tenemos|hay|tengo)\s))(?:\s+(?:es|son|somos|tenemos|hay|tengo))?\s+(?:(?:about|in|on|by|im|am|de|en|des|les|los|las|the)\s+){0,2}$",
    _FLAGS,
)
_INSTEAD = re.compile(
    rf"{_UNIT}\s*(?:[,;:.–—-]+\s*|(?=\s(?:but|sondern|mais|sino)\s)\s)(?:(?:but|rather|sondern|mais|sino|pero)\s+)?{_OWN}{_LEAD}",
    _FLAGS,
)
_PAST = re.compile(
    r"(?<!\w)(?:(?:had|were|was|used\s+to\s+(?:be|have)|'d\s+planned|(?:had\s+)?planned|wanted|hatten?|war(?:en)?|wollten?|"
    r"[ée]tait|[ée]tions|avions|avait|voulions|[ée]ra(?:mos)?|ten[íi]amos|hab[íi]a(?:mos)?|quer[íi]amos)(?!\w))",
    _FLAGS,
)
_TURN = (
    r"(?:(?:it|that|this|they|we|which|budget|es|das|wurde|il|elle)\s+)?(?:(?:was|were|got|has|have|had|been|is|are|to\s+be|wurde|"
    r"a|[ée]t[ée]|fue|ha\s+sido)\s+){0,3}(?:cut|reduced|lowered|raised|increased|brought|changed|moved|pushed|postponed|shifted|"
    r"slashed|bumped|gekürzt|réduit|baiss[ée]|augment[ée]|reducid[oa]|recortad[oa]|aumentad[oa])(?:\s+(?:back|down|up))*\s+"
    r"(?:to|auf|[àa])"
)
_CHANGE = re.compile(
    rf"[\w%€$£]{{0,12}}(?:\s+[^\W\d_]+){{0,3}}?[\s,;.–—-]*(?:(?:but|and|then|aber|doch|mais|et|pero|y)\s+)?"
    rf"(?:{_TURN}|(?:it'?s\s+|it\s+is\s+)?(?P<now>now|jetzt|nun|inzwischen|mittlerweile|maintenant|d[ée]sormais|ahora)[,\s]*)"
    rf"\s*{_OWN}{_LEAD}",
    _FLAGS,
)
_FROM_TO = re.compile(
    r"(?:(?<!\w)(?:cut|reduced|lowered|raised|increased|grew|grown|went|gone|moved|changed|pushed|postponed|shifted|"
    r"pass[ée]e?s?|augment[ée]|r[ée]duit|pasado|subido|bajado)(?:\s+(?:back|down|up))?\s+(?P<gone>(?:from|de)\s+"
    r"[^.;!?\n]{1,24}?\s+(?:to|[àa])\s+)|(?<!\w)(?P<weg>von\s+\S{1,12}(?:\s+\w+)?\s+auf\s+))(?=\S)",
    _FLAGS,
)
_MARKS = re.compile(
    r"(?<!\w)(?:no|now|not|isn'?t|aren'?t|wasn'?t|don'?t|wait|hold|sorry|mean|meant|my|rather|better|make|scratch|correction|"
    r"actually|nope|nein|quatsch|moment|warte|stimmt|mein(?:e|te)|vielmehr|besser|korrektur|entschuldigung|eigentlich|pardon|non|"
    r"veux|voulais|plut[ôo]t|attendez?|enfin|fait|perd[óo]n|digo|decir|mejor|m[áa]s|espere?|realidad|nicht|keine?n?|pas|plus|"
    r"jetzt|nun|inzwischen|mittlerweile|maintenant|d[ée]sormais|ahora|"
    r"cut|reduced|lowered|raised|increased|brought|changed|moved|pushed|postponed|shifted|slashed|bumped)(?!\w)",
    _FLAGS,
)
_PREPOSITION = re.compile(
    r"(?:by|before|until|till?|after|from|since|starting|in|bis|vor|ab|nach|im|avant|d'ici|apr[èe]s|en|[àa]\s+partir\s+de|hasta|"
    r"antes\s+de|desde|para)\s+(?:the\s+|zum\s+)?",
    _FLAGS,
)
_HEADS = re.compile(rf"\s*-?\s*{PEOPLE}\b", _FLAGS)
_NO_DATE = re.compile(r"(?:right\s+)?now|today|(?:this|last)\s+\w+", _FLAGS)
_WIDEST = 70
_MOST_TURNS = 3
_ROMANCE = re.compile(
    r"(?<!\w)(?:somos|tenemos|tengo|son|es|presupuesto|personas|nous|notre|avons|personnes)(?!\w)", _FLAGS
)

Span = tuple[int, int]
Kind = Literal["date", "money", "people", "bare"]


class _Told(NamedTuple):
    start: int
    end: int
    kind: Kind


def without_second_thoughts(message: MessageText) -> MessageText:
    """Return the message without the figures and dates that it takes back itself; as it is where there are none."""
    for _ in range(_MOST_TURNS):
        spans = _taken_back(message)
        if not spans:
            break
        message = blanked(message, *spans)
    return message


def _taken_back(message: MessageText) -> list[Span]:
    text = message.text
    if (message.figures or message.dates) and (change := _FROM_TO.search(text)):
        start, end = change.span("gone" if change["gone"] else "weg")
        if any(start < one.start < end for one in (*_figures(message), *_dates(message))):
            return [(start, end)]
    if not _MARKS.search(text):
        return []
    for first, second in _neighbours(sorted({*_figures(message), *_dates(message)})):
        if _same_kind(first, second) and (spans := _between(text, first, second)):
            return spans
    return []


def _neighbours(told: list[_Told]) -> Iterator[tuple[_Told, _Told]]:
    for index, first in enumerate(told):
        for second in told[index + 1 : index + 3]:
            if 0 < second.start - first.end <= _WIDEST:
                yield first, second


def _between(text: str, first: _Told, second: _Told) -> list[Span]:
    """Return what is to be blanked if the words between the two say that the second counts."""
    gap = (first.end, second.start)
    before = text[max(0, first.start - _WIDEST) : first.start]
    if denied := _NOT.search(before):
        found = _INSTEAD.fullmatch(text, *gap)
        offset = first.start - len(before)
        no = (offset + denied.start("no"), offset + denied.end("no"))
        return [no, *_spans(text, found, first)] if found else []
    if (slip := _SLIP.fullmatch(text, *gap)) and not _is_plain_not(text, slip):
        return _spans(text, slip, first)
    change = _CHANGE.fullmatch(text, *gap)
    past = _PAST.search(before)
    if change is None or (change["now"] and past is None):
        return []
    spans = _spans(text, change, first)
    if past:
        spans.append((first.start - len(before) + past.start(), first.start - len(before) + past.end()))
    return spans


def _spans(text: str, gap: re.Match[str], first: _Told) -> list[Span]:
    """Return the first figure and what leads to the second, but for the people it counts and words of its own."""
    start = first.start
    end = gap.start("own") if gap["own"] else gap.end()
    if first.kind == "date" and (relation := _PREPOSITION.match(text, start, first.end)):
        start = start if _PREPOSITION.match(text, gap.end()) else relation.end()
    heads = _HEADS.match(text, first.end, end) if first.kind == "people" else None
    return [(start, first.end), (heads.end(), end)] if heads else [(start, end)]


def _is_plain_not(text: str, slip: re.Match[str]) -> bool:
    """Tell "somos 15, no 50", which takes the 50 back, from "15, no 50"."""
    return slip.group().rstrip().lower().endswith(("no", "non")) and _ROMANCE.search(text) is not None


def _same_kind(first: _Told, second: _Told) -> bool:
    kinds = {first.kind, second.kind}
    return len(kinds) == 1 or ("bare" in kinds and "date" not in kinds)


def _figures(message: MessageText) -> Iterator[_Told]:
    for money in message.sums:
        yield _Told(money.start, money.end, "money")
    taken = [(one.start, one.end) for one in message.sums] + [(one.start, one.end) for one in message.dates]
    for one in message.figures:
        if any(start < one.end and one.start < end for start, end in taken):
            continue
        is_money = THOUSANDS.search(message.text, one.start, one.end)
        counts = COUNTED_PEOPLE.match(message.text, one.end)
        yield _Told(one.start, one.end, "people" if counts else "money" if is_money else "bare")


def _dates(message: MessageText) -> Iterator[_Told]:
    spans = [(one.start, one.end) for one in message.dates if one.kind not in ("time", "part", "set")]
    spans += [(one.start, one.end) for one in find_other_dates(message.text)]
    for start, end in spans:
        is_part = any(a <= start and end <= b and (a, b) != (start, end) for a, b in spans)
        if not is_part and not _NO_DATE.fullmatch(message.text, start, end):
            yield _Told(start, end, "date")
