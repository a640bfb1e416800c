"""Who is writing: the name by which the visitor introduces themselves.

Capitals and the verb ("I'm", "call me") decide; "I'm looking" names nobody.
"""

import re
from typing import NamedTuple

from bot.domain.reading.company_forms import has_company_form
from bot.domain.reading.given_names import is_given_name
from bot.domain.reading.name_words import COMPANY_SUFFIX, NOT_NAMES
from bot.domain.reading.once_a_message import once_a_message
from bot.domain.reading.places import PLACES
from bot.domain.reading.roles import ROLE

_FLAGS = re.IGNORECASE


class Named(NamedTuple):
    """A name `[start, end)` with its value, and how sure the words make us (0–1)."""

    start: int
    end: int
    value: str
    confidence: float


_WORD = r"[^\W\d_](?:[^\W\d_]|['-](?=[^\W\d_]))*"
_PARTICLE = r"(?:van\s+de[rn]?|van|von|de\s+la|de|del|der|di|da|dos|la|le|bin|ibn|al|el|ter|mc|mac|st\.)"
_TITLE = r"(?:(?:mr|mrs|ms|miss|dr|prof|sir)\.?\s+)?"
_CAPITAL = r"(?-i:[A-ZÀ-ÖØ-Þ]|[^\x00-\u024f\W\d_])(?:[^\W\d_]|['-](?=[^\W\d_]))*\.?"
_FULL_CAPITAL = rf"{_TITLE}{_CAPITAL}(?:[^\S\n]+(?:{_PARTICLE}[^\S\n]+)?{_CAPITAL}){{0,3}}"
_ANY_WORDS = rf"{_TITLE}{_WORD}\.?(?:\s+(?:(?:{_PARTICLE}|y|e)\s+)?{_WORD}\.?){{0,3}}"
_STRONG = re.compile(
    rf"(?<!\w)(?:my\s+(?:full\s+|first\s+|last\s+)?name(?:\s+(?:is|here\s+is)|'s|\s*[:=])|"
    rf"(?<!company )(?<!your )(?<!product )(?<!brand )(?<!team )(?<!domain )(?<!user )(?<!file )"
    rf"name(?:\s*(?:is\b|[:=])|'s\b(?=\s+(?-i:[A-Z])))|(?:you\s+can\s+|please\s+|just\s+)?call\s+me|i\s+go\s+by|"
    rf"they\s+call\s+me|i(?:'m|\s+am)\s+(?:called|named))"
    rf"\s*(?P<name>{_ANY_WORDS})",
    _FLAGS,
)
_WEAK = re.compile(
    rf"(?<!\w)(?:i'm|i\s+am|im|this\s+is|(?:it's|it\s+is)(?:\s+(?:just\s+)?me\s*,?)?|(?:i\s+am\s+)?myself|"
    rf"here\s+is)\s+(?P<name>{_FULL_CAPITAL})(?!\w)",
    _FLAGS,
)
_WEAK_LOWER = re.compile(
    rf"(?<!\w)(?:i'm|i\s+am|im|this\s+is|myself)\s+(?P<name>{_WORD}(?:\s+{_WORD})?)(?=\s*(?:$|[.,!;]|"
    rf"from\b|at\b|here\b|and\b|with\b))",
    _FLAGS,
)
_TITLED = re.compile(
    rf"^\s*(?:(?:hi|hello|hey)\W+)?(?P<name>{_FULL_CAPITAL}),\s+(?={ROLE}\s+(?:at|of|from|@|for)\s)", _FLAGS
)
_HERE = re.compile(rf"(?:^|[.!?,]\s+)(?P<name>{_FULL_CAPITAL})\s+here\b(?!\s+(?:is|are|we))")
_FROM = re.compile(
    rf"^\s*(?:(?:hi|hello|hey|good\s+\w+)(?:\s+(?:there|team|"
    rf"all))?\s*[,!.-]*\s*)?(?P<name>{_FULL_CAPITAL})\s*,?\s+(?:(?:from|at|with|of)\s+|"
    rf"\((?=[A-Z]))(?=(?-i:[A-Z0-9]))",
    _FLAGS,
)
_SIGNED = re.compile(
    rf"(?:(?:kind|best|warm)?\s*regards|(?:many\s+)?thanks|thank\s+you|best(?:\s+wishes)?|cheers|sincerely|"
    rf"yours)\s*,?\s*\n+\s*(?P<name>{_FULL_CAPITAL})\s*(?:\n|$)",
    _FLAGS,
)
_BEFORE_COMPANY = re.compile(
    rf"^\s*(?P<name>{_FULL_CAPITAL})\s*,\s*(?P<company>(?-i:[^\W\da-z_])[^,.;!?\n]{{2,60}})\.?\s*$", _FLAGS
)
_STOP_AT = re.compile(
    r"\s+(?:and|from|at|with|of|but|i|i'm|we|my|the|a|an|in|on|for|here|who|what|is|are|not|looking|"
    r"working|speaking|calling|by|to|please|thanks|thank|how|can|do|because|so|email|phone|account|"
    r"password|number|no|card|company|last)\b.*$",
    _FLAGS | re.DOTALL,
)


