"""Who is writing: name, company and role, where the visitor says so.

Capitals, the verb ("I'm", "we're from") and the company's suffix decide; "I'm looking" and "from Germany"
name nobody.
"""

import re
from typing import NamedTuple

from bot.domain.reading.given_names import GIVEN_NAMES
from bot.domain.reading.name_words import COMPANY_SUFFIX, NOT_COMPANIES, NOT_NAMES
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
_FULL_CAPITAL = rf"{_TITLE}{_CAPITAL}(?:\s+(?:{_PARTICLE}\s+)?{_CAPITAL}){{0,3}}"
_ANY_WORDS = rf"{_TITLE}{_WORD}\.?(?:\s+{_WORD}\.?){{0,3}}"
_STRONG = re.compile(
    rf"(?<!\w)(?:my\s+(?:full\s+|first\s+|last\s+)?name(?:\s+(?:is|here\s+is)|'s|\s*[:=])|"
    rf"(?<!company )(?<!your )(?<!product )(?<!brand )(?<!team )(?<!domain )(?<!user )(?<!file )"
    rf"name\s*(?:is\b|[:=])|(?:you\s+can\s+|please\s+|just\s+)?call\s+me|i\s+go\s+by|"
    rf"they\s+call\s+me|i(?:'m|\s+am)\s+(?:called|named))"
    rf"\s*(?P<name>{_ANY_WORDS})",
    _FLAGS,
)
_WEAK = re.compile(
    rf"(?<!\w)(?:i'm|i\s+am|im|this\s+is|it's|it\s+is|(?:i\s+am\s+)?myself|"
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
    rf"(?:(?:kind|best|warm)?\s*regards|best(?:\s+wishes)?|cheers|sincerely|"
    rf"yours)\s*,?\s*\n+\s*(?P<name>{_FULL_CAPITAL})\s*(?:\n|$)",
    _FLAGS,
)
_STOP_AT = re.compile(
    r"\s+(?:and|from|at|with|of|but|i|i'm|we|my|the|a|an|in|on|for|here|who|what|is|are|not|looking|"
    r"working|speaking|calling|by|to|please|thanks|thank|how|can|do|because|so|email|phone|account|"
    r"password|number|no|card|company|last)\b.*$",
    _FLAGS | re.DOTALL,
)


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
            found += [named for m in pattern.finditer(text) if (named := _name(m, confidence, strict=True))]
            if found:
                break
    if not found:
        found = [named for m in _WEAK_LOWER.finditer(text) if (named := _lower_name(m, asked=asked))]
    if not found and asked:
        bare = _bare_name(text)
        found = [bare] if bare else []
    return found[:1]


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
            and not is_chat(match.group("name"))
            and not is_code(match.group("name"))
            and (named := _lower_name(match, asked=True))
        ):
            return [named]
    return []