_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{3})(?<!\bprof)(?<!\bmrs)\.\s", _FLAGS)


@once_a_message
def find_names(text: str, *, asked: bool = False) -> list[Named]:
    """Return the names by which the visitor introduces themselves; with `asked`, a bare name counts."""
    found = [named for m in _STRONG.finditer(text) if (named := _name(m, 0.95, strict=False))]
    if not found and re.search(r"[^\W\d_]", text):
        for pattern, confidence in (
            (_WEAK, 0.85),
            (_FROM, 0.85),
            (_TITLED, 0.8),
            (_HERE, 0.8),
            (_SIGNED, 0.8),
        ):
            found += [
                named
                for m in pattern.finditer(text)
                if not _is_german(m, asked=asked) and (named := _name(m, confidence, strict=True))
            ]
            if found:
                break
        found = found or _before_company(text)
    if not found:
        found = [
            named
            for m in _WEAK_LOWER.finditer(text)
            if not _is_german(m, asked=asked) and (named := _lower_name(m, asked=asked))
        ]
    if not found and asked:
        bare = _bare_name(text)
        found = [bare] if bare else []
    return found[:1]


def _before_company(text: str) -> list[Named]:
    """Return the name of "Anika Thorsby, Kestrel GmbH", if that is all there is."""
    match = _BEFORE_COMPANY.match(text)
    if match is None or not (has_company_form(match["company"]) or COMPANY_SUFFIX.search(match["company"])):
        return []
    named = _name(match, 0.8, strict=True)
    return [named] if named and (" " in named.value or is_given_name(named.value)) else []


_IM = re.compile(r"(?<!\w)im\s+$", _FLAGS)
_LOOK_BACK = 12
_OPENING = re.compile(
    r"(?:^|[.!?,;:\n-]|(?<!\w)(?:hi|hello|hey|yes|ok|okay|sure|well|oh|so|and|yeah))\s*$", _FLAGS
)
_GERMAN_NOUNS_TEXT = """
januar februar märz april mai juni juli august september oktober november dezember jahr jahre monat quartal sommer
herbst winter frühjahr frühling büro haus moment augenblick team verkauf vertrieb einkauf marketing internet
bereich unternehmen betrieb support service handel laden hotel geschäft projekt budget schnitt grunde
"""
_GERMAN_NOUNS = frozenset(_GERMAN_NOUNS_TEXT.split())
GERMAN_IM = re.compile(rf"(?<!\w)im\s+(?:{'|'.join(sorted(_GERMAN_NOUNS))})(?!\w)", _FLAGS)


def _is_german(match: re.Match[str], *, asked: bool) -> bool:
    """Whether "im" before a capital is German ("Wir starten im Mai") and no careless "I'm"."""
    name = match.group("name")
    start = match.start("name")
    im = _IM.search(match.string[max(0, start - _LOOK_BACK) : start])
    if im is None or not name[:1].isupper():
        return False
    im_at = start - len(im.group())
    before = match.string[max(0, im_at - _LOOK_BACK) : im_at]
    first = name.split()[0].lower()
    if first in _GERMAN_NOUNS or not _OPENING.search(before):
        return True
    return not asked and not is_given_name(first)


_SAID = re.compile(
    rf"^\W*(?:(?:yes|sure|ok|hi|hello)\W+)*(?:my\s+name|name|im|its|it's|this\s+is|i\s+am|i'm|"
    rf"this)\s+(?P<name>{_WORD}(?:\s+{_WORD}){{0,2}})",
    _FLAGS,
)
_NUMBERED = re.compile(
    rf"^\W*(?P<name>{_WORD}(?:\s+{_WORD}){{0,2}})\s+(?:(?:no|number|id|code)\s+)*\d[\d\s-]{{2,}}\W*$",
    _FLAGS,
)


def find_loose_names(text: str) -> list[Named]:
    """Return what looks like an introduction in careless writing: "name jo", "im jo", "jo 4526"."""
    from bot.domain.reading.name_kinds import is_chat, is_code

    for pattern in (_SAID, _NUMBERED):
        match = pattern.match(text)
        if (
            match
            and not _is_german(match, asked=True)
            and not is_chat(match.group("name"))
            and not is_code(match.group("name"))
            and (named := _lower_name(match, asked=True))
        ):
            return [named]
    return []


_ROLE = re.compile(ROLE, _FLAGS)


def _name(match: re.Match[str], confidence: float, *, strict: bool) -> Named | None:
    start = match.start("name")
    raw = _SENTENCE_END.split(_STOP_AT.sub("", match.group("name")))[0].rstrip(" ,")
    raw = raw.rstrip(".") if len(raw.rstrip(".").split()[-1]) > 1 else raw
    words = [word.strip(".").lower() for word in raw.split()]
    if not words or words[0] in NOT_NAMES or (strict and any(word in NOT_NAMES for word in words)):
        return None
    if strict and (
        _ROLE.match(raw)
        or raw.lower() in PLACES
        or len(raw) < 2
        or COMPANY_SUFFIX.search(raw)
        or has_company_form(raw)
    ):
        return None
    if not strict:
        kept = _before_common(raw)
        if kept is None:
            return None
        raw = kept
    return Named(start, start + len(raw), _cased(raw), confidence)


def _before_common(raw: str) -> str | None:
    """Cut a name given in lower case at the first word that is no name."""
    words = raw.split()
    kept = []
    for word in words:
        if word.strip(".").lower() in NOT_NAMES:
            break
        kept.append(word)
    return raw[: raw.index(kept[-1], sum(len(k) + 1 for k in kept[:-1])) + len(kept[-1])] if kept else None


def _lower_name(match: re.Match[str], *, asked: bool) -> Named | None:
    raw = _STOP_AT.sub("", match.group("name")).strip()
    words = raw.lower().split()
    if not words or any(word in NOT_NAMES for word in words) or _ROLE.match(raw):
        return None
    if not is_given_name(words[0]) and not (
        asked and not re.search(r"(?:ing|ed|ly|ful|able|ous)$", words[0])
    ):
        return None
    start = match.start("name")
    return Named(start, start + len(raw), _cased(raw), 0.75)


_BARE = re.compile(
    rf"\s*(?:(?:hi|hello|hey|sure|ok|okay|yes|of\s+course|it's|its|it\s+is|i'm|i\s+am|im|this\s+is|"
    rf"myself|me\s+is|well|just|the\s+name\s+is|name|ich\s+bin(?:\s+(?:der|die))?|hier\s+ist|je\s+suis|moi\s+c'est|c'est|soy|"
    rf"(?:io\s+)?sono|(?:eu\s+)?sou|ik\s+ben|jag\s+är|jeg\s+er|jestem)\b[,!.:\s]*)*(?P<name>{_ANY_WORDS})\s*(?=$|"
    rf"[,.!;\n(]|\d|\band\b|\bfrom\b|\bat\b|\bhere\b)",
    _FLAGS,
)


_LONGEST_NAME = 60


def _bare_name(text: str) -> Named | None:
    match = _BARE.match(text)
    if not match or _is_german(match, asked=True) or GERMAN_IM.search(text, 0, match.end()):
        return None
    raw = _STOP_AT.sub("", match.group("name")).strip(" .")
    words = [word.strip(".").lower() for word in raw.split()]
    is_named_will = (
        len(words) == 1 and raw[0].isupper() and is_given_name(raw) and len(raw) == len(text.strip(" .!"))
    )
    if (
        not words
        or (any(word in NOT_NAMES for word in words) and not is_named_will)
        or len(raw) > _LONGEST_NAME
    ):
        return None
    if len(text[match.end() :].split()) > 6:
        return None
    start = match.start("name")
    return Named(start, start + len(raw), _cased(raw), 0.8)


def _cased(raw: str) -> str:
    """Write a name typed in lower case the way names are written; leave every other one alone."""
    return raw.title().replace("'S", "'s") if raw.islower() else raw