def _name(match: re.Match[str], confidence: float, *, strict: bool) -> Named | None:
    start = match.start("name")
    raw = _STOP_AT.sub("", match.group("name")).rstrip(" ,")
    raw = raw.rstrip(".") if len(raw.rstrip(".").split()[-1]) > 1 else raw
    words = [word.strip(".").lower() for word in raw.split()]
    if not words or words[0] in NOT_NAMES or (strict and any(word in NOT_NAMES for word in words)):
        return None
    if strict and (
        re.match(ROLE, raw, _FLAGS) or raw.lower() in PLACES or len(raw) < 2 or COMPANY_SUFFIX.search(raw)
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
    if not words or any(word in NOT_NAMES for word in words) or re.match(ROLE, raw, _FLAGS):
        return None
    if words[0] not in GIVEN_NAMES and not (
        asked and not re.search(r"(?:ing|ed|ly|ful|able|ous)$", words[0])
    ):
        return None
    start = match.start("name")
    return Named(start, start + len(raw), _cased(raw), 0.75)


_BARE = re.compile(
    rf"\s*(?:(?:hi|hello|hey|sure|ok|okay|yes|of\s+course|it's|its|it\s+is|i'm|i\s+am|im|this\s+is|"
    rf"myself|me\s+is|well|just|the\s+name\s+is|name)\b[,!.:\s]*)*(?P<name>{_ANY_WORDS})\s*(?=$|"
    rf"[,.!;\n(]|\d|\band\b|\bfrom\b|\bat\b|\bhere\b)",
    _FLAGS,
)


def _bare_name(text: str) -> Named | None:
    match = _BARE.match(text)
    if not match:
        return None
    raw = _STOP_AT.sub("", match.group("name")).strip(" .")
    words = [word.strip(".").lower() for word in raw.split()]
    if not words or any(word in NOT_NAMES for word in words) or len(raw) > 60 or len(words) > 4:
        return None
    if len(text[match.end() :].split()) > 6:
        return None
    start = match.start("name")
    return Named(start, start + len(raw), _cased(raw), 0.8)


def _cased(raw: str) -> str:
    """Write a name typed in lower case the way names are written; leave every other one alone."""
    return raw.title().replace("'S", "'s") if raw.islower() else raw


_COMPANY_WORD = (
    r"(?-i:[A-Z0-9À-ÖØ-Þ])[\w&.'+-]*|[a-z]+\.(?:com|io|ai|net|org|co|de)|&|and(?=\s+(?-i:[A-Z]))|"
    r"of(?=\s+(?-i:[A-Z]))|the(?=\s+(?-i:[A-Z]))|for(?=\s+(?-i:[A-Z]))"
)
_COMPANY_NAME = rf"(?P<name>(?:{_COMPANY_WORD})(?:,?\s+(?:{_COMPANY_WORD})){{0,5}})"
_LOWER_COMPANY = r"(?P<name>[^\s,;!?]+(?:,?\s+[^\s,;!?]+){0,5})"
_COMPANY_STRONG = re.compile(
    r"(?<!\w)(?:(?:my|our|the)\s+(?:company|firm|business|organi[sz]ation|employer|agency|start-?up|"
    r"shop|school|store)(?:'s)?(?:\s+name)?(?:\s+is(?:\s+called|\s+named|(?=\s+(?-i:[A-Z0-9])))|"
    r"\s*[:=])|(?:my|our)\s+company(?:'s)?\s+name\s+is|(?:my|"
    r"our)\s+company\s+is(?=\s+\w+(?:\s+\w+)?\s*(?:$|[.,!]))|company\s+name\s*(?:[:=]|is\b)|"
    r"company\s*[:=]|"
    r"(?:company|firm|business|start-?up|agency|organi[sz]ation|shop)\s+(?:is\s+)?(?:called|named)|"
    r"on\s+behalf\s+of)\s*" + _LOWER_COMPANY,
    _FLAGS,
)
_COMPANY_WORKS = re.compile(
    r"(?<!\w)(?:(?:i|we)(?:'m|'re|\s+am|\s+are)?\s+(?:currently\s+|both\s+|all\s+)?(?:work(?:ing)?|"
    r"employed)\s+(?:for|at|with)|(?:i|we)\s+(?:run|own|founded|started|lead|manage|represent)|"
    r"(?:i'm|i\s+am|we're|we\s+are|im)\s+(?:here\s+)?(?:from|with|at)|"
    r"(?:founder|owner|ceo|cto|cfo|coo|cmo|head\s+of\s+\w+|director(?:\s+of\s+\w+)?|manager|"
    r"vp\s+of\s+\w+|vp|president|engineer|developer|lead|partner|consultant|designer|analyst|"
    r"marketing|sales|working|work)\s+(?:at|of|for|@|with)|we(?:'re|\s+are)(?=\s+(?-i:[A-Z])))"
    rf"\s+(?:a\s+company\s+called\s+|the\s+company\s+)?{_COMPANY_NAME}",
    _FLAGS,
)
_COMPANY_AFTER_NAME = re.compile(
    rf"^\s*,?\s*(?:here\s*,?\s+)?(?:from|at|with|of|\(|-|,)\s*(?:(?:the\s+)?company\s+)?{_COMPANY_NAME}",
    _FLAGS,
)


def find_companies(text: str, *, names: list[Named] | None = None, asked: bool = False) -> list[Named]:
    """Return the company the visitor says they are with; with `asked`, a bare name counts."""
    found = [named for m in _COMPANY_STRONG.finditer(text) if (named := _company(m, 0, 0.95))]
    if not found:
        said = (
            m
            for m in _COMPANY_WORKS.finditer(text)
            if not _OTHERS_ROLE.search(text[max(0, m.start() - 12) : m.start()])
        )
        found = [named for m in said if (named := _company(m, 0, 0.8))]
    for name in names or ():
        tail = text[name.end :]
        if (
            not found
            and (match := _COMPANY_AFTER_NAME.match(tail))
            and (named := _company(match, name.end, 0.85))
        ):
            found = [named]
    if not found and asked and (bare := _bare_company(text)):
        found = [bare]
    return found[:1]


# "the CEO of Acme is Bob" is about Bob; "I'm the CEO of Acme" is not.
_OTHERS_ROLE = re.compile(r"(?<!i'm )(?<!i am )(?<!as )\b(?:the|their|his|her|your)\s+$", _FLAGS)
_COMPANY_STOP = re.compile(
    r"(?:\s+|,\s*)(?:and\s+(?:i|we|my|our|i'm|we're|the|need|want|would|are|is|account|ac|am|"
    r"password)\b|but\b|we\b|we're\b|i\b|i'm\b|my\b|our\b|in\b|with\b|which\b|that\b|who\b|is\b|"
    r"are\b|has\b|have\b|a\b|an\b|based\b|account\b|password\b|number\b|with\s+password\b|\d{3,}\b|"
    r"looking\b|from\b|where\b|so\b|as\b|to\b|on\b|here\b|do\b|can\b|not\b|sir\b|please\b).*$",
    _FLAGS | re.DOTALL,
)


def _company(match: re.Match[str], offset: int, confidence: float) -> Named | None:
    raw = _COMPANY_STOP.sub("", match.group("name"))
    raw = re.split(r"[.!?]\s", raw)[0].rstrip(" ,;:!?)('\"")
    raw = raw if re.search(r"\w\.\w\.$", raw) else raw.rstrip(".")
    words = raw.lower().split()
    if not words or len(raw) < 2 or words[0] in NOT_COMPANIES or raw.lower() in PLACES or raw.isdigit():
        return None
    if re.fullmatch(r"[\d\W]+", raw) or re.match(rf"(?:{ROLE})$", raw, _FLAGS) or "@" in raw:
        return None
    start = offset + match.start("name")
    return Named(start, start + len(raw), raw, confidence)


_BARE_COMPANY = re.compile(
    r"\s*(?:(?:it's|its|it\s+is|we're|we\s+are|i'm\s+from|i\s+work\s+(?:for|at)|from|at|sure|ok|okay|"
    r"yes|called|named|the\s+name\s+is|it\s+is\s+called|it's\s+called|company|name|"
    r"my)\b[,!.:\s]*)*(?P<name>[^\n,;!?]{1,60})",
    _FLAGS,
)


def _bare_company(text: str) -> Named | None:
    match = _BARE_COMPANY.match(text)
    if not match:
        return None
    named = _company(match, 0, 0.75)
    if named is None or len(named.value.split()) > 6:
        return None
    words = [word.lower() for word in named.value.split()]
    return None if any(word in NOT_COMPANIES for word in words) else named
